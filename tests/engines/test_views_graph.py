"""Neighbours, paths and records: bounded, dated, deterministic; on both engines."""

from __future__ import annotations

import random
from datetime import date, timedelta
from math import exp, log, log2
from typing import Any

import pytest

from domain.errors import NotFound, UsageError
from graph.client import Graph
from graph.migrate import migrate
from graph_models.schema import statements
from queries.views import entities, neighbours, paths
from queries.views.ids import Resolved, resolve_id
from queries.views.links import When, strength_of
from queries.views.neighbours import expand, link_counts
from queries.views.paths import find_paths
from queries.views.records import get_record, list_sources

from tests.engines.world import World
from tests.scenarios.load import FOLDER, read

STORY = read(FOLDER / "s1_brother_of_wife.yaml")[0]


@pytest.fixture
def world(graph: Graph) -> World:
    world = World(graph)
    for source in STORY.sources:
        world.ingest(source.name, source.lines, source.kind)
    world.check()
    return world


def test_counts_come_first(world: World) -> None:
    counts = {(one.type, one.direction): one.text for one in link_counts(world.graph, resolve_id(world.graph, "khairullin"))}
    assert (counts["PARTICIPATES", "out"], counts["EMPLOYED_BY", "out"], counts["SPOUSE_OF", "out"]) == ("2", "1", "1")
    early = link_counts(world.graph, resolve_id(world.graph, "khairullin"), When(as_of=date(2004, 8, 6)))
    assert "SPOUSE_OF" not in {one.type for one in early}


@pytest.mark.parametrize("crowd", [1000, 10])
def test_pages_show_every_link_once(graph: Graph, crowd: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Sorted where there are few, in the engine's order on a hub; links that are added between two pages repeat none."""
    migrate(graph, statements())
    monkeypatch.setattr(neighbours, "COUNTED", crowd)
    graph.write("CREATE (:Organization {id: 's:hub', ids: ['hub'], name: 'Хаб'})")
    _staff(graph, range(57))
    hub = Resolved("s:hub", "Organization")
    seen: list[str] = []
    cursor = None
    while True:
        page = expand(graph, hub, "EMPLOYED_BY", "in", None, 10, cursor)
        seen += [fact.other.id for fact in page.rows]
        cursor = page.next_cursor
        if cursor is None:
            break
        if len(seen) == 20:
            _staff(graph, range(100, 107))
    assert len(seen) == len(set(seen))
    assert {f"p{n}" for n in range(57)} <= set(seen)
    assert len(expand(graph, hub, "EMPLOYED_BY", "in", When(as_of=date(2000, 1, 1))).rows) == 0
    for bad in (("NO_SUCH", "in"), ("EMPLOYED_BY", "out"), ("EMPLOYED_BY", "sideways")):
        with pytest.raises(UsageError):
            expand(graph, hub, *bad)


def _staff(graph: Graph, numbers: range) -> None:
    rows = [{"id": f"s:p{n}", "ids": [f"p{n}"], "name": f"Служащий {n}", "edge": f"s:j{n:03d}", "day": 20100101 + n % 5} for n in numbers]
    graph.write(
        """UNWIND $rows AS row MATCH (o:Organization {id: 's:hub'})
        CREATE (p:Person {id: row.id, ids: row.ids, name: row.name})-[:EMPLOYED_BY {id: row.edge, start_lo: row.day, start_hi: row.day,
        end_lo: 99999999, end_hi: 99999999, recorded_at: '2026-01-01T00:00:00+00:00'}]->(o)""",
        rows=rows,
    )


def test_counting_stops(graph: Graph, monkeypatch: pytest.MonkeyPatch) -> None:
    migrate(graph, statements())
    graph.write("CREATE (:Organization {id: 's:hub', ids: ['hub'], name: 'Хаб'})")
    graph.write(
        "MATCH (o:Organization {id: 's:hub'}) UNWIND range(1, 1005) AS n CREATE (:Person {id: 's:' + toString(n)})-[:EMPLOYED_BY]->(o)"
    )
    hub = Resolved("s:hub", "Organization")
    assert [one.text for one in link_counts(graph, hub)] == [f"{entities.COUNTED}+"]
    first = expand(graph, hub, "EMPLOYED_BY", "in", None, 500)
    assert (len(first.rows), first.next_cursor is not None) == (500, True)


def test_path_from_the_official_to_the_firm(world: World) -> None:
    graph = world.graph
    found = find_paths(graph, resolve_id(graph, "khairullin"), resolve_id(graph, "idel"), hops=6)
    assert found.complete
    best = found.paths[0]
    assert [_name(found, one) for one in best.nodes] == ["khairullin", "c1", "idel"]
    family = find_paths(
        graph, resolve_id(graph, "khairullin"), resolve_id(graph, "idel"), hops=6, types=["SPOUSE_OF", "PARENT_OF", "OWNS", "DIRECTS"]
    )
    assert len(family.paths[0].nodes) == 5
    assert family.paths[0].sure
    assert {link.type for link in family.links} <= {"SPOUSE_OF", "PARENT_OF", "OWNS", "DIRECTS"}
    assert {link.source for link in family.links} >= {"zags", "egrul"}
    early = When(as_of=date(2004, 8, 6))
    ends = (resolve_id(graph, "khairullin"), resolve_id(graph, "z-timur"))
    assert find_paths(graph, *ends, hops=6, when=early, types=["SPOUSE_OF", "PARENT_OF"]).paths == ()
    assert find_paths(graph, *ends, hops=2, types=["SPOUSE_OF", "PARENT_OF"]).paths == ()
    assert len(find_paths(graph, *ends, hops=1, types=["KIN"]).paths) == 1
    assert find_paths(graph, *ends, hops=1, types=["KIN"], when=When(known_on=date(2026, 1, 15))).paths == ()


def test_a_path_as_it_was_known(world: World) -> None:
    world.clock.instant += timedelta(days=10)
    world.ingest("zags", [{"id": "m1", "deleted": True}], "civil_registry")
    world.check()
    ends = (resolve_id(world.graph, "khairullin"), resolve_id(world.graph, "z-guzel"))
    types = ["SPOUSE_OF"]
    assert find_paths(world.graph, *ends, types=types).paths == ()
    then = find_paths(world.graph, *ends, types=types, when=When(known_on=date(2026, 1, 20)))
    assert [link.type for link in then.links] == ["SPOUSE_OF"]
    assert find_paths(world.graph, *ends, types=types, when=When(known_on=date(2026, 1, 1))).paths == ()


def test_what_cannot_be_asked(world: World) -> None:
    one, other = resolve_id(world.graph, "khairullin"), resolve_id(world.graph, "idel")
    for bad in ({"hops": 0}, {"hops": 7}, {"types": ["HAS_KEY"]}, {"types": ["OWNS]-() MATCH (n"]}):
        with pytest.raises(UsageError):
            find_paths(world.graph, one, other, **bad)
    with pytest.raises(UsageError):
        find_paths(world.graph, one, one)


@pytest.mark.parametrize("seed", range(4))
def test_paths_are_the_cheapest_of_all(graph: Graph, seed: int) -> None:
    """Against every simple path of a small random graph."""
    migrate(graph, statements())
    draw = random.Random(seed)
    pairs = sorted({tuple(sorted(draw.sample(range(12), 2))) for _ in range(20)})
    graph.write("UNWIND range(0, 11) AS n CREATE (:Person {id: 's:p' + toString(n), ids: ['p' + toString(n)], name: 'Л'})")
    types = ("SPOUSE_OF", "ASSOCIATED_WITH", "REPRESENTS")
    kinds = {pair: draw.choice(types) for pair in pairs}
    for (a, b), kind in kinds.items():
        graph.write(
            f"MATCH (a:Person {{id: $a}}), (b:Person {{id: $b}}) CREATE (a)-[:{kind} {{id: $id}}]->(b)",
            a=f"s:p{a}",
            b=f"s:p{b}",
            id=f"{a}-{b}",
        )
    hops = draw.randint(2, 6)
    found = find_paths(graph, Resolved("s:p0", "Person"), Resolved("s:p11", "Person"), hops=hops, best=3)
    expected = sorted(_all_paths(kinds, hops), key=lambda pair: pair[0])[:3]
    strengths = [one.strength for one in found.paths]
    assert strengths == pytest.approx([exp(-cost) for cost, _ in expected], abs=1e-3)
    again = find_paths(graph, Resolved("s:p0", "Person"), Resolved("s:p11", "Person"), hops=hops, best=3)
    assert again == found


def _all_paths(kinds: dict[Any, str], hops: int) -> list[tuple[float, tuple[int, ...]]]:
    near: dict[int, dict[int, str]] = {n: {} for n in range(12)}
    for (a, b), kind in kinds.items():
        near[a][b] = near[b][a] = kind
    found: list[tuple[float, tuple[int, ...]]] = []

    def walk(path: tuple[int, ...], cost: float) -> None:
        if path[-1] == 11:
            found.append((cost, path))
            return
        if len(path) > hops:
            return
        toll = 0.0 if path[-1] == 0 else log(max(1.0, log2(1 + len(near[path[-1]]))))
        for other, kind in near[path[-1]].items():
            if other not in path:
                walk((*path, other), cost + toll - log(strength_of(kind)))

    walk((0,), 0.0)
    return found


def test_a_hub_is_not_walked_through(graph: Graph, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two people of one huge body are not tied by it; the body itself may be an end."""
    migrate(graph, statements())
    monkeypatch.setattr(paths, "HUB", 20)
    graph.write("CREATE (:Organization {id: 's:hub', ids: ['hub'], name: 'Хаб'})")
    _staff(graph, range(30))
    ends = Resolved("s:p1", "Person"), Resolved("s:p2", "Person")
    found = find_paths(graph, *ends, hops=4)
    assert (found.paths, found.passed_by) == ((), ("s:hub",))
    assert find_paths(graph, *ends, hops=2).paths == ()
    assert len(find_paths(graph, ends[0], Resolved("s:hub", "Organization"), hops=4).paths) == 1
    assert len(find_paths(graph, Resolved("s:hub", "Organization"), ends[0], hops=1).paths) == 1


def test_a_record_with_what_it_was(world: World) -> None:
    world.clock.instant += timedelta(days=1)
    line = {"id": "m1", "schema": "Family", "properties": {"person": ["z-khairullin"], "relative": ["z-guzel"], "relationship": ["spouse"]}}
    world.ingest("zags", [line], "civil_registry")
    world.check()
    record = get_record(world.graph, "m1")
    assert (record.key, record.kind, record.trust, record.schema, record.resolved) == ("zags:m1", "civil_registry", 90, "Family", None)
    assert "startDate" not in record.properties
    assert [one.properties["startDate"] for one in record.versions] == [("2004-08-07",)]
    assert {prop for prop, _ in record.names} == {"person", "relative"}
    assert len(record.people()) == 2
    person = get_record(world.graph, "hr:khairullin")
    assert person.resolved is not None
    assert person.resolved.ids == ("khairullin", "z-khairullin")
    with pytest.raises(NotFound):
        get_record(world.graph, "nothing")
    first = list_sources(world.graph)[0]
    assert (first.name, first.kind, first.records) == ("declarations", "declaration", 1)


def _name(found: paths.Found, node: str) -> str:
    return next(one.id for one in found.nodes if one.node == node)
