"""Folding: spellings of one name become one string, so that equal people have equal names."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal

from domain.errors import DefinitionError
from screening.names.letters import FOLDING, is_initial, plain, repair

Part = Literal["given", "surname"]
_CACHE = 1 << 17

_RULES: dict[str, list[tuple[re.Pattern[str], str]]] = {
    part: [(re.compile(rule["from"]), rule["to"]) for rule in FOLDING["rules"] if part in rule["parts"]] for part in ("given", "surname")
}
_PATRONYMIC = FOLDING["patronymic"]
_MALE = tuple(_PATRONYMIC["bare_male"] + _PATRONYMIC["male"])
_FEMALE = tuple(_PATRONYMIC["bare_female"] + _PATRONYMIC["female"])
_ENDINGS = sorted([(end, "ович") for end in _MALE] + [(end, "овна") for end in _FEMALE], key=lambda pair: -len(pair[0]))


def _by_rules(word: str, part: Part) -> str:
    """A plain word after the rules, again and again until nothing changes (each rule shortens or settles a word)."""
    while True:
        before = word
        for pattern, replacement in _RULES[part]:
            word = pattern.sub(replacement, word)
        if word == before:
            return word


def _feminine(forms: list[str]) -> list[str]:
    return [f"{form}а" for form in forms if form.endswith(("ов", "ев", "ин", "ын"))]


def _variants(part: Part) -> dict[str, str]:
    """Folded form → folded first form of its group."""
    groups: list[list[str]] = list(FOLDING[part])
    if part == "surname":
        groups += [_feminine(group) for group in FOLDING[part]]
    table: dict[str, str] = {}
    for group in groups:
        folded = [_by_rules(plain(form), part) for form in group]
        for form in folded:
            if table.setdefault(form, folded[0]) != folded[0]:
                raise DefinitionError("screening/names/folding.yaml", 1, f"{form} stands in two groups: write one group")
    return table


_VARIANTS = {"given": _variants("given"), "surname": _variants("surname")}


@lru_cache(maxsize=_CACHE)
def fold_word(text: str, part: Part) -> str:
    """One given name or surname: hyphens and spaces vanish after each piece was folded by itself.

    `Нур-Ислам`, `Нур Ислам` and `Нурислам` are one; an initial stays an initial.
    """
    if is_initial(text):
        return _initial(text)
    table = _VARIANTS[part]
    pieces = [_by_rules(plain(piece), part) for piece in re.split(r"[\s-]+", repair(text))]
    joined = _by_rules("".join(table.get(piece, piece) for piece in pieces), part)
    folded = table.get(joined, joined)
    return folded if len(folded) > 1 else _initial(folded)


@lru_cache(maxsize=_CACHE)
def fold_patronymic(text: str) -> str:
    """A patronymic: `Айратович`, `Айрат улы` and `Айрат-углы` are one; so are `Анатольевич` and `Анатолиевич`."""
    if not text or is_initial(text):
        return _initial(text)
    word = "".join(plain(piece) for piece in re.split(r"[\s-]+", repair(text)))
    for ending, child in _ENDINGS:
        if word.endswith(ending) and len(father := _father(word[: -len(ending)]).rstrip(".")) >= 2:
            return f"{father}{child}"
    return _father(word)


def _initial(text: str) -> str:
    letters = plain(repair(text))
    return f"{letters}." if letters else ""


def _father(stem: str) -> str:
    """The father's name as far as every form of the patronymic shows it."""
    while True:
        folded = fold_word(stem, "given") if stem else ""
        bare = folded.rstrip(_PATRONYMIC["stem_tail"])
        if bare in {stem, ""} or len(bare) < 2:
            return bare if len(bare) >= 2 else folded
        stem = bare
