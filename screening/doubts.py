"""The «уточнить» queue: pairs of people or firms that may be one and that a person should look at, the rarest names first."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

from domain.errors import UsageError
from graph.client import Graph
from graph.values import Row

MOST = 20_000
"""Doubtful pairs of records that are looked at; a city with more has to begin somewhere."""
_PAIRS = """
MATCH (a:Record)-[s:SAME_AS]->(b:Record)
WHERE (s.grade = 'weak' OR s.data_error = true) AND s.test <> 'decision'
WITH a, s, b LIMIT $most
MATCH (a)-[:RESOLVED_TO]->(p), (b)-[:RESOLVED_TO]->(q)
WHERE p.id <> q.id
RETURN a.key AS left, b.key AS right, p.id AS left_node, q.id AS right_node, p.name AS left_name, q.name AS right_name,
       labels(p)[0] AS label, coalesce(p.fold, p.core) AS fold, s.test AS test, s.probability AS probability, s.reason AS reason,
       coalesce(s.data_error, false) AS data_error
"""
_SHARING = {
    "Person": "UNWIND $folds AS fold MATCH (p:Person {fold: fold}) RETURN fold AS fold, count(p) AS n",
    "Organization": "UNWIND $folds AS fold MATCH (o:Organization {core: fold}) RETURN fold AS fold, count(o) AS n",
}


@dataclass(frozen=True, slots=True)
class Doubt:
    """Two nodes that may be one: by which two records, by which test, how many nodes in the graph bear the name."""

    left: str
    right: str
    left_node: str
    right_node: str
    left_name: str
    right_name: str
    label: str
    test: str
    probability: float
    reason: str
    data_error: bool
    namesakes: int

    @property
    def place(self) -> tuple[int, float, str, str]:
        """The rarest name first, then the likeliest pair; the ids settle what is left."""
        return (self.namesakes, -self.probability, self.left_node, self.right_node)


@dataclass(frozen=True, slots=True)
class Doubts:
    """One page of the queue; `total` counts all pairs of it."""

    rows: tuple[Doubt, ...]
    total: int
    next_cursor: str | None


def doubts(graph: Graph, limit: int = 50, cursor: str | None = None) -> Doubts:
    """Weak pairs and one number on two people, each two nodes once, by their likeliest records. UsageError for a cursor not from here."""
    best: dict[tuple[str, str], Doubt] = {}
    rows = graph.read(_PAIRS, most=MOST)
    sharing = _namesakes(graph, rows)
    for row in rows:
        one = _doubt(row, sharing.get((row["label"], row["fold"] or ""), 1))
        ends = (min(one.left_node, one.right_node), max(one.left_node, one.right_node))
        if ends not in best or (-one.probability, one.left, one.right) < (-best[ends].probability, best[ends].left, best[ends].right):
            best[ends] = one
    ordered = sorted(best.values(), key=lambda one: one.place)
    if cursor is not None:
        after = _read_cursor(cursor)
        ordered = [one for one in ordered if one.place > after]
    page = tuple(ordered[:limit])
    more = len(ordered) > limit
    return Doubts(page, len(best), json.dumps(page[-1].place, ensure_ascii=False) if more and page else None)


def _namesakes(graph: Graph, rows: Sequence[Row]) -> dict[tuple[str, str], int]:
    found: dict[tuple[str, str], int] = {}
    for label, statement in _SHARING.items():
        folds = sorted({row["fold"] for row in rows if row["label"] == label and row["fold"]})
        if folds:
            found.update({(label, row["fold"]): int(row["n"]) for row in graph.read(statement, folds=folds)})
    return found


def _doubt(row: Row, namesakes: int) -> Doubt:
    return Doubt(
        row["left"],
        row["right"],
        row["left_node"],
        row["right_node"],
        row["left_name"] or "",
        row["right_name"] or "",
        row["label"],
        row["test"],
        float(row["probability"]),
        row["reason"] or "",
        bool(row["data_error"]),
        namesakes,
    )


def _read_cursor(text: str) -> tuple[int, float, str, str]:
    try:
        namesakes, probability, left, right = json.loads(text)
        return int(namesakes), float(probability), str(left), str(right)
    except (ValueError, TypeError):
        raise UsageError("Неверный указатель страницы.", "This cursor is not from here.") from None
