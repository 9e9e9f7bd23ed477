"""Spans as bare numbers, for the inner loops: cut, subtract, and the union of several routes.

Bounds are (start_lo, start_hi, end_lo, end_hi) of a Span. For certain it holds on [start_hi, end_lo),
possibly on [start_lo, end_hi). All that a Span answers depends on these two intervals.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from domain.dates import FOREVER, NEVER, Day
from domain.spans import Span

Bounds = tuple[Day, Day, Day, Day]
T = TypeVar("T")

ALL_TIME: Bounds = (NEVER, NEVER, FOREVER, FOREVER)


def bounds_of(span: Span) -> Bounds:
    """The four numbers."""
    return (span.start_lo, span.start_hi, span.end_lo, span.end_hi)


def possible(bounds: Bounds) -> bool:
    """False where it holds on no day, whatever the unknown is."""
    return bounds[0] < bounds[3]


def definite(bounds: Bounds) -> bool:
    """True when both ends are known to the day (or open)."""
    return bounds[0] == bounds[1] and bounds[2] == bounds[3]


def cut(one: Bounds, other: Bounds) -> Bounds:
    """Both at once."""
    a, b, c, d = one
    e, f, g, h = other
    return (e if e > a else a, f if f > b else b, g if g < c else c, h if h < d else d)  # noqa: FURB136  a third of max()'s time; every hop pays it


def subtract(one: Bounds, other: Bounds) -> list[Bounds]:
    """One without the other: what lies before it and what lies after; exact for each day."""
    before = (one[0], one[1], min(one[2], other[0]), min(one[3], other[1]))
    after = (max(one[0], other[2]), max(one[1], other[3]), one[2], one[3])
    return [part for part in (before, after) if possible(part)]


def covers(one: Bounds, other: Bounds) -> bool:
    """True where the other adds no certain and no possible day."""
    certain = other[1] >= other[2] or (one[1] <= other[1] and other[2] <= one[2])
    return certain and one[0] <= other[0] and other[3] <= one[3]


def _joins(one: Bounds, other: Bounds) -> bool:
    """True where the certain days of both together are one interval longer than either."""
    if one[1] >= one[2] or other[1] >= other[2]:
        return False
    return max(one[1], other[1]) <= min(one[2], other[2])


def maximal(routes: Sequence[tuple[Bounds, T]]) -> list[tuple[Bounds, tuple[T, ...]]]:
    """The union of routes in as few spans as keep it exact.

    A route that adds no day is dropped (of equal ones the earlier stays); routes whose certain days overlap or touch
    become one span, so that a partial date that straddles them still gets a definite answer.
    """
    kept: list[tuple[Bounds, tuple[T, ...]]] = []
    if len(routes) == 1:
        bounds, what = routes[0]
        return [(bounds, (what,))] if possible(bounds) else []
    for bounds, what in routes:
        if not possible(bounds) or any(covers(other, bounds) for other, _ in kept):
            continue
        merged = bounds
        parts: tuple[T, ...] = (what,)
        changed = True
        while changed:
            changed = False
            rest = []
            for other, others in kept:
                if covers(merged, other):
                    changed = True
                elif _joins(merged, other):
                    merged = (min(merged[0], other[0]), min(merged[1], other[1]), max(merged[2], other[2]), max(merged[3], other[3]))
                    parts = others + parts
                    changed = True
                else:
                    rest.append((other, others))
            kept = rest
        kept.append((merged, parts))
    return kept
