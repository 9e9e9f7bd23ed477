"""Latin spellings of names: written by the customary schemes, and read back into Cyrillic letters."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from domain.yaml_text import load_yaml

TRANSLITERATION: Mapping[str, Any] = load_yaml((Path(__file__).parent / "transliteration.yaml").read_text(encoding="utf-8"))
SCHEMES: tuple[str, ...] = tuple(TRANSLITERATION["schemes"])

_READING = TRANSLITERATION["reading"]
_LETTERS: dict[str, str] = _READING["letters"]
_TATAR_LETTERS = _LETTERS | _READING["tatar"]
_TATAR_MARKS = frozenset(_READING["tatar_marks"])
_GROUPS: dict[str, str] = _READING["groups"]
_RUSSIAN = str.maketrans("әөүҗңһ", "ауужнх")
_TATAR_STEMS = re.compile("|".join(sorted(TRANSLITERATION["tatar_stems"], key=len, reverse=True)))
_ANY_LATIN = re.compile("[A-Za-zÀ-ɏḀ-ỿə]")
_ANY_CYRILLIC = re.compile("[\u0400-\u052f]")


def _units(groups: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join([*sorted(map(re.escape, groups), key=len, reverse=True), *map(re.escape, _LETTERS)]))


_UNIT = _units(_GROUPS)
_TATAR_UNIT = _units(group for group in _GROUPS if "j" not in group)
_APOSTROPHES = re.compile(r"['’ʼʹʺ′″”\"`ʻ]+")
_ENDING = re.compile(f"(?<=..)({'|'.join(_READING['endings'])})(a|)$")
_STEMS = re.compile("|".join(_READING["stems"]))
_CK = re.compile("(?<!t)ck(?=i[jiy]|y$|[ijy]?[aâ]|i$)")
_FRENCH = tuple(_READING["french"])
_SOFT_J = re.compile("[bcdfghklmnpqrstvxz]j[aeiou]")
_KS = re.compile(_READING["x_is_ks"])
_HARD_J = re.compile(_READING["hard_j"])
_SOFT_STEM = re.compile(rf"({_READING['soft_stems'][1:]})i(?=ev)")
_SCH = re.compile("(?<!^t)(?<![a-z]t)sch(?=[aeiouyj])")
_VOWEL_YO = re.compile("(?<=[aeiou])[yj]o")
_FINAL_Y = re.compile("(?<=[bcdfghklmnpqrstvwxz])y$")
_SHORT_I = re.compile("(?<=[aeiouyäöüı])y(?![aeiouyäöü])")
_HARD_I = re.compile("y(?![aeiouyäöüië`])")


def is_latin(word: str) -> bool:
    """Latin letters and no Cyrillic one."""
    return bool(_ANY_LATIN.search(word)) and not _ANY_CYRILLIC.search(word)


@lru_cache(maxsize=1 << 16)
def cyrillic(word: str) -> str:
    """A Latin word in small Cyrillic letters, whatever the scheme, as far as a word alone shows it.

    Soft signs that the scheme dropped are missing, й and и may stand for each other, иа and ия for я: folding takes all of them
    for one. Tatar vowels keep their letters.
    """
    text = unicodedata.normalize("NFC", word).lower()
    if not _ANY_LATIN.search(text):
        return text
    tatar = not _TATAR_MARKS.isdisjoint(text) or ("w" in text and "j" in text and not _SOFT_J.search(text))
    if not text.isascii():
        text = "".join(char if char in _LETTERS or _ANY_CYRILLIC.match(char) or char in "’ʼʹʺ′″”ʻ" else _bare(char) for char in text)
    text = text.replace("y`", "ы").replace("e`", "э")
    text = _APOSTROPHES.sub("", text)
    text = _CK.sub("цк", text)
    if text.removesuffix("a").endswith(_FRENCH) or text.endswith("ou"):
        text = text.replace("ou", "у")
    text = _STEMS.sub(lambda match: _READING["stems"][match[0]], text)
    text = _ENDING.sub(lambda match: _READING["endings"][match[1]] + ("а" if match[2] else ""), text)
    if not tatar:
        text = _HARD_J.sub("дж", _KS.sub("кс", text))
    text = _SOFT_STEM.sub(r"\1", text)
    text = _SCH.sub("щ", text).replace("sch", "ш") if "tsch" not in text else text
    text = _VOWEL_YO.sub("йо", text)
    text = _FINAL_Y.sub("ий", text)
    text = _SHORT_I.sub("й", text)
    text = _HARD_I.sub("ы", text)
    if tatar:
        return _TATAR_UNIT.sub(lambda match: _GROUPS.get(match[0]) or _TATAR_LETTERS[match[0]], text)
    return _UNIT.sub(lambda match: _GROUPS.get(match[0]) or _LETTERS[match[0]], text)


def _bare(char: str) -> str:
    return "".join(part for part in unicodedata.normalize("NFD", char) if not unicodedata.combining(part))


def tatar_roots(word: str) -> str:
    """A small Cyrillic word with the Tatar roots that Russian documents vowel otherwise (`әхмәтов` → `ахметов`)."""
    return _TATAR_STEMS.sub(lambda match: str(TRANSLITERATION["tatar_stems"][match[0]]), word)


def latinized(word: str, scheme: str) -> str:
    """A Cyrillic word in small Latin letters by one of SCHEMES; letters the scheme doesn't know stay."""
    rules = TRANSLITERATION["schemes"][scheme]
    letters, initial, pairs = rules["letters"], rules.get("initial", {}), rules.get("pairs", {})
    written: list[str] = []
    before, skip = "", False
    lowered = word.lower() if "ә" in letters else word.lower().translate(_RUSSIAN)
    for place, char in enumerate(lowered):
        if skip:
            skip, before = False, char
            continue
        pair = lowered[place : place + 2]
        if pair in pairs:
            written.append(pairs[pair])
            skip = True
        elif char in initial and (not before.isalpha() or before in "аеёиоуыэюяъьәөү"):
            written.append(initial[char])
        else:
            written.append(letters.get(char, char))
        before = char
    return "".join(written)
