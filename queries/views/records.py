"""A source record as it was read, with what it was before and what it stands for; and the sources with what they hold."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

from domain.errors import NotFound
from graph.client import Graph
from queries.views.ids import SeveralMatch
from queries.views.links import NODE, NodeRef, node_ref

_RECORD = (
    """
MATCH (r:Record %s)
OPTIONAL MATCH (s:Source {name: r.source})
OPTIONAL MATCH (r)-[:RESOLVED_TO]->(o)
RETURN r.key AS key, r.id AS id, r.source AS source, s.kind AS kind, s.trust AS trust, r.schema AS schema, r.state AS state, r.path AS path,
       r.line AS line, r.sha256 AS sha256, r.recorded_at AS recorded_at, r.payload AS payload, CASE WHEN o IS NULL THEN null ELSE """
    + NODE
    + """ END AS node
ORDER BY key LIMIT 50
"""
)
_BY_KEY = _RECORD % "{key: $key}"
_BY_ID = _RECORD % "{id: $key}"
_NAMES = (
    "MATCH (r:Record {key: $key})-[x:REFERS_TO]->(t:Record)-[:RESOLVED_TO]->(o) RETURN x.prop AS prop, "
    + NODE
    + " AS node ORDER BY prop, t.key"
)
_VERSIONS = """
MATCH (v:RecordVersion {key: $key})
RETURN v.recorded_at AS recorded_at, v.superseded_at AS superseded_at, v.schema AS schema, v.payload AS payload
ORDER BY recorded_at
"""
_SOURCES = "MATCH (s:Source) RETURN s.name AS name, s.kind AS kind, s.trust AS trust, s.read_at AS read_at ORDER BY name"
_COUNTS = "MATCH (r:Record) WHERE r.state <> 'withdrawn' RETURN r.source AS source, count(*) AS n"
_QUARANTINED = "MATCH (q:Quarantined) RETURN q.source AS source, count(*) AS n"

Values = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Version:
    """What the record said before."""

    recorded_at: str
    superseded_at: str
    schema: str
    properties: Values


@dataclass(frozen=True, slots=True)
class SourceRecord:
    """A record exactly as read. `resolved`: what it stands for (None for a relation); `names`: what its properties name."""

    key: str
    id: str
    source: str
    kind: str
    trust: int
    schema: str
    state: str
    path: str
    line: int
    sha256: str
    recorded_at: str
    properties: Values
    resolved: NodeRef | None
    names: tuple[tuple[str, NodeRef], ...]
    versions: tuple[Version, ...]

    def people(self) -> tuple[str, ...]:
        """Canonical ids of the people it is about."""
        nodes = [*([self.resolved] if self.resolved else []), *(node for _, node in self.names)]
        return tuple(dict.fromkeys(node.node for node in nodes if node.label == "Person"))


@dataclass(frozen=True, slots=True)
class SourceRow:
    """A source with what it holds."""

    name: str
    kind: str
    trust: int
    records: int
    quarantined: int
    read_at: str | None


def get_record(graph: Graph, text: str) -> SourceRecord:
    """The record by `SOURCE:ID` or `ID`; NotFound, or SeveralMatch where several sources have the id."""
    rows = graph.read(_BY_KEY, key=text) or graph.read(_BY_ID, key=text)
    if not rows:
        raise NotFound(f"Записи «{text}» нет.", f"There is no record {text!r}.")
    if len({row["key"] for row in rows}) > 1:
        raise SeveralMatch(text, sorted({row["key"] for row in rows}))
    row = rows[0]
    versions = [
        Version(v["recorded_at"], v["superseded_at"], v["schema"], _values(v["payload"])) for v in graph.read(_VERSIONS, key=row["key"])
    ]
    names = tuple((one["prop"], node_ref(one["node"])) for one in graph.read(_NAMES, key=row["key"]))
    return SourceRecord(
        row["key"],
        row["id"],
        row["source"],
        row["kind"] or "other",
        row["trust"] or 0,
        row["schema"],
        row["state"],
        row["path"],
        row["line"],
        row["sha256"],
        row["recorded_at"],
        _values(row["payload"]),
        node_ref(row["node"]) if row["node"] else None,
        names,
        tuple(versions),
    )


def list_sources(graph: Graph) -> list[SourceRow]:
    """Every source by name."""
    records = {row["source"]: row["n"] for row in graph.read(_COUNTS)}
    refused = {row["source"]: row["n"] for row in graph.read(_QUARANTINED)}
    return [
        SourceRow(
            row["name"], row["kind"] or "other", row["trust"] or 0, records.get(row["name"], 0), refused.get(row["name"], 0), row["read_at"]
        )
        for row in graph.read(_SOURCES)
    ]


def _values(payload: str) -> Values:
    return {name: tuple(values) for name, values in json.loads(payload).items()}
