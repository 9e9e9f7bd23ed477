"""Kinship as the law and the language see it: paths, terms, the lists in which a tie counts, words."""

from __future__ import annotations

from functools import cache, lru_cache

from domain.dates import FOREVER, Day
from domain.law.load import PUBLIC_LISTS, Word, WordPath, fold_word, inverse_path, kin_law

__all__ = [
    "ATOMS",
    "LATEST",
    "LISTS",
    "Word",
    "WordPath",
    "by_marriage",
    "find_word",
    "inverse_path",
    "is_ambiguous",
    "list_basis",
    "list_paths",
    "lists_of",
    "parameter",
    "paths",
    "term",
    "word_paths",
]

ATOMS = ("P", "C", "S", "B")
LISTS = PUBLIC_LISTS
LATEST: Day = FOREVER - 1
"""The day on which the newest wording of every law is in force."""


@cache
def paths() -> tuple[str, ...]:
    """Every path of the table that is composed of the four atoms; closed under `inverse_path`."""
    return tuple(path for path in kin_law().terms if set(path) <= set(ATOMS))


def by_marriage(path: str) -> bool:
    """True for a tie through a marriage; such a tie ends with it."""
    return "S" in path


@cache
def term(path: str, ego_gender: str | None, relative_gender: str | None, language: str = "ru") -> str:
    """What the relative is to the ego («шурин»).

    Where a sex is unknown, every possible term in one text: «тесть / свёкор».
    """
    terms = kin_law().terms[path]
    if language == "en":
        pairs = [terms.english]
    elif ego_gender is None:
        pairs = [terms.of_man, terms.of_woman]
    else:
        pairs = [terms.of_man if ego_gender == "male" else terms.of_woman]
    chosen: list[str] = []
    for man, woman in pairs:
        chosen += [man, woman] if relative_gender is None else [man if relative_gender == "male" else woman]
    return " / ".join(dict.fromkeys(chosen))


@cache
def list_paths(name: str, day: Day = LATEST) -> frozenset[str]:
    """The paths that count in a list (`273-fz`, `25-fz`, …), read from the official, as in force on a day.

    Empty before the first wording.
    """
    for version in kin_law().lists[name]:
        if version.since <= day < version.until:
            found = set(version.paths)
            if version.direct_line:
                generations = range(1, parameter("direct_line_max", day) + 1)
                found |= {letter * count for letter in "PC" for count in generations if letter * count in kin_law().terms}
            if version.spouses_of_children and parameter("spouses_of_children_25fz", day):
                found.add("CS")
            return frozenset(found)
    return frozenset()


@cache
def list_basis(name: str, day: Day = LATEST) -> str:
    """Act and article of a list as in force on a day; empty before the first wording."""
    return next((one.basis for one in kin_law().lists[name] if one.since <= day < one.until), "")


@cache
def lists_of(path: str, day: Day = LATEST) -> tuple[str, ...]:
    """The lists in which a path counts when the official stands at its start."""
    return tuple(name for name in LISTS if path in list_paths(name, day))


@cache
def parameter(name: str, day: Day = LATEST) -> int:
    """A parameter of kin law on a day (true is 1); before its first row the first row's value."""
    rows = kin_law().parameters[name]
    return next((row.value for row in rows if row.since <= day < row.until), rows[0].value)


@lru_cache(maxsize=4096)
def find_word(word: str) -> Word | None:
    """A word or phrase of kinship; None where it is not known; without meanings where it is no kinship (кум, друг)."""
    known = kin_law()
    folded = fold_word(word)
    if folded in known.words:
        return known.words[folded]
    meanings = _phrase(folded.split())
    return Word(meanings) if meanings else None


def word_paths(word: str, ego_gender: str | None, relative_gender: str | None) -> frozenset[WordPath]:
    """The meanings of a word between two people; several: it is ambiguous, none: unknown or no kinship.

    A known sex removes the meanings that contradict it as long as one is left: a contradiction is reported, not obeyed.
    """
    found = find_word(word)
    if found is None:
        return frozenset()
    fitting = frozenset(
        one for one in found.meanings if _agree(one.ego_gender, ego_gender) and _agree(one.relative_gender, relative_gender)
    )
    return fitting or found.meanings


def is_ambiguous(word: str) -> bool:
    """True where the word alone leaves more than one path open (зять, невестка)."""
    found = find_word(word)
    return found is not None and len({one.path for one in found.meanings}) > 1


def _agree(implied: str | None, known: str | None) -> bool:
    return implied is None or known is None or implied == known


def _phrase(tokens: list[str]) -> frozenset[WordPath]:
    """«брат жены», «муж сестры жены»: a word, then whose, in the genitive."""
    known = kin_law()
    found: set[WordPath] = set()
    for cut in range(1, len(tokens)):
        head = known.words.get(" ".join(tokens[:cut]))
        if head is not None:
            for owner in _genitive(tokens[cut:]):
                found |= {joined for one in head.meanings if (joined := _join(owner, one)) is not None}
    return frozenset(found)


def _genitive(tokens: list[str]) -> frozenset[WordPath]:
    known = kin_law()
    found: set[WordPath] = set()
    for cut in range(1, len(tokens) + 1):
        base = known.genitives.get(" ".join(tokens[:cut]))
        if base is None:
            continue
        meanings = known.words[base].meanings
        if cut == len(tokens):
            found |= meanings
        else:
            found |= {joined for owner in _genitive(tokens[cut:]) for one in meanings if (joined := _join(owner, one)) is not None}
    return frozenset(found)


def _join(owner: WordPath, head: WordPath) -> WordPath | None:
    """The head's path continued from its owner; None outside the table or where the sexes do not fit."""
    path = owner.path + head.path
    if path not in paths() or not _agree(head.ego_gender, owner.relative_gender):
        return None
    return WordPath(path, owner.ego_gender, head.relative_gender)
