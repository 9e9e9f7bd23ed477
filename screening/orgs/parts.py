"""The words of a core and what each is worth: a number, a kind of institution, a place, a word that says little, or a name."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import IntEnum
from functools import lru_cache

from screening.orgs.forms import form_of
from screening.orgs.letters import DATA, in_russian_letters, is_latin, pieces, sound, typed_in_russian
from screening.orgs.stems import stem

_WORDS_READ = 40
"""Words of a core that are compared; the longest names of registers have about thirty."""
_HONOURED = 6
"""Words after «имени» that name whom: «имени Героя Советского Союза …» is cut short, which costs nothing."""


class Role(IntEnum):
    """What a word does in a name, the least telling first.

    HONOUR: stands after «имени». LEVEL: городская, районная …; WIDE_LEVEL: республиканская, областная …. SUFFIX: tells apart
    where one side lacks it («Групп»), and nothing where both have it.
    NUMBERED: a kind whose bodies are told apart by number.
    """

    EMPTY = 0
    WIDE = 1
    PLACE = 2
    GENERIC = 3
    HONOUR = 4
    LEVEL = 5
    WIDE_LEVEL = 6
    KIND = 7
    NUMBERED = 8
    SUFFIX = 9
    NUMBER = 10
    NAME = 11


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
    sound: str = ""
    marked: bool = False
    typed: str = ""
    letters: str = ""
    head: str = ""


@dataclass(frozen=True, slots=True)
class Core:
    """A core taken apart. `roles`: by the words' keys. `silent`: it has no words, or is a filler («н/д»).

    `fillers`: how many words say nothing, yet may give initials («компания»). `form`: the legal form that the core is.
    """

    words: tuple[Word, ...]
    roles: dict[str, Role]
    keys: frozenset[str]
    joined: str
    numbers: frozenset[str]
    silent: bool = False
    fillers: int = 0
    form: str = ""


@lru_cache(maxsize=1 << 14)
def read_core(core: str, brand: str = "") -> Core:
    """The words of a core as `OrgName.core` gives it; naming words outside the `brand`, where there is one, only describe."""
    texts = tuple(core.split()[:_WORDS_READ])
    words = tuple(_heard(word) for word in _words(texts))
    quoted = frozenset(brand.split())
    if any(word.role is Role.NAME and word.text in quoted for word in words):
        words = tuple(replace(word, role=Role.GENERIC) if word.role is Role.NAME and word.text not in quoted else word for word in words)
    return Core(
        words,
        {word.key: word.role for word in words},
        frozenset(word.key for word in words),
        "".join(texts),
        frozenset(word.text for word in words if word.role is Role.NUMBER),
        not texts or " ".join(texts) in _PLACEHOLDERS,
        sum(not word.role and len(word.text) > 3 for word in words),
        form_of(texts),
    )


def _heard(word: Word) -> Word:
    heard, typed, letters = sound(word.text), "", word.text
    if is_latin(word.text):
        typed, letters = typed_in_russian(word.text), in_russian_letters(word.text)
    return Word(word.text, word.key, word.role, word.group, word.place, heard, word.marked, typed, letters, heard[:1])


def kinds_alike(group: str) -> tuple[str, ...]:
    """The kind itself and those that the same letters may mean (СШ)."""
    return (group, *_ALIKE.get(group, ()))


def is_kind(word: str) -> bool:
    """Whether a word says what an organization is (школа, больница, управление)."""
    return stem(word) in _NUMBERED or stem(word) in _KINDS


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
            if word.role in {Role.PLACE, Role.NUMBER, Role.NUMBERED}:
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
        marked = after in _BEFORE_PLACE or before in _AFTER_PLACE
        return Word(text, f"@{_PLACES.get(root, root)}", Role.PLACE, group, place, marked=marked)
    if text in _SUFFIXES or text in _EMPTY:
        return Word(text, text, Role.SUFFIX if text in _SUFFIXES else Role.EMPTY, place=place)
    return _kind_or_name(text, root, after, place)


def _place_group(root: str, before: str, after: str) -> str:
    if after in _BEFORE_PLACE and root not in _DESCRIBING:
        return "quarter" if root in QUARTERS else "district"
    return "city" if root in _PLACES or (before in _AFTER_PLACE and root not in _DESCRIBING) else ""


def _kind_or_name(text: str, root: str, after: str, place: int) -> Word:
    if group := _NUMBERED.get(root):
        return Word(text, root, Role.NUMBERED, group, place)
    if root in _BRANCH:
        return Word(text, _PART, Role.SUFFIX, place=place)
    if root in _LEVELS:
        return Word(text, root, Role.LEVEL, place=place)
    if root in _WIDE_LEVELS:
        return Word(text, root, Role.WIDE_LEVEL, place=place)
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
_PLACEHOLDERS = frozenset(" ".join(pieces(text)) for text in DATA["placeholders"])
_SUFFIXES = frozenset(DATA["suffixes"].split())
_BRANCH = _stems(DATA["branch"])
_GENERIC = _stems(DATA["generic"])
_NUMBERED = _groups(DATA["numbered"])
_ALIKE: dict[str, list[str]] = DATA["kinds_alike"]
_KINDS = _groups(DATA["kinds"])
_PLACES = {stem(word): stem(row.split()[0]) for row in DATA["places"] for word in row.split()}
_WIDE = _stems(DATA["wide_places"])
_LEVELS, _WIDE_LEVELS = _stems(DATA["levels"]), _stems(DATA["wide_levels"])
_DESCRIBING = _GENERIC | _LEVELS | _WIDE_LEVELS
QUARTERS: dict[str, frozenset[str]] = {}
"""Districts of cities by their stems: the stems of the cities that have one of the name, or `any`."""
for _city, _districts in DATA["city_districts"].items():
    for _district in _stems(_districts):
        QUARTERS[_district] = QUARTERS.get(_district, frozenset()) | {stem(_city) if _city != "any" else _city}
_BEFORE_PLACE = _stems(DATA["before_place"])
_AFTER_PLACE = _stems(DATA["after_place"])
_PART = "(part)"
"""One key for all words for a part: филиал, представительство."""
_CHILDREN, _GARDEN = stem("детский"), stem("сад")
