"""The whole product in a browser over the embedded engine: a clerk's day with the story of the wife's brother."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from fastapi import FastAPI

from app.main import create_app
from app.pages import pages
from domain.clock import FixedClock

from tests.access_setup import PASSWORD, add_signed_user, make_wiring
from tests.browser.conftest import Visit, Visits
from tests.engines.graph_fixture import emptied
from tests.engines.world import World
from tests.scenarios.load import FOLDER, read

pytestmark = [pytest.mark.browser, pytest.mark.engines, pytest.mark.slow]

STORY = read(FOLDER / "s1_brother_of_wife.yaml")[0]
RELATIVE = "Орлов Олег Олегович"
MORE = {
    "shop": [
        {"id": "c9", "schema": "Contract", "properties": {"authority": ["hr:school"], "title": ["Окна"], "amount": ["100000"],
         "contractDate": ["2025-06-02"], "law": ["44-fz"], "singleSupplierItem": ["4"]}},
        {"id": "a9", "schema": "ContractAward", "properties": {"contract": ["c9"], "supplier": ["f9"]}},
        {"id": "r9", "schema": "Participation", "properties": {"participant": ["hr:khairullin"], "event": ["c9"], "role": ["signs"]}},
    ],
    "egrul": [
        {"id": "f9", "schema": "Company", "properties": {"name": ["ООО «Окна Тест»"]}},
        {"id": "p9", "schema": "Person", "properties": {"name": [RELATIVE], "birthDate": ["1990-01-02"], "gender": ["male"]}},
        {"id": "o9", "schema": "Ownership", "properties": {"owner": ["p9"], "asset": ["f9"], "percentage": ["100"],
         "startDate": ["2020-01-01"]}},
    ],
}  # fmt: skip
KINDS = {"shop": "procurement", "egrul": "egrul"}


@pytest.fixture
def application(tmp_path: Path) -> FastAPI:
    """The real application over the story; takes the place of the one with the fake desk."""
    wiring = make_wiring(emptied("embedded"), tmp_path)
    assert isinstance(wiring.clock, FixedClock)
    world = World(wiring.graph, wiring.clock)
    for source in STORY.sources:
        world.ingest(source.name, source.lines, source.kind)
    for name, lines in MORE.items():
        world.ingest(name, lines, KINDS[name])
    world.check()
    add_signed_user(wiring.desk, "garipova", ["officer"], ["hr:school"])
    add_signed_user(wiring.desk, "timur", ["officer"], person="zags:z-timur")
    return create_app(wiring, [pages])


def sign_in(visit: Visit, name: str = "garipova") -> None:
    page = visit.go("/findings")
    assert "/signin" in page.url
    page.fill("[name=name]", name)
    page.fill("[name=password]", PASSWORD)
    page.click("main form button.primary, form[action='/signin'] button")
    page.wait_for_url("**/findings")


def state_case(visit: Visit) -> None:
    page = visit.go("/purpose?next=/findings")
    page.fill("[name=text]", "12-к")
    page.click("main form button.primary, form[action^='/purpose'] button.primary")
    page.wait_for_url("**/findings")


def picture(visit: Visit, name: str) -> None:
    """A picture for a person to look at, where PICTURES names a folder for them."""
    folder = os.environ.get("PICTURES")
    if folder:
        Path(folder).mkdir(parents=True, exist_ok=True)
        visit.page.screenshot(path=Path(folder) / f"{name}.png", full_page="explorer" not in name)


def test_a_clerks_day(visits: Visits) -> None:
    visit = visits.open()
    page = visit.page
    sign_in(visit)
    assert "Х… А.Р." in page.inner_text(".pile")
    assert "Хайруллин" not in page.content()
    state_case(visit)
    assert "Хайруллин А. Р. подготовил и подписал договор" in page.inner_text(".pile")
    assert page.inner_text(".tabs [aria-current]").startswith("Мои 1")
    picture(visit, "inbox")

    page.click(".pile .s a")
    assert "где 60 % и пост директора у брата его жены" in page.inner_text("h1")
    assert page.locator(".bar-lane[data-held=held]").count() == 5
    assert "брат жены не входит в перечень 44-ФЗ" in page.inner_text("main")
    card = page.url
    picture(visit, "card")
    page.click("button[value=NOTICE_REQUESTED]")
    page.wait_for_selector("[data-undo]")
    assert "объяснение запрошено" in page.inner_text(".todo")
    page.click("[data-undo] button")
    page.wait_for_selector(".todo button[value=NOTICE_REQUESTED]")
    assert "новый" in page.inner_text(".todo")
    assert "решение отменено" in page.inner_text("main")

    page.click(".acts a[href^='/explorer']")
    page.wait_for_selector("html[data-graph=ready]")
    page.click("[data-view=list]")
    assert {"муж", "сестра", "60 %, директор", "поставщик"} <= set(page.locator(".aslist td:nth-child(2)").all_inner_texts())
    picture(visit, "explorer_list")
    page.click("[data-view=graph]")
    picture(visit, "explorer")
    visit.go(card.removeprefix(visit.address))
    page.click(".chain .hop a >> nth=0")
    assert "relationship" in page.inner_text(".asread")

    page.goto(card)
    page.click(".chain .node a >> nth=0")
    assert page.inner_text("h1") == "Х… А.Р."
    page.click("a[href$='full=true']")
    assert page.inner_text("h1") == "Хайруллин Айдар Ринатович"
    assert "шурин" in page.inner_text("#kin")
    picture(visit, "entity")


def test_a_relative_by_hand_raises_a_finding_and_takes_it_away(visits: Visits) -> None:
    visit = visits.open()
    page = visit.page
    sign_in(visit)
    state_case(visit)
    visit.go("/search?q=окна")
    assert "ООО «Окна Тест»" in page.inner_text("main")
    visit.go("/findings")
    page.click(".pile .s a")
    page.click(".chain .node a >> nth=0")
    page.click("a[href*='kind=kin']")
    page.fill("#word", "зять")
    page.dispatch_event("#word", "change")
    page.fill("#relative_name", RELATIVE)
    page.fill("#relative_birth", "02.01.1990")
    page.fill("#start", "01.08.2019")
    page.fill("#document", "анкета, лист 3")
    page.fill("#document_on", "01.02.2024")
    page.click("main form button.primary")
    assert "двое разных людей" in page.inner_text("main")
    page.check("fieldset:not([hidden]) [name=path][value=CS]")
    picture(visit, "fact")
    page.click("main form button.primary")
    page.wait_for_url("**/facts/done*")
    assert "Появился 1 сигнал" in page.inner_text("main")
    finding = page.get_attribute("main a[href^='/findings/']", "href") or ""
    picture(visit, "fact_done")
    visit.go(finding)
    assert re.search(r"подписал договор с ООО «Окна Тест», где 100 % у мужа его дочери", page.inner_text("h1"))
    assert "анкета, лист 3, внесено вручную" in page.inner_text(".chain")
    page.click(".chain .node a >> nth=0")
    page.click("#kin a[href$='/edit']")
    page.fill("#withdraw_reason", "это другой человек")
    page.click("button.danger")
    page.wait_for_url("**/facts/done*")
    assert "Закрыт 1 сигнал" in page.inner_text("main")
    visit.go(finding)
    assert "закрыт" in page.inner_text(".todo")


def test_his_own_finding_shows_nothing_but_that_it_is_one(visits: Visits) -> None:
    visit = visits.open()
    page = visit.page
    sign_in(visit, "timur")
    state_case(visit)
    visit.go("/findings?tab=unit")
    assert "касается вас" in page.inner_text(".pile")
    page.click(".pile .s a")
    assert "решает другой проверяющий" in page.inner_text("main")
    assert "Хайруллин" not in page.content()
    assert page.locator("button[name=to]").count() == 0
    picture(visit, "not_mine")


@pytest.mark.parametrize(("width", "scheme"), [(390, "dark"), (1360, "dark")])
def test_looks(visits: Visits, width: int, scheme: str) -> None:
    visit = visits.open(width, 900, scheme)
    page = visit.page
    sign_in(visit)
    state_case(visit)
    finding = page.get_attribute(".pile .s a", "href") or ""
    for name, path in (
        ("inbox", "/findings"),
        ("card", finding),
        ("sources", "/sources"),
        ("explorer", f"/explorer?finding={finding[10:]}"),
    ):
        visit.go(path)
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= width, (name, wide)
        picture(visit, f"{name}_{width}_{scheme}")
