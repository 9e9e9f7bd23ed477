"""Candidates in the graph: what careless hands wrote is found, crowds are narrowed and never scanned, both engines answer alike."""

from __future__ import annotations

from typing import Any

import pytest

from graph.client import Graph
from queries.views.candidates import find_candidates
from queries.views.screen import Hit, screen
from screening.entities import person_of, read_entity
from screening.keys import person_keys
from screening.verdicts import Grade

from tests.engines.world import World


def _line(one: str, schema: str, **properties: str) -> dict[str, Any]:
    return {"id": one, "schema": schema, "properties": {name: [value] for name, value in properties.items()}}


def _ask(graph: Graph, name: str, related: list[dict[str, Any]] | None = None, **properties: str) -> list[Hit]:
    entity = {**_line("asked", "Person", name=name, **properties), "related": related or []}
    return screen(graph, [read_entity(entity)], 5)[0]


@pytest.fixture
def city(graph: Graph) -> World:
    """Namesakes, a married woman, a clerk with a post, firms."""
    world = World(graph)
    world.ingest("c", [
        _line("garipov", "Person", name="Гарипов Айдар Ринатович", birthDate="1979-03-14", innCode="001234567887"),
        _line("son", "Person", name="Гарипов Ринат Айдарович", birthDate="2003-01-02"),
        _line("valieva", "Person", name="Валиева Лейсан Рустемовна", birthDate="1985-06-05", previousName="Зарипова"),
        _line("clerk", "Person", name="Орлова Анна Львовна"),
        _line("body", "PublicBody", name="МКУ «Управление градостроительства»"),
        _line("firm", "Company", name="ООО «Ромашка-2»"),
        _line("job", "Employment", employee="clerk", employer="body", role="специалист", startDate="2019-01-01"),
    ])  # fmt: skip
    world.check()
    return world


@pytest.mark.parametrize(
    ("name", "properties", "wanted"),
    [
        ("Гарипов А.Р.", {}, "garipov"),
        ("Гарипов Айдар Ринатович", {"birthDate": "1979"}, "garipov"),
        ("Гарипрв Айдар Ринатович", {"birthDate": "1979-03-14"}, "garipov"),
        ("Айдар Гарипов", {}, "garipov"),
        ("Зарипова Лейсан Рустемовна", {"birthDate": "1985-06-05"}, "valieva"),
        ("Некто", {"innCode": "001234567887"}, "garipov"),
    ],
)
def test_the_right_one_comes_first(city: World, name: str, properties: dict[str, str], wanted: str) -> None:
    """Whatever was written, the node is found by some key and judged from its frozen facts."""
    hits = _ask(city.graph, name, None, **properties)
    assert [hit.ids for hit in hits][:1] == [(wanted,)]


def test_a_post_that_is_asked_with_is_compared_with_the_post_in_the_records(city: World) -> None:
    """What is not frozen is read where the entity brings its like."""
    alone = _ask(city.graph, "Орлова Анна Львовна")
    body = _line("b", "PublicBody", name="МКУ «Управление градостроительства»")
    with_post = _ask(city.graph, "Орлова Анна Львовна", [_line("j", "Employment", employee="asked", employer="b"), body])
    assert [hit.verdict.grade for hit in alone] == [Grade.WEAK]
    assert [hit.verdict.grade for hit in with_post] == [Grade.PROBABLE]


def test_a_changed_record_is_judged_as_it_is_now(city: World) -> None:
    """Facts are frozen anew with the node."""
    city.ingest("c", [_line("garipov", "Person", name="Гарипов Айдар Ринатович", birthDate="1980-04-14")])
    city.check()
    assert _ask(city.graph, "Гарипов Айдар Ринатович", birthDate="1979-03-14") == []
    assert [hit.verdict.test for hit in _ask(city.graph, "Гарипов Айдар Ринатович", birthDate="1980-04-14")] == ["S2"]


def test_nobody_is_found_for_nothing(city: World) -> None:
    """Empty and absurd names."""
    for name in ("", " ", "123", "🙂", "—", "x" * 10_000):
        assert _ask(city.graph, name) == []


def test_a_name_that_is_all_crowds_still_finds_some_of_them(graph: Graph, monkeypatch: pytest.MonkeyPatch) -> None:
    """The key that fewest share is looked at, up to a limit, and whom it names does not depend on the engine."""
    world = World(graph)
    world.ingest("c", [_line(f"n{number:02d}", "Person", name="Ахметов Ильдар Рашитович") for number in range(12)])
    world.check()
    monkeypatch.setattr("queries.views.candidates.HUB", 5)
    keys = person_keys(person_of("asked", read_entity(_line("asked", "Person", name="Ахметов Ильдар"))))
    found = find_candidates(graph, "Person", {0: keys}, 3)[0]
    assert [one.key for one in found] == ["c:n00", "c:n01", "c:n02"]
    monkeypatch.setattr("queries.views.candidates.CROWD", 10)
    assert find_candidates(graph, "Person", {0: keys}, 3)[0] == []


def test_many_entities_at_once_answer_as_each_alone(city: World) -> None:
    """A batch is only faster."""
    entities = [read_entity(_line(f"e{number}", "Person", name=name)) for number, name in enumerate(["Гарипов А.Р.", "Орлова Анна", "x"])]
    together = screen(city.graph, entities, 5)
    assert [[hit.node for hit in hits] for hits in together] == [[hit.node for hit in screen(city.graph, [one], 5)[0]] for one in entities]
