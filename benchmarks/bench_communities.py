"""Communities of a graph of a million nodes whose ties follow a power law, from the projection in memory to described communities."""

from __future__ import annotations

import os
import resource
from collections.abc import Iterable
from random import Random

from queries.analysis.communities import find_communities
from queries.analysis.projection import MONEY, Projection, Tie

from benchmarks.meter import Meter
from benchmarks.table import Better, Row, main

NODES = int(os.environ.get("SVERKA_BENCH_NODES", "1000000"))
TIES = int(os.environ.get("SVERKA_BENCH_TIES", str(3 * NODES)))
BUDGET_S = 15.0
SMALLEST = 3
CIRCLE = 60
"""Nodes that mostly keep to each other: without any grouping there would be nothing to find."""
ABROAD = 0.15
"""Ties that leave the circle, to nodes that are the likelier the more ties they have."""
POWER = 3.0
"""A node's place is drawn as uniform to this power: the k-th node gets ties as k^(1/POWER - 1)."""
KINDS = (("OWNS", 3.0), ("EMPLOYED_BY", 0.4), ("SPOUSE_OF", 3.0), ("PARENT_OF", 3.0), (MONEY, 0.8))


def rows() -> Iterable[Row]:
    """Computing alone: the graph is made before the clock starts, as reading it would be."""
    made = projection(NODES, TIES)
    degree = [0] * NODES
    for tie in made.ties:
        degree[tie.a] += 1
        degree[tie.b] += 1
    with Meter() as computed:
        found = find_communities(made, SMALLEST)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    what = f"communities of {NODES:,} nodes, {len(made.ties):,} ties: computing"
    note = (
        f"{len(found.communities):,} communities, modularity {found.modularity:.4f}, largest node {max(degree):,} ties,"
        f" peak {peak:,.0f} MB; {computed.note()}"
    )
    yield Row(what, computed.wall, "s", BUDGET_S, Better.LOWER, note=note)
    yield Row("communities: processor time", computed.python, "s", BUDGET_S, Better.LOWER)


def projection(nodes: int, ties: int) -> Projection:
    """Circles of neighbours and far ties to a few nodes that have very many."""
    draw = Random(11)
    made = Projection([f"b:n{n}" for n in range(nodes)], ["Person" if n % 4 else "Organization" for n in range(nodes)])
    for _ in range(ties):
        a = draw.randrange(nodes)
        first = a - a % CIRCLE
        b = int(nodes * draw.random() ** POWER) if draw.random() < ABROAD else min(nodes - 1, first + int(CIRCLE * draw.random() ** 2))
        kind, weight = KINDS[draw.randrange(len(KINDS))]
        if a != b:
            money = kind == MONEY
            made.ties.append(Tie(a, b, kind, weight, 100_000.0 if money else 0.0, int(money)))
    return made


if __name__ == "__main__":
    main(rows())
