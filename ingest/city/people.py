"""The people of the city: generations of families with marriages, divorces, deaths, adoptions and changed surnames."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from ingest.city import numbers
from ingest.city.names import FEMALE, MALE, Names, feminine, fold_full

TODAY = date(2026, 9, 30)
"""The day on which the registers of the city were copied."""


@dataclass(slots=True)
class Marriage:
    """A registered marriage; the end is a divorce or a death."""

    husband: int
    wife: int
    start: date
    end: date | None = None
    divorced: bool = False
    dated: bool = True
    """False: no source tells its day."""


@dataclass(slots=True)
class Person:
    """A resident, alive or dead."""

    id: int
    gender: str
    tatar: bool
    first: str
    patronymic: str
    surname: str
    birth: date
    family_name: str
    maiden: str | None = None
    death: date | None = None
    father: int | None = None
    mother: int | None = None
    adopter: int | None = None
    adopted_on: date | None = None
    marriages: list[Marriage] = field(default_factory=list)
    children: list[int] = field(default_factory=list)
    parents_known: bool = True
    """False: the civil registry's copy has no record of the birth."""

    @property
    def full_name(self) -> str:
        """Surname, name, patronymic."""
        return f"{self.surname} {self.first} {self.patronymic}".strip()

    @property
    def folded(self) -> str:
        """The folded ФИО of today."""
        return fold_full(self.surname, self.first, self.patronymic)

    @property
    def all_folded(self) -> tuple[str, ...]:
        """The folded ФИО under every surname she or he has borne."""
        return (self.folded,) if self.maiden is None else (self.folded, fold_full(self.maiden, self.first, self.patronymic))

    def adult(self, on: date) -> bool:
        """Between 21 and 72, and alive, on that day."""
        return self.birth.replace(day=1).replace(year=self.birth.year + 21) <= on and on.year - self.birth.year < 72 and self.alive(on)

    def alive(self, on: date) -> bool:
        """Born and not dead."""
        return self.birth <= on and (self.death is None or on < self.death)

    def spouse_on(self, on: date) -> int | None:
        """The husband or wife on that day."""
        for one in self.marriages:
            if one.start <= on and (one.end is None or on < one.end):
                return one.wife if one.husband == self.id else one.husband
        return None


class People:
    """Everybody, by number, with the identifiers that follow from the number."""

    def __init__(self, chance: Random, names: Names, seed: int) -> None:
        self.chance, self.names, self.seed = chance, names, seed
        self.all: list[Person] = []
        self._births: set[tuple[date, str, str]] = set()

    def __iter__(self) -> Iterator[Person]:
        return iter(self.all)

    def __getitem__(self, number: int) -> Person:
        return self.all[number]

    def __len__(self) -> int:
        return len(self.all)

    def inn(self, person: Person) -> str:
        """The ИНН of the person."""
        return numbers.inn_person(person.id + 1, self.seed)

    def snils(self, person: Person) -> str:
        """The СНИЛС of the person."""
        return numbers.snils(person.id + 1, self.seed)

    def born(self, birth: date, *, gender: str, tatar: bool, family_name: str, father_name: str | None = None) -> Person:
        """A new resident; nobody shares both the birth date and the first letters of the ФИО with another, so that S4 can't err."""
        given = self.names.given_name(self.chance, tatar=tatar, gender=gender, year=birth.year)
        sire = self.names.patronymics[
            father_name or self.names.given_name(self.chance, tatar=tatar, gender=MALE, year=birth.year - 28).text
        ]
        patronymic = sire.patronymic_male if gender == MALE else sire.patronymic_female
        while (birth, family_name[:2], given.text[:1]) in self._births:
            birth += timedelta(days=1)
        self._births.add((birth, family_name[:2], given.text[:1]))
        surname = family_name if gender == MALE else feminine(family_name)
        person = Person(len(self.all), gender, tatar, given.text, patronymic, surname, birth, family_name)
        age = max(1, min(101, int(self.chance.gauss(76, 11))))
        end = birth + timedelta(days=age * 365 + self.chance.randrange(365))
        if end < TODAY:
            person.death = end
        self.all.append(person)
        return person

    def newcomer(self, year: int, gender: str) -> Person:
        """Somebody whose parents never lived in the city."""
        tatar = self.chance.random() < 0.53
        birth = date(year, 1, 1) + timedelta(days=self.chance.randrange(365))
        return self.born(birth, gender=gender, tatar=tatar, family_name=self.names.surname(self.chance, tatar=tatar))

    def marry(self, man: Person, woman: Person, on: date) -> Marriage:
        """Register a marriage; the wife mostly takes her husband's surname."""
        marriage = Marriage(man.id, woman.id, on)
        if self.chance.random() < 0.24:
            end = on + timedelta(days=int(365 * self.chance.uniform(1.5, 18)))
            if end < TODAY:
                marriage.end, marriage.divorced = end, True
        for one in (man, woman):
            if one.death is not None and (marriage.end is None or one.death < marriage.end):
                marriage.end, marriage.divorced = one.death, False
        man.marriages.append(marriage)
        woman.marriages.append(marriage)
        if self.chance.random() < 0.86 and woman.maiden is None:
            woman.maiden, woman.surname = woman.surname, feminine(man.family_name)
        return marriage

    def child(self, father: Person, mother: Person, birth: date) -> Person:
        """A child of both, who bears the father's surname."""
        gender = MALE if self.chance.random() < 0.51 else FEMALE
        one = self.born(birth, gender=gender, tatar=father.tatar, family_name=father.family_name, father_name=father.first)
        one.father, one.mother = father.id, mother.id
        father.children.append(one.id)
        mother.children.append(one.id)
        return one


def populate(people: People, count: int, spare: int) -> None:
    """Fill the city with exactly `count` residents, the last `spare` of them adults without family."""
    chance = people.chance
    goal = count - spare
    founders = max(4, int(goal / 4.8))
    young = [people.newcomer(chance.randrange(1926, 1948), gender) for gender in (MALE, FEMALE) for _ in range(founders // 2)]
    for _ in range(4):
        married = _pair(people, young)
        married += _marry_newcomers(people, young, goal)
        young = []
        for marriage in married:
            young += _children(people, marriage, goal)
        _remarry(people, married)
    while len(people) < count:
        people.newcomer(chance.randrange(1962, 1999), MALE if len(people) % 2 else FEMALE)
    _adopt(people, chance)


def _pair(people: People, unmarried: list[Person]) -> list[Marriage]:
    """Marry off a generation: neighbours in age, never brother and sister, some never."""
    chance = people.chance
    men = sorted((one for one in unmarried if one.gender == MALE and chance.random() < 0.9), key=lambda one: (one.birth, one.id))
    women = sorted((one for one in unmarried if one.gender == FEMALE and chance.random() < 0.9), key=lambda one: (one.birth, one.id))
    married: list[Marriage] = []
    his = hers = 0
    while his < len(men) and hers < len(women):
        man, woman = men[his], women[hers]
        gap = woman.birth.year - man.birth.year
        if gap > 6:
            his += 1
        elif gap < -6:
            hers += 1
        else:
            his, hers = his + 1, hers + 1
            if not _siblings(man, woman):
                married += _wed(people, man, woman)
    return married


def _marry_newcomers(people: People, unmarried: list[Person], goal: int) -> list[Marriage]:
    """Most of those who found nobody marry somebody from elsewhere."""
    married: list[Marriage] = []
    for one in unmarried:
        if one.marriages or people.chance.random() > 0.7 or len(people) >= goal:
            continue
        other = people.newcomer(one.birth.year, FEMALE if one.gender == MALE else MALE)
        married += _wed(people, *((one, other) if one.gender == MALE else (other, one)))
    return married


def _siblings(man: Person, woman: Person) -> bool:
    return (man.father is not None and man.father == woman.father) or (man.mother is not None and man.mother == woman.mother)


def _wed(people: People, man: Person, woman: Person) -> list[Marriage]:
    start = max(man.birth, woman.birth) + timedelta(days=int(365.25 * people.chance.uniform(19.5, 29)))
    if start < TODAY and man.alive(start) and woman.alive(start):
        return [people.marry(man, woman, start)]
    return []


def _children(people: People, marriage: Marriage, goal: int) -> list[Person]:
    chance, father, mother = people.chance, people[marriage.husband], people[marriage.wife]
    born: list[Person] = []
    birth = marriage.start + timedelta(days=chance.randrange(200, 1100))
    for _ in range(chance.choices((0, 1, 2, 3, 4), (4, 22, 44, 22, 8))[0]):
        last = min(TODAY, marriage.end or TODAY, mother.birth + timedelta(days=365 * 42))
        if birth >= last or len(people) >= goal:
            break
        born.append(people.child(father, mother, birth))
        birth = born[-1].birth + timedelta(days=chance.randrange(430, 2200))
    return born


def _remarry(people: People, ended: list[Marriage]) -> None:
    """Half of the divorced marry again, and some have children then: half-siblings and step-children."""
    chance = people.chance
    free = [one for one in ended if one.divorced and one.end is not None]
    men = [(one.end, people[one.husband]) for one in free if chance.random() < 0.5]
    women = [(one.end, people[one.wife]) for one in free if chance.random() < 0.5]
    for (his_end, man), (her_end, woman) in zip(men, reversed(women), strict=False):
        if any(one.wife == woman.id for one in man.marriages) or abs(man.birth.year - woman.birth.year) > 14 or not (his_end and her_end):
            continue
        if _siblings(man, woman):
            continue
        start = max(his_end, her_end) + timedelta(days=chance.randrange(200, 1500))
        if start >= TODAY or not (man.alive(start) and woman.alive(start)):
            continue
        marriage = people.marry(man, woman, start)
        if chance.random() < 0.35:
            birth = start + timedelta(days=chance.randrange(250, 900))
            if birth < min(TODAY, marriage.end or TODAY, woman.birth + timedelta(days=365 * 43)):
                people.child(man, woman, birth)


def _adopt(people: People, chance: Random) -> None:
    """Some step-fathers adopt: the child is theirs in every list of the law from that day."""
    for person in list(people):
        if person.father is None or person.mother is None or chance.random() > 0.12:
            continue
        mother = people[person.mother]
        later = [one for one in mother.marriages if one.husband != person.father and one.start > person.birth]
        on = later[0].start + timedelta(days=300) if later else TODAY
        if later and on < min(TODAY, later[0].end or TODAY, person.birth.replace(day=1, year=person.birth.year + 17)):
            person.adopter, person.adopted_on = later[0].husband, on
            people[later[0].husband].children.append(person.id)
