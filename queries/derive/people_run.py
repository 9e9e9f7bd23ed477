"""What is said of a person at a glance: whether an official, and the bodies whose people may see him."""

from __future__ import annotations

from collections.abc import Iterable

from graph.client import Graph
from graph.values import Row

BATCH = 2000
_EVERYONE = "MATCH (p:Person) RETURN p.id AS id"
_NOW = "UNWIND $ids AS id MATCH (p:Person {id: id}) RETURN id AS id, p.official AS official, p.units AS units"
_POSTS = """
UNWIND $ids AS id
MATCH (p:Person {id: id})-[j:EMPLOYED_BY]->(b:Organization)
RETURN id AS id, b.id AS body
"""
_ROLES = """
UNWIND $ids AS id
MATCH (p:Person {id: id})
WHERE EXISTS { MATCH (p)-[:PARTICIPATES]->(:Event) } OR EXISTS { MATCH (p)-[:MEMBER_OF]->(:Organization) }
RETURN id AS id
"""
_SET = "UNWIND $rows AS row MATCH (p:Person {id: row.id}) SET p.official = row.official, p.units = row.units"


def refresh_people(graph: Graph, changed: Iterable[str] | None) -> set[str]:
    """Bring `official` and `units` of these people up to date (None: of everyone); who was not."""
    behind: set[str] = set()
    ids = sorted({row["id"] for row in graph.stream(_EVERYONE)} if changed is None else set(changed))
    for start in range(0, len(ids), BATCH):
        batch = ids[start : start + BATCH]
        rows: dict[str, Row] = {one: {"id": one, "official": False, "units": []} for one in batch}
        for row in graph.read(_POSTS, ids=batch):
            rows[row["id"]]["units"].append(row["body"])
            rows[row["id"]]["official"] = True
        for row in graph.read(_ROLES, ids=batch):
            rows[row["id"]]["official"] = True
        for one in rows.values():
            one["units"] = sorted(set(one["units"]))
        for row in graph.read(_NOW, ids=batch):
            if rows[row["id"]] == row:
                del rows[row["id"]]
        if rows:
            graph.write(_SET, rows=list(rows.values()))
            behind |= rows.keys()
    return behind
