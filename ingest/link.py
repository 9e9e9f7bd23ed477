"""References between records: own source first, then all; to nothing is quarantined and tried again."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import datetime

from domain.records import Place, Record, Reject
from graph.client import Graph, Transaction
from graph.todo import OF_PERSON, TELLING, to_resolve
from graph.values import Row
from graph_models.ftm import entity_properties
from ingest.load import feed_line, quarantine_row

BATCH = 2000

_TODO = """
MATCH (r:Record) WHERE r.todo STARTS WITH 'link '
RETURN r.key AS key, r.id AS id, r.source AS source, r.schema AS schema,
       r.payload AS payload, r.state AS state, r.path AS path, r.line AS line
LIMIT $batch
"""
_RETRY = "MATCH (r:Record) WHERE r.dangles STARTS WITH 'yes ' SET r.todo = 'link ' + r.key"
_OWN = "UNWIND $keys AS key MATCH (r:Record {key: key}) WHERE r.state IN ['live', 'dangling'] RETURN r.key AS key"
_ANY = "UNWIND $ids AS id MATCH (r:Record {id: id}) WHERE r.state IN ['live', 'dangling'] RETURN id AS id, r.key AS key"
# Work, declarations and relatives are evidence of who is who: whom such a record named before is judged again too.
_FORMER = """
UNWIND $keys AS key
MATCH (e:Record {key: key})-[x:REFERS_TO]->(p:Record)
WHERE x.prop IN $props AND p.schema = 'Person' AND (p.todo IS NULL OR p.todo STARTS WITH 'facts ')
SET p.todo = 'resolve person ' + p.key
"""
_UNLINK = "UNWIND $keys AS key MATCH (r:Record {key: key})-[x:REFERS_TO]->() DELETE x"
_LINK = """
UNWIND $rows AS row
MATCH (r:Record {key: row.from}), (t:Record {key: row.to})
CREATE (r)-[:REFERS_TO {prop: row.prop}]->(t)
"""
_DONE = "UNWIND $rows AS row MATCH (r:Record {key: row.key}) SET r.state = row.state, r.todo = row.todo, r.dangles = row.dangles"
_QUARANTINE = "UNWIND $rows AS row MERGE (q:Quarantined {id: row.id}) SET q += row"
_CLEAR = "UNWIND $keys AS key MATCH (q:Quarantined {key: key}) WHERE q.reason = 'dangling_reference' DELETE q"


def link(graph: Graph, run: str, at: datetime, progress: Callable[[int], None] | None = None) -> Iterator[Reject]:
    """Link every record that waits for it, dangling ones again, while the caller takes those that still point to nothing."""
    graph.write(_RETRY)
    while rows := graph.read(_TODO, batch=BATCH):
        rejects = graph.transact(lambda tx, rows=rows: _link_batch(tx, rows, run, at.isoformat()))  # type: ignore[misc]
        yield from rejects.values()
        if progress:
            progress(len(rows))


def _link_batch(tx: Transaction, rows: list[Row], run: str, at: str) -> dict[str, Reject]:
    wanted = {row["key"]: _references(row) if row["state"] in ("live", "dangling") else [] for row in rows}
    targets = find_targets(tx, {(row["source"], value) for row in rows for _, value in wanted[row["key"]]})
    links: list[Row] = []
    done: list[Row] = []
    rejects: dict[str, Reject] = {}
    for row in rows:
        key = row["key"]
        missing = [(prop, value) for prop, value in wanted[key] if (row["source"], value) not in targets]
        links.extend(
            {"from": key, "to": targets[row["source"], value], "prop": prop}
            for prop, value in wanted[key]
            if (row["source"], value) in targets
        )
        state = row["state"]
        if state in ("live", "dangling"):
            state = "dangling" if missing else "live"
        if missing:
            rejects[key] = _dangling(row, missing)
        dangles = f"yes {key}" if state == "dangling" else None
        done.append({"key": key, "state": state, "todo": to_resolve(row["schema"], key), "dangles": dangles})
    keys = [row["key"] for row in rows]
    linked = [key for key in keys if wanted[key]]
    telling = [row["key"] for row in rows if row["schema"] in TELLING]
    if telling:
        tx.run(_FORMER, keys=telling, props=list(OF_PERSON))
    tx.run(_UNLINK, keys=keys)
    if links:
        tx.run(_LINK, rows=links)
    if linked:
        tx.run(_CLEAR, keys=linked)
    if rejects:
        sources = {row["key"]: row["source"] for row in rows}
        tx.run(_QUARANTINE, rows=[quarantine_row(sources[key], reject, run, at, key) for key, reject in rejects.items()])
    tx.run(_DONE, rows=done)
    return rejects


def _references(row: Row) -> list[tuple[str, str]]:
    properties = json.loads(row["payload"])
    return [(name, value) for name in entity_properties(row["schema"]) for value in properties.get(name, ())]


def find_targets(tx: Transaction, asked: set[tuple[str, str]]) -> dict[tuple[str, str], str]:
    """(source, value) → key of the record that a record of the source means by the value."""
    if not asked:
        return {}
    own = {f"{source}:{value}" for source, value in asked}
    full = {value for _, value in asked if ":" in value}
    present = {row["key"] for row in tx.run(_OWN, keys=sorted(own | full))}
    targets = {(source, value): f"{source}:{value}" for source, value in asked if f"{source}:{value}" in present}
    targets |= {(source, value): value for source, value in asked if (source, value) not in targets and value in present}
    rest = sorted({value for source, value in asked if (source, value) not in targets})
    if rest:
        elsewhere: dict[str, list[str]] = defaultdict(list)
        for row in tx.run(_ANY, ids=rest):
            elsewhere[row["id"]].append(row["key"])
        targets |= {
            (source, value): min(elsewhere[value]) for source, value in asked if (source, value) not in targets and value in elsewhere
        }
    return targets


def _dangling(row: Row, missing: list[tuple[str, str]]) -> Reject:
    properties = {name: tuple(values) for name, values in json.loads(row["payload"]).items()}
    record = Record(row["id"], row["schema"], properties, Place(row["path"], row["line"]))
    names_ru = ", ".join(f"{prop} → «{value}»" for prop, value in missing)
    names_en = ", ".join(f"{prop} → {value!r}" for prop, value in missing)
    return Reject(
        record.place,
        "dangling_reference",
        f"Запись «{record.id}» ссылается на то, чего нет: {names_ru}. Проверим снова после следующей загрузки.",
        f"Record {record.id!r} refers to nothing: {names_en}. It is tried again after the next ingest.",
        feed_line(record),
    )
