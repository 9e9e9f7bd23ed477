"""The client: values, transactions, retries."""

from __future__ import annotations

from graph.client import Graph


def test_it_writes_and_reads_plain_values(graph: Graph) -> None:
    graph.write("CREATE (:Person {id: $id, names: $names, share: 0.5, official: true})", id="a:1", names=["Иванова", "Ёлкина"])
    rows = graph.read("MATCH (p:Person) RETURN p.id AS id, p.names AS names, properties(p) AS all, null AS nothing")
    assert rows == [
        {
            "id": "a:1",
            "names": ["Иванова", "Ёлкина"],
            "all": {"id": "a:1", "names": ["Иванова", "Ёлкина"], "share": 0.5, "official": True},
            "nothing": None,
        }
    ]
