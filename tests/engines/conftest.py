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

from tests.engines.graph_fixture import graph

__all__ = ["graph"]

HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whatever lies here needs an engine, also where it does not take the fixture."""
    for item in items:
        if item.path.is_relative_to(HERE):
            item.add_marker(pytest.mark.engines)
