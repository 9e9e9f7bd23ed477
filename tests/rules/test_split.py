"""A split purchase is found, kept and closed contract by contract, as if all had been known from the first."""

from __future__ import annotations

from typing import Any

from graph.client import Graph
from graph.wipe import wipe

from tests.engines.graph_fixture import graph
from tests.engines.world import World

__all__ = ["graph"]


def _line(record: str, schema: str, **properties: str) -> dict[str, Any]:
    return {"id": record, "schema": schema, "properties": {name: [value] for name, value in properties.items()}}


def _contract(number: int, day: str, amount: str) -> list[dict[str, Any]]:
    terms = {"amount": amount, "law": "44-fz", "singleSupplierItem": "4", "okpd2": "27.40.25.120"}
    return [
        _line(f"c{number}", "Contract", authority="b1", title="Лампы", contractDate=day, **terms),
        _line(f"a{number}", "ContractAward", contract=f"c{number}", supplier="f1"),
    ]


def _splits(world: World) -> list[tuple[str, list[str]]]:
    world.check()
    return [(one["event"]["id"], sorted(one["events"])) for one in world.findings() if one["rule"] == "R-24"]


def test_contracts_that_come_one_by_one(graph: Graph) -> None:
    """The second completes it, an earlier one takes its place as the first, a smaller amount ends it."""
    wipe(graph)
    world = World(graph)
    body = _line("b1", "PublicBody", name="МБУ «Горсвет Тест»", bodyKind="institution", innCode="0010000017")
    world.ingest(
        "all", [body, _line("f1", "Company", name="ООО «Лампа Тест»", innCode="0010000024"), *_contract(2, "2025-02-03", "390000")]
    )
    assert _splits(world) == []
    world.ingest("all", _contract(3, "2025-03-03", "250000"))
    assert _splits(world) == [("c2", ["c3"])]
    world.ingest("all", _contract(1, "2025-01-20", "100000"))
    assert _splits(world) == [("c1", ["c2", "c3"])]
    world.ingest("all", _contract(2, "2025-02-03", "240000"))
    assert _splits(world) == []
