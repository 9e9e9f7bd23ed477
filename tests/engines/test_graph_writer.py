"""The writer: what each function leaves in the graph, on both engines."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from domain.batches import BATCH, batches
from domain.errors import ConcurrentChange
from graph import writer
from graph.client import Graph, Transaction
from graph.migrate import migrate
from graph.writer import RelationshipRow

SCHEMA = (
    "CREATE CONSTRAINT writer_man_id IF NOT EXISTS FOR (n:WMan) REQUIRE n.id IS UNIQUE",
    "CREATE CONSTRAINT writer_firm_id IF NOT EXISTS FOR (n:WFirm) REQUIRE n.id IS UNIQUE",
    "CREATE INDEX writer_holds_id IF NOT EXISTS FOR ()-[r:W_HOLDS]-() ON (r.id)",
)


@pytest.fixture
def some(graph: Graph) -> Graph:
    migrate(graph, SCHEMA)
    graph.write("UNWIND ['m1', 'm2'] AS id CREATE (:WMan {id: id, a: 1})")
    graph.write("UNWIND ['o1', 'o2'] AS id CREATE (:WFirm {id: id})")
    return graph


def _row(from_: str, to: str, id_: str, **props: Any) -> RelationshipRow:
    return {"from": from_, "to": to, "id": id_, "props": props}


def _men(graph: Graph) -> list[dict[str, Any]]:
    return [row["p"] for row in graph.read("MATCH (n:WMan) RETURN properties(n) AS p ORDER BY n.id")]


def _facts(graph: Graph) -> list[tuple[Any, ...]]:
    rows = graph.read("MATCH (a)-[r]->(b) RETURN type(r) AS t, a.id AS a, b.id AS b, properties(r) AS p ORDER BY r.id, b.id")
    return [(row["t"], row["a"], row["b"], row["p"]) for row in rows]


def test_merge_keeps_what_the_row_does_not_name(some: Graph) -> None:
    rows: list[dict[str, Any]] = [{"id": "m1", "b": 2}, {"id": "m3", "b": None}]
    assert some.transact(lambda tx: writer.merge_nodes(tx, "WMan", "id", rows)) == 2
    assert _men(some) == [{"id": "m1", "a": 1, "b": 2}, {"id": "m2", "a": 1}, {"id": "m3"}]


def test_replace_keeps_nothing_but_the_relationships(some: Graph) -> None:
    some.transact(lambda tx: writer.create_relationships(tx, "W_HOLDS", "WMan", "WFirm", [_row("m1", "o1", "r1")]))
    some.transact(lambda tx: writer.replace_nodes(tx, "WMan", "id", [{"id": "m1", "b": 2}]))
    assert _men(some) == [{"id": "m1", "b": 2}, {"id": "m2", "a": 1}]
    assert _facts(some) == [("W_HOLDS", "m1", "o1", {"id": "r1"})]


def test_create_refuses_a_key_that_exists(some: Graph) -> None:
    with pytest.raises(ConcurrentChange):
        some.transact(lambda tx: writer.create_nodes(tx, "WMan", [{"id": "m9"}, {"id": "m1"}]))
    assert [man["id"] for man in _men(some)] == ["m1", "m2"]


def test_delete_nodes_takes_their_relationships_along(some: Graph) -> None:
    some.transact(lambda tx: writer.create_relationships(tx, "W_HOLDS", "WMan", "WFirm", [_row("m1", "o1", "r1")]))
    some.transact(lambda tx: writer.delete_nodes(tx, "WMan", "id", ["m1", "nobody"]))
    assert ([man["id"] for man in _men(some)], _facts(some)) == (["m2"], [])


def test_a_relationship_without_an_end_is_not_made(some: Graph) -> None:
    rows = [_row("m1", "o1", "r1"), _row("m1", "nowhere", "r2")]
    assert some.transact(lambda tx: writer.create_relationships(tx, "W_HOLDS", "WMan", "WFirm", rows)) == 1


def test_merging_relationships_twice_changes_nothing(some: Graph) -> None:
    rows = [_row("m1", "o1", "r1", share=0.5), _row("m1", "o1", "r2"), _row("m2", "o1", "r3", share=None)]
    merge = _merging(rows)
    assert some.transact(merge) == 3
    before = _facts(some)
    assert some.transact(merge) == 0
    assert _facts(some) == before
    assert before == [
        ("W_HOLDS", "m1", "o1", {"id": "r1", "share": 0.5}),
        ("W_HOLDS", "m1", "o1", {"id": "r2"}),
        ("W_HOLDS", "m2", "o1", {"id": "r3"}),
    ]


def test_merging_a_relationship_brings_properties_and_ends_to_the_row(some: Graph) -> None:
    some.transact(_merging([_row("m1", "o1", "r1", share=0.5), _row("m2", "o1", "r2", share=0.1)]))
    assert some.transact(_merging([_row("m1", "o1", "r1", basis="c"), _row("m2", "o2", "r2", share=0.1)])) == 1
    assert _facts(some) == [("W_HOLDS", "m1", "o1", {"id": "r1", "basis": "c"}), ("W_HOLDS", "m2", "o2", {"id": "r2", "share": 0.1})]


def test_merging_mends_an_id_that_came_twice(some: Graph) -> None:
    some.transact(lambda tx: writer.create_relationships(tx, "W_HOLDS", "WMan", "WFirm", [_row("m1", "o1", "r1"), _row("m1", "o2", "r1")]))
    some.transact(_merging([_row("m1", "o1", "r1")]))
    assert _facts(some) == [("W_HOLDS", "m1", "o1", {"id": "r1"})]


def test_replacing_takes_only_what_leaves_the_named_nodes(some: Graph) -> None:
    some.transact(_merging([_row("m1", "o1", "r1"), _row("m1", "o2", "r2"), _row("m2", "o1", "r3")]))
    rows = [_row("m1", "o2", "r9")]
    some.transact(lambda tx: writer.replace_relationships(tx, "W_HOLDS", "WMan", "WFirm", ["m1"], rows))
    assert [fact[1:3] for fact in _facts(some)] == [("m2", "o1"), ("m1", "o2")]


def test_a_superseded_fact_is_kept_as_past(some: Graph) -> None:
    some.transact(_merging([_row("m1", "o1", "r1", share=0.5), _row("m2", "o1", "r2")]))
    some.transact(lambda tx: writer.supersede_relationships(tx, "W_HOLDS", ["r1", "none"], "2026-11-24T00:00:00Z"))
    assert _facts(some) == [
        ("PAST", "m1", "o1", {"id": "r1", "share": 0.5, "type": "W_HOLDS", "superseded_at": "2026-11-24T00:00:00Z"}),
        ("W_HOLDS", "m2", "o1", {"id": "r2"}),
    ]


def test_more_rows_than_a_batch(some: Graph) -> None:
    people = [{"id": f"x{number}"} for number in range(BATCH + 3)]
    some.transact(lambda tx: writer.merge_nodes(tx, "WMan", "id", iter(people)))
    rows = [_row(person["id"], "o1", f"r-{person['id']}") for person in people]
    assert some.transact(lambda tx: writer.create_relationships(tx, "W_HOLDS", "WMan", "WFirm", iter(rows))) == len(people)
    assert some.transact(_merging(rows[:1200])) == 0


@pytest.mark.parametrize("name", ["W Man", "wman", "WMan) DETACH DELETE (n", "", "WMan`"])
def test_a_label_is_a_plain_name(graph: Graph, name: str) -> None:
    with pytest.raises(ValueError, match="not a name of the model"):
        graph.transact(lambda tx: writer.merge_nodes(tx, name, "id", [{"id": "1"}]))


def test_batches_read_no_further_than_needed() -> None:
    taken: list[int] = []

    def numbers() -> Any:
        for number in range(10):
            taken.append(number)
            yield number

    assert next(batches(numbers(), 3)) == [0, 1, 2]
    assert taken == [0, 1, 2]


def _merging(rows: list[RelationshipRow]) -> Callable[[Transaction], int]:
    return lambda tx: writer.merge_relationships(tx, "W_HOLDS", "WMan", "WFirm", rows)
