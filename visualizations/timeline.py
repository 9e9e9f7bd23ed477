"""The chain over time: where each fact's bar begins and ends, what of it is uncertain, and whether the event crosses it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from domain.dates import FOREVER, NEVER
from domain.logic import Tri
from visualizations.axis import Axis, Tick, axis_over
from visualizations.chain import Chain, ChainEvent, ChainFact

_GAP = 1.8  # per cent: a fact that ended the day before the event must be seen to end before it, at any scale
_REACH = 1.4  # per cent: and one that held must be seen to reach over it
_CHARACTER = 2.15  # per cent of a lane that a letter of a label takes (12 px type, a lane of about 300 px)


@dataclass(frozen=True, slots=True)
class Stroke:
    """A piece of a bar from `x1` to `x2` per cent; dots where it is not known to hold."""

    x1: float
    x2: float
    dotted: bool = False

    @property
    def width(self) -> float:
        """Per cent."""
        return round(self.x2 - self.x1, 2)


@dataclass(frozen=True, slots=True)
class Bar:
    """One fact on the axis. `tail`: still open, so past the event it fades out; `held`: at the event."""

    fact: ChainFact
    strokes: tuple[Stroke, ...]
    tail: Stroke | None
    held: Tri
    label: str
    label_x: float
    label_anchor: str


@dataclass(frozen=True, slots=True)
class EventMark:
    """The day (x1 == x2) or the window of the event, per cent; `x` is where the bars are crossed."""

    x1: float
    x2: float

    @property
    def x(self) -> float:
        """The line that crosses the bars: the last day of the window, when the decision is made."""
        return self.x2

    @property
    def width(self) -> float:
        """Per cent."""
        return round(self.x2 - self.x1, 2)


@dataclass(frozen=True, slots=True)
class Timeline:
    """All that a page or a document draws; `bars[n]` are the bars of hop n, in the order of its facts."""

    ticks: tuple[Tick, ...]
    event: EventMark | None
    bars: tuple[tuple[Bar, ...], ...]
    held: Tri

    @property
    def some_unknown(self) -> bool:
        """Whether a bar's crossing is open, so that its sign needs a line in the legend."""
        return self.event is not None and any(bar.held is None for bars in self.bars for bar in bars)

    @property
    def some_dots(self) -> bool:
        """Whether a bar has a part that is not known to hold."""
        return any(stroke.dotted for bars in self.bars for bar in bars for stroke in bar.strokes)

    @property
    def some_open(self) -> bool:
        """Whether a bar fades out."""
        return any(bar.tail for bars in self.bars for bar in bars)


def lay_out(chain: Chain, say: Callable[[ChainFact], str]) -> Timeline:
    """Geometry of the chain; `say` words the dates of a fact for the label over its bar."""
    axis = axis_over(_days_that_matter(chain))
    event = _mark(axis, chain.event)
    bars = tuple(tuple(_bar(axis, event, chain.event, fact, say(fact)) for fact in hop.facts) for hop in chain.hops)
    return Timeline(_clear_of_edges(axis.ticks()), event, bars, chain.held())


def _days_that_matter(chain: Chain) -> list[int]:
    days = []
    for hop in chain.hops:
        for fact in hop.facts:
            span = fact.span
            days += [] if fact.lifelong else [span.start_lo, span.start_hi]
            days += [span.end_lo, span.end_hi]
    if chain.event is not None:
        days += [chain.event.first, chain.event.last]
    return days


def _mark(axis: Axis, event: ChainEvent | None) -> EventMark | None:
    return None if event is None else EventMark(axis.at(event.first), axis.at(event.last))


def _bar(axis: Axis, mark: EventMark | None, event: ChainEvent | None, fact: ChainFact, label: str) -> Bar:
    held = None if event is None else event.crossed_by(fact)
    if fact.moment and mark is not None:
        strokes: tuple[Stroke, ...] = (Stroke(max(0.0, round(mark.x - 0.8, 2)), min(100.0, round(mark.x + 0.8, 2))),)
    else:
        strokes = _strokes(axis, fact, held)
        if mark is not None:
            strokes = _kept_apart(strokes, mark, event, fact, held)
    label_x, anchor = _label_place(strokes, mark, label)
    strokes, tail = _faded(strokes, mark) if not fact.moment and fact.span.end_hi == FOREVER else (strokes, None)
    return Bar(fact, strokes, tail, held, label, label_x, anchor)


def _faded(strokes: tuple[Stroke, ...], mark: EventMark | None) -> tuple[tuple[Stroke, ...], Stroke | None]:
    """An open end: the solid part stops a little past the event, a tail fades from there to the edge."""
    *before, last = strokes
    if last.dotted or last.x2 < 100.0:
        return strokes, None
    turn = max(last.x1 + 1.2, min(97.0, mark.x + _REACH if mark is not None else 92.0))
    if turn >= 99.6:
        return strokes, None
    turn = round(turn, 2)
    return (*before, Stroke(last.x1, turn)), Stroke(round(turn - 0.9, 2), 100.0)


def _strokes(axis: Axis, fact: ChainFact, held: Tri) -> tuple[Stroke, ...]:
    """Dots from the earliest to the latest possible start, solid to the earliest end, dots to the latest end."""
    span = fact.span
    begins, surely = axis.at(span.start_lo), axis.at(span.start_hi)
    ends, at_most = axis.at(span.end_lo), axis.at(span.end_hi)
    if fact.lifelong and span.start_hi == FOREVER:
        surely = begins
    elif span.start_lo == NEVER and span.start_hi == FOREVER and held is True:
        surely = min(ends, 18.0)
    surely = min(surely, at_most)
    pieces = (Stroke(begins, surely, dotted=True), Stroke(surely, max(surely, ends)), Stroke(max(surely, ends), at_most, dotted=True))
    return tuple(piece for piece in pieces if piece.width > 0) or (Stroke(begins, begins),)


def _kept_apart(strokes: tuple[Stroke, ...], mark: EventMark, event: ChainEvent | None, fact: ChainFact, held: Tri) -> tuple[Stroke, ...]:
    first, last = strokes[0], strokes[-1]
    if held is True:
        strokes = (*strokes[:-1], Stroke(last.x1, max(last.x2, min(100.0, round(mark.x + _REACH, 2))), last.dotted))
        first = strokes[0]
        return (Stroke(min(first.x1, max(0.0, round(mark.x1 - _REACH, 2))), first.x2, first.dotted), *strokes[1:])
    if held is False and event is not None:
        if fact.span.end_hi <= event.last and last.x2 > mark.x - _GAP:
            edge = round(max(0.4, mark.x - _GAP), 2)
            return tuple(Stroke(min(s.x1, edge - 0.4), min(s.x2, edge), s.dotted) for s in strokes)
        if fact.span.start_lo > event.first and first.x1 < mark.x + _GAP:
            edge = round(min(99.6, mark.x + _GAP), 2)
            return tuple(Stroke(max(s.x1, edge), max(s.x2, edge + 0.4), s.dotted) for s in strokes)
    return strokes


def _label_place(strokes: tuple[Stroke, ...], mark: EventMark | None, label: str) -> tuple[float, str]:
    """Over the bar's beginning where it fits before the event's line, else ending at that line, else at the edge."""
    left, need = strokes[0].x1, len(label) * _CHARACTER
    wall = mark.x - 1.5 if mark is not None and left < mark.x else 100.0
    if left + need <= wall:
        return round(left, 2), "start"
    if wall - need >= 0:
        return round(wall, 2), "end"
    return 0.0, "start"


def _clear_of_edges(ticks: tuple[Tick, ...]) -> tuple[Tick, ...]:
    kept = [tick for tick in ticks if tick.x <= 97]
    crowded = len(kept) > 1 and kept[0].x < 4 and kept[1].x - kept[0].x < 16  # the first is written from its left
    return tuple(kept[1:] if crowded else kept)
