"""Every page at every size, light and dark, in both languages: nothing from elsewhere, no complaint, nothing past the edge."""

from __future__ import annotations

import pytest

from tests.browser.conftest import Visits

pytestmark = pytest.mark.browser

PAGES = (
    "/findings", "/findings?tab=settled", "/findings/fd-0418", "/findings/fd-0420", "/findings/fd-0411", "/entities/hr-17", "/entities/f-1",
    "/search?q=Сафин", "/explorer", "/explorer?finding=fd-0418", "/facts/new", "/facts/new?kind=post", "/facts/k3/edit", "/sources",
    "/rules", "/rules/R-06", "/rules/R-90",
    "/identities", "/lists", "/compare", "/compare?left=hr-17&right=p-19", "/compare?left=f-1&right=f-1",
    "/records/zags:1182", "/purpose", "/password", "/findings/none",
)  # fmt: skip

OVERLAPS = """() => {
  const boxes = [...document.querySelectorAll("main .btn, main .field, main h1, main h2, main td, main .sev, main dd, main .t")]
    .filter((one) => one.checkVisibility() && !one.closest("[hidden]"))
    .map((one) => [one, one.getBoundingClientRect()]).filter(([, box]) => box.width && box.height);
  const bad = [];
  for (const [one, a] of boxes) for (const [other, b] of boxes) {
    if (one === other || one.contains(other) || other.contains(one)) continue;
    const wide = Math.min(a.right, b.right) - Math.max(a.left, b.left), tall = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
    if (wide > 2 && tall > 2) bad.push(`${one.textContent.trim().slice(0, 40)} / ${other.textContent.trim().slice(0, 40)}`);
  }
  return bad;
}"""


@pytest.mark.parametrize(
    ("width", "scheme", "language"),
    [(1360, "light", "ru"), (1360, "dark", "en"), (390, "light", "en"), (390, "dark", "ru"), (820, "light", "ru")],
)
def test_pages(visits: Visits, width: int, scheme: str, language: str) -> None:
    visit = visits.open(width, 844 if width < 600 else 900, scheme, language)
    for path in PAGES:
        page = visit.go(path)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
        assert page.evaluate(OVERLAPS) == [], path


def test_fonts_are_ours_and_have_the_tatar_letters(visits: Visits) -> None:
    page = visits.open().go("/findings")
    page.evaluate("document.fonts.load('15px \"Golos Text Variable\"', 'әөүҗңһ')")
    loaded = page.evaluate("[...document.fonts].filter((face) => face.status === 'loaded').map((face) => face.family)")
    assert any("Golos Text Variable" in family for family in loaded)
    assert page.evaluate("document.fonts.check('15px \"Golos Text Variable\"', 'әөүҗңһ')")


def test_on_paper_the_chain_stands_without_the_frame_in_print_colours(visits: Visits) -> None:
    visit = visits.open(scheme="dark")
    page = visit.go("/findings/fd-0418")
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 700, "height": 1000})
    assert not page.locator(".side").is_visible()
    assert not page.locator(".todo .moves").is_visible()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    columns = page.evaluate("getComputedStyle(document.querySelector('.chain-grid')).gridTemplateColumns.split(' ').length")
    assert columns == 2
    assert page.pdf(format="A4", print_background=True).startswith(b"%PDF")


def test_a_refused_sign_in_says_so(visits: Visits, application: object) -> None:
    application.state.gate.signed_in = False  # type: ignore[attr-defined]
    page = visits.open(390, 844).go("/findings")
    page.fill("#name", "garipova")
    page.fill("#password", "x")
    page.keyboard.press("Enter")
    page.wait_for_selector("[role=alert]")
    page.wait_for_selector("#password:focus")
