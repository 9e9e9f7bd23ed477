"""Whom a viewer of some units may open: people of these units, and those on the chains of findings of these units."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from graph.client import Graph

_ON_CHAINS = """
UNWIND $ids AS id
MATCH (p:Person {id: id})<-[:ON_PERSON]-(x:Finding)
WHERE any(unit IN x.units WHERE unit IN $units)
RETURN DISTINCT id AS id
"""
_OWN = "UNWIND $ids AS id MATCH (p:Person {id: id}) WHERE any(unit IN p.units WHERE unit IN $units) RETURN id AS id"


def visible_people(graph: Graph, people: Iterable[str], units: Sequence[str] | None) -> frozenset[str]:
    """Those of the people (canonical ids) whom these units may open; None = all units."""
    ids = sorted(set(people))
    if units is None or not ids:
        return frozenset(ids)
    if not units:
        return frozenset()
    found = {row["id"] for query in (_OWN, _ON_CHAINS) for row in graph.read(query, ids=ids, units=list(units))}
    return frozenset(found)


def may_open(graph: Graph, node: str, label: str, units: Sequence[str] | None) -> bool:
    """Whether one node may be opened: organizations, events and things by everyone, people as in `visible_people`."""
    return label != "Person" or node in visible_people(graph, [node], units)
