"""A person's step on a finding: checked against the procedure, recorded with who, when and on what evidence, undone for a short while."""

from __future__ import annotations

import json
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from cases.lifecycle import Lifecycle, signal_lifecycle
from cases.terms import due_after
from cases.trays import put_away
from domain.clock import Clock
from domain.errors import ConcurrentChange, NotFound, StateError
from graph.client import Graph, Transaction
from graph.values import Row

UNDO_FOR = timedelta(seconds=10)

_FINDING = """
MATCH (x:Finding {id: $id})
RETURN x.status AS status, x.payload AS payload, x.recorded_at AS recorded_at, x.from_day AS from_day, x.to_day AS to_day,
       x.due_on AS due_on, x.by_machine AS by_machine, x.evidence_sha256 AS evidence, x.assignee AS assignee
"""
_CHANGE = """
MATCH (x:Finding {id: $id}) WHERE x.status = $old
SET x.status = $new, x.payload = $payload, x.recorded_at = $at, x.by_machine = $by_machine,
    x.closed = $closed, x.due_on = $due_on, x.assignee = $assignee
RETURN x.id AS id
"""
_RECORD = "CREATE (d:Decision) SET d = $row"
_VERSION = "MERGE (v:FindingVersion {id: $row.id}) SET v = $row"
_LAST = "MATCH (d:Decision {finding: $id}) WHERE d.undone_at IS NULL RETURN properties(d) AS row ORDER BY d.at DESC LIMIT 1"
_UNDONE = "MATCH (d:Decision {id: $id}) SET d.undone_at = $at"
_HISTORY = "MATCH (d:Decision {finding: $id}) RETURN properties(d) AS row ORDER BY d.at"


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody wants to do with a finding; `evidence_sha256` is the evidence that he saw, None where he does not say."""

    to: str
    by: str
    reason: str | None = None
    note: str = ""
    evidence_sha256: str | None = None


def decide(graph: Graph, clock: Clock, finding: str, wish: Wish, lifecycle: Lifecycle | None = None) -> Mapping[str, Any]:
    """Take the step; returns the finding's JSON as it is then.

    Raises NotFound, StateError (not open from here, with what is), ConcurrentChange (the evidence or the state is no longer
    what the person saw), UsageError (a reason is missing).
    """
    at = clock.now()
    return graph.transact(lambda tx: take_step(tx, at, finding, wish, lifecycle))


def undo(graph: Graph, clock: Clock, finding: str, by: str) -> Mapping[str, Any]:
    """Take back one's own last step within ten seconds; StateError later."""
    at = clock.now()
    return graph.transact(lambda tx: take_back(tx, at, finding, by))


def history(graph: Graph, finding: str) -> list[Row]:
    """All decisions on a finding, undone ones included, oldest first."""
    return [row["row"] for row in graph.read(_HISTORY, id=finding)]


def take_step(tx: Transaction, at: datetime, finding: str, wish: Wish, lifecycle: Lifecycle | None = None) -> Mapping[str, Any]:
    """`decide` inside a transaction of the caller's (that of the audit line)."""
    row = _read(tx, finding)
    if wish.evidence_sha256 is not None and wish.evidence_sha256 != row["evidence"]:
        raise _changed()
    step = (lifecycle or signal_lifecycle()).step(row["status"], wish.to, wish.reason)
    due = due_after(step.term, at.date()) if step.term else None
    # Whoever hands a finding on no longer has it; the next one takes it.
    assignee = None if wish.to == "SELF_INTEREST_REASSIGN" else wish.by
    body = _move(tx, row, finding, at, wish.to, due_on=due.isoformat() if due else None, by_machine=False, assignee=assignee)
    tx.run(
        _RECORD,
        row={
            "id": uuid.uuid4().hex,
            "finding": finding,
            "old": row["status"],
            "new": wish.to,
            "reason": wish.reason or "",
            "note": wish.note,
            "by": wish.by,
            "at": at.isoformat(),
            "evidence_sha256": row["evidence"],
            "due_before": row["due_on"] or "",
            "assignee_before": row["assignee"] or "",
            "machine_before": bool(row["by_machine"]),
        },
    )
    return body


def take_back(tx: Transaction, at: datetime, finding: str, by: str) -> Mapping[str, Any]:
    """`undo` inside a transaction of the caller's."""
    row = _read(tx, finding)
    last = [one["row"] for one in tx.run(_LAST, id=finding)]
    fresh = last and last[0]["by"] == by and at - datetime.fromisoformat(last[0]["at"]) <= UNDO_FOR
    if not fresh or last[0]["new"] != row["status"]:
        raise StateError(
            "Отменить можно только своё последнее решение и не позже чем через десять секунд.",
            "Only one's own last decision can be undone, within ten seconds.",
            hint="Примите новое решение.",
        )
    decision = last[0]
    body = _move(
        tx,
        row,
        finding,
        at,
        decision["old"],
        due_on=decision["due_before"] or None,
        by_machine=bool(decision["machine_before"]),
        assignee=decision.get("assignee_before") or None,
    )
    tx.run(_UNDONE, id=decision["id"], at=at.isoformat())
    return body


def _read(tx: Transaction, finding: str) -> Row:
    rows = tx.run(_FINDING, id=finding)
    if not rows:
        raise NotFound("Такого сигнала нет.", "There is no such finding.")
    return rows[0]


def _move(
    tx: Transaction, row: Row, finding: str, at: datetime, new: str, *, due_on: str | None, by_machine: bool, assignee: str | None
) -> Mapping[str, Any]:
    stamp = at.isoformat()
    body = {**json.loads(row["payload"]), "status": new}
    body.pop("closed_reason", None)
    version = {
        "id": f"{finding}@{stamp}",
        "finding": finding,
        "payload": row["payload"],
        "from_day": row["from_day"],
        "to_day": row["to_day"],
        "recorded_at": row["recorded_at"],
        "superseded_at": stamp,
    }
    tx.run(_VERSION, row=version)
    changed = tx.run(
        _CHANGE,
        id=finding,
        old=row["status"],
        new=new,
        payload=json.dumps(body, ensure_ascii=False, sort_keys=True),
        at=stamp,
        by_machine=by_machine,
        closed=new == "CLOSED",
        due_on=due_on,
        assignee=assignee,
    )
    if not changed:
        raise _changed()
    put_away(tx, [finding])
    return body


def _changed() -> ConcurrentChange:
    return ConcurrentChange(
        "Сигнал тем временем изменился: прочтите его снова.", "The finding has changed meanwhile: read it again.", hint="Обновите страницу."
    )
