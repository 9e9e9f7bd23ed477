"""A time axis: which years it covers, where its ticks stand, and where a day lies on it."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

from domain.dates import FOREVER, NEVER, Day, date_of

_STEPS = (3, 6, 12, 24, 60, 120, 240, 600)  # months between ticks
_MOST_TICKS = 6
_TAIL = 0.09  # of the width is kept after the last known day, so that an open end is seen to go on


@dataclass(frozen=True, slots=True)
class Tick:
    """A mark at `x` per cent; `month` is None where the tick is a January and only its year is written."""

    x: float
    year: int
    month: int | None


@dataclass(frozen=True, slots=True)
class Axis:
    """Months since year 0, from `start` to `end`; positions are per cent of the width."""

    start: float
    end: float
    step: int

    def at(self, day: Day) -> float:
        """Per cent from the left, kept within 0 … 100; NEVER is the left edge, FOREVER the right."""
        if day <= NEVER:
            return 0.0
        if day >= FOREVER:
            return 100.0
        share = (_months(day) - self.start) / (self.end - self.start)
        return round(min(1.0, max(0.0, share)) * 100, 2)

    def ticks(self) -> tuple[Tick, ...]:
        """Marks at round months, the first no earlier than the axis begins."""
        first = math.ceil(self.start / self.step) * self.step
        marks = []
        for month in range(first, int(self.end) + 1, self.step):
            x = round((month - self.start) / (self.end - self.start) * 100, 2)
            marks.append(Tick(x, month // 12, month % 12 + 1 if month % 12 else None))
        return tuple(marks)


def axis_over(days: Iterable[Day], *, at_least_years: int = 2) -> Axis:
    """An axis that shows all the days (open ends are left out) with a tail after the last one."""
    known = sorted(_months(day) for day in days if NEVER < day < FOREVER)
    if not known:
        known = [_months(20000101), _months(20260101)]
    last = known[-1]
    first = min(known[0], last - 12 * at_least_years)
    step = next((s for s in _STEPS if (last - first) / s < _MOST_TICKS), _STEPS[-1])
    start = float(math.floor(first / step) * step)
    return Axis(start, start + (last - start) / (1 - _TAIL), step)


def _months(day: Day) -> float:
    value = date_of(day)
    return value.year * 12 + value.month - 1 + (value.day - 1) / 31
