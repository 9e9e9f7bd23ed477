"""The waterfall's geometry: every bar begins where the one before ended, nothing leaves the picture, labels stand apart."""

from __future__ import annotations

import math
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from visualizations.waterfall import APART, lay_out, logit


def test_bars_follow_each_other() -> None:
    picture = lay_out(0.0, [4.1, -1.7, 0.0])
    first, second, third = picture.bars
    assert (first.rises, second.rises, third.width) == (True, False, 0)
    assert first.start == picture.begin
    assert math.isclose(second.start + second.width, first.end, abs_tol=0.02)
    assert third.end == second.end == picture.end
    half = next(mark.at for mark in picture.marks if mark.probability == 0.5)
    assert picture.begin == half < picture.end


def test_an_even_pair_stands_in_the_middle() -> None:
    assert lay_out(0.0, []).begin == 50


@given(st.floats(), st.lists(st.floats(), max_size=12))
def test_nothing_leaves_the_picture(prior: float, weights: list[float]) -> None:
    picture = lay_out(prior, weights)
    assert len(picture.bars) == len(weights)
    for bar in picture.bars:
        assert 0 <= bar.start <= bar.start + bar.width <= 100.01
        assert 0 <= bar.end <= 100
    places = [mark.at for mark in picture.marks]
    assert all(right - left >= APART for left, right in pairwise(places))
    assert any(mark.probability == 0.5 for mark in picture.marks)


@given(st.floats(min_value=0, max_value=1))
def test_log_odds_are_numbers(probability: float) -> None:
    assert math.isfinite(logit(probability))
