"""An event that is only tried gives the findings of one that is stored, and leaves nothing behind; on both engines."""

from __future__ import annotations

import io
import json
from typing import Any

import orjson
import pytest

from app.rehearsal import Rehearsed, rehearse_event, store_event
from domain.errors import GraphBusy
from domain.records import Row, SourceInfo, SourceKind
from graph.client import Graph
from graph.sandbox import rehearse
from ingest.formats import feed

from tests.engines.world import World
from tests.scenarios.load import Case, Source, cases

TRIED = [case for case in cases() if case.variant == "base" or len(case.name) % 4 == 0]
"""Every story, and each fourth of its variants."""


@pytest.mark.parametrize("case", TRIED, ids=lambda case: case.name)
def test_tried_and_stored_agree(graph: Graph, case: Case) -> None:
    world = World(graph)
    *before, last = _events_last(case)
    for source in before:
        world.ingest(source.name, source.lines, source.kind)
    world.check()
    as_it_was = _everything(graph)
    tried = rehearse_event(graph, world.catalog, world.clock, *_lines(last))
    assert _everything(graph) == as_it_was
    stored = store_event(graph, world.catalog, world.clock, *_lines(last))
    assert _bodies(tried) == _bodies(stored)
    assert (tried.stored, stored.stored, tried.events) == (False, True, stored.events)
    everything = {one["id"] for one in world.findings()}
    assert {one.id for one in stored.findings} <= everything
    of_events = {one["id"] for one in world.findings() if one["event"]["id"] in {event.split(":", 1)[1] for event in stored.events}}
    assert of_events <= {one.id for one in stored.findings}
    assert rehearse_event(graph, world.catalog, world.clock, *_lines(last)).findings != () or not of_events, "trying what is stored"


def _events_last(case: Case) -> list[Source]:
    """The sources with the one that holds the events at the end."""
    events = {"Contract", "CallForTenders", "Application", "OffenceCase"}
    return sorted(case.sources, key=lambda source: any(line["schema"] in events for line in source.lines))


def _lines(source: Source) -> tuple[SourceInfo, list[Row]]:
    file = io.BytesIO(b"\n".join(orjson.dumps(line) for line in source.lines))
    return SourceInfo(source.name, SourceKind(source.kind)), list(feed.records(file, source.name))


def _bodies(found: Rehearsed) -> list[dict[str, Any]]:
    return [dict(one.body) for one in found.findings]


def _everything(graph: Graph) -> list[str]:
    """All nodes and relationships as text."""
    nodes = graph.read("MATCH (n) RETURN labels(n) AS labels, properties(n) AS properties")
    edges = graph.read("MATCH (a)-[r]->(b) RETURN type(r) AS type, properties(r) AS properties, properties(a) AS a, properties(b) AS b")
    return sorted(json.dumps(row, sort_keys=True, ensure_ascii=False, default=str) for row in [*nodes, *edges])


def test_a_sandbox_sees_its_writes_and_leaves_none(graph: Graph) -> None:
    graph.write("CREATE (:SandboxThing {id: 'a', n: 1})")

    def work(trial: Graph) -> list[Any]:
        trial.write("CREATE (:SandboxThing {id: 'b', n: 2})")
        trial.transact(lambda tx: tx.run("MATCH (x:SandboxThing {id: 'a'}) SET x.n = 5"))
        assert graph.read("MATCH (x:SandboxThing {id: 'b'}) RETURN x.n AS n") == []
        return [row["n"] for row in trial.stream("MATCH (x:SandboxThing) RETURN x.n AS n ORDER BY n")]

    assert rehearse(graph, work) == [2, 5]
    assert [row["n"] for row in graph.read("MATCH (x:SandboxThing) RETURN x.n AS n")] == [1]


def test_an_error_inside_leaves_none_either(graph: Graph) -> None:
    def work(trial: Graph) -> None:
        trial.write("CREATE (:SandboxThing {id: 'b'})")
        raise LookupError

    with pytest.raises(LookupError):
        rehearse(graph, work)
    assert graph.read("MATCH (x:SandboxThing) RETURN x.id AS id") == []


def test_unchecked_loads_are_not_answered_from(graph: Graph, monkeypatch: pytest.MonkeyPatch) -> None:
    world = World(graph)
    monkeypatch.setattr("app.rehearsal.WAITING", 2)
    world.ingest("a", [{"id": f"p{n}", "schema": "Person", "properties": {"name": [f"Иванов Иван {n}"]}} for n in range(3)])
    with pytest.raises(GraphBusy):
        rehearse_event(graph, world.catalog, world.clock, SourceInfo("b"), [])
    world.check()
    assert rehearse_event(graph, world.catalog, world.clock, SourceInfo("b"), []).findings == ()
