"""The chain over time: what held on the day is seen at any scale, and what is not known is seen as such."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.dates import FOREVER, NEVER, day_of, parse_date
from domain.spans import ALWAYS, UNKNOWN_START, Span, span
from visualizations.chain import Chain, ChainEvent, ChainFact, ChainHop, ChainNode, Family
from visualizations.timeline import Bar, Timeline, lay_out

EVENT = date(2025, 5, 12)
DAY = ChainEvent(day_of(EVENT), day_of(EVENT))
NODES = tuple(ChainNode(str(n), str(n), Family.PERSON) for n in range(9))
days = st.dates(date(1960, 1, 1), date(2035, 12, 31)).map(day_of)


def dated(start: str | None = None, end: str | None = None) -> Span:
    return span(parse_date(start) if start else None, parse_date(end) if end else None)


def drawn(*facts: ChainFact, event: ChainEvent | None = DAY) -> Timeline:
    chain = Chain(NODES[: len(facts) + 1], tuple(ChainHop((fact,)) for fact in facts), event)
    return lay_out(chain, lambda _: "с 07.08.2004")


def bar(when: Span, event: ChainEvent | None = DAY) -> Bar:
    return drawn(ChainFact("доля", when), ChainFact("муж", dated("1985-03-01")), event=event).bars[0][0]


def mark(timeline: Timeline) -> float:
    assert timeline.event is not None
    return timeline.event.x


@given(days, st.integers(1, 9000))
def test_bar_crosses_the_event_exactly_when_the_fact_held(start: int, length: int) -> None:
    end = day_of(date(start // 10000, start // 100 % 100, start % 100) + timedelta(days=length))
    timeline = drawn(ChainFact("доля", Span(start, start, end, end)), ChainFact("муж", dated("1985-03-01")))
    one, x = timeline.bars[0][0], mark(timeline)
    held = start <= day_of(EVENT) < end
    assert one.held is held
    crosses = one.strokes[0].x1 < x < one.strokes[-1].x2
    assert crosses is held


@pytest.mark.parametrize("end", ["2025-05-12", "2025-05-11", "2025-05-01"])
def test_a_share_sold_before_the_day_ends_visibly_before_it_on_a_scale_of_decades(end: str) -> None:
    timeline = drawn(ChainFact("доля", dated("2014-03-14", end)), ChainFact("муж", dated("1965-01-01")))
    assert timeline.bars[0][0].held is False
    assert timeline.bars[0][0].strokes[-1].x2 <= mark(timeline) - 1.5
    assert timeline.held is False


def test_a_marriage_of_the_day_after_begins_visibly_after_it() -> None:
    timeline = drawn(ChainFact("муж", dated("2025-05-13")), ChainFact("доля", dated("1990-01-01")))
    assert timeline.bars[0][0].held is False
    assert timeline.bars[0][0].strokes[0].x1 >= mark(timeline) + 1.5


def test_what_began_that_very_day_reaches_over_it() -> None:
    timeline = drawn(ChainFact("доля", dated("2025-05-12")), ChainFact("муж", dated("1985-01-01")))
    one = timeline.bars[0][0]
    assert one.held is True
    assert one.strokes[0].x1 < mark(timeline) < 100


def test_unknown_start_is_dots_and_leaves_the_event_open() -> None:
    one = bar(UNKNOWN_START)
    assert one.held is None
    assert one.strokes == tuple(stroke for stroke in one.strokes if stroke.dotted)
    assert one.strokes[0].x1 == 0


def test_unknown_start_begins_in_dots_where_the_source_says_that_it_held() -> None:
    timeline = drawn(ChainFact("муж", UNKNOWN_START, holds=True), ChainFact("доля", dated("1990-01-01")))
    first, *rest = timeline.bars[0][0].strokes
    assert first.dotted
    assert first.x1 == 0
    assert rest
    assert not rest[0].dotted
    assert timeline.bars[0][0].tail is not None


def test_a_year_alone_is_dots_for_that_year() -> None:
    first, second = bar(dated("2010")).strokes
    assert first.dotted
    assert not second.dotted
    assert first.x2 == second.x1
    assert first.width > 0.5


def test_an_uncertain_end_is_dots_at_the_end() -> None:
    *_, last = bar(dated("2004-08-07", "2020")).strokes
    assert last.dotted


def test_open_end_fades_past_the_event() -> None:
    timeline = drawn(ChainFact("доля", dated("2014-03-14")), ChainFact("муж", dated("1985-03-01")))
    tail = timeline.bars[0][0].tail
    assert tail is not None
    assert tail.x2 == 100
    assert tail.x1 >= mark(timeline)


def test_a_known_end_does_not_fade() -> None:
    assert bar(dated("2014-03-14", "2030-01-01")).tail is None


def test_blood_kin_holds_from_the_edge_and_does_not_stretch_the_axis() -> None:
    with_kin = drawn(ChainFact("сестра", UNKNOWN_START, lifelong=True), ChainFact("муж", dated("2004-08-07")))
    without = drawn(ChainFact("муж", dated("2004-08-07")))
    assert with_kin.ticks == without.ticks
    assert with_kin.bars[0][0].strokes[0].x1 == 0
    assert with_kin.bars[0][0].held is True


def test_the_supplier_is_a_mark_on_the_day() -> None:
    timeline = drawn(ChainFact("поставщик", ALWAYS, moment=True), ChainFact("муж", dated("2004-08-07")))
    (stroke,) = timeline.bars[0][0].strokes
    assert stroke.x1 < mark(timeline) < stroke.x2
    assert stroke.width < 3


def test_a_window_is_a_band_and_any_day_of_it_is_enough() -> None:
    window = ChainEvent(20250401, 20250512, any_day=True)
    assert bar(dated("2014-03-14", "2025-04-02"), window).held is True
    assert bar(dated("2014-03-14", "2025-04-01"), window).held is False
    timeline = drawn(ChainFact("доля", dated("2014-03-14")), event=window)
    assert timeline.event is not None
    assert timeline.event.width > 0


def test_all_days_of_a_window_where_all_are_meant() -> None:
    window = ChainEvent(20250401, 20250512)
    assert bar(dated("2014-03-14", "2025-05-12"), window).held is None or bar(dated("2014-03-14", "2025-05-12"), window).held is False
    assert bar(dated("2014-03-14", "2025-05-13"), window).held is True


@given(st.lists(st.tuples(days, days), min_size=1, max_size=5))
def test_everything_stays_on_the_sheet(pairs: list[tuple[int, int]]) -> None:
    facts = [ChainFact("x", Span(min(pair), max(pair), FOREVER, FOREVER)) for pair in pairs]
    for bars in drawn(*facts).bars:
        for one in bars:
            for stroke in one.strokes:
                assert 0 <= stroke.x1 <= stroke.x2 <= 100
            assert 0 <= one.label_x <= 100


def test_a_label_does_not_run_into_the_event() -> None:
    timeline = drawn(ChainFact("доля", dated("2024-03-14")), ChainFact("муж", dated("1985-03-01")))
    one = timeline.bars[0][0]
    assert one.label_anchor == "end"
    assert one.label_x < mark(timeline)


def test_without_an_event_nothing_is_said_of_it() -> None:
    timeline = drawn(ChainFact("доля", dated("2014-03-14")), event=None)
    assert timeline.event is None
    assert timeline.bars[0][0].held is None
    assert not timeline.some_unknown


def test_legend_names_only_what_is_drawn() -> None:
    plain = drawn(ChainFact("доля", dated("2014-03-14", "2030-01-01")))
    assert (plain.some_unknown, plain.some_dots, plain.some_open) == (False, False, False)
    rich = drawn(ChainFact("доля", UNKNOWN_START), ChainFact("муж", dated("2004-08-07")))
    assert (rich.some_unknown, rich.some_dots, rich.some_open) == (True, True, True)


def test_a_chain_has_one_node_more_than_hops() -> None:
    with pytest.raises(ValueError, match="has 2 nodes, not 1"):
        Chain(NODES[:1], (ChainHop((ChainFact("x", Span(NEVER, NEVER, FOREVER, FOREVER)),)),), DAY)
