"""Screening against a city: entities a second per core in requests of fifty, and single ones by eight clients at once.

`SVERKA_BENCH_PEOPLE` says how many people the city has; its nodes are written straight, as a check would leave them. A million
takes about an hour to write, so that is not the default.
"""

from __future__ import annotations

import json
import os
import random
import resource
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from domain.records import Place, Record
from graph.client import Graph, open_graph
from graph.migrate import migrate
from graph.settings import GraphSettings
from graph_models.schema import statements
from ingest.city.names import feminine, load
from queries.views.screen import MOST, screen
from screening.canonical import person_node
from screening.clusters import Cluster
from screening.entities import Entity, read_entity
from screening.facts import person_facts
from screening.keys import person_keys
from screening.stored import Known

from benchmarks.meter import Meter
from benchmarks.meter import load as busy
from benchmarks.table import Better, Row, main

PEOPLE = int(os.environ.get("SVERKA_BENCH_PEOPLE", "100000"))
REQUESTS, EACH = 20, 50
CLIENTS, SINGLES = 8, 25
CHUNK = 5000
RARE_SURNAMES = 20_000
RESULTS = 5
_BEGIN = (
    "Аба",
    "Бик",
    "Вал",
    "Гар",
    "Дев",
    "Жил",
    "Зар",
    "Ибр",
    "Кам",
    "Лат",
    "Мур",
    "Наб",
    "Осп",
    "Пет",
    "Рах",
    "Саф",
    "Тух",
    "Уск",
    "Фат",
    "Хай",
)
_MIDDLE = ("", "а", "ет", "им", "ол", "ур", "ын", "ик", "ар", "ем", "иб", "ус")
_END = ("ов", "ев", "ин", "уллин", "утдинов", "янов", "кин", "аев")


def rows() -> Iterable[Row]:
    """Batches, then single requests by eight clients, then memory."""
    with tempfile.TemporaryDirectory(prefix="sverka-bench-") as name:
        folder = Path(name)
        with open_graph(GraphSettings(f"embedded:{folder}", heap="2g")) as graph:
            begun = time.perf_counter()
            city = build(graph, PEOPLE)
            built = f"{PEOPLE:,} people written straight in {time.perf_counter() - begun:.0f} s"
            yield from _batches(graph, folder, city, built)
            yield from _singles(graph, city)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    yield Row("match: memory of the service", memory, "MB", 1024, Better.LOWER, note="most it ever had, the writing of the city included")


def _batches(graph: Graph, folder: Path, city: Sequence[dict[str, Any]], built: str) -> Iterator[Row]:
    draw = random.Random(11)
    asked = [[_asked(draw, city) for _ in range(EACH)] for _ in range(REQUESTS + 2)]
    for some in asked[:2]:
        screen(graph, [entity for entity, _ in some], RESULTS)
    first = 0
    with Meter(folder) as meter:
        for some in asked[2:]:
            hits = screen(graph, [entity for entity, _ in some], RESULTS)
            first += sum(bool(one) and one[0].ids[0] == wanted for one, (_, wanted) in zip(hits, some, strict=True))
    count = REQUESTS * EACH
    cores = (meter.python + meter.engine) / count
    note = f"{built}; {first} of {count} name the right one first; {meter.note()}"
    yield Row("match: requests of 50, per core, engine included", 1 / cores, "entities/s", 400, note=note)
    yield Row("match: requests of 50, on the clock", count / meter.wall, "entities/s", note=f"{MOST} candidates each at most")


def _singles(graph: Graph, city: Sequence[dict[str, Any]]) -> Iterator[Row]:
    times: list[float] = []

    def client(seed: int) -> None:
        draw = random.Random(seed)
        for _ in range(SINGLES):
            entity, _ = _asked(draw, city)
            begun = time.perf_counter()
            screen(graph, [entity], RESULTS)
            times.append(time.perf_counter() - begun)

    threads = [threading.Thread(target=client, args=(seed,)) for seed in range(CLIENTS)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    ordered = sorted(times)
    note = f"{len(times)} entities by {CLIENTS} clients at once; {busy()}"
    yield Row("match: one entity, p50", ordered[len(ordered) // 2] * 1000, "ms", note=note)
    yield Row("match: one entity, p99", ordered[int(len(ordered) * 0.99)] * 1000, "ms", 50, Better.LOWER)


def _asked(draw: random.Random, city: Sequence[dict[str, Any]]) -> tuple[Entity, str]:
    """A resident as others write him down, and his id: as he is, with initials, without birth date, with a slip."""
    one = draw.choice(city)
    last, first, father = one["name"]
    kind = draw.randrange(4)
    if kind == 1:
        name = f"{last} {first[0]}. {father[0]}."
    elif kind == 2:
        place = draw.randrange(1, len(last) - 1)
        name = f"{last[:place]}{last[place + 1 :]} {first} {father}"
    else:
        name = f"{last} {first} {father}"
    properties: dict[str, list[str]] = {"name": [name]}
    if kind != 3:
        properties["birthDate"] = [one["birth"]]
    return read_entity({"schema": "Person", "properties": properties}), one["id"]


def build(graph: Graph, people: int) -> list[dict[str, Any]]:
    """Residents with names as common as in the synthetic city, and a third of rare surnames; returns who they are."""
    migrate(graph, statements())
    city = list(_residents(people))
    counts: Counter[str] = Counter()
    for start in range(0, people, CHUNK):
        counts.update(_write(graph, city[start : start + CHUNK], counts))
    for some in _chunks([{"id": key, "n": n} for key, n in counts.items() if n > 1]):
        graph.write("UNWIND $rows AS row MATCH (k:Key {id: row.id}) SET k.n = row.n", rows=some)
    return city


def _write(graph: Graph, some: Sequence[dict[str, Any]], known: Counter[str]) -> Counter[str]:
    records, nodes, edges = [], [], []
    keys: Counter[str] = Counter()
    for one in some:
        said = {"name": (" ".join(one["name"]),), "birthDate": (one["birth"],)}
        key = f"city:{one['id']}"
        record = Record(one["id"], "Person", said, Place("city", 1))
        facts = person_facts(key, record)
        nodes.append(person_node(Cluster(key, (key,), {}, ()), {key: Known(key, "city", record)}, {key: facts}, {}))
        payload = {name: list(values) for name, values in said.items()}
        records.append({"key": key, "id": one["id"], "source": "city", "schema": "Person", "state": "live", "payload": json.dumps(payload)})
        held = [f"Person:{name}" for name in sorted(person_keys(facts).held)]
        keys.update(held)
        edges += [{"a": key, "b": name} for name in held]
    graph.write("UNWIND $rows AS row CREATE (r:Record) SET r = row", rows=records)
    graph.write("UNWIND $rows AS row CREATE (p:Person) SET p = row", rows=nodes)
    graph.write(
        "UNWIND $rows AS row MATCH (r:Record {key: row}), (p:Person {id: row}) CREATE (r)-[:RESOLVED_TO]->(p)",
        rows=[one["key"] for one in records],
    )
    for new in _chunks([{"id": name, "n": 1} for name in keys if name not in known]):
        graph.write("UNWIND $rows AS row CREATE (k:Key) SET k = row", rows=new)
    for part in _chunks(edges):
        graph.write("UNWIND $rows AS row MATCH (r:Record {key: row.a}), (k:Key {id: row.b}) CREATE (r)-[:HAS_KEY]->(k)", rows=part)
    return keys


def _residents(count: int) -> Iterator[dict[str, Any]]:
    draw, names = random.Random(5), load()
    rare = sorted({f"{draw.choice(_BEGIN)}{draw.choice(_MIDDLE)}{draw.choice(_MIDDLE)}{draw.choice(_END)}" for _ in range(RARE_SURNAMES)})
    for number in range(count):
        tatar, gender, year = draw.random() < 0.5, draw.choice(("male", "female")), 1940 + draw.randrange(70)
        first = names.given_name(draw, tatar=tatar, gender=gender, year=year)
        father = names.given_name(draw, tatar=tatar, gender="male", year=year - 28)
        last = draw.choice(rare) if draw.random() < 0.35 else names.surname(draw, tatar=tatar)
        yield {
            "id": f"p{number}",
            "name": (
                last if gender == "male" else feminine(last),
                first.text,
                father.patronymic_male if gender == "male" else father.patronymic_female,
            ),
            "birth": f"{year}-{draw.randrange(1, 13):02d}-{draw.randrange(1, 29):02d}",
        }


def _chunks(some: list[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    for start in range(0, len(some), CHUNK):
        yield some[start : start + CHUNK]


if __name__ == "__main__":
    main(rows())
