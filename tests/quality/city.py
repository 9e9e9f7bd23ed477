"""`python -m tests.quality.city SEED…`, which is `make quality-city`: findings in invented cities."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import igraph
import networkx as nx

from app.intake import Intake, ingest_paths
from graph.client import Graph
from ingest.city.corruption import rates
from ingest.city.generate import SMALLEST, generate
from queries.analysis.communities import find_communities
from queries.analysis.latent import read_latent
from queries.analysis.projection import Projection, Tie

from tests.engines.city_truth import Score, score
from tests.engines.graph_fixture import emptied
from tests.engines.world import World
from tests.quality.material import HERE

PAGE = HERE.parents[1] / "docs" / "quality-city.md"
_PURCHASES = """
MATCH (x:Finding)-[:ON_EVENT]->(e:Event)-[:FOR_AUTHORITY]->(b:Organization)
WHERE x.rule IN ['R-04', 'R-05', 'R-06'] AND x.outcome = 'fired' AND x.event_day > 20220101
RETURN x.official AS official, x.counterparty AS firm, b.id AS body, x.event_day AS day
"""


@dataclass(frozen=True, slots=True)
class Listed:
    """Purchase conflicts with each one's quarter held back: those listed on its first day, all, and the longest list."""

    told: int
    total: int
    longest: int


def measured(seed: int, *, corrupted: bool, people: int = SMALLEST) -> tuple[World, Score]:
    """One city through ingest, resolving, deriving and all rules, against its truth.jsonl."""
    world = World(emptied("embedded"))
    with TemporaryDirectory() as folder:
        out = Path(folder)
        generate(people, seed, out, corrupted=corrupted)
        for source in json.loads((out / "sources.json").read_text(encoding="utf-8"))["sources"]:
            asked = Intake(source["format"], source["source"], source["kind"])
            ingest_paths(world.graph, world.clock, [out / source["path"]], asked)
        world.check()
        return world, score(world.graph, out / "truth.jsonl")


def latent(graph: Graph) -> Listed:
    """Of purchase conflicts, those that stood on the list of latent ones on the first day of their quarter."""
    rows = graph.read(_PURCHASES)
    quarters = {_quarter(row["day"]) for row in rows}
    known = {day: {(one.official, one.firm, one.body) for one in read_latent(graph, day)} for day in quarters}
    told = sum((row["official"], row["firm"], row["body"]) in known[_quarter(row["day"])] for row in rows)
    return Listed(told, len(rows), max(map(len, known.values()), default=0))


def _quarter(day: int) -> int:
    return day // 10000 * 10000 + ((day // 100 % 100 - 1) // 3 * 3 + 1) * 100 + 1


def communities(mixing: float, seed: int) -> tuple[float, float, float]:
    """NMI, our modularity and the best of five runs of igraph's Leiden, on an LFR graph of a thousand nodes."""
    web = nx.LFR_benchmark_graph(1000, 3, 1.5, mixing, average_degree=10, min_community=25, max_degree=50, seed=seed)
    web.remove_edges_from(nx.selfloop_edges(web))
    made = Projection()
    for node in web.nodes:
        made.place(str(node), "Person")
    made.ties = [Tie(made.place(str(a), "Person"), made.place(str(b), "Person"), "SPOUSE_OF", 1.0) for a, b in web.edges]
    groups = sorted({frozenset(web.nodes[node]["community"]) for node in web.nodes}, key=min)
    planted = {str(node): number for number, group in enumerate(groups) for node in group}
    found = find_communities(made, 1)
    told = {member.id: number for number, one in enumerate(found.communities) for member in one.members}
    nmi = igraph.compare_communities([told[one] for one in made.ids], [planted[one] for one in made.ids], method="nmi")
    plain = igraph.Graph(n=len(made.ids), edges=[(tie.a, tie.b) for tie in made.ties])
    return nmi, found.modularity, max(plain.community_leiden("modularity", n_iterations=-1).modularity for _ in range(5))


def main(seeds: Sequence[int]) -> None:
    """Measure and write the page."""
    found, listed, missed = [], [], []
    for seed in seeds:
        for corrupted in (False, True):
            world, got = measured(seed, corrupted=corrupted)
            kind = "corrupted" if corrupted else "clean"
            counts = f"{sum(got.planted.values())} | {got.recall:.3f} | {sum(got.raised.values())} | {got.precision:.3f}"
            found.append(f"| {kind} | {seed} | {counts} | {len(got.broken_silence)} |")
            missed += [f"| {kind} | {seed} | missed | {one['rule']} | {one['why']} |" for one in got.missed]
            missed += [f"| {kind} | {seed} | not planted | {one['rule']} | {one['outcome']} |" for one in got.unplanned]
            if not corrupted:
                last = latent(world.graph)
                listed.append(f"| {seed} | {last.told} | {last.total} | {last.longest} |")
    graphs = [(mixing, seed, *communities(mixing, seed)) for mixing in (0.1, 0.2, 0.3) for seed in (3, 11)]
    text = (HERE / "city.md").read_text(encoding="utf-8")
    PAGE.write_text(
        text.format(
            pairs_page="[quality.md](quality.md)",
            people=SMALLEST,
            found="\n".join(found),
            missed="\n".join(missed) or "| – | – | – | – | – |",
            listed="\n".join(listed),
            graphs="\n".join(f"| {mixing} | {seed} | {nmi:.3f} | {ours:.4f} | {best:.4f} |" for mixing, seed, nmi, ours, best in graphs),
            rates="\n".join(f"| {name} | {kind} | {share:.0%} |" for name, kinds in rates().items() for kind, share in kinds.items()),
        ),
        encoding="utf-8",
    )


if __name__ == "__main__":
    main([int(one) for one in sys.argv[1:]] or [7, 8, 9])
