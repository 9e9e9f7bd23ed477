"""What the rules find in random small worlds is what plain Python finds, from the words of the law and nothing of `queries`."""

from __future__ import annotations

import runpy
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.engines.graph_fixture import emptied
from tests.engines.world import World
from tests.rules.oracle import K44, K273, Finding, Small, draw, judge, lines

WORLDS = 40
JUDGED = frozenset({"R-01", "R-04", "R-05", "R-06", "R-09", "R-10"})
"""The rules that the plain judge knows."""
KIN_ORACLE = Path(__file__).resolve().parents[3] / "shared" / "oracles" / "kin.py"


def _found(worlds: list[Small]) -> list[dict[Finding, str]]:
    world = World(emptied("embedded"))
    for number, small in enumerate(worlds):
        report = world.ingest(f"w{number}", lines(small, f"w{number}.", number))
        assert report.quarantined == 0, [one for file in report.files for one in file.samples][:2]
    world.check()
    made: list[dict[Finding, str]] = [{} for _ in worlds]
    for one in world.findings():
        if one["rule"] not in JUDGED:
            continue
        home, official = one["official"]["id"].split(".")
        ends = [one[name]["id"].split(".")[1] for name in ("counterparty", "event")]
        made[int(home[1:])][one["rule"], official, ends[0], ends[1]] = one["outcome"]
    return made


@pytest.mark.engines
@given(first=st.integers(0, 2**31))
@settings(max_examples=1, deadline=None, phases=[Phase.explicit, Phase.reuse, Phase.generate], suppress_health_check=list(HealthCheck))
def test_the_rules_find_what_the_law_says(first: int) -> None:
    """Complete dates and identities: every answer is yes or no, and both sides give the same."""
    worlds = [draw(Random(first + number)) for number in range(WORLDS)]
    wrong = []
    for number, (small, found) in enumerate(zip(worlds, _found(worlds), strict=True)):
        law = judge(small)
        fired = {one for one, outcome in found.items() if outcome == "fired"}
        vague = {one for one, outcome in found.items() if outcome != "fired"}
        if fired != law or vague:
            wrong.append(f"world {first + number}: too many {sorted(fired - law)}, missing {sorted(law - fired)}, vague {sorted(vague)}")
    assert wrong == []


def test_the_worlds_are_worth_judging() -> None:
    """Each rule fires somewhere in a hundred worlds, and no world fires everywhere."""
    found = [judge(draw(Random(number))) for number in range(300)]
    assert {rule for world in found for rule, *_ in world} == JUDGED
    assert any(not world for world in found)


def test_the_lists_are_those_of_the_published_oracle() -> None:
    """Where the shared oracle is at hand its lists are the same."""
    if not KIN_ORACLE.exists():
        pytest.skip(f"no {KIN_ORACLE}")
    told = runpy.run_path(str(KIN_ORACLE))
    assert told["L273"] == K273
    assert told["L44"] == K44
