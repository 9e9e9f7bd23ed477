"""What an employment says of hours, pay and consent, in numbers that a pattern can compare."""

from __future__ import annotations

import re
from typing import Any

from ingest.said import Said

_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_SHIFT = re.compile(r"([a-z]{3})(?:\s*-\s*([a-z]{3}))?\s+(\d{1,2}):(\d{2})\s*[-–]\s*(\d{1,2}):(\d{2})")
_NUMBERS = {
    "rate": "rate",
    "hoursPerWeek": "hours",
    "monthlyPay": "pay",
    "monthlyBonus": "bonus",
    "basePay": "base_pay",
    "staffPay": "staff_pay",
}
Slot = tuple[int, int]
"""Minutes of the week from Monday's midnight: [from, to)."""


def duties_of(said: Said) -> dict[str, Any]:
    """Properties of EMPLOYED_BY; what the record does not say is None."""
    made: dict[str, Any] = {name: _number(said, prop) for prop, name in _NUMBERS.items()}
    slots = timetable(said.first("workTime") or "")
    consent = said.date("founderConsentDate")
    listed = said.first("listedPost")
    return made | {
        "pay_group": said.first("payGroup"),
        "pay_period": said.first("payPeriod"),
        "listed": None if listed is None else listed == "yes",
        "hired_by": list(said.refs.get("hiredBy", ())) or None,
        "pay_signed_by": list(said.refs.get("payOrderSignedBy", ())) or None,
        "consent_lo": consent.first if consent else None,
        "consent_hi": consent.last if consent else None,
        "works_from": [start for start, _ in slots] or None,
        "works_to": [end for _, end in slots] or None,
        "day_minutes": _longest_day(slots) or None,
    }


def timetable(text: str) -> list[Slot]:
    """`mon-fri 09:00-13:00, sat 10:00-12:00` as slots in order; empty where nothing can be read. A shift may end after midnight."""
    slots: list[Slot] = []
    for first, last, *clock in _SHIFT.findall(text.lower()):
        if first not in _DAYS or (last and last not in _DAYS):
            continue
        start, end = _DAYS.index(first), _DAYS.index(last or first)
        days = range(start, end + 1) if start <= end else (*range(start, 7), *range(end + 1))
        hour, minute, till_hour, till_minute = map(int, clock)
        begin, stop = hour * 60 + minute, till_hour * 60 + till_minute
        slots += [(day * 1440 + begin, day * 1440 + (stop if stop > begin else stop + 1440)) for day in days]
    return sorted(set(slots))


def _longest_day(slots: list[Slot]) -> int:
    minutes: dict[int, int] = {}
    for start, end in slots:
        minutes[start // 1440] = minutes.get(start // 1440, 0) + end - start
    return max(minutes.values(), default=0)


def _number(said: Said, name: str) -> float | None:
    text = said.first(name)
    return float(text) if text else None
