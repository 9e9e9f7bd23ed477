"""Findings in the graph: created, updated, closed when they no longer hold, each change kept as a version."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from graph.client import Graph, Transaction
from graph.values import Row
from queries.catalog import Rule
from queries.rules.evaluate import Evaluation

OPEN_BY_MACHINE = ("NEW", "NEED_DATA", "SETTLED", "CLOSED")
"""Statuses that the machine may set; everything else is a person's and stays until the evidence changes or for ever."""
JUDGED = ("FALSE_POSITIVE", "NO_CONFLICT")
"""A reviewed alarm: stays so until its evidence changes."""

_STORED = """
UNWIND $anchors AS anchor
MATCH (x:Finding {anchor: anchor})
WHERE x.rule = $rule
RETURN x.id AS id, x.event AS event, x.status AS status, x.payload AS payload, x.recorded_at AS recorded_at,
       x.from_day AS from_day, x.to_day AS to_day,
       x.evidence_sha256 AS evidence, x.by_machine AS by_machine, x.units AS units, x.people AS people
"""
_WRITE = "UNWIND $rows AS row MERGE (x:Finding {id: row.id}) SET x += row"
_VERSION = "UNWIND $rows AS row MERGE (v:FindingVersion {id: row.id}) SET v += row"
_UNTIE = "UNWIND $ids AS id MATCH (x:Finding {id: id})-[t:ON_PERSON|ON_EVENT]->() DELETE t"
_TIE_PEOPLE = (
    "UNWIND $rows AS row MATCH (x:Finding {id: row.id}), (p:Person {id: row.person}) CREATE (x)-[:ON_PERSON {role: row.role}]->(p)"
)
_TIE_EVENT = "UNWIND $rows AS row MATCH (x:Finding {id: row.id}), (e:Event {id: row.event}) CREATE (x)-[:ON_EVENT]->(e)"


@dataclass(frozen=True, slots=True)
class Stored:
    """A finding as it stands in the graph."""

    id: str
    event: str
    status: str
    body: Mapping[str, Any]
    recorded_at: str
    from_day: int
    to_day: int
    evidence: str
    by_machine: bool
    units: Sequence[str]
    people: Sequence[str]

    @property
    def officials(self) -> Sequence[str]:
        """Feed ids of the official."""
        ids: Sequence[str] = self.body["official"]["ids"]
        return ids

    @property
    def parties(self) -> Sequence[str]:
        """Feed ids of the counterparty."""
        ids: Sequence[str] = self.body["counterparty"]["ids"]
        return ids


@dataclass(frozen=True, slots=True)
class Found:
    """A finding as the check sees it now."""

    body: dict[str, Any]
    evaluation: Evaluation
    anchor: str
    people: Sequence[str]
    units: Sequence[str]
    earlier: Stored | None


def read_stored(graph: Graph, rule: str, anchors: Sequence[str]) -> list[Stored]:
    """The rule's findings at these anchors, closed ones included, in id order."""
    rows = graph.read(_STORED, rule=rule, anchors=list(anchors))
    made = [
        Stored(
            row["id"],
            row["event"],
            row["status"],
            json.loads(row["payload"]),
            row["recorded_at"],
            row["from_day"],
            row["to_day"],
            row["evidence"],
            bool(row["by_machine"]),
            row["units"] or [],
            row["people"] or [],
        )
        for row in rows
    ]
    return sorted(made, key=lambda one: one.id)


def write_findings(graph: Graph, rule: Rule, made: Sequence[Found], stored: Sequence[Stored], at: datetime) -> int:
    """Bring the graph in step, in one transaction; returns how many findings were closed."""
    stamp = at.isoformat()
    rows: list[Row] = []
    changed: list[Found] = []
    versions: list[Row] = []
    for one in made:
        one.body["status"] = _status(one)
        if one.earlier is not None and _same(one.earlier, one):
            continue
        rows.append(_row(rule, one, stamp))
        changed.append(one)
        if one.earlier is not None:
            versions.append(_version(one.earlier, stamp))
    alive = {one.body["id"] for one in made}
    gone = [one for one in stored if one.id not in alive and one.status != "CLOSED"]
    versions.extend(_version(one, stamp) for one in gone)
    rows.extend(_closed(one, stamp) for one in gone)
    if rows:
        graph.transact(lambda tx: _write(tx, rows, versions, changed))
    return len(gone)


def _write(tx: Transaction, rows: list[Row], versions: list[Row], changed: Sequence[Found]) -> None:
    if versions:
        tx.run(_VERSION, rows=versions)
    tx.run(_WRITE, rows=rows)
    if changed:
        tx.run(_UNTIE, ids=[one.body["id"] for one in changed])
        people = [{"id": one.body["id"], "person": person, "role": _part(one, person)} for one in changed for person in one.people]
        tx.run(_TIE_PEOPLE, rows=people)
        tx.run(_TIE_EVENT, rows=[{"id": one.body["id"], "event": one.evaluation.candidate.event} for one in changed])


def _part(found: Found, person: str) -> str:
    candidate = found.evaluation.candidate
    named = {candidate.official: "official", candidate.counterparty: "counterparty", candidate.relative: "relative"}
    return named.get(person, "link")


def _status(found: Found) -> str:
    """The status now: a person's decision stays, the machine only moves what is still its own."""
    machine = "SETTLED" if found.body["settled_by"] else "NEED_DATA" if found.body["outcome"] == "not_computable" else "NEW"
    earlier = found.earlier
    if earlier is None:
        return machine
    if earlier.status in JUDGED:
        return earlier.status if earlier.evidence == found.body["evidence_sha256"] else machine
    if earlier.status == "CLOSED":
        return machine if earlier.by_machine or earlier.evidence != found.body["evidence_sha256"] else "CLOSED"
    return machine if earlier.by_machine else earlier.status


def _same(before: Stored, now: Found) -> bool:
    """Nothing to write: neither what is said nor who may see it has changed."""
    return before.body == now.body and list(before.units) == list(now.units) and list(before.people) == list(now.people)


def _row(rule: Rule, found: Found, at: str) -> Row:
    candidate, body = found.evaluation.candidate, found.body
    first, last = found.evaluation.holds_from_to()
    return {
        "id": body["id"],
        "rule": rule.id,
        "outcome": body["outcome"],
        "severity": body["severity"],
        "status": body["status"],
        "anchor": found.anchor,
        "event": candidate.event,
        "official": candidate.official,
        "counterparty": candidate.counterparty,
        "events": [candidate.event, *candidate.events] if candidate.events else None,
        "people": list(found.people),
        "units": list(found.units),
        "from_day": first,
        "to_day": last,
        "evidence_sha256": body["evidence_sha256"],
        "closed": body["status"] == "CLOSED",
        "trial": rule.status == "trial",
        "by_machine": body["status"] in OPEN_BY_MACHINE
        and (found.earlier is None or found.earlier.by_machine or body["status"] != found.earlier.status),
        "event_day": found.evaluation.window.first or first,
        "recorded_at": at,
        "payload": json.dumps(body, ensure_ascii=False, sort_keys=True),
        "unfiled": True,
        **({"seen_at": at} if found.earlier is None or found.earlier.status == "CLOSED" else {}),
    }


def _closed(one: Stored, at: str) -> Row:
    body = {**one.body, "status": "CLOSED", "closed_reason": "no_longer_holds"}
    return {
        "id": one.id,
        "status": "CLOSED",
        "closed": True,
        "by_machine": True,
        "unfiled": True,
        "recorded_at": at,
        "payload": json.dumps(body, ensure_ascii=False, sort_keys=True),
    }


def _version(one: Stored, at: str) -> Row:
    return {
        "id": f"{one.id}@{at}",
        "finding": one.id,
        "payload": json.dumps(one.body, ensure_ascii=False, sort_keys=True),
        "from_day": one.from_day,
        "to_day": one.to_day,
        "recorded_at": one.recorded_at,
        "superseded_at": at,
    }
