"""A waterfall of evidence: where each bar stands between «surely two» and «surely one», on an axis of log-odds."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

EDGE = 9.0
"""Log-odds past which nothing is drawn further out: 1 in 8,000 either way is certain to the eye."""
LEAST = 2.5
"""Log-odds to each side of one half that are always in the picture, so that a small doubt does not look large."""
MARKS = (0.001, 0.01, 0.1, 0.5, 0.9, 0.99, 0.999)
APART = 13.0
"""Per cent of the width that two labels of the axis need between them."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One step, in per cent of the width. `rises`: it speaks for one and the same; `cut`: it goes on past the edge."""

    start: float
    width: float
    end: float
    rises: bool
    cut: bool = False


@dataclass(frozen=True, slots=True)
class Mark:
    """A probability on the axis."""

    at: float
    probability: float


@dataclass(frozen=True, slots=True)
class Waterfall:
    """Bars in order, the marks of the axis, and where it begins and ends."""

    bars: tuple[Bar, ...]
    marks: tuple[Mark, ...]
    begin: float
    end: float


def lay_out(prior: float, weights: Sequence[float]) -> Waterfall:
    """From a prior and weights, all log-odds in nats, to a picture; not a number, or past the edge, is drawn at the edge."""
    points = [_safe(prior)]
    for weight in weights:
        points.append(points[-1] + _safe(weight))
    low = max(-EDGE, min(-LEAST, *(point - 0.5 for point in points)))
    high = min(EDGE, max(LEAST, *(point + 0.5 for point in points)))

    def at(point: float) -> float:
        return round(100 * (min(max(point, low), high) - low) / (high - low), 2)

    bars = []
    for before, after in pairwise(points):
        left, right = sorted((at(before), at(after)))
        cut = not low <= after <= high
        bars.append(Bar(left, round(right - left, 2), at(after), after >= before, cut))
    marks: list[Mark] = []
    for mark in sorted(MARKS, key=lambda one: abs(one - 0.5)):
        place = at(logit(mark))
        if low < logit(mark) < high and all(abs(place - known.at) >= APART for known in marks):
            marks.append(Mark(place, mark))
    return Waterfall(tuple(bars), tuple(sorted(marks, key=lambda one: one.at)), at(points[0]), at(points[-1]))


def logit(probability: float) -> float:
    """Log-odds of a probability; the ends are pulled in, so that certainty stays a number."""
    inside = min(max(probability, 1e-9), 1 - 1e-9)
    return math.log(inside / (1 - inside))


def _safe(value: float) -> float:
    """A number that can be drawn."""
    return 0.0 if math.isnan(value) else min(max(value, -1000.0), 1000.0)
