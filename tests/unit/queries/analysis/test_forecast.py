"""Forecasts: too few is said, naive wins where nothing better is known, models win where there is a pattern, intervals hold."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from queries.analysis.forecast import HORIZON, LEAST_QUARTERS, LEAST_SIGNALS, LEVEL, NAIVE, forecast
from queries.analysis.series import count_series, last_full_quarter, name_of, quarter_of


@pytest.mark.parametrize("counts", [[], [5] * (LEAST_QUARTERS - 1), [0] * 20, [0] * 19 + [LEAST_SIGNALS - 1]])
def test_too_few_is_said(counts: list[int]) -> None:
    assert forecast(counts).too_few
    assert forecast(counts).method == "too_few"


def test_a_trend_is_followed_by_a_model() -> None:
    counts = [2, 3, 4, 6, 7, 8, 10, 11, 12, 14, 15, 16, 18, 19, 20, 22]
    told = forecast(counts)
    assert told.method not in NAIVE
    assert told.points[0].expected > 20
    assert [one.error for one in told.judged] == sorted(one.error for one in told.judged)


def test_a_season_repeats() -> None:
    told = forecast([1, 9, 1, 5] * 5)
    assert [round(point.expected) for point in told.points] == [1, 9, 1, 5]


def test_noise_is_left_to_the_plain_mean() -> None:
    chance = np.random.default_rng(3)
    errors = []
    for _ in range(8):
        counts = [int(n) for n in chance.poisson(6, 24)]
        errors.append(abs(forecast(counts).points[0].expected - 6))
    assert float(np.mean(errors)) < 1.5


def test_intervals_hold_what_comes() -> None:
    """Of 40 series the next quarter lies in its interval about as often as the level says."""
    chance = np.random.default_rng(11)
    inside = 0
    for _ in range(40):
        counts = [int(n) for n in chance.poisson(chance.uniform(2, 10), 17)]
        point = forecast(counts[:16]).points[0] if sum(counts[:16]) >= LEAST_SIGNALS else None
        inside += point is None or point.low <= counts[16] <= point.high
    assert inside / 40 >= LEVEL - 0.15


@settings(max_examples=15, deadline=None)
@given(st.lists(st.integers(0, 60), min_size=LEAST_QUARTERS, max_size=16))
def test_any_counts_give_sane_points(counts: list[int]) -> None:
    told = forecast(counts)
    assert told.too_few == (sum(counts) < LEAST_SIGNALS)
    for point in told.points:
        assert 0 <= point.low <= point.high
        assert 0 <= point.expected <= 3 * max(counts) + 1
    assert len(told.points) in {0, HORIZON}


def test_signals_are_counted_by_unit_and_rule() -> None:
    signals = [("R-05", ["u1", "u2"], 20250105), ("R-05", ["u1"], 20250630), ("R-06", [], 20251231), ("R-06", ["u1"], 20260105)]
    series = {(one.unit, one.rule): one for one in count_series(signals, quarter_of(20251231))}
    assert series[None, None].counts == (1, 1, 0, 1)
    assert series["u1", "R-05"].counts == (1, 1, 0, 0)
    assert series["u2", None].counts == (1, 0, 0, 0)
    assert ("u1", "R-06") not in series
    assert name_of(series[None, None].first) == "2025-Q1"


def test_the_present_quarter_is_not_over() -> None:
    assert name_of(last_full_quarter(date(2026, 1, 1))) == "2025-Q4"
    assert name_of(last_full_quarter(date(2026, 6, 30))) == "2026-Q1"
