"""The common Cypher dialect, writing: each statement leaves the same graph on both engines (docs/dialect.md)."""

from __future__ import annotations

from typing import Any

import pytest

from domain.errors import ConcurrentChange, GraphError
from graph.client import Graph

START = "CREATE (:Person {id: 'p1', n: 1, tags: ['a']})-[:OWNS {id: 'f1', share: 0.5}]->(:Organization {id: 'o1'}), (:Person {id: 'p2'})"
PEOPLE = "MATCH (p:Person) RETURN properties(p) ORDER BY p.id"
FACTS = "MATCH (a)-[r]->(b) RETURN type(r), a.id, b.id, properties(r) ORDER BY r.id, type(r)"
P1: dict[str, Any] = {"id": "p1", "n": 1, "tags": ["a"]}
P2: dict[str, Any] = {"id": "p2"}
F1: list[Any] = ["OWNS", "p1", "o1", {"id": "f1", "share": 0.5}]

# Under each name a statement, its parameters, how to look at what it left, and the rows seen.
WRITES: dict[str, tuple[str, dict[str, Any], str, list[list[Any]]]] = {
    "merge finds": ("MERGE (p:Person {id: 'p1'}) SET p.n = 2", {}, PEOPLE, [[{**P1, "n": 2}], [P2]]),
    "merge creates": ("MERGE (p:Person {id: 'p3'})", {}, PEOPLE, [[P1], [P2], [{"id": "p3"}]]),
    "on create, on match": (
        "UNWIND ['p1', 'p3'] AS id MERGE (p:Person {id: id}) ON CREATE SET p.made = true ON MATCH SET p.seen = true",
        {},
        PEOPLE,
        [[{**P1, "seen": True}], [P2], [{"id": "p3", "made": True}]],
    ),
    "merge twice in one batch": ("UNWIND ['p3', 'p3'] AS id MERGE (p:Person {id: id})", {}, PEOPLE, [[P1], [P2], [{"id": "p3"}]]),
    "set += adds and null removes": (
        "MATCH (p:Person {id: 'p1'}) SET p += $m",
        {"m": {"n": None, "x": 1}},
        PEOPLE,
        [[{"id": "p1", "tags": ["a"], "x": 1}], [P2]],
    ),
    "set = replaces all": ("MATCH (p:Person {id: 'p1'}) SET p = $m", {"m": {"id": "p1", "y": None}}, PEOPLE, [[{"id": "p1"}], [P2]]),
    "set to null removes": ("MATCH (p:Person {id: 'p1'}) SET p.n = null, p.tags = null", {}, PEOPLE, [[{"id": "p1"}], [P2]]),
    "remove": ("MATCH (p:Person {id: 'p1'}) REMOVE p.n", {}, PEOPLE, [[{"id": "p1", "tags": ["a"]}], [P2]]),
    "an empty list stays": ("MATCH (p:Person {id: 'p2'}) SET p.tags = []", {}, PEOPLE, [[P1], [{"id": "p2", "tags": []}]]),
    "a list grows": ("MATCH (p:Person {id: 'p1'}) SET p.tags = p.tags + $t", {"t": ["b"]}, PEOPLE, [[{**P1, "tags": ["a", "b"]}], [P2]]),
    "a number keeps its kind": (
        "MATCH (p:Person {id: 'p2'}) SET p.i = 1, p.f = 1.0, p.t = '1', p.b = false",
        {},
        "MATCH (p:Person {id: 'p2'}) RETURN toString(p.i), toString(p.f), p.t, p.b",
        [["1", "1.0", "1", False]],
    ),
    "create rows": (
        "UNWIND $rows AS row CREATE (p:Person) SET p = row",
        {"rows": [{"id": "p3", "n": 5}]},
        PEOPLE,
        [[P1], [P2], [{"id": "p3", "n": 5}]],
    ),
    "create a relationship from rows": (
        ("UNWIND $rows AS row MATCH (a:Person {id: row.a}) MATCH (b:Organization {id: row.b}) CREATE (a)-[r:OWNS]->(b) SET r = row.props"),
        {"rows": [{"a": "p2", "b": "o1", "props": {"id": "f2", "share": None}}, {"a": "p9", "b": "o1", "props": {"id": "f3"}}]},
        FACTS,
        [F1, ["OWNS", "p2", "o1", {"id": "f2"}]],
    ),
    "two relationships of one type": (
        "MATCH (a:Person {id: 'p1'}), (b:Organization {id: 'o1'}) CREATE (a)-[:OWNS {id: 'f2'}]->(b)",
        {},
        FACTS,
        [F1, ["OWNS", "p1", "o1", {"id": "f2"}]],
    ),
    "merge a relationship by its id": (
        (
            "UNWIND ['f1', 'f2'] AS id MATCH (a:Person {id: 'p1'}) MATCH (b:Organization {id: 'o1'})"
            " MERGE (a)-[r:OWNS {id: id}]->(b) SET r.seen = true"
        ),
        {},
        FACTS,
        [["OWNS", "p1", "o1", {"id": "f1", "share": 0.5, "seen": True}], ["OWNS", "p1", "o1", {"id": "f2", "seen": True}]],
    ),
    "a self-loop": ("MATCH (a:Person {id: 'p2'}) CREATE (a)-[:SELF {id: 's'}]->(a)", {}, FACTS, [F1, ["SELF", "p2", "p2", {"id": "s"}]]),
    "a fact moves to the past": (
        (
            "MATCH (a)-[r:OWNS]->(b) WHERE r.id IN $ids CREATE (a)-[p:PAST]->(b)"
            " SET p = properties(r), p.type = type(r), p.superseded_at = 't' DELETE r"
        ),
        {"ids": ["f1"]},
        FACTS,
        [["PAST", "p1", "o1", {"id": "f1", "share": 0.5, "type": "OWNS", "superseded_at": "t"}]],
    ),
    "facts move to another node": (
        "MATCH (a:Person {id: 'p1'})-[r:OWNS]->(b) MATCH (c:Person {id: 'p2'}) CREATE (c)-[n:OWNS]->(b) SET n = properties(r) DELETE r",
        {},
        FACTS,
        [["OWNS", "p2", "o1", {"id": "f1", "share": 0.5}]],
    ),
    "delete a relationship": ("MATCH ()-[r:OWNS {id: 'f1'}]->() DELETE r", {}, FACTS, []),
    "detach delete": ("MATCH (p:Person {id: 'p1'}) DETACH DELETE p", {}, PEOPLE, [[P2]]),
    "delete what an optional match found or not": (
        "MATCH (p:Person) OPTIONAL MATCH (p)-[r:OWNS]->() DELETE r",
        {},
        FACTS,
        [],
    ),
    "delete, then create, in one statement": (
        (
            "MATCH (a:Person {id: 'p1'}) OPTIONAL MATCH (a)-[r:OWNS]->() DELETE r WITH DISTINCT a MATCH (o:Organization {id: 'o1'})"
            " CREATE (a)-[:OWNS {id: 'f9'}]->(o)"
        ),
        {},
        FACTS,
        [["OWNS", "p1", "o1", {"id": "f9"}]],
    ),
    "foreach": (
        "MATCH (p:Person {id: 'p1'}) FOREACH (k IN $ks | MERGE (x:Key {id: k}) MERGE (p)-[:HAS_KEY]->(x))",
        {"ks": ["k1", "k2", "k1"]},
        "MATCH (p)-[:HAS_KEY]->(k:Key) RETURN p.id, k.id ORDER BY k.id",
        [["p1", "k1"], ["p1", "k2"]],
    ),
    "foreach as an if": (
        "MATCH (p:Person) FOREACH (_ IN CASE WHEN p.n IS NULL THEN [1] ELSE [] END | SET p.n = 0)",
        {},
        "MATCH (p:Person) RETURN p.id, p.n ORDER BY p.id",
        [["p1", 1], ["p2", 0]],
    ),
    "unwind nested rows": (
        (
            "UNWIND $rows AS row MERGE (p:Person {id: row.id}) WITH p, row UNWIND row.keys AS k MERGE (x:Key {id: k})"
            " MERGE (p)-[:HAS_KEY]->(x)"
        ),
        {"rows": [{"id": "p2", "keys": ["k1"]}, {"id": "p1", "keys": []}]},
        "MATCH (p)-[:HAS_KEY]->(k:Key) RETURN p.id, k.id",
        [["p2", "k1"]],
    ),
    "a counter": ("MERGE (c:Counter {id: 'c'}) SET c.n = coalesce(c.n, 0) + 1 RETURN c.n", {}, "MATCH (c:Counter) RETURN c.n", [[1]]),
    "text with quotes and backslashes": (
        "MATCH (p:Person {id: 'p2'}) SET p.t = $t",
        {"t": '«О\'Нил» "\\n" \n\t ё 😀 \u0000'},
        "MATCH (p:Person {id: 'p2'}) RETURN p.t",
        [['«О\'Нил» "\\n" \n\t ё 😀 \u0000']],
    ),
}


@pytest.fixture
def small(graph: Graph) -> Graph:
    graph.write(START)
    return graph


def _seen(graph: Graph, look: str) -> list[list[Any]]:
    return [list(row.values()) for row in graph.read(look)]


@pytest.mark.parametrize("name", WRITES)
def test_write(small: Graph, name: str) -> None:
    statement, parameters, look, expected = WRITES[name]
    small.write(statement, **parameters)
    assert _seen(small, look) == expected


def test_a_statement_sees_what_the_transaction_wrote_before(small: Graph) -> None:
    seen = small.transact(lambda t: (t.run("CREATE (:Person {id: 'p3'})"), t.run("MATCH (p:Person) RETURN p.id AS id ORDER BY id"))[1])
    assert [row["id"] for row in seen] == ["p1", "p2", "p3"]


def test_a_failing_statement_leaves_nothing(small: Graph) -> None:
    with pytest.raises(GraphError):
        small.write("UNWIND [1, 2, 0] AS x CREATE (:DialectFailing {id: toString(x), q: 1 / x})")
    assert _seen(small, "MATCH (n:DialectFailing) RETURN n.id") == []


def test_an_error_in_the_work_rolls_back(small: Graph) -> None:
    def work(transaction: Any) -> None:
        transaction.run("CREATE (:Person {id: 'p3'})")
        raise KeyError("mine")

    with pytest.raises(KeyError):
        small.transact(work)
    assert _seen(small, PEOPLE) == [[P1], [P2]]


def test_a_second_node_with_a_unique_key_is_refused(small: Graph) -> None:
    small.write("CREATE CONSTRAINT dialect_unique IF NOT EXISTS FOR (n:DialectUnique) REQUIRE n.id IS UNIQUE")
    small.write("CREATE (:DialectUnique {id: 'a'})")
    with pytest.raises(ConcurrentChange):
        small.write("CREATE (:DialectUnique {id: 'a'})")
    assert _seen(small, "MATCH (n:DialectUnique) RETURN n.id") == [["a"]]


def test_a_node_without_the_unique_key_is_not_refused(small: Graph) -> None:
    small.write("CREATE CONSTRAINT dialect_unique IF NOT EXISTS FOR (n:DialectUnique) REQUIRE n.id IS UNIQUE")
    small.write("CREATE (:DialectUnique), (:DialectUnique)")
    assert _seen(small, "MATCH (n:DialectUnique) RETURN count(n)") == [[2]]


def test_wrong_cypher_is_an_error_with_the_engine_s_words(small: Graph) -> None:
    with pytest.raises(GraphError, match="graph refused"):
        small.read("MATCH (n RETURN n")


def test_a_missing_parameter_is_an_error(small: Graph) -> None:
    with pytest.raises(GraphError):
        small.read("MATCH (p:Person {id: $nowhere}) RETURN p.id")
