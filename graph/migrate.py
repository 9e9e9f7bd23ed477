"""Bringing a graph to the schema of this version: constraints, indexes, and the version's number."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable

from domain.errors import GraphError
from graph.client import Graph

VERSION = 1
# The only schema statements that both engines understand; each names its object and may run again.
_COMMON = re.compile(
    r"CREATE CONSTRAINT \w+ IF NOT EXISTS FOR \(n:\w+\) REQUIRE n\.\w+ IS UNIQUE"
    r"|CREATE INDEX \w+ IF NOT EXISTS FOR \(n:\w+\) ON \(n\.\w+(, n\.\w+)*\)"
    r"|CREATE INDEX \w+ IF NOT EXISTS FOR \(\)-\[r:\w+\]-\(\) ON \(r\.\w+\)"
)
_READ = "MATCH (s:Schema {id: 'schema'}) RETURN s.version AS version, s.applied AS applied"
_RECORD = "MERGE (s:Schema {id: 'schema'}) SET s.version = $version, s.applied = $applied"


def schema_version(graph: Graph) -> int:
    """The version the graph was brought to last; 0 for a graph that never was."""
    rows = graph.read(_READ)
    return int(rows[0]["version"]) if rows else 0


def migrate(graph: Graph, statements: Iterable[str], version: int = VERSION) -> bool:
    """Apply all statements and record the version; whether the graph was older. Safe to run at every start.

    A graph that has seen these very statements costs one read. One of a newer version is refused untouched: this program would
    write what the newer one does not expect.
    """
    wanted = list(statements)
    applied = hashlib.sha256("\n".join(wanted).encode()).hexdigest()
    rows = graph.read(_READ)
    found = int(rows[0]["version"]) if rows else 0
    if found > version:
        raise GraphError(
            f"База создана более новой версией программы (схема {found}, эта программа знает {version}).",
            f"The graph was made by a newer version (schema {found}; this program knows {version}).",
            hint="Обновите программу / update the program",
        )
    if rows and found == version and rows[0]["applied"] == applied:
        return False
    for statement in wanted:
        if not _COMMON.fullmatch(statement):
            raise ValueError(f"not a schema statement that both engines share: {statement}")
        graph.write(statement)
    graph.write(_RECORD, version=version, applied=applied)
    return found < version
