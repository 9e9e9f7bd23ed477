"""Screening: the people and organizations of the graph that an entity from outside may be, with score and reasons."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from domain.records import Place, Record
from graph.client import Graph
from graph.values import Row
from queries.views.ids import feed_id
from screening.comparison import Outcome
from screening.decisive import judge_orgs, judge_people
from screening.entities import ORGANIZATION, PERSON, Entity, director_tokens, org_of, org_tokens, person_of, told
from screening.facts import OrgFacts, PersonFacts, org_facts, person_facts
from screening.keys import org_keys, person_keys
from screening.verdicts import Grade, Language, Verdict

HUB = 400
"""A key that more of them share finds nobody by itself; numbers always do."""
_NUMBERS = ("inn:", "ogrn:", "snils:", "pass:")
_HITS = (Grade.CERTAIN, Grade.PROBABLE, Grade.WEAK, Grade.DATA_ERROR)
_MATCH = (Grade.CERTAIN, Grade.PROBABLE)
_OUTCOME = {Outcome.EQUAL: 1.0, Outcome.COMPATIBLE: 0.8, Outcome.NEAR: 0.7, Outcome.DIFFERS: 0.0}

_HOLDERS = (
    "UNWIND $keys AS key MATCH (:Key {id: key})<-[:HAS_KEY]-(:Record)-[:RESOLVED_TO]->(c) RETURN key AS key, collect(DISTINCT c.id) AS ids"
)
_RECORDS = """
UNWIND $ids AS id
MATCH (c:%s {id: id})<-[:RESOLVED_TO]-(r:Record)
WHERE r.state = 'live'
RETURN id AS id, r.schema AS schema, r.payload AS payload, c.name AS name, c.ids AS ids
ORDER BY r.key
"""
_WORK = """
UNWIND $ids AS id
MATCH (p:Person {id: id})-[:EMPLOYED_BY]->(o:Organization)
RETURN DISTINCT id AS id, o.ids AS ids, o.name AS name, o.inn AS inn, o.ogrn AS ogrn
"""
_DIRECTORS = """
UNWIND $ids AS id
MATCH (o:Organization {id: id})<-[:DIRECTS]-(p:Person)
RETURN DISTINCT id AS id, p.ids AS ids, p.name AS name, p.inn AS inn
"""


@dataclass(frozen=True, slots=True)
class Hit:
    """One candidate; `verdict.left` is the entity asked about."""

    node: str
    ids: tuple[str, ...]
    caption: str
    record: Record
    verdict: Verdict

    def payload(self, language: Language) -> dict[str, Any]:
        """One result as contract.md 3 has it; `features` are yente's numbers, the words stand in `explanation`."""
        answer = told(self.verdict, language)
        return {
            "id": self.ids[0] if self.ids else feed_id(self.node),
            "caption": self.caption,
            "schema": self.record.schema,
            "score": self.verdict.probability,
            "match": self.verdict.grade in _MATCH,
            "features": {row.feature: _OUTCOME[row.outcome] for row in self.verdict.compared if row.outcome in _OUTCOME},
            "properties": {name: list(values) for name, values in self.record.properties.items()},
            "ids": list(self.ids),
            "explanation": {
                "grade": answer["grade"],
                "decisive": answer["decisive"],
                "sentence": answer["explanation"],
                "compared": answer["features"],
                "waterfall": answer["waterfall"],
            },
        }


def screen(graph: Graph, entities: Sequence[Entity], limit: int) -> list[list[Hit]]:
    """For each entity its best hits, the likeliest first. Works by batch: a hundred entities cost little more than one."""
    found: list[list[Hit]] = [[] for _ in entities]
    for label in (PERSON, ORGANIZATION):
        asked = {number: entity for number, entity in enumerate(entities) if label in entity.kinds}
        if asked:
            for number, hits in _of_label(graph, label, asked).items():
                found[number].extend(hits)
    return [sorted(hits, key=lambda hit: (-hit.verdict.probability, hit.node))[:limit] for hits in found]


def _of_label(graph: Graph, label: str, asked: Mapping[int, Entity]) -> dict[int, list[Hit]]:
    if label == PERSON:
        people = {number: person_of("query", entity) for number, entity in asked.items()}
        candidates = _candidates(graph, label, {number: person_keys(facts).sought for number, facts in people.items()})
        known = _people(graph, {one for some in candidates.values() for one in some})
        return {
            number: [
                hit for one in candidates[number] if one in known and (hit := _hit(known[one], judge_people(facts, known[one].person)))
            ]
            for number, facts in people.items()
        }
    firms = {number: org_of("query", entity) for number, entity in asked.items()}
    candidates = _candidates(graph, label, {number: org_keys(facts).sought for number, facts in firms.items()})
    known = _firms(graph, {one for some in candidates.values() for one in some})
    return {
        number: [hit for one in candidates[number] if one in known and (hit := _hit(known[one], judge_orgs(facts, known[one].firm)))]
        for number, facts in firms.items()
    }


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A canonical node with all that its records say."""

    node: str
    ids: tuple[str, ...]
    name: str
    record: Record
    context: frozenset[str]

    @property
    def person(self) -> PersonFacts:
        return person_facts(self.node, self.record, workplaces=self.context)

    @property
    def firm(self) -> OrgFacts:
        return org_facts(self.node, self.record, directors=self.context)


def _hit(one: _Candidate, verdict: Verdict) -> Hit | None:
    return Hit(one.node, one.ids, one.name, one.record, verdict) if verdict.grade in _HITS else None


def _candidates(graph: Graph, label: str, sought: Mapping[int, frozenset[str]]) -> dict[int, list[str]]:
    keys = sorted({f"{label}:{key}" for some in sought.values() for key in some})
    holders = {row["key"]: row["ids"] for row in graph.read(_HOLDERS, keys=keys)} if keys else {}
    found: dict[int, list[str]] = {}
    for number, some in sought.items():
        named: dict[str, None] = {}
        for key in sorted(some):
            ids = holders.get(f"{label}:{key}", ())
            if len(ids) <= HUB or key.startswith(_NUMBERS):
                named.update(dict.fromkeys(ids))
        found[number] = list(named)
    return found


def _people(graph: Graph, ids: Iterable[str]) -> dict[str, _Candidate]:
    wanted = sorted(ids)
    work: dict[str, set[str]] = defaultdict(set)
    for row in graph.read(_WORK, ids=wanted) if wanted else ():
        work[row["id"]] |= {*(f"id:{one}" for one in row["ids"] or ()), *org_tokens(_named("Organization", row))}
    return _known(graph, PERSON, wanted, work)


def _firms(graph: Graph, ids: Iterable[str]) -> dict[str, _Candidate]:
    wanted = sorted(ids)
    directors: dict[str, set[str]] = defaultdict(set)
    for row in graph.read(_DIRECTORS, ids=wanted) if wanted else ():
        directors[row["id"]] |= {*(f"id:{one}" for one in row["ids"] or ()), *director_tokens(_named("Person", row))}
    return _known(graph, ORGANIZATION, wanted, directors)


def _named(schema: str, row: Row) -> Record:
    codes = {"innCode": row.get("inn"), "ogrnCode": row.get("ogrn")}
    numbers = {name: tuple(values) for name, values in codes.items() if values}
    return Record("", schema, {"name": (str(row["name"]),), **numbers}, Place("", 0))


def _known(graph: Graph, label: str, ids: Sequence[str], context: Mapping[str, set[str]]) -> dict[str, _Candidate]:
    rows: dict[str, list[Row]] = defaultdict(list)
    for row in graph.read(_RECORDS % label, ids=list(ids)) if ids else ():
        rows[row["id"]].append(row)
    made: dict[str, _Candidate] = {}
    for one, some in rows.items():
        united: dict[str, dict[str, None]] = defaultdict(dict)
        for row in some:
            for name, values in json.loads(row["payload"]).items():
                united[name].update(dict.fromkeys(values))
        schemata = {row["schema"] for row in some}
        schema = next((name for name in ("PublicBody", "Company") if name in schemata), some[0]["schema"])
        record = Record(feed_id(one), schema, {name: tuple(values) for name, values in united.items()}, Place("", 0))
        made[one] = _Candidate(one, tuple(some[0]["ids"] or ()), some[0]["name"] or feed_id(one), record, frozenset(context.get(one, ())))
    return made
