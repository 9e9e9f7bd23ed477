"""One person, organization, event or thing with all that is known of it: facts by section, findings, records behind it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from domain.errors import NotFound
from graph.client import Graph
from queries.views.ids import Resolved
from queries.views.links import HOLDS, IN, NODE, OUT, Kind, Link, NodeRef, When, kinds_of, label_checked, link_of, node_ref

EACH = 50
"""Facts of one kind that a card shows at once; the rest is asked for by `queries.views.neighbours`."""
COUNTED = 10_000
"""Counting stops here: more is said as `10000+`."""

_NODE = "MATCH (o:%s {id: $id}) RETURN properties(o) AS properties, " + NODE + " AS node"
_EDGE = f" WHERE {HOLDS} WITH r, o LIMIT $limit RETURN properties(r) AS edge, {NODE} AS other"
_EDGES = {
    OUT: f"MATCH (n:%(label)s {{id: $id}})-[r:%(type)s]->(o){_EDGE}",
    IN: f"MATCH (n:%(label)s {{id: $id}})<-[r:%(type)s]-(o){_EDGE}",
}
_RECORDS = """
MATCH (n:%s {id: $id})<-[x:RESOLVED_TO]-(r:Record)
RETURN r.key AS key, r.id AS id, r.source AS source, r.schema AS schema, r.path AS path, r.line AS line, r.recorded_at AS recorded_at,
       r.payload AS payload, x.test AS test, x.grade AS grade, x.probability AS probability
ORDER BY r.key LIMIT $limit
"""
_MATCHES = """
MATCH (n:%s {id: $id})<-[:RESOLVED_TO]-(a:Record)-[s:SAME_AS]->(b:Record)-[:RESOLVED_TO]->(n)
RETURN a.key AS left, b.key AS right, s.test AS test, s.grade AS grade, s.probability AS probability
ORDER BY left, right LIMIT $limit
"""
_RECORDS_SHOWN = 200


@dataclass(frozen=True, slots=True)
class Fact:
    """A dated fact and the thing at its other end."""

    link: Link
    other: NodeRef


@dataclass(frozen=True, slots=True)
class Section:
    """Facts of one type in one direction; `total` counts up to COUNTED, `more`: not all of them are in `facts`."""

    section: str
    type: str
    direction: str
    facts: tuple[Fact, ...]
    total: int
    more: bool


@dataclass(frozen=True, slots=True)
class RecordRef:
    """A source record that stands for the entity, and why; `payload` is the JSON of its properties."""

    key: str
    id: str
    source: str
    schema: str
    path: str
    line: int
    recorded_at: str
    payload: str
    test: str | None
    grade: str | None
    probability: float | None


@dataclass(frozen=True, slots=True)
class Match:
    """Why two records count as one."""

    left: str
    right: str
    test: str
    grade: str
    probability: float


@dataclass(frozen=True, slots=True)
class Entity:
    """Everything of one node; `properties` are the node's own."""

    node: NodeRef
    properties: Mapping[str, Any]
    sections: tuple[Section, ...]
    records: tuple[RecordRef, ...]
    matches: tuple[Match, ...]

    def people(self) -> tuple[str, ...]:
        """Canonical ids of all people whom the card shows."""
        named = [self.node, *(fact.other for section in self.sections for fact in section.facts)]
        return tuple(dict.fromkeys(one.node for one in named if one.label == "Person"))


def get_node(graph: Graph, resolved: Resolved) -> tuple[NodeRef, Mapping[str, Any]]:
    """The node alone, with its properties; NotFound where it has gone meanwhile."""
    rows = graph.read(_NODE % label_checked(resolved.label), id=resolved.id)
    if not rows:
        raise NotFound(f"«{resolved.id}» не найдено.", f"There is no {resolved.id!r}.")
    return node_ref(rows[0]["node"]), rows[0]["properties"]


def get_entity(graph: Graph, resolved: Resolved, when: When | None = None, each: int = EACH) -> Entity:
    """The card of a node; at most `each` facts of a kind."""
    node, properties = get_node(graph, resolved)
    asked = when or When()
    label = label_checked(resolved.label)
    sections: list[Section] = []
    for kind in kinds_of(label):
        if kind.type == "PAST" and asked.known_on is None:
            continue
        facts = read_facts(graph, resolved, kind, asked, each + 1)
        if facts:
            more = len(facts) > each
            total = count(graph, resolved, kind, asked) if more else len(facts)
            shown = sorted(facts[:each], key=_in_order)
            sections.append(Section(kind.section, kind.type, kind.direction, tuple(shown), total, more))
    records = [RecordRef(**row) for row in graph.read(_RECORDS % label, id=resolved.id, limit=_RECORDS_SHOWN)]
    matches = [Match(**row) for row in graph.read(_MATCHES % label, id=resolved.id, limit=_RECORDS_SHOWN)]
    return Entity(node, properties, tuple(sections), tuple(records), tuple(matches))


def read_facts(graph: Graph, resolved: Resolved, kind: Kind, when: When, limit: int) -> list[Fact]:
    """At most `limit` facts of one kind, in the engine's order."""
    statement = _EDGES[kind.direction] % {"label": label_checked(resolved.label), "type": kind.type}
    return [
        fact_of(resolved.id, kind, row["edge"], row["other"], when)
        for row in graph.read(statement, id=resolved.id, limit=limit, **when.parameters())
    ]


_NUMBER = f" WHERE {HOLDS} WITH r LIMIT $limit RETURN count(r) AS n"
_COUNT = {
    OUT: f"MATCH (n:%(label)s {{id: $id}})-[r:%(type)s]->(){_NUMBER}",
    IN: f"MATCH (n:%(label)s {{id: $id}})<-[r:%(type)s]-(){_NUMBER}",
}


def count(graph: Graph, resolved: Resolved, kind: Kind, when: When) -> int:
    """How many facts of a kind there are; COUNTED + 1 stands for more than COUNTED."""
    statement = _COUNT[kind.direction] % {"label": label_checked(resolved.label), "type": kind.type}
    return int(graph.read(statement, id=resolved.id, limit=COUNTED + 1, **when.parameters())[0]["n"])


def fact_of(me: str, kind: Kind, edge: dict[str, Any], other: Mapping[str, Any], when: When) -> Fact:
    """One row of an edge at the node `me`."""
    start, end = (me, other["id"]) if kind.direction == OUT else (other["id"], me)
    return Fact(link_of(kind.type, start, end, edge, when), node_ref(other))


def _in_order(fact: Fact) -> tuple[Any, ...]:
    """Current and later ones first."""
    return (fact.link.until is not None, _backwards(fact.link.since), fact.other.name, fact.link.id)


def _backwards(day: str | None) -> Sequence[int]:
    return [-ord(sign) for sign in day or ""]
