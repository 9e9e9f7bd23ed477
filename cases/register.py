"""After a check: every new or changed finding gets a number, a due day and its tray. It can be broken off and goes on at the next call."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from datetime import date

from cases.terms import due_for
from cases.trays import put_away
from graph.client import Graph, Transaction
from graph.values import Row

BATCH = 500
_MACHINE = ("NEW", "NEED_DATA")
_WAITING = """
MATCH (x:Finding {unfiled: true})
RETURN x.id AS id, x.status AS status, x.severity AS severity, x.by_machine AS by_machine, x.number AS number, x.due_on AS due_on,
       x.seen_at AS seen_at, x.recorded_at AS recorded_at, x.units AS units
LIMIT $batch
"""
_NUMBERS = "MERGE (n:Numbering {id: $year}) SET n.n = coalesce(n.n, 0) + $more RETURN n.n AS last"
_SET = "UNWIND $rows AS row MATCH (x:Finding {id: row.id}) SET x.number = row.number, x.due_on = row.due_on"
_UNTIE = "UNWIND $ids AS id MATCH (x:Finding {id: id})-[t:FOR_UNIT]->() DELETE t"
_TIE = "UNWIND $rows AS row MATCH (x:Finding {id: row.id}), (o:Organization {id: row.unit}) CREATE (x)-[:FOR_UNIT]->(o)"


def register(graph: Graph, progress: Callable[[int], None] | None = None) -> int:
    """Number, date and file what the check left; returns how many findings that were."""
    done = 0
    while rows := graph.read(_WAITING, batch=BATCH):
        ordered = sorted(rows, key=lambda row: str(row["id"]))
        graph.transact(lambda tx, rows=ordered: _register(tx, rows))  # type: ignore[misc]
        done += len(rows)
        if progress:
            progress(len(rows))
    return done


def _register(tx: Transaction, rows: list[Row]) -> None:
    numbers = _numbered(tx, rows)
    ids = [row["id"] for row in rows]
    tx.run(_SET, rows=[{"id": row["id"], "number": numbers[row["id"]], "due_on": _due_on(row)} for row in rows])
    tx.run(_UNTIE, ids=ids)
    ties = [{"id": row["id"], "unit": unit} for row in rows for unit in row["units"] or ()]
    if ties:
        tx.run(_TIE, rows=ties)
    put_away(tx, ids)


def _numbered(tx: Transaction, rows: list[Row]) -> dict[str, str]:
    numbers = {row["id"]: row["number"] for row in rows if row["number"]}
    years: dict[str, list[str]] = defaultdict(list)
    for row in rows:
        if not row["number"]:
            years[str(row["seen_at"] or row["recorded_at"])[:4]].append(row["id"])
    for year, ids in sorted(years.items()):
        last = int(tx.run(_NUMBERS, year=year, more=len(ids))[0]["last"])
        numbers.update({one: f"{year}-{last - len(ids) + n:04d}" for n, one in enumerate(ids, 1)})
    return numbers


def _due_on(row: Row) -> str | None:
    """The machine dates what is still its own, by severity from the day it was raised; a person's step has its own term."""
    if not row["by_machine"]:
        return str(row["due_on"]) if row["due_on"] and row["status"] != "CLOSED" else None
    if row["status"] not in _MACHINE:
        return None
    due = due_for(row["severity"], date.fromisoformat(str(row["seen_at"] or row["recorded_at"])[:10]))
    return due.isoformat() if due else None
