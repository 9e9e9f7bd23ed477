"""The words of a core and what each is worth: a number, a kind of institution, a place, a word that says little, or a name."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache

from screening.orgs.letters import DATA
from screening.orgs.stems import stem

_WORDS_READ = 40
"""Words of a core that are compared; the longest names of registers have about thirty."""
_HONOURED = 4
"""Words after «имени» that name whom: «имени Героя Советского Союза …» is cut short, which costs nothing."""


class Role(IntEnum):
    """What a word does in a name, the least telling first.

    HONOUR: stands after «имени». SUFFIX: tells apart where one side lacks it («Групп»), and nothing where both have it.
    NUMBERED: a kind whose bodies are told apart by number.
    """

    EMPTY = 0
    WIDE = 1
    PLACE = 2
    GENERIC = 3
    HONOUR = 4
    KIND = 5
    NUMBERED = 6
    SUFFIX = 7
    NUMBER = 8
    NAME = 9


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a core.

    `key`: equal for words that are one whatever their case ending. `group`: of kinds, their meaning; of places, `city`,
    `district` (of a region) or `quarter` (of a city).
    """

    text: str
    key: str
    role: Role
    group: str = ""
    place: int = 0


@dataclass(frozen=True, slots=True)
class Core:
    """A core taken apart."""

    words: tuple[Word, ...]
    keys: frozenset[str]
    joined: str
    numbers: frozenset[str]


@lru_cache(maxsize=1 << 16)
def read_core(core: str) -> Core:
    """The words of a core as `OrgName.core` gives it."""
    texts = tuple(core.split()[:_WORDS_READ])
    words = tuple(_words(texts))
    return Core(
        words,
        frozenset(word.key for word in words),
        "".join(texts),
        frozenset(word.text for word in words if word.role is Role.NUMBER),
    )


def _words(texts: tuple[str, ...]) -> Iterator[Word]:
    stems = tuple(stem(text) for text in texts)
    honoured = 0
    for place, (text, root) in enumerate(zip(texts, stems, strict=True)):
        before = stems[place - 1] if place else ""
        after = stems[place + 1] if place + 1 < len(stems) else ""
        word = _word(text, root, before, after, place)
        if root in _HONOUR:
            honoured = _HONOURED
            yield Word(text, root, Role.EMPTY, place=place)
            continue
        if honoured:
            if word.role in {Role.PLACE, Role.NUMBER, Role.KIND, Role.NUMBERED} and word.group != "quarter":
                honoured = 0
            else:
                honoured -= 1
                yield Word(text, root, Role.HONOUR, place=place)
                continue
        yield word


def _word(text: str, root: str, before: str, after: str, place: int) -> Word:
    if text.isdigit() and text.isascii():
        return Word(text, text, Role.NUMBER, place=place)
    if root in _AFTER_PLACE or root in _BEFORE_PLACE:
        return Word(text, root, Role.EMPTY, place=place)
    if root in _WIDE:
        return Word(text, root, Role.WIDE, place=place)
    if group := _place_group(root, before, after):
        return Word(text, f"@{_PLACES.get(root, root)}", Role.PLACE, group, place)
    if text in _SUFFIXES or text in _EMPTY:
        return Word(text, text, Role.SUFFIX if text in _SUFFIXES else Role.EMPTY, place=place)
    return _kind_or_name(text, root, after, place)


def _place_group(root: str, before: str, after: str) -> str:
    if after in _BEFORE_PLACE and root not in _GENERIC:
        return "quarter" if root in _QUARTERS else "district"
    return "city" if root in _PLACES or before in _AFTER_PLACE else ""


def _kind_or_name(text: str, root: str, after: str, place: int) -> Word:
    if group := _NUMBERED.get(root):
        return Word(text, root, Role.NUMBERED, group, place)
    if group := _KINDS.get(root):
        return Word(text, root, Role.KIND, group, place)
    if root in _GENERIC or (root == _CHILDREN and after == _GARDEN):
        return Word(text, root, Role.GENERIC, place=place)
    return Word(text, text, Role.NAME, place=place)


def _stems(words: str) -> frozenset[str]:
    return frozenset(stem(word) for word in words.split())


def _groups(rows: list[list[str]]) -> dict[str, str]:
    return {stem(word): row[0] for row in rows for word in row}


_HONOUR = frozenset(stem(word) for word in DATA["honour"])
_EMPTY = frozenset(DATA["empty"].split())
_SUFFIXES = frozenset(DATA["suffixes"].split())
_GENERIC = _stems(DATA["generic"]) | _stems(DATA["branch"])
_NUMBERED = _groups(DATA["numbered"])
_KINDS = _groups(DATA["kinds"])
_PLACES = {stem(word): stem(row.split()[0]) for row in DATA["places"] for word in row.split()}
_WIDE = _stems(DATA["wide_places"])
_QUARTERS = _stems(DATA["city_districts"])
_BEFORE_PLACE = _stems(DATA["before_place"])
_AFTER_PLACE = _stems(DATA["after_place"])
_CHILDREN, _GARDEN = stem("детский"), stem("сад")
