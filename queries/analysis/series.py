"""Signals counted by quarter of their event: the whole city, each unit, each rule, each rule in each unit."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from graph.client import Graph

_SIGNALS = """
MATCH (x:Finding)
WHERE x.outcome = 'fired' AND coalesce(x.trial, false) = false AND coalesce(x.event_day, 0) > 0 AND x.status <> 'FALSE_POSITIVE'
  AND NOT (x.closed = true AND x.by_machine = true)
RETURN x.rule AS rule, x.units AS units, x.event_day AS day
"""
Quarter = int
"""Year × 4 + quarter − 1, so that the next one is one more."""


@dataclass(frozen=True, slots=True)
class Series:
    """Counts of consecutive quarters from `first`; `unit` and `rule` None: all of them."""

    unit: str | None
    rule: str | None
    first: Quarter
    counts: tuple[int, ...]


def quarter_of(day: int) -> Quarter:
    """The quarter of a day YYYYMMDD."""
    return day // 10_000 * 4 + (day // 100 % 100 - 1) // 3


def name_of(quarter: Quarter) -> str:
    """`2026-Q1`."""
    return f"{quarter // 4}-Q{quarter % 4 + 1}"


def last_full_quarter(today: date) -> Quarter:
    """The quarter before today's: the present one is not over."""
    return today.year * 4 + (today.month - 1) // 3 - 1


def read_series(graph: Graph, today: date) -> list[Series]:
    """Every series with a signal in a quarter that is over, from the city's first quarter with one to the last that is over."""
    return count_series(((row["rule"], row["units"] or (), row["day"]) for row in graph.stream(_SIGNALS)), last_full_quarter(today))


def count_series(signals: Iterable[tuple[str, Sequence[str], int]], last: Quarter) -> list[Series]:
    """Series of (rule, units, day of the event); a signal of two units counts in both, and once in the city's."""
    counts: dict[tuple[str | None, str | None], Counter[Quarter]] = defaultdict(Counter)
    for rule, units, day in signals:
        quarter = quarter_of(day)
        if quarter > last:
            continue
        for unit in (None, *units):
            for of_rule in (None, rule):
                counts[unit, of_rule][quarter] += 1
    if not counts:
        return []
    first = min(min(some) for some in counts.values())
    return [
        Series(unit, rule, first, tuple(some[quarter] for quarter in range(first, last + 1)))
        for (unit, rule), some in sorted(counts.items(), key=lambda one: (one[0][0] or "", one[0][1] or ""))
    ]
