"""The real desk over the story of the wife's brother: inbox, card, entity, search, graph, records; masks, units, the audit log."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

import pytest

from app.access.audit import AuditLog
from app.access.desk import Desk
from app.access.purpose import Purpose
from app.access.roles import book
from app.access.viewer import Viewer
from app.desk import GraphDesk
from app.settings import Settings
from app.web.ports import Caller, InboxQuery, Tab, When
from app.web.ports import Desk as Port
from app.wiring import Wiring
from domain.errors import NoPurpose, NoRight, NotFound
from graph.client import Graph
from visualizations.chain import Family

from tests.access_setup import FAST
from tests.engines.world import World
from tests.scenarios.load import FOLDER, read

STORY = read(FOLDER / "s1_brother_of_wife.yaml")[0]


def viewer(role: str = "officer", units: Iterable[str] | None = None, person: str | None = None, name: str = "garipova") -> Viewer:
    """Somebody signed in; no units: the whole city."""
    rights = book().rights_of([role])
    return Viewer(name, name, (role,), rights, all_units=units is None, units=tuple(units or ()), unit_name="Школа", person=person)


def caller(who: Viewer | None = None, purpose: str | None = "12-к", language: str = "ru", *, full: bool = False) -> Caller:
    """Who asks."""
    stated = Purpose("case", purpose) if purpose else None
    return Caller(replace(who or viewer(), purpose=stated), str(stated) if stated else None, language, full)


def make_desk(world: World, tmp_path: object) -> Port:
    """The real desk over a world."""
    log = AuditLog(world.graph, world.clock)
    access = Desk(world.graph, world.clock, log, FAST)
    return GraphDesk(Wiring(Settings(), world.graph, world.clock, access, catalog=world.catalog))


@pytest.fixture
def world(graph: Graph) -> World:
    world = World(graph)
    for source in STORY.sources:
        world.ingest(source.name, source.lines, source.kind)
    world.check()
    return world


@pytest.fixture
def desk(world: World, tmp_path: object) -> Port:
    return make_desk(world, tmp_path)


def audit(world: World) -> list[tuple[str, str, str, str]]:
    rows = world.graph.read("MATCH (a:AuditLine) RETURN properties(a) AS line ORDER BY a.n")
    return [tuple(row["line"][name] for name in ("action", "object", "purpose", "result")) for row in rows]


def test_inbox(desk: Port, world: World) -> None:
    found = desk.inbox(caller(), InboxQuery())
    (row,) = found.rows
    assert (row.lead, row.severity, row.rule, row.status, row.number) == ("Хайруллин А. Р.", "HIGH", "R-06", "NEW", "2026-0001")
    assert row.text == " подготовил и подписал договор с ООО «Идел-Строй Тест», где 60 % и пост директора у брата его жены"
    assert row.due_on == date(2026, 1, 20)
    assert row.families == (Family.OFFICIAL, Family.PERSON, Family.PERSON, Family.FIRM, Family.EVENT)
    assert dict(found.counts) == {Tab.MINE: 1, Tab.UNIT: 1, Tab.CLARIFY: 0, Tab.SETTLED: 0}
    assert (found.rules, found.severities, found.sources) == ((("R-06", 1),), (("HIGH", 1),), 5)
    assert found.checked_at == world.clock.now()
    assert desk.waiting(caller()) == 1
    assert desk.inbox(caller(), InboxQuery(rule="R-05")).rows == ()
    school = world.canonical("school")
    for units, seen in (([school], 1), (["egrul:idel"], 0), ([], 0)):
        assert desk.waiting(caller(viewer(units=units))) == seen, units
        assert len(desk.inbox(caller(viewer(units=units)), InboxQuery()).rows) == seen


def test_inbox_is_masked_without_a_purpose_and_for_roles_without_content(desk: Port) -> None:
    for who in (caller(purpose=None), caller(viewer("k1_secretariat"))):
        found = desk.inbox(who, InboxQuery(tab=Tab.UNIT))
        assert found.masked
        assert found.rows[0].lead == "Х… А.Р."
        assert "Хайруллин" not in found.rows[0].text
    with pytest.raises(NoRight):
        desk.inbox(caller(viewer("administrator")), InboxQuery())


def test_card(desk: Port, world: World) -> None:
    (row,) = desk.inbox(caller(), InboxQuery()).rows
    card = desk.finding(caller(), row.id)
    assert card.sentence == (
        "Возможный конфликт интересов: Хайруллин А. Р. подготовил и подписал договор с ООО «Идел-Строй Тест», "
        "где 60 % и пост директора у брата его жены."
    )
    words = [[(fact.words, fact.note, [link.label for link in fact.sources]) for fact in hop.facts] for hop in card.chain.hops]
    assert words == [
        [("муж", "", ["ЗАГС, запись m1"])],
        [("сестра", "общий отец", ["ЗАГС, запись k1", "ЗАГС, запись k2"])],
        [("60 %", "", ["ЕГРЮЛ, запись o1"]), ("директор", "", ["ЕГРЮЛ, запись x1"])],
        [("поставщик", "п. 4 ч. 1 ст. 93", ["закупки, запись a1"])],
    ]
    assert [(node.name, node.note) for node in card.chain.nodes] == [
        ("Хайруллин Айдар Ринатович", "контрактный управляющий, МБОУ «Школа № 999», с 2018"),
        ("Хайруллина Гузель Маратовна", ""),
        ("Сафин Тимур Маратович", "шурин: брат жены"),
        ("ООО «Идел-Строй Тест»", "ИНН 0012345673"),
        ("Договор: текущий ремонт кабинетов, 598\u202f000\u202f₽", "подготовил и подписал 12.05.2025"),
    ]
    assert card.chain.held() is True
    assert [(test.test, test.outcome) for test in card.tests] == [
        (name, "passed") for name in ("scope", "role", "identity", "kin", "date", "tie", "share", "exclusion")
    ]
    said = {test.test: test.text_ru for test in card.excluded}
    assert said["other_rule"] == "44-ФЗ ст. 31 ч. 1 п. 9 (R-05): брат жены не входит в перечень 44-ФЗ"
    assert said["took_no_part"] == "подготовил и подписал, 12.05.2025"
    assert card.notice == "Уведомления о личной заинтересованности не было."
    assert [match.decisive for match in card.identities] == ["S2", "S2"]
    assert {move.to for move in card.moves} >= {"IN_CHECK", "FALSE_POSITIVE", "NOTICE_REQUESTED"}
    english = desk.finding(caller(language="en"), row.id)
    assert english.sentence.startswith("Possible conflict of interest: Хайруллин А. Р. prepared and signed a contract with ООО «Идел")
    assert english.chain.hops[0].facts[0].words == "husband"
    lines = audit(world)
    people = {world.canonical(one) for one in ("khairullin", "z-guzel", "z-timur")}
    assert {item for action, item, purpose, result in lines if (action, purpose, result) == ("person.read", "case 12-к", "shown")} >= people


def test_card_of_another_unit_is_not_there(desk: Port) -> None:
    (row,) = desk.inbox(caller(), InboxQuery()).rows
    for units in (["egrul:idel"], []):
        with pytest.raises(NotFound):
            desk.finding(caller(viewer(units=units)), row.id)


def test_entity_is_masked_until_the_second_click(desk: Port, world: World) -> None:
    page = desk.entity(caller(), "khairullin")
    assert (page.node.name, page.masked, page.maskable, page.editable) == ("Х… А.Р.", True, True, True)
    assert all("Хайруллин" not in str(one) for one in (page.details, page.sections))
    with pytest.raises(NoPurpose):
        desk.entity(caller(purpose=None, full=True), "khairullin")
    page = desk.entity(caller(full=True), "khairullin")
    assert page.node.name == "Хайруллин Айдар Ринатович"
    assert (page.node.family, [section.kind for section in page.sections]) == (Family.OFFICIAL, ["posts", "kin", "events"])
    kin = {row.words: row for section in page.sections if section.kind == "kin" for row in section.rows}
    assert set(kin) >= {"жена", "шурин"}
    assert kin["жена"].start == "2004-08-07"
    assert kin["шурин"].derived
    assert ("person.read", world.canonical("khairullin"), "case 12-к", "shown:full") in audit(world)
    assert [row.rule for row in page.findings] == ["R-06"]
    with pytest.raises(NoRight):
        desk.entity(caller(viewer("k1_secretariat"), full=True), "khairullin")
    with pytest.raises(NotFound):
        desk.entity(caller(viewer(units=["egrul:idel"])), "khairullin")
    firm = desk.entity(caller(purpose=None), "idel")
    assert (firm.node.name, firm.maskable) == ("ООО «Идел-Строй Тест»", False)
    assert [section.kind for section in firm.sections] == ["owners", "directors", "events"]
    assert all("Сафин" not in str(section) for section in firm.sections)
    event = desk.entity(caller(), "c1")
    assert {detail.code: detail.text for detail in event.details}["item"] == "4"


def test_search_is_masked(desk: Port) -> None:
    found = desk.search(caller(), "сафина", None, None)
    assert [(hit.node.name, hit.matched) for hit in found.hits] == [("Х… Г.М.", "прежняя фамилия"), ("С… М.И.", ""), ("С… Т.М.", "")]
    assert desk.search(caller(), "идел", "organizations", None).hits[0].node.id == "egrul:idel"
    assert desk.search(caller(viewer(units=["x"])), "хайруллин", "people", None).hits == ()


def test_graph(desk: Port, world: World) -> None:
    one, firm = world.canonical("khairullin"), world.canonical("idel")
    counts = {count.kind: count.count for count in desk.links(caller(), one, When()).counts}
    assert counts == {"posts": 1, "kin": 1, "kin_firms": 1, "events": 2}
    scene = desk.neighbours(caller(), one, (), When(), None)
    assert scene.focus == one
    assert {edge.words for edge in scene.edges} >= {"муж", "Контрактный управляющий", "подготовил", "подписал", "шурин"}
    assert {node.name for node in scene.nodes} >= {"Хайруллин А. Р.", "Хайруллина Г. М.", "Идел-Строй Тест"}
    (path, *_) = desk.paths(caller(), one, firm, When(as_of=date(2025, 5, 12)))
    assert len(path.subgraph.path) == len(path.words.split(", "))
    assert desk.paths(caller(), one, world.canonical("e-other"), When(as_of=date(2000, 1, 1))) == ()
    (row,) = desk.inbox(caller(), InboxQuery()).rows
    drawn = desk.finding_scene(caller(), row.id, When())
    assert [edge.words for edge in drawn.edges] == ["муж", "сестра", "60 %, директор", "поставщик", "подготовил и подписал"]
    assert len(drawn.path) == 4


def test_records_and_sources(desk: Port) -> None:
    found = desk.record(caller(), "zags:m1")
    assert dict(found.properties)["startDate"] == ("2004-08-07",)
    masked = desk.record(caller(purpose=None), "hr:khairullin")
    assert (dict(masked.properties)["name"], masked.masked) == (("Х… А.Р.",), True)
    with pytest.raises(NotFound):
        desk.record(caller(viewer(units=["egrul:idel"])), "hr:khairullin")
    assert {row.name for row in desk.sources(caller())} == {"hr", "zags", "declarations", "egrul", "shop"}
