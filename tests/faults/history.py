"""A history of files that a process ingests and checks, telling after each what is done, so that it can be killed at any moment."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from pathlib import Path
from random import Random

import orjson

from app.intake import Intake, ingest_paths
from app.pipeline import check
from domain.clock import SystemClock
from graph.client import Graph, open_graph
from graph.migrate import migrate
from graph.settings import GraphSettings
from graph_models.schema import statements
from queries.catalog import load_catalog

from tests.rules.replay import Change, Final, apply
from tests.rules.universe import KINDS, Universe

CITIES = 6
_STATES = "MATCH (r:Record) RETURN r.source AS source, r.id AS id, r.state AS state, r.schema AS schema, r.payload AS payload"


def open_at(directory: Path) -> Graph:
    """The embedded graph of a folder, ready for use."""
    graph = open_graph(GraphSettings(f"embedded:{directory}", heap="512m"))
    migrate(graph, statements())
    return graph


def steps(number: int, many: int) -> list[list[Change]]:
    """The first step founds the cities, each later one changes a part of every city."""
    random = Random(number)
    cities = [Universe(one) for one in range(1, CITIES + 1)]
    final: Final = {}
    made: list[list[Change]] = []
    for step in range(many):
        changes: list[Change] = []
        for city in cities:
            for slot in random.sample(city.slots, len(city.slots) * 2 // 3 if step == 0 else 8):
                gone = (slot[0], city.prefix + slot[1]) in final and random.random() < 0.25
                changes.append((slot[0], city.deletion(slot) if gone else city.line(slot, random)))
        apply(final, changes)
        made.append(changes)
    return made


def commands(step: list[Change]) -> list[tuple[str, list[Change]]]:
    """One ingest command for each source."""
    by_source: dict[str, list[Change]] = defaultdict(list)
    for change in step:
        by_source[change[0]].append(change)
    return sorted(by_source.items())


def write_file(folder: Path, number: int, source: str, changes: list[Change]) -> Path:
    """The command's file."""
    path = folder / f"{number:03d}-{source}.jsonl"
    path.write_bytes(b"".join(orjson.dumps(line) + b"\n" for _, line in changes))
    return path


def lost(graph: Graph, expected: Final, doubtful: set[tuple[str, str]]) -> list[str]:
    """Records that are not as the acknowledged commands say; those of a command that was broken off may be either way."""
    stored = {
        (row["source"], row["id"]): _digest(row["schema"], json.loads(row["payload"]))
        for row in graph.read(_STATES)
        if row["state"] in ("live", "dangling")
    }
    wanted = {key: _digest(line["schema"], line["properties"]) for key, line in expected.items()}
    return [str(key) for key in sorted(set(stored) | set(wanted)) if key not in doubtful and stored.get(key) != wanted.get(key)]


def live_through(directory: Path, folder: Path, number: int, many: int, diary: Path) -> None:
    """Go on where the diary ends: every line in it is something acknowledged."""
    done = set(diary.read_text(encoding="utf-8").splitlines()) if diary.exists() else set()
    graph, clock, catalog = open_at(directory), SystemClock(), load_catalog()
    expected, doubtful = _so_far(number, many, done)
    if missing := lost(graph, expected, doubtful):
        _note(diary, f"LOST {missing[:3]}")
        return
    _note(diary, "open")
    for place, step in enumerate(steps(number, many)):
        for source, changes in commands(step):
            if f"ingested {place} {source}" not in done:
                path = write_file(folder, place, source, changes)
                ingest_paths(graph, clock, [path], Intake("feed", source, KINDS[source]))
                _note(diary, f"ingested {place} {source}")
        if f"checked {place}" not in done:
            check(graph, catalog, clock)
            _note(diary, f"checked {place}")
    _note(diary, "end")
    graph.close()


def _so_far(number: int, many: int, done: set[str]) -> tuple[Final, set[tuple[str, str]]]:
    expected: Final = {}
    for place, step in enumerate(steps(number, many)):
        for source, changes in commands(step):
            if f"ingested {place} {source}" not in done:
                return expected, {(source, line["id"]) for _, line in changes}
            apply(expected, changes)
    return expected, set()


def _digest(schema: str, properties: dict[str, list[str]]) -> str:
    text = json.dumps({name: list(values) for name, values in sorted(properties.items())}, ensure_ascii=False)
    return hashlib.sha256(f"{schema}\n{text}".encode()).hexdigest()


def _note(diary: Path, line: str) -> None:
    with diary.open("a", encoding="utf-8") as file:
        file.write(f"{line}\n")
