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
COUNTED = 1_000
"""Counting stops here: more is said as `1000+`, so that a hub costs no more than others (45 ms for 10,000, 5 ms for 1,000)."""

_NODE = "MATCH (o:%s {id: $id}) RETURN properties(o) AS properties, " + NODE + " AS node"
_EDGE = f"WHERE {HOLDS} WITH r, o LIMIT $limit RETURN %(n)s AS kind, properties(r) AS edge, {NODE} AS other"
_EDGES = {OUT: f"MATCH (:%(label)s {{id: $id}})-[r:%(type)s]->(o) {_EDGE}", IN: f"MATCH (:%(label)s {{id: $id}})<-[r:%(type)s]-(o) {_EDGE}"}
_NUMBER = f"WHERE {HOLDS} WITH r LIMIT {COUNTED + 1} RETURN %(n)s AS kind, count(r) AS n"
_COUNT = {
    OUT: f"MATCH (:%(label)s {{id: $id}})-[r:%(type)s]->() {_NUMBER}",
    IN: f"MATCH (:%(label)s {{id: $id}})<-[r:%(type)s]-() {_NUMBER}",
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
    facts = _facts(graph, resolved, asked, each + 1)
    crowded = [kind for kind, some in facts.items() if len(some) > each]
    totals = count_links(graph, resolved, crowded, asked)
    sections = [
        Section(
            kind.section, kind.type, kind.direction, tuple(sorted(some[:each], key=_in_order)), totals.get(kind, len(some)), kind in totals
        )
        for kind, some in facts.items()
    ]
    records = [RecordRef(**row) for row in graph.read(_RECORDS % label, id=resolved.id, limit=_RECORDS_SHOWN)]
    matches = [Match(**row) for row in graph.read(_MATCHES % label, id=resolved.id, limit=_RECORDS_SHOWN)]
    return Entity(node, properties, tuple(sections), tuple(records), tuple(matches))


def shown_kinds(label: str, when: When) -> list[Kind]:
    """The kinds of links that a node of this label can have; superseded facts only where `known_on` is asked."""
    return [kind for kind in kinds_of(label) if kind.type != "PAST" or when.known_on]


def count_links(graph: Graph, resolved: Resolved, kinds: Sequence[Kind], when: When) -> dict[Kind, int]:
    """How many links of these kinds there are, in one statement; COUNTED + 1 is more than COUNTED; empty kinds are left out."""
    if not kinds:
        return {}
    rows = graph.read(_union(_COUNT, resolved, kinds), id=resolved.id, **when.parameters())
    found = {kinds[row["kind"]]: int(row["n"]) for row in rows if row["n"]}
    return {kind: found[kind] for kind in kinds if kind in found}


def _facts(graph: Graph, resolved: Resolved, when: When, limit: int) -> dict[Kind, list[Fact]]:
    kinds = shown_kinds(resolved.label, when)
    found: dict[Kind, list[Fact]] = {kind: [] for kind in kinds}
    for row in graph.read(_union(_EDGES, resolved, kinds), id=resolved.id, limit=limit, **when.parameters()):
        kind = kinds[row["kind"]]
        found[kind].append(fact_of(resolved.id, kind, row["edge"], row["other"], when))
    return {kind: facts for kind, facts in found.items() if facts}


def _union(statements: Mapping[str, str], resolved: Resolved, kinds: Sequence[Kind]) -> str:
    label = label_checked(resolved.label)
    return "\nUNION ALL\n".join(statements[kind.direction] % {"label": label, "type": kind.type, "n": n} for n, kind in enumerate(kinds))


def fact_of(me: str, kind: Kind, edge: dict[str, Any], other: Mapping[str, Any], when: When) -> Fact:
    """One row of an edge at the node `me`."""
    start, end = (me, other["id"]) if kind.direction == OUT else (other["id"], me)
    return Fact(link_of(kind.type, start, end, edge, when), node_ref(other))


def _in_order(fact: Fact) -> tuple[Any, ...]:
    """Current and later ones first."""
    return (fact.link.until is not None, _backwards(fact.link.since), fact.other.name, fact.link.id)


def _backwards(day: str | None) -> Sequence[int]:
    return [-ord(sign) for sign in day or ""]
