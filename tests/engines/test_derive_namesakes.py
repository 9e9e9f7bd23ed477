"""A namesake is nobody's doubtful relative once all that is known of the two tells them apart."""

from __future__ import annotations

from typing import Any

import pytest

from graph.client import Graph

from tests.engines.world import World

NAME = "Газизов Равиль Рафикович"
OWN, OTHERS = "007278741607", "007025016894"
_TIES = "MATCH (:Person {id: $id})-[k:KIN]->(r:Person) RETURN r.ids AS ids, k.grade AS grade ORDER BY grade"


def person(key: str, **properties: Any) -> dict[str, Any]:
    return {"id": key, "schema": "Person", "properties": {name: [value] for name, value in properties.items()}}


def sister_and_brother() -> list[dict[str, Any]]:
    family = {"person": ["sister"], "relative": ["brother"], "relationship": ["sibling"]}
    return [
        person("sister", name="Газизова Айгуль Рафиковна", birthDate="1975-02-11", gender="female"),
        person("brother", name=NAME, birthDate="1971-06-03", gender="male"),
        {"id": "tie", "schema": "Family", "properties": family},
    ]


@pytest.fixture
def world(graph: Graph) -> World:
    return World(graph)


def ties(world: World) -> list[tuple[str, str]]:
    rows = world.graph.read(_TIES, id=world.canonical("sister"))
    return [(one, row["grade"]) for row in rows for one in row["ids"]]


def test_a_name_alone_is_a_doubtful_relative(world: World) -> None:
    world.ingest("zags", sister_and_brother(), "civil_registry")
    world.ingest("egrip", [person("trader", name=NAME, innCode=OTHERS)], "egrul")
    world.check()
    assert ties(world) == [("brother", "certain"), ("trader", "weak")]


@pytest.mark.parametrize("first", ["declared", "trader"])
def test_a_number_of_his_other_record_tells_them_apart(world: World, first: str) -> None:
    """The registry's record has no number; the questionnaire's has one, and they are one person by name and birth date."""
    sources = {
        "declared": [person("declared", name=NAME, birthDate="1971-06-03", innCode=OWN)],
        "trader": [person("trader", name=NAME, innCode=OTHERS)],
    }
    world.ingest("zags", sister_and_brother(), "civil_registry")
    for source in sorted(sources, key=lambda name: name != first):
        world.ingest(source, sources[source])
        world.check()
    assert sorted(ties(world)) == [("brother", "certain"), ("declared", "certain")]
    world.check(full=True)
    assert sorted(ties(world)) == [("brother", "certain"), ("declared", "certain")]
