"""From the unit ids of an account to the bodies it covers: canonical ids, with every body below."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from graph.client import Graph

OF_NODE = "MATCH (o:Organization {id: $unit}) RETURN o.id AS id, o.name AS name"
OF_RECORD = "MATCH (r:Record {key: $unit})-[:RESOLVED_TO]->(o:Organization) RETURN o.id AS id, o.name AS name"
OF_FEED_ID = "MATCH (r:Record {id: $unit})-[:RESOLVED_TO]->(o:Organization) RETURN o.id AS id, o.name AS name"
BELOW = "MATCH (o:Organization {id: $unit})<-[:PART_OF*1..6]-(b:Organization) RETURN DISTINCT b.id AS id"


@dataclass(frozen=True, slots=True)
class Covered:
    """Canonical ids that units cover, and what to call the first of them."""

    ids: tuple[str, ...]
    name: str


def cover(graph: Graph, units: Sequence[str]) -> Covered:
    """Resolve `ID` or `SOURCE:ID` and add the bodies below. An id that the graph does not know covers nothing, and stays in sight."""
    ids: dict[str, None] = dict.fromkeys(units)
    names: list[str] = []
    for unit in units:
        for body in _bodies(graph, unit):
            ids[body["id"]] = None
            names.append(str(body["name"]))
            ids.update(dict.fromkeys(row["id"] for row in graph.read(BELOW, unit=body["id"])))
    return Covered(tuple(ids), names[0] if names else ", ".join(units[:1]))


def _bodies(graph: Graph, unit: str) -> list[dict[str, str]]:
    for query in (OF_NODE, OF_RECORD, OF_FEED_ID):
        rows = graph.read(query, unit=unit)
        if rows:
            return rows
    return []
