"""Candidates: whom the keys of an entity name in the graph, the likeliest first, without a look at what they say."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from graph.client import Graph
from screening.keys import FAINT, HUB, Keys, best_holders, most_holders

CROWD = 5000
"""Holders up to which a key that too many share is looked at where no other names anybody."""
_SPARE = 14
"""More than are wanted, so that who ties for the last place is settled by name and not by the engine."""

# Holders by the engine's own numbers: to read each one's key would cost six times as much. Rows in one list, as each row by itself
# is a message that costs more than what is in it (2026-11-25).
_HOLDERS = """
UNWIND $ids AS id
MATCH (k:Key {id: id})
WHERE coalesce(k.n, 0) <= $most
MATCH (k)<-[:HAS_KEY]-(r)
WITH id, collect(id(r)) AS holders
RETURN collect([id, holders]) AS rows
"""
_COUNTS = "UNWIND $ids AS id MATCH (k:Key {id: id}) RETURN id AS id, coalesce(k.n, 0) AS n"
_NODES = {
    "Person": """
UNWIND $numbers AS number
MATCH (r)-[:RESOLVED_TO]->(c:Person) WHERE id(r) = number
RETURN collect([number, r.key, c.id, c.facts]) AS rows
""",
    "Organization": """
UNWIND $numbers AS number
MATCH (r)-[:RESOLVED_TO]->(c:Organization) WHERE id(r) = number
RETURN collect([number, r.key, c.id, '']) AS rows
""",
}


@dataclass(frozen=True, slots=True)
class Found:
    """A record that shares keys, the node it stands for, and the node's frozen facts (people's only)."""

    key: str
    node: str
    facts: str


def find_candidates(graph: Graph, label: str, asked: Mapping[int, Keys], limit: int) -> dict[int, list[Found]]:
    """At most `limit` records for each, by batch: three questions to the engine however many ask."""
    sought = {number: sorted(f"{label}:{key}" for key in keys.sought | keys.wide) for number, keys in asked.items()}
    holders = _holders(graph, sorted({key for some in sought.values() for key in some}))
    chosen: dict[int, list[tuple[int, float]]] = {}
    for number, keys in sought.items():
        own = {key: holders[key] for key in keys if key in holders}
        counted = {key: (len(some), some) for key, some in own.items()} or _crowd(graph, keys)
        chosen[number] = best_holders(counted, limit + _SPARE, FAINT[label])
    wanted = sorted({one for some in chosen.values() for one, _ in some})
    known = {one: Found(key, node, facts or "") for one, key, node, facts in _rows(graph, _NODES[label], numbers=wanted)} if wanted else {}
    return {number: _first(some, known, limit) for number, some in chosen.items()}


def _holders(graph: Graph, keys: Sequence[str]) -> dict[str, list[int]]:
    """Of keys that few enough hold; numbers whoever holds them."""
    always = [key for key in keys if most_holders(key.partition(":")[2]) is None]
    found: dict[str, list[int]] = {}
    for some, most in ((always, 2**31 - 1), (sorted(set(keys) - set(always)), HUB)):
        if some:
            found.update((key, holders) for key, holders in _rows(graph, _HOLDERS, ids=some, most=most))
    return found


def _crowd(graph: Graph, keys: Sequence[str]) -> dict[str, tuple[int, Any]]:
    """The key that fewest share, for a name that is all crowds."""
    counts = sorted((row["n"], row["id"]) for row in graph.read(_COUNTS, ids=list(keys)) if row["n"])
    if not counts or counts[0][0] > CROWD:
        return {}
    return {key: (len(holders), holders) for key, holders in _rows(graph, _HOLDERS, ids=[counts[0][1]], most=CROWD)}


def _rows(graph: Graph, statement: str, **asked: Any) -> list[list[Any]]:
    return [one for row in graph.read(statement, **asked) for one in row["rows"]]


def _first(some: Sequence[tuple[int, float]], known: Mapping[int, Found], limit: int) -> list[Found]:
    ordered = sorted((-worth, known[one].key, one) for one, worth in some if one in known)
    return [known[one] for _, _, one in ordered[:limit]]
