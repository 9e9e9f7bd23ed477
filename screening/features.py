"""What is compared of two people and of two organizations, in the order of the explanation."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from screening.circumstances import NOTHING_KNOWN
from screening.compare import addresses, births, kin, names, orgs, regions, sets, sexes, wealth, work
from screening.compare.feature import UNKNOWN, Feature, Level, Shared, Value
from screening.facts import KnownName, OrgFacts, PersonFacts
from screening.frequencies import Counts, rarity
from screening.names.person import FoldedName

Names = Sequence[KnownName]


def _names(facts: PersonFacts) -> Names:
    return facts.names


def _part(place: int, part: str, levels: tuple[str, ...], chains: tuple[tuple[str, ...], ...]) -> Feature:
    """A part of the name. All parts are compared at once (`name_levels`); this is for one of them by itself."""

    def level(one: Names, two: Names) -> Level:
        return names.name_levels(one, two).levels[place]

    def shared(one: Names, two: Names, level: Level) -> Shared:
        return _shared_part(part, level, names.name_levels(one, two)) if level else ()

    return Feature(part, "name", levels, _names, level, chains, shared)


def _shared_part(part: str, level: Level, found: names.NameLevels) -> Shared:
    """The words of both sides that stand for one part; none where they differ or are initials."""
    if level in _SAYS_NOTHING or found.left is None or found.right is None:
        return ()
    one, two = found.left.folded, found.right.folded
    return tuple((part, word) for word in dict.fromkeys((_word(part, one), _word(part, two))) if word and word[-1] != ".")


def _word(part: str, name: FoldedName) -> str:
    return name.last if part == "surname" else name.first if part == "given" else name.patronymic


_SAYS_NOTHING = frozenset([0, 1])

_FIELDS = ("surname", "given", "patronymic")
NAME_PARTS = 4
"""The first features of PEOPLE are the parts of the name and their order."""
_GIVEN = 1
"""The place of the given name: a surname alone is nobody's name, however rare it is."""

PEOPLE: tuple[Feature, ...] = (
    _part(0, "surname", names.SURNAMES, names.SURNAME_CHAINS),
    _part(1, "given", names.PARTS, names.PART_CHAINS),
    _part(2, "patronymic", names.PARTS, names.PART_CHAINS),
    Feature("order", "name", names.ORDERS, _names, lambda one, two: names.name_levels(one, two).order),
    Feature("birth", "birth", births.LEVELS, lambda f: f.births, births.birth_level),
    Feature("sex", "sex", sexes.LEVELS, sexes.sex_value, sexes.sex_level),
    Feature("inn", "number", sets.LEVELS, lambda f: f.inn, sets.set_level),
    Feature("snils", "number", sets.LEVELS, lambda f: f.snils, sets.set_level),
    Feature("passport", "number", sets.LEVELS, lambda f: f.passports, sets.set_level),
    Feature("phone", "contact", sets.LEVELS, lambda f: f.phones, sets.set_level),
    Feature("email", "contact", sets.LEVELS, lambda f: f.emails, sets.set_level),
    Feature("address", "contact", addresses.LEVELS, lambda f: f.places, addresses.address_level),
    Feature("region", "work", regions.LEVELS, lambda f: f.life.regions, regions.region_level),
    Feature("workplace", "work", work.WORKPLACES, work.workplaces, work.workplace_level, shared=work.shared_employers),
    Feature("department", "work", work.DEPARTMENTS, work.departments, work.department_level),
    Feature("post", "work", work.POSTS, work.posts, work.post_level),
    Feature("kin", "kin", kin.LEVELS, lambda f: f.life.relatives, kin.kin_level),
    Feature("income", "income", wealth.INCOMES, lambda f: f.life.incomes, wealth.income_level),
    Feature("spouse_income", "income", wealth.INCOMES, lambda f: f.life.spouse_incomes, wealth.income_level),
    Feature("estate", "estate", wealth.ESTATES, lambda f: f.life.areas, wealth.estate_level, shared=wealth.shared_areas, several=True),
    Feature(
        "spouse_estate",
        "estate",
        wealth.ESTATES,
        lambda f: f.life.spouse_areas,
        wealth.estate_level,
        shared=wealth.shared_areas,
        several=True,
    ),
    Feature(
        "vehicle", "vehicle", wealth.VEHICLES, lambda f: f.life.vehicles, wealth.vehicle_level, shared=wealth.shared_vehicles, several=True
    ),
    Feature(
        "spouse_vehicle",
        "vehicle",
        wealth.VEHICLES,
        lambda f: f.life.spouse_vehicles,
        wealth.vehicle_level,
        shared=wealth.shared_vehicles,
        several=True,
    ),
)

ORGANIZATIONS: tuple[Feature, ...] = (
    Feature("org_name", "name", orgs.CORES, lambda f: f.names, orgs.core_level, orgs.CORE_CHAINS, shared=orgs.shared_words, several=True),
    Feature("form", "form", orgs.FORMS, lambda f: f.names, orgs.form_level),
    Feature("inn", "number", sets.LEVELS, lambda f: f.inn, sets.set_level),
    Feature("ogrn", "number", sets.LEVELS, lambda f: f.ogrn, sets.set_level),
    Feature("kpp", "kpp", sets.LEVELS, lambda f: f.kpp, sets.set_level),
    Feature("phone", "contact", sets.LEVELS, lambda f: f.phones, sets.set_level),
    Feature("email", "contact", sets.LEVELS, lambda f: f.emails, sets.set_level),
    Feature("address", "contact", addresses.LEVELS, lambda f: f.places, addresses.address_level),
    Feature("director", "director", sets.LEVELS, lambda f: f.directors, sets.set_level),
)


LIFE_BEGINS = next(place for place, feature in enumerate(PEOPLE) if feature.name == "region")
_OF_RECORD, _OF_LIFE = PEOPLE[NAME_PARTS:LIFE_BEGINS], PEOPLE[LIFE_BEGINS:]
_NO_LIFE, _NO_RARITY = (UNKNOWN,) * len(_OF_LIFE), (0.0,) * len(_OF_LIFE)
"""Most records say nothing of work and property: their features are not asked one by one."""


_COMPARED = [(feature.level, feature.shared, feature.several) for feature in _OF_RECORD]


def _values(facts: PersonFacts) -> tuple[Any, ...]:
    """What the features of the record compare."""
    found = facts.memo.get("values")
    if found is None:
        found = facts.memo["values"] = tuple(feature.value(facts) for feature in _OF_RECORD)
    return found


class Compared(NamedTuple):
    """A level for each feature, and how rare what agrees is (0 where nothing does, or it is as common as usual)."""

    levels: tuple[Level, ...]
    rarities: tuple[float, ...]


def compare_people(one: PersonFacts, two: PersonFacts, counts: Counts | None = None) -> Compared:
    """Two people by the features of PEOPLE; the parts of the name are compared once for all of them."""
    found = names.name_levels(one.names, two.names)
    levels, rarities = [*found.levels], [*name_rarities(found, counts)]
    for (level_of, shared_of, several), left, right in zip(_COMPARED, _values(one), _values(two), strict=True):
        level, rare = UNKNOWN, 0.0
        if left and right:
            level = level_of(left, right)
            if level and shared_of:
                rare = _rarity(shared_of(left, right, level), counts, several=several)
        levels.append(level)
        rarities.append(rare)
    if (one.life is NOTHING_KNOWN and not one.workplaces) or (two.life is NOTHING_KNOWN and not two.workplaces):
        return Compared((*levels, *_NO_LIFE), (*rarities, *_NO_RARITY))
    for feature in _OF_LIFE:
        _add(feature, one, two, counts, levels, rarities)
    return Compared(tuple(levels), tuple(rarities))


def name_rarities(found: names.NameLevels, counts: Counts | None = None) -> tuple[float, float, float, float]:
    """How rare the parts of the name are that agree."""
    levels = found.levels
    if not levels[_GIVEN]:
        return (0.0, 0.0, 0.0, 0.0)
    one, two, three = (
        _rarity(_shared_part(part, levels[place], found), counts, several=False) if levels[place] > 1 else 0.0
        for place, part in enumerate(_FIELDS)
    )
    return (one, two, three, 0.0)


def compare_orgs(one: OrgFacts, two: OrgFacts, counts: Counts | None = None) -> Compared:
    """Two organizations by the features of ORGANIZATIONS."""
    levels: list[Level] = []
    rarities: list[float] = []
    for feature in ORGANIZATIONS:
        _add(feature, one, two, counts, levels, rarities)
    return Compared(tuple(levels), tuple(rarities))


def feature_rarity(feature: Feature, one: Value, two: Value, level: Level, counts: Counts | None = None) -> float:
    """How rare what two values share is, in nats (frequencies.py)."""
    if feature.shared is None or not level:
        return 0.0
    return _rarity(feature.shared(one, two, level), counts, several=feature.several)


def _add(feature: Feature, one: object, two: object, counts: Counts | None, levels: list[Level], rarities: list[float]) -> None:
    if (left := feature.value(one)) and (right := feature.value(two)):
        level = feature.level(left, right)
        levels.append(level)
        rarities.append(feature_rarity(feature, left, right, level, counts) if level and feature.shared else 0.0)
    else:
        levels.append(UNKNOWN)
        rarities.append(0.0)


def _rarity(shared: Shared, counts: Counts | None, *, several: bool) -> float:
    found = sorted((rarity(part, value, counts) for part, value in shared), reverse=several)
    if not found:
        return 0.0
    return min(found[0] + sum(max(more, 0.0) for more in found[1:]) / 2, MOST_RARE) if several else found[0]


MOST_RARE = 4.0
"""Several rare values together count no more than this."""
