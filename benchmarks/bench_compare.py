"""Pairs compared: on parsed columns, one by one, and end to end as `sverka compare` does; nomenklatura's logic-v2 on the same pairs."""

from __future__ import annotations

import importlib
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import orjson
import yaml

import screening
from screening.columns import People
from screening.decisive import judge_people
from screening.entities import person_of, read_entity

from benchmarks.table import Better, Row, main

PEOPLE = 20_000
PAIRS = 300_000
ALONE = 20_000
FILE = 100_000
PEER = 2_000


def rows() -> Iterable[Row]:
    """Pairs a second; candidates share a surname, one in ten is one person written twice."""
    entities, lefts, rights = _candidates()
    facts = [person_of(str(place), read_entity(entity)) for place, entity in enumerate(entities)]
    table = People(facts)
    table.judge(lefts[:1000], rights[:1000])
    began = time.process_time()
    table.judge(lefts, rights)
    many = PAIRS / (time.process_time() - began)
    began = time.process_time()
    for one, two in zip(lefts[:ALONE], rights[:ALONE], strict=True):
        judge_people(facts[one], facts[two])
    alone = (time.process_time() - began) / ALONE * 1e6
    peer, note = _peer(entities, lefts, rights)
    yield Row("compare, parsed columns, per core", many, "pairs/s", 200_000, reference=peer, note=note)
    yield Row("compare, one pair", alone, "µs", 100, Better.LOWER)
    yield Row("sverka compare, end to end", _end_to_end(entities, lefts, rights), "pairs/s", 20_000, reference=peer, note=note)


def _candidates() -> tuple[list[dict[str, Any]], Any, Any]:
    draw = random.Random(11)
    data = yaml.safe_load((Path(screening.__file__).parent / "frequencies.yaml").read_text(encoding="utf-8"))
    surnames = " ".join([*data["surnames"]["russian"], *data["surnames"]["tatar"]]).split()
    given = [word.partition(":")[0] for line in data["given"]["male"] for word in line.split()]
    entities: list[dict[str, Any]] = []
    by_surname: dict[str, list[int]] = {}
    while len(entities) < PEOPLE:
        last, first, father = draw.choice(surnames), draw.choice(given), draw.choice(given)
        birth = f"{draw.randrange(1945, 2005)}-{draw.randrange(1, 13):02d}-{draw.randrange(1, 29):02d}"
        phone = f"+7917{draw.randrange(10**7):07d}"
        for text in (f"{last} {first} {father}ович", f"{last} {first[0]}. {father[0]}."):
            by_surname.setdefault(last, []).append(len(entities))
            entities.append({"schema": "Person", "properties": {"name": [text], "birthDate": [birth], "phone": [phone]}})
    lefts, rights = [], []
    for _ in range(PAIRS):
        some = by_surname[draw.choice(surnames)]
        one = draw.choice(some)
        lefts.append(one)
        rights.append(one ^ 1 if draw.random() < 0.1 else draw.choice(some))
    return entities, np.array(lefts), np.array(rights)


def _end_to_end(entities: list[dict[str, Any]], lefts: Any, rights: Any) -> float:
    """The command on a file, its start included."""
    with tempfile.TemporaryDirectory(prefix="sverka-bench-") as folder:
        path = Path(folder) / "pairs.jsonl"
        with path.open("wb") as file:
            for one, two in zip(lefts[:FILE], rights[:FILE], strict=True):
                file.write(orjson.dumps({"left": entities[one], "right": entities[two]}) + b"\n")
        began = time.perf_counter()
        with (Path(folder) / "answers.jsonl").open("wb") as answers:
            subprocess.run([sys.executable, "-c", "from app.cli import main; main()", "compare", str(path)], stdout=answers, check=True)
        return FILE / (time.perf_counter() - began)


def _peer(entities: list[dict[str, Any]], lefts: Any, rights: Any) -> tuple[float | None, str]:
    """Nomenklatura's pairs a second, and what the note says."""
    try:
        matching = importlib.import_module("nomenklatura.matching")
        followthemoney = importlib.import_module("followthemoney")
    except ImportError:
        return None, "nomenklatura is not installed (requirements/bench): no ratio"
    algorithm = matching.get_algorithm("logic-v2")
    config = algorithm.default_config() if hasattr(algorithm, "default_config") else None
    made = [followthemoney.model.get_proxy({"id": str(place), **entity}) for place, entity in enumerate(entities)]

    def pairs() -> Iterator[tuple[Any, Any]]:
        return ((made[one], made[two]) for one, two in zip(lefts[:PEER], rights[:PEER], strict=True))

    began = time.process_time()
    for left, right in pairs():
        algorithm.compare(left, right, config) if config is not None else algorithm.compare(left, right)
    return PEER / (time.process_time() - began), "ratio to nomenklatura's logic-v2 per core"


if __name__ == "__main__":
    main(rows())
