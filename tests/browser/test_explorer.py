"""The graph: labels keep apart, hubs stay closed until asked, the date moves what is shown, the list says the same."""

from __future__ import annotations

import pytest

from tests.browser.conftest import Visit, Visits

pytestmark = pytest.mark.browser

GRAPH = "document.getElementById('stage')._cyreg.cy"
OVERLAPPING = f"""() => {{
  const boxes = {GRAPH}.elements().not(".mute, .off").filter((e) => e.data("label"))
    .map((e) => [e.data("label"), e.boundingBox({{includeNodes: false, includeEdges: false, includeOverlays: false}})]);
  const bad = [];
  boxes.forEach(([one, a], i) => boxes.slice(i + 1).forEach(([other, b]) => {{
    const wide = Math.min(a.x2, b.x2) - Math.max(a.x1, b.x1), tall = Math.min(a.y2, b.y2) - Math.max(a.y1, b.y1);
    if (wide > 6 && tall > 6) bad.push(`${{one}} / ${{other}}`);
  }}));
  return bad;
}}"""
SETTLED = f"new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done({GRAPH}.nodes().length))))"


@pytest.mark.parametrize("width", [1360, 390])
def test_shown_labels_do_not_overlap(visits: Visits, width: int) -> None:
    page = visits.open(width, 844).go("/explorer?finding=fd-0418")
    page.evaluate(SETTLED)
    assert page.evaluate(OVERLAPPING) == []
    hidden = page.evaluate(f"{GRAPH}.nodes('.mute').length")
    assert hidden <= (0 if width > 600 else 6)


def test_the_path_is_the_only_saturated_line_and_is_read_from_left_to_right(visit: Visit) -> None:
    page = visit.go("/explorer?finding=fd-0418")
    assert page.evaluate(f"{GRAPH}.edges('.hot').map((e) => e.id())") == ["r1", "r2", "r3", "r4"]
    places = page.evaluate(f"['hr-17', 'hr-18', 'p-19', 'f-1', 'e-77'].map((id) => {GRAPH}.getElementById(id).position().x)")
    assert places == sorted(places)


def test_the_same_question_gives_the_same_picture(visit: Visit) -> None:
    places = f"{GRAPH}.nodes().map((n) => [n.id(), Math.round(n.position().x), Math.round(n.position().y)])"
    first = visit.go("/explorer?finding=fd-0418").evaluate(places)
    assert visit.go("/explorer?finding=fd-0418").evaluate(places) == first


def test_the_date_shows_what_held_then(visit: Visit) -> None:
    page = visit.go("/explorer?finding=fd-0418&as_of=2015-01-01")
    assert page.inner_text("[data-day]") == "01.01.2015"
    off = set(page.evaluate(f"{GRAPH}.edges('.off').map((e) => e.id())"))
    assert off == {"r4", "r5", "r6", "r7", "r10"}
    assert page.evaluate(f"{GRAPH}.edges('.unsure').map((e) => e.id())") == ["r11"]
    assert page.locator("[data-ticks] line").count() == 5
    page.locator("[data-slider]").focus()
    page.keyboard.press("End")
    assert page.inner_text("[data-day]") == "за всё время"
    assert "as_of" not in page.url
    page.keyboard.press("PageDown")
    assert "as_of=" in page.url


def test_a_hub_opens_when_asked_and_says_when_there_is_more(visit: Visit) -> None:
    page = visit.go("/explorer?focus=f-1")
    before = page.evaluate(SETTLED)
    assert page.evaluate(f"{GRAPH}.nodes('.hub').map((n) => n.data('count'))") == [14]
    page.check("#panel input[value=events]")
    page.click("#panel form[data-expand] button")
    page.wait_for_selector("[data-say]:text('Показаны не все')")
    assert page.evaluate(f"{GRAPH}.getElementById('e-78').nonempty()")
    assert page.evaluate(SETTLED) >= before


def test_hubs_are_not_ticked_beforehand(visit: Visit) -> None:
    page = visit.go("/explorer?focus=hr-17")
    assert not page.is_checked("#panel input[value=events]")
    assert page.is_checked("#panel input[value=kin]")
    assert page.is_disabled("#panel input[value=subordinates]")


def test_the_list_says_the_same_and_selects(visit: Visit) -> None:
    page = visit.go("/explorer?finding=fd-0418")
    page.click("[data-view=list]")
    rows = page.locator("[data-list] tbody tr")
    assert rows.count() == page.evaluate(f"{GRAPH}.edges().not('.tether').length")
    assert rows.first.locator("a").get_attribute("href") == "/records/zags%3A1182"
    rows.first.locator("button").last.click()
    page.wait_for_selector("[data-panel-of='hr-18']")


def test_arrows_walk_the_canvas(visit: Visit) -> None:
    page = visit.go("/explorer?finding=fd-0418")
    page.focus("#stage")
    page.keyboard.press("ArrowRight")
    page.wait_for_selector("[data-panel-of]:not([data-panel-of='hr-17'])")
    assert page.evaluate(f"{GRAPH}.nodes(':selected').length") == 1


def test_a_path_is_found_and_the_next_one_too(visit: Visit) -> None:
    page = visit.go("/explorer?focus=hr-17")
    page.fill("#path-to", "Идел")
    page.locator("[data-choices] a").first.click()
    page.wait_for_url("**to=f-1*")
    page.wait_for_selector("html[data-graph=ready]")
    assert page.inner_text("[data-path-n]") == "путь 1 из 2"
    page.click("[data-path-next]")
    page.wait_for_selector("[data-path-n]:text('путь 2 из 2')")
    assert page.evaluate(f"{GRAPH}.edges('.hot').map((e) => e.id())") == ["r5"]


def test_no_path_is_said(visit: Visit) -> None:
    page = visit.go("/explorer?focus=hr-17&to=f-3")
    page.wait_for_selector("[data-say]:not([hidden])")
    assert "Пути на эту дату нет" in page.inner_text("[data-say]")


def test_a_lost_purpose_asks_again_and_comes_back(visit: Visit, application: object) -> None:
    page = visit.go("/explorer?focus=f-1")
    application.state.gate.purpose = None  # type: ignore[attr-defined]
    page.click("#panel form[data-expand] button")
    page.wait_for_url(lambda url: "/purpose?next=" in url)
    page.fill("#text", "12-к")
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "/explorer?focus=f-1" in url)
