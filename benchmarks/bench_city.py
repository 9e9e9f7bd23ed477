"""The whole way on an invented city of 3,000 people: first load and check, one event to its finding, every rule over everything."""

from __future__ import annotations

import json
import tempfile
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.intake import Intake, ingest_paths, ingest_rows
from app.pipeline import check
from domain.clock import SystemClock
from domain.records import Place, Record, SourceInfo, SourceKind
from graph.client import Graph, open_graph
from graph.migrate import migrate
from graph.settings import GraphSettings
from graph_models.schema import statements
from ingest.city.generate import generate
from queries.catalog import Catalog, load_catalog
from queries.rules.anchors import all_anchors
from queries.rules.engine import run_rules

from benchmarks.meter import Meter, load
from benchmarks.table import Better, Row, main

PEOPLE, SEED = 3000, 7
EVENTS = 110
WARM_UP = 10
PLANNED_RULES, PLANNED_EVENTS = 28, 200_000
DAY = "2025-11-12"

# Officials whose relative holds a firm, with a body of the city: an event between the three is a finding.
_PAIRS = """
MATCH (o:Person)-[k:KIN]->(r:Person)-[t:STAKE]->(f:Organization)
WHERE o.official = true AND '273-fz' IN k.lists AND k.grade = 'certain' AND k.end_lo = 99999999
  AND t.share_lo > 0.01 AND t.end_lo = 99999999
RETURN DISTINCT o.id AS official, f.id AS firm
ORDER BY official, firm LIMIT 40
"""
_BODIES = "MATCH (b:Organization)<-[:FOR_AUTHORITY]-(e:Event) RETURN b.id AS id, count(e) AS n ORDER BY n DESC, id LIMIT 10"
_VISIBLE = "MATCH (x:Finding {event: $event}) WHERE x.closed = false RETURN count(x) AS n"
_CITY = "MATCH (e:Event) RETURN count(e) AS n"


@dataclass(frozen=True, slots=True)
class City:
    """A graph with its clock and rules, and who may be in an event."""

    graph: Graph
    folder: Path
    clock: SystemClock
    catalog: Catalog


def rows() -> Iterable[Row]:
    """Load, event, rules: in this order on one graph."""
    with tempfile.TemporaryDirectory(prefix="sverka-bench-") as name:
        folder = Path(name)
        with open_graph(GraphSettings(f"embedded:{folder / 'graph'}", heap="1g")) as graph:
            migrate(graph, statements())
            city = City(graph, folder / "graph", SystemClock(), load_catalog())
            yield from _first(city, folder / "city")
            yield from _full(city)
            yield from _events(city)


def _first(city: City, files: Path) -> Iterator[Row]:
    with Meter(city.folder) as generated:
        generate(PEOPLE, SEED, files)
    records = 0
    with Meter(city.folder) as loaded:
        for source in json.loads((files / "sources.json").read_text(encoding="utf-8"))["sources"]:
            asked = Intake(format=source["format"], source=source["source"], kind=source["kind"])
            records += sum(ingest_paths(city.graph, city.clock, [files / source["path"]], asked).entities.values())
    with Meter(city.folder) as checked:
        check(city.graph, city.catalog, city.clock)
    whole = generated.wall + loaded.wall + checked.wall
    parts = f"generate {generated.wall:.1f} s, ingest {loaded.wall:.1f} s, check {checked.wall:.1f} s; {load()}"
    yield Row(f"city of {PEOPLE:,} people: generate, ingest, check", whole, "s", 90, Better.LOWER, note=parts)
    yield Row("city: ingest of its files", records / loaded.wall, "records/s", note=f"{records:,} records; {loaded.note()}")
    yield Row("city: first check", records / checked.wall, "records/s", note=checked.note())


def _full(city: City) -> Iterator[Row]:
    events = int(city.graph.read(_CITY)[0]["n"])
    rules = sum(rule.status not in ("draft", "retired") for rule in city.catalog.rules.values())
    with Meter(city.folder) as ruled:
        run_rules(city.graph, city.catalog, all_anchors(city.graph), city.clock.now())
    rate = events * rules / ruled.wall
    needed = PLANNED_EVENTS * PLANNED_RULES / rate / 60
    note = f"{rules} rules exist; at this rate {PLANNED_EVENTS:,} events × {PLANNED_RULES} rules take {needed:.1f} min; {ruled.note()}"
    yield Row("full check: rules", rate, "events × rules/s", PLANNED_EVENTS * PLANNED_RULES / 120, note=note)
    with Meter(city.folder) as whole:
        check(city.graph, city.catalog, city.clock, full=True)
    yield Row("full check: identities, kinship, rules", events / whole.wall, "events/s", note=f"{events:,} events; {whole.note()}")


def _events(city: City) -> Iterator[Row]:
    pairs = city.graph.read(_PAIRS)
    bodies = [row["id"] for row in city.graph.read(_BODIES)]
    visible, ruled, found = [], [], 0
    for n in range(WARM_UP + EVENTS):
        pair, body = pairs[n % len(pairs)], bodies[n % len(bodies)]
        begun = time.perf_counter()
        ingest_rows(city.graph, city.clock, SourceInfo("bench", SourceKind.PROCUREMENT), _event(n, pair, body))
        check(city.graph, city.catalog, city.clock)
        raised = int(city.graph.read(_VISIBLE, event=f"bench:c{n}")[0]["n"])
        visible.append(time.perf_counter() - begun)
        begun = time.perf_counter()
        run_rules(city.graph, city.catalog, {"event": [f"bench:c{n}"]}, city.clock.now())
        ruled.append(time.perf_counter() - begun)
        found += raised > 0
    note = f"{EVENTS} events, {found} of {WARM_UP + EVENTS} with findings; {load()}"
    yield Row("one event: ingest to finding visible, p99", _part(visible, 0.99) * 1000, "ms", 1000, Better.LOWER, note=note)
    yield Row("one event: ingest to finding visible, median", _part(visible, 0.5) * 1000, "ms")
    yield Row("one event: all rules, p99", _part(ruled, 0.99) * 1000, "ms", 100, Better.LOWER, note=load())
    yield Row("one event: all rules, median", _part(ruled, 0.5) * 1000, "ms")


def _part(times: Sequence[float], part: float) -> float:
    """The quantile of what was measured after the warm-up."""
    ordered = sorted(times[WARM_UP:])
    return ordered[min(len(ordered) - 1, int(len(ordered) * part))]


def _event(n: int, pair: dict[str, Any], body: str) -> list[Record]:
    """A contract of a body with the firm, which the official signs."""
    told = {"title": "Поставка бумаги", "amount": "90000.00", "contractDate": DAY, "law": "44-fz", "authority": body}
    return [
        _record(f"c{n}", "Contract", 1, **told),
        _record(f"a{n}", "ContractAward", 2, contract=f"c{n}", supplier=pair["firm"]),
        _record(f"r{n}", "Participation", 3, participant=pair["official"], event=f"c{n}", role="signs"),
    ]


def _record(key: str, schema: str, line: int, **values: str) -> Record:
    return Record(key, schema, {name: (value,) for name, value in values.items()}, Place("bench", line))


if __name__ == "__main__":
    main(rows())
