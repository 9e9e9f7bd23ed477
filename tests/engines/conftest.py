"""Fixture policy of the engine tests.

- `graph` comes twice, `[embedded]` and `[neo4j]`; both must behave alike. A test of one engine takes `emptied("embedded")`.
- A server is started when the first test asks for it, once per test process (each xdist worker has its own), with 512 MB of heap.
- Before each test all nodes and relationships are deleted. Constraints and indexes stay: a test that makes its own names them
  after labels of its own.
- Nothing is inherited from the user's environment except SVERKA_TEST_NEO4J; scratch folders go when the process ends.
- Where Neo4j cannot be had the test is skipped and says which command brings it; under CI=true it fails.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from fastapi import FastAPI

from app.access.desk import Desk
from graph.client import Graph

from tests.access_setup import make_app
from tests.engines.graph_fixture import graph
from tests.engines.world import World
from tests.scenarios.load import FOLDER, read

__all__ = ["graph"]

HERE = Path(__file__).parent


@pytest.fixture
def app(graph: Graph, tmp_path: Path) -> FastAPI:
    """The application over the base of story S1, checked."""
    world = World(graph)
    for source in read(FOLDER / "s1_brother_of_wife.yaml")[0].sources:
        world.ingest(source.name, source.lines, source.kind)
    world.check()
    return make_app(graph, tmp_path)


@pytest.fixture
def desk(app: FastAPI) -> Desk:
    """Accounts, keys and the log of `app`."""
    desk: Desk = app.state.wiring.desk
    return desk


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whatever lies here needs an engine, also where it does not take the fixture."""
    for item in items:
        if item.path.is_relative_to(HERE):
            item.add_marker(pytest.mark.engines)
