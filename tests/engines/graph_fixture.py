"""The fixture `graph`, importable by the conftest of any folder whose tests need a database."""

from __future__ import annotations

import os

import pytest

from graph.client import Graph
from graph.wipe import wipe

from tests.engines.servers import ENGINES, Missing


# The mark lets a test wait, and `-m "not engines"` leave it out, wherever the fixture is used.
@pytest.fixture(params=[pytest.param(name, marks=pytest.mark.engines) for name in sorted(ENGINES)])
def graph(request: pytest.FixtureRequest) -> Graph:
    """An emptied graph, on the embedded engine and on Neo4j."""
    return emptied(str(request.param))


def emptied(engine: str) -> Graph:
    """The engine's graph without a node; skips where the engine cannot be had, fails there under CI=true."""
    try:
        found = ENGINES[engine]()
    except Missing as missing:
        if os.environ.get("CI", "").lower() in ("true", "1"):
            pytest.fail(str(missing))
        pytest.skip(str(missing))
    wipe(found)
    return found
