"""Letters: one alphabet per word, one form per letter."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from domain.yaml_text import load_yaml

FOLDING: Mapping[str, Any] = load_yaml((Path(__file__).parent / "folding.yaml").read_text(encoding="utf-8"))

_LOOK_ALIKES = str.maketrans(FOLDING["look_alikes"])
_LOOK_BACK = str.maketrans({cyrillic: latin for latin, cyrillic in FOLDING["look_alikes"].items() if latin.isalpha()})
_LETTERS = str.maketrans(FOLDING["letters"])
_CYRILLIC = re.compile(r"[\u0400-\u052f]")
_LATIN = re.compile(r"[A-Za-z]")
_DIGIT = re.compile(r"(?<![^\W\d_])[03](?=[^\W\d_])|(?<=[^\W\d_])[03](?=[^\W\d_])|(?<=[^\W\d_]{3})0$")
_WORD = re.compile(r"[^\W_]+")
_DASHES = re.compile(r"\s*[\u2010-\u2015\u2212]\s*|\s+-\s+|\s+-(?=\w)|(?<=\w)-\s+")
_CLEAN = re.compile(
    "[\u0410-\u044f\u0401\u0451\u04d8\u04d9\u04e8\u04e9\u04ae\u04af\u0496\u0497\u04a2\u04a3\u04ba\u04bb., ]*(?:-[\u0410-\u044f\u0451]+)?"
)
"""Russian and Tatar letters, in which there is nothing to repair."""
_INVISIBLE = re.compile(r"[\u00ad\u200b-\u200f\u2060\ufeff]")


def repair(text: str) -> str:
    """One Unicode form, ordinary dashes, and words of one alphabet: no look-alikes of the other inside (`Гapипoв` → `Гарипов`).

    A word of look-alikes only (`CAPA`, `A.`) is Cyrillic when another word of the text is; a Latin name stays Latin.
    """
    if _CLEAN.fullmatch(text):
        return text
    text = unicodedata.normalize("NFC", _INVISIBLE.sub("", text))
    text = _DASHES.sub("-", text)
    if not _CYRILLIC.search(text):
        return text
    return _WORD.sub(_repair_word, text)


def _repair_word(match: re.Match[str]) -> str:
    word = match[0]
    if not _LATIN.search(word):
        return _DIGIT.sub(_digit, word) if sum(map(str.isalpha, word)) > 3 else word
    if not _CYRILLIC.search(word) and any(char.isdecimal() for char in word):
        return word
    repaired = word.translate(_LOOK_ALIKES)
    if not _LATIN.search(repaired):
        return repaired
    latin = word.translate(_LOOK_BACK)  # Cyrillic look-alikes inside a Latin word
    return word if _CYRILLIC.search(latin) else latin


def _digit(match: re.Match[str]) -> str:
    return str(FOLDING["look_alikes"][match[0]])


def plain(word: str) -> str:
    """Lower case, ё as е, Tatar letters as their Russian rendering; marks and everything that is no letter or digit dropped."""
    lowered = unicodedata.normalize("NFC", word).lower().translate(_LETTERS)
    if lowered.isalpha():
        return lowered
    return "".join(char for char in lowered if char.isalnum())


def is_initial(word: str) -> bool:
    """`А`, `А.`, or an abbreviation with its dot (`Дж.`, `Ал.`)."""
    letters = word.rstrip(".")
    return (len(letters) == 1 and letters.isalpha()) or (word.endswith(".") and 2 <= len(letters) <= 3 and letters.isalpha())
