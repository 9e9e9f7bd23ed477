"""Keeps the USES edges in step: which phones, mailboxes, addresses and accounts officials, their kin and firms have in common."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence

from graph.client import Graph, Transaction
from graph.marks import mark
from graph.values import Row
from queries.derive.requisites import MASS, requisites_of

BATCH = 500
_LABELS = ("Person", "Organization")
_EVERY = (
    ("Person", "MATCH (p:Person)-[:SELF|KIN]->() RETURN DISTINCT p.id AS id"),
    ("Person", "MATCH (p:Person)-[:DIRECTS|STAKE]->(:Organization) RETURN DISTINCT p.id AS id"),
    ("Organization", "MATCH (f:Organization)-[:SUPPLIES|APPLIES]->(:Event) RETURN DISTINCT f.id AS id"),
)
# Everybody else's telephone is of no interest to any rule, and there is a million of them.
_RELEVANT = {
    "Person": """
UNWIND $ids AS id
MATCH (n:Person {id: id})
WHERE EXISTS { MATCH (n)-[:SELF|KIN]->() } OR EXISTS { MATCH (n)-[:DIRECTS|STAKE]->() }
RETURN id AS id
""",
    "Organization": "UNWIND $ids AS id MATCH (n:Organization {id: id}) RETURN id AS id",
}
_SAID = """
UNWIND $ids AS id
MATCH (n:%s {id: id})<-[:RESOLVED_TO]-(r:Record)
WHERE r.state = 'live'
RETURN id AS id, r.key AS record, r.source AS source, r.payload AS payload
"""
_NOW = "UNWIND $ids AS id MATCH (n:%s {id: id})-[u:USES]->(q:Requisite) RETURN id AS id, q.id AS requisite, u.record AS record"
_DROP = "UNWIND $rows AS row MATCH (n:%s {id: row.id})-[u:USES]->(q:Requisite) WHERE q.id = row.requisite DELETE u"
_MERGE = "UNWIND $rows AS row MERGE (q:Requisite {id: row.requisite}) SET q.kind = row.kind"
_CREATE = """
UNWIND $rows AS row
MATCH (n:%s {id: row.id}), (q:Requisite {id: row.requisite})
CREATE (n)-[:USES {id: row.requisite, record: row.record, source: row.source}]->(q)
"""
_COUNT = "UNWIND $ids AS id MATCH (q:Requisite {id: id})<-[:USES]-(f:Organization) RETURN id AS id, count(f) AS firms"
_BEFORE = "UNWIND $ids AS id MATCH (q:Requisite {id: id}) RETURN id AS id, q.firms AS firms"
_SET_COUNT = "UNWIND $rows AS row MATCH (q:Requisite {id: row.id}) SET q.firms = row.firms"
_SHARERS = "UNWIND $ids AS id MATCH (q:Requisite {id: id})<-[:USES]-(n) RETURN labels(n)[0] AS label, n.id AS id"


def derive_requisites(graph: Graph, people: Iterable[str] | None, firms: Iterable[str] | None) -> int:
    """Bring the requisites of these people and firms up to date (None: of all that rules ask about); returns the edges written.

    Who shares one that changed hands is marked for the rules, unless it is a mass one.
    """
    wanted = {"Person": set(people or ()), "Organization": set(firms or ())}
    if people is None or firms is None:
        for label, cypher in _EVERY:
            wanted[label] |= {row["id"] for row in graph.stream(cypher)}
    written = 0
    for label in _LABELS:
        for ids in _batches(wanted[label]):
            written += graph.transact(lambda tx, label=label, ids=ids: _bring(tx, label, ids))  # type: ignore[misc]
    return written


def _bring(tx: Transaction, label: str, ids: list[str]) -> int:
    relevant = [row["id"] for row in tx.run(_RELEVANT[label], ids=ids)]
    said = _said(tx, label, relevant)
    now = {(row["id"], row["requisite"]): row["record"] for row in tx.run(_NOW % label, ids=ids)}
    # The record that says it may be another now, though the requisite is the same.
    gone = [{"id": one[0], "requisite": one[1]} for one, record in now.items() if one not in said or said[one]["record"] != record]
    new = [row for one, row in said.items() if now.get(one) != row["record"]]
    if not gone and not new:
        return 0
    touched = sorted({row["requisite"] for row in (*gone, *new)})
    if gone:
        tx.run(_DROP % label, rows=gone)
    if new:
        tx.run(_MERGE, rows=new)
        tx.run(_CREATE % label, rows=new)
    _recount(tx, touched)
    return len(new)


def _said(tx: Transaction, label: str, ids: list[str]) -> dict[tuple[str, str], Row]:
    found: dict[tuple[str, str], Row] = {}
    for row in sorted(tx.run(_SAID % label, ids=ids), key=lambda one: str(one["record"])):
        for kind, value in sorted(requisites_of(json.loads(row["payload"]))):
            requisite = f"{kind} {value}"
            entry = {"id": row["id"], "requisite": requisite, "kind": kind, "record": row["record"], "source": row["source"]}
            found.setdefault((row["id"], requisite), entry)
    return found


def _recount(tx: Transaction, requisites: Sequence[str]) -> None:
    """How many organizations use each; whoever shares one is to be looked at again."""
    before = {row["id"]: row["firms"] or 0 for row in tx.run(_BEFORE, ids=list(requisites))}
    after = dict.fromkeys(requisites, 0) | {row["id"]: row["firms"] for row in tx.run(_COUNT, ids=list(requisites))}
    tx.run(_SET_COUNT, rows=[{"id": one, "firms": firms} for one, firms in after.items()])
    few = [one for one in requisites if min(before.get(one, 0), after[one]) < MASS]
    mark(tx, "rules", {(row["label"], row["id"]) for row in tx.run(_SHARERS, ids=few)})


def _batches(ids: Iterable[str]) -> Iterator[list[str]]:
    ordered = sorted(ids)
    for start in range(0, len(ordered), BATCH):
        yield ordered[start : start + BATCH]
