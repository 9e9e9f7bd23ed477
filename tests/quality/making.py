"""How a category of pairs is made: the maker with its chance and people, records in the FollowTheMoney shape, the list of categories."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import Any

from ingest.city import numbers

from tests.quality import spelling
from tests.quality.material import Human, Material

Entity = dict[str, Any]
Props = dict[str, list[str]]
Pair = tuple[Entity, Entity]
Make = Callable[["Maker", bool], Pair]

PEOPLE_GROUPS = ("russian", "tatar", "mixed")


@dataclass(frozen=True, slots=True)
class Category:
    """A named kind of difficulty and how its pairs are made."""

    name: str
    make: Make
    pairs: int
    groups: tuple[str, ...]
    same_share: float


CATEGORIES: dict[str, Category] = {}


def category(pairs: int, *groups: str, same_share: float = 0.5) -> Callable[[Make], Make]:
    """Enter the function, under its own name, as a category of about that many pairs over both splits."""

    def enter(make: Make) -> Make:
        name = make.__name__
        CATEGORIES[name] = Category(name, make, pairs, groups or PEOPLE_GROUPS, same_share)
        return make

    return enter


@dataclass(slots=True)
class Maker:
    """Chance, people and numbers for the pairs of one category, split and group."""

    chance: Random
    material: Material
    split: str
    group: str
    taken: dict[tuple[str, ...], str]
    """The split of every combination of names used so far: none stands in both."""
    seed: int
    used: list[tuple[str, ...]] = field(default_factory=list)

    def human(self, *, female: bool | None = None, **wanted: Any) -> Human:
        """Somebody who is in no pair of the other split; `wanted`: attributes he must have."""
        for _ in range(5000):
            one = self.material.human(self.chance, self.group, self.split, female=female)
            if all(getattr(one, name) == value for name, value in wanted.items()) and self._free(one):
                return one
        raise AssertionError((self.group, self.split, wanted))

    def near(self, one: Human, kinds: str = "given given father father surname brother swapped") -> Human:
        """Another, near by name."""
        for _ in range(200):
            two = self.material.near(self.chance, one, kinds)
            if self._free(two):
                return two
        raise AssertionError(one.full)

    def _free(self, one: Human) -> bool:
        key = (one.family, one.first, one.father.text)
        if self.taken.get(key, self.split) != self.split:
            return False
        self.used.append(key)
        return True

    # ---- facts

    def birth(self, first: int = 1950, last: int = 2002) -> date:
        return date(first, 1, 1) + timedelta(days=self.chance.randrange((last - first + 1) * 365))

    def serial(self) -> int:
        return self.chance.randrange(10**7)

    def inn(self) -> str:
        """A valid ИНН of a person that no inspectorate gives out (code 1699)."""
        body = f"1699{self.chance.randrange(10**6):06d}"
        return person_inn(body)

    def snils(self) -> str:
        return numbers.snils(self.serial(), self.seed)

    def passport(self, year: int) -> str:
        return numbers.passport(self.serial(), year, self.seed)

    def phone(self) -> str:
        return f"+7 9{self.chance.randrange(10**2):02d} 000-{self.chance.randrange(100):02d}-{self.chance.randrange(100):02d}"

    def maybe(self, share: float) -> bool:
        return self.chance.random() < share

    def ordinary(self, one: Human, two: Human, *, same: bool) -> tuple[Props, Props]:
        """What stands beside the names in most pairs: nothing, or a birth date or sex on one side or on both."""
        left: Props = {}
        right: Props = {}
        draw = self.chance.random()
        if draw < 0.18:
            (left if self.maybe(0.5) else right)["birthDate"] = [self.birth().isoformat()]
        elif draw < 0.34:
            born = self.birth()
            left["birthDate"] = [born.isoformat()]
            right["birthDate"] = [born.isoformat() if same else self.other_birth(born).isoformat()]
        elif draw < 0.42:
            left["gender"] = ["female" if one.female else "male"]
            right["gender"] = ["female" if two.female else "male"]
        return left, right

    def slipped(self, word: str) -> str:
        """The word with one typing error that makes no other name of it."""
        while True:
            got = spelling.slipped(word, self.chance)
            if got.lower() not in self.material.known and got.lower() != word.lower().replace("ё", "е"):
                return got

    def other_birth(self, born: date) -> date:
        """A birth date that no slip explains: more than one digit differs, and no swapped day and month."""
        while True:
            other = self.birth()
            unlike = sum(a != b for a, b in zip(born.isoformat(), other.isoformat(), strict=True))
            if unlike > 2 and (born.year, born.month, born.day) != (other.year, other.day, other.month):
                return other


def person_inn(body: str) -> str:
    """The ten digits with their two control digits."""
    first = sum(int(d) * w for d, w in zip(body, (7, 2, 4, 10, 3, 5, 9, 4, 6, 8), strict=True)) % 11 % 10
    second = sum(int(d) * w for d, w in zip(f"{body}{first}", (3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8), strict=True)) % 11 % 10
    return f"{body}{first}{second}"


def person(*names: str, **properties: list[str]) -> Entity:
    """A Person record; empty properties are left out."""
    return {"schema": "Person", "properties": {"name": list(names), **{key: value for key, value in properties.items() if value}}}


def shuffled(maker: Maker, left: Entity, right: Entity) -> Pair:
    """The two in any order: likeness has no direction."""
    return (left, right) if maker.maybe(0.5) else (right, left)


def short(one: Human, style: str) -> str:
    """Surname and initials: `before` А.Р. Гарипов, `after` Гарипов А.Р., and the untidy ways."""
    a, b = one.initials
    return {
        "after": f"{one.surname} {a}.{b}.",
        "after_space": f"{one.surname} {a}. {b}.",
        "bare": f"{one.surname} {a} {b}",
        "joined": f"{one.surname} {a}{b}",
        "before": f"{a}.{b}. {one.surname}",
        "before_space": f"{a}. {b}. {one.surname}",
        "stuck": f"{a}.{b}.{one.surname}",
        "stuck_after": f"{one.surname}{a}.{b}.",
        "one": f"{one.surname} {a}.",
        "comma": f"{one.surname}, {a}. {b}.",
        "lower": f"{one.surname.lower()} {a.lower()}.{b.lower()}.",
        "upper": f"{one.surname.upper()} {a}.{b}.",
    }[style]
