"""Records as matching needs them: what they say, where the people work, who directs the organizations."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from domain.records import Place, Record
from graph.client import Transaction

_READ = """
UNWIND $keys AS key
MATCH (r:Record {key: key})
WHERE r.state = 'live'
RETURN r.key AS key, r.id AS id, r.source AS source, r.schema AS schema, r.payload AS payload, r.path AS path, r.line AS line
"""
_WORK = """
UNWIND $keys AS key
MATCH (p:Record {key: key})<-[x:REFERS_TO]-(e:Record)-[y:REFERS_TO]->(o:Record)-[:RESOLVED_TO]->(c:Organization)
WHERE x.prop = 'employee' AND y.prop = 'employer' AND e.state = 'live'
RETURN DISTINCT key AS key, c.id AS org
"""


@dataclass(frozen=True, slots=True)
class Known:
    """One live record with its context."""

    record_key: str
    source: str
    record: Record
    workplaces: tuple[str, ...] = field(default=())
    directors: tuple[str, ...] = field(default=())


def read_known(tx: Transaction, keys: Sequence[str], *, people: bool) -> Iterable[Known]:
    """The live ones among the records, in key order."""
    if not keys:
        return []
    work: dict[str, list[str]] = defaultdict(list)
    if people:
        for row in tx.run(_WORK, keys=list(keys)):
            work[row["key"]].append(row["org"])
    return [
        Known(
            row["key"],
            row["source"],
            _record(row["id"], row["schema"], row["payload"], row["path"], row["line"]),
            tuple(sorted(work[row["key"]])),
        )
        for row in sorted(tx.run(_READ, keys=list(keys)), key=lambda row: str(row["key"]))
    ]


def _record(record_id: str, schema: str, payload: str, path: str, line: int) -> Record:
    return Record(record_id, schema, {name: tuple(values) for name, values in json.loads(payload).items()}, Place(path, line))
