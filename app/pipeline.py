"""The steps of a check, each reading and writing the graph; every step can be broken off and goes on at the next call."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from cases.register import register
from domain.clock import Clock
from graph.client import Graph
from graph.lease import lease
from graph.marks import Mark, clear_marks, mark, read_marks
from graph.todo import to_resolve
from ingest.project import project
from queries.catalog import Catalog
from queries.derive.contradiction_run import record_contradictions
from queries.derive.kin_run import derive_kin, without_self
from queries.derive.people_run import refresh_people
from queries.derive.requisite_run import derive_requisites
from queries.derive.stake_run import derive_stakes
from queries.rules.anchors import Changed, all_anchors, touched_anchors
from queries.rules.engine import Report, run_rules
from queries.views.words import refresh_words
from screening.matcher import resolve

Progress = Callable[[str, int], None]

_SETTLED = "MATCH (r:Record) WHERE r.state = 'live' AND r.todo IS NULL RETURN r.key AS key, r.schema AS schema"
_AGAIN = "UNWIND $rows AS row MATCH (r:Record {key: row.key}) WHERE r.todo IS NULL SET r.todo = row.todo"
_ENDED = "MERGE (c:Check {id: 'last'}) SET c.at = $at"
_BATCH = 5000


@dataclass(slots=True)
class CheckReport:
    """What a check did, as `sverka check --json` prints it."""

    resolved: int = 0
    derived: int = 0
    rules: Report = field(default_factory=Report)
    seconds: float = 0.0

    def payload(self) -> dict[str, object]:
        """The JSON of contract.md 2."""
        rules = {
            rule: {"fired": count.fired, "not_computable": count.not_computable, "closed": count.closed}
            for rule, count in sorted(self.rules.rules.items())
        }
        return {"resolved": self.resolved, "derived": self.derived, "rules": rules, "seconds": round(self.seconds, 3)}


def check(graph: Graph, catalog: Catalog, clock: Clock, *, full: bool = False, progress: Progress | None = None) -> CheckReport:
    """Resolve identities, derive kinship and ownership, run the rules on what changed since the last check (`full`: on everything).

    Raises GraphBusy where another process is checking. Both ways give the same findings.
    """
    with lease(graph, "check", clock):
        report = take_steps(graph, catalog, clock, full=full, progress=progress)
        register(graph, _step(progress, "register"))
        graph.write(_ENDED, at=clock.now().isoformat())
        return report


def take_steps(graph: Graph, catalog: Catalog, clock: Clock, *, full: bool = False, progress: Progress | None = None) -> CheckReport:
    """The steps of a check without its lease: for a graph that nobody else writes, such as a sandbox."""
    report = CheckReport()
    began = time.monotonic()
    report.resolved = resolve(graph, _step(progress, "resolve"))
    project(graph, _step(progress, "project"))
    if full:
        _resolve_again(graph, report, progress)
    _derive(graph, clock, report, full=full, progress=progress)
    _run(graph, catalog, clock, report, full=full, progress=progress)
    report.seconds = time.monotonic() - began
    return report


def _resolve_again(graph: Graph, report: CheckReport, progress: Progress | None) -> None:
    # Read to its end before anything is written: a statement must not walk what another one changes.
    waiting = [{"key": row["key"], "todo": to_resolve(row["schema"], row["key"])} for row in graph.stream(_SETTLED)]
    for start in range(0, len(waiting), _BATCH):
        graph.write(_AGAIN, rows=waiting[start : start + _BATCH])
    report.resolved = max(report.resolved, resolve(graph, _step(progress, "resolve")))
    project(graph, _step(progress, "project"))


def _derive(graph: Graph, clock: Clock, report: CheckReport, *, full: bool, progress: Progress | None) -> None:
    marks = read_marks(graph, "derive")
    # People who only took part in events that changed: derived anew where that makes them an official or a party, or no longer.
    marked = read_marks(graph, "people")
    people, firms = _nodes(marks, "Person"), _nodes(marks, "Organization")
    took_part = _nodes(marked, "Person") - people
    if full or marks or marked:
        behind = refresh_people(graph, None if full else people | took_part)
        people |= (behind & took_part) | without_self(graph, took_part)
        refresh_words(graph, None if full else {"Person": people, "Organization": firms, "Event": _nodes(marks, "Event")})
        report.derived = derive_kin(graph, None if full else people, _step(progress, "kin"))
        report.derived += derive_stakes(graph, None if full else people | firms, _step(progress, "stakes"))
        report.derived += derive_requisites(graph, None if full else people, None if full else firms)
        record_contradictions(graph, None if full else people, None if full else firms, clock.today())
    # Changed nodes are handed on before their marks go: a break in between only repeats the work.
    handed_on = sorted({(one.kind, one.node) for one in marks} | {("Person", one) for one in people})
    for start in range(0, len(handed_on), _BATCH):
        graph.transact(lambda tx, start=start: mark(tx, "rules", handed_on[start : start + _BATCH]))  # type: ignore[misc]
    clear_marks(graph, [*marks, *marked])


def _run(graph: Graph, catalog: Catalog, clock: Clock, report: CheckReport, *, full: bool, progress: Progress | None) -> None:
    marks = read_marks(graph, "rules")
    if full:
        anchors = all_anchors(graph)
    else:
        anchors = touched_anchors(graph, Changed(_nodes(marks, "Person"), _nodes(marks, "Organization"), _nodes(marks, "Event")))
    report.rules = run_rules(graph, catalog, anchors, clock.now(), progress)
    clear_marks(graph, marks)


def _nodes(marks: Iterable[Mark], kind: str) -> set[str]:
    return {one.node for one in marks if one.kind == kind}


def _step(progress: Progress | None, name: str) -> Callable[[int], None] | None:
    return (lambda n: progress(name, n)) if progress else None
