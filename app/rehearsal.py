"""One event before it is stored: the findings it would raise, by the very steps that store and check, in a transaction that is undone."""

from __future__ import annotations

import secrets
import time
from collections.abc import Sequence
from dataclasses import dataclass

from app.intake import IngestReport, ingest_rows
from app.pipeline import check, take_steps
from domain.clock import Clock, FixedClock
from domain.errors import GraphBusy
from domain.records import Record, Row, SourceInfo
from graph.client import Graph
from graph.sandbox import rehearse
from ingest.events import EVENT_SCHEMATA
from ingest.project import project
from queries.catalog import Catalog
from queries.derive.kin_run import derive_kin
from queries.derive.people_run import refresh_people
from queries.rules.engine import run_rules
from queries.views.findings import Asked, FindingRow, all_findings
from screening.matcher import resolve

NAME = "events/check"
ABOUT_EVENTS = frozenset({*EVENT_SCHEMATA, "ContractAward", "Participation"})
"""Records that change nothing but their event: who is whose kin and who owns what stays as it is."""
WAITING = 2000
"""Records of others that may wait for the check and are checked along; with more the answer would be late."""

_PENDING = """
MATCH (r:Record) WHERE r.todo STARTS WITH 'link ' WITH r LIMIT $most RETURN count(r) AS n
UNION ALL MATCH (r:Record) WHERE r.todo STARTS WITH 'resolve ' WITH r LIMIT $most RETURN count(r) AS n
UNION ALL MATCH (r:Record) WHERE r.todo STARTS WITH 'node ' WITH r LIMIT $most RETURN count(r) AS n
UNION ALL MATCH (r:Record) WHERE r.todo STARTS WITH 'facts ' WITH r LIMIT $most RETURN count(r) AS n
"""
_EVENTS = """
UNWIND $keys AS key
MATCH (:Record {key: key})-[:RESOLVED_TO]->(e:Event)
RETURN e.id AS id
UNION
UNWIND $keys AS key
MATCH (:Record {key: key})-[:REFERS_TO]->(:Record)-[:RESOLVED_TO]->(e:Event)
RETURN e.id AS id
"""
_LINKED = "UNWIND $ids AS id MATCH (:Event {id: id})-[:UNDER_TENDER]-(o:Event) RETURN o.id AS id"
_NEW_HERE = """
UNWIND $ids AS id
MATCH (p:Person)-[:PARTICIPATES|SUPPLIES|APPLIES]->(:Event {id: id})
WHERE NOT EXISTS { MATCH (p)-[:SELF]->(:Person) }
RETURN DISTINCT p.id AS id
"""
_UNSEEN = "MATCH (d:Dirty) WITH d LIMIT 1 RETURN count(d) AS n"
_CHANGED = "MATCH (x:Finding) WHERE x.recorded_at = $at RETURN x.id AS id"


@dataclass(frozen=True, slots=True)
class Rehearsed:
    """What an event raises or changes: open findings of it, of its tender or contract, and of whatever else its lines touch."""

    findings: tuple[FindingRow, ...]
    report: IngestReport
    events: tuple[str, ...]
    seconds: float
    stored: bool = False


def rehearse_event(graph: Graph, catalog: Catalog, clock: Clock, source: SourceInfo, rows: Sequence[Row]) -> Rehearsed:
    """The findings that these lines would raise; nothing is stored. GraphBusy while a large load waits for its check."""
    pending = sum(row["n"] for row in graph.read(_PENDING, most=WAITING))
    if pending >= WAITING:
        raise GraphBusy(
            "Загруженные данные ещё не проверены: ответ был бы неполным.",
            "Loaded data has not been checked yet: the answer would be incomplete.",
            hint="sverka check",
        )
    alone = not pending and not graph.read(_UNSEEN)[0]["n"] and all(_about_events(row) for row in rows)
    return rehearse(graph, lambda trial: _trial(trial, catalog, clock, source, rows, alone=alone))


def store_event(graph: Graph, catalog: Catalog, clock: Clock, source: SourceInfo, rows: Sequence[Row]) -> Rehearsed:
    """The same, stored and checked. GraphBusy while another check runs: the lines are stored then, and the next check sees them."""
    begun = time.monotonic()
    fixed = _instant(clock)
    report = ingest_rows(graph, fixed, source, rows, NAME)
    check(graph, catalog, fixed)
    return _result(graph, fixed, source, rows, report, begun, stored=True)


def _about_events(row: Row) -> bool:
    return not isinstance(row, Record) or (not row.deleted and row.schema in ABOUT_EVENTS)


def _trial(graph: Graph, catalog: Catalog, clock: Clock, source: SourceInfo, rows: Sequence[Row], *, alone: bool) -> Rehearsed:
    begun = time.monotonic()
    fixed = _instant(clock)
    report = ingest_rows(graph, fixed, source, rows, NAME)
    if alone:
        _only_events(graph, catalog, fixed, _keys(source, rows))
    else:
        take_steps(graph, catalog, fixed)
    return _result(graph, fixed, source, rows, report, begun, stored=False)


def _only_events(graph: Graph, catalog: Catalog, clock: Clock, keys: Sequence[str]) -> None:
    """The steps that matter where only events changed: a check would look at everything else of the body and the supplier again."""
    resolve(graph)
    project(graph)
    events = _events(graph, keys)
    newcomers = {row["id"] for row in graph.read(_NEW_HERE, ids=sorted(events))}
    if newcomers:
        refresh_people(graph, newcomers)
        derive_kin(graph, newcomers)
    run_rules(graph, catalog, {"event": events | _linked(graph, events)}, clock.now())


def _keys(source: SourceInfo, rows: Sequence[Row]) -> list[str]:
    return [f"{source.name}:{row.id}" for row in rows if isinstance(row, Record)]


def _events(graph: Graph, keys: Sequence[str]) -> set[str]:
    return {row["id"] for row in graph.read(_EVENTS, keys=list(keys))} if keys else set()


def _linked(graph: Graph, events: set[str]) -> set[str]:
    return {row["id"] for row in graph.read(_LINKED, ids=sorted(events))} if events else set()


def _instant(clock: Clock) -> FixedClock:
    """One instant for the whole run, by which its findings are known again."""
    return FixedClock(clock.now().replace(microsecond=secrets.randbelow(1_000_000)))


def _result(
    graph: Graph, clock: FixedClock, source: SourceInfo, rows: Sequence[Row], report: IngestReport, begun: float, *, stored: bool
) -> Rehearsed:
    own = _events(graph, _keys(source, rows))
    events = own | _linked(graph, own)
    wanted = {row["id"] for row in graph.read(_CHANGED, at=clock.now().isoformat())}
    found = {one.id: one for event in sorted(events) for one in all_findings(graph, Asked(event=event))}
    found |= {one.id: one for one in _some(graph, sorted(wanted - set(found)))}
    shown = [one for _, one in sorted(found.items()) if one.status != "CLOSED"]
    return Rehearsed(tuple(shown), report, tuple(sorted(own)), time.monotonic() - begun, stored)


def _some(graph: Graph, ids: Sequence[str]) -> list[FindingRow]:
    return [one for finding in ids for one in all_findings(graph, Asked(), finding)]
