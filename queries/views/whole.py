"""People and organizations with all that their records say, read for judging closely and for showing."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from domain.records import Place, Record
from graph.client import Graph
from graph.values import Row
from queries.views.ids import feed_id
from screening.entities import Entity, director_tokens, person_of
from screening.facts import OrgFacts, PersonFacts, org_facts

_NOWHERE = Place("", 0)
_RECORDS = """
UNWIND $ids AS id
MATCH (c:%s {id: id})<-[:RESOLVED_TO]-(r:Record)
WHERE r.state = 'live'
RETURN id AS id, r.schema AS schema, r.payload AS payload, c.name AS name, c.ids AS ids
ORDER BY r.key
"""
_RELATED = """
UNWIND $ids AS id
MATCH (c:Person {id: id})<-[:RESOLVED_TO]-(:Record)<-[:REFERS_TO]-(f:Record)
WHERE f.state = 'live' AND f.schema IN ['Employment', 'IncomeDeclaration', 'Family']
RETURN DISTINCT id AS id, f.key AS key, f.id AS record, f.schema AS schema, f.payload AS payload
ORDER BY key
"""
_TARGETS = """
UNWIND $keys AS key
MATCH (:Record {key: key})-[:REFERS_TO]->(t:Record)-[:RESOLVED_TO]->(c)
RETURN DISTINCT t.id AS record, c.id AS node, labels(c)[0] AS label, c.ids AS ids, c.name AS name, c.inn AS inn, c.ogrn AS ogrn
ORDER BY record
"""
_DIRECTORS = """
UNWIND $ids AS id
MATCH (o:Organization {id: id})<-[:DIRECTS]-(p:Person)
RETURN DISTINCT id AS id, p.ids AS ids, p.name AS name, p.inn AS inn
"""


@dataclass(frozen=True, slots=True)
class Whole:
    """A canonical node as one record of all its records' values; `context` are a firm's directors."""

    node: str
    ids: tuple[str, ...]
    name: str
    record: Record
    context: frozenset[str] = frozenset()

    @property
    def firm(self) -> OrgFacts:
        """Its facts, if it is an organization."""
        return org_facts(self.node, self.record, directors=self.context)


@dataclass(slots=True)
class People:
    """Facts of people from their records and those that refer to them; each is read once."""

    graph: Graph
    _known: dict[str, PersonFacts] = field(default_factory=dict)

    def facts(self, ids: Iterable[str]) -> Mapping[str, PersonFacts]:
        """Of those of them that are there."""
        wanted = sorted(set(ids) - self._known.keys())
        if wanted:
            whole = read_people(self.graph, wanted)
            related = _related(self.graph, list(whole))
            for node, one in whole.items():
                others, workplaces = related.get(node, ((), frozenset()))
                facts = person_of(node, Entity(one.record, tuple(others)))
                self._known[node] = replace(facts, workplaces=facts.workplaces | workplaces) if workplaces else facts
        return self._known


def read_people(graph: Graph, ids: Iterable[str]) -> dict[str, Whole]:
    """People by canonical id."""
    return _read(graph, "Person", sorted(ids), {})


def read_firms(graph: Graph, ids: Iterable[str]) -> dict[str, Whole]:
    """Organizations by canonical id, with their directors."""
    wanted = sorted(ids)
    directors: dict[str, set[str]] = defaultdict(set)
    for row in graph.read(_DIRECTORS, ids=wanted) if wanted else ():
        directors[row["id"]] |= {*(f"id:{one}" for one in row["ids"] or ()), *director_tokens(_named("", "Person", row))}
    return _read(graph, "Organization", wanted, directors)


def _read(graph: Graph, label: str, ids: Sequence[str], context: Mapping[str, set[str]]) -> dict[str, Whole]:
    rows: dict[str, list[Row]] = defaultdict(list)
    for row in graph.read(_RECORDS % label, ids=list(ids)) if ids else ():
        rows[row["id"]].append(row)
    made: dict[str, Whole] = {}
    for one, some in rows.items():
        united: dict[str, dict[str, None]] = defaultdict(dict)
        for row in some:
            for name, values in json.loads(row["payload"]).items():
                united[name].update(dict.fromkeys(values))
        schemata = {row["schema"] for row in some}
        schema = next((name for name in ("PublicBody", "Company") if name in schemata), some[0]["schema"])
        record = Record(feed_id(one), schema, {name: tuple(values) for name, values in united.items()}, _NOWHERE)
        made[one] = Whole(one, tuple(some[0]["ids"] or ()), some[0]["name"] or feed_id(one), record, frozenset(context.get(one, ())))
    return made


def _related(graph: Graph, ids: Sequence[str]) -> dict[str, tuple[list[Record], frozenset[str]]]:
    """Per person the records that refer to him and whom those name, and the employers' ids."""
    rows = graph.read(_RELATED, ids=list(ids)) if ids else []
    keys = sorted({row["key"] for row in rows})
    targets = {row["record"]: row for row in graph.read(_TARGETS, keys=keys)} if keys else {}
    found: dict[str, tuple[list[Record], frozenset[str]]] = {}
    for row in rows:
        said = {name: tuple(values) for name, values in json.loads(row["payload"]).items()}
        others, workplaces = found.get(row["id"], ([], frozenset()))
        others.append(Record(row["record"], row["schema"], said, _NOWHERE))
        named = [targets[value] for values in said.values() for value in values if value in targets and targets[value]["node"] != row["id"]]
        others += [_named(one["record"], one["label"], one) for one in named]
        employers = frozenset(f"id:{one}" for target in named if target["label"] == "Organization" for one in target["ids"] or ())
        found[row["id"]] = (others, workplaces | employers)
    return found


def _named(key: str, schema: str, row: Row) -> Record:
    codes = {"innCode": row.get("inn"), "ogrnCode": row.get("ogrn")}
    numbers = {name: tuple(values) for name, values in codes.items() if values}
    return Record(key, schema, {"name": (str(row["name"] or ""),), **numbers}, _NOWHERE)
