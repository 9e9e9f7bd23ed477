"""Backup and restore that know no engine: all nodes and relationships as JSON Lines in one zip with a checksum.

The file holds `nodes.jsonl` (`{"n": number, "labels": […], "p": {…}}`), `relationships.jsonl` (`{"from": n, "to": n, "type": …,
"p": {…}}`) and `backup.json` (format, schema version, counts, SHA-256 of both). Numbers join the two and mean nothing else.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import re
import zipfile
import zlib
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO, Any, TypeVar

from domain.batches import batches
from domain.errors import CannotOpen, GraphError, InputError, StateError
from graph.client import Graph
from graph.migrate import VERSION, schema_version
from graph.values import Row
from graph.wipe import wipe

T = TypeVar("T")
K = TypeVar("K", bound=Hashable)

FORMAT = 1
BATCH = 2000
NODES = "nodes.jsonl"
RELATIONSHIPS = "relationships.jsonl"
ABOUT = "backup.json"
# The restored nodes carry their number here until their relationships are there.
_NUMBER = "backup_number"
# A node that stands while a restore is under way: a restore that was killed may be repeated.
_UNDER_WAY = "Restoring"
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]*")
_READ_NODES = "MATCH (n) RETURN id(n) AS n, labels(n) AS labels, properties(n) AS p"
_READ_RELATIONSHIPS = "MATCH (a)-[r]->(b) RETURN id(a) AS from, id(b) AS to, type(r) AS type, properties(r) AS p"


@dataclass(frozen=True, slots=True)
class Backup:
    """What a backup file says about itself."""

    format: int
    schema: int
    nodes: int
    relationships: int
    sha256: dict[str, str]


def backup(graph: Graph, path: Path) -> Backup:
    """Write the graph to `path` (mode 600, replaced at once when complete); nobody should write to the graph meanwhile."""
    unfinished = path.with_name(f"{path.name}.unfinished")
    try:
        with contextlib.ExitStack() as stack:
            file = stack.enter_context(os.fdopen(os.open(unfinished, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600), "wb"))
            archive = stack.enter_context(zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=6))
            nodes, nodes_sum = _dump(archive, NODES, graph.stream(_READ_NODES))
            relationships, relationships_sum = _dump(archive, RELATIONSHIPS, graph.stream(_READ_RELATIONSHIPS))
            about = Backup(FORMAT, schema_version(graph), nodes, relationships, {NODES: nodes_sum, RELATIONSHIPS: relationships_sum})
            archive.writestr(ABOUT, json.dumps(asdict(about)))
            archive.close()
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(path)
    except OSError as problem:
        raise CannotOpen(f"Копию нельзя записать в «{path}»: {problem.strerror}.", f"Cannot write {path}: {problem.strerror}.") from problem
    finally:
        unfinished.unlink(missing_ok=True)
    return about


def restore(graph: Graph, path: Path) -> Backup:
    """Fill an empty graph from a backup of either engine. The file is checked completely before the first write.

    Constraints and indexes are not in the file: `migrate` first. A graph that holds anything but its schema version is refused.
    A restore that breaks off empties the graph again.
    """
    broken_off = graph.read(f"MATCH (n:{_UNDER_WAY}) RETURN 1 AS found LIMIT 1")
    if not broken_off and graph.read("MATCH (n) WHERE NOT n:Schema RETURN 1 AS found LIMIT 1"):
        raise StateError("База не пуста: восстанавливать можно только в пустую.", "The graph is not empty; restore into an empty one.")
    try:
        with zipfile.ZipFile(path) as archive:
            about = _checked(archive, path)
            wipe(graph)
            try:
                graph.write(f"CREATE (:{_UNDER_WAY})")
                _load(graph, archive)
                # What was applied to the graph that was backed up says nothing of this one's constraints: the next migration looks itself.
                graph.write("MATCH (s:Schema) REMOVE s.applied")
                graph.write(f"MATCH (n:{_UNDER_WAY}) DELETE n")
            except BaseException:
                wipe(graph)
                raise
    except OSError as problem:
        raise CannotOpen(f"Копию «{path}» нельзя открыть: {problem.strerror}.", f"Cannot open {path}: {problem.strerror}.") from problem
    except (zipfile.BadZipFile, zlib.error, EOFError) as problem:
        raise _damaged(path, str(problem)) from problem
    return about


def _dump(archive: zipfile.ZipFile, name: str, rows: Iterable[Row]) -> tuple[int, str]:
    digest, count = hashlib.sha256(), 0
    with archive.open(name, "w", force_zip64=True) as member:
        for row in rows:
            line = json.dumps(row, ensure_ascii=False, separators=(",", ":"), default=_refused).encode() + b"\n"
            digest.update(line)
            member.write(line)
            count += 1
    return count, digest.hexdigest()


def _refused(value: Any) -> Any:
    raise GraphError(f"Значение типа {type(value).__name__} не переносится.", f"A {type(value).__name__} cannot be backed up.")


def _checked(archive: zipfile.ZipFile, path: Path) -> Backup:
    if sorted(archive.namelist()) != sorted((ABOUT, NODES, RELATIONSHIPS)):
        raise _damaged(path, "not the files of a backup")
    try:
        about = Backup(**json.loads(archive.read(ABOUT)))
    except (ValueError, TypeError) as problem:
        raise _damaged(path, str(problem)) from problem
    if about.format != FORMAT or about.schema > VERSION:
        raise InputError(f"Копия «{path}» сделана более новой версией программы.", f"The backup {path} was made by a newer version.")
    for name, wanted in about.sha256.items():
        with archive.open(name) as member:
            if _digest(member) != wanted:
                raise _damaged(path, f"{name}: wrong checksum")
    return about


def _digest(member: IO[bytes]) -> str:
    digest = hashlib.sha256()
    while chunk := member.read(1 << 20):
        digest.update(chunk)
    return digest.hexdigest()


def _damaged(path: Path, detail: str) -> InputError:
    return InputError(f"Копия «{path}» повреждена.", f"The backup {path} is damaged: {detail}.")


def _lines(archive: zipfile.ZipFile, name: str) -> Iterator[Row]:
    with archive.open(name) as member:
        for line in member:
            yield json.loads(line)


def _load(graph: Graph, archive: zipfile.ZipFile) -> None:
    labels = _load_nodes(graph, archive)
    for batch in batches(_lines(archive, RELATIONSHIPS), BATCH):
        for (start, type_, end), rows in _grouped(batch, lambda row: (labels[row["from"]], row["type"], labels[row["to"]])).items():
            _write(
                graph,
                f"UNWIND $rows AS row MATCH (a:{start} {{{_NUMBER}: row.from}}) MATCH (b:{end} {{{_NUMBER}: row.to}})"
                f" CREATE (a)-[r:{_name(type_)}]->(b) SET r = row.p",
                rows,
            )
    for label, numbers in _grouped(labels, labels.__getitem__).items():
        for some in batches(numbers, BATCH):
            _write(graph, f"UNWIND $rows AS number MATCH (n:{label} {{{_NUMBER}: number}}) REMOVE n.{_NUMBER}", some)
        graph.write(f"DROP INDEX restore_{label} IF EXISTS")


def _load_nodes(graph: Graph, archive: zipfile.ZipFile) -> dict[int, str]:
    """The label of each number."""
    labels: dict[int, str] = {}
    indexed: set[str] = set()
    for batch in batches(_lines(archive, NODES), BATCH):
        for label, rows in _grouped(batch, _label).items():
            if label not in indexed:
                graph.write(f"CREATE INDEX restore_{label} IF NOT EXISTS FOR (n:{label}) ON (n.{_NUMBER})")
                indexed.add(label)
            labels.update((row["n"], label) for row in rows)
            _write(graph, f"UNWIND $rows AS row CREATE (n:{label}) SET n = row", [{**row["p"], _NUMBER: row["n"]} for row in rows])
    return labels


def _write(graph: Graph, statement: str, rows: Sequence[Any]) -> None:
    graph.write(statement, rows=rows)


def _name(name: str) -> str:
    if not _NAME.fullmatch(name):
        raise InputError(f"В копии недопустимое имя «{name}».", f"The backup has the impossible name {name!r}.")
    return name


def _label(row: Row) -> str:
    if len(row["labels"]) != 1:
        raise InputError("В копии узел без единственной метки.", f"The backup has a node with the labels {row['labels']}.")
    return _name(row["labels"][0])


def _grouped(rows: Iterable[T], key: Callable[[T], K]) -> dict[K, list[T]]:
    groups: dict[K, list[T]] = {}
    for row in rows:
        groups.setdefault(key(row), []).append(row)
    return groups
