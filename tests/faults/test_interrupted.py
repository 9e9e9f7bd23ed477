"""A graph that goes away in the middle of a check, and two checks at once: a clear error, then the work goes on."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

from app.pipeline import check
from domain.errors import GraphBusy, GraphUnavailable
from graph.client import Graph
from graph.lease import lease

from tests.engines.graph_fixture import emptied, graph
from tests.engines.world import World
from tests.faults.history import open_at
from tests.rules.replay import Final, apply, edges, findings, fresh, play, unlike, waiting
from tests.rules.universe import Universe

__all__ = ["graph"]


def _city(world: World) -> None:
    random = Random(5)
    final: Final = {}
    changes = [(slot[0], city.line(slot, random)) for city in (Universe(1), Universe(2), Universe(3)) for slot in city.slots]
    apply(final, changes)
    play(world, changes)


@pytest.mark.engines
@pytest.mark.parametrize("step", ["resolve", "kin", "R-05"])
def test_a_check_that_loses_the_graph_says_so_and_goes_on(tmp_path: Path, step: str) -> None:
    """Whatever step it breaks off in: GraphUnavailable, and the next check brings what an unbroken one brings."""
    whole = fresh(emptied("embedded"))
    _city(whole)
    whole.check()
    broken = open_at(tmp_path / "graph")
    world = World(broken)
    _city(world)

    def leave(at: str, _: int) -> None:
        if at == step:
            broken.close()

    with pytest.raises(GraphUnavailable):
        check(broken, world.catalog, world.clock, progress=leave)
    again = open_at(tmp_path / "graph")
    try:
        after = World(again)
        after.check()
        assert waiting(after) == 0
        assert unlike(edges(after), edges(whole)) == ""
        assert unlike(findings(after), findings(whole)) == ""
        assert findings(after)
    finally:
        again.close()


def test_the_second_check_is_told_that_one_is_running(graph: Graph) -> None:
    """GraphBusy names the reason; once the first is done the second works."""
    world = World(graph)
    with lease(graph, "check", world.clock), pytest.raises(GraphBusy) as told:
        world.check()
    assert "уже идёт" in told.value.message_ru
    world.check()
