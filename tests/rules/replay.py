"""Histories of changes played into a graph, and findings in a form that does not remember how they came about."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from random import Random
from typing import Any

import orjson

from graph.client import Graph
from graph.wipe import wipe

from tests.engines.world import World
from tests.rules.universe import KINDS, Line

Change = tuple[str, Line]
"""(source, feed line)."""
Final = dict[tuple[str, str], Line]

_NODES = "MATCH (x:Finding) WHERE x.status <> 'CLOSED' RETURN x.id AS id, x.units AS units, x.people AS people, x.payload AS payload"
_CLUSTERS = """
MATCH (c)<-[:RESOLVED_TO]-(r:Record)
WHERE r.state = 'live'
RETURN labels(c)[0] AS label, c.id AS id, collect(r.key) AS keys
"""
_EDGES = "MATCH (a)-[e]->(b) WHERE a.id IS NOT NULL AND b.id IS NOT NULL RETURN a.id AS a, type(e) AS type, b.id AS b, properties(e) AS p"
_APART = {"PAST", "RESOLVED_TO", "ON_PERSON", "ON_EVENT", "FOR_UNIT", "HAS_KEY", "SAME_AS", "REFERS_TO"}


def fresh(graph: Graph) -> World:
    """The graph emptied, as a world."""
    wipe(graph)
    return World(graph)


def play(world: World, changes: Iterable[Change]) -> None:
    """Each source's changes as one command, in the order in which the sources first appear."""
    by_source: dict[str, list[Line]] = defaultdict(list)
    for source, line in changes:
        by_source[source].append(line)
    for source, lines in by_source.items():
        world.clock.instant += timedelta(minutes=1)
        report = world.ingest(source, lines, KINDS.get(source, "other"))
        refused = [one for file in report.files for one in file.samples if one.reason != "dangling_reference"]
        assert refused == [], refused[:2]
    world.clock.instant += timedelta(minutes=1)


def apply(final: Final, changes: Iterable[Change]) -> None:
    """What the sources say in the end."""
    for source, line in changes:
        if line.get("deleted"):
            final.pop((source, line["id"]), None)
        else:
            final[source, line["id"]] = line


def shuffled(final: Final, random: Random, commands: int = 1) -> list[list[Change]]:
    """The final records in random order, cut into commands."""
    changes = [(source, line) for (source, _), line in final.items()]
    random.shuffle(changes)
    cut: list[list[Change]] = [[] for _ in range(commands)]
    for change in changes:
        random.choice(cut).append(change)
    return [one for one in cut if one]


def findings(world: World) -> list[str]:
    """Open findings without their ids and what depends on these, sorted."""
    made = []
    for row in world.graph.read(_NODES):
        body = orjson.loads(row["payload"])
        for name in ("id", "evidence_sha256"):
            body.pop(name)
        body["units"], body["people"] = row["units"], row["people"]
        made.append(orjson.dumps(body, option=orjson.OPT_SORT_KEYS).decode())
    return sorted(made)


def clusters(world: World) -> list[tuple[str, str, tuple[str, ...]]]:
    """Canonical nodes with the records that stand for them."""
    return sorted((row["label"], row["id"], tuple(sorted(row["keys"]))) for row in world.graph.read(_CLUSTERS))


def edges(world: World) -> list[str]:
    """Every fact and derived edge between canonical nodes, but for the time of recording."""
    made = []
    for row in world.graph.read(_EDGES):
        if row["type"] in _APART:
            continue
        kept: Mapping[str, Any] = {k: v for k, v in row["p"].items() if k not in ("recorded_at", "at")}
        made.append(orjson.dumps([row["a"], row["type"], row["b"], kept], option=orjson.OPT_SORT_KEYS).decode())
    return sorted(made)


def waiting(world: World) -> int:
    """Marks and records that a check should have dealt with."""
    marks = world.graph.read("MATCH (d:Dirty) RETURN count(d) AS n")[0]["n"]
    return int(marks + world.graph.read("MATCH (r:Record) WHERE r.todo IS NOT NULL RETURN count(r) AS n")[0]["n"])


def unlike(one: Sequence[Any], two: Sequence[Any]) -> str:
    """What stands only on one side; empty where both are the same."""
    left, right = sorted(set(one) - set(two)), sorted(set(two) - set(one))
    doubled = [x for x in one if one.count(x) > 1][:1] if len(set(one)) != len(one) else []
    lines = [f"- {x}" for x in left] + [f"+ {x}" for x in right] + [f"doubled {x}" for x in doubled]
    return "\n".join(lines)
