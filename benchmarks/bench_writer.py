"""How much of the bare engine's rate the writer keeps: nodes merged and relationships merged, all new, with their indexes."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Iterable
from functools import partial
from typing import Any, cast

from domain.batches import batches
from graph import writer
from graph.client import Graph, Transaction, open_graph
from graph.migrate import migrate
from graph.settings import GraphSettings
from graph.writer import RelationshipRow

from benchmarks.bare_engine import bare_rates, sample
from benchmarks.table import Row

Write = Callable[[Transaction, list[dict[str, Any]]], int]

PEOPLE, FIRMS, FACTS = 40_000, 10_000, 50_000
SHARE_OF_BARE = 0.6
SCHEMA = (
    "CREATE CONSTRAINT person_id IF NOT EXISTS FOR (n:Person) REQUIRE n.id IS UNIQUE",
    "CREATE CONSTRAINT organization_id IF NOT EXISTS FOR (n:Organization) REQUIRE n.id IS UNIQUE",
    "CREATE INDEX owns_id IF NOT EXISTS FOR ()-[r:OWNS]-() ON (r.id)",
)


def rows() -> Iterable[Row]:
    """Both rates beside the bare engine's."""
    nodes, relationships = sample(PEOPLE, FIRMS, FACTS)
    bare = bare_rates(nodes, relationships)
    with tempfile.TemporaryDirectory(prefix="sverka-bench-") as folder, open_graph(GraphSettings(f"embedded:{folder}")) as graph:
        migrate(graph, SCHEMA)
        node_rate = _rate(graph, [(kind.rows, _merging_nodes(kind.label)) for kind in nodes])
        fact_rate = _rate(graph, [(kind.rows, _merging(kind.type, kind.from_label, kind.to_label)) for kind in relationships])
    yield Row("writer: nodes merged, new", node_rate, "/s", SHARE_OF_BARE * bare.nodes, reference=bare.nodes)
    yield Row("writer: relationships merged, new", fact_rate, "/s", SHARE_OF_BARE * bare.relationships, reference=bare.relationships)


def _merging_nodes(label: str) -> Write:
    return lambda tx, batch: writer.merge_nodes(tx, label, "id", batch)


def _merging(type_: str, start: str, end: str) -> Write:
    return lambda tx, batch: writer.merge_relationships(tx, type_, start, end, cast("list[RelationshipRow]", batch))


def _rate(graph: Graph, parts: Iterable[tuple[Iterable[dict[str, Any]], Write]]) -> float:
    started, count = time.perf_counter(), 0
    for part, write in parts:
        for batch in batches(part):
            graph.transact(partial(_call, write, batch))
            count += len(batch)
    return count / (time.perf_counter() - started)


def _call(write: Write, batch: list[dict[str, Any]], tx: Transaction) -> int:
    return write(tx, batch)
