"""Backup and restore, within an engine and across engines."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path
from typing import Any

import pytest

from domain.errors import CannotOpen, InputError, StateError
from graph.backup import backup, restore
from graph.client import Graph
from graph.migrate import migrate, schema_version
from graph.wipe import wipe

from tests.engines.graph_fixture import emptied

CITY = """
CREATE (a:Person {id: 'p1', name: 'Анна «Ё» \\n', tags: ['x', 'y'], none: [], share: 0.5, big: 9007199254740993, yes: true}),
       (b:Person {id: 'p2'}), (o:Organization {id: 'o1'}), (:Lonely {id: 'l1'}),
       (a)-[:SPOUSE_OF {id: 'f1', start_lo: 20100505}]->(b), (a)-[:OWNS {id: 'f2', share: 1.0}]->(o), (a)-[:OWNS {id: 'f3'}]->(o),
       (a)-[:SELF]->(a)
"""
WHOLE = (
    "MATCH (n) WHERE NOT n:Schema RETURN labels(n)[0] AS label, properties(n) AS p ORDER BY label, n.id",
    "MATCH (a)-[r]->(b) RETURN type(r) AS t, a.id AS a, b.id AS b, properties(r) AS p ORDER BY t, r.id",
)


def _whole(graph: Graph) -> list[list[dict[str, Any]]]:
    return [graph.read(statement) for statement in WHOLE]


@pytest.fixture
def city(graph: Graph) -> Graph:
    migrate(graph, [])
    graph.write(CITY)
    return graph


def test_everything_comes_back(city: Graph, tmp_path: Path) -> None:
    before = _whole(city)
    made = backup(city, tmp_path / "city.zip")
    assert (made.nodes, made.relationships) == (5, 4)
    assert (tmp_path / "city.zip").stat().st_mode & 0o777 == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["city.zip"]
    wipe(city)
    assert restore(city, tmp_path / "city.zip") == made
    assert _whole(city) == before
    assert schema_version(city) == 1


def test_a_backup_of_one_engine_fills_the_other(city: Graph, tmp_path: Path) -> None:
    other = emptied("neo4j" if city.engine == "embedded" else "embedded")
    backup(city, tmp_path / "city.zip")
    restore(other, tmp_path / "city.zip")
    assert _whole(other) == _whole(city)


def test_more_than_one_batch_comes_back(graph: Graph, tmp_path: Path) -> None:
    graph.write("UNWIND range(1, 4100) AS i CREATE (:Many {id: toString(i), i: i})")
    graph.write("CREATE (:Hub {id: 'h'})")
    graph.write("MATCH (h:Hub) MATCH (n:Many) CREATE (n)-[:TO {i: n.i}]->(h)")
    backup(graph, tmp_path / "many.zip")
    wipe(graph)
    restore(graph, tmp_path / "many.zip")
    assert graph.read("MATCH (n:Many)-[r:TO]->(h:Hub) WHERE n.i = r.i RETURN count(*) AS n") == [{"n": 4100}]
    assert graph.read("MATCH (n) WHERE n.backup_number IS NOT NULL RETURN count(*) AS n") == [{"n": 0}]


def test_a_graph_that_holds_something_is_refused(city: Graph, tmp_path: Path) -> None:
    backup(city, tmp_path / "city.zip")
    before = _whole(city)
    with pytest.raises(StateError):
        restore(city, tmp_path / "city.zip")
    assert _whole(city) == before


def test_a_restore_that_was_killed_may_be_repeated(city: Graph, tmp_path: Path) -> None:
    before = _whole(city)
    backup(city, tmp_path / "city.zip")
    wipe(city)
    city.write("CREATE (:Restoring), (:Person {id: 'half'})")
    restore(city, tmp_path / "city.zip")
    assert _whole(city) == before


def _changed(source: Path, target: Path, name: str, content: bytes | None) -> Path:
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w") as new:
        for member in old.namelist():
            found = content if member == name else old.read(member)
            if found is not None:
                new.writestr(member, found)
    return target


def test_a_damaged_file_is_refused_before_anything_is_written(city: Graph, tmp_path: Path) -> None:
    path = tmp_path / "city.zip"
    about = backup(city, path)
    wipe(city)
    cut = tmp_path / "cut.zip"
    cut.write_bytes(path.read_bytes()[:-100])
    flipped = bytearray(path.read_bytes())
    flipped[80] ^= 0xFF
    bad = tmp_path / "flipped.zip"
    bad.write_bytes(flipped)
    newer = json.dumps({"format": 99, "schema": 1, "nodes": 0, "relationships": 0, "sha256": about.sha256}).encode()
    for damaged in (
        cut,
        bad,
        _changed(path, tmp_path / "1.zip", "nodes.jsonl", b""),
        _changed(path, tmp_path / "2.zip", "relationships.jsonl", None),
        _changed(path, tmp_path / "3.zip", "backup.json", b"{}"),
        _changed(path, tmp_path / "4.zip", "backup.json", newer),
    ):
        with pytest.raises(InputError):
            restore(city, damaged)
        assert city.read("MATCH (n) RETURN n.id AS id") == []


def test_no_file_and_no_place(city: Graph, tmp_path: Path) -> None:
    with pytest.raises(CannotOpen):
        backup(city, tmp_path / "nowhere" / "city.zip")
    wipe(city)
    with pytest.raises(CannotOpen):
        restore(city, tmp_path / "none.zip")
