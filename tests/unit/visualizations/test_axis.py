"""The time axis: which years it shows and where days lie on it."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from domain.dates import FOREVER, NEVER, day_of
from visualizations.axis import axis_over

days = st.dates(date(1950, 1, 1), date(2040, 12, 31)).map(day_of)


@given(st.lists(days, min_size=1, max_size=12))
def test_every_day_lies_on_the_axis_and_the_last_leaves_room_for_what_goes_on(known: list[int]) -> None:
    axis = axis_over(known)
    for day in known:
        assert 0 <= axis.at(day) <= 91.1
    assert axis.at(NEVER) == 0
    assert axis.at(FOREVER) == 100


@given(st.lists(days, min_size=1, max_size=12))
def test_order_of_days_is_order_of_places(known: list[int]) -> None:
    axis = axis_over(known)
    places = [axis.at(day) for day in sorted(known)]
    assert places == sorted(places)


@given(st.lists(days, min_size=1, max_size=12))
def test_ticks_are_few_and_rise(known: list[int]) -> None:
    ticks = axis_over(known).ticks()
    assert 1 <= len(ticks) <= 8
    assert [tick.x for tick in ticks] == sorted({tick.x for tick in ticks})


def test_forty_years_have_ticks_at_round_years() -> None:
    assert [tick.year for tick in axis_over([19850101, 20250512]).ticks()] == [1980, 1990, 2000, 2010, 2020]


def test_one_day_has_two_years_before_it() -> None:
    axis = axis_over([20250512])
    assert axis.at(day_of(date(2025, 5, 12) - timedelta(days=700))) > 0


def test_open_ends_do_not_widen_the_axis() -> None:
    assert axis_over([NEVER, 20040807, 20250512, FOREVER]) == axis_over([20040807, 20250512])
