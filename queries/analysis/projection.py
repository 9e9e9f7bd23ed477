"""The weighted projection of people, firms and bodies on which communities are found: each tie with what it says, contracts as money."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from math import log2, sqrt
from typing import Any

from graph.client import Graph
from queries.analysis.data import read_data

_TIES = """
MATCH (a)-[r:%s]->(b)
WHERE (a:Person OR a:Organization) AND (b:Person OR b:Organization) AND r.end_lo > $today
RETURN a.id AS a, b.id AS b, labels(a)[0] AS la, labels(b)[0] AS lb
"""
_MONEY = """
MATCH (f)-[s:SUPPLIES]->(e:Event)-[:FOR_AUTHORITY]->(b:Organization)
WHERE s.role = 'supplier' AND e.schema = 'Contract' AND NOT coalesce(s.status, '') IN ['rejected', 'withdrawn']
RETURN f.id AS a, b.id AS b, labels(f)[0] AS la, count(e) AS n, sum(coalesce(toFloat(e.amount), 0.0)) AS amount
"""
MONEY = "money"


def weights() -> Mapping[str, Any]:
    """What projection.yaml says."""
    return read_data("projection")


@dataclass(frozen=True, slots=True)
class Tie:
    """One tie between two nodes by their places; `amount` in roubles and `contracts` for money."""

    a: int
    b: int
    kind: str
    weight: float
    amount: float = 0.0
    contracts: int = 0


@dataclass(slots=True)
class Projection:
    """Nodes by place (`ids`, `labels`) and their ties; several ties of two nodes stand apart."""

    ids: list[str] = field(default_factory=list)
    labels: list[str] = field(default_factory=list)
    ties: list[Tie] = field(default_factory=list)
    _places: dict[str, int] = field(default_factory=dict)

    def place(self, node: str, label: str) -> int:
        """The node's place, a new one where it is not known yet."""
        found = self._places.get(node)
        if found is None:
            found = self._places[node] = len(self.ids)
            self.ids.append(node)
            self.labels.append(label)
        return found


def read_projection(graph: Graph, today: int) -> Projection:
    """Ties that have not certainly ended by today, contracts of all time; nodes without a tie are left out. Order is that of ids."""
    said = weights()
    rows: list[tuple[str, str, str, str, str, float, int]] = []
    for kind in said["ties"]:
        rows += [(row["a"], row["b"], row["la"], row["lb"], kind, 0.0, 0) for row in graph.stream(_TIES % kind, today=today)]
    rows += [(row["a"], row["b"], row["la"], "Organization", MONEY, float(row["amount"]), int(row["n"])) for row in graph.stream(_MONEY)]
    crowd: dict[tuple[str, str], int] = {}
    for _, b, _, _, kind, _, _ in rows:
        crowd[kind, b] = crowd.get((kind, b), 0) + 1
    made = Projection()
    for a, b, label_a, label_b, kind, amount, contracts in sorted(rows):
        if a == b:
            continue
        weight = _money(amount) if kind == MONEY else float(said["ties"][kind]["weight"])
        if kind == MONEY or said["ties"][kind].get("crowd"):
            weight /= sqrt(crowd[kind, b])
        made.ties.append(Tie(made.place(a, label_a), made.place(b, label_b), kind, weight, amount, contracts))
    return made


def _money(amount: float) -> float:
    said = weights()["money"]
    return float(said["weight"]) * log2(2 + max(amount, 0.0) / said["unit"])
