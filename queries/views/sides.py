"""One side of a comparison out of the graph: a source record, or all records of a node, with the records that refer to them."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from domain.errors import NotFound
from domain.records import Place, Record
from graph.client import Graph
from graph.values import Row
from queries.views.ids import feed_id, resolve_id
from screening.entities import Entity

PEOPLE_AND_FIRMS = ("Person", "Organization")
RECORD = "record:"
"""In front of the key of a record that is meant alone: canonical ids look like keys."""
MOST_RELATED = 200
"""Records that refer to a side: a director of a thousand firms is told by fewer."""
_NOWHERE = Place("", 0)
_RECORD = """
MATCH (r:Record {key: $key})-[:RESOLVED_TO]->(c)
WHERE r.state = 'live' AND labels(c)[0] IN ['Person', 'Organization']
RETURN r.key AS key, r.schema AS schema, r.payload AS payload, c.id AS node, labels(c)[0] AS label
"""
_OF_NODE = """
MATCH (c:%s {id: $node})<-[:RESOLVED_TO]-(r:Record) WHERE r.state = 'live'
RETURN r.key AS key, r.schema AS schema, r.payload AS payload ORDER BY key
"""
_REFERRING = """
UNWIND $keys AS key
MATCH (:Record {key: key})<-[:REFERS_TO]-(e:Record) WHERE e.state = 'live'
RETURN DISTINCT e.key AS key, e.schema AS schema, e.payload AS payload LIMIT $most
"""
_REFERRED = """
UNWIND $keys AS key
MATCH (:Record {key: key})-[x:REFERS_TO]->(:Record)-[:RESOLVED_TO]->(c)
RETURN DISTINCT key AS key, x.prop AS prop, c.id AS node, labels(c)[0] AS label, c.name AS name, c.inn AS inn, c.ogrn AS ogrn,
       c.birth AS birth
"""


@dataclass(frozen=True, slots=True)
class SideFound:
    """What stands there. `key` is set where one record was asked for, not the node that it stands for."""

    entity: Entity
    node: str
    label: str
    keys: tuple[str, ...]
    key: str | None = None


def find_side(graph: Graph, text: str) -> SideFound:
    """`record:KEY` is one source record; any other id a person or organization with all records that stand for it.

    NotFound, or UsageError where an id means several.
    """
    key = text.removeprefix(RECORD) if text.startswith(RECORD) else None
    if key is not None:
        rows = graph.read(_RECORD, key=key)
        node, label = (str(rows[0]["node"]), str(rows[0]["label"])) if rows else ("", "")
    else:
        resolved = resolve_id(graph, text, PEOPLE_AND_FIRMS)
        node, label = resolved.id, resolved.label
        rows = graph.read(_OF_NODE % label, node=node)
    if not rows:
        raise NotFound(f"О «{text}» нет ни одной записи.", f"There is no record of {text!r}.")
    keys = tuple(str(row["key"]) for row in rows)
    return SideFound(Entity(_united(node, rows), tuple(_related(graph, keys))), node, label, keys, key)


def _united(node: str, rows: Iterable[Row]) -> Record:
    united: dict[str, dict[str, None]] = defaultdict(dict)
    schemata: set[str] = set()
    for row in rows:
        schemata.add(str(row["schema"]))
        for name, values in json.loads(row["payload"]).items():
            united[name].update(dict.fromkeys(values))
    schema = next((name for name in ("PublicBody", "Company") if name in schemata), min(schemata))
    return Record(feed_id(node), schema, {name: tuple(values) for name, values in united.items()}, _NOWHERE)


def _related(graph: Graph, keys: Iterable[str]) -> Iterable[Record]:
    """What refers to the records, and whom that names besides; ids are those of nodes, so that both sides mean one employer by one id."""
    referring = graph.read(_REFERRING, keys=list(keys), most=MOST_RELATED)
    meant: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    named: dict[str, Record] = {}
    for row in graph.read(_REFERRED, keys=[one["key"] for one in referring]) if referring else ():
        meant[row["key"]][row["prop"]].append(row["node"])
        named[row["node"]] = _named(row)
    for row in sorted(referring, key=lambda one: str(one["key"])):
        said: Mapping[str, list[str]] = json.loads(row["payload"]) | dict(meant[row["key"]])
        yield Record(feed_id(row["key"]), row["schema"], {name: tuple(values) for name, values in said.items()}, _NOWHERE)
    yield from named.values()


def _named(row: Row) -> Record:
    said = {"name": [row["name"]], "innCode": row["inn"], "ogrnCode": row["ogrn"], "birthDate": [row["birth"]]}
    schema = row["label"] if row["label"] in PEOPLE_AND_FIRMS else "Thing"
    values = {name: tuple(str(one) for one in some if one) for name, some in said.items() if isinstance(some, list)}
    return Record(row["node"], schema, {name: some for name, some in values.items() if some}, _NOWHERE)
