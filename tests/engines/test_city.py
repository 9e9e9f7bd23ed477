"""The synthetic city end to end on the embedded engine: files through the ordinary readers, findings against what was planted."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from app.intake import Intake, ingest_paths
from ingest.city.generate import generate
from queries.analysis.latent import read_latent
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
    _latent_before_it_happened(world)


def _narrowing_loses_nothing(world: World) -> None:
    """The events that the scout leaves out hold no finding: every event looked at gives the same counts and closes none."""
    narrow = all_anchors(world.graph)
    wide = {kind: ids for kind, ids in narrow.items() if kind != "event:tie"}
    assert len(narrow["event:tie"]) < len(narrow["event"]) / 2
    first, second = (run_rules(world.graph, world.catalog, anchors, world.clock.now()) for anchors in (narrow, wide))
    assert first.rules == second.rules
    assert not any(count.closed for count in second.rules.values())


def _latent_before_it_happened(world: World) -> None:
    """With each quarter held back in turn, most of its purchase conflicts were on the list of those that are one contract away."""
    rows = world.graph.read(
        "MATCH (x:Finding)-[:ON_EVENT]->(e:Event)-[:FOR_AUTHORITY]->(b:Organization) "
        "WHERE x.rule IN ['R-04', 'R-05', 'R-06'] AND x.outcome = 'fired' AND x.event_day > 20220101 "
        "RETURN x.official AS official, x.counterparty AS firm, b.id AS body, x.event_day AS day"
    )
    quarters = {row["day"] // 10000 * 10000 + ((row["day"] // 100 % 100 - 1) // 3 * 3 + 1) * 100 + 1 for row in rows}
    known = {quarter: {(one.official, one.firm, one.body) for one in read_latent(world.graph, quarter)} for quarter in quarters}
    told = sum((row["official"], row["firm"], row["body"]) in known[max(q for q in quarters if q <= row["day"])] for row in rows)
    assert len(rows) >= 5
    assert told >= 0.7 * len(rows), (told, len(rows))
