"""`sverka ingest` of a feed against the bare engine: the same nodes and relationships written in the same run, and memory by size."""

from __future__ import annotations

import json
import random
import resource
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from app.intake import Intake, ingest_paths
from domain.clock import SystemClock
from graph.client import Graph, open_graph
from graph.migrate import migrate
from graph.settings import GraphSettings
from graph_models.schema import statements

from benchmarks.bare_engine import Nodes, Relationships, bare_rates
from benchmarks.meter import Meter
from benchmarks.table import Better, Row, main

PEOPLE, FIRMS, FACTS = 15_000, 5_000, 20_000
SMALL = 5
"""The file for the memory is so many times smaller."""
SHARE_OF_BARE = 0.6
MEMORY_MB = 32.0
FILES = 150


def rows() -> Iterable[Row]:
    """The rate, its share of the bare engine's, what a large file takes in memory, and many small files."""
    with tempfile.TemporaryDirectory(prefix="sverka-bench-") as folder:
        root = Path(folder)
        small, large = root / "small.jsonl", root / "large.jsonl"
        _write(small, _lines("s", PEOPLE // SMALL, FIRMS // SMALL, FACTS // SMALL))
        _write(large, _lines("l", PEOPLE, FIRMS, FACTS))
        (root / "many").mkdir()
        parts = [list(_lines(f"m{n}", 2, 2, 2)) for n in range(FILES)]
        for n, part in enumerate(parts):
            _write(root / "many" / f"{n}.jsonl", part)
        with open_graph(GraphSettings(f"embedded:{root / 'graph'}", heap="1g")) as graph:
            migrate(graph, statements())
            _ingest(graph, small, "small")
            before = _peak()
            with Meter(root / "graph") as meter:
                taken = _ingest(graph, large, "large")
            grown = _peak() - before
            made = _made(graph)
            with Meter(root / "graph") as many:
                pieces = _ingest(graph, root / "many", "many")
        bare = bare_rates(*made, heap="1g")
    nodes, links = sum(len(kind.rows) for kind in made[0]), sum(len(kind.rows) for kind in made[1])
    bare_seconds = nodes / bare.nodes + links / bare.relationships
    rate, reference = taken / meter.wall, nodes / bare_seconds
    note = f"{nodes:,} records with {links:,} references; {meter.note()}"
    yield Row("ingest of a feed, linked", rate, "records/s", SHARE_OF_BARE * reference, reference=reference, note=note)
    note = f"file of {taken:,} records after one of {taken // SMALL:,}"
    yield Row("ingest: memory that a larger file takes", grown, "MB", MEMORY_MB, Better.LOWER, note=note)
    yield Row("ingest of small files", FILES / many.wall, "files/s", note=f"{FILES} files, {pieces:,} records; {many.note()}")


def _ingest(graph: Graph, path: Path, source: str) -> int:
    return sum(ingest_paths(graph, SystemClock(), [path], Intake(format="feed", source=source)).entities.values())


def _made(graph: Graph) -> tuple[list[Nodes], list[Relationships]]:
    """What the ingest of the large file left in the graph, as rows for the bare engine."""
    records = [
        {**row["node"], "feed_id": row["node"]["id"], "id": row["node"]["key"]}
        for row in graph.stream("MATCH (r:Record) WHERE r.source = 'large' RETURN properties(r) AS node")
    ]
    found = graph.stream(
        "MATCH (r:Record)-[x:REFERS_TO]->(t:Record) WHERE r.source = 'large' RETURN r.key AS start, t.key AS end, x.prop AS prop"
    )
    links = [{"from": row["start"], "to": row["end"], "id": str(n), "props": {"prop": row["prop"]}} for n, row in enumerate(found)]
    return [Nodes("Record", records)], [Relationships("REFERS_TO", "Record", "Record", links)]


def _peak() -> float:
    """Most memory this process ever held, MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _write(path: Path, lines: Iterable[dict[str, Any]]) -> None:
    with path.open("w", encoding="utf-8") as out:
        out.writelines(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)


def _lines(prefix: str, people: int, firms: int, facts: int) -> Iterator[dict[str, Any]]:
    """Invented people, firms, and ownerships of which one in ten belongs to a few large firms."""
    draw = random.Random(prefix)
    for n in range(people):
        born = f"19{50 + n % 50}-{1 + n % 12:02d}-{1 + n % 28:02d}"
        yield _line(f"{prefix}p{n}", "Person", name=f"Тестов{n} Иван Петрович", birthDate=born, gender="male")
    for n in range(firms):
        yield _line(f"{prefix}o{n}", "Company", name=f"ООО «Образец-{n}»", legalForm="ООО")
    for n in range(facts):
        owner, asset = draw.randrange(people), draw.randrange(min(10, firms) if n % 10 == 0 else firms)
        told = {"owner": f"{prefix}p{owner}", "asset": f"{prefix}o{asset}", "percentage": "50", "startDate": "2019-02-11"}
        yield _line(f"{prefix}f{n}", "Ownership", **told)


def _line(key: str, schema: str, **values: str) -> dict[str, Any]:
    return {"id": key, "schema": schema, "properties": {name: [value] for name, value in values.items()}}


if __name__ == "__main__":
    main(rows())
