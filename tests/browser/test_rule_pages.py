"""The rules in a browser over the real desk: from the list to a rule, from its number to the findings counted."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from fastapi import FastAPI

from app.main import create_app
from app.pages import pages
from queries.catalog import load_catalog

from tests.access_setup import add_signed_user, make_wiring
from tests.browser.conftest import Visits
from tests.browser.test_looks import OVERLAPS
from tests.browser.test_real_pages import STORY, picture, sign_in
from tests.engines.graph_fixture import emptied
from tests.engines.world import World

pytestmark = [pytest.mark.browser, pytest.mark.engines, pytest.mark.slow]


@pytest.fixture
def application(tmp_path: Path) -> FastAPI:
    """The real application over the story, with a folder of own rules that holds one broken file."""
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "r90_sport.cypher").write_text("MATCH (x) DELETE x", encoding="utf-8")
    wiring = replace(make_wiring(emptied("embedded"), tmp_path), catalog=load_catalog(tmp_path / "own"))
    world = World(wiring.graph, wiring.clock)  # type: ignore[arg-type]
    for source in STORY.sources:
        world.ingest(source.name, source.lines, source.kind)
    world.check()
    add_signed_user(wiring.desk, "garipova", ["officer"], ["hr:school"])
    return create_app(wiring, [pages])


def test_from_the_rules_to_the_findings(visits: Visits) -> None:
    visit = visits.open(1440)
    page = visit.page
    sign_in(visit)
    page.click("nav a[href='/rules']")
    assert page.inner_text("h1") == "Правила"
    assert "r90_sport.cypher, строка 1" in page.inner_text(".refused")
    assert {f"R-{n:02d}" for n in range(1, 29)} <= set(re.findall(r"R-\d\d", page.inner_text("main")))
    row = page.locator(".rule-table tr", has=page.locator("a[href='/rules/R-06']")).first
    assert row.locator("td.num").all_inner_texts() == ["1", "1", "0", "0"]
    row.locator("th a").click()
    assert "установлено организацией" in page.inner_text(".parameters")
    assert "273-ФЗ" in page.inner_text("aside.aside-stack")
    page.click(".acts a")
    assert page.url.endswith("/findings?tab=unit&rule=R-06")
    assert page.locator(".pile .list > li").count() == 1


@pytest.mark.parametrize(("width", "scheme"), [(1440, "light"), (1440, "dark"), (390, "light"), (390, "dark")])
def test_looks_of_the_rules(visits: Visits, width: int, scheme: str) -> None:
    visit = visits.open(width, 900, scheme, "en" if scheme == "dark" else "ru")
    sign_in(visit)
    for name in ("", "/R-05", "/R-06", "/R-21", "/R-23"):
        page = visit.go(f"/rules{name}")
        picture(visit, f"rules{name.replace('/', '_')}_{width}_{scheme}")
        assert page.evaluate("document.documentElement.scrollWidth") <= width, name
        assert page.evaluate(OVERLAPS) == [], name
