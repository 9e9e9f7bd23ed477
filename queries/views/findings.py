"""Findings as lists and one by one: by rule, status, person, event, unit; as true on a day and as known on a day."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from domain.dates import FOREVER, Day, day_of
from domain.errors import NotFound
from graph.client import Graph
from graph.values import Row
from queries.views.page import MOST, Page, decode, encode

_COLUMNS = """x.id AS id, x.rule AS rule, x.severity AS severity, x.status AS status, x.event AS event, x.official AS official,
       x.counterparty AS counterparty, x.people AS people, x.units AS units, x.assignee AS assignee, x.due_on AS due_on,
       coalesce(x.event_day, 0) AS event_day, x.trial AS trial, x.by_machine AS by_machine"""
_VERSIONED = """payload AS payload, %(of)s.from_day AS from_day, %(of)s.to_day AS to_day, %(of)s.recorded_at AS recorded_at,
       %(of)s.superseded_at AS superseded_at"""
_CURRENT = f"{_COLUMNS}, x.{_VERSIONED % {'of': 'x'}}"
_OLDER = f"{_COLUMNS}, v.{_VERSIONED % {'of': 'v'}}"
_FROM = {
    "id": "MATCH (x:Finding {id: $id})",
    "person": "MATCH (x:Finding)-[:ON_PERSON]->(:Person {id: $person})",
    "event": "MATCH (x:Finding {event: $event})",
    "counterparty": "MATCH (x:Finding {counterparty: $counterparty})",
    "status": "MATCH (x:Finding {status: $status})",
    "rule": "MATCH (x:Finding {rule: $rule})",
    "": "MATCH (x:Finding)",
}
"""Where the reading starts: the narrowest of what is asked that has an index."""
_SAME = """
WHERE ($id IS NULL OR x.id = $id)
  AND ($rule IS NULL OR x.rule = $rule)
  AND ($event IS NULL OR x.event = $event)
  AND ($counterparty IS NULL OR x.counterparty = $counterparty)
  AND ($person IS NULL OR $person IN x.people)
  AND ($unit IS NULL OR $unit IN x.units)
  AND ($all_units OR any(unit IN x.units WHERE unit IN $units))
  AND ($trial OR coalesce(x.trial, false) = false)
  AND ($after_day IS NULL OR coalesce(x.event_day, 0) < $after_day OR (coalesce(x.event_day, 0) = $after_day AND x.id > $after_id))
"""
_STATE = """
  AND ($severity IS NULL OR x.severity = $severity)
  AND ($status IS NULL OR x.status = $status)
  AND ($assignee IS NULL OR x.assignee = $assignee)
  AND ($as_of IS NULL OR (x.from_day <= $as_of AND $as_of < x.to_day AND NOT (x.closed = true AND x.by_machine = true)))
"""
_ORDER = "ORDER BY coalesce(x.event_day, 0) DESC, x.id LIMIT $limit"
_ORDER_OLDER = "ORDER BY event_day DESC, id LIMIT $limit"
_NOW = {start: f"{match}\n{_SAME}{_STATE}\nRETURN {_CURRENT}\n{_ORDER}" for start, match in _FROM.items()}
_THEN_CURRENT = {start: f"{match}\n{_SAME} AND x.recorded_at < $until\nRETURN {_CURRENT}\n{_ORDER}" for start, match in _FROM.items()}
_THEN_OLDER = {
    start: f"""{match}
{_SAME} AND x.recorded_at >= $until
MATCH (v:FindingVersion {{finding: x.id}}) WHERE v.recorded_at < $until AND v.superseded_at >= $until
RETURN {_OLDER}
{_ORDER_OLDER}"""
    for start, match in _FROM.items()
}
_FIRST_SEEN = "UNWIND $ids AS id MATCH (v:FindingVersion {finding: id}) RETURN id AS id, min(v.recorded_at) AS at"
_HISTORY = """
MATCH (v:FindingVersion {finding: $id})
RETURN v.recorded_at AS recorded_at, v.superseded_at AS superseded_at, v.payload AS payload
ORDER BY recorded_at
"""
_COUNTS = """
MATCH (x:Finding)
WHERE ($all_units OR any(unit IN x.units WHERE unit IN $units)) AND ($trial OR coalesce(x.trial, false) = false)
RETURN x.rule AS rule, x.severity AS severity, x.status AS status, coalesce(x.assignee, '') AS assignee, count(*) AS n
"""


@dataclass(frozen=True, slots=True)
class Asked:
    """What of the findings is asked; None asks nothing. Ids are canonical (`queries.views.ids.resolve_id`).

    `units`: those of the viewer, None = all, empty = none. `trial`: rules on trial too. `as_of`: the whole chain holds on that day,
    event included. `known_on`: as it was recorded at the end of that day.
    """

    rule: str | None = None
    severity: str | None = None
    status: str | None = None
    event: str | None = None
    person: str | None = None
    counterparty: str | None = None
    unit: str | None = None
    assignee: str | None = None
    as_of: date | None = None
    known_on: date | None = None
    units: Sequence[str] | None = None
    trial: bool = False


@dataclass(frozen=True, slots=True)
class FindingRow:
    """A finding: `body` is the JSON of contract 4. `first_seen_at` is when it was raised, `recorded_at` since when it stands so."""

    id: str
    body: Mapping[str, Any]
    event: str
    official: str
    counterparty: str
    people: tuple[str, ...]
    units: tuple[str, ...]
    assignee: str | None
    due_on: str | None
    event_day: Day
    from_day: Day
    to_day: Day
    recorded_at: str
    first_seen_at: str
    superseded_at: str | None = None
    trial: bool = False

    @property
    def status(self) -> str:
        """The status in this version."""
        return str(self.body["status"])

    @property
    def severity(self) -> str:
        """BLOCK … INFO."""
        return str(self.body["severity"])


@dataclass(frozen=True, slots=True)
class Tally:
    """How many findings share these four."""

    rule: str
    severity: str
    status: str
    assignee: str
    n: int


def list_findings(graph: Graph, asked: Asked, limit: int = 100, cursor: str | None = None) -> Page[FindingRow]:
    """A page, the latest event first, then by id: rows that appear or change meanwhile neither repeat nor hide others."""
    place = decode(cursor, (int, str))
    limit = max(1, min(limit, MOST))
    found = _first(_rows(graph, asked, place, limit + 1), limit + 1)
    rows = _with_first_seen(graph, found[:limit])
    last = found[limit - 1] if len(found) > limit else None
    return Page(tuple(rows), encode(last["event_day"], last["id"]) if last else None)


def all_findings(graph: Graph, asked: Asked, finding: str | None = None) -> Iterator[FindingRow]:
    """Every finding of that kind (or only the one with that id, if it is of that kind), in the same order, page by page."""
    if finding is not None:
        yield from _with_first_seen(graph, _first(_rows(graph, asked, None, 1, finding), 1))
        return
    cursor: str | None = None
    while True:
        page = list_findings(graph, asked, MOST, cursor)
        yield from page.rows
        cursor = page.next_cursor
        if cursor is None:
            return


def get_finding(graph: Graph, finding: str, asked: Asked | None = None) -> FindingRow:
    """One finding within `asked` (units, trial, known_on); NotFound where there is none, where it is another unit's, or not known then."""
    found = _first(_rows(graph, asked or Asked(trial=True), None, 1, finding), 1)
    if not found:
        raise NotFound(f"Сигнала «{finding}» нет.", f"There is no finding {finding!r}.")
    return _with_first_seen(graph, found)[0]


def versions(graph: Graph, finding: str) -> list[tuple[str, str, Mapping[str, Any]]]:
    """(recorded_at, superseded_at, body) of what the finding was before, oldest first."""
    return [(row["recorded_at"], row["superseded_at"], json.loads(row["payload"])) for row in graph.read(_HISTORY, id=finding)]


def tally(graph: Graph, units: Sequence[str] | None = None, *, trial: bool = False) -> list[Tally]:
    """Counts of everything that these units may see."""
    rows = graph.read(_COUNTS, all_units=units is None, units=list(units or ()), trial=trial)
    return [Tally(row["rule"], row["severity"], row["status"], row["assignee"], row["n"]) for row in rows]


def end_of(day: date) -> str:
    """The first instant after a day in UTC, as stored instants sort."""
    return (day + timedelta(days=1)).isoformat()


def _rows(graph: Graph, asked: Asked, place: Sequence[Any] | None, limit: int, finding: str | None = None) -> Iterator[Row]:
    """Rows in order, at least `limit` where there are so many."""
    day, after = place or (None, None)
    known = asked.known_on is not None
    while True:
        parameters = _parameters(asked, finding) | {"after_day": day, "after_id": after, "limit": limit}
        start = _start(asked, finding, known=known)
        if asked.known_on is None:
            yield from graph.read(_NOW[start], **parameters)
            return
        until = end_of(asked.known_on)
        state = ("severity", "status", "assignee", "as_of")
        fewer = {name: value for name, value in parameters.items() if name not in state}
        both = [row for query in (_THEN_CURRENT, _THEN_OLDER) for row in graph.read(query[start], until=until, **fewer)]
        both.sort(key=lambda row: (-row["event_day"], row["id"]))
        chunk = both[:limit]
        yield from (row for row in chunk if _held(asked, row))
        if len(chunk) < limit:
            return
        day, after = chunk[-1]["event_day"], chunk[-1]["id"]


def _start(asked: Asked, finding: str | None, *, known: bool) -> str:
    narrow = {
        "id": finding,
        "person": asked.person,
        "event": asked.event,
        "counterparty": asked.counterparty,
        "status": asked.status,
        "rule": asked.rule,
    }
    for name, value in narrow.items():
        # What a finding's status was then is not what the index says now.
        if value is not None and not (known and name == "status"):
            return name
    return ""


def _parameters(asked: Asked, finding: str | None) -> dict[str, Any]:
    return {
        "id": finding,
        "rule": asked.rule,
        "severity": asked.severity,
        "status": asked.status,
        "event": asked.event,
        "person": asked.person,
        "counterparty": asked.counterparty,
        "unit": asked.unit,
        "assignee": asked.assignee,
        "as_of": day_of(asked.as_of) if asked.as_of else None,
        "all_units": asked.units is None,
        "units": list(asked.units or ()),
        "trial": asked.trial,
    }


def _held(asked: Asked, row: Row) -> bool:
    """The filters on what changes, for a version."""
    body = json.loads(row["payload"])
    if asked.as_of is not None:
        day = day_of(asked.as_of)
        if not (row["from_day"] or 0) <= day < (row["to_day"] or FOREVER) or body.get("closed_reason"):
            return False
    wanted = ((asked.severity, body["severity"]), (asked.status, body["status"]), (asked.assignee, row["assignee"]))
    return all(value is None or value == found for value, found in wanted)


def _first(rows: Iterator[Row], n: int) -> list[Row]:
    found: list[Row] = []
    for row in rows:
        found.append(row)
        if len(found) == n:
            break
    return found


def _with_first_seen(graph: Graph, rows: Iterable[Row]) -> list[FindingRow]:
    wanted = list(rows)
    first = {row["id"]: row["at"] for row in graph.read(_FIRST_SEEN, ids=[row["id"] for row in wanted])} if wanted else {}
    return [_finding(row, first.get(row["id"]) or row["recorded_at"]) for row in wanted]


def _finding(row: Row, first_seen: str) -> FindingRow:
    return FindingRow(
        row["id"],
        json.loads(row["payload"]),
        row["event"],
        row["official"],
        row["counterparty"],
        tuple(row["people"] or ()),
        tuple(row["units"] or ()),
        row["assignee"] or None,
        row["due_on"] or None,
        row["event_day"],
        row["from_day"] or 0,
        row["to_day"] or FOREVER,
        row["recorded_at"],
        first_seen,
        row["superseded_at"],
        bool(row["trial"]),
    )
