"""Schema statements and the schema's version."""

from __future__ import annotations

import pytest

from domain.errors import ConcurrentChange, GraphError
from graph.client import Graph
from graph.migrate import migrate, schema_version
from graph_models.schema import statements

UNIQUE = "CREATE CONSTRAINT migrate_x_id IF NOT EXISTS FOR (n:MigrateX) REQUIRE n.id IS UNIQUE"
PAIR = "CREATE INDEX migrate_x_pair_idx IF NOT EXISTS FOR (n:MigrateX) ON (n.last, n.first)"


def test_it_runs_again_and_again(graph: Graph) -> None:
    assert migrate(graph, [UNIQUE, PAIR], 2) is True
    assert migrate(graph, [UNIQUE, PAIR], 2) is False
    assert schema_version(graph) == 2
    graph.write("CREATE (:MigrateX {id: 'a'})")
    with pytest.raises(ConcurrentChange):
        graph.write("CREATE (:MigrateX {id: 'a'})")


def test_the_whole_schema_of_the_product_is_accepted(graph: Graph) -> None:
    migrate(graph, statements())
    assert schema_version(graph) > 0


def test_a_newer_graph_is_refused_untouched(graph: Graph) -> None:
    migrate(graph, [], 7)
    with pytest.raises(GraphError, match="newer version"):
        migrate(graph, [UNIQUE], 6)
    assert schema_version(graph) == 7


@pytest.mark.parametrize(
    "statement", ["MATCH (n) DETACH DELETE n", "CREATE FULLTEXT INDEX x IF NOT EXISTS FOR (n:A) ON EACH [n.b]", f"{UNIQUE} x"]
)
def test_only_the_common_statements_pass(graph: Graph, statement: str) -> None:
    with pytest.raises(ValueError, match="both engines"):
        migrate(graph, [statement])
