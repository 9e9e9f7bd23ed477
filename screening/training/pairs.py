"""Labelled pairs as numbers: levels, rarities and the label of each, of those that no test decides by itself."""

from __future__ import annotations

import json
import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from screening.entities import PERSON, compare, org_of, person_of, read_entity
from screening.facts import OrgFacts, PersonFacts
from screening.features import ORGANIZATIONS, PEOPLE, compare_orgs, compare_people

Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Pairs:
    """`levels` and `rarities`: a row a pair, a column a feature; `same`: 1 or 0; `groups`: the number of the pair's category."""

    levels: Integers
    rarities: Floats
    same: Floats
    groups: Integers

    def take(self, chosen: npt.NDArray[Any]) -> Pairs:
        """Some of the pairs."""
        return Pairs(self.levels[chosen], self.rarities[chosen], self.same[chosen], self.groups[chosen])


def read_pairs(paths: Iterable[Path], split: str = "fit") -> tuple[Pairs, Pairs]:
    """People and organizations of the split."""
    rows: dict[bool, list[tuple[tuple[int, ...], tuple[float, ...], bool, str]]] = {True: [], False: []}
    for pair in _lines(paths):
        if pair["split"] != split:
            continue
        verdict = compare(read_entity(pair["left"], "left"), read_entity(pair["right"], "right"))
        if verdict is not None and verdict.scored is not None:
            people = isinstance(verdict.left, PersonFacts)
            rows[people].append((verdict.scored.levels, verdict.scored.rarities, pair["same"], pair["category"]))
    return _pairs(rows[True], len(PEOPLE)), _pairs(rows[False], len(ORGANIZATIONS))


def read_crossed(paths: Iterable[Path], split: str = "fit", most: int = 700, seed: int = 3) -> tuple[Integers, Integers]:
    """Levels of pairs without labels, as candidates come: records of the split set against each other that share a part of a name.

    Both records of some pairs are among them, so that there is something to find.
    """
    people: list[PersonFacts] = []
    firms: list[OrgFacts] = []
    pairs = [pair for pair in _lines(paths) if pair["split"] == split]
    random.Random(seed).shuffle(pairs)  # noqa: S311 (a repeatable draw, no secret)
    for pair in pairs:
        for side in ("left", "right"):
            entity = read_entity(pair[side], side)
            if PERSON in entity.kinds and len(people) < most:
                people.append(person_of(side, entity))
            elif PERSON not in entity.kinds and len(firms) < most:
                firms.append(org_of(side, entity))
    some_people = [compare_people(one, two).levels for one, two in combinations(people, 2)]
    some_firms = [compare_orgs(one, two).levels for one, two in combinations(firms, 2)]
    return (
        np.array([levels for levels in some_people if levels[0] > 1 or min(levels[1:3]) > 1], dtype=np.int64),
        np.array([levels for levels in some_firms if levels[0] > 1], dtype=np.int64),
    )


def _lines(paths: Iterable[Path]) -> Iterator[dict[str, Any]]:
    for path in sorted(paths):
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.strip():
                yield json.loads(line)


def _pairs(rows: list[tuple[tuple[int, ...], tuple[float, ...], bool, str]], width: int) -> Pairs:
    names = sorted({category for *_, category in rows})
    return Pairs(
        np.array([levels for levels, *_ in rows], dtype=np.int64).reshape(-1, width),
        np.array([rarities for _, rarities, *_ in rows], dtype=np.float64).reshape(-1, width),
        np.array([float(same) for _, _, same, _ in rows]),
        np.array([names.index(category) for *_, category in rows], dtype=np.int64),
    )
