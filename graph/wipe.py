"""Emptying a graph: all nodes and relationships go, constraints and indexes stay."""

from __future__ import annotations

from graph.client import Graph

ROWS = 5000
_ONE_BATCH = "MATCH (n) WITH n LIMIT $rows DETACH DELETE n RETURN count(*) AS gone"


def wipe(graph: Graph) -> int:
    """Delete everything, in bounded transactions; the number of nodes deleted."""
    total = 0
    while True:
        gone = int(graph.write(_ONE_BATCH, rows=ROWS)[0]["gone"])
        total += gone
        if gone < ROWS:
            return total
