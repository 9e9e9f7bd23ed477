"""Pairs of people whose names went through two hands: a transliteration with initials, an oblique case of initials, a slip in Tatar."""

from __future__ import annotations

from dataclasses import replace

from tests.quality import spelling
from tests.quality.grammar import given_in, surname_in
from tests.quality.making import Maker, Pair, category, person, short, shuffled
from tests.quality.material import Human
from tests.quality.people_names import other_initials

_TABLES = (spelling.PASSPORT, spelling.PASSPORT_OLD, spelling.EVERYDAY, spelling.ISO_9)


def _latin_initials(at: Maker, one: Human) -> str:
    """Khayrullin A.R.; a letter that two Latin ones render stays whole: Шакиров Ш.Ю. gives Shakirov Sh.Yu."""
    return spelling.latin(short(one, at.chance.choice(("after", "after_space", "before"))), at.chance.choice(_TABLES))


_PLAIN = {False: ("dative", "instrumental", "prepositional"), True: ("genitive", "dative", "instrumental")}
"""By sex: the cases that are no other sex's nominative (Гарипова) or dative (Гарипову)."""


def _oblique_initials(at: Maker, one: Human) -> str:
    case = at.chance.choice(_PLAIN[one.female])
    surname = surname_in(case, one.surname, female=one.female)
    a, b = one.initials
    return at.chance.choice((f"{surname} {a}.{b}.", f"{a}.{b}. {surname}", f"{surname} {a}. {b}."))


def _oblique_short(at: Maker, one: Human) -> str:
    case = at.chance.choice(_PLAIN[one.female])
    first = given_in(case, one.first, female=one.female, stems=at.material.tables["stems"])
    surname = surname_in(case, one.surname, female=one.female)
    return at.chance.choice((f"{surname} {first}", f"{first} {surname}"))


@category(240)
def two_hands(at: Maker, same: bool) -> Pair:
    """Initials in Latin or in an oblique case, a Tatar spelling with a slip, a name in capitals without its patronymic."""
    one = at.human()
    kind = at.chance.choice(("latin_initials", "oblique_initials", "oblique_short", "latin_short_slip", "tatar_slip", "former_latin"))
    shows_initials = kind in ("latin_initials", "oblique_initials")
    two = one
    if not same:
        two = other_initials(at, one) if shows_initials else at.near(one, "given surname")
    if kind == "latin_initials":
        text = _latin_initials(at, two)
    elif kind == "oblique_initials":
        text = _oblique_initials(at, two)
    elif kind == "oblique_short":
        text = _oblique_short(at, two)
    elif kind == "latin_short_slip":
        text = spelling.latin(f"{two.first} {at.slipped(two.surname) if same else two.surname}", at.chance.choice(_TABLES)).upper()
    elif kind == "tatar_slip":
        text = f"{two.tatar_surname} {two.given.tatar} {at.slipped(two.patronymic) if same else two.patronymic}"
    else:
        return _former_latin(at, one, two, same=same)
    left, right = at.ordinary(one, two, same=same)
    return shuffled(at, person(text, **left), person(one.full, **right))


def _former_latin(at: Maker, one: Human, two: Human, *, same: bool) -> Pair:
    """A passport in the former surname."""
    married = at.human()
    now = replace(one, family=married.family, family_tatar=married.family_tatar)
    record = person(now.full, previousName=[one.surname])
    born = [at.birth().isoformat()] if same else []
    record["properties"] |= {"birthDate": born} if born else {}
    return shuffled(at, record, person(spelling.latin(two.full, at.chance.choice(_TABLES)), birthDate=born))
