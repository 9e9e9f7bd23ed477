"""A person's facts as one short text on the node, so that a candidate is judged without his records being read and parsed again.

What is long or comes from other records (work, declarations, address parts) is left out, and said to be: it only matters to
whoever asks with such facts of his own, and then the records are read.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, fields
from typing import Any

import orjson

from domain.dates import PartialDate
from screening.facts import KnownName, PersonFacts
from screening.names.lexicon import Sex
from screening.names.person import FoldedName, PersonName

VERSION = 1
"""Raised when folding or this layout changes; facts of another version are read from the records."""

_SETS = ("inn", "replaced_inn", "snils", "passports", "phones", "emails", "addresses")
_KEPT = frozenset(["key", "names", "births", "death", "sex", "sex_guess", "seen_on", *_SETS])
_LEFT_OUT = {field.name: field.default for field in fields(PersonFacts) if field.init and field.name not in _KEPT}
_SEX: dict[str | None, Sex | None] = {None: None, **{str(sex): sex for sex in Sex}}


@dataclass(frozen=True, slots=True)
class Thawed:
    """The facts, and the names of those that were left out."""

    facts: PersonFacts
    left_out: frozenset[str]


def left_out(facts: PersonFacts) -> frozenset[str]:
    """The facts of this person that are never frozen."""
    return frozenset(name for name, default in _LEFT_OUT.items() if getattr(facts, name) != default)


def freeze(members: Iterable[PersonFacts]) -> str:
    """All that some records, taken for one person, say of him themselves."""
    members = list(members)
    names = dict.fromkeys(known for one in members for known in one.names)
    births = sorted({(date.first, date.last) for one in members for date in one.births})
    deaths = [one.death for one in members if one.death]
    return json.dumps(
        [
            VERSION,
            [_name(known) for known in names],
            births,
            [deaths[0].first, deaths[0].last] if deaths else None,
            _one([one.sex for one in members]),
            _one([one.sex_guess for one in members]),
            [sorted(frozenset[str]().union(*(getattr(one, name) for one in members))) for name in _SETS],
            max((one.seen_on for one in members), default=0),
            sorted(frozenset[str]().union(*map(left_out, members))),
        ],
        ensure_ascii=False,
        separators=(",", ":"),
    )


def thaw(key: str, text: str) -> Thawed | None:
    """The facts under that key; None where the text is of another version."""
    value: list[Any] = orjson.loads(text)
    if value[0] != VERSION:
        return None
    _, names, births, death, sex, guess, sets, seen, absent = value
    inn, replaced, snils, passports, phones, emails, addresses = map(frozenset, sets)
    facts = PersonFacts(
        key=key,
        names=tuple(
            KnownName(PersonName(last, first, father), FoldedName(f_last, f_first, f_father, _SEX[f_sex]), former)
            for last, first, father, f_last, f_first, f_father, f_sex, former in names
        ),
        births=tuple(PartialDate(first, last) for first, last in births),
        death=PartialDate(*death) if death else None,
        sex=_SEX[sex],
        sex_guess=_SEX[guess],
        inn=inn,
        replaced_inn=replaced,
        snils=snils,
        passports=passports,
        phones=phones,
        emails=emails,
        addresses=addresses,
        seen_on=seen,
    )
    return Thawed(facts, frozenset(absent))


def _name(known: KnownName) -> list[Any]:
    name, folded = known.name, known.folded
    sex = str(folded.sex) if folded.sex else None
    return [name.last, name.first, name.patronymic, folded.last, folded.first, folded.patronymic, sex, known.former]


def _one(values: list[Sex | None]) -> str | None:
    """What all who say something say; nothing where they contradict each other."""
    said = {value for value in values if value}
    return str(said.pop()) if len(said) == 1 else None
