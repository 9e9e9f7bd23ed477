"""Every story and variant gives exactly what it says: findings, silences with their reasons, kin on a day; on both engines."""

from __future__ import annotations

from typing import Any

import pytest

from graph.client import Graph

from tests.engines.graph_fixture import graph
from tests.engines.world import World
from tests.scenarios.load import ALWAYS, Case, Finding, cases

__all__ = ["graph"]

CASES = list(cases())


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_story(graph: Graph, case: Case) -> None:
    """The case's findings are there, no other one is, and what is silent says why."""
    world = World(graph)
    for source in case.sources:
        report = world.ingest(source.name, source.lines, source.kind)
        unusable = [reject for file in report.files for reject in file.samples if reject.reason != "dangling_reference"]
        assert unusable == []
    world.check()
    rules = {*ALWAYS, *(one.rule for one in case.expect), *(one.rule for one in case.silent)}
    found = [one for one in world.findings() if one["rule"] in rules and one["severity"] != "INFO"]
    for wanted in case.expect:
        match = [one for one in found if _is(wanted, one)]
        assert len(match) == 1, f"{wanted} in {[_short(one) for one in found]}"
        _compare(wanted, match[0])
        found.remove(match[0])
    left = [one for one in found if (one["rule"], one["event"]["id"]) not in case.may and (one["rule"], None) not in case.may]
    assert [_short(one) for one in left] == []
    for silence in case.silent:
        said = world.explain(silence.rule, silence.person, silence.event)
        assert said["outcome"] == silence.outcome, (silence, said)
        assert not silence.reasons or said["reason"] in silence.reasons, (silence, said)
    for line in case.kin:
        paths = {path for path, one in world.kin(line.person, int(line.as_of.replace("-", ""))) if one == line.relative}
        assert (line.path in paths) if line.path else not paths, (line, paths)


def _is(wanted: Finding, one: dict[str, Any]) -> bool:
    return (
        one["rule"] == wanted.rule
        and wanted.official in one["official"]["ids"]
        and wanted.counterparty in one["counterparty"]["ids"]
        and (wanted.event is None or one["event"]["id"] == wanted.event)
    )


def _compare(wanted: Finding, one: dict[str, Any]) -> None:
    short = _short(one)
    assert one["outcome"] == wanted.outcome, short
    for name, value in (("severity", wanted.severity), ("status", wanted.status), ("settled_by", wanted.settled_by)):
        assert value is None or one[name] == value, (name, value, short)
    if "kin" in wanted.given:
        kin = one["kin"]
        assert (kin and kin["path"]) == wanted.path, short
        assert wanted.term is None or kin["term"] == wanted.term, short
    if "share" in wanted.given:
        assert one["share"] == (wanted.share if wanted.share is None else pytest.approx(wanted.share, abs=1e-9)), short
    assert wanted.modifiers is None or one["modifiers"] == list(wanted.modifiers), short
    assert set(wanted.missing or ()) <= set(one["missing"]), short
    assert wanted.grade is None or (one["match"] and one["match"]["grade"] == wanted.grade), short
    assert not wanted.decisive or (one["match"] and one["match"]["decisive"] in wanted.decisive), short


def _short(one: dict[str, Any]) -> dict[str, Any]:
    names = ("rule", "outcome", "severity", "status", "kin", "share", "modifiers", "missing", "match", "settled_by")
    ends = {name: one[name]["id"] for name in ("official", "counterparty", "event")}
    return {name: one[name] for name in names} | ends
