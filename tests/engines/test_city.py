"""The synthetic city end to end on the embedded engine: files through the ordinary readers, findings against what was planted."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from app.intake import Intake, ingest_paths
from ingest.city.generate import generate
from queries.rules.anchors import all_anchors
from queries.rules.engine import run_rules

from tests.engines.city_truth import score
from tests.engines.graph_fixture import emptied
from tests.engines.world import World

PEOPLE = 1000


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_what_was_planted_is_found_and_little_else(tmp_path: Path) -> None:
    generate(PEOPLE, 7, tmp_path)
    world = World(emptied("embedded"))
    for source in json.loads((tmp_path / "sources.json").read_text(encoding="utf-8"))["sources"]:
        asked = Intake(source["format"], source["source"], source["kind"])
        report = ingest_paths(world.graph, world.clock, [tmp_path / source["path"]], asked)
        assert not report.quarantined, [file.samples for file in report.files if file.samples]
    world.check()
    found = score(world.graph, tmp_path / "truth.jsonl")
    assert not found.broken_silence, found.broken_silence
    assert found.recall >= 0.99, found.missed
    assert found.precision >= 0.97, found.unplanned
    _narrowing_loses_nothing(world)


def _narrowing_loses_nothing(world: World) -> None:
    """The events that the scout leaves out hold no finding: every event looked at gives the same counts and closes none."""
    narrow = all_anchors(world.graph)
    wide = {kind: ids for kind, ids in narrow.items() if kind != "event:tie"}
    assert len(narrow["event:tie"]) < len(narrow["event"]) / 2
    first, second = (run_rules(world.graph, world.catalog, anchors, world.clock.now()) for anchors in (narrow, wide))
    assert first.rules == second.rules
    assert not any(count.closed for count in second.rules.values())
