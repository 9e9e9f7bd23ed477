"""Keeps what the sources contradict each other in as nodes beside the people and firms: findings about data, never about people."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import date

from domain.dates import day_of
from graph.client import Graph, Transaction
from graph.values import Row
from queries.derive.contradictions import Contradiction, kin_contradictions, ownership_contradictions
from queries.derive.kin_run import read_family
from queries.derive.stake_run import read_owners

BATCH = 500

_NUMBERS = """
UNWIND $ids AS id
MATCH (p:%s {id: id})<-[:RESOLVED_TO]-(a:Record)-[s:SAME_AS]-(b:Record)-[:RESOLVED_TO]->(q)
WHERE s.data_error = true
RETURN DISTINCT id AS id, p.name AS name, a.key AS a, b.key AS b, q.id AS other, q.name AS other_name, s.reason AS reason
"""
_FIRMS_BESIDE = """
UNWIND $ids AS id
MATCH (:%s {id: id})<-[:CONCERNS]-(:Contradiction)-[:CONCERNS]->(f:Organization)
RETURN DISTINCT f.id AS id
"""
_EVERYONE = "MATCH (p:Person) RETURN p.id AS id"
_DROP = "UNWIND $ids AS id MATCH (p:%s {id: id})<-[:CONCERNS]-(c:Contradiction) DETACH DELETE c"
_DROP_ALL = "MATCH (c:Contradiction) DETACH DELETE c"
_CREATE = """
UNWIND $rows AS row
MERGE (c:Contradiction {id: row.id})
SET c.kind = row.kind, c.message_ru = row.message_ru, c.message_en = row.message_en, c.facts = row.facts, c.day = row.day
"""
_CONCERN = "UNWIND $rows AS row MATCH (c:Contradiction {id: row.id}), (n:%s {id: row.node}) MERGE (c)-[:CONCERNS]->(n)"


def record_contradictions(graph: Graph, people: Iterable[str] | None, firms: Iterable[str] | None, today: date) -> int:
    """Replace the contradictions that concern these people and firms (None: all); returns how many there are now."""
    own, houses = (None if one is None else set(one) for one in (people, firms))
    if own is not None and houses is not None and not own and not houses:
        return 0
    if own is not None and houses is not None:
        houses |= _firms_beside(graph, own, houses)
    found: list[Contradiction] = []
    if own is None or own:
        found += [
            one
            for one in kin_contradictions(read_family(graph, own).kin_facts(), today=day_of(today))
            if own is None or own & set(one.people)
        ]
    if houses is None or houses:
        found += ownership_contradictions(read_owners(graph, houses))
    found += _wrong_numbers(graph, own)
    rows = {_id(one): one for one in found}
    graph.transact(lambda tx: _replace(tx, rows, own, houses))
    return len(rows)


def _firms_beside(graph: Graph, people: set[str], firms: set[str]) -> set[str]:
    """The firms of contradictions that concern these too: a contradiction of owners is dropped with any of them and must be found anew."""
    seen: set[str] = set()
    frontier = {"Person": people, "Organization": firms}
    while any(frontier.values()):
        reached = {
            row["id"] for label, ids in frontier.items() for batch in _batches(ids) for row in graph.read(_FIRMS_BESIDE % label, ids=batch)
        }
        frontier = {"Organization": reached - seen - firms}
        seen |= reached
    return seen


def _replace(tx: Transaction, rows: dict[str, Contradiction], people: set[str] | None, firms: set[str] | None) -> None:
    if people is None or firms is None:
        tx.run(_DROP_ALL)
    else:
        for label, ids in (("Person", people), ("Organization", firms)):
            for batch in _batches(ids):
                tx.run(_DROP % label, ids=batch)
    made = [_row(key, one) for key, one in sorted(rows.items())]
    for start in range(0, len(made), BATCH):
        tx.run(_CREATE, rows=made[start : start + BATCH])
    for label, ends in (("Person", lambda one: one.people), ("Organization", lambda one: (*one.firms, *one.people))):
        concerns = [{"id": key, "node": node} for key, one in sorted(rows.items()) for node in ends(one)]
        for start in range(0, len(concerns), BATCH):
            tx.run(_CONCERN % label, rows=concerns[start : start + BATCH])


def _wrong_numbers(graph: Graph, people: set[str] | None) -> list[Contradiction]:
    """One ИНН, СНИЛС or passport in two records that cannot be one person: a task for whoever keeps the records."""
    ids = [row["id"] for row in graph.stream(_EVERYONE)] if people is None else sorted(people)
    made: list[Contradiction] = []
    for batch in _batches(ids):
        for row in graph.read(_NUMBERS % "Person", ids=batch):
            ends = tuple(sorted({row["id"], row["other"]}))
            keys = tuple(sorted({row["a"], row["b"]}))
            names = sorted({str(row["name"]), str(row["other_name"])})
            made.append(
                Contradiction(
                    "shared_number",
                    ends,
                    keys,
                    f"Один номер (ИНН, СНИЛС или паспорт) в записях, которые не сходятся: {' и '.join(names)}.",
                    f"One number (INN, SNILS or passport) in records that do not agree: {' and '.join(names)}.",
                )
            )
    return made


def _id(one: Contradiction) -> str:
    text = "|".join((one.kind, *sorted(one.people), *sorted(one.firms), *sorted(one.facts)))
    return f"c-{hashlib.sha256(text.encode()).hexdigest()[:20]}"


def _row(key: str, one: Contradiction) -> Row:
    return {
        "id": key,
        "kind": one.kind,
        "message_ru": one.message_ru,
        "message_en": one.message_en,
        "facts": list(one.facts),
        "day": one.day,
    }


def _batches(ids: Iterable[str]) -> Iterable[list[str]]:
    ordered = sorted(ids)
    for start in range(0, len(ordered), BATCH):
        yield ordered[start : start + BATCH]
