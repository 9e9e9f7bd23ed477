"""Recall of candidates: whether the right one is among the first fifty that the keys find in a crowd of residents.

`python -m tests.quality.candidates` prints the table. It asks the keys alone, with the ranking that screening uses, in memory; the
crowd has the namesakes of a city.
"""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from random import Random

from ingest.city.names import load
from ingest.city.people import People
from screening.entities import ORGANIZATION, PERSON, Entity, org_of, person_of, read_entity
from screening.keys import FAINT, HUB, Keys, best_holders, org_keys, person_keys

from tests.quality.material import HERE

LIMIT = 50
CROWD = 100_000
SEED = 20261101


@dataclass(frozen=True, slots=True)
class Recall:
    """How many pairs of a category have the right one among the first; `missed` are the pairs' ids."""

    category: str
    split: str
    asked: int
    found: int
    missed: tuple[str, ...] = ()

    @property
    def share(self) -> float:
        """0–1."""
        return self.found / self.asked if self.asked else 1.0


def recall(limit: int = LIMIT, crowd: int = CROWD) -> list[Recall]:
    """Per category and split; only pairs that are the same, the right side hidden in the crowd, the left one asked about."""
    index: dict[str, list[str]] = defaultdict(list)
    for name, keys in _residents(crowd):
        for key in keys.held:
            index[key].append(name)
    pairs = [pair for pair in _pairs() if pair["same"]]
    asked: list[tuple[dict[str, str], str, Keys, str]] = []
    for pair in pairs:
        left, right = read_entity(pair["left"]), read_entity(pair["right"])
        for kind in left.kinds & right.kinds:
            keys = _keys(kind, right)
            for key in keys.held:
                index[f"{kind}:{key}"].append(pair["id"])
            asked.append((pair, pair["id"], _keys(kind, left), kind))
    tally: dict[tuple[str, str], list[tuple[str, bool]]] = defaultdict(list)
    for pair, name, keys, kind in asked:
        holders = {key: index[f"{kind}:{key}"] for key in keys.sought | keys.wide}
        tally[pair["category"], pair["split"]].append((name, name in _best(holders, limit, FAINT[kind])))
    return [
        Recall(category, split, len(rows), sum(ok for _, ok in rows), tuple(name for name, ok in rows if not ok))
        for (category, split), rows in sorted(tally.items())
    ]


def _best(holders: Mapping[str, list[str]], limit: int, faint: float) -> list[str]:
    counted = {key: (len(some), some) for key, some in holders.items() if 0 < len(some) <= HUB}
    return [name for name, _ in best_holders(counted, limit, faint)]


def _keys(kind: str, entity: Entity) -> Keys:
    return person_keys(person_of("x", entity)) if kind == PERSON else org_keys(org_of("x", entity))


def _pairs() -> Iterator[dict[str, str]]:
    for path in sorted(HERE.glob("*.jsonl")):
        with path.open(encoding="utf-8") as file:
            yield from (json.loads(line) for line in file)


def _residents(count: int) -> Iterator[tuple[str, Keys]]:
    chance = Random(SEED)
    people = People(chance, load(), SEED)
    for number in range(count):
        one = people.newcomer(1940 + number % 70, chance.choice(("male", "female")))
        entity = read_entity({"schema": "Person", "properties": {"name": [one.full_name], "birthDate": [one.birth.isoformat()]}})
        keys = person_keys(person_of("x", entity))
        yield f"resident {number}", Keys(frozenset(f"{PERSON}:{key}" for key in keys.held), keys.sought, keys.wide)


def table(rows: Iterable[Recall]) -> str:
    """Markdown: a line a category, fit and judge, the total of people and of organizations below."""
    found = {(row.category, row.split): row for row in rows}
    lines = ["| category | fit | judge |", "|---|---|---|"]
    lines += [
        f"| {category} | {_cell(found.get((category, 'fit')))} | {_cell(found.get((category, 'judge')))} |"
        for category in sorted({category for category, _ in found})
    ]
    for title, kind in (("all people", PERSON), ("all organizations", ORGANIZATION)):
        cells = []
        for split in ("fit", "judge"):
            some = [row for row in found.values() if row.split == split and row.category.startswith("org_") == (kind == ORGANIZATION)]
            cells.append(_cell(Recall(title, split, sum(row.asked for row in some), sum(row.found for row in some))))
        lines.append(f"| **{title}** | {' | '.join(cells)} |")
    return "\n".join(lines)


def _cell(row: Recall | None) -> str:
    return "–" if row is None else f"{row.share:.2%} of {row.asked}"


if __name__ == "__main__":
    result = recall()
    sys.stdout.write(table(result) + "\n")
    for one in result:
        if one.split == "fit" and one.missed:
            sys.stderr.write(f"{one.category}: {' '.join(one.missed)}\n")
