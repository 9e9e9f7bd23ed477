"""A split purchase is found, kept and closed contract by contract, as if all had been known from the first."""

from __future__ import annotations

from typing import Any

import pytest

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


@pytest.mark.parametrize("way", ["withdrawn", "another item", "another customer"])
@pytest.mark.parametrize("number", [1, 2, 3])
def test_a_contract_leaves_the_split(graph: Graph, number: int, way: str) -> None:
    """Whichever of three it is, the check of that change alone tells what a full check tells: the others remain, or nothing does."""
    wipe(graph)
    world = World(graph)
    bodies = [
        _line(f"b{n}", "PublicBody", name=f"МБУ «{n}»", bodyKind="institution", innCode=f"00100000{17 if n == 1 else 31}") for n in (1, 2)
    ]
    owner = _line("p1", "Person", name="Орлов Денис Петрович", birthDate="1980-04-04", innCode="001000000115")
    firms = [
        _line("f1", "Company", name="ООО «Лампа Тест»", innCode="0010000024"),
        _line("f2", "Company", name="ООО «Фонарь Тест»", innCode="0010000049"),
    ]
    owned = [_line(f"o{n}", "Ownership", owner="p1", asset=f"f{n}", percentage="100", startDate="2018-01-10") for n in (1, 2)]
    amounts = {1: "350000", 2: "350000", 3: "255000"}
    made = {n: _contract(n, f"2025-0{n}-20", amounts[n]) for n in amounts}
    # The one that leaves is the only one of its firm: no other contract of this firm leads back to the split.
    made[number][1]["properties"]["supplier"] = ["f2"]
    world.ingest("all", [*bodies, owner, *firms, *owned, *(line for lines in made.values() for line in lines)])
    assert _splits(world) == [("c1", ["c2", "c3"])]
    changed = dict(made[number][0], properties=dict(made[number][0]["properties"]))
    if way == "withdrawn":
        world.ingest("all", [{"id": f"a{number}", "deleted": True}, {"id": f"c{number}", "deleted": True}])
    else:
        changed["properties"] |= {"singleSupplierItem": ["8"]} if way == "another item" else {"authority": ["b2"]}
        world.ingest("all", [changed])
    # 350 000 + 255 000 is a split, whichever of the two large ones is left; so are the two large ones.
    left = sorted({1, 2, 3} - {number})
    assert _splits(world) == [(f"c{left[0]}", [f"c{left[1]}"])]
    world.check(full=True)
    assert _splits(world) == [(f"c{left[0]}", [f"c{left[1]}"])]
