"""The gate: screening judges the labelled pairs at least as well as promised, and no worse than last time."""

import json
from functools import cache

import pytest

from tests.quality import build
from tests.quality.figures import Figures, Judged, by_category, calibration_error, figures
from tests.quality.measure import judge
from tests.quality.pairs import Labelled, read
from tests.quality.report import RATCHET, TIMES, of_groups, parts, ratchet

SLACK = 0.0015
"""A pair or two of thousands, and what rounding hides."""


@cache
def judged() -> list[Judged]:
    return list(judge(read("judge")))


@cache
def more() -> list[Judged]:
    return list(judge(Labelled(**entity) for entity in build.more("judge", TIMES)))


def test_people_and_organizations_are_told_apart() -> None:
    people, organizations = parts(judged())
    assert figures(people).f1 >= 0.97
    assert figures(organizations).f1 >= 0.96


def test_declarations_that_say_only_initials_are_told_apart() -> None:
    assert by_category(judged())["declarations_initials"].f1 >= 0.95


def test_no_category_is_left_behind() -> None:
    behind = {name: round(got.f1, 3) for name, got in by_category(judged()).items() if got.f1 < 0.90}
    assert not behind


def test_a_probability_means_what_it_says() -> None:
    people, organizations = parts(judged())
    assert calibration_error(people) <= 0.03
    assert calibration_error(organizations) <= 0.03


def test_neither_group_of_names_is_suspected_more() -> None:
    """Within 20 %, or within what chance does to counts as small as these."""
    one, two = of_groups(more()).values()
    assert _within(one, two), (one.alarms_per_1000, two.alarms_per_1000)


def _within(one: Figures, two: Figures) -> bool:
    low, high = sorted((one.alarms_per_1000, two.alarms_per_1000))
    by_chance = 2 * (one.alarms_deviation**2 + two.alarms_deviation**2) ** 0.5
    return high <= 1.2 * low or high - low <= by_chance


def test_nothing_raises() -> None:
    assert not [one.pair.id for one in (*judged(), *judge(read("fit"))) if one.grade.startswith("raised")]


@pytest.mark.parametrize("kind", ["people", "organizations"])
def test_no_figure_falls(kind: str) -> None:
    """A figure that must fall needs `make quality`, and a line in the commit that says why."""
    last, now = json.loads(RATCHET.read_text(encoding="utf-8")), ratchet(judged(), more())
    assert now[kind]["f1"] >= last[kind]["f1"] - SLACK
    assert now["calibration_error"][kind] <= last["calibration_error"][kind] + 0.003


def test_no_category_gets_worse() -> None:
    """One pair more or less is chance where a category has forty."""
    last, now = json.loads(RATCHET.read_text(encoding="utf-8"))["wrong"], ratchet(judged(), more())["wrong"]
    worse = {name: (was, now[name]) for name, was in last.items() if now[name] > was + 1}
    assert not worse
