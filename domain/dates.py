"""Days as readable integers (20250512) and partial dates as sets of days."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from domain.errors import BadValue

Day = int
"""YYYYMMDD; ordered like the calendar. `NEVER` lies before and `FOREVER` after every date."""

NEVER: Day = 0
FOREVER: Day = 99999999

_ISO = re.compile(r"^(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?(?:[T ]\d{2}:\d{2}.*)?$")


@dataclass(frozen=True, slots=True)
class PartialDate:
    """The set of days [first, last]; one day when the date is complete."""

    first: Day
    last: Day

    @property
    def complete(self) -> bool:
        """True when one day is meant."""
        return self.first == self.last

    def iso(self) -> str:
        """`2025-05-12`, `2025-05` or `2025`, as precise as it is."""
        return _iso(self.first, self.last)


@lru_cache(maxsize=1 << 16)
def _iso(first: Day, last: Day) -> str:
    text = f"{first:08d}"
    year, month, day = text[:4], text[4:6], text[6:]
    if first == last:
        return f"{year}-{month}-{day}"
    return year if first // 10000 == last // 10000 and last % 10000 == 1231 and month == "01" else f"{year}-{month}"


@lru_cache(maxsize=1 << 16)
def parse_date(text: str) -> PartialDate:
    """Read ISO 8601 (`1979`, `1979-03`, `1979-03-14`, an instant).

    An instant counts as the date written in its own offset. Raises BadValue (`bad_date`).
    """
    match = _ISO.match(text.strip())
    if match is None:
        raise _bad_date(text)
    year = int(match[1])
    if match[2] is None:
        if not year >= 1000:
            raise _bad_date(text)
        return PartialDate(year * 10000 + 101, year * 10000 + 1231)
    month = int(match[2])
    if not 1 <= month <= 12 or year < 1000:
        raise _bad_date(text)
    last_day = calendar.monthrange(year, month)[1]
    if match[3] is None:
        base = year * 10000 + month * 100
        return PartialDate(base + 1, base + last_day)
    day = int(match[3])
    if not 1 <= day <= last_day:
        raise _bad_date(text)
    value = year * 10000 + month * 100 + day
    return PartialDate(value, value)


def _bad_date(text: str) -> BadValue:
    return BadValue("bad_date", f"Такой даты нет: «{text}».", f"There is no such date: {text!r}.")


def day_of(value: date) -> Day:
    """The integer of a calendar date."""
    return value.year * 10000 + value.month * 100 + value.day


def date_of(day: Day) -> date:
    """The calendar date of an integer; not for NEVER or FOREVER."""
    return date(day // 10000, day // 100 % 100, day % 100)


def iso_of(day: Day) -> str | None:
    """`2025-05-12`; None for NEVER and FOREVER."""
    if day in (NEVER, FOREVER):
        return None
    return f"{day // 10000:04d}-{day // 100 % 100:02d}-{day % 100:02d}"


def next_day(day: Day) -> Day:
    """The day after; NEVER and FOREVER stay."""
    return day if day in (NEVER, FOREVER) else day_of(date_of(day) + timedelta(days=1))
