"""From a firing example the versions that differ by a day or by a hair, each with the one right outcome.

The table (contract.md 1, «Time»; intervals are half-open). `first` and `last` are the first and the last day on which the event counts.

| the dated record                | ends the day before `first` | ends on `first` | starts the day after `last` | has no start |
|---------------------------------|------|------|----------|----------------------------------------------------------------|
| Employment, Membership, Directorship, Representation, Ownership, Family by marriage or word | silent | silent | silent | not computable |
| Participation                   | silent | silent | silent   | fires: it holds throughout its event                            |
| Subordination (R-01)            | silent | silent | fires *  | fires: it holds with the subordinate's employment               |
| Family by blood (sibling, …)    | left out: nothing ends it      | —    | fires: it holds since the later birth         |

* Where the event is the record of a post or a share itself (R-01, R-10), `first` is the first day on which the whole pattern holds:
what starts a day later fires a day later.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from queries.catalog import Rule
from queries.examples import Example, Line

DATED = frozenset({"Employment", "Membership", "Directorship", "Representation", "Ownership", "Participation", "Subordination", "Family"})
BLOOD = frozenset({"parent", "child", "sibling", "отец", "мать", "сын", "дочь", "брат", "сестра", "дед", "бабушка", "внук", "внучка"})
APART = "x"
"""Ids of records whose dates mean something else to their rule begin so (a job that has ended, an event long before): the table
does not fit them, and the examples move them by hand."""
FIRES, SILENT, NOT_COMPUTABLE = "fired", "silent", "not_computable"


@dataclass(frozen=True, slots=True)
class NearMiss:
    """Lines that differ in one value, and what the rule must say of the example's findings."""

    title: str
    lines: tuple[Line, ...]
    outcome: str
    missing: str = ""


def near_misses(rule: Rule, example: Example) -> Iterator[NearMiss]:
    """All of one firing example."""
    yield from _moved_dates(rule, example)
    yield from _thresholds(rule, example)


def _moved_dates(rule: Rule, example: Example) -> Iterator[NearMiss]:
    first, last = _window(rule, example)
    before, after = first - timedelta(days=1), last + timedelta(days=1)
    for line in example.lines:
        schema, name = line["schema"], line["id"]
        if schema not in DATED or name.startswith(APART):
            continue
        blood = schema == "Family" and _first(line, "relationship") in BLOOD
        if not blood:
            for title, end in (("the day before", before), ("on the day", first)):
                start = _earlier(line, end)
                # Where the pattern's own first day is the event, an earlier start would move that day: such a version is left out.
                if rule.anchor == "event" or (start and start.isoformat()) == _first(line, "startDate"):
                    yield _with(example, name, f"{name} ends {title}", SILENT, endDate=end, startDate=start)
            late = FIRES if rule.anchor != "event" else SILENT
            yield _with(example, name, f"{name} starts the day after", late, startDate=after, endDate=None)
        whole = blood or schema in ("Participation", "Subordination")
        missing = "" if whole else f"{schema}.startDate"
        yield _with(example, name, f"{name} has no start", FIRES if whole else NOT_COMPUTABLE, missing, startDate=None, endDate=None)


def _thresholds(rule: Rule, example: Example) -> Iterator[NearMiss]:
    owned = [line for line in example.lines if line["schema"] == "Ownership" and _first(line, "percentage")]
    least = rule.parameters.get("share_min")
    if least is not None and len(owned) == 1:
        strict = bool(rule.parameters.get("share_strict"))
        name, percent = owned[0]["id"], round(float(least) * 100, 6)
        yield _with(example, name, "the share is the threshold", SILENT if strict else FIRES, percentage=percent)
        yield _with(example, name, "the share is a hair above", FIRES, percentage=round(percent + 0.01, 6))
        yield _with(example, name, "the share is a hair below", SILENT, percentage=round(percent - 0.01, 6))
    event = next((line for line in example.lines if line["schema"] == "Contract" and line["id"] == example.expect[0][2]), None)
    if event is None:
        return
    items = rule.parameters.get("items", ())
    for item in items:
        yield _with(example, event["id"], f"item {item}", FIRES, singleSupplierItem=item)
    if items:
        yield _with(example, event["id"], "an item that is not listed", SILENT, singleSupplierItem="33")
    own = example.expect[0][0] in {_first(line, "owner") or _first(line, "director") for line in example.lines}
    since = rule.parameters.get("self_since" if own else "since")
    if isinstance(since, date):
        yield _with(example, event["id"], "the first day of the law", FIRES, contractDate=since)
        yield _with(example, event["id"], "the day before the law", SILENT, contractDate=since - timedelta(days=1))


def _window(rule: Rule, example: Example) -> tuple[date, date]:
    event_id = example.expect[0][2]
    event = next(line for line in example.lines if line["id"] == event_id)
    days = {
        "Contract": ("contractDate",),
        "CallForTenders": ("submissionDeadline", "awardingDate"),
        "Application": ("registrationDate", "decisionDate"),
        "OffenceCase": ("fileDate",) if _roles(example) & {"inspects", "prepares", "signs"} else ("hearingDate",),
    }.get(event["schema"])
    if days is None or rule.anchor != "event":
        starts = [_first(line, "startDate") for line in example.lines if line["schema"] in DATED and not line["id"].startswith(APART)]
        day = max((date.fromisoformat(start) for start in starts if start), default=date(2000, 1, 1))
        return day, day
    known = [date.fromisoformat(text) for name in days if (text := _first(event, name))]
    if event["schema"] == "CallForTenders":
        known += [
            date.fromisoformat(text) for line in example.lines if line["schema"] == "Contract" and (text := _first(line, "contractDate"))
        ]
    return min(known), max(known)


def _roles(example: Example) -> set[str | None]:
    return {_first(line, "role") for line in example.lines if line["schema"] == "Participation"}


def _with(example: Example, name: str, title: str, outcome: str, missing: str = "", /, **values: Any) -> NearMiss:
    lines = [_replaced(line, values) if line["id"] == name else line for line in example.lines]
    return NearMiss(title, tuple(lines), outcome, missing)


def _replaced(line: Line, values: Mapping[str, Any]) -> Line:
    made = copy.deepcopy(dict(line))
    for name, value in values.items():
        if value is None:
            made["properties"].pop(name, None)
        else:
            made["properties"][name] = [str(value)]
    return made


def _earlier(line: Line, end: date) -> date | None:
    """The start as it is, or a year before the end where it lies after it."""
    start = _first(line, "startDate")
    if start is None:
        return None
    return date.fromisoformat(start) if date.fromisoformat(start) < end else end - timedelta(days=365)


def _first(line: Line, name: str) -> str | None:
    values: Sequence[str] = line["properties"].get(name, ())
    return values[0] if values else None
