"""The people of the labelled pairs: names combined from lists, kept apart between the two splits, with their near look-alikes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from hashlib import blake2b
from pathlib import Path
from random import Random
from typing import Any

import yaml

from tests.quality.grammar import feminine, patronymics

HERE = Path(__file__).resolve().parent
SPLITS = ("fit", "judge")


@dataclass(frozen=True, slots=True)
class Given:
    """A given name in Russian and Tatar papers, what its owner is called at home, the patronymics it gives."""

    text: str
    tatar: str
    home: tuple[str, ...]
    patronymics: tuple[str, str]
    female: bool


@dataclass(frozen=True, slots=True)
class Human:
    """An invented person."""

    family: str
    """The surname in its male form."""
    family_tatar: str
    given: Given
    father: Given
    group: str

    @property
    def female(self) -> bool:
        return self.given.female

    @property
    def surname(self) -> str:
        return feminine(self.family) if self.female else self.family

    @property
    def first(self) -> str:
        return self.given.text

    @property
    def patronymic(self) -> str:
        return self.father.patronymics[self.female]

    @property
    def full(self) -> str:
        return f"{self.surname} {self.first} {self.patronymic}"

    @property
    def initials(self) -> tuple[str, str]:
        return self.first[0], self.father.text[0]

    @property
    def tatar_surname(self) -> str:
        return feminine(self.family_tatar) if self.female else self.family_tatar

    @property
    def tatar_full(self) -> str:
        """Хәйруллина Гөлнара Ринат кызы."""
        return f"{self.tatar_surname} {self.given.tatar} {self.father.tatar} {'кызы' if self.female else 'улы'}"

    @property
    def tatar_letters(self) -> bool:
        """Whether the Tatar spelling differs from the Russian one."""
        return self.family_tatar != self.family or self.given.tatar != self.given.text


@dataclass(slots=True)
class Material:
    """What names.yaml holds, ready for use."""

    given: dict[tuple[str, bool], list[Given]]
    surnames: dict[tuple[str, str], list[tuple[str, str]]]
    """By group and split: Russian and Tatar spelling of the male form."""
    near_given: dict[str, list[str]]
    near_surnames: dict[str, list[str]]
    same_given: dict[str, str]
    by_sex: dict[str, str]
    known: set[str]
    """Every name in lower case: a typing error must not make one of them."""
    tables: Mapping[str, Any]
    names: dict[str, Given] = field(default_factory=dict)

    def human(self, chance: Random, group: str, split: str, *, female: bool | None = None) -> Human:
        """Somebody of that group."""
        sex = chance.random() < 0.5 if female is None else female
        one, two = (group, group) if group != "mixed" else chance.choice((("tatar", "russian"), ("russian", "tatar"), ("tatar", "tatar")))
        family = chance.choice(self.surnames[one if group != "mixed" else chance.choice(("tatar", "russian")), split])
        return Human(*family, chance.choice(self.given[one, sex]), chance.choice(self.given[two, False]), group)

    def near(self, chance: Random, one: Human, kinds: str = "given given father father surname brother swapped") -> Human:
        """Another person whom a hurried reader takes for the first."""
        for _ in range(40):
            kind = chance.choice(kinds.split())
            two = self._near(chance, one, kind)
            if two is not None and two.full != one.full:
                return two
        return replace(one, given=chance.choice([two for two in self.alike(one) if two.text != one.first]))

    def _near(self, chance: Random, one: Human, kind: str) -> Human | None:
        if kind == "given" and one.first in self.near_given:
            return replace(one, given=self.names[chance.choice(self.near_given[one.first])])
        if kind == "father" and one.father.text in self.near_given:
            return replace(one, father=self.names[chance.choice(self.near_given[one.father.text])])
        if kind == "surname" and one.family in self.near_surnames:
            other = chance.choice(self.near_surnames[one.family])
            return replace(one, family=other, family_tatar=self.tatar_of.get(other, other))
        if kind == "brother":
            alike = [two for two in self.alike(one) if two.text != one.first and two.text[0] == one.first[0]]
            return replace(one, given=chance.choice(alike)) if alike else None
        if kind == "swapped" and not one.female and one.first != one.father.text:
            return replace(one, given=one.father, father=one.given)
        if kind == "sex" and one.first in self.by_sex:
            return replace(one, given=self.names[self.by_sex[one.first]])
        return None

    def alike(self, one: Human) -> list[Given]:
        """The names of that person's sex and people."""
        key = "tatar" if one.given in self.given["tatar", one.female] else "russian"
        return self.given[key, one.female]

    @property
    def tatar_of(self) -> dict[str, str]:
        return {russian: tatar for (group, _), rows in self.surnames.items() if group == "tatar" for russian, tatar in rows}


def split_of(key: str) -> str:
    """The split of a base name, the same for ever."""
    return SPLITS[blake2b(key.encode(), digest_size=1).digest()[0] % 2]


def _rows(rows: list[str]) -> dict[str, list[str]]:
    near: dict[str, list[str]] = defaultdict(list)
    for row in rows:
        one, two = row.split()
        near[one].append(two)
        near[two].append(one)
    return near


def _given(row: str, *, female: bool) -> Given:
    rest, _, exception = (part.strip() for part in row.partition("="))
    rest, _, home = (part.strip() for part in rest.partition(">"))
    text, _, tatar = (part.strip() for part in rest.partition("|"))
    return Given(
        text, tatar or text, tuple(one.strip() for one in home.split(",") if one.strip()), patronymics(text, exception or None), female
    )


@cache
def load() -> Material:
    """Read names.yaml once."""
    tables = yaml.safe_load((HERE / "names.yaml").read_text(encoding="utf-8"))
    given = {
        (people, female): [_given(row, female=female) for row in tables[f"{people}_{'female' if female else 'male'}"]]
        for people in ("tatar", "russian")
        for female in (False, True)
    }
    surnames: dict[tuple[str, str], list[tuple[str, str]]] = defaultdict(list)
    for row in tables["tatar_surnames"]:
        russian, _, tatar = (part.strip() for part in row.partition("|"))
        surnames["tatar", split_of(russian)].append((russian, tatar or russian))
    for word in tables["russian_surnames"].split():
        surnames["russian", split_of(word)].append((word, word))
    for word in tables["unchanging_surnames"].split():
        surnames["russian", split_of(word)].append((word, word))
        surnames["unchanging", split_of(word)].append((word, word))
    names = {one.text: one for rows in given.values() for one in rows}
    near = _rows(tables["near_given"])
    missing = {name for name in near if name not in names}
    assert not missing, missing
    by_sex = _rows(tables["pairs_by_sex"])
    for row in tables["pairs_by_sex"]:
        for name, female in zip(row.split(), (False, True), strict=True):
            names.setdefault(name, Given(name, name, (), patronymics(name), female))
    known = {part.lower() for name in names for part in (name, *names[name].patronymics)}
    for rows in surnames.values():
        known |= {form.lower() for one, _ in rows for form in (one, feminine(one))}
    near_surnames = _rows(tables["near_surnames"])
    known |= {form.lower() for one in near_surnames for form in (one, feminine(one))}
    same = {one: two for row in tables["same_given"] for one, two in [row.split()]}
    return Material(given, surnames, near, near_surnames, same, {one: two[0] for one, two in by_sex.items()}, known, tables, names)
