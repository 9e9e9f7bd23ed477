"""Pairs from the synthetic city: a resident's record against a corrupted copy of it, and against the namesake who looks most like him."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from random import Random

from ingest.city import numbers
from ingest.city.names import fold, load
from ingest.city.people import People, Person, populate

from tests.quality import spelling
from tests.quality.making import Entity, Maker, Pair, Props, category, person, shuffled
from tests.quality.material import split_of

SEED, SIZE, SPARE = 20260930, 4000, 20
_DAMAGE = ("typing", "shapes", "latin", "initials", "no_father", "turned", "spelled", "layout", "dropped", "spreadsheet", "upper")


@dataclass(frozen=True, slots=True)
class City:
    """Residents by split, and by what makes them look alike."""

    residents: dict[str, list[Person]]
    alike: dict[tuple[str, str], list[Person]]


@cache
def city() -> City:
    """The residents of a generated city, split by surname."""
    people = People(Random(SEED), load(), SEED)
    populate(people, SIZE, SPARE)
    residents: dict[str, list[Person]] = defaultdict(list)
    alike: dict[tuple[str, str], list[Person]] = defaultdict(list)
    for one in people.all:
        if one.patronymic and one.first:
            residents[split_of(f"city {one.family_name}")].append(one)
            alike[fold(one.surname), one.first[0]].append(one)
    return City(residents, alike)


def record(one: Person, *, known: frozenset[str]) -> Entity:
    """What a register says of a resident."""
    facts: Props = {"birthDate": [one.birth.isoformat()], "innCode": [numbers.inn_person(one.id, SEED)], "gender": [one.gender]}
    if one.maiden:
        facts["previousName"] = [one.maiden]
    return person(one.full_name, **{name: value for name, value in facts.items() if name in known or name == "previousName"})


def damaged(at: Maker, one: Person, entity: Entity) -> Entity:
    """A copy that went through careless hands: one or two kinds of damage."""
    kinds = at.chance.sample(_DAMAGE, k=2 if at.maybe(0.35) else 1)
    facts = {name: list(value) for name, value in entity["properties"].items() if name != "name"}
    if "dropped" in kinds and facts:
        del facts[at.chance.choice(list(facts))]
    if "spreadsheet" in kinds and "innCode" in facts:
        number = facts["innCode"][0]
        facts["innCode"] = [f"{number[2]},{number[3:5]}E+09"] if at.maybe(0.5) else [number.lstrip("0")]
    if "birthDate" in facts and at.maybe(0.15):
        born = one.birth
        slips = born.day <= 12 and born.day != born.month
        facts["birthDate"] = [born.replace(month=born.day, day=born.month).isoformat() if slips else born.isoformat()[:7]]
    return person(_written(at, kinds, one, _words(at, kinds, one)), **facts)


def _words(at: Maker, kinds: list[str], one: Person) -> list[str]:
    """Surname, name, patronymic with what befell them singly."""
    words = [one.surname, one.first, one.patronymic]
    if "typing" in kinds:
        place = at.chance.randrange(3)
        words[place] = at.slipped(words[place])
    if "spelled" in kinds and (forms := load().variants.get(one.first)):
        words[1] = at.chance.choice(forms)
    return words[:2] if "no_father" in kinds else words


def _written(at: Maker, kinds: list[str], one: Person, words: list[str]) -> str:
    text = " ".join((*words[1:], words[0]) if "turned" in kinds else words)
    if "initials" in kinds:
        return f"{words[0]} {one.first[0]}.{one.patronymic[0]}."
    if "latin" in kinds:
        return spelling.latin(text, at.chance.choice((spelling.PASSPORT, spelling.PASSPORT_OLD, spelling.EVERYDAY)))
    if "layout" in kinds:
        return spelling.backwards_keyboard(text)
    if "shapes" in kinds:
        return spelling.looking_alike(text, at.chance)
    return text.upper() if "upper" in kinds else text


@category(700, "russian", "tatar")
def city_corrupted(at: Maker, same: bool) -> Pair:
    """A resident against his own damaged record, or against a namesake's, each with some of birth date, ИНН and sex."""
    town = city()
    while True:
        one = at.chance.choice(town.residents[at.split])
        if one.tatar != (at.group == "tatar"):
            continue
        known = frozenset(at.chance.choice((("birthDate",), ("birthDate", "innCode"), ("birthDate", "gender"), ("gender",), ())))
        if same:
            return shuffled(at, record(one, known=known), damaged(at, one, record(one, known=known)))
        others = [two for two in town.alike[fold(one.surname), one.first[0]] if _others(one, two)]
        if not others:
            continue
        two = at.chance.choice(others)
        if not known & {"birthDate", "innCode"} and _same_words(one, two):
            known = frozenset({"birthDate"})
        return shuffled(at, record(one, known=known), record(two, known=known))


def _others(one: Person, two: Person) -> bool:
    """Two people whom more than one digit of the birth date tells apart."""
    unlike = sum(a != b for a, b in zip(one.birth.isoformat(), two.birth.isoformat(), strict=True))
    turned = (one.birth.year, one.birth.month, one.birth.day) == (two.birth.year, two.birth.day, two.birth.month)
    return one.id != two.id and unlike > 1 and not turned and split_of(f"city {one.family_name}") == split_of(f"city {two.family_name}")


def _same_words(one: Person, two: Person) -> bool:
    return (fold(one.first), fold(one.patronymic)) == (fold(two.first), fold(two.patronymic))
