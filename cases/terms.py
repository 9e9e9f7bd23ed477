"""Days by which something is due: working days skip week-ends and the holidays of the calendar file."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from importlib import resources

from cases.lifecycle import Term
from domain.yaml_text import load_yaml

_BY_SEVERITY = {"BLOCK": Term(working_days=1), "HIGH": Term(working_days=3), "MEDIUM": Term(working_days=10), "LOW": Term(days=30)}
"""Terms of domain.md 2.1 [D] for a new signal; INFO has none."""


def due_for(severity: str, seen_on: date) -> date | None:
    """When a new signal of this severity is due."""
    term = _BY_SEVERITY.get(severity)
    return due_after(term, seen_on) if term else None


def due_after(term: Term, start: date) -> date:
    """The last day of a term that starts the next day; a calendar term that ends on a day off moves on (КоАП 4.8, ТК 14)."""
    day = start + timedelta(days=term.days)
    left = term.working_days
    while left:
        day += timedelta(days=1)
        left -= working(day)
    while not working(day):
        day += timedelta(days=1)
    return day


def working(day: date) -> bool:
    """Whether it is a working day: not a week-end unless moved, not a holiday of ТК 112."""
    off, moved = _calendar()
    if day in moved:
        return True
    return day.weekday() < 5 and day not in off and (day.month, day.day) not in _FIXED


_FIXED = frozenset({(1, d) for d in range(1, 9)} | {(2, 23), (3, 8), (5, 1), (5, 9), (6, 12), (11, 4)})


@cache
def _calendar() -> tuple[frozenset[date], frozenset[date]]:
    """(extra days off, working Saturdays) by year, from the government's transfers."""
    data = load_yaml(resources.files("cases").joinpath("calendar.yaml").read_text(encoding="utf-8"))
    return frozenset(data["days_off"]), frozenset(data["working_saturdays"])
