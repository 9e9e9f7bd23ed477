"""Linking 100,000 records without an engine: keys, columns, probabilities; beside Splink on the same records (measured apart)."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from time import perf_counter, process_time

import numpy as np

from screening.columns import People
from screening.entities import person_of, read_entity
from screening.keys import FAINT, HUB, best_holders, person_keys

from benchmarks.linking import RESIDENTS, best, city, counted, likeliest
from benchmarks.table import Better, Row

PEER = Path(__file__).resolve().parents[1] / "tests" / "quality" / "linking_peer.json"
CANDIDATES = 20
BATCH = 200_000


def rows() -> Iterable[Row]:
    """Time and F1; the reference is Splink's figure for as many records, from `python -m benchmarks.peer_splink_linking`."""
    peer = json.loads(PEER.read_text(encoding="utf-8"))
    register, copies = city(RESIDENTS)
    started, worked = perf_counter(), process_time()
    pairs = linked(register, copies)
    seconds, processor = perf_counter() - started, process_time() - worked
    links = counted(pairs, len(register), 0.5)
    threshold, most = best(pairs, len(register))
    note = f"precision {links.precision:.3f}, recall {links.recall:.3f} at 0.5; F1 {most.f1:.3f} at {threshold}"
    other = f"Splink {peer['version']}: precision {peer['precision']:.3f}, recall {peer['recall']:.3f} at {peer['threshold']}, its best"
    yield Row("linking 100,000 records: F1", links.f1, "", peer["f1"], reference=peer["f1"], note=f"{note}; {other}")
    took = f"{seconds:.0f} s by the wall; Splink: {peer['processor_seconds']} s of processor, {peer['seconds']} s by the wall, two cores"
    note = f"{len(register) / seconds:,.0f} copies/s; one process, no engine; {took}"
    yield Row("linking 100,000 records: processor", processor, "s", better=Better.LOWER, reference=peer["processor_seconds"], note=note)


def linked(register: list[dict[str, object]], copies: list[dict[str, object]]) -> list[tuple[int, int, float]]:
    """Each copy with its likeliest candidate in the register and the probability that they are one."""
    people = [person_of(str(place), read_entity(entity)) for place, entity in enumerate((*register, *copies))]
    index: dict[str, list[int]] = defaultdict(list)
    for place in range(len(register)):
        for key in person_keys(people[place]).held:
            index[key].append(place)
    lefts, rights = [], []
    for place in range(len(register), len(people)):
        keys = person_keys(people[place])
        holders = {key: (len(index[key]), index[key]) for key in keys.sought | keys.wide if 0 < len(index.get(key, ())) <= HUB}
        some = [one for one, _ in best_holders(holders, CANDIDATES, FAINT["Person"])]
        lefts += some
        rights += [place] * len(some)
    columns = People(people)
    left, right = np.array(lefts, dtype=np.int64), np.array(rights, dtype=np.int64)
    found: list[tuple[int, int, float]] = []
    for start in range(0, len(left), BATCH):
        part = slice(start, start + BATCH)
        chances = columns.judge(left[part], right[part]).probabilities
        found += zip(left[part].tolist(), (right[part] - len(register)).tolist(), chances.tolist(), strict=True)
    return likeliest(found)
