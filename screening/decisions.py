"""A person's word on who is who: kept in the graph, taken back, listed; the next check applies it.

A word is about two people (or two organizations) as they stood when it was given: all their records are remembered. *Different*
holds between every record of the one and every record of the other; *same* joins the two through the first record of each that is
still live. Of two records that stood for one node by then only these two are meant.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from domain.clock import Clock
from domain.errors import NotFound, StateError, UsageError
from graph.client import Graph, Transaction
from graph.todo import FIRM, PERSON
from graph.values import Row
from screening.clusters import Decision

LONGEST = 2000
"""Signs of a reason."""
_LABELS = {"Person": PERSON, "Organization": FIRM}

_NODE = """
MATCH (r:Record {%s: $id})-[:RESOLVED_TO]->(c) WHERE labels(c)[0] IN $labels
RETURN r.key AS key, c.id AS node, labels(c)[0] AS label
"""
_MEMBERS = "MATCH (c:%s {id: $id})<-[:RESOLVED_TO]-(r:Record) RETURN r.key AS key ORDER BY key"
_CREATE = "CREATE (j:Judgement) SET j = $row"
_POINT = "UNWIND $keys AS key MATCH (j:Judgement {id: $id}), (r:Record {key: key}) CREATE (j)-[:JUDGES]->(r)"
_ONE = "MATCH (j:Judgement {id: $id}) RETURN properties(j) AS row"
_END = "MATCH (j:Judgement {id: $id}) SET j.ended_at = $at, j.ended_by = $by"
_AGAIN = """
UNWIND $keys AS key
MATCH (r:Record {key: key})-[:RESOLVED_TO]->(c) WHERE r.todo IS NULL OR r.todo STARTS WITH 'facts '
SET r.todo = 'resolve ' + CASE labels(c)[0] WHEN 'Person' THEN 'person' ELSE 'firm' END + ' ' + r.key
"""
_ABOUT = "UNWIND $keys AS key MATCH (:Record {key: key})<-[:JUDGES]-(j:Judgement) RETURN DISTINCT j.id AS id, properties(j) AS row"
_LIVE = "UNWIND $keys AS key MATCH (r:Record {key: key}) WHERE r.state = 'live' RETURN r.key AS key"


@dataclass(frozen=True, slots=True)
class Decided:
    """One word; `ended_at` None while it holds. `lefts` and `rights`: the records meant."""

    id: str
    left: str
    right: str
    same: bool
    by: str
    at: str
    reason: str
    lefts: tuple[str, ...]
    rights: tuple[str, ...]
    ended_at: str | None = None
    ended_by: str | None = None

    @property
    def keys(self) -> tuple[str, ...]:
        """All records meant."""
        return (*self.lefts, *self.rights)

    def pairs(self) -> frozenset[tuple[str, str]]:
        """The pairs of records meant, each in order."""
        return frozenset((min(a, b), max(a, b)) for a in self.lefts for b in self.rights if a != b)


@dataclass(frozen=True, slots=True)
class _Side:
    key: str
    node: str
    label: str
    keys: tuple[str, ...] = ()


def decide(graph: Graph, clock: Clock, left: str, right: str, *, same: bool, by: str, reason: str) -> Decided:
    """Remember that two people or two organizations are one, or are not; the next check joins or parts them.

    `left`, `right`: canonical ids, record keys or feed ids. The same word on the same two again changes nothing; the opposite
    one ends the earlier. For a line of the audit log in the same transaction pass a `graph.sandbox.Within`.
    Raises NotFound, UsageError (no reason, one record twice, a person and a firm, a feed id of several).
    """
    text = reason.strip()
    if not text or len(text) > LONGEST:
        raise UsageError(f"Нужна причина, не длиннее {LONGEST} знаков.", f"A reason is needed, {LONGEST} signs at most.")
    at = clock.now().isoformat()
    return graph.transact(lambda tx: _decide(tx, at, left, right, same=same, by=by, reason=text))


def undo(graph: Graph, clock: Clock, decision: str, by: str) -> Decided:
    """Take a word back, one's own or another's: from the next check on the tests alone count. NotFound; StateError where it has ended."""
    at = clock.now().isoformat()
    return graph.transact(lambda tx: _undo(tx, at, decision, by))


def get_decision(graph: Graph, decision: str) -> Decided:
    """One word by its id; NotFound."""
    return _get(graph.read(_ONE, id=decision), decision)


def decisions_of(graph: Graph, node: str) -> list[Decided]:
    """All words about the records that stand for a person or organization (or about one record), ended ones too, newest first."""
    keys = {row["key"] for label in _LABELS for row in graph.read(_MEMBERS % label, id=node)} | {node}
    found = [_decided(row["row"]) for row in graph.read(_ABOUT, keys=sorted(keys))]
    return sorted(found, key=lambda one: (one.at, one.id), reverse=True)


def decided_pairs(tx: Transaction, keys: Iterable[str]) -> list[Decision]:
    """The words that hold about any of these records, pair by pair, the earliest first."""
    rows = tx.run(_ABOUT, keys=sorted(keys))
    holding = sorted((one for row in rows if not (one := _decided(row["row"])).ended_at), key=lambda one: (one.at, one.id))
    if not holding:
        return []
    live = {row["key"] for row in tx.run(_LIVE, keys=sorted({key for one in holding for key in one.keys}))}
    made: list[Decision] = []
    for one in holding:
        lefts, rights = ([key for key in side if key in live] for side in (one.lefts, one.rights))
        if one.same:
            lefts, rights = lefts[:1], rights[:1]
        made.extend(Decision(min(a, b), max(a, b), one.same, one.by) for a in lefts for b in rights if a != b)
    return made


def _decide(tx: Transaction, at: str, left: str, right: str, *, same: bool, by: str, reason: str) -> Decided:
    one, two = _side(tx, left), _side(tx, right)
    if one.label != two.label:
        raise UsageError("Человек и организация — не одно.", "A person and an organization are never one.")
    if one.key == two.key:
        raise UsageError("Это одна и та же запись.", "These are one record.")
    if one.node != two.node:
        one, two = _whole(tx, one), _whole(tx, two)
    made = Decided(uuid.uuid4().hex, one.key, two.key, same, by, at, reason, one.keys or (one.key,), two.keys or (two.key,))
    earlier = [known for row in tx.run(_ABOUT, keys=sorted(made.keys)) if not (known := _decided(row["row"])).ended_at]
    for known in sorted(earlier, key=lambda known: known.id):
        if known.same == same and known.pairs() >= made.pairs():
            return known
        if known.same != same and not known.pairs().isdisjoint(made.pairs()):
            tx.run(_END, id=known.id, at=at, by=by)
            tx.run(_AGAIN, keys=sorted(known.keys))
    tx.run(_CREATE, row=_row(made))
    tx.run(_POINT, id=made.id, keys=sorted(set(made.keys)))
    tx.run(_AGAIN, keys=sorted(set(made.keys)))
    return made


def _undo(tx: Transaction, at: str, decision: str, by: str) -> Decided:
    known = _get(tx.run(_ONE, id=decision), decision)
    if known.ended_at:
        raise StateError("Это решение уже отменено.", "This word was taken back already.")
    tx.run(_END, id=decision, at=at, by=by)
    tx.run(_AGAIN, keys=sorted(set(known.keys)))
    return _get(tx.run(_ONE, id=decision), decision)


def _side(tx: Transaction, text: str) -> _Side:
    for name in ("key", "id"):
        rows = tx.run(_NODE % name, id=text, labels=sorted(_LABELS))
        nodes = {row["node"] for row in rows}
        if len(nodes) > 1:
            shown = ", ".join(sorted(row["key"] for row in rows)[:5])
            raise UsageError(f"«{text}» есть в нескольких источниках: {shown}.", f"{text!r} is an id of several sources: {shown}.")
        if rows:
            first = min(rows, key=lambda row: str(row["key"]))
            return _Side(first["key"], first["node"], first["label"])
    raise NotFound(f"Человек или организация «{text}» не найдены.", f"There is no person or organization {text!r}.")


def _whole(tx: Transaction, side: _Side) -> _Side:
    """With all records of the node; the one asked about first."""
    others = [row["key"] for row in tx.run(_MEMBERS % side.label, id=side.node) if row["key"] != side.key]
    return _Side(side.key, side.node, side.label, (side.key, *others))


def _row(one: Decided) -> Row:
    row: dict[str, Any] = {name: getattr(one, name) for name in ("id", "left", "right", "same", "by", "at", "reason")}
    return row | {"lefts": list(one.lefts), "rights": list(one.rights)}


def _get(rows: Sequence[Row], decision: str) -> Decided:
    if not rows:
        raise NotFound(f"Решения «{decision}» нет.", f"There is no decision {decision!r}.")
    return _decided(rows[0]["row"])


def _decided(row: Row) -> Decided:
    return Decided(
        id=row["id"],
        left=row["left"],
        right=row["right"],
        same=bool(row["same"]),
        by=row["by"],
        at=row["at"],
        reason=row["reason"],
        lefts=tuple(row["lefts"]),
        rights=tuple(row["rights"]),
        ended_at=row.get("ended_at"),
        ended_by=row.get("ended_by"),
    )
