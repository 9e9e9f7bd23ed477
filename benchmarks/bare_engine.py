"""The bare engine: what the embedded database takes from the official driver with nothing of Sverka's in between.

Every benchmark that writes compares itself with these rates, measured in the same run on the same rows: a fresh folder, one unique
constraint a label, rows that are new, CREATE in batches, one transaction a batch, no retries, no conversions.
"""

from __future__ import annotations

import random
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import neo4j

from graph.embedded import Lease

BATCH = 5000
WARM_UP = 2000


@dataclass(frozen=True, slots=True)
class Nodes:
    """Flat rows of one label, each with its `id`."""

    label: str
    rows: Sequence[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Relationships:
    """Rows `{"from", "to", "id", "props"}` of one type between two labels."""

    type: str
    from_label: str
    to_label: str
    rows: Sequence[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Rates:
    """Rows a second."""

    nodes: float
    relationships: float


def bare_rates(nodes: Sequence[Nodes], relationships: Sequence[Relationships], heap: str = "") -> Rates:
    """Write everything once into an empty engine and say how fast that went."""
    with tempfile.TemporaryDirectory(prefix="sverka-bare-") as folder:
        lease = Lease(Path(folder), heap)
        endpoint = lease.acquire()
        try:
            with (
                neo4j.GraphDatabase.driver(endpoint.url, auth=(endpoint.user, endpoint.password)) as driver,
                driver.session(database="neo4j") as session,
            ):
                _run(session, "UNWIND $rows AS row CREATE (n:WarmUp) SET n = row", [{"id": str(n)} for n in range(WARM_UP)])
                return Rates(_write_nodes(session, nodes), _write_relationships(session, relationships))
        finally:
            lease.release()


def sample(people: int, firms: int, facts: int, seed: int = 1) -> tuple[list[Nodes], list[Relationships]]:
    """A plain city for measuring: people, firms, and ownerships of which one in ten belongs to a few large firms."""
    draw = random.Random(seed)
    person_rows = [
        {"id": f"city:p{n}", "name": f"Иванов Иван Петрович {n}", "fold": f"иванов иван петрович {n}", "birth_lo": 19500101 + n % 300}
        for n in range(people)
    ]
    firm_rows = [{"id": f"city:o{n}", "name": f"ООО «Ромашка-{n}»", "schema": "Company", "inn": [f"{n:010d}"]} for n in range(firms)]
    fact_rows = [
        {
            "from": f"city:p{draw.randrange(people)}",
            "to": f"city:o{draw.randrange(10 if n % 10 == 0 else firms)}",
            "id": f"city:f{n}",
            "props": {"record": f"city:f{n}", "source": "city", "trust": 3, "share": 0.5, "start_lo": 20150101, "end_lo": 99999999},
        }
        for n in range(facts)
    ]
    return [Nodes("Person", person_rows), Nodes("Organization", firm_rows)], [Relationships("OWNS", "Person", "Organization", fact_rows)]


def _write_nodes(session: neo4j.Session, nodes: Sequence[Nodes]) -> float:
    for kind in nodes:
        session.run(f"CREATE CONSTRAINT {kind.label.lower()}_id FOR (n:{kind.label}) REQUIRE n.id IS UNIQUE").consume()
    started = time.perf_counter()
    for kind in nodes:
        _run(session, f"UNWIND $rows AS row CREATE (n:{kind.label}) SET n = row", kind.rows)
    return sum(len(kind.rows) for kind in nodes) / (time.perf_counter() - started)


def _write_relationships(session: neo4j.Session, relationships: Sequence[Relationships]) -> float:
    started = time.perf_counter()
    for kind in relationships:
        statement = (
            f"UNWIND $rows AS row MATCH (a:{kind.from_label} {{id: row.from}}) MATCH (b:{kind.to_label} {{id: row.to}})"
            f" CREATE (a)-[r:{kind.type} {{id: row.id}}]->(b) SET r += row.props"
        )
        _run(session, statement, kind.rows)
    return sum(len(kind.rows) for kind in relationships) / (time.perf_counter() - started)


def _run(session: neo4j.Session, statement: str, rows: Sequence[dict[str, Any]]) -> None:
    for start in range(0, len(rows), BATCH):
        # Not auto-committed: the embedded engine would then commit, and flush, each row by itself.
        with session.begin_transaction() as transaction:
            transaction.run(statement, rows=rows[start : start + BATCH]).consume()
            transaction.commit()
