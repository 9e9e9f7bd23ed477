"""A small city in a test: feed lines in, checks, findings and explanations out, through the same calls as the commands."""

from __future__ import annotations

import io
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from typing import Any
from weakref import WeakKeyDictionary

import orjson

from app.intake import IngestReport, ingest_rows
from app.pipeline import CheckReport, check
from domain.clock import FixedClock
from domain.records import SourceInfo, SourceKind
from graph.client import Graph
from graph.migrate import migrate
from graph_models.schema import statements
from ingest.formats import feed
from queries.catalog import Catalog, load_catalog
from queries.rules.explain import explain

_FINDINGS = "MATCH (x:Finding) RETURN x.status AS status, x.payload AS payload ORDER BY x.rule, x.id"


@cache
def _rules() -> Catalog:
    """The package's rules: frozen, so that one serves every world."""
    return load_catalog()


_SCHEMAS: WeakKeyDictionary[Graph, dict[str, Any]] = WeakKeyDictionary()


@dataclass(slots=True)
class World:
    """One graph with its clock and rules."""

    graph: Graph
    clock: FixedClock = field(default_factory=lambda: FixedClock(datetime(2026, 1, 15, 9, tzinfo=UTC)))
    catalog: Catalog = field(default_factory=_rules)

    def __post_init__(self) -> None:
        """Constraints and indexes outlive the wiping between tests: after the first time it is enough to say that they are there."""
        if self.graph in _SCHEMAS:
            self.graph.write("MERGE (s:Schema {id: 'schema'}) SET s = $schema", schema=_SCHEMAS[self.graph])
        migrate(self.graph, statements())
        if self.graph not in _SCHEMAS:
            _SCHEMAS[self.graph] = self.graph.read("MATCH (s:Schema) RETURN properties(s) AS schema")[0]["schema"]

    def ingest(self, source: str, lines: Iterable[Mapping[str, Any]], kind: str = "other") -> IngestReport:
        """Feed lines of one source, as one command."""
        file = io.BytesIO(b"\n".join(orjson.dumps(line) for line in lines))
        return ingest_rows(self.graph, self.clock, SourceInfo(source, SourceKind(kind)), feed.records(file, source), source)

    def check(self, *, full: bool = False) -> CheckReport:
        """`sverka check`."""
        return check(self.graph, self.catalog, self.clock, full=full)

    def findings(self, *, closed: bool = False) -> list[dict[str, Any]]:
        """The findings' JSON; closed ones only when asked for."""
        rows = self.graph.read(_FINDINGS)
        return [json.loads(row["payload"]) for row in rows if closed or row["status"] != "CLOSED"]

    def explain(self, rule: str, person: str, event: str | None = None) -> dict[str, Any]:
        """`sverka explain` by feed ids."""
        return explain(self.graph, self.catalog.get(rule), self.canonical(person), self.canonical(event) if event else None).payload()

    def canonical(self, feed_id: str) -> str:
        """The canonical id of a feed id; the id itself for a record of a relation."""
        rows = self.graph.read("MATCH (r:Record {id: $id})-[:RESOLVED_TO]->(c) RETURN c.id AS id", id=feed_id)
        if rows:
            return str(rows[0]["id"])
        keys = self.graph.read("MATCH (r:Record {id: $id}) RETURN r.key AS key", id=feed_id)
        return str(keys[0]["key"]) if keys else feed_id

    def kin(self, person: str, as_of: int) -> list[tuple[str, str]]:
        """(path, feed id of the relative) that hold for certain on a day."""
        rows = self.graph.read(
            "MATCH (p:Person {id: $id})-[k:KIN]->(r:Person) WHERE k.start_hi <= $day AND $day < k.end_lo "
            "RETURN k.path AS path, r.ids AS ids",
            id=self.canonical(person),
            day=as_of,
        )
        return [(row["path"], one) for row in rows for one in row["ids"]]
