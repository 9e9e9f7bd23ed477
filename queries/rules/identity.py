"""How sure it is that the records a chain leans on are the same people and firms: the weakest link counts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from graph.client import Graph
from queries.rules.evaluate import Hop

_PAIRS = """
UNWIND $ids AS id
MATCH (c:%s {id: id})<-[:RESOLVED_TO]-(a:Record)-[s:SAME_AS]->(b:Record)-[:RESOLVED_TO]->(c)
RETURN id AS id, a.key AS a, b.key AS b, s.test AS test, s.grade AS grade, s.probability AS probability
"""
_LABELS = ("Person", "Organization")
_STRENGTH = {"weak": 0, "probable": 1, "certain": 2}


@dataclass(frozen=True, slots=True)
class Link:
    """Why two records count as one."""

    test: str
    grade: str
    probability: float

    def strength(self) -> tuple[int, float]:
        """Stronger links sort higher."""
        return _STRENGTH.get(self.grade, 0), self.probability

    def payload(self) -> dict[str, Any]:
        """The `match` of contract 4."""
        return {"grade": self.grade, "probability": self.probability, "decisive": self.test}


Pairs = Mapping[str, Sequence[tuple[str, str, Link]]]


def read_pairs(graph: Graph, nodes: Iterable[str]) -> Pairs:
    """Per canonical node the compared pairs among its records."""
    found: dict[str, list[tuple[str, str, Link]]] = defaultdict(list)
    ids = sorted(set(nodes))
    for label in _LABELS if ids else ():
        for row in graph.read(_PAIRS % label, ids=ids):
            found[row["id"]].append((row["a"], row["b"], Link(row["test"], row["grade"], row["probability"])))
    return found


def keys_used(hops: Iterable[Hop]) -> dict[str, set[str]]:
    """Per canonical node the record keys by which the chain's facts name it."""
    used: dict[str, set[str]] = defaultdict(set)
    for hop in hops:
        for end in ("from", "to"):
            key = hop.get(f"{end}_key")
            if key:
                used[hop[end]].add(key)
    return used


def weakest(hops: Sequence[Hop], pairs: Pairs) -> Link | None:
    """The weakest identity of the chain; None where every node is named by one record only."""
    found: list[Link] = [Link(hop.get("test") or "S6", "weak", hop.get("probability") or 0.3) for hop in hops if hop.get("grade") == "weak"]
    for node, keys in keys_used(hops).items():
        ordered = sorted(keys)
        found.extend(link for other in ordered[1:] if (link := _bottleneck(ordered[0], other, pairs.get(node, ()))) is not None)
    return min(found, key=Link.strength, default=None)


def _bottleneck(start: str, end: str, pairs: Sequence[tuple[str, str, Link]]) -> Link | None:
    """The weakest link of the best path between two records: strongest links are joined first until the two meet."""
    group = {start: start, end: end}

    def find(key: str) -> str:
        while group.setdefault(key, key) != key:
            key = group[key]
        return key

    for a, b, link in sorted(pairs, key=lambda pair: (pair[2].strength(), pair[0], pair[1]), reverse=True):
        group[find(a)] = find(b)
        if find(start) == find(end):
            return link
    return None
