"""Checking step by step gives what a fresh graph with the final records gives, whatever the changes and whatever their order."""

from __future__ import annotations

import atexit
import functools
import shutil
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule, run_state_machine_as_test

from graph.client import Graph, open_graph
from graph.settings import GraphSettings

from tests.engines.graph_fixture import emptied
from tests.engines.world import World
from tests.rules.replay import Change, Final, apply, clusters, edges, findings, fresh, play, shuffled, unlike, waiting
from tests.rules.universe import Slot, Universe

SEEDS = st.integers(0, 2**32 - 1)
CITIES = 5
"""So many small cities stand side by side in one graph: a check costs the same for all as for one."""


@functools.cache
def _second_engine() -> Graph:
    """Where the final records are loaded afresh, beside the graph under test."""
    folder = Path(tempfile.mkdtemp(prefix="sverka-fresh-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    made = open_graph(GraphSettings(f"embedded:{folder}", heap="512m"))
    atexit.register(made.close)
    return made


class History(RuleBasedStateMachine):
    """Changes in any order with checks in between."""

    engine = "embedded"

    def __init__(self) -> None:
        super().__init__()
        self.world = fresh(emptied(self.engine))
        self.cities = [Universe(number) for number in range(1, CITIES + 1)]
        self.final: Final = {}
        self.unchecked = False

    @initialize(number=SEEDS)
    def found(self, number: int) -> None:
        """Two thirds of every city, the rest left dangling."""
        random = Random(number)
        self._change([(city, slot) for city in self.cities for slot in random.sample(city.slots, 2 * len(city.slots) // 3)], random, 0.0)

    @rule(number=SEEDS, most=st.sampled_from([1, 2, 3, 8]))
    def change(self, number: int, most: int) -> None:
        """Records come, are replaced and are withdrawn."""
        random = Random(number)
        slots = [(city, slot) for city in self.cities for slot in random.sample(city.slots, random.randint(1, most))]
        self._change(slots, random, 0.3)

    @rule(number=SEEDS)
    def rename(self, number: int) -> None:
        """People change what they are known by: records become one person, or two again."""
        random = Random(number)
        people = [slot for slot in self.cities[0].slots if slot[1][0] in "pqz"]
        self._change([(city, slot) for city in self.cities for slot in random.sample(people, 2)], random, 0.15)

    @rule()
    @precondition(lambda self: self.unchecked)
    def check(self) -> None:
        """A check, and the same told by a fresh graph and by a full check."""
        self.world.check()
        self.unchecked = False
        assert waiting(self.world) == 0
        stepwise = {name: tell(self.world) for name, tell in TELLERS.items()}
        random = Random(len(self.final))
        afresh = fresh(_second_engine())
        for command in shuffled(self.final, random, random.choice([1, 2])):
            play(afresh, command)
        afresh.check(full=random.random() < 0.5)
        for name, tell in TELLERS.items():
            assert unlike(stepwise[name], tell(afresh)) == "", f"{name}: step by step (-), afresh (+)"
        self.world.check(full=True)
        for name, tell in TELLERS.items():
            assert unlike(stepwise[name], tell(self.world)) == "", f"{name}: step by step (-), full (+)"

    def teardown(self) -> None:
        """No history ends unchecked."""
        if self.unchecked:
            self.check()

    def _change(self, slots: list[tuple[Universe, Slot]], random: Random, deletions: float) -> None:
        changes: list[Change] = []
        for city, slot in slots:
            known = (slot[0], city.prefix + slot[1]) in self.final
            line = city.deletion(slot) if known and random.random() < deletions else city.line(slot, random)
            changes.append((slot[0], line))
        play(self.world, changes)
        apply(self.final, changes)
        self.unchecked = True


class HistoryOnNeo4j(History):
    """The same on the production engine, told afresh by the embedded one."""

    engine = "neo4j"


TELLERS: dict[str, Callable[[World], Sequence[Any]]] = {"clusters": clusters, "edges": edges, "findings": findings}


def _settings(examples: int, steps: int) -> settings:
    return settings(
        max_examples=examples,
        stateful_step_count=steps,
        deadline=None,
        # A failure prints all that differs; shrinking it on a database would take an hour.
        phases=[Phase.explicit, Phase.reuse, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )


@pytest.mark.engines
@pytest.mark.slow
@pytest.mark.timeout(900)
@pytest.mark.parametrize(("machine", "examples", "steps"), [(History, 2, 4), (HistoryOnNeo4j, 1, 3)], ids=["embedded", "neo4j"])
def test_step_by_step_is_as_afresh(machine: type[History], examples: int, steps: int) -> None:
    """Random histories: findings, kin, shares and who is who do not remember the way they came about."""
    emptied(machine.engine)
    run_state_machine_as_test(machine, settings=_settings(examples, steps))


@pytest.mark.engines
@pytest.mark.parametrize("number", [1, 2])
def test_any_order_and_cut_gives_the_same(number: int) -> None:
    """The same records in any order, in one command or in many, with checks between: the same people, facts and findings."""
    random = Random(number)
    final: Final = {}
    for city in [Universe(one) for one in range(1, CITIES + 1)]:
        apply(final, [(slot[0], city.line(slot, random)) for slot in city.slots])
    told = []
    for commands, checking in ((1, False), (4, False), (3, True)):
        world = fresh(emptied("embedded"))
        for command in shuffled(final, random, commands):
            play(world, command)
            if checking:
                world.check()
        world.check()
        told.append({name: tell(world) for name, tell in TELLERS.items()})
    assert told[0]["findings"], "a world without findings proves nothing"
    for other in told[1:]:
        for name in TELLERS:
            assert unlike(told[0][name], other[name]) == "", name
