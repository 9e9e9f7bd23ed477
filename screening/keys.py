"""Candidate keys: strings that two records share when they may be one, so that only such pairs are judged.

A record *holds* keys. In linking it *seeks* some of them: if a seeks what b holds, b seeks what a holds. Every pair that the
decisive tests can call certain, probable or weak is found so; so is every pair with one number, whatever else it says (proved by
tests). Screening of a record from outside seeks the *wide* keys too, which find what a careless hand did to a name alone.

| key | who holds it | finds |
|---|---|---|
| `inn:` `snils:` `pass:` | who has the number | S1, and numbers on two people |
| `fio:last|first|father` | a full name, current or former | S2, S3, S6 |
| `year:first|father|1980` | a full name and a birth date or year | S5 by the birth year; wide: a surname that changed |
| `slip:birth|ab…`, `…|…xyz`, `…|*` | a surname and a complete birth date | S4; S2, S3, S5 without a patronymic or with initials |
| `phone:` `email:` `addr:` `work:` + `|last` | who has one, per surname | S5, S6 without a patronymic or with initials |
| `fi-full:last|first` | a name with a patronymic or its initial | S6: sought by those without; wide |
| `fi-bare:last|first` | a name without | S6: sought by all of the name |
| `two:one|other` | surname and given name in either order, as they sound, short forms as full ones | wide |
| `li:last|А|Р`, `l1:last|А` | surname and initials; `l1:` is sought only without a second | wide: initials, a slip in a given name |
| `lp:last|father` | surname and father's name | wide: another given name's first letter |
| `fp:first|father|ab…`, `…|…xyz` | given and father's name, an end of the surname | wide: a slip in the surname |

`slip:`: a letter's slip in a surname leaves its first two or its last three letters whole; of surnames up to five letters
perhaps neither, so those share `*`. `fi-`: everybody of one surname and given name would be a crowd (hundreds in a city),
and nobody with a patronymic needs it to be linked.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from heapq import nsmallest
from math import log

from screening.facts import OrgFacts, PersonFacts
from screening.names.folding import fold_word
from screening.names.lexicon import PET_NAMES
from screening.names.person import FoldedName, PersonName
from screening.orgs.keys import org_keys_of

_SHORT = 5
"""Surnames up to this length share `*`: below six letters two swapped ones may touch both beginning and end."""
_NUMBERS = ("inn:", "ogrn:", "snils:", "pass:")
_NAME_ONLY = ("fio:", "fi-full:", "fi-bare:", "org:")
CROWD = 100
"""Namesakes from which on a name alone links nobody: the pairs would be many, and each as doubtful as the next."""
HUB = 400
"""Holders from which on no key finds anybody, numbers apart."""


_POPULATION = 1_000_000
_HEARD = str.maketrans({"ы": "и", "е": "и", "я": "а", "о": "а", "ю": "у", "щ": "ш", "ж": "з", "ц": "с"})


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
        if name.last and name.first and not name.first.endswith("."):
            pair = f"{name.last}|{name.first}"
            held.add(f"fi-full:{pair}" if name.patronymic else f"fi-bare:{pair}")
            sought.add(f"fi-bare:{pair}")
            (wide if name.patronymic else sought).add(f"fi-full:{pair}")
    for known in facts.names:
        for last in _surnames(known.name, known.folded):
            loose = set(_loose_keys(last, known.folded))
            held |= loose
            wide |= {key for key in loose if not key.startswith("l1:") or len(known.folded.patronymic) == 0}
    return Keys(frozenset(shared | held), frozenset(shared | sought), frozenset(wide - sought))


def org_keys(facts: OrgFacts) -> Keys:
    """The keys of an organization: its numbers, each name's core written together, and (wide) those of `org_keys_of`."""
    shared = {*(f"inn:{inn}" for inn in facts.inn), *(f"ogrn:{ogrn}" for ogrn in facts.ogrn)}
    shared.update(f"org:{name.core.replace(' ', '')}" for name in facts.names if name.core)
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


def _slip_keys(last: str, birth: int) -> Iterator[str]:
    yield f"slip:{birth}|{last[:2]}…"
    yield f"slip:{birth}|…{last[-3:]}"
    if len(last) <= _SHORT:
        yield f"slip:{birth}|*"


def _loose_keys(last: str, name: FoldedName) -> Iterator[str]:
    heard, father = _heard(last), _heard(_fathers_name(name.patronymic))
    spelled_out = [_heard(first) for first in _given_names(name.first) if not first.endswith(".")]
    if heard and father and not father.endswith("."):
        yield f"lp:{heard}|{father}"
        for first in spelled_out:
            yield f"fp:{first}|{father}|{heard[:2]}…"
            yield f"fp:{first}|{father}|…{heard[-3:]}"
    for first in spelled_out:
        yield f"two:{'|'.join(sorted((heard, first)))}"
    for initial in {first[0] for first in _given_names(name.first)} if heard else ():
        yield f"l1:{heard}|{initial}"
        if father:
            yield f"li:{heard}|{initial}|{father[0]}"


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


def best_holders(holders: Mapping[str, tuple[int, Iterable[str]]], limit: int) -> list[str]:
    """The likeliest of those who hold a key: key → (number of its holders, who they are).

    A holder's worth is the sum over the keys he shares of how rare each is (the logarithm of one in so many); the name settles ties.
    """
    worth: dict[str, float] = defaultdict(float)
    for key in sorted(holders):
        count, some = holders[key]
        rarity = log(_POPULATION / max(count, 1))
        for one in some:
            worth[one] += rarity
    return nsmallest(limit, worth, key=lambda one: (-worth[one], one))
