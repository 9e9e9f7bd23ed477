"""Keyboard layouts: names typed with the wrong one switched on (`Ufhbgjd` is Гарипов, `Пфкшзщм` is Garipov)."""

from __future__ import annotations

import re
from functools import lru_cache

from screening.names.cases import is_inflected
from screening.names.letters import repair
from screening.names.lexicon import is_given, is_patronymic, is_surname

_LATIN_KEYS = "qwertyuiop[]asdfghjkl;'zxcvbnm,.`/" + 'QWERTYUIOP{}ASDFGHJKL:"ZXCVBNM<>~?'
_CYRILLIC_KEYS = "йцукенгшщзхъфывапролджэячсмитьбюё." + "ЙЦУКЕНГШЩЗХЪФЫВАПРОЛДЖЭЯЧСМИТЬБЮЁ,"
_TO_CYRILLIC = str.maketrans(_LATIN_KEYS, _CYRILLIC_KEYS)
_TO_LATIN = str.maketrans(_CYRILLIC_KEYS, _LATIN_KEYS)
_TATAR = str.maketrans("щцъжьёЩЦЪЖЬЁ", "әөүңҗһӘӨҮҢҖҺ")
"""The Tatar layout holds its letters where the Russian one has these."""
_LATIN = re.compile("[A-Za-z]")
_CYRILLIC = re.compile("[\u0400-\u052f]")
_CONSONANTS = re.compile("[бвгджзйклмнпрстфхцчшщ]{4}|^[бвгджзйклмнпрстфхцчшщ]{3,}")
_LETTERS_ONLY = re.compile(r"[^\W\d_]{2,}")


def retyped(text: str) -> str:
    """The text with the chunks between spaces that make a name only on the other layout typed anew.

    Where one chunk was mistyped, so were the others of its alphabet.
    """
    chunks = text.split(" ")
    anew = [_other(chunk) for chunk in chunks]
    if not any(anew):
        return text
    to_cyrillic = any(one and one == _wholly(chunk)[: len(one)] and _LATIN.search(chunk) for one, chunk in zip(anew, chunks, strict=True))
    return " ".join(
        one or (_wholly(chunk) if to_cyrillic and not _CYRILLIC.search(chunk) else chunk) for one, chunk in zip(anew, chunks, strict=True)
    )


def _wholly(chunk: str) -> str:
    return chunk.translate(_TO_CYRILLIC)


@lru_cache(maxsize=1 << 14)
def _other(chunk: str) -> str:
    """The chunk on the other layout, empty where it stands well as it is."""
    bare = chunk.rstrip(",.;:")
    if len(bare) < 3 or _is_name(bare):
        return ""
    if _CYRILLIC.search(chunk):
        return "" if _LATIN.search(chunk) else _from_cyrillic(chunk, bare)
    if not _LATIN.search(chunk):
        return ""
    looked = repair(f"{bare} я")[:-2]  # in Latin letters, all of which look like Cyrillic ones
    if _CYRILLIC.search(looked) and not _LATIN.search(looked) and _is_name(looked):
        return looked
    for candidate in (bare, chunk):
        typed = candidate.translate(_TO_CYRILLIC)
        if _LETTERS_ONLY.fullmatch(typed.replace("-", "")) and _is_name(typed):
            return typed
    return ""


def _from_cyrillic(chunk: str, bare: str) -> str:
    tatar = bare.translate(_TATAR)
    if tatar != bare and tatar[0] not in "ңҢ" and is_given(tatar):
        return tatar
    if not _CONSONANTS.search(bare.lower()):
        return ""
    typed = chunk.translate(_TO_LATIN)
    return typed if typed.replace("-", "").isalpha() and _is_name(typed) else ""


def _is_name(word: str) -> bool:
    return is_given(word) or is_patronymic(word) or is_surname(word) or is_inflected(word)
