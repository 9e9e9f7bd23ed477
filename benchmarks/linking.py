"""Linking a city with the damaged copies of its records: what `bench_linking` and Splink are given, and how links are counted."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from random import Random

from ingest.city.names import load as city_names
from ingest.city.people import People, populate

from tests.quality.making import Entity, Maker
from tests.quality.material import load
from tests.quality.people_city import damaged, record

SEED = 20261201
RESIDENTS = 50_000
"""Each has a record in the register and a damaged copy elsewhere: 100,000 records."""


@dataclass(frozen=True, slots=True)
class Links:
    """How well the links are those that hold."""

    residents: int
    said: int
    right: int

    @property
    def precision(self) -> float:
        """Of the links said, those that hold."""
        return self.right / self.said if self.said else 1.0

    @property
    def recall(self) -> float:
        """Of the residents, those whose copy is linked to them."""
        return self.right / self.residents

    @property
    def f1(self) -> float:
        """The harmonic mean of the two."""
        return 2 * self.right / (self.said + self.residents)


def city(residents: int = RESIDENTS, seed: int = SEED) -> tuple[list[Entity], list[Entity]]:
    """The register and the damaged copies, in one order; a record has name, birth date and sex, half of them the ИНН too."""
    people = People(Random(seed), city_names(), seed)
    populate(people, residents, 20)
    at = Maker(Random(seed), load(), "judge", "mixed", {}, seed)
    register, copies = [], []
    for one in people.all[:residents]:
        known = frozenset(("birthDate", "gender", "innCode") if at.maybe(0.5) else ("birthDate", "gender"))
        entity = record(one, known=known)
        register.append(entity)
        copies.append(damaged(at, one, entity))
    return register, copies


def counted(pairs: Iterable[tuple[int, int, float]], residents: int, threshold: float) -> Links:
    """Of (place in the register, place among the copies, score) those at or above the threshold; it holds where the places are equal."""
    said = right = 0
    for one, two, score in pairs:
        if score >= threshold:
            said += 1
            right += one == two
    return Links(residents, said, right)


def likeliest(pairs: Iterable[tuple[int, int, float]]) -> list[tuple[int, int, float]]:
    """Of each copy its highest score: it is the copy of one record."""
    found: dict[int, tuple[int, float]] = {}
    for one, two, score in pairs:
        if score > found.get(two, (0, 0.0))[1]:
            found[two] = (one, score)
    return [(one, two, score) for two, (one, score) in found.items()]


def best(pairs: list[tuple[int, int, float]], residents: int) -> tuple[float, Links]:
    """The threshold, of 0.01 to 0.9999, at which F1 is highest, and the links there."""
    thresholds = [0.01, 0.02, *(place / 20 for place in range(1, 20)), 0.97, 0.98, 0.99, 0.995, 0.999, 0.9999]
    return max(((threshold, counted(pairs, residents, threshold)) for threshold in thresholds), key=lambda found: found[1].f1)
