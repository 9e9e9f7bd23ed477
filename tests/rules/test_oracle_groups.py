"""Chains of owners, split purchases and crosswise employment in random towns are what plain Python finds, on both engines."""

from __future__ import annotations

from collections import Counter
from random import Random

import pytest

from graph.client import Graph
from graph.wipe import wipe

from tests.engines.graph_fixture import graph
from tests.engines.world import World
from tests.rules.oracle_groups import Finding, Town, draw, judge, lines

__all__ = ["graph"]

TOWNS = 30
JUDGED = ("R-18", "R-24", "R-25")


def _found(graph: Graph, towns: list[Town]) -> list[dict[Finding, str]]:
    wipe(graph)
    world = World(graph)
    for number, town in enumerate(towns):
        report = world.ingest(f"w{number}", lines(town, f"w{number}.", number))
        assert report.quarantined == 0, [one for file in report.files for one in file.samples][:2]
    world.check()
    made: list[dict[Finding, str]] = [{} for _ in towns]
    for one in world.findings():
        if one["rule"] in JUDGED:
            home, party = one["counterparty"]["id"].split(".")
            official = "" if one["rule"] == "R-24" else one["official"]["id"].split(".")[1]
            made[int(home[1:])][one["rule"], official, party, one["event"]["id"].split(".")[1]] = one["outcome"]
    return made


@pytest.mark.parametrize("first", [0, 1000])
def test_the_rules_find_what_the_law_says(graph: Graph, first: int) -> None:
    """Complete dates and identities: every answer is yes or no, and both sides give the same."""
    towns = [draw(Random(first + number)) for number in range(TOWNS)]
    wrong = []
    for number, (town, found) in enumerate(zip(towns, _found(graph, towns), strict=True)):
        law = judge(town)
        fired = {one for one, outcome in found.items() if outcome == "fired"}
        if fired != law or len(found) != len(fired):
            wrong.append(f"town {first + number}: too many {sorted(fired - law)}, missing {sorted(law - fired)}")
    assert wrong == []


def test_the_towns_are_worth_judging() -> None:
    """Each rule fires in some of the towns that are judged and is silent in others."""
    fired = Counter(rule for number in range(TOWNS) for rule in {rule for rule, *_ in judge(draw(Random(number)))})
    assert set(fired) == set(JUDGED)
    assert all(0 < fired[rule] < TOWNS for rule in JUDGED), fired
