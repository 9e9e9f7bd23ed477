"""The whole graph for other tools, in bounded memory: as FollowTheMoney entities, and as nodes and edges."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from domain.batches import batches
from domain.dates import FOREVER, iso_of
from graph.client import Graph
from graph.values import Row
from graph_models.ftm import entity_properties, more_specific
from queries.views.ids import LABELS
from queries.views.links import DERIVED, PATH_TYPES, When, link_of

BATCH = 1000
NODE_COLUMNS = (
    "id", "label", "schema", "name", "ids", "birth", "death", "gender", "official", "inn", "snils", "ogrn", "kpp", "body_kind", "date",
    "amount", "law", "number", "kind",
)  # fmt: skip
EDGE_COLUMNS = (
    "id", "source", "target", "type", "start", "end", "derived", "origin", "record", "derived_from", "role", "kind", "post", "service",
    "share", "share_lo", "share_hi", "basis", "path", "term", "lists", "word", "relationship", "status", "amount",
)  # fmt: skip
"""`source` and `target` are node ids, as graph tools call the ends; `origin` is the source that said so."""

_NODES = "MATCH (n:%s) RETURN n.id AS id"
_MEMBERS = """
UNWIND $ids AS id
MATCH (n:%s {id: id})<-[:RESOLVED_TO]-(r:Record)
WHERE r.state IN ['live', 'dangling']
RETURN id AS id, r.key AS key, r.source AS source, r.schema AS schema, r.payload AS payload, r.ended_lo AS ended_lo, r.ended_hi AS ended_hi
ORDER BY r.key
"""
_RECORDS = "MATCH (r:Record) WHERE r.state IN ['live', 'dangling'] RETURN r.key AS key"
_RELATIONS = """
UNWIND $keys AS key
MATCH (r:Record {key: key})
WHERE NOT EXISTS { MATCH (r)-[:RESOLVED_TO]->() }
RETURN r.key AS id, r.key AS key, r.source AS source, r.schema AS schema, r.payload AS payload, r.ended_lo AS ended_lo,
       r.ended_hi AS ended_hi
"""
_REFERENCES = """
UNWIND $keys AS key
MATCH (r:Record {key: key})-[x:REFERS_TO]->(t:Record)
OPTIONAL MATCH (t)-[:RESOLVED_TO]->(c)
RETURN key AS key, x.prop AS prop, t.key AS target, t.id AS id, c.id AS canonical
"""
_PROPERTIES = "MATCH (n:%s) RETURN properties(n) AS node"
_EDGES = "MATCH (a)-[r:%s]->(b) RETURN a.id AS start, b.id AS end, properties(r) AS edge"


def ftm_entities(graph: Graph) -> Iterator[dict[str, Any]]:
    """Every real thing once, with what all its records say, then every relation with its ends; ids are canonical.

    `referents` are the records behind it, `datasets` their sources. Read back as a feed it makes the same graph.
    """
    for label in LABELS:
        for ids in batches((row["id"] for row in graph.stream(_NODES % label)), BATCH):
            yield from _entities(graph, graph.read(_MEMBERS % label, ids=ids))
    for keys in batches((row["key"] for row in graph.stream(_RECORDS)), BATCH):
        yield from _entities(graph, graph.read(_RELATIONS, keys=keys))


def nodes(graph: Graph) -> Iterator[dict[str, Any]]:
    """Every node as NODE_COLUMNS; lists stay lists."""
    for label in LABELS:
        for row in graph.stream(_PROPERTIES % label):
            node = row["node"]
            yield {name: node.get(name) for name in NODE_COLUMNS} | {"label": label, "schema": node.get("schema") or label}


def edges(graph: Graph) -> Iterator[dict[str, Any]]:
    """Every fact and derived edge as EDGE_COLUMNS."""
    for kind in (*PATH_TYPES, *sorted(DERIVED)):
        for row in graph.stream(_EDGES % kind):
            link = link_of(kind, row["start"], row["end"], row["edge"], When())
            yield {name: link.properties.get(name) for name in EDGE_COLUMNS} | {
                "id": link.id,
                "source": link.start,
                "target": link.end,
                "type": link.type,
                "start": link.since,
                "end": link.until,
                "derived": link.derived,
                "origin": link.source,
                "record": link.record,
                "derived_from": list(link.derived_from),
            }


def _entities(graph: Graph, rows: Sequence[Row]) -> Iterator[dict[str, Any]]:
    references = _references(graph, [row["key"] for row in rows if entity_properties(row["schema"])])
    grouped: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        grouped[row["id"]].append(row)
    for one, members in grouped.items():
        united: dict[str, dict[str, None]] = defaultdict(dict)
        schema = members[0]["schema"]
        for row in members:
            schema = more_specific(schema, row["schema"]) or schema
            for name, values in _told(row).items():
                united[name].update(dict.fromkeys(references.get((row["key"], name, value), value) for value in values))
        yield {
            "id": one,
            "schema": schema,
            "properties": {name: list(values) for name, values in sorted(united.items())},
            "datasets": sorted({row["source"] for row in members}),
            "referents": [row["key"] for row in members if row["key"] != one],
        }


def _told(row: Row) -> Mapping[str, Sequence[str]]:
    """What the record says, and the end that a later extract gave it by no longer listing it."""
    properties: dict[str, Sequence[str]] = json.loads(row["payload"])
    last = row["ended_hi"]
    if last is not None and last != FOREVER and "endDate" not in properties:
        # Between two extracts: the day by which it certainly had ended.
        properties["endDate"] = [iso_of(last) or ""]
    return properties


def _references(graph: Graph, keys: Sequence[str]) -> dict[tuple[str, str, str], str]:
    """(record, property, value) → the entity that the value means."""
    found: dict[tuple[str, str, str], str] = {}
    for row in graph.read(_REFERENCES, keys=list(keys)) if keys else ():
        target = row["canonical"] or row["target"]
        found[row["key"], row["prop"], row["id"]] = target
        found[row["key"], row["prop"], row["target"]] = target
    return found
