"""The chain as drawn: bars cross the line of the event exactly where the ties held; on a phone each bar lies under its hop."""

from __future__ import annotations

from typing import Any

import pytest

from tests.browser.conftest import Visits

pytestmark = pytest.mark.browser

LANES = """() => [...document.querySelectorAll(".lane.bar-lane")].map((lane) => {
  const box = (one) => { const r = one.getBoundingClientRect(); return {left: r.left, right: r.right, top: r.top, bottom: r.bottom}; };
  return {
    held: lane.dataset.held, lane: box(lane), hop: box(lane.previousElementSibling), line: box(lane.querySelector(".ev")).left,
    bars: [...lane.querySelectorAll(".v, .tail, .dots")].map(box), solid: [...lane.querySelectorAll(".v")].map(box),
    label: box(lane.querySelector(".t")), dots: lane.querySelectorAll(".dots").length,
    sign: ["hit", "miss", "ask"].find((name) => lane.querySelector(`.${name}`)),
  };
})"""
SIGNS = {"held": "hit", "not_held": "miss", "unknown_held": "ask"}


def lanes(visits: Visits, finding: str, width: int) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = visits.open(width).go(f"/findings/{finding}").evaluate(LANES)
    return found


@pytest.mark.parametrize("width", [1360, 390])
@pytest.mark.parametrize("finding", ["fd-0418", "fd-0371", "fd-0420", "fd-0411"])
def test_bars_and_the_event(visits: Visits, finding: str, width: int) -> None:
    drawn = lanes(visits, finding, width)
    assert len({round(lane["line"]) for lane in drawn}) == 1, "one line crosses all lanes"
    for lane in drawn:
        left, right = min(bar["left"] for bar in lane["bars"]), max(bar["right"] for bar in lane["bars"])
        assert lane["sign"] == SIGNS[lane["held"]]
        assert lane["lane"]["left"] - 3 <= left <= right <= lane["lane"]["right"] + 3
        if lane["held"] == "held":
            assert left < lane["line"] < right
        if lane["held"] == "not_held":
            assert right < lane["line"] - 3 or left > lane["line"] + 3
        if lane["held"] == "unknown_held":
            assert lane["dots"]
        assert lane["lane"]["left"] - 1 <= lane["label"]["left"] < lane["label"]["right"] <= lane["lane"]["right"] + 2
        assert all(lane["label"]["bottom"] <= bar["top"] + 4 for bar in lane["bars"])


def test_beside_on_a_desk_and_beneath_on_a_phone(visits: Visits) -> None:
    for lane in lanes(visits, "fd-0418", 1360):
        assert lane["lane"]["left"] >= lane["hop"]["right"] - 1
        assert lane["lane"]["top"] == pytest.approx(lane["hop"]["top"], abs=1)
    for lane in lanes(visits, "fd-0418", 390):
        assert lane["lane"]["top"] >= lane["hop"]["bottom"] - 1
        assert lane["lane"]["right"] - lane["lane"]["left"] > 300


def test_the_share_sold_on_the_eve_is_seen_at_once(visits: Visits) -> None:
    (sold,) = [lane for lane in lanes(visits, "fd-0371", 1360) if lane["held"] == "not_held"]
    assert max(bar["right"] for bar in sold["solid"]) < sold["line"] - 3
