"""Paths of up to six ties between drawn pairs of people and firms, in a graph where a customer and a supplier have 100,000 ties each."""

from __future__ import annotations

import os
import random
import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path

from graph.client import Graph, open_graph
from graph.settings import GraphSettings
from queries.views.ids import resolve_id
from queries.views.paths import find_paths

from benchmarks.bench_neighbours import BUDGET_MS, FIRMS, LINKS, PEOPLE, build
from benchmarks.meter import Meter
from benchmarks.table import Better, Row, main

PAIRS = int(os.environ.get("SVERKA_BENCH_PAIRS", "200"))
WARM_UP = 20
HOPS = 6
HUBS = ("city", "giant")


def rows() -> Iterable[Row]:
    """Each kind of pair on its own: a mean over all would hide the slow kind behind the quick one."""
    with tempfile.TemporaryDirectory(prefix="sverka-bench-") as name:
        folder = Path(name) / "graph"
        with open_graph(GraphSettings(f"embedded:{folder}", heap="1g")) as graph:
            build(graph)
            yield from measure(graph, folder)


def measure(graph: Graph, folder: Path) -> Iterable[Row]:
    """The questions, on a graph that `bench_neighbours.build` filled."""
    draw = random.Random(17)

    def drawn() -> str:
        return f"p{draw.randrange(PEOPLE)}" if draw.random() < 0.7 else f"f{draw.randrange(FIRMS)}"

    def pair() -> int:
        one, other = drawn(), drawn()
        if one == other:
            return 0
        return len(find_paths(graph, resolve_id(graph, one), resolve_id(graph, other), hops=HOPS).paths)

    def to_hub() -> int:
        return len(find_paths(graph, resolve_id(graph, drawn()), resolve_id(graph, draw.choice(HUBS)), hops=HOPS).paths)

    asked: dict[str, Callable[[], int]] = {
        f"paths ≤ {HOPS} between {PAIRS} drawn pairs": pair,
        f"paths ≤ {HOPS} from {PAIRS} drawn nodes to a hub": to_hub,
    }
    for what, ask in asked.items():
        for _ in range(WARM_UP):
            ask()
        times, found = [], 0
        with Meter(folder) as spent:
            for _ in range(PAIRS):
                begun = time.perf_counter()
                found += ask() > 0
                times.append(time.perf_counter() - begun)
        times.sort()
        middle, worst = times[len(times) // 2] * 1000, times[min(len(times) - 1, int(len(times) * 0.99))] * 1000
        note = f"median {middle:.0f} ms, {found} of {PAIRS} with a path, hubs of {LINKS:,}; {spent.note()}"
        yield Row(f"{what}, p99", worst, "ms", BUDGET_MS, Better.LOWER, note=note)


if __name__ == "__main__":
    main(rows())
