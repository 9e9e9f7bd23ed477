"""From staged records to Record nodes: merge within a run, replace across runs, keep every older version."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from datetime import datetime

from domain.records import Extract, Place, Record, Reject, SourceInfo
from graph.client import Graph, Transaction
from graph.todo import LINK, todo
from graph.values import Row
from ingest.stage import merge

BATCH = 2000
_RAW_MAX = 10_000

_EXISTING = """
UNWIND $keys AS key
MATCH (r:Record {key: key})
RETURN r.key AS key, r.sha256 AS sha256, r.run AS run, r.payload AS payload, r.state AS state, r.schema AS schema,
       r.recorded_at AS recorded_at,
       r.path AS path, r.line AS line, r.id AS id, r.scope AS scope, r.issued AS issued, r.ended_lo AS ended_lo
"""
_VERSIONS = """
UNWIND $rows AS row
MERGE (v:RecordVersion {id: row.id})
SET v.key = row.key, v.schema = row.schema, v.payload = row.payload, v.path = row.path, v.line = row.line,
    v.recorded_at = row.recorded_at, v.superseded_at = row.superseded_at
"""
_CREATE = "UNWIND $rows AS row CREATE (r:Record) SET r = row"
_UPDATE = "UNWIND $rows AS row MATCH (r:Record {key: row.key}) SET r += row"
# A record that comes later may be the better target of a reference: own source before others, then the smallest key.
_RELINK = """
UNWIND $rows AS row
MATCH (other:Record {id: row.id})<-[:REFERS_TO]-(f:Record)
WHERE other.key <> row.key AND (f.source = row.source OR (other.source <> f.source AND row.key < other.key))
SET f.todo = 'link ' + f.key
"""
_ORPHANED = "UNWIND $keys AS key MATCH (r:Record {key: key})<-[:REFERS_TO]-(f:Record) SET f.todo = 'link ' + f.key"
_QUARANTINE = "UNWIND $rows AS row MERGE (q:Quarantined {id: row.id}) SET q += row"
_MENDED = "UNWIND $keys AS key MATCH (q:Quarantined {key: key}) DELETE q"
_EXTRACTS = """
UNWIND $rows AS row
MERGE (x:Extract {id: row.id})
SET x.open = 'yes ' + x.id
WITH x, row
WHERE x.issued IS NULL OR x.issued < row.issued
SET x.issued = row.issued, x.changes = row.changes
"""
_SOURCE = "MERGE (s:Source {name: $name}) SET s.kind = $kind, s.trust = $trust, s.read_at = $at"


@dataclass(slots=True)
class Loader:
    """Buffers records of one source and writes them in transactions; once `flush` returned they are kept.

    `rejects` collects the rows that only showed themselves unusable here (two values for one date …).
    """

    graph: Graph
    source: SourceInfo
    run: str
    at: datetime
    rejects: list[Reject] = field(default_factory=list)
    _records: dict[str, Record] = field(default_factory=dict)
    _conflicts: set[str] = field(default_factory=set)
    _rows: list[Row] = field(default_factory=list)

    def open(self) -> None:
        """Write down the source itself."""
        self.graph.write(_SOURCE, name=self.source.name, kind=str(self.source.kind), trust=self.source.trust, at=self.at.isoformat())

    def add(self, record: Record) -> None:
        """Take one record; written at the latest by the next `flush`."""
        earlier = self._records.get(record.id)
        if earlier is not None and (record.deleted or earlier.deleted):
            record = record if record.deleted else earlier
        elif earlier is not None:
            both = merge(earlier, record)
            if isinstance(both, Reject):
                self._conflicts.add(record.id)
                self.rejects.append(both)
                both = _united(earlier, record)
            record = both
        self._records[record.id] = record
        if len(self._records) >= BATCH:
            self.flush()

    def reject(self, reject: Reject, key: str | None = None) -> None:
        """Take one unusable row; written at the latest by the next `flush`."""
        self._rows.append(quarantine_row(self.source.name, reject, self.run, self.at.isoformat(), key))
        if len(self._rows) >= BATCH:
            self.flush()

    def flush(self) -> None:
        """Write all that was taken, in one transaction."""
        if not self._records and not self._rows:
            return
        batch = [(record, record.id in self._conflicts) for record in self._records.values()]
        rows = list(self._rows)
        self.rejects.extend(self.graph.transact(lambda tx: self._write(tx, batch, rows)))
        self._records.clear()
        self._rows.clear()
        self._conflicts.clear()

    def _write(self, tx: Transaction, batch: list[tuple[Record, bool]], rows: list[Row]) -> list[Reject]:
        keys = [f"{self.source.name}:{record.id}" for record, _ in batch]
        existing = {row["key"]: row for row in tx.run(_EXISTING, keys=keys)}
        plan = _Plan(self.source.name, self.run, self.at.isoformat(), quarantined=list(rows))
        for (record, conflict), key in zip(batch, keys, strict=True):
            plan.take(record, existing.get(key), conflict=conflict)
        for statement, wanted in (
            (_MENDED, plan.mended),
            (_VERSIONS, plan.versions),
            (_CREATE, plan.created),
            (_RELINK, plan.created),
            (_UPDATE, plan.updated),
            (_ORPHANED, plan.gone),
            (_QUARANTINE, plan.quarantined),
            (_EXTRACTS, list(plan.extracts.values())),
        ):
            if wanted:
                tx.run(statement, **{"keys" if statement in (_MENDED, _ORPHANED) else "rows": wanted})
        return plan.found


@dataclass(slots=True)
class _Plan:
    """What one transaction will write."""

    source: str
    run: str
    at: str
    quarantined: list[Row]
    created: list[Row] = field(default_factory=list)
    updated: list[Row] = field(default_factory=list)
    versions: list[Row] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)
    mended: list[str] = field(default_factory=list)
    found: list[Reject] = field(default_factory=list)
    extracts: dict[str, Row] = field(default_factory=dict)

    def take(self, record: Record, old: Row | None, *, conflict: bool) -> None:
        if record.deleted:
            self._withdraw(old)
            return
        if record.extract is not None:
            self._note_extract(record.extract)
            if old is not None and old["issued"] is not None and old["issued"] > record.extract.issued:
                return
        if old is not None and old["run"] == self.run:
            if old["state"] == "withdrawn":
                return  # a withdrawal stands against the record of one command, whichever comes first
            record, conflict = self._within_run(record, old, conflict=conflict)
        row = self._row(record, conflict=conflict)
        if conflict:
            self.quarantined.append(quarantine_row(self.source, _several(record), self.run, self.at, row["key"]))
        else:
            self.mended.append(row["key"])
        if old is None:
            self.created.append(row)
        elif old["sha256"] == row["sha256"] and old["state"] in ("live", "dangling") and not conflict:
            self._confirm(old, row)
        else:
            self._keep_version(old)
            self.updated.append(row)
            if conflict or old["state"] == "withdrawn":
                self.gone.append(row["key"])

    def _confirm(self, old: Row, row: Row) -> None:
        """The same again: only the run and the extract that says it move on."""
        again = {name: row[name] for name in ("key", "run", "scope", "issued")}
        if old["ended_lo"] is not None:
            again |= {"ended_lo": None, "ended_hi": None, "todo": todo(LINK, row["key"])}
        if old["run"] != self.run or old["issued"] != row["issued"]:
            self.updated.append(again)

    def _note_extract(self, extract: Extract) -> None:
        name = f"{self.source}:{extract.scope}"
        known = self.extracts.get(name)
        if known is None or known["issued"] < extract.issued:
            self.extracts[name] = {"id": name, "issued": extract.issued, "changes": list(extract.changes)}

    def _within_run(self, record: Record, old: Row, *, conflict: bool) -> tuple[Record, bool]:
        properties = {name: tuple(values) for name, values in json.loads(old["payload"]).items()}
        extract = Extract(old["scope"].removeprefix(f"{self.source}:"), old["issued"]) if old["scope"] else None
        before = Record(old["id"], old["schema"], properties, Place(old["path"], old["line"]), extract=extract)
        both = merge(before, record)
        if isinstance(both, Reject):
            self.found.append(both)
            return _united(before, record), True
        return both, conflict or old["state"] == "conflict"

    def _withdraw(self, old: Row | None) -> None:
        if old is None or old["state"] == "withdrawn":
            return
        key = old["key"]
        self._keep_version(old)
        self.updated.append({"key": key, "state": "withdrawn", "todo": todo(LINK, key), "recorded_at": self.at, "run": self.run})
        self.gone.append(key)
        self.mended.append(key)

    def _row(self, record: Record, *, conflict: bool) -> Row:
        key = f"{self.source}:{record.id}"
        payload = json.dumps({name: list(values) for name, values in sorted(record.properties.items())}, ensure_ascii=False)
        return {
            "key": key,
            "source": self.source,
            "id": record.id,
            "schema": record.schema,
            "payload": payload,
            "sha256": hashlib.sha256(f"{record.schema}\n{payload}".encode()).hexdigest(),
            "path": record.place.path,
            "line": record.place.line,
            "recorded_at": self.at,
            "run": self.run,
            "state": "conflict" if conflict else "live",
            "todo": todo(LINK, key),
            "scope": f"{self.source}:{record.extract.scope}" if record.extract else None,
            "issued": record.extract.issued if record.extract else None,
            "ended_lo": None,
            "ended_hi": None,
        }

    def _keep_version(self, old: Row) -> None:
        """What stood until now; not what this command itself said before, nor what was withdrawn or in conflict and so never stood."""
        if old["run"] != self.run and old["state"] in ("live", "dangling"):
            self.versions.append(self._version(old))

    def _version(self, old: Row) -> Row:
        kept = {name: old[name] for name in ("key", "schema", "payload", "path", "line", "recorded_at")}
        return {"id": f"{old['key']}@{self.at}", "superseded_at": self.at, **kept}


def quarantine_row(source: str, reject: Reject, run: str, at: str, key: str | None = None) -> Row:
    """The Quarantined node of a reject; the same row of the same file gives the same node."""
    seed = "\n".join((source, reject.place.path, str(reject.place.line), reject.reason, reject.raw))
    return {
        "id": hashlib.sha256(seed.encode()).hexdigest()[:24],
        "source": source,
        "key": key,
        "path": reject.place.path,
        "line": reject.place.line,
        "reason": reject.reason,
        "message_ru": reject.message_ru,
        "message_en": reject.message_en,
        "record": reject.raw[:_RAW_MAX],
        "run": run,
        "at": at,
    }


def feed_line(record: Record) -> str:
    """The record as one line of the feed."""
    properties = {name: list(values) for name, values in record.properties.items()}
    return json.dumps({"id": record.id, "schema": record.schema, "properties": properties}, ensure_ascii=False)


def _united(a: Record, b: Record) -> Record:
    names = dict.fromkeys((*a.properties, *b.properties))
    return Record(a.id, a.schema, {name: tuple(dict.fromkeys((*a.all(name), *b.all(name)))) for name in names}, a.place)


def _several(record: Record) -> Reject:
    return Reject(
        record.place,
        "several_values",
        f"Запись «{record.id}» даёт разные значения одного поля; она не загружена, пока значение не станет одно.",
        f"Record {record.id!r} gives different values of one field; it is not loaded until there is one.",
        feed_line(record),
    )
