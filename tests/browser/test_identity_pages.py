"""Who is who and lists in a browser over the embedded engine: a doubt compared, decided and taken back; a table screened and taken away."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from fastapi import FastAPI
from playwright.sync_api import FilePayload
from python_calamine import CalamineWorkbook

from app.main import create_app
from app.pages import pages

from tests.access_setup import add_signed_user, make_wiring
from tests.browser.conftest import Visits
from tests.browser.test_real_pages import picture, sign_in, state_case
from tests.engines.graph_fixture import emptied
from tests.engines.world import World

pytestmark = [pytest.mark.browser, pytest.mark.engines, pytest.mark.slow]

SOURCES = {
    "hr": [
        {"id": "school", "schema": "PublicBody", "properties": {"name": ["МБОУ «Школа № 999»"], "innCode": ["0010000017"]}},
        {"id": "a", "schema": "Person", "properties": {"name": ["Гыймадиев Айрат Шамилевич"], "phone": ["+7 843 000-00-01"]}},
        {"id": "j", "schema": "Employment", "properties": {"employer": ["school"], "employee": ["a"], "role": ["завхоз"]}},
        {"id": "d", "schema": "IncomeDeclaration", "properties": {"person": ["a"], "year": ["2024"], "realEstate": ["54.3"],
         "region": ["Татарстан"]}},
    ],
    "egrul": [
        {"id": "b", "schema": "Person", "properties": {"name": ["ГЫЙМАДИЕВ АЙРАТ ШАМИЛЕВИЧ"]}},
        {"id": "f", "schema": "Company", "properties": {"name": ["ООО «Идел-Строй Тест»"], "innCode": ["0012345673"]}},
        {"id": "o", "schema": "Ownership", "properties": {"owner": ["b"], "asset": ["f"], "percentage": ["100"]}},
    ],
}  # fmt: skip
LIST = "ФИО;Дата рождения;Организация\nГыймадиев Айрат Шамилевич;;Школа 999\n;;\n;;ООО Идел-Строй Тест\n"


@pytest.fixture
def application(tmp_path: Path) -> FastAPI:
    """The real application; takes the place of the one with the fake desk."""
    wiring = make_wiring(emptied("embedded"), tmp_path)
    world = World(wiring.graph)
    for name, lines in SOURCES.items():
        world.ingest(name, lines, name)
    world.check()
    add_signed_user(wiring.desk, "garipova", ["officer"])
    return create_app(wiring, [pages])


def test_a_doubt_is_compared_decided_and_taken_back(visits: Visits) -> None:
    visit = visits.open()
    page = visit.page
    sign_in(visit)
    visit.go("/identities")
    assert "Г… А.Ш." in page.inner_text(".pile")
    assert "Гыймадиев" not in page.content()
    state_case(visit)
    visit.go("/identities")
    picture(visit, "identities")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.wait_for_url("**/compare?left=*")
    assert "Возможно, один и тот же человек" in page.inner_text("h1")
    assert page.locator(".evidence svg.fall rect").count() >= 3
    assert "МБОУ «Школа № 999»" in page.inner_text(".evidence")
    picture(visit, "compare")
    page.keyboard.press("KeyH")  # Р: nothing happens without a reason, and the field is asked for
    assert page.evaluate("document.activeElement.id") == "reason"
    page.keyboard.type("разные СНИЛС в анкетах")
    page.click("button[name=same][value=no]")
    page.wait_for_selector(".judged")
    assert "Решено: разные люди" in page.inner_text(".todo")
    visit.go("/identities")
    page.click(".judged form button")
    page.wait_for_load_state()
    assert "отменил(а) garipova" in page.inner_text(".judged")


def test_what_is_typed_is_compared_with_the_graph(visits: Visits) -> None:
    visit = visits.open(390, 844)
    page = visit.page
    sign_in(visit)
    state_case(visit)
    visit.go("/compare")
    page.fill("#left_find", "Идел")
    page.fill("#right_name", "Гыймадиев А. Ш.")
    page.click("main form button.primary")
    assert "не нашлось" in page.inner_text("main")
    page.fill("#left_find", "Гыймадиев Айрат")
    page.click("main form button.primary")
    page.locator("input[name=left]").first.check()
    page.click("main form button.primary")
    page.wait_for_selector(".evidence")
    page.wait_for_load_state()
    assert page.locator(".evidence svg.fall rect").count() >= 2
    assert "введено на этой странице" in page.inner_text("main")
    picture(visit, "compare_phone")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_a_list_is_read_shown_and_taken_away(visits: Visits) -> None:
    visit = visits.open()
    page = visit.page
    sign_in(visit)
    state_case(visit)
    visit.go("/lists")
    page.set_input_files("#file", files=[FilePayload(name="список.csv", mimeType="text/csv", buffer=b"a;b\n1;2\n")])
    page.wait_for_selector("#read [role=alert]")
    page.set_input_files("#file", files=[FilePayload(name="список.csv", mimeType="text/csv", buffer=LIST.encode("cp1251"))])
    page.wait_for_selector(".columns-table")
    assert page.input_value("[name=column-0]") == "name"
    page.select_option("[name=column-1]", "")
    picture(visit, "lists")
    page.click("button[value=show]")
    page.wait_for_selector(".answer-table")
    assert page.input_value("[name=column-1]") == ""
    told = page.inner_text(".answer-table")
    assert "Гыймадиев Айрат Шамилевич" in told
    assert "Идел-Строй Тест" in told
    picture(visit, "lists_answer")
    with page.expect_download() as taken:
        page.click("button[value=take]")
    assert taken.value.suggested_filename == "список-sverka.xlsx"
    rows = CalamineWorkbook.from_filelike(io.BytesIO(Path(taken.value.path()).read_bytes())).get_sheet_by_index(0).to_python()
    assert [row[3] for row in rows[1:]] == ["Гыймадиев Айрат Шамилевич", "ООО «Идел-Строй Тест»"]
