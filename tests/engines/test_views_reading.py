"""Ids, findings, entities and search over the story of the wife's brother, on both engines."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from domain.errors import NotFound, UsageError
from graph.client import Graph
from queries.views.entities import get_entity
from queries.views.findings import Asked, all_findings, get_finding, list_findings, tally, versions
from queries.views.ids import RECORD, SeveralMatch, resolve_id
from queries.views.links import When
from queries.views.search import search

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


def test_any_id_of_a_person_leads_to_him(world: World) -> None:
    node = resolve_id(world.graph, "khairullin")
    assert node.label == "Person"
    for text in ("z-khairullin", "hr:khairullin", "zags:z-khairullin", node.id):
        assert resolve_id(world.graph, text) == node, text
    for text in ("nobody", "hr:nobody", "", "hr:"):
        with pytest.raises(NotFound):
            resolve_id(world.graph, text)
    with pytest.raises(NotFound):
        resolve_id(world.graph, "m1")
    assert resolve_id(world.graph, "m1", [RECORD]).id == "zags:m1"
    with pytest.raises(NotFound):
        resolve_id(world.graph, "khairullin", ["Event"])


def test_one_id_of_two_sources_names_the_choices(world: World) -> None:
    world.ingest("other", [{"id": "idel", "schema": "Person", "properties": {"name": ["Орлов Иван Петрович"]}}])
    world.check()
    with pytest.raises(SeveralMatch) as caught:
        resolve_id(world.graph, "idel")
    assert caught.value.choices == ("egrul:idel", "other:idel")
    assert resolve_id(world.graph, "idel", ["Organization"]).id == "egrul:idel"
    assert resolve_id(world.graph, "other:idel").label == "Person"


def test_findings_by_what_they_are_about(world: World) -> None:
    graph = world.graph
    (one,) = list_findings(graph, Asked()).rows
    assert (one.body["rule"], one.status, one.severity) == ("R-06", "NEW", "HIGH")
    timur, school = resolve_id(graph, "z-timur").id, resolve_id(graph, "school").id
    same = (
        Asked(rule="R-06"), Asked(severity="HIGH"), Asked(status="NEW"), Asked(person=timur), Asked(unit=school), Asked(units=[school]),
        Asked(event=resolve_id(graph, "c1").id), Asked(as_of=date(2025, 5, 12)), Asked(known_on=date(2026, 1, 15)),
        Asked(known_on=date(2026, 1, 15), status="NEW", severity="HIGH", rule="R-06", person=timur),
    )  # fmt: skip
    for asked in same:
        assert [row.id for row in all_findings(graph, asked)] == [one.id], asked
    other = (
        Asked(rule="R-05"), Asked(status="CLOSED"), Asked(severity="LOW"), Asked(person="x"), Asked(units=[]), Asked(units=["x"]),
        Asked(as_of=date(2025, 5, 11)), Asked(known_on=date(2026, 1, 14)), Asked(assignee="a1"),
        Asked(known_on=date(2026, 1, 15), status="CLOSED"),
    )  # fmt: skip
    for asked in other:
        assert list(all_findings(graph, asked)) == [], asked
    with pytest.raises(NotFound):
        get_finding(graph, one.id, Asked(units=["x"]))
    assert [(row.rule, row.n) for row in tally(graph)] == [("R-06", 1)]


def test_a_finding_as_it_was_known(world: World) -> None:
    (one,) = list_findings(world.graph, Asked()).rows
    world.clock.instant += timedelta(days=10)
    world.ingest("zags", [{"id": "m1", "deleted": True}], "civil_registry")
    world.check()
    now = get_finding(world.graph, one.id)
    assert (now.status, now.first_seen_at) == ("CLOSED", one.recorded_at)
    assert list(all_findings(world.graph, Asked(as_of=date(2025, 5, 12)))) == []
    then = get_finding(world.graph, one.id, Asked(known_on=date(2026, 1, 20)))
    assert then.body == one.body
    assert then.superseded_at
    assert [row.status for row in all_findings(world.graph, Asked(known_on=date(2026, 1, 20), as_of=date(2025, 5, 12)))] == ["NEW"]
    assert [row.status for row in all_findings(world.graph, Asked(known_on=date(2026, 1, 26)))] == ["CLOSED"]
    with pytest.raises(NotFound):
        get_finding(world.graph, one.id, Asked(known_on=date(2026, 1, 1)))
    assert [body["status"] for _, _, body in versions(world.graph, one.id)] == ["NEW"]


def test_pages_stay_in_step_while_findings_come_and_go(graph: Graph) -> None:
    world = World(graph)
    for n in range(25):
        graph.write("CREATE (x:Finding) SET x = $row", row=_row(n))
    seen: list[str] = []
    cursor: str | None = None
    while True:
        page = list_findings(graph, Asked(), 4, cursor)
        seen += [row.id for row in page.rows]
        cursor = page.next_cursor
        if cursor is None:
            break
        graph.write("CREATE (x:Finding) SET x = $row", row=_row(100 + len(seen)))
        if len(seen) == 8:
            graph.write("MATCH (x:Finding {id: $id}) DELETE x", id=seen[-1])
    first = [f"f{n:03d}" for n in range(25)]
    assert [one for one in seen if one < "f100"] == sorted(first, key=lambda one: (-_day(int(one[1:])), one))
    assert len(seen) == len(set(seen))
    for bad in ("x", "WzFd", "%%%"):
        with pytest.raises(UsageError):
            list_findings(world.graph, Asked(), 4, bad)


def _day(n: int) -> int:
    return 20250101 + n % 7


def _row(n: int) -> dict[str, object]:
    payload = '{"status": "NEW", "severity": "LOW", "rule": "R-06"}'
    return {"id": f"f{n:03d}", "event_day": _day(n), "payload": payload, "rule": "R-06", "status": "NEW", "severity": "LOW",
            "recorded_at": "2026-01-01T00:00:00+00:00", "closed": False}  # fmt: skip


def test_an_entity_with_its_sections(world: World) -> None:
    card = get_entity(world.graph, resolve_id(world.graph, "khairullin"))
    sections = {(one.section, one.type): [fact.other.id for fact in one.facts] for one in card.sections}
    assert sections["posts", "EMPLOYED_BY"] == ["school"]
    assert sections["roles", "PARTICIPATES"] == ["c1", "c1"]
    assert ("family", "SPOUSE_OF") in sections
    assert len(sections["kin", "KIN"]) >= 2
    assert {record.key for record in card.records} == {"hr:khairullin", "zags:z-khairullin"}
    assert [(one.left, one.right) for one in card.matches] == [("hr:khairullin", "zags:z-khairullin")]
    assert resolve_id(world.graph, "z-guzel").id in card.people()
    marriage = next(fact.link for one in card.sections if one.type == "SPOUSE_OF" for fact in one.facts)
    assert (marriage.since, marriage.until, marriage.source, marriage.record, marriage.trust) == ("2004-08-07", None, "zags", "zags:m1", 90)
    before = get_entity(world.graph, resolve_id(world.graph, "khairullin"), When(as_of=date(2004, 8, 6)))
    assert "SPOUSE_OF" not in {one.type for one in before.sections}
    firm = get_entity(world.graph, resolve_id(world.graph, "idel"), each=1)
    owners = next(one for one in firm.sections if one.type == "OWNS")
    assert (len(owners.facts), owners.total, owners.more) == (1, 2, True)


def test_an_entity_as_it_was_recorded(world: World) -> None:
    world.clock.instant += timedelta(days=10)
    world.ingest("zags", [{"id": "m1", "deleted": True}], "civil_registry")
    world.check()
    khairullin = resolve_id(world.graph, "khairullin")
    assert "SPOUSE_OF" not in {fact.link.type for one in get_entity(world.graph, khairullin).sections for fact in one.facts}
    then = get_entity(world.graph, khairullin, When(known_on=date(2026, 1, 20)))
    (link,) = [fact.link for one in then.sections for fact in one.facts if fact.link.type == "SPOUSE_OF"]
    assert link.superseded_at
    early = get_entity(world.graph, khairullin, When(known_on=date(2026, 1, 14)))
    assert early.sections == ()


FOUND = """
Хайруллин | | name | khairullin
хайруллин айдар | | name | khairullin
Айдар Ринатович | | name | khairullin
айдар хайруллин ринатович | people | name | khairullin
Хайрул | | name | khairullin
ХАЙРУЛИН | | name | khairullin
Сафина Гузель | | former | z-guzel
идел | | name | idel
Идел-Строй | organizations | name | idel
строй тест | | name | idel
школа 999 | | name | school
999 | | name | school
0012345673 | | inn | idel
001000000115 | | inn | d-timur
текущий ремонт | events | name | c1
c1 | | id | c1
shop:c1 | | id | c1
"""


@pytest.mark.parametrize(
    ("text", "kind", "matched", "first"), [[one.strip() for one in line.split("|")] for line in FOUND.strip().splitlines()]
)
def test_search(world: World, text: str, kind: str, matched: str, first: str) -> None:
    found = search(world.graph, text, kind=kind or None)
    assert found.hits, text
    assert first in found.hits[0].node.ids
    assert found.hits[0].matched == matched
    assert not found.truncated
    assert sum(found.counts.values()) >= len(found.hits)


def test_search_finds_nothing_and_says_so(world: World) -> None:
    for text in ("", " ", "щщщ", "Хайруллин Пётр", "00123456", "1" * 300, "'\"\\%_*$qx", "а"):
        assert search(world.graph, text).hits == (), text


def test_search_pages_and_scope(world: World) -> None:
    everybody = search(world.graph, "Сафин", limit=1)
    assert everybody.next_cursor
    following = search(world.graph, "Сафин", limit=5, cursor=everybody.next_cursor)
    ids = [hit.node.node for page in (everybody, following) for hit in page.hits]
    assert len(ids) == len(set(ids)) == everybody.counts["people"] == 3
    school = resolve_id(world.graph, "school").id
    on_chain = search(world.graph, "Сафин", units=[school])
    assert {hit.node.name.split()[1].lower() for hit in on_chain.hits} >= {"тимур"}
    assert search(world.graph, "Сафин", units=["elsewhere"]).hits == ()
    assert search(world.graph, "Идел", units=["elsewhere"]).hits[0].findings == 0
    assert search(world.graph, "Идел").hits[0].findings == 1
