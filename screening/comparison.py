"""How two facts compare, feature by feature; the decisive tests read the verdicts off these."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from enum import IntEnum, StrEnum
from functools import lru_cache
from operator import attrgetter, ne
from typing import NamedTuple

from rapidfuzz.distance import OSA

from domain.dates import PartialDate
from screening.facts import KnownName, OrgFacts, PersonFacts
from screening.names.person import FoldedName
from screening.organizations import OrgName, likeness, same_core
from screening.orgs.compare import CoreLevel, compare_org_names, is_telling

GENERATION = 12
"""Years: birth dates a digit apart that lie further apart than this may be parent and child of one name (domain 3.2)."""
_LIKE_NAMES = 0.6
"""Share of common words from which two names of one INN pass as the short and the full name of one organization."""


class Outcome(StrEnum):
    """How one feature of two records compares."""

    EQUAL = "equal"
    COMPATIBLE = "compatible"
    NEAR = "near"
    DIFFERS = "differs"
    UNKNOWN = "unknown"


class Compared(NamedTuple):
    """One feature, both values as read, and the outcome."""

    feature: str
    left: str
    right: str
    outcome: Outcome


class Names(IntEnum):
    """How well two names agree; more is better."""

    UNLIKE = 0
    SURNAME_DIFFERS = 1
    NEAR = 2
    INITIALS = 3
    PATRONYMIC_MISSING = 4
    EQUAL = 5


class Births(IntEnum):
    """How well two birth dates agree; more is better.

    SLIP: one digit apart, or day and month swapped; SLIP_IN_YEAR the same where the year is touched; GENERATION where
    that puts them a generation apart. COMPATIBLE: one is partial and holds the other, so the year is the same.
    """

    DIFFER = 0
    GENERATION = 1
    SLIP_IN_YEAR = 2
    SLIP = 3
    UNKNOWN = 4
    COMPATIBLE = 5
    EQUAL = 6


def compare_names(one: FoldedName, two: FoldedName) -> Names:
    """The level at which two folded names agree. A missing patronymic is unknown, not different."""
    if one.last == two.last and one.last:
        if one.first == two.first and one.first and one.first[-1] != ".":
            return _by_patronymic(one.patronymic, two.patronymic)
        if fits(one.first, two.first) and fits(one.patronymic, two.patronymic):
            return Names.INITIALS if one.first and two.first else Names.UNLIKE
    if one.abbreviated or two.abbreviated or not (one.first and two.first and one.last and two.last):
        return Names.UNLIKE
    if slip(one.first, two.first) and slip(one.last, two.last) and (_either_missing(one, two) or slip(one.patronymic, two.patronymic)):
        return Names.NEAR
    if one.first == two.first and one.patronymic and same_patronymic(one.patronymic, two.patronymic):
        return Names.SURNAME_DIFFERS
    return Names.UNLIKE


def best_names(one: PersonFacts, two: PersonFacts) -> tuple[Names, bool]:
    """The best agreement of any two of their names, and whether it needs a former one."""
    return best_of_names(one.names, two.names)


def best_of_names(one: Sequence[KnownName], two: Sequence[KnownName]) -> tuple[Names, bool]:
    """The same of names alone."""
    best, needs_former = Names.UNLIKE, False
    for left in one:
        for right in two:
            level = compare_names(left.folded, right.folded)
            former = left.former or right.former
            if level > best or (level == best and needs_former and not former):
                best, needs_former = level, former
    return best, needs_former


def compare_births(one: tuple[PartialDate, ...], two: tuple[PartialDate, ...]) -> Births:
    """The best agreement of any two of the dates given (of several, either may be true)."""
    if not one or not two:
        return Births.UNKNOWN
    if len(one) == len(two) == 1:
        return _two_births(one[0], two[0])
    return max(_two_births(left, right) for left in one for right in two)


@lru_cache(maxsize=1 << 12)
def _two_births(one: PartialDate, two: PartialDate) -> Births:
    if one.first <= two.last and two.first <= one.last:
        return Births.EQUAL if one.first == one.last == two.first == two.last else Births.COMPATIBLE
    left, right = one.iso().replace("-", ""), two.iso().replace("-", "")
    length = min(len(left), len(right))
    if sum(map(ne, left, right)) == 1:
        if left[:4] == right[:4]:
            return Births.SLIP
        if abs(int(left[:4]) - int(right[:4])) < GENERATION:
            return Births.SLIP_IN_YEAR
        return Births.GENERATION if length == 8 else Births.DIFFER  # four digits confirm too little
    swapped = length == 8 and left[:4] == right[:4] and left[4:6] == right[6:] and left[6:] == right[4:6]
    return Births.SLIP if swapped else Births.DIFFER


def _by_patronymic(one: str, two: str) -> Names:
    if one == two or same_patronymic(one, two):
        return Names.INITIALS if one.endswith(".") else Names.EQUAL
    if not one or not two:
        return Names.PATRONYMIC_MISSING
    if fits(one, two):
        return Names.INITIALS
    return Names.NEAR if slip(one, two) else Names.UNLIKE


def same_patronymic(one: str, two: str) -> bool:
    """Equal, or one is the father's name without an ending."""
    return one == two or (bool(one and two) and (one in {f"{two}ович", f"{two}овна"} or two in {f"{one}ович", f"{one}овна"}))


def fits(one: str, two: str) -> bool:
    """Equal, one is the other's initial, or one is unknown."""
    if one == two or not one or not two:
        return True
    return (one[-1] == "." and two.startswith(one[:-1])) or (two[-1] == "." and one.startswith(two[:-1]))


def _either_missing(one: FoldedName, two: FoldedName) -> bool:
    return not one.patronymic or not two.patronymic


def slip(one: str, two: str) -> bool:
    """At most one letter added, lost, changed, or swapped with its neighbour; of a single letter nothing would be left."""
    if one == two:
        return True
    return abs(len(one) - len(two)) <= 1 and min(len(one), len(two)) > 1 and OSA.distance(one, two, score_cutoff=1) <= 1


def names_alike(one: OrgFacts, two: OrgFacts) -> bool:
    """Some name of the one may be the short, full or former form of some name of the other; with one number, a suffix more will do."""
    return any(
        same_core(left, right) or likeness(left, right) >= _LIKE_NAMES or compare_org_names(left, right).core >= CoreLevel.SUFFIX
        for left in one.names
        for right in two.names
    )


def any_same_core(one: OrgFacts, two: OrgFacts) -> bool:
    """Some name of the one is some name of the other."""
    return any(is_telling(left) and same_core(left, right) for left in one.names for right in two.names)


def compared_people(one: PersonFacts, two: PersonFacts) -> tuple[Compared, ...]:
    """Every feature that at least one side has, for the explanation."""
    return tuple(
        Compared(feature, left, right, outcome(one, two))
        for (feature, outcome), left, right in zip(_PERSON_OUTCOMES.items(), _person_texts(one), _person_texts(two), strict=True)
        if left or right
    )


def _person_texts(facts: PersonFacts) -> tuple[str, ...]:
    """The values of the features of _PERSON_OUTCOMES."""
    found = facts.memo.get(_TEXTS)
    if found is None:
        name = ", ".join([f"({one.name.text})" if one.former else one.name.text for one in facts.names])
        death = (facts.death,) if facts.death else ()
        found = facts.memo[_TEXTS] = (
            name,
            _dates(facts.births),
            _dates(death),
            facts.sex or "",
            *[", ".join(sorted(values)) if (values := of(facts)) else "" for of in _PERSON_SETS.values()],
        )
    return found


_TEXTS = "compared"
_NAME_OUTCOMES = {
    Names.EQUAL: Outcome.EQUAL,
    Names.PATRONYMIC_MISSING: Outcome.COMPATIBLE,
    Names.INITIALS: Outcome.COMPATIBLE,
    Names.NEAR: Outcome.NEAR,
}
_BIRTH_OUTCOMES = {
    Births.EQUAL: Outcome.EQUAL,
    Births.COMPATIBLE: Outcome.COMPATIBLE,
    Births.UNKNOWN: Outcome.UNKNOWN,
    Births.DIFFER: Outcome.DIFFERS,
}
_PERSON_SETS: Mapping[str, Callable[[PersonFacts], frozenset[str]]] = {
    "inn": attrgetter("inn"),
    "snils": attrgetter("snils"),
    "passport": attrgetter("passports"),
    "phone": attrgetter("phones"),
    "email": attrgetter("emails"),
    "address": attrgetter("addresses"),
    "workplace": attrgetter("workplaces"),
}


def _of_sets(values: Callable[[PersonFacts], frozenset[str]]) -> Callable[[PersonFacts, PersonFacts], Outcome]:
    return lambda one, two: _sets_outcome(values(one), values(two))


_PERSON_OUTCOMES: Mapping[str, Callable[[PersonFacts, PersonFacts], Outcome]] = {
    "name": lambda one, two: _NAME_OUTCOMES.get(best_names(one, two)[0], Outcome.DIFFERS),
    "birth": lambda one, two: _BIRTH_OUTCOMES.get(compare_births(one.births, two.births), Outcome.NEAR),
    "death": lambda *_: Outcome.UNKNOWN,
    "sex": lambda one, two: _single(one.sex, two.sex),
    **{feature: _of_sets(values) for feature, values in _PERSON_SETS.items()},
}


def compared_orgs(one: OrgFacts, two: OrgFacts) -> tuple[Compared, ...]:
    """Every feature that at least one side has, for the explanation."""
    alike = Outcome.EQUAL if any_same_core(one, two) else Outcome.NEAR if names_alike(one, two) else Outcome.DIFFERS
    if not all(any(is_telling(name) for name in side.names) for side in (one, two)):
        alike = Outcome.UNKNOWN
    rows = [
        Compared("org_name", _org_text(one.names), _org_text(two.names), alike),
        _sets("inn", one.inn, two.inn),
        _sets("ogrn", one.ogrn, two.ogrn),
        _sets("kpp", one.kpp, two.kpp),
        _sets("phone", one.phones, two.phones),
        _sets("email", one.emails, two.emails),
        _sets("address", one.addresses, two.addresses),
        _sets("director", one.directors, two.directors),
    ]
    return tuple(row for row in rows if row.left or row.right)


def _sets(feature: str, one: frozenset[str], two: frozenset[str]) -> Compared:
    return Compared(feature, ", ".join(sorted(one)), ", ".join(sorted(two)), _sets_outcome(one, two))


def _sets_outcome(one: frozenset[str], two: frozenset[str]) -> Outcome:
    return Outcome.UNKNOWN if not one or not two else Outcome.DIFFERS if one.isdisjoint(two) else Outcome.EQUAL


def _single(one: str | None, two: str | None) -> Outcome:
    if one is None or two is None:
        return Outcome.UNKNOWN
    return Outcome.EQUAL if one == two else Outcome.DIFFERS


def _org_text(names: Iterable[OrgName]) -> str:
    return ", ".join(f"{name.form} {name.core}".strip() for name in names)


def _dates(dates: Iterable[PartialDate]) -> str:
    return ", ".join(date.iso() for date in dates)
