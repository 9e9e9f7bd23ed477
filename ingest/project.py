"""From linked and resolved records to canonical events and dated fact edges; marks what changed for derivation."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from domain.dates import FOREVER
from domain.spans import ALWAYS, Span
from graph.client import Graph, Transaction
from graph.marks import mark, read_marks
from graph.values import Row
from graph_models.ftm import entity_properties, is_relation
from ingest.events import EVENT_SCHEMATA, event_node, notification_node, refresh_windows, thing_node
from ingest.facts import Fact, facts_of
from ingest.link import find_targets
from ingest.said import Said

BATCH = 1000

_NODES = """
MATCH (r:Record) WHERE r.todo STARTS WITH 'node '
RETURN r.key AS key, r.id AS id, r.source AS source, r.schema AS schema, r.payload AS payload, r.state AS state LIMIT $batch
"""
_MERGE_NODE = """
UNWIND $rows AS row
MERGE (c:%(label)s {id: row.id})
SET c = row
WITH c, row
MATCH (r:Record {key: row.id})
MERGE (r)-[x:RESOLVED_TO]->(c)
SET x.test = 'own', x.grade = 'certain', x.probability = 1.0, x.model = 'own', x.at = r.recorded_at
"""
_DROP_NODE = "UNWIND $keys AS key MATCH (r:Record {key: key})-[x:RESOLVED_TO]->(c) DELETE x"
_NEW = "UNWIND $keys AS key MATCH (r:Record {key: key}) WHERE NOT EXISTS { MATCH (r)-[:RESOLVED_TO]->() } RETURN key AS key"
_NAMED_BY = "UNWIND $keys AS key MATCH (r:Record {key: key})<-[:REFERS_TO]-(f:Record) WHERE f.todo IS NULL SET f.todo = 'facts ' + f.key"
_NODE_DONE = "UNWIND $keys AS key MATCH (r:Record {key: key}) SET r.todo = 'facts ' + r.key"
_FACTS = """
MATCH (r:Record) WHERE r.todo STARTS WITH 'facts '
RETURN r.key AS key, r.source AS source, r.schema AS schema, r.payload AS payload,
       r.state AS state, r.facts AS facts, r.recorded_at AS recorded_at,
       r.ended_lo AS ended_lo, r.ended_hi AS ended_hi
LIMIT $batch
"""
_VERSIONS = """
UNWIND $keys AS key
MATCH (v:RecordVersion {key: key})
RETURN v.id AS id, v.key AS key, v.schema AS schema, v.payload AS payload, v.recorded_at AS recorded_at, v.superseded_at AS superseded_at
"""
_REFS = "UNWIND $keys AS key MATCH (r:Record {key: key})-[x:REFERS_TO]->(t:Record) RETURN key AS key, x.prop AS prop, t.key AS target"
_RESOLVED = "UNWIND $keys AS key MATCH (r:Record {key: key})-[:RESOLVED_TO]->(c) RETURN key AS key, c.id AS id, labels(c)[0] AS label"
_SOURCES = "MATCH (s:Source) RETURN s.name AS name, s.trust AS trust"
_DELETE = "UNWIND $rows AS row MATCH (a:%(a)s {id: row.from})-[f:%(type)s {id: row.id}]->(b:%(b)s {id: row.to}) DELETE f"
_CREATE = "UNWIND $rows AS row MATCH (a:%(a)s {id: row.from}), (b:%(b)s {id: row.to}) CREATE (a)-[f:%(type)s]->(b) SET f = row.props"
_FACTS_DONE = "UNWIND $rows AS row MATCH (r:Record {key: row.key}) SET r.facts = row.facts REMOVE r.todo"
_TENDER_NUMBER = (
    "UNWIND $numbers AS number MATCH (t:Event {number: number}) WHERE t.schema = 'CallForTenders' RETURN number AS number, t.id AS id"
)
_WAITING_CONTRACTS = """
UNWIND $numbers AS number
MATCH (c:Event {procedure: number})<-[:RESOLVED_TO]-(r:Record) WHERE r.todo IS NULL
SET r.todo = 'facts ' + r.key
"""
_CONTRACTS_UNDER = """
UNWIND $keys AS key
MATCH (:Event {id: key})<-[:UNDER_TENDER]-(:Event)<-[:RESOLVED_TO]-(r:Record) WHERE r.todo IS NULL
SET r.todo = 'facts ' + r.key
"""
_GIVERS = "UNWIND $ids AS id MATCH (:Notification {id: id})<-[:GAVE]-(p:Person) RETURN DISTINCT p.id AS id"
_CLEAN = """
MATCH (c:%(label)s)
WHERE NOT EXISTS { MATCH (c)<-[:RESOLVED_TO]-(:Record) }
RETURN c.id AS id
"""
_CLEAN_SOME = "UNWIND $ids AS id MATCH (c:%(label)s {id: id}) WHERE NOT EXISTS { MATCH (c)<-[:RESOLVED_TO]-(:Record) } RETURN c.id AS id"
_REMOVE = "UNWIND $ids AS id MATCH (c:%(label)s {id: id}) WHERE NOT EXISTS { MATCH (c)<-[:RESOLVED_TO]-(:Record) } DETACH DELETE c"
# What was said of a node that is gone would else stay with the others it concerned.
_UNSAY = """
UNWIND $ids AS id
MATCH (c:%(label)s {id: id})<-[:CONCERNS]-(x:Contradiction)
WHERE NOT EXISTS { MATCH (c)<-[:RESOLVED_TO]-(:Record) }
DETACH DELETE x
"""
CANONICAL_LABELS = ("Person", "Organization", "Event", "Notification", "Thing")


@dataclass(frozen=True, slots=True)
class Edge:
    """A fact edge between canonical nodes, as it is to stand in the graph."""

    type: str
    start: tuple[str, str]
    end: tuple[str, str]
    properties: Mapping[str, Any]

    def trace(self) -> list[str]:
        """What the record remembers, so that the edge can be found again and a change be seen."""
        content = json.dumps(self.properties, ensure_ascii=False, sort_keys=True)
        return [self.type, *self.start, *self.end, str(self.properties["id"]), hashlib.sha256(content.encode()).hexdigest()[:16]]


def project(graph: Graph, progress: Callable[[int], None] | None = None) -> int:
    """Bring nodes and facts of every waiting record up to date; returns how many records were handled."""
    done = 0
    while rows := graph.read(_NODES, batch=BATCH):
        graph.transact(lambda tx, rows=rows: _nodes(tx, rows))  # type: ignore[misc]
        done += len(rows)
        if progress:
            progress(len(rows))
    trust = {row["name"]: row["trust"] for row in graph.read(_SOURCES)}
    while rows := graph.read(_FACTS, batch=BATCH):
        graph.transact(lambda tx, rows=rows: _facts(tx, rows, trust))  # type: ignore[misc]
        if progress:
            progress(len(rows))
    _clean(graph)
    return done


def _clean(graph: Graph) -> None:
    """Remove the nodes that no record stands for any more: they are among those marked as changed, which a load may make very many."""
    marked = sorted({one.node for one in read_marks(graph, "derive")})
    for label in CANONICAL_LABELS:
        if len(marked) > BATCH:
            ids = [row["id"] for row in graph.read(_CLEAN % {"label": label})]
        else:
            ids = [row["id"] for row in graph.read(_CLEAN_SOME % {"label": label}, ids=marked)]
        if ids:
            graph.transact(lambda tx, ids=ids, label=label: _remove(tx, label, ids))  # type: ignore[misc]


def _remove(tx: Transaction, label: str, ids: list[str]) -> None:
    if label in ("Person", "Organization"):
        tx.run(_UNSAY % {"label": label}, ids=ids)
    tx.run(_REMOVE % {"label": label}, ids=ids)


def _nodes(tx: Transaction, rows: list[Row]) -> None:
    made: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        if not is_relation(row["schema"]) and row["state"] == "live":
            label, node = _node(row)
            made[label].append(node)
    gone = [row["key"] for row in rows if not is_relation(row["schema"]) and row["state"] != "live"]
    new = [row["key"] for row in tx.run(_NEW, keys=[node["id"] for nodes in made.values() for node in nodes])]
    tenders = [row["key"] for row in rows if row["schema"] == "CallForTenders"]
    if tenders:
        tx.run(_CONTRACTS_UNDER, keys=tenders)
    for label, nodes in made.items():
        tx.run(_MERGE_NODE % {"label": label}, rows=nodes)
        mark(tx, "derive", {(label, node["id"]) for node in nodes})
    refresh_windows(tx, [node["id"] for node in made["Event"]])
    if made["Notification"]:
        givers = tx.run(_GIVERS, ids=[node["id"] for node in made["Notification"]])
        mark(tx, "derive", {("Person", row["id"]) for row in givers})
    if gone:
        tx.run(_DROP_NODE, keys=gone)
        mark(tx, "derive", {("Event", key) for key in gone})
    if numbers := [node["number"] for node in made["Event"] if node["schema"] == "CallForTenders" and node["number"]]:
        tx.run(_WAITING_CONTRACTS, numbers=numbers)
    # Facts about a thing that came or went are said anew by the records that name it.
    if new or gone:
        tx.run(_NAMED_BY, keys=new + gone)
    tx.run(_NODE_DONE, keys=[row["key"] for row in rows])


def _node(row: Row) -> tuple[str, Row]:
    """Label and properties of the node that a record of its own stands for."""
    said = _said(row, {})
    if row["schema"] in EVENT_SCHEMATA:
        return "Event", event_node(said, row["id"])
    if row["schema"] == "Notification":
        return "Notification", notification_node(said, row["id"])
    return "Thing", thing_node(said, row["id"])


def _facts(tx: Transaction, rows: list[Row], trust: Mapping[str, int]) -> None:
    keys = [row["key"] for row in rows]
    refs = _references(tx, keys)
    facts: list[tuple[str, Fact, Row]] = []
    for row in rows:
        if row["state"] == "live":
            said = _said(row, refs.get(row["key"], {}))
            facts.extend((row["key"], fact, row) for fact in facts_of(said))
    facts.extend(_procedure_links(tx, rows))
    facts.extend(_past(tx, rows))
    edges = _edges(tx, facts, trust)
    old = {row["key"]: json.loads(row["facts"]) if row["facts"] else [] for row in rows}
    changed: set[tuple[str, str]] = set()
    took_part: set[tuple[str, str]] = set()
    delete: dict[tuple[str, str, str], list[Row]] = defaultdict(list)
    create: dict[tuple[str, str, str], list[Row]] = defaultdict(list)
    done: list[Row] = []
    for key in keys:
        new = edges.get(key, [])
        traces = sorted(edge.trace() for edge in new)
        done.append({"key": key, "facts": json.dumps(traces, ensure_ascii=False) if traces else None})
        if traces == old[key]:
            continue
        for kind, a_label, a, b_label, b, fact_id, *_ in old[key]:
            delete[kind, a_label, b_label].append({"from": a, "to": b, "id": fact_id})
            _touch((a_label, a), (b_label, b), changed, took_part)
        for edge in new:
            create[edge.type, edge.start[0], edge.end[0]].append({"from": edge.start[1], "to": edge.end[1], "props": dict(edge.properties)})
            _touch(edge.start, edge.end, changed, took_part)
    for template, groups in ((_DELETE, delete), (_CREATE, create)):
        for (kind, a_label, b_label), wanted in groups.items():
            tx.run(template % {"type": kind, "a": a_label, "b": b_label}, rows=wanted)
    refresh_windows(tx, {node for label, node in changed if label == "Event"})
    mark(tx, "derive", changed)
    mark(tx, "people", took_part)
    tx.run(_FACTS_DONE, rows=done)


def _touch(start: tuple[str, str], end: tuple[str, str], changed: set[tuple[str, str]], took_part: set[tuple[str, str]]) -> None:
    """Note whom a changed fact concerns: both ends, but of an event's fact the event.

    A contract more changes nothing in its body's and its supplier's other contracts, of which there may be 100,000. Its people are
    noted apart: the first event makes someone an official or a party.
    """
    if "Event" not in (start[0], end[0]):
        changed |= {start, end}
        return
    changed |= {one for one in (start, end) if one[0] not in ("Person", "Organization")}
    took_part |= {one for one in (start, end) if one[0] == "Person"}


def _references(tx: Transaction, keys: list[str]) -> dict[str, dict[str, tuple[str, ...]]]:
    found: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for row in tx.run(_REFS, keys=keys):
        found[row["key"]][row["prop"]].append(row["target"])
    return {key: {prop: tuple(sorted(set(targets))) for prop, targets in by.items()} for key, by in found.items()}


def _procedure_links(tx: Transaction, rows: list[Row]) -> Iterable[tuple[str, Fact, Row]]:
    """A contract's tender by procedureNumber = callId."""
    wanted: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        if row["schema"] == "Contract" and row["state"] == "live":
            for number in json.loads(row["payload"]).get("procedureNumber", ()):
                wanted[number].append(row)
    if not wanted:
        return
    for found in tx.run(_TENDER_NUMBER, numbers=sorted(wanted)):
        for row in wanted[found["number"]]:
            yield row["key"], Fact("UNDER_TENDER", row["key"], found["id"], ALWAYS, {}), row


def _past(tx: Transaction, rows: list[Row]) -> list[tuple[str, Fact, Row]]:
    """The edges that earlier versions of the records said."""
    versions = tx.run(_VERSIONS, keys=[row["key"] for row in rows])
    if not versions:
        return []
    sources = {row["key"]: row["source"] for row in rows}
    wanted = {v["id"]: [(p, x) for p in entity_properties(v["schema"]) for x in json.loads(v["payload"]).get(p, ())] for v in versions}
    targets = find_targets(tx, {(sources[v["key"]], value) for v in versions for _, value in wanted[v["id"]]})
    found: list[tuple[str, Fact, Row]] = []
    for version in versions:
        refs: dict[str, list[str]] = defaultdict(list)
        for prop, value in wanted[version["id"]]:
            target = targets.get((sources[version["key"]], value))
            if target:
                refs[prop].append(target)
        said = _said(version, {prop: tuple(keys) for prop, keys in refs.items()})
        row = {"source": sources[version["key"]], **version}
        found.extend((version["key"], fact, row) for fact in facts_of(said))
    return found


def _edges(tx: Transaction, facts: list[tuple[str, Fact, Row]], trust: Mapping[str, int]) -> dict[str, list[Edge]]:
    ends = sorted({key for _, fact, _ in facts for key in (fact.start_key, fact.end_key)})
    canonical = {row["key"]: (row["label"], row["id"]) for row in tx.run(_RESOLVED, keys=ends)} if ends else {}
    edges: dict[str, list[Edge]] = defaultdict(list)
    for key, fact, row in facts:
        start, end = canonical.get(fact.start_key), canonical.get(fact.end_key)
        if start is None or end is None or start == end:
            continue
        values = json.loads(row["payload"])
        valid = _cut(fact.valid, row)
        properties: dict[str, Any] = {
            "id": key if not edges[key] else f"{key}#{len(edges[key])}",
            "record": key,
            "source": row["source"],
            "trust": trust.get(row["source"], 0),
            "from_key": fact.start_key,
            "to_key": fact.end_key,
            "start_lo": valid.start_lo,
            "start_hi": valid.start_hi,
            "end_lo": valid.end_lo,
            "end_hi": valid.end_hi,
            "start": (values.get("startDate") or [None])[0],
            "end": (values.get("endDate") or [None])[0],
            "recorded_at": row["recorded_at"],
            **{name: value for name, value in fact.properties.items() if value is not None},
        }
        kind = fact.type
        if row.get("superseded_at"):
            properties |= {"type": kind, "superseded_at": row["superseded_at"]}
            kind = "PAST"
        edges[key].append(Edge(kind, start, end, {name: value for name, value in properties.items() if value is not None}))
    return edges


def _cut(valid: Span, row: Row) -> Span:
    """The span of a fact that a later extract no longer lists ends between the two."""
    if row.get("ended_lo") is None or valid.end_hi != FOREVER:
        return valid
    return Span(valid.start_lo, valid.start_hi, row["ended_lo"], row["ended_hi"])


def _said(row: Row, refs: Mapping[str, tuple[str, ...]]) -> Said:
    return Said(row["key"], row["schema"], {name: tuple(values) for name, values in json.loads(row["payload"]).items()}, refs)
