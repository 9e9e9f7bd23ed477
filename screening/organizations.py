"""Names of organizations: the legal form apart from the core that tells them from each other."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import yaml
from rapidfuzz import fuzz

from domain.errors import DefinitionError
from screening.names.letters import FOLDING, repair

_DATA_FILE = Path(__file__).parent / "legal_forms.yaml"
_DATA: dict[str, list[list[str]]] = yaml.safe_load(_DATA_FILE.read_text(encoding="utf-8"))
_LETTERS = str.maketrans({letter: into for letter, into in FOLDING["letters"].items() if letter != "ъ"})
_PIECE = re.compile(r"[0-9]+|[^\W\d_]+|[+&]")
_NUMBER = re.compile(r"[0-9]+|[ivx]+")
_PLAIN = re.compile(r"[^\w+&/]+")

Words = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OrgName:
    """A name's form (`ООО`, empty where none is written) and its core, folded; numbers stand in the core as words of their own."""

    form: str
    core: str

    @property
    def numbers(self) -> frozenset[str]:
        """Numbers and Roman numerals of the core: what tells «Ромашка-2» from «Ромашка»."""
        return frozenset(word for word in self.core.split() if _NUMBER.fullmatch(word))


def _pieces(text: str) -> Words:
    """Words and numbers in small letters; quotes, dots, dashes and № vanish, `д/с` stays two words on both sides."""
    lowered = repair(text.replace("№", " ")).lower().translate(_LETTERS)
    lowered = re.sub(r"(?<=\b\w)\.(?=\w\.)", "", lowered)
    return tuple(_PIECE.findall(_PLAIN.sub(" ", lowered)))


def _table(rows: list[list[str]]) -> dict[Words, str]:
    table: dict[Words, str] = {}
    for row in rows:
        for spelling in row:
            if table.setdefault(_pieces(spelling), row[0]) != row[0]:
                raise DefinitionError(str(_DATA_FILE), 1, f"«{spelling}» stands in two rows: leave it in one")
    return table


_FORMS = _table(_DATA["forms"])
_WORDS = {spelling: _pieces(kept) for spelling, kept in _table(_DATA["words"]).items()}
_LONGEST_FORM = max(map(len, _FORMS))
_LONGEST_WORD = max(map(len, _WORDS))


@lru_cache(maxsize=1 << 16)
def read_org_name(text: str) -> OrgName:
    """`ООО «Идел-Строй»`, `Общество с ограниченной ответственностью "Идел-Строй"` and `Идел-Строй, ООО` are one.

    A name that is nothing but a form keeps it as its core.
    """
    words = _pieces(text)
    form, rest = _split_form(words)
    return OrgName(form, " ".join(_same_words(rest or words)))


def same_core(one: OrgName, two: OrgName) -> bool:
    """Equal cores, written together or apart («Идел Строй», «Идел-Строй», «ИделСтрой»), and forms that don't contradict each other."""
    if one.form and two.form and one.form != two.form:
        return False
    return one.core == two.core or (one.core.replace(" ", "") == two.core.replace(" ", "") and one.numbers == two.numbers)


def likeness(one: OrgName, two: OrgName) -> float:
    """How much of the shorter core stands in the longer, 0–1, as words or as initials («ЦВТ»); 0 where their numbers differ."""
    if one.numbers != two.numbers and one.numbers and two.numbers:
        return 0.0
    if _abbreviates(one.core, two.core) or _abbreviates(two.core, one.core):
        return 1.0
    return float(fuzz.token_set_ratio(one.core, two.core)) / 100


def _abbreviates(short: str, long: str) -> bool:
    """Every word of the short core stands in the long one, or spells initials of words that follow each other there."""
    words = long.split()
    initials = "".join(word[0] for word in words)
    return bool(short) and all(word in words or (len(word) > 1 and word in initials) for word in short.split())


def _split_form(words: Words) -> tuple[str, Words]:
    for length in range(min(_LONGEST_FORM, len(words)), 0, -1):
        if form := _FORMS.get(words[:length]):
            return form, words[length:]
    for length in range(min(_LONGEST_FORM, len(words) - 1), 0, -1):
        if form := _FORMS.get(words[-length:]):
            return form, words[:-length]
    return "", words


def _same_words(words: Words) -> Words:
    kept: list[str] = []
    place = 0
    while place < len(words):
        for length in range(min(_LONGEST_WORD, len(words) - place), 0, -1):
            if (into := _WORDS.get(words[place : place + length])) is not None:
                kept += into
                place += length
                break
        else:
            kept.append(words[place])
            place += 1
    return tuple(kept)
