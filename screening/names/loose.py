"""Loose keys: short strings that two spellings of one name share, for finding candidates; sharing one proves nothing."""

from __future__ import annotations

from functools import lru_cache
from typing import Literal

from screening.names.customary import CUSTOMARY, double_given, halves, spelled
from screening.names.lexicon import PET_NAMES
from screening.names.parts import ANY_YOD, father_of

NamePart = Literal["last", "first", "patronymic"]
_CLASSES = str.maketrans("яоеыюбдзжвгщц", "ааииуптсшфхшс")
"""Letters that are confused, as one: vowels by threes, voiced consonants as voiceless ones."""
_BEGINNING = {"last": 8, "first": 6, "patronymic": 6}
"""Letters of the beginning in which a slip is looked for; a slip further on leaves the beginning whole."""


@lru_cache(maxsize=1 << 17)
def loose_key(part: NamePart, folded: str) -> tuple[str, ...]:
    """The keys of one part of a folded name, the whole one first; none for an unknown part.

    Every two spellings between which `part_level` finds EQUAL, VARIANT or TYPO share a key (by tests): the beginning in
    coarse letters, the same less one letter (a slip leaves one of these), the halves of a double surname, and a mark for each
    name that a short or customary form stands for. An initial has itself alone: see `initials`.
    """
    if part == "patronymic":
        folded = father_of(folded)
    if not folded or folded[-1] == ".":
        return (folded,) if folded else ()
    forms = (folded, *halves(folded)) if part == "last" else (*spelled(folded), *double_given(folded))
    keys = [key for form in forms for key in _beginnings(form, _BEGINNING[part])]
    if part != "last":
        keys += [f"={mark}" for mark in sorted(CUSTOMARY.get(folded, ()))]
    return tuple(dict.fromkeys(keys))


def _beginnings(form: str, length: int) -> list[str]:
    coarse = form.translate(_CLASSES)[:length]
    return [coarse, *(coarse[:place] + coarse[place + 1 :] for place in range(len(coarse)))] if len(coarse) > 2 else [coarse]


@lru_cache(maxsize=1 << 17)
def initials(part: NamePart, folded: str) -> tuple[str, ...]:
    """The initials that may stand for a folded part: `а.`; `ж.` and `д.` of Джамиль; `а.` and `с.` of Саша."""
    if part == "patronymic":
        folded = father_of(folded)
    if not folded:
        return ()
    if folded[-1] == ".":
        return tuple(f"{letter}." for letter in dict.fromkeys([folded[0], *(ANY_YOD if folded[0] in "юяеиж" else "")]))
    forms = (folded,) if part == "last" else (folded, *spelled(folded), *sorted(PET_NAMES.get(folded, ())))
    letters = [form[0] for form in forms]
    letters += ["д" for letter in letters if letter == "ж"]
    letters += [ANY_YOD for letter in letters if letter in "юяеиж"]
    return tuple(f"{letter}." for letter in dict.fromkeys(letters))
