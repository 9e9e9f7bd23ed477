"""All by keyboard: through the inbox, into a card, a decision and back, the graph and its list."""

from __future__ import annotations

import pytest

from tests.browser.conftest import Visit

pytestmark = pytest.mark.browser
OUTLINED = """() => [null, "::after"].map((part) => getComputedStyle(document.activeElement, part))
  .some((style) => style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2)"""


def test_through_the_inbox_into_a_decision_and_back(visit: Visit) -> None:
    page = visit.go("/findings")
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("k")
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement.closest('li') === document.querySelectorAll('.list > li')[1]")
    page.keyboard.press("Enter")
    page.wait_for_url("**/findings/fd-0418")
    page.keyboard.press("KeyJ")  # the key of О, in whatever layout
    page.wait_for_selector("[data-undo]")
    assert "объяснение запрошено" in page.inner_text(".todo")
    page.locator("[data-undo] button").focus()
    page.keyboard.press("Enter")
    page.wait_for_selector("[data-undo]", state="detached")
    assert "в проверке" in page.inner_text(".todo")


def test_not_a_conflict_opens_its_reasons_without_a_modal(visit: Visit) -> None:
    page = visit.go("/findings/fd-0418")
    page.keyboard.press("KeyK")  # Л
    page.wait_for_selector("details.dismiss[open]")
    assert page.evaluate("document.activeElement.type") == "radio"
    page.keyboard.press("ArrowDown")
    page.keyboard.press("KeyJ")  # inside the form, letters decide nothing
    assert page.url.endswith("/fd-0418")
    page.locator("details.dismiss form button").focus()
    page.keyboard.press("Enter")
    page.wait_for_selector("[data-undo]")
    assert "ложный" in page.inner_text(".todo")


def test_the_first_tab_skips_to_the_content(visit: Visit) -> None:
    page = visit.go("/findings")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "page"


def test_slash_searches(visit: Visit) -> None:
    page = visit.go("/search?q=абв")
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.name") == "q"
    page.keyboard.press("Control+A")
    page.keyboard.type("Сафин")
    page.wait_for_selector("#hits .list li")
    assert page.locator("#hits .list li").count() == 4


def test_focus_is_seen_on_every_stop(visit: Visit) -> None:
    page = visit.go("/findings/fd-0418")
    for _ in range(30):
        page.keyboard.press("Tab")
        assert page.evaluate(OUTLINED), page.evaluate("document.activeElement.outerHTML")


def test_the_word_that_means_two_asks_at_once(visit: Visit) -> None:
    page = visit.go("/facts/new?kind=kin&person=hr-17")
    ask = page.locator("[data-ambiguous='зять']")
    assert not ask.is_visible()
    page.fill("#word", "Зять")
    assert ask.is_visible()
    page.fill("#word", "брат")
    assert not ask.is_visible()
