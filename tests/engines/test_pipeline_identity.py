"""Records become one person and two again: nodes, facts and findings follow, and nothing of the old stays behind."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

import screening
from domain.yaml_text import load_yaml
from graph.client import Graph

from tests.engines.world import World

NAME, BORN = "Никитин Егор Павлович", "1988-08-18"


def _line(one: str, schema: str, **properties: str) -> dict[str, Any]:
    return {"id": one, "schema": schema, "properties": {name: [value] for name, value in properties.items()}}


def _two_servants(world: World) -> None:
    """Two records of one person, each with a post and a share of one firm."""
    world.ingest("a", [_line("b", "PublicBody", name="Управление", bodyKind="department"), _line("f", "Company", name="ООО «Лотос»")])
    for one in ("p", "q"):
        world.ingest("a", [_line(one, "Person", name=NAME, birthDate=BORN)])
        job = {"employee": one, "employer": "b", "service": "municipal_servant", "startDate": "2020-01-01"}
        world.ingest("a", [_line(f"j{one}", "Employment", **job)])
        world.ingest("a", [_line(f"o{one}", "Ownership", owner=one, asset="f", percentage="5", startDate="2021-01-01")])


def _people(graph: Graph) -> list[tuple[str, ...]]:
    return sorted(tuple(sorted(row["ids"])) for row in graph.read("MATCH (p:Person) RETURN p.ids AS ids"))


def test_a_merge_leaves_one_node_and_an_undone_merge_two(graph: Graph) -> None:
    """A number that differs parts them; without it they are one again, however often."""
    world = World(graph)
    _two_servants(world)
    for number, people in (("", [("p", "q")]), ("001000000115", [("p",), ("q",)]), ("", [("p", "q")])):
        world.clock.instant += timedelta(days=1)
        extra = {"innCode": number} if number else {}
        world.ingest("a", [_line("p", "Person", name=NAME, birthDate=BORN, **({"innCode": "001234567887"} if number else {}))])
        world.ingest("a", [_line("q", "Person", name=NAME, birthDate=BORN, **extra)])
        world.check()
        assert _people(graph) == people
        found = world.findings()
        assert {(one["event"]["id"], tuple(sorted(one["official"]["ids"]))) for one in found} == {
            (f"o{one}", ids) for ids in people for one in ids
        }
        assert len({one["id"] for one in found}) == len(found) == 2


def test_a_link_names_the_weights_that_judged_it(graph: Graph) -> None:
    world = World(graph)
    _two_servants(world)
    world.check()
    told = graph.read("MATCH (r:Record)-[x:RESOLVED_TO]->(:Person) RETURN DISTINCT x.model AS model")
    assert told == [{"model": str(load_yaml((Path(screening.__file__).parent / "weights.yaml").read_text(encoding="utf-8"))["version"])}]


def test_what_was_not_touched_is_not_projected_again(graph: Graph) -> None:
    """A phone that changes moves nobody: the facts that name the person stay as they are."""
    world = World(graph)
    _two_servants(world)
    world.check()
    world.ingest("a", [_line("p", "Person", name=NAME, birthDate=BORN, phone="+7 843 299-12-34")])
    graph.write("MATCH (r:Record {key: 'a:op'}) SET r.facts = '[[\"seen\"]]'")
    world.check()
    assert graph.read("MATCH (r:Record {key: 'a:op'}) RETURN r.facts AS facts") == [{"facts": '[["seen"]]'}]


def test_a_crowd_of_namesakes_links_nobody_whoever_came_first(graph: Graph, monkeypatch: pytest.MonkeyPatch) -> None:
    """The last of too many takes the doubts of all away; when one goes they are back; birth years still join."""
    monkeypatch.setattr("screening.keys.CROWD", 3)
    world = World(graph)

    def doubts() -> int:
        return int(graph.read("MATCH ()-[s:SAME_AS]->() WHERE s.grade = 'weak' RETURN count(s) AS n")[0]["n"])

    for number, pairs in ((1, 0), (2, 1), (3, 3), (4, 0), (5, 0)):
        world.ingest("a", [_line(f"p{number}", "Person", name=NAME)])
        world.check()
        assert doubts() == pairs, number
    world.check(full=True)
    assert doubts() == 0
    world.ingest("a", [_line(one, "Person", name=NAME, birthDate="1988") for one in ("y", "z")])
    world.check()
    assert ("y", "z") in _people(graph)
    world.ingest("a", [{"id": one, "deleted": True} for one in ("p1", "p2", "y", "z")])
    world.check()
    assert doubts() == 3
    counts = {row["n"] for row in graph.read("MATCH (k:Key) WHERE k.id STARTS WITH 'Person:fio:' RETURN k.n AS n")}
    assert counts == {3}


DECLARED = {"region": "Республика Татарстан", "employerName": "Исполком", "role": "начальник отдела"}


def _declaration(one: str, person: str, year: str, **more: str) -> dict[str, Any]:
    return _line(one, "IncomeDeclaration", person=person, year=year, **DECLARED, **more)


def test_what_is_told_of_a_life_is_read_and_read_again_when_it_changes(graph: Graph) -> None:
    """The key of a flat that two declarations share goes with the declaration; the person is resolved again each time."""
    world = World(graph)
    world.ingest("a", [_line("p", "Person", name="Иванов И.И."), _line("q", "Person", name="Иванов Иван Ильич")])
    world.ingest("a", [_declaration(f"d{one}", one, "2020", realEstate="54.3", vehicle="Лада Веста") for one in ("p", "q")])

    def sharing() -> list[str]:
        rows = graph.read("MATCH (k:Key)<-[:HAS_KEY]-(r:Record) WHERE k.id STARTS WITH 'Person:flat:543|' RETURN r.id AS id ORDER BY id")
        return [row["id"] for row in rows]

    world.check()
    assert sharing() == ["p", "q"]
    world.ingest("a", [_declaration("dq", "q", "2020", realEstate="61", vehicle="Лада Веста")])
    world.check()
    assert sharing() == ["p"]
    world.ingest("a", [{"id": "dp", "deleted": True}])
    world.check()
    assert sharing() == []


def test_whoever_died_before_the_other_worked_is_another(graph: Graph) -> None:
    """N3: the last day on which the records show him at work."""
    world = World(graph)
    lines = [_line("p", "Person", name=NAME, deathDate="2010-05-05"), _line("q", "Person", name=NAME)]
    world.ingest("a", [*lines, _line("b", "PublicBody", name="Управление")])
    world.check()
    weak = "MATCH ()-[s:SAME_AS]->() WHERE s.grade = 'weak' RETURN s.test AS test"
    assert graph.read(weak) == [{"test": "S6"}]
    world.ingest("a", [_line("j", "Employment", employee="q", employer="b", startDate="2020-01-01")])
    world.check()
    assert graph.read(weak) == []
    world.ingest("a", [{"id": "j", "deleted": True}])
    world.check()
    assert graph.read(weak) == [{"test": "S6"}]
