"""A person's word on who is who: it joins and parts people, outlives re-ingest and full checks, and is taken back without a trace."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from domain.errors import NotFound, StateError, UsageError
from graph.client import Graph
from graph.sandbox import Within
from screening.decisions import decide, decisions_of, get_decision, undo
from screening.doubts import doubts

from tests.engines.world import World

NAME, BORN = "Никитин Егор Павлович", "1988-08-18"


def _line(one: str, schema: str, **properties: str) -> dict[str, Any]:
    return {"id": one, "schema": schema, "properties": {name: [value] for name, value in properties.items()}}


def _person(one: str, name: str = NAME, **more: str) -> dict[str, Any]:
    return _line(one, "Person", name=name, **more)


def _people(graph: Graph) -> list[tuple[str, ...]]:
    return sorted(tuple(sorted(row["ids"])) for row in graph.read("MATCH (p:Person) RETURN p.ids AS ids"))


def _decide(world: World, left: str, right: str, *, same: bool, by: str = "Иванова") -> str:
    world.clock.instant += timedelta(minutes=1)
    return decide(world.graph, world.clock, left, right, same=same, by=by, reason="сверила паспорта").id


def _undo(world: World, decision: str) -> None:
    world.clock.instant += timedelta(minutes=1)
    undo(world.graph, world.clock, decision, "Петрова")


def _reload(world: World, lines: list[dict[str, Any]], phone: str) -> None:
    """The same records again with another phone, then everything checked anew."""
    world.clock.instant += timedelta(days=1)
    world.ingest("a", [{**one, "properties": {**one["properties"], "phone": [phone]}} for one in lines])
    world.check()
    world.check(full=True)


def test_different_stays_different_until_it_is_taken_back(graph: Graph) -> None:
    """Name and birth date say one (S2); the person says two, whatever is loaded or checked afterwards."""
    world = World(graph)
    lines = [_person("p", birthDate=BORN), _person("q", birthDate=BORN)]
    world.ingest("a", lines)
    world.check()
    assert _people(graph) == [("p", "q")]
    word = _decide(world, "a:p", "a:q", same=False)
    assert _people(graph) == [("p", "q")], "only the next check applies it"
    world.check()
    assert _people(graph) == [("p",), ("q",)]
    assert doubts(graph).rows == (), "what is decided is no doubt any more"
    _reload(world, lines, "+7 843 299-12-34")
    assert _people(graph) == [("p",), ("q",)]
    _undo(world, word)
    world.check()
    assert _people(graph) == [("p", "q")]
    known = get_decision(graph, word)
    assert (known.by, known.ended_by, known.reason) == ("Иванова", "Петрова", "сверила паспорта")
    with pytest.raises(StateError):
        _undo(world, word)


def test_same_joins_whom_no_test_would(graph: Graph) -> None:
    """A surname changed without a paper: one by the person's word; taken back, two nodes again."""
    world = World(graph)
    lines = [_person("p", "Сафина Лейсан Рустемовна"), _person("q", "Орлова Лейсан Рустемовна")]
    world.ingest("a", lines)
    world.check()
    word = _decide(world, "a:p", "q", same=True)
    world.check()
    assert _people(graph) == [("p", "q")]
    by = graph.read("MATCH (:Record {key: 'a:q'})-[x:RESOLVED_TO]->() RETURN x.decided_by AS by, x.test AS test, x.grade AS grade")
    assert by == [{"by": "Иванова", "test": "decision", "grade": "certain"}]
    _reload(world, lines, "+7 843 299-12-34")
    assert _people(graph) == [("p", "q")]
    assert [one.id for one in decisions_of(graph, "a:p")] == [word]
    _undo(world, word)
    world.check()
    assert _people(graph) == [("p",), ("q",)]
    assert graph.read("MATCH ()-[s:SAME_AS]->() WHERE s.test = 'decision' RETURN s.test AS t") == []


def test_the_word_is_about_all_records_of_both(graph: Graph) -> None:
    """When the record that stood for a person is withdrawn, the word holds for the others that were him."""
    world = World(graph)
    pair = [_person("p1", innCode="001234567887"), _person("p2", innCode="001234567887"), _person("q", "Никитин Е. П.")]
    world.ingest("a", pair)
    world.check()
    assert _people(graph) == [("p1", "p2"), ("q",)]
    _decide(world, "a:p1", "a:q", same=False)
    world.ingest("a", [{"id": "p1", "deleted": True}, _person("q", innCode="001234567887")])
    world.check()
    assert _people(graph) == [("p2",), ("q",)]


def test_the_opposite_word_takes_the_place_of_the_earlier(graph: Graph) -> None:
    """Both stay in the history; the same word again is no second one."""
    world = World(graph)
    world.ingest("a", [_person("p", birthDate=BORN), _person("q", birthDate=BORN)])
    world.check()
    first = _decide(world, "a:p", "a:q", same=False)
    assert _decide(world, "a:q", "a:p", same=False) == first
    world.check()
    _decide(world, "a:p", "a:q", same=True, by="Петрова")
    world.check()
    assert _people(graph) == [("p", "q")]
    history = decisions_of(graph, "a:p")
    assert [(one.same, one.ended_by) for one in history] == [(True, None), (False, "Петрова")]


def test_kin_and_findings_follow(graph: Graph) -> None:
    """An official whose wife is the owner only by a namesake: no finding; by a person's word one, taken back none."""
    world = World(graph)
    world.ingest("a", [
        _line("b", "PublicBody", name="Управление", bodyKind="department"), _line("f", "Company", name="ООО «Лотос»"),
        _person("o"), _person("w", "Никитина Анна Львовна"), _person("w2", "Никитина Анна Львовна", birthDate="1990-01-01"),
        _line("m", "Family", person="o", relative="w", relationship="spouse", startDate="2010-05-05"),
        _line("s", "Ownership", owner="w2", asset="f", percentage="100", startDate="2019-01-01"),
        _line("j", "Employment", employee="o", employer="b", service="municipal_servant", startDate="2018-01-01"),
        _line("c", "Contract", authority="b", contractDate="2024-03-01", law="44-fz", title="Бумага", amount="90000"),
        _line("t", "ContractAward", contract="c", supplier="f"),
        _line("r", "Participation", participant="o", event="c", role="signs"),
    ])  # fmt: skip
    world.check()

    def fired() -> list[str]:
        return [one["rule"] for one in world.findings() if one["outcome"] == "fired" and one["event"]["id"] == "c"]

    def wives() -> list[str]:
        return [row["id"] for row in graph.read("MATCH (:Person {id: 'a:o'})-[k:KIN]->(w) WHERE k.grade = 'certain' RETURN w.id AS id")]

    assert not fired()
    assert wives() == ["a:w"]
    (doubt,) = doubts(graph).rows
    assert {doubt.left, doubt.right} == {"a:w", "a:w2"}
    word = _decide(world, doubt.left_node, doubt.right_node, same=True)
    world.check()
    assert fired()
    assert wives() == ["a:w"]
    assert world.canonical("w2") == "a:w", "both records are the wife"
    before = fired()
    world.check(full=True)
    assert fired() == before
    _undo(world, word)
    world.check()
    assert not fired()
    assert wives() == ["a:w"]
    assert world.canonical("w2") == "a:w2"


def test_order_of_words_and_records_does_not_matter(graph: Graph) -> None:
    """A third record between two that a person parts: the same people whichever came first."""
    world = World(graph)
    lines = [_person(one, birthDate=BORN) for one in ("p", "q", "r")]
    world.ingest("a", lines[:2])
    world.check()
    _decide(world, "a:p", "a:q", same=False)
    world.ingest("a", lines[2:])
    world.check()
    after = _people(graph)
    world.check(full=True)
    assert _people(graph) == after == [("p",), ("q",), ("r",)], "the third may be either"
    _decide(world, "a:r", "a:q", same=True)
    world.check()
    assert _people(graph) == [("p",), ("q", "r")]


def test_what_cannot_be_decided(graph: Graph) -> None:
    """Nobody, one record twice, a person and a firm, no reason; a transaction that is given up leaves nothing."""
    world = World(graph)
    world.ingest("a", [_person("p"), _person("q", "Орлов Пётр Львович"), _line("f", "Company", name="ООО «Лотос»")])
    world.check()
    with pytest.raises(NotFound):
        _decide(world, "a:p", "a:nobody", same=True)
    for left, right in (("a:p", "a:p"), ("a:p", "a:f")):
        with pytest.raises(UsageError):
            _decide(world, left, right, same=True)
    with pytest.raises(UsageError):
        decide(graph, world.clock, "a:p", "a:q", same=True, by="x", reason=" ")

    class GivenUp(Exception):
        pass

    def work(tx: Any) -> None:
        decide(Within(graph, tx), world.clock, "a:p", "a:q", same=True, by="x", reason="y")
        raise GivenUp

    with pytest.raises(GivenUp):
        graph.transact(work)
    assert decisions_of(graph, "a:p") == []


def test_firms_too(graph: Graph) -> None:
    """Two firms of one name are one by a person's word."""
    world = World(graph)
    world.ingest("a", [_line("f", "Company", name="ООО «Лотос»"), _line("g", "Company", name="АО «Кедр»")])
    world.check()
    word = _decide(world, "a:f", "a:g", same=True)
    world.check()
    assert len(graph.read("MATCH (o:Organization) RETURN o.id AS id")) == 1
    _undo(world, word)
    world.check()
    assert len(graph.read("MATCH (o:Organization) RETURN o.id AS id")) == 2
