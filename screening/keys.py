"""Candidate keys: strings that two records share when they may be one, so that only such pairs are judged.

A record *holds* keys and *seeks* keys; the candidates of a record are those who hold a key that it seeks. The relation is
the same from both sides: if a seeks what b holds, b seeks what a holds. Every pair that `judge_people` can call certain,
probable or weak is found; so is every pair with one number, whatever else it says (proved by tests):

| key | who holds it | finds |
|---|---|---|
| `inn:` `snils:` `pass:` | who has the number | S1, and numbers on two people |
| `fio:last|first|father` | a full name, current or former | S2, S3, S5, S6 |
| `slip:birth|ab…`, `…|…xyz`, `…|*` | a surname and a complete birth date | S4; S2, S3, S5 without a patronymic or with initials |
| `phone:` `email:` `addr:` `work:` + `|last` | who has one, per surname | S5, S6 without a patronymic or with initials |
| `fi-full:last|first` | a name with a patronymic or its initial | S6: sought by those without |
| `fi-bare:last|first` | a name without | S6: sought by all of the name |

`slip:`: a letter's slip in a surname leaves its first two or its last three letters whole; of surnames up to five letters
perhaps neither, so those share `*`. `fi-`: everybody of one surname and given name would be a crowd (hundreds in a city),
and nobody with a patronymic needs it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from screening.facts import OrgFacts, PersonFacts
from screening.names.person import FoldedName

_SHORT = 5
"""Surnames up to this length share `*`: below six letters two swapped ones may touch both beginning and end."""


@dataclass(frozen=True, slots=True)
class Keys:
    """What a record is found by, and what it looks for."""

    held: frozenset[str]
    sought: frozenset[str]

    def meets(self, other: Keys) -> bool:
        """Whether the two are candidates for each other."""
        return not self.sought.isdisjoint(other.held)


def person_keys(facts: PersonFacts) -> Keys:
    """The keys of a person, of all names together."""
    shared = set(_numbers(facts))
    held: set[str] = set()
    sought: set[str] = set()
    for name in {known.folded for known in facts.names}:
        shared.update(_name_keys(name, facts))
        if name.last and name.first and not name.first.endswith("."):
            pair = f"{name.last}|{name.first}"
            held.add(f"fi-full:{pair}" if name.patronymic else f"fi-bare:{pair}")
            sought.add(f"fi-bare:{pair}")
            if not name.patronymic:
                sought.add(f"fi-full:{pair}")
    return Keys(frozenset(shared | held), frozenset(shared | sought))


def org_keys(facts: OrgFacts) -> Keys:
    """The keys of an organization: `inn:`, `ogrn:`, and `org:` with each name's core written together."""
    shared = {*(f"inn:{inn}" for inn in facts.inn), *(f"ogrn:{ogrn}" for ogrn in facts.ogrn)}
    shared.update(f"org:{name.core.replace(' ', '')}" for name in facts.names if name.core)
    return Keys(frozenset(shared), frozenset(shared))


def _numbers(facts: PersonFacts) -> Iterator[str]:
    yield from (f"inn:{inn}" for inn in facts.inn)
    yield from (f"snils:{snils}" for snils in facts.snils)
    yield from (f"pass:{passport}" for passport in facts.passports)


def _name_keys(name: FoldedName, facts: PersonFacts) -> Iterator[str]:
    if not name.last:
        return
    if name.first and name.patronymic and not name.abbreviated:
        yield f"fio:{name.last}|{name.first}|{_fathers_name(name.patronymic)}"
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


def _fathers_name(patronymic: str) -> str:
    """Without its ending: a patronymic may be written without one."""
    return patronymic[:-4] if patronymic.endswith(("ович", "овна")) else patronymic
