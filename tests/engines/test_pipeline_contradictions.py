"""Contradictions of sources are findings about data: said with the people they concern, gone when mended, never a conflict."""

from __future__ import annotations

from typing import Any

from graph.client import Graph

from tests.engines.graph_fixture import graph
from tests.engines.world import World

__all__ = ["graph"]


def _line(key: str, schema: str, **properties: str) -> dict[str, Any]:
    return {"id": key, "schema": schema, "properties": {name: [value] for name, value in properties.items()}}


def _said(graph: Graph) -> dict[str, list[str]]:
    rows = graph.read("MATCH (c:Contradiction)-[:CONCERNS]->(n) RETURN c.kind AS kind, n.id AS id ORDER BY c.kind, n.id")
    return {kind: [row["id"] for row in rows if row["kind"] == kind] for kind in {row["kind"] for row in rows}}


def test_two_husbands_owners_over_all_and_a_shared_number(graph: Graph) -> None:
    """Each is said once, with its people; a correction takes it away again; no rule fires from them."""
    world = World(graph)
    people = [
        _line("anna", "Person", name="Петрова Анна Ильинична", birthDate="1980-01-01", gender="female"),
        _line("ivan", "Person", name="Петров Иван Ильич", birthDate="1979-01-01", innCode="001000000115"),
        _line("oleg", "Person", name="Орлов Олег Юрьевич", birthDate="1978-01-01"),
        _line("pavel", "Person", name="Сидоров Павел Юрьевич", birthDate="1990-05-05", innCode="001000000115"),
        _line("m1", "Family", person="anna", relative="ivan", relationship="муж", startDate="2005-01-01"),
        _line("m2", "Family", person="anna", relative="oleg", relationship="муж", startDate="2010-01-01"),
        _line("firm", "Company", name="ООО «Тест»", innCode="0012345673"),
        _line("o1", "Ownership", owner="ivan", asset="firm", percentage="70", startDate="2015-01-01"),
        _line("o2", "Ownership", owner="oleg", asset="firm", percentage="40", startDate="2015-01-01"),
    ]
    world.ingest("hr", people, "hr")
    world.check()
    said = _said(graph)
    assert said["two_spouses"] == ["hr:anna", "hr:ivan", "hr:oleg"]
    assert said["over_100"] == ["hr:firm", "hr:ivan", "hr:oleg"]
    assert said["shared_number"] == ["hr:ivan", "hr:pavel"]
    assert world.findings() == []
    world.ingest(
        "hr",
        [
            _line("m1", "Family", person="anna", relative="ivan", relationship="муж", startDate="2005-01-01", endDate="2009-06-01"),
            _line("o2", "Ownership", owner="oleg", asset="firm", percentage="30", startDate="2015-01-01"),
            _line("pavel", "Person", name="Сидоров Павел Юрьевич", birthDate="1990-05-05", innCode="001000000299"),
        ],
        "hr",
    )
    world.check()
    assert _said(graph) == {}
    world.check(full=True)
    assert _said(graph) == {}


def test_what_was_said_of_a_node_that_is_gone_is_said_of_its_heir_once(graph: Graph) -> None:
    """A record with a smaller key takes the person over: the old node vanishes, and the other person keeps no copy of the old word."""
    world = World(graph)
    ivan = {"name": "Петров Иван Ильич", "birthDate": "1979-01-01", "innCode": "001000000115"}
    world.ingest(
        "hr",
        [
            _line("ivan", "Person", **ivan),
            _line("pavel", "Person", name="Сидоров Павел Юрьевич", birthDate="1990-05-05", innCode="001000000115"),
        ],
        "hr",
    )
    world.check()
    assert _said(graph) == {"shared_number": ["hr:ivan", "hr:pavel"]}
    world.ingest("a", [_line("ivan", "Person", **ivan)], "hr")
    world.check()
    after = _said(graph)
    count = graph.read("MATCH (c:Contradiction) RETURN count(c) AS n")[0]["n"]
    world.check(full=True)
    assert (after, count) == (_said(graph), graph.read("MATCH (c:Contradiction) RETURN count(c) AS n")[0]["n"])
    assert set(after["shared_number"]) == {"a:ivan", "hr:pavel"}
