"""Candidate keys: strings that two records share when they may be one, so that only such pairs are judged.

A record *holds* keys. In linking it *seeks* some of them: if a seeks what b holds, b seeks what a holds. Every pair that the
decisive tests can call certain, probable or weak is found so; so is every pair with one number, whatever else it says (proved by
tests). But where more than 100 records share a name, the name alone links none of them (S6), and a key of another kind that more
than 400 share finds nobody. Pairs that the model raises (M) are found where they share a key of a life told. Screening of a record
from outside seeks the *wide* keys too, which find what a careless hand did to a name alone.

| key | who holds it | finds |
|---|---|---|
| `inn:` `snils:` `pass:` | who has the number | S1, and numbers on two people |
| `fio:last|first|father` | a full name, current or former | S2, S3, S6 |
| `year:first|father|1980` | a full name and a birth date or year | S5 by the birth year; wide: a surname that changed |
| `slip:birth|ab…`, `…|…xyz`, `…|*` | a surname and a complete birth date | S4; S2, S3, S5 without a patronymic or with initials |
| `phone:` `email:` `addr:` `work:` + `|last` | who has one, per surname | S5, S6 without a patronymic or with initials |
| `reg:…|last|А` `job:` `kin:` `flat:` `car:` + `|last` | whose region, employer, relative, flat or car is told, per surname | M |
| `full:one|other` | surname and given name, in either order, of a name with a patronymic or its initial | S6: sought by those without |
| `bare:one|other` | the same of a name without | S6: sought by all of the name |
| `li:last|А|Р`, `ls:last|А|Р` | surname and initials, of a name spelled out; of initials only | wide: initials (all seek `ls:`) |
| `l1:last|А`, `l2:last|А` | surname and one initial, of a name with a patronymic; of one without | wide: one initial, unknown short forms |
| `b1:first|abc…`, `…|…wxyz`, `b2:` | given name, an end of the surname; with a patronymic, without | wide: a slip in the surname |
| `lp:last|father` | surname and father's name | wide: a slip in the given name |
| `fp:first|father|ab…`, `…|…xyz` | given and father's name, an end of the surname | wide: a slip in the surname |

`slip:`: a letter's slip in a surname leaves its first two or its last three letters whole; of surnames up to five letters
perhaps neither, so those share `*`. `full:`, `bare:`: everybody of one surname and given name would be a crowd (hundreds in a
city), and nobody with a patronymic needs it to be linked. In the keys from `full:` on surnames and fathers' names are taken by
their consonants, given names as they sound and short forms for the full ones.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from heapq import nsmallest
from math import log
from typing import TypeVar

from screening.circumstances import Circumstances
from screening.facts import OrgFacts, PersonFacts
from screening.names.folding import fold_word
from screening.names.lexicon import PET_NAMES
from screening.names.person import FoldedName, PersonName
from screening.orgs.compare import is_telling
from screening.orgs.keys import org_keys_of

_SHORT = 5
"""Surnames up to this length share `*`: below six letters two swapped ones may touch both beginning and end."""
_NUMBERS = ("inn:", "ogrn:", "snils:", "pass:")
_NAME_ONLY = ("fio:", "full:", "bare:", "org:")
CROWD = 100
"""Namesakes from which on a name alone links nobody: the pairs would be many, and each as doubtful as the next."""
HUB = 400
"""Holders from which on no key finds anybody, numbers apart."""
FAINT: Mapping[str, float] = {"Person": 0.15, "Organization": 0.0}
"""Of the best candidate's worth, what another one must have: halves the candidates. Abbreviated firms share one key with the right one."""
Holder = TypeVar("Holder", int, str)
_POPULATION = 1_000_000
_FIRST_LETTERS = str.maketrans({"д": "т", "ж": "т"})
"""Initials are folded by other rules than names: Д. and Т. are one, and Җ. is written Дж."""
_HEARD = str.maketrans({"ы": "и", "е": "и", "я": "а", "о": "а", "ю": "у", "щ": "ш", "ж": "з", "ц": "с"})
_NO_VOWELS = str.maketrans("", "", "аиуьйъ")


@dataclass(frozen=True, slots=True)
class Keys:
    """What a record is found by, what it looks for when it is linked, and what else when it is screened."""

    held: frozenset[str]
    sought: frozenset[str]
    wide: frozenset[str]

    def meets(self, other: Keys) -> bool:
        """Whether the two are candidates for each other in linking."""
        return not self.sought.isdisjoint(other.held)


def most_holders(key: str) -> int | None:
    """From how many holders on the key finds nobody in linking; None for a number, which always does."""
    if key.startswith(_NUMBERS):
        return None
    return CROWD if key.startswith(_NAME_ONLY) else HUB


def person_keys(facts: PersonFacts) -> Keys:
    """The keys of a person, of all names together."""
    shared = set(_numbers(facts))
    held: set[str] = set()
    sought: set[str] = set()
    wide: set[str] = set()
    for name in {known.folded for known in facts.names}:
        shared.update(_name_keys(name, facts))
    for known in facts.names:
        alone = not known.folded.patronymic
        for last in _surnames(known.name, known.folded):
            pairs = set(_pairs(last, known.folded))
            held |= {f"bare:{pair}" if alone else f"full:{pair}" for pair in pairs}
            sought |= {f"bare:{pair}" for pair in pairs}
            (sought if alone else wide).update(f"full:{pair}" for pair in pairs)
            ends = set(_ends(last, known.folded))
            held |= ends
            wide |= ends
            for holds, seeks in (*_initials(last, known.folded), *_beside_given(last, known.folded)):
                held.add(holds)
                wide |= {holds, seeks} if known.folded.abbreviated or alone else {seeks}
    return Keys(frozenset(shared | held), frozenset(shared | sought), frozenset(wide - shared - sought))


def org_keys(facts: OrgFacts) -> Keys:
    """The keys of an organization: its numbers, each name's core written together, and (wide) those of `org_keys_of`."""
    shared = {*(f"inn:{inn}" for inn in facts.inn), *(f"ogrn:{ogrn}" for ogrn in facts.ogrn)}
    shared.update(f"org:{name.core.replace(' ', '')}" for name in facts.names if is_telling(name))
    wide = {key for name in facts.names for key in org_keys_of(name)} - shared
    return Keys(frozenset(shared | wide), frozenset(shared), frozenset(wide))


def _numbers(facts: PersonFacts) -> Iterator[str]:
    yield from (f"inn:{inn}" for inn in facts.inn)
    yield from (f"snils:{snils}" for snils in facts.snils)
    yield from (f"pass:{passport}" for passport in facts.passports)


def _name_keys(name: FoldedName, facts: PersonFacts) -> Iterator[str]:
    if not name.last:
        return
    if name.first and name.patronymic and not name.abbreviated:
        father = _fathers_name(name.patronymic)
        yield f"fio:{name.last}|{name.first}|{father}"
        yield from (f"year:{name.first}|{father}|{year}" for year in {birth.first // 10000 for birth in facts.births})
    for birth in facts.births:
        if birth.complete:
            yield from _slip_keys(name.last, birth.first)
    for kind, values in (("phone", facts.phones), ("email", facts.emails), ("addr", facts.addresses), ("work", facts.workplaces)):
        yield from (f"{kind}:{value}|{name.last}" for value in values)
    yield from _life_keys(name, facts.life)


def _life_keys(name: FoldedName, life: Circumstances) -> Iterator[str]:
    initial = _heard(name.first.translate(_FIRST_LETTERS))[:1]
    yield from (f"reg:{region}|{name.last}|{initial}" for region in life.regions)
    yield from (f"job:{job.employer.core.replace(' ', '')}|{name.last}" for job in life.jobs if job.employer)
    yield from (f"kin:{one.name}|{name.last}" for one in life.relatives)
    yield from (f"flat:{area}|{name.last}" for area in life.areas)
    yield from (f"car:{vehicle}|{name.last}" for vehicle in life.vehicles)


def _slip_keys(last: str, birth: int) -> Iterator[str]:
    yield f"slip:{birth}|{last[:2]}…"
    yield f"slip:{birth}|…{last[-3:]}"
    if len(last) <= _SHORT:
        yield f"slip:{birth}|*"


def _ends(last: str, name: FoldedName) -> Iterator[str]:
    father = _fathers_name(name.patronymic)
    if last and father and not father.endswith("."):
        yield f"lp:{_bones(last)}|{_bones(father)}"
        for first in _spelled_out(name.first):
            yield f"fp:{first}|{_bones(father)}|{_heard(last)[:2]}…"
            yield f"fp:{first}|{_bones(father)}|…{_heard(last)[-3:]}"


def _initials(last: str, name: FoldedName) -> Iterator[tuple[str, str]]:
    """What the name holds, and what holds those who write it otherwise."""
    for initial in {_heard(first.translate(_FIRST_LETTERS))[0] for first in _given_names(name.first)} if last else ():
        start = f"{_bones(last)}|{initial}"
        if name.patronymic:
            both = f"{start}|{_heard(name.patronymic.translate(_FIRST_LETTERS))[0]}"
            yield (f"ls:{both}", f"li:{both}") if name.abbreviated else (f"li:{both}", f"ls:{both}")
        yield (f"l1:{start}", f"l2:{start}") if name.patronymic else (f"l2:{start}", f"l1:{start}")


def _beside_given(last: str, name: FoldedName) -> Iterator[tuple[str, str]]:
    heard = _heard(last)
    for first in _spelled_out(name.first) if heard else ():
        for end in (f"{heard[:3]}…", f"…{heard[-4:]}"):
            held, other = ("b1", "b2") if name.patronymic else ("b2", "b1")
            yield f"{held}:{first}|{end}", f"{other}:{first}|{end}"


def _pairs(last: str, name: FoldedName) -> Iterator[str]:
    """Surname and given name in either order, which a careless hand turns round."""
    yield from ("|".join(sorted((_bones(last), _bones(first)))) for first in _spelled_out(name.first) if last)


def _spelled_out(first: str) -> Iterator[str]:
    yield from (_heard(one) for one in _given_names(first) if not one.endswith("."))


def _given_names(first: str) -> Iterable[str]:
    """The name, and those that it may be short for."""
    return (first, *sorted(PET_NAMES.get(first, ()))) if first else ()


def _surnames(name: PersonName, folded: FoldedName) -> set[str]:
    """The whole, and the halves of a double one."""
    halves = name.last.replace("-", " ").split()
    return {folded.last, *(fold_word(half, "surname") for half in halves if len(halves) > 1 and len(half) > 2)} - {""}


def _fathers_name(patronymic: str) -> str:
    """Without its ending: a patronymic may be written without one."""
    return patronymic[:-4] if patronymic.endswith(("ович", "овна")) else patronymic


@lru_cache(maxsize=1 << 17)
def _heard(folded: str) -> str:
    """Letters that are heard alike as one, doubled ones single."""
    letters = folded.translate(_HEARD)
    return "".join(letter for place, letter in enumerate(letters) if place == 0 or letter != letters[place - 1])


def best_holders(holders: Mapping[str, tuple[int, Iterable[Holder]]], limit: int, faint: float) -> list[tuple[Holder, float]]:
    """The likeliest of those who hold a key, with their worth: key → (number of its holders, who they are).

    A holder's worth is the sum over the keys he shares of how rare each is (the logarithm of one in so many). Whoever has less than
    `faint` of the best one's is left out.
    """
    worth: dict[Holder, float] = defaultdict(float)
    for key in sorted(holders):
        count, some = holders[key]
        rarity = log(_POPULATION / max(count, 1))
        for one in some:
            worth[one] += rarity
    least = max(worth.values(), default=0.0) * faint
    return nsmallest(limit, ((one, its) for one, its in worth.items() if its >= least), key=lambda item: -item[1])


@lru_cache(maxsize=1 << 17)
def _bones(folded: str) -> str:
    """The first letter as heard and the consonants after it: vowels are what spellings differ in."""
    heard = _heard(folded)
    bones = heard[:1] + heard[1:].translate(_NO_VOWELS)
    return "".join(letter for place, letter in enumerate(bones) if place == 0 or letter != bones[place - 1])
