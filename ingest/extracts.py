"""Ends what a newer register extract no longer lists: it ended on one of the days of change between the two."""

from __future__ import annotations

from domain.dates import Day, parse_date
from graph.client import Graph, Transaction
from graph.values import Row

BATCH = 500

_OPEN = "MATCH (x:Extract) WHERE x.open STARTS WITH 'yes ' RETURN x.id AS id, x.issued AS issued, x.changes AS changes LIMIT $batch"
_OLDER = """
UNWIND $rows AS row
MATCH (r:Record {scope: row.id})
WHERE r.issued < row.issued AND r.ended_lo IS NULL AND r.state IN ['live', 'dangling']
RETURN r.key AS key, r.issued AS issued, row.id AS scope
"""
_END = "UNWIND $rows AS row MATCH (r:Record {key: row.key}) SET r.ended_lo = row.lo, r.ended_hi = row.hi, r.todo = 'link ' + r.key"
_CLOSE = "UNWIND $rows AS row MATCH (x:Extract {id: row.id}) WHERE x.issued = row.issued REMOVE x.open"


def end_vanished(graph: Graph) -> int:
    """Close every open extract; returns how many records ended. What one transaction closed stays closed."""
    ended = 0
    while rows := graph.read(_OPEN, batch=BATCH):
        ended += graph.transact(lambda tx, rows=rows: _end(tx, rows))  # type: ignore[misc]
    return ended


def _end(tx: Transaction, rows: list[Row]) -> int:
    extracts = {row["id"]: row for row in rows}
    older = tx.run(_OLDER, rows=rows)
    ends: list[Row] = []
    for record in older:
        newer = extracts[record["scope"]]
        lo, hi = _between(record["issued"], newer["issued"], newer["changes"] or [])
        ends.append({"key": record["key"], "lo": lo, "hi": hi})
    if ends:
        tx.run(_END, rows=ends)
    tx.run(_CLOSE, rows=rows)
    return len(ends)


def _between(older: str, newer: str, changes: list[str]) -> tuple[Day, Day]:
    days = [parse_date(day).first for day in changes if older < day <= newer]
    if days:
        return min(days), max(days)
    return parse_date(older).first, parse_date(newer).last
