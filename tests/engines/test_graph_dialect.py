"""The common Cypher dialect: statements that the model needs give the same answer on both engines (docs/dialect.md)."""

from __future__ import annotations

from typing import Any

import pytest

from graph.client import Graph

CITY = """
CREATE (anna:Person {id: 'p1', name: 'Анна', birth_lo: 19700101, phones: ['1', '2'], official: true}),
       (boris:Person {id: 'p2', name: 'Борис', birth_lo: 19680101, phones: [], official: false}),
       (vera:Person {id: 'p3', name: 'Вера', official: false}),
       (gleb:Person {id: 'p4', name: 'Глеб', birth_lo: 20000101, phones: ['2']}),
       (org:Organization {id: 'o1', name: 'Школа', schema: 'PublicBody'}),
       (firm:Organization {id: 'o2', name: 'Ромашка', schema: 'Company'}),
       (deal:Event {id: 'e1', schema: 'Contract', window_lo: 20240301, amount: 100.5}),
       (anna)-[:SPOUSE_OF {id: 'f1', start_lo: 20100505, end_lo: 99999999}]->(boris),
       (anna)-[:PARENT_OF {id: 'f2', start_lo: 20000101}]->(gleb),
       (boris)-[:PARENT_OF {id: 'f3', start_lo: 20000101}]->(gleb),
       (vera)-[:PARENT_OF {id: 'f4'}]->(anna),
       (anna)-[:EMPLOYED_BY {id: 'f5', role: 'head', start_lo: 20150101}]->(org),
       (boris)-[:OWNS {id: 'f6', share: 0.25, start_lo: 20190101}]->(firm),
       (gleb)-[:OWNS {id: 'f7', share: 0.5}]->(firm),
       (deal)-[:FOR_AUTHORITY {id: 'f8'}]->(org),
       (firm)-[:SUPPLIES {id: 'f9', amount: 100.5}]->(deal),
       (anna)-[:SELF {id: 's1'}]->(anna)
"""

# Under each name a statement, its parameters and its rows in order.
READS: dict[str, tuple[str, dict[str, Any], list[list[Any]]]] = {
    "unwind a list of keys": (
        "UNWIND $ids AS id MATCH (p:Person {id: id}) RETURN p.id, p.name ORDER BY p.id",
        {"ids": ["p2", "p1", "none"]},
        [["p1", "Анна"], ["p2", "Борис"]],
    ),
    "unwind maps": ("UNWIND $rows AS r RETURN r.a, r.b.c, r.missing", {"rows": [{"a": 1, "b": {"c": [2]}}]}, [[1, [2], None]]),
    "unwind an empty list": ("UNWIND $ids AS id RETURN id", {"ids": []}, []),
    "unwind with a position": (
        "UNWIND range(0, size($ids) - 1) AS i RETURN i, $ids[i] ORDER BY i",
        {"ids": ["x", "y"]},
        [[0, "x"], [1, "y"]],
    ),
    "in a list": ("MATCH (p:Person) WHERE p.id IN $ids RETURN p.id ORDER BY p.id", {"ids": ["p1", "p3"]}, [["p1"], ["p3"]]),
    "a value in a list property": ("MATCH (p:Person) WHERE '2' IN p.phones RETURN p.id ORDER BY p.id", {}, [["p1"], ["p4"]]),
    "lists overlap": (
        "MATCH (p:Person) WHERE any(x IN p.phones WHERE x IN $phones) RETURN p.id ORDER BY p.id",
        {"phones": ["2", "9"]},
        [["p1"], ["p4"]],
    ),
    "null in comparison is null": (
        "MATCH (p:Person {id: 'p3'}) RETURN p.birth_lo < 1, p.birth_lo = 1, p.birth_lo IS NULL",
        {},
        [[None, None, True]],
    ),
    "null in and, or, not": (
        "RETURN null AND false, null AND true, null OR true, null OR false, NOT null, null XOR true",
        {},
        [[False, None, True, None, None, None]],
    ),
    "null from an absent property in and": (
        "MATCH (p:Person) RETURN p.id, p.birth_lo <= 19700101 AND p.official ORDER BY p.id",
        {},
        [["p1", True], ["p2", False], ["p3", False], ["p4", False]],
    ),
    "null parameters": ("WITH $x AS x RETURN x IS NULL, x < 3, coalesce(x, 7)", {"x": None}, [[True, None, 7]]),
    "null in a list": ("RETURN 1 IN [1, null], 2 IN [1, null], null IN [1], 1 IN []", {}, [[True, None, None, False]]),
    "where null is not true": ("MATCH (p:Person) WHERE p.birth_lo > 0 RETURN count(p)", {}, [[3]]),
    "any, all, none, single": (
        ("RETURN any(x IN [1, 2] WHERE x > 1), all(x IN [1, 2] WHERE x > 0), none(x IN [1] WHERE x > 1), single(x IN [1, 2] WHERE x = 1)"),
        {},
        [[True, True, True, True]],
    ),
    "all over nothing, any over nothing": ("RETURN all(x IN [] WHERE x > 1), any(x IN [] WHERE x > 1)", {}, [[True, False]]),
    "any over nulls is null": ("RETURN any(x IN [null] WHERE x > 1), all(x IN [null, 5] WHERE x > 1)", {}, [[None, None]]),
    "case": (
        (
            "MATCH (p:Person) RETURN p.id, CASE WHEN p.birth_lo IS NULL THEN '?'"
            " WHEN p.birth_lo < 20000101 THEN 'old' ELSE 'young' END ORDER BY p.id"
        ),
        {},
        [["p1", "old"], ["p2", "old"], ["p3", "?"], ["p4", "young"]],
    ),
    "simple case": ("RETURN CASE 2 WHEN 1 THEN 'a' WHEN 2 THEN 'b' END, CASE 3 WHEN 1 THEN 'a' END", {}, [["b", None]]),
    "list comprehension": ("RETURN [x IN $xs WHERE x > 1 | x * 10]", {"xs": [1, 2, 3]}, [[[20, 30]]]),
    "list comprehension over maps": ("RETURN [m IN $ms | m.a]", {"ms": [{"a": 1}, {"b": 2}]}, [[[1, None]]]),
    "reduce": ("RETURN reduce(s = 0, x IN $xs | s + x)", {"xs": [1, 2, 3]}, [[6]]),
    "reduce to the greatest": (
        "RETURN reduce(s = 0, x IN $xs | CASE WHEN x > s THEN x ELSE s END)",
        {"xs": [20200101, 20240101, 3]},
        [[20240101]],
    ),
    "slices, head, last, size": (
        "WITH [1, 2, 3] AS l RETURN l[0], l[-1], l[1..], l[..2], head(l), last(l), size(l)",
        {},
        [[1, 3, [2, 3], [1, 2], 1, 3, 3]],
    ),
    "list addition": ("RETURN [1] + [2], [1] + 2", {}, [[[1, 2], [1, 2]]]),
    "map projection by hand": ("MATCH (p:Person {id: 'p1'}) RETURN {id: p.id, name: p.name}", {}, [[{"id": "p1", "name": "Анна"}]]),
    "map projection": ("MATCH (p:Person {id: 'p1'}) RETURN p {.id, .name, extra: 1}", {}, [[{"id": "p1", "name": "Анна", "extra": 1}]]),
    "properties, keys, labels": (
        "MATCH (p:Person {id: 'p3'}) RETURN properties(p), labels(p), size(keys(p))",
        {},
        [[{"id": "p3", "name": "Вера", "official": False}, ["Person"], 3]],
    ),
    "directed match": (
        "MATCH (a:Person)-[r:PARENT_OF]->(b:Person {id: 'p4'}) RETURN a.id, r.id ORDER BY a.id",
        {},
        [["p1", "f2"], ["p2", "f3"]],
    ),
    "undirected match": (
        "MATCH (a:Person {id: $id})-[r:SPOUSE_OF]-(b:Person) RETURN b.id, startNode(r).id, endNode(r).id",
        {"id": "p2"},
        [["p1", "p1", "p2"]],
    ),
    "several types": (
        "MATCH (a:Person {id: 'p1'})-[r:SPOUSE_OF|PARENT_OF]-(b) RETURN type(r), b.id ORDER BY type(r), b.id",
        {},
        [["PARENT_OF", "p3"], ["PARENT_OF", "p4"], ["SPOUSE_OF", "p2"]],
    ),
    "any type": (
        "MATCH (a:Person {id: 'p2'})-[r]-(b) RETURN type(r), labels(b)[0], b.id ORDER BY r.id",
        {},
        [["SPOUSE_OF", "Person", "p1"], ["PARENT_OF", "Person", "p4"], ["OWNS", "Organization", "o2"]],
    ),
    "self-loop": ("MATCH (a:Person {id: 'p1'})-[r:SELF]->(b:Person) RETURN a.id, b.id, r.id", {}, [["p1", "p1", "s1"]]),
    "self-loop, undirected, once": ("MATCH (a:Person {id: 'p1'})-[r:SELF]-(b) RETURN count(r)", {}, [[1]]),
    "self or spouse in one pattern": (
        "MATCH (a:Person {id: 'p1'})-[r:SELF|SPOUSE_OF]->(b:Person) RETURN b.id ORDER BY b.id",
        {},
        [["p1"], ["p2"]],
    ),
    "a long pattern": (
        (
            "MATCH (o:Person)-[:SPOUSE_OF]-(r:Person)-[w:OWNS]->(f:Organization)-[:SUPPLIES]"
            "->(e:Event)-[:FOR_AUTHORITY]->(b)<-[j:EMPLOYED_BY]-(o)"
            " RETURN o.id, r.id, f.id, e.id, b.id, w.id, j.id"
        ),
        {},
        [["p1", "p2", "o2", "e1", "o1", "f6", "f5"]],
    ),
    "two patterns share a node": (
        "MATCH (e:Event {id: 'e1'})<-[:SUPPLIES]-(f), (e)-[:FOR_AUTHORITY]->(b) RETURN f.id, b.id",
        {},
        [["o2", "o1"]],
    ),
    "one relationship is used once in a pattern": (
        "MATCH (a:Person {id: 'p4'})<-[:PARENT_OF]-(x)-[:PARENT_OF]->(b) RETURN b.id",
        {},
        [],
    ),
    "optional match": (
        "MATCH (p:Person) OPTIONAL MATCH (p)-[r:OWNS]->(f) RETURN p.id, f.id, r.share ORDER BY p.id",
        {},
        [["p1", None, None], ["p2", "o2", 0.25], ["p3", None, None], ["p4", "o2", 0.5]],
    ),
    "optional match with where": (
        "MATCH (p:Person) OPTIONAL MATCH (p)-[r:OWNS]->(f) WHERE r.share > 0.3 RETURN p.id, f.id ORDER BY p.id",
        {},
        [["p1", None], ["p2", None], ["p3", None], ["p4", "o2"]],
    ),
    "optional match then collect": (
        "MATCH (p:Person) OPTIONAL MATCH (p)-[:PARENT_OF]->(c) RETURN p.id, collect(c.id) ORDER BY p.id",
        {},
        [["p1", ["p4"]], ["p2", ["p4"]], ["p3", ["p1"]], ["p4", []]],
    ),
    "exists pattern": ("MATCH (p:Person) WHERE (p)-[:OWNS]->() RETURN p.id ORDER BY p.id", {}, [["p2"], ["p4"]]),
    "not exists pattern": ("MATCH (p:Person) WHERE NOT (p)-[:OWNS]->() RETURN p.id ORDER BY p.id", {}, [["p1"], ["p3"]]),
    "exists subquery": (
        "MATCH (p:Person) WHERE EXISTS { MATCH (p)-[r:OWNS]->(:Organization) WHERE r.share > 0.3 } RETURN p.id",
        {},
        [["p4"]],
    ),
    "exists subquery as a column": (
        "MATCH (p:Person) RETURN p.id, EXISTS { MATCH (p)-[:OWNS]->(:Organization) } AS owns ORDER BY p.id",
        {},
        [["p1", False], ["p2", True], ["p3", False], ["p4", True]],
    ),
    "count subquery": ("MATCH (p:Person {id: 'p1'}) RETURN COUNT { (p)--() }", {}, [[5]]),
    "call subquery": (
        "MATCH (p:Person) CALL { WITH p MATCH (p)-[r:OWNS]->() RETURN sum(r.share) AS total } RETURN p.id, total ORDER BY p.id",
        {},
        [["p1", 0], ["p2", 0.25], ["p3", 0], ["p4", 0.5]],
    ),
    "call subquery with union": (
        (
            "MATCH (p:Person {id: 'p1'}) CALL { WITH p MATCH (p)-[:SPOUSE_OF]-(x) RETURN x.id AS x"
            " UNION WITH p MATCH (p)-[:PARENT_OF]->(x) RETURN x.id AS x }"
            " RETURN x ORDER BY x"
        ),
        {},
        [["p2"], ["p4"]],
    ),
    "union all": (
        "MATCH (p:Person {id: 'p1'}) RETURN p.id AS id UNION ALL MATCH (o:Organization {id: 'o1'}) RETURN o.id AS id",
        {},
        [["p1"], ["o1"]],
    ),
    "union": ("RETURN 1 AS x UNION RETURN 1 AS x", {}, [[1]]),
    "variable length": (
        "MATCH (a:Person {id: 'p3'})-[:PARENT_OF*1..2]->(b) RETURN b.id ORDER BY b.id",
        {},
        [["p1"], ["p4"]],
    ),
    "variable length, undirected, path": (
        (
            "MATCH path = (a:Person {id: 'p3'})-[:PARENT_OF|SPOUSE_OF*1..3]-(b:Person {id: 'p2'})"
            " RETURN [n IN nodes(path) | n.id], [r IN relationships(path) | r.id], length(path) ORDER BY length(path)"
        ),
        {},
        [[["p3", "p1", "p2"], ["f4", "f1"], 2], [["p3", "p1", "p4", "p2"], ["f4", "f2", "f3"], 3]],
    ),
    "variable length from zero": (
        "MATCH (a:Person {id: 'p3'})-[:PARENT_OF*0..1]->(b) RETURN b.id ORDER BY b.id",
        {},
        [["p1"], ["p3"]],
    ),
    "variable length with conditions on its steps": (
        (
            "MATCH path = (a:Person {id: 'p3'})-[:PARENT_OF*1..2]->(b) WHERE all(r IN relationships(path)"
            " WHERE r.start_lo IS NOT NULL OR r.id = 'f4')"
            " RETURN b.id ORDER BY b.id"
        ),
        {},
        [["p1"], ["p4"]],
    ),
    "variable length names its relationships": (
        "MATCH (a:Person {id: 'p3'})-[rs:PARENT_OF*2..2]->(b) RETURN [r IN rs | r.id], b.id",
        {},
        [[["f4", "f2"], "p4"]],
    ),
    "shortest path": (
        "MATCH (a:Person {id: 'p3'}), (b:Organization {id: 'o2'}) MATCH path = shortestPath((a)-[*..6]-(b)) RETURN length(path)",
        {},
        [[3]],
    ),
    "order, skip, limit": (
        "MATCH (p:Person) RETURN p.id ORDER BY p.id DESC SKIP $skip LIMIT $limit",
        {"skip": 1, "limit": 2},
        [["p3"], ["p2"]],
    ),
    "order by two": (
        "UNWIND [[1, 'b'], [0, 'z'], [1, 'a']] AS x RETURN x[0], x[1] ORDER BY x[0] DESC, x[1]",
        {},
        [[1, "a"], [1, "b"], [0, "z"]],
    ),
    "order puts nulls last": ("MATCH (p:Person) RETURN p.id ORDER BY p.birth_lo, p.id", {}, [["p2"], ["p1"], ["p4"], ["p3"]]),
    "distinct": ("MATCH (:Person)-[:OWNS]->(f) RETURN DISTINCT f.id", {}, [["o2"]]),
    "aggregates": (
        "MATCH (p:Person) RETURN count(*), count(p.birth_lo), min(p.birth_lo), max(p.birth_lo), count(DISTINCT p.official)",
        {},
        [[4, 3, 19680101, 20000101, 2]],
    ),
    "collect maps": (
        "MATCH (p)-[r:OWNS]->(f) WITH f, r ORDER BY r.id RETURN f.id, collect({id: r.id, share: r.share})",
        {},
        [["o2", [{"id": "f6", "share": 0.25}, {"id": "f7", "share": 0.5}]]],
    ),
    "with and having": ("MATCH (:Person)-[r:OWNS]->(f) WITH f, count(r) AS n WHERE n > 1 RETURN f.id, n", {}, [["o2", 2]]),
    "with order and limit": (
        "MATCH (p:Person) WITH p ORDER BY p.id LIMIT 2 MATCH (p)-[:PARENT_OF]->(c) RETURN p.id, c.id ORDER BY p.id",
        {},
        [["p1", "p4"], ["p2", "p4"]],
    ),
    "collect then unwind": ("MATCH (p:Person) WITH collect(p) AS ps UNWIND ps AS p RETURN count(p)", {}, [[4]]),
    "strings": (
        (
            "RETURN toLower('ЁЖ'), toUpper('ёж'), trim(' a '), split('a-b', '-'),"
            " substring('abc', 1), replace('aba', 'a', 'c'), left('abc', 2), size('ёж')"
        ),
        {},
        [["ёж", "ЁЖ", "a", ["a", "b"], "bc", "cbc", "ab", 2]],
    ),
    "string tests": (
        "MATCH (p:Person) WHERE p.name STARTS WITH 'А' OR p.name ENDS WITH 'а' OR p.name CONTAINS 'ле' RETURN p.id ORDER BY p.id",
        {},
        [["p1"], ["p3"], ["p4"]],
    ),
    "regular expression": ("RETURN 'SBP' =~ 'S.*', 'x' =~ 'S.*'", {}, [[True, False]]),
    "numbers": ("RETURN 7 / 2, 7 % 2, 7 / 2.0, toInteger('12'), toFloat('1.5'), toString(5), abs(-3)", {}, [[3, 1, 3.5, 12, 1.5, "5", 3]]),
    "day arithmetic on ints": ("RETURN 20240301 / 10000, (20240301 / 100) % 100, 20240301 % 100", {}, [[2024, 3, 1]]),
    "sum of nothing is 0": ("MATCH (p:Nothing) RETURN sum(p.x), count(p), collect(p.x), max(p.x)", {}, [[0, 0, [], None]]),
    "an unknown label and type": ("MATCH (p:NobodyKnows)-[:NOR_THIS]->(q) RETURN p.id", {}, []),
    "label test": ("MATCH (n) WHERE n.id = 'o1' RETURN n:Organization, n:Person", {}, [[True, False]]),
    "dynamic property": ("MATCH (p:Person {id: 'p1'}) RETURN p[$key]", {"key": "name"}, [["Анна"]]),
    "equality of lists": ("RETURN [1, 2] = [1, 2], [1] = [2], [] = []", {}, [[True, False, True]]),
    "comparing a node": ("MATCH (a:Person {id: 'p1'})-[:SPOUSE_OF]-(b)-[:SPOUSE_OF]-(c) RETURN c.id", {}, []),
    "different nodes": (
        "MATCH (a:Person)-[:PARENT_OF]->(c)<-[:PARENT_OF]-(b) WHERE a.id < b.id RETURN a.id, b.id, c.id",
        {},
        [["p1", "p2", "p4"]],
    ),
    "is node the same": ("MATCH (a:Person {id: 'p1'}), (b:Person) WHERE a <> b RETURN count(b)", {}, [[3]]),
    "pattern comprehension": ("MATCH (p:Person {id: 'p1'}) RETURN [(p)-[:PARENT_OF]->(c) | c.id]", {}, [[["p4"]]]),
    "big and negative ints": (
        "RETURN $a, $b",
        {"a": 9223372036854775807, "b": -9223372036854775808},
        [[9223372036854775807, -9223372036854775808]],
    ),
    "long text": ("RETURN size($t)", {"t": "ж" * 300000}, [[300000]]),
    "properties with odd names": ("WITH {`a b`: 1} AS m RETURN m.`a b`, m['a b']", {}, [[1, 1]]),
    "greatest by list": ("WITH [3, 1, 2] AS l UNWIND l AS x RETURN max(x), min(x)", {}, [[3, 1]]),
}


@pytest.fixture
def city(graph: Graph) -> Graph:
    graph.write(CITY)
    return graph


@pytest.mark.parametrize("name", READS)
def test_read(city: Graph, name: str) -> None:
    statement, parameters, expected = READS[name]
    assert [list(row.values()) for row in city.read(statement, **parameters)] == expected
