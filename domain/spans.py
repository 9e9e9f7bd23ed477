"""Half-open spans of valid time whose ends may be known, partial or unknown."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from domain.dates import FOREVER, NEVER, Day, PartialDate
from domain.logic import Tri


@dataclass(frozen=True, slots=True)
class Span:
    """[start, end) where the start lies in [start_lo, start_hi] and the end in [end_lo, end_hi].

    A known start has start_lo == start_hi; an unknown one is NEVER … FOREVER.
    Still open: end_lo == end_hi == FOREVER. The four numbers are what fact edges keep in the graph.
    """

    start_lo: Day
    start_hi: Day
    end_lo: Day
    end_hi: Day

    def holds(self, first: Day, last: Day) -> Tri:
        """Whether it holds on every day of the set [first, last] (a partial date).

        True: on all of them for certain; False: on none, whatever the unknown is; else None.
        """
        if self.start_hi <= first and last < self.end_lo:
            return True
        if self.start_lo > last or self.end_hi <= first:
            return False
        return None

    def meets(self, first: Day, last: Day) -> Tri:
        """Whether it holds on at least one day of the window [first, last]."""
        if max(self.start_hi, first) < min(self.end_lo, last + 1):
            return True
        if max(self.start_lo, first) >= min(self.end_hi, last + 1):
            return False
        return None

    @property
    def definite(self) -> bool:
        """True when both ends are known to the day (or open)."""
        return self.start_lo == self.start_hi and self.end_lo == self.end_hi


ALWAYS = Span(NEVER, NEVER, FOREVER, FOREVER)
UNKNOWN_START = Span(NEVER, FOREVER, FOREVER, FOREVER)


def span(start: PartialDate | None, end: PartialDate | None) -> Span:
    """A fact's span: no start is unknown (never «always»), no end is still open."""
    start_lo, start_hi = (start.first, start.last) if start else (NEVER, FOREVER)
    end_lo, end_hi = (end.first, end.last) if end else (FOREVER, FOREVER)
    return Span(start_lo, start_hi, end_lo, end_hi)


def intersect(spans: Iterable[Span]) -> Span:
    """All at once: holds exactly on the days on which each holds. Of nothing: ALWAYS."""
    start_lo, start_hi, end_lo, end_hi = NEVER, NEVER, FOREVER, FOREVER
    for one in spans:
        start_lo = max(start_lo, one.start_lo)
        start_hi = max(start_hi, one.start_hi)
        end_lo = min(end_lo, one.end_lo)
        end_hi = min(end_hi, one.end_hi)
    return Span(start_lo, start_hi, end_lo, end_hi)
