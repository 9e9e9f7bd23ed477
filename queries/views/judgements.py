"""What people decided of who is who, the latest first."""

from __future__ import annotations

from dataclasses import dataclass

from graph.client import Graph

_LATEST = """
MATCH (j:Judgement)
RETURN j.id AS id, j.left AS left, j.right AS right, j.same AS same, j.by AS by, j.at AS at, j.reason AS reason, j.ended_at AS ended_at,
       j.ended_by AS ended_by
ORDER BY at DESC, id LIMIT $limit
"""


@dataclass(frozen=True, slots=True)
class Judgement:
    """One word on a pair of records; `ended_at` where it was taken back."""

    id: str
    left: str
    right: str
    same: bool
    by: str
    at: str
    reason: str
    ended_at: str | None
    ended_by: str | None


def latest(graph: Graph, limit: int) -> list[Judgement]:
    """The latest words, ended ones too."""
    return [Judgement(**row) for row in graph.read(_LATEST, limit=limit)]
