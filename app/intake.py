"""Ingest: files or rows to records in the graph, with a report by file; what is acknowledged is there, a broken run goes on."""

from __future__ import annotations

import os
import time
import uuid
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import orjson

from domain.clock import Clock
from domain.errors import UsageError
from domain.records import Note, Place, Record, Reject, Row, SourceInfo, SourceKind
from graph.client import Graph
from ingest.extracts import end_vanished
from ingest.formats import Columns
from ingest.link import link
from ingest.load import Loader
from ingest.open import SourceFile, open_all, read_mapping_file
from ingest.stage import stage

Progress = Callable[[str, int], None]
_STEP = 500
_NOTES = 100
"""Notes of one file that are kept and said."""

_START = "MERGE (r:Run {id: $id}) SET r.started_at = $at"
_FINISH = "MATCH (r:Run {id: $id}) SET r.finished_at = $at"
_QUARANTINED = """
MATCH (q:Quarantined)
WHERE $source IS NULL OR q.source = $source
RETURN q.id AS id, q.source AS source, q.key AS key, q.path AS path, q.line AS line, q.reason AS reason, q.message_ru AS message_ru,
       q.message_en AS message_en, q.record AS record
ORDER BY q.path, q.line, q.id
"""
_KIND = "MATCH (s:Source {name: $name}) RETURN s.kind AS kind"
_DROP = "UNWIND $ids AS id MATCH (q:Quarantined {id: id}) WHERE q.run <> $run DELETE q"


@dataclass(frozen=True, slots=True)
class Intake:
    """What `sverka ingest` was asked: names as in contract.md 2."""

    format: str = "auto"
    source: str | None = None
    kind: str | None = None
    mapping: str | None = None
    dry_run: bool = False


@dataclass(slots=True)
class FileReport:
    """One file: rows read, accepted, quarantined by reason, and what was said of it."""

    path: str
    format: str
    records: int = 0
    accepted: int = 0
    quarantined: int = 0
    reasons: Counter[str] = field(default_factory=Counter)
    notes: list[Note] = field(default_factory=list)
    samples: list[Reject] = field(default_factory=list)

    def refuse(self, reject: Reject) -> None:
        """Count one row as quarantined."""
        self.quarantined += 1
        self.reasons[reject.reason] += 1
        if len(self.samples) < 20:
            self.samples.append(reject)


@dataclass(slots=True)
class IngestReport:
    """The whole command."""

    files: list[FileReport] = field(default_factory=list)
    entities: Counter[str] = field(default_factory=Counter)
    seconds: float = 0.0

    @property
    def quarantined(self) -> int:
        """Rows in quarantine from this command."""
        return sum(one.quarantined for one in self.files)

    def payload(self) -> dict[str, Any]:
        """The JSON of contract.md 2."""
        files = [
            {
                "path": one.path,
                "format": one.format,
                "records": one.records,
                "accepted": one.accepted,
                "quarantined": one.quarantined,
                "reasons": dict(sorted(one.reasons.items())),
                "notes": [{"code": note.code, "line": note.place.line, "ru": note.message_ru, "en": note.message_en} for note in one.notes],
            }
            for one in self.files
        ]
        return {"files": files, "entities": dict(sorted(self.entities.items())), "seconds": round(self.seconds, 3)}


def ingest_paths(
    graph: Graph, clock: Clock, paths: Iterable[str | os.PathLike[str]], asked: Intake, progress: Progress | None = None
) -> IngestReport:
    """Read files, folders and archives into the graph.

    Raises CannotOpen where a path is not there and UsageError for an unknown format or kind, before anything is written.
    Everything else is said in the report and in quarantine.
    """
    columns: Columns | None = read_mapping_file(asked.mapping) if asked.mapping else None
    source_kind(asked.kind)
    return ingest_files(graph, clock, open_all(paths, format=asked.format, mapping=columns), asked, progress)


def ingest_files(graph: Graph, clock: Clock, files: Iterable[SourceFile], asked: Intake, progress: Progress | None = None) -> IngestReport:
    """The same for files that are open already (`format` and `mapping` of `asked` are not looked at)."""
    kind = source_kind(asked.kind)
    run = _Run(graph, clock, dry_run=asked.dry_run)
    for file in files:
        source = SourceInfo(asked.source or file.stem, kind or file.kind)
        run.take(source, file.path, file.format_name, file.rows(), progress)
    return run.finish(progress)


def ingest_rows(graph: Graph, clock: Clock, source: SourceInfo, rows: Iterable[Row], name: str = "feed") -> IngestReport:
    """Rows already read (feed lines of a request) as one file of one source."""
    run = _Run(graph, clock, dry_run=False)
    run.take(source, name, "feed", rows, None)
    return run.finish(None)


def quarantine(graph: Graph, source: str | None) -> Iterator[dict[str, Any]]:
    """What lies in quarantine, as `sverka quarantine` prints it."""
    for row in graph.read(_QUARANTINED, source=source):
        yield {
            "path": row["path"],
            "line": row["line"],
            "reason": row["reason"],
            "message": row["message_ru"],
            "message_en": row["message_en"],
            "source": row["source"],
            "record": row["record"],
        }


def retry_quarantine(graph: Graph, clock: Clock, source: str | None) -> IngestReport:
    """Try every row in quarantine again, source by source; what passes now leaves quarantine."""
    rows = graph.read(_QUARANTINED, source=source)
    run = _Run(graph, clock, dry_run=False)
    for name in sorted({row["source"] for row in rows}):
        own = [row for row in rows if row["source"] == name]
        known = graph.read(_KIND, name=name)
        kind = SourceKind(known[0]["kind"]) if known else SourceKind.OTHER
        readable = [(row, record) for row in own if (record := _record(row)) is not None]
        run.take(SourceInfo(name, kind), f"quarantine:{name}", "feed", (record for _, record in readable), None)
        run.flush()
        graph.write(_DROP, ids=[row["id"] for row, _ in readable if row["reason"] != "dangling_reference"], run=run.id)
    return run.finish(None)


def source_kind(text: str | None) -> SourceKind | None:
    """The kind by its word; UsageError for another."""
    if text is None:
        return None
    try:
        return SourceKind(text)
    except ValueError:
        known = ", ".join(SourceKind)
        raise UsageError(f"Вида источника «{text}» нет; есть: {known}.", f"There is no source kind {text!r}; there are: {known}.") from None


class _Run:
    """One ingest command: all files, then references, then what newer extracts end."""

    def __init__(self, graph: Graph, clock: Clock, *, dry_run: bool) -> None:
        self.id = uuid.uuid4().hex
        self._graph = graph
        self._clock = clock
        self._at: datetime = clock.now()
        self._dry_run = dry_run
        self._began = time.monotonic()
        self._report = IngestReport()
        self._by_path: dict[str, FileReport] = {}
        self._loader: Loader | None = None
        if not dry_run:
            graph.write(_START, id=self.id, at=self._at.isoformat())

    def take(self, source: SourceInfo, path: str, format_name: str, rows: Iterable[Row], progress: Progress | None) -> None:
        """Read one file to its end."""
        file = FileReport(path, format_name)
        self._report.files.append(file)
        self._by_path[path] = file
        loader = None if self._dry_run else self._loader_of(source)
        since = 0
        for row in stage(rows):
            since += 1
            if progress and since >= _STEP:
                progress(path, since)
                since = 0
            self._row(file, loader, row)
        if progress and since:
            progress(path, since)

    def flush(self) -> None:
        """Write what was taken so far."""
        if self._loader:
            self._loader.flush()
            self._withdraw_unusable(self._loader)

    def finish(self, progress: Progress | None) -> IngestReport:
        """Link references, end what vanished, close the run."""
        self.flush()
        if not self._dry_run:
            end_vanished(self._graph)
            step = (lambda n: progress("link", n)) if progress else None
            for reject in link(self._graph, self.id, self._clock.now(), step):
                self._withdraw(reject)
            self._graph.write(_FINISH, id=self.id, at=self._clock.now().isoformat())
        self._report.seconds = time.monotonic() - self._began
        return self._report

    def _loader_of(self, source: SourceInfo) -> Loader:
        """One for all files of a source that follow each other: a register is thousands of small files."""
        if self._loader is None or self._loader.source != source:
            self.flush()
            self._loader = Loader(self._graph, source, self.id, self._at)
            self._loader.open()
        return self._loader

    def _row(self, file: FileReport, loader: Loader | None, row: Row) -> None:
        if isinstance(row, Note):
            if len(file.notes) < _NOTES:
                file.notes.append(row)
            return
        file.records += 1
        if isinstance(row, Reject):
            file.refuse(row)
            if loader:
                loader.reject(row, _key_of(loader.source.name, row))
            return
        file.accepted += 1
        self._report.entities[row.schema or "deleted"] += 1
        if loader:
            loader.add(row)
            if loader.rejects:
                self._withdraw_unusable(loader)

    def _withdraw_unusable(self, loader: Loader) -> None:
        for reject in loader.rejects:
            self._withdraw(reject)
        loader.rejects.clear()

    def _withdraw(self, reject: Reject) -> None:
        """A row counted as accepted turned out unusable; rows of earlier commands are not counted here."""
        file = self._by_path.get(reject.place.path)
        if file is not None:
            file.accepted -= 1
            file.refuse(reject)


def _key_of(source: str, reject: Reject) -> str | None:
    try:
        found = orjson.loads(reject.raw)
    except orjson.JSONDecodeError:
        return None
    return f"{source}:{found['id']}" if isinstance(found, dict) and isinstance(found.get("id"), str) else None


def _record(row: Mapping[str, Any]) -> Record | None:
    try:
        found = orjson.loads(row["record"] or "")
    except orjson.JSONDecodeError:
        return None
    if not isinstance(found, dict) or not isinstance(found.get("id"), str) or not isinstance(found.get("properties"), dict):
        return None
    properties = {str(name): tuple(str(v) for v in values) for name, values in found["properties"].items() if isinstance(values, list)}
    return Record(found["id"], str(found.get("schema") or ""), properties, Place(row["path"], row["line"]))
