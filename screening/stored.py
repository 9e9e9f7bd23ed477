"""Records as matching needs them: what they say, and what others say of the people: work, declarations, relatives."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from domain.dates import Day, parse_date
from domain.errors import BadValue
from domain.records import Place, Record
from graph.client import Transaction
from graph.todo import OF_PERSON, TELLING
from graph.values import Row

_READ = """
UNWIND $keys AS key
MATCH (r:Record {key: key})
WHERE r.state = 'live'
RETURN r.key AS key, r.id AS id, r.source AS source, r.schema AS schema, r.payload AS payload, r.path AS path, r.line AS line
"""
_WORK = """
UNWIND $keys AS key
MATCH (p:Record {key: key})<-[x:REFERS_TO]-(e:Record)-[y:REFERS_TO]->(o:Record)-[:RESOLVED_TO]->(c:Organization)
WHERE x.prop IN ['employee', 'person'] AND y.prop = 'employer' AND e.state = 'live'
RETURN DISTINCT key AS key, c.id AS org
"""
_SAYING = """
UNWIND $keys AS key
MATCH (:Record {key: key})<-[x:REFERS_TO]-(f:Record)
WHERE f.state = 'live' AND f.schema IN $schemata AND x.prop IN $props
RETURN DISTINCT key AS key, f.key AS said, f.id AS id, f.schema AS schema, f.payload AS payload
ORDER BY said
"""
_RELATIVES = """
UNWIND $keys AS key
MATCH (:Record {key: key})-[x:REFERS_TO]->(q:Record)
WHERE x.prop IN $props AND q.state = 'live' AND q.schema = 'Person'
RETURN DISTINCT key AS said, q.key AS key, q.id AS id, q.payload AS payload
ORDER BY key
"""
_OF_RELATIVES = ("person", "relative", "spouse", "child")
_OF_LIFE = frozenset(["Employment", "IncomeDeclaration", "Family"])
_BEGAN = ("startDate", "date", "year")
_NOWHERE = Place("", 0)


@dataclass(frozen=True, slots=True)
class Known:
    """One live record with its context; `related` are the records that tell of a person's life, and his relatives' names."""

    record_key: str
    source: str
    record: Record
    workplaces: tuple[str, ...] = field(default=())
    directors: tuple[str, ...] = field(default=())
    related: tuple[Record, ...] = field(default=())
    seen_on: Day = 0


def read_known(tx: Transaction, keys: Sequence[str], *, people: bool) -> Iterable[Known]:
    """The live ones among the records, in key order."""
    if not keys:
        return []
    work: dict[str, list[str]] = defaultdict(list)
    related: dict[str, list[Record]] = {}
    if people:
        for row in tx.run(_WORK, keys=list(keys)):
            work[row["key"]].append(row["org"])
        related = _related(tx, keys)
    return [
        Known(
            row["key"],
            row["source"],
            _record(row["id"], row["schema"], row["payload"], Place(row["path"], row["line"])),
            tuple(sorted(work[row["key"]])),
            related=tuple(one for one in related.get(row["key"], ()) if one.schema in _OF_LIFE or one.schema == "Person"),
            seen_on=max((day for one in related.get(row["key"], ()) for day in _began(one)), default=0),
        )
        for row in sorted(tx.run(_READ, keys=list(keys)), key=lambda row: str(row["key"]))
    ]


def _related(tx: Transaction, keys: Sequence[str]) -> dict[str, list[Record]]:
    """Employers are left out: they are known by their nodes, and a firm that is renamed changes nobody's identity."""
    rows = tx.run(_SAYING, keys=list(keys), schemata=list(TELLING), props=list(OF_PERSON))
    kin: dict[str, list[Row]] = defaultdict(list)
    said = sorted({row["said"] for row in rows if row["schema"] in ("Family", "IncomeDeclaration")})
    for row in tx.run(_RELATIVES, keys=said, props=list(_OF_RELATIVES)) if said else ():
        kin[row["said"]].append(row)
    found: dict[str, list[Record]] = defaultdict(list)
    for row in rows:
        found[row["key"]].append(_record(row["id"], row["schema"], row["payload"]))
        found[row["key"]] += [_record(one["id"], "Person", one["payload"]) for one in kin[row["said"]] if one["key"] != row["key"]]
    return found


def _began(record: Record) -> Iterator[Day]:
    """Days on which the person certainly lived; what ends may end after a death."""
    for name in _BEGAN if record.schema not in {"Person", "Family"} else ():
        for text in record.all(name):
            try:
                yield parse_date(text).first
            except BadValue:
                continue


def _record(record_id: str, schema: str, payload: str, place: Place = _NOWHERE) -> Record:
    return Record(record_id, schema, {name: tuple(values) for name, values in json.loads(payload).items()}, place)
