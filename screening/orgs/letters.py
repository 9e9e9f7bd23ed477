"""Letters and pieces of organizations' names: one alphabet, numbers in digits, and how a word sounds in either script."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from pathlib import Path
from typing import Any

from domain.yaml_text import load_yaml
from screening.names.letters import FOLDING
from screening.spelling import repair_words

DATA: dict[str, Any] = load_yaml((Path(__file__).parent / "words.yaml").read_text(encoding="utf-8"))

LONGEST = 1000
"""Characters of a name that are read; no register's name is longer, and a page pasted into the field must not cost seconds."""

_LETTERS = str.maketrans({letter: into for letter, into in FOLDING["letters"].items() if letter != "ъ"})
_PIECE = re.compile(r"[0-9]+|[^\W\d_]+|[+&]")
_PLAIN = re.compile(r"[^\w+&/]+")
_INITIALS = re.compile(r"(?<!\w)(?:\w\.){3,}(?:\w(?!\w))?|(?<!\w)(?:\w\.){2}\w(?!\w)")
_NOISE = re.compile("|".join(DATA["noise"]), re.IGNORECASE)
_NUMBER_SIGN = re.compile(r"(?<![\w])(?:N[oо]?|No\.?|nr)[°º.]?\s*(?=[0-9])", re.IGNORECASE)
_ROMAN = re.compile(r"(?<![\w.])[IVXІХ]{1,5}(?![\w.])|(?<![\w.])(?:ii|iii|iv|vi|vii|viii|ix|xi|xii)(?![\w.])")
_TENS, _ONES = ("", "X", "XX"), ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")
_ROMAN_VALUES = {f"{ten}{one}": str(10 * tens + ones) for tens, ten in enumerate(_TENS) for ones, one in enumerate(_ONES)}
_SUFFIXED = re.compile(
    r"(?<=[0-9])(?:\s*-\s*|\s?)(?:ого|ому|ая|ый|ий|ой|ое|го|му|нче|нчы|енче|ынчы|я|й|е|st|nd|rd|th)(?!\w)", re.IGNORECASE
)
_ORDINALS = re.compile(rf"(?<!\w)(?:{'|'.join(sorted(DATA['ordinals'], key=len, reverse=True))})(?:{DATA['ordinal_endings']})(?!\w)")
_ORDINAL_VALUES = {stem: str(value) for stem, value in DATA["ordinals"].items()}
_LATIN = re.compile(r"[a-z]")
_CYRILLIC = re.compile(r"[а-яё]")
_KEYBOARD = str.maketrans("qwertyuiop[]asdfghjkl;'zxcvbnm,.`", "йцукенгшщзхъфывапролджэячсмитьбюё")
_LOOSE = str.maketrans({"э": "а", "ю": "у", "ь": "", "ъ": ""})
_LATIN_LETTERS = str.maketrans(DATA["latin_letters"])
_INITIALS_MAX = 5
_TO_SOUND = str.maketrans(DATA["sounds"]["cyrillic"])
_LATIN_MARKS = str.maketrans(DATA["sounds"]["marked_latin"])
_LATIN_SOUNDS: list[tuple[str, str]] = [(str(row[0]), str(row[1])) for row in DATA["sounds"]["latin"]]


def pieces(text: str) -> tuple[str, ...]:
    """Words and numbers in small letters; quotes, dots, dashes and № vanish, Roman numerals and ordinals become digits."""
    text = unicodedata.normalize("NFC", text[:LONGEST]).replace("№", " ").replace("“", '"')
    text = _NUMBER_SIGN.sub(" ", _NOISE.sub(" ", text))
    text = _ROMAN.sub(_roman, text)
    lowered = repair_words(text).lower().translate(_LETTERS)
    lowered = _INITIALS.sub(lambda match: match[0].replace(".", "") + " ", lowered)
    if _CYRILLIC.search(lowered):
        lowered = _ORDINALS.sub(_ordinal, lowered)
    lowered = _SUFFIXED.sub("", lowered)
    return tuple(_number(piece) for piece in _PIECE.findall(_PLAIN.sub(" ", lowered)))


def is_latin(word: str) -> bool:
    """Whether it is written in Latin letters only."""
    return bool(_LATIN.search(word)) and not _CYRILLIC.search(word)


def has_latin(text: str) -> bool:
    """Whether any letter of it is Latin."""
    return _LATIN.search(text) is not None


def is_cyrillic(word: str) -> bool:
    """Whether any letter of it is Cyrillic."""
    return _CYRILLIC.search(word) is not None


@lru_cache(maxsize=1 << 14)
def sound_by_letters(word: str) -> str:
    """How a Latin word sounds when no two letters make one: `voshod` → `voshod`, as восход does."""
    return re.sub(r"(.)\1+", r"\1", re.sub(r"[iy]+(?=[aeou])", "", word.translate(_LATIN_MARKS)).replace("y", "i"))


@lru_cache(maxsize=1 << 15)
def sound(word: str) -> str:
    """What a word sounds like, coarsely, whichever script it is in: `ромашка`, `romashka` → `romawka`; `stroy`, `stroi` → `stroi`.

    Only for comparing a Latin spelling with a Cyrillic or another Latin one: it loses what Russian keeps apart (й, и, ы).
    """
    if is_cyrillic(word):
        spelled = word.replace("ё", "е").replace("йо", "е").replace("кс", "x").translate(_TO_SOUND)
    else:
        spelled = word.translate(_LATIN_MARKS)
        for written, heard in _LATIN_SOUNDS:
            spelled = spelled.replace(written, heard)
    spelled = re.sub(r"i+(?=[aeou])", "", spelled)
    return re.sub(r"(.)\1+", r"\1", spelled)


def in_russian_letters(word: str) -> str:
    """Latin initials letter by letter (`CVT` → `цвт`); longer and Russian words as they are."""
    return word.translate(_LATIN_LETTERS) if len(word) <= _INITIALS_MAX and is_latin(word) else word


def loose(word: str) -> str:
    """A Tatar word in Russian letters, where customs differ: «Ярдэм» and «Ярдам», «Джидеган» and «Жидеган», «Гульназ» and «Гулназ»."""
    return word.replace("дж", "ж").replace("нг", "н").translate(_LOOSE)


def typed_in_russian(text: str) -> str:
    """What the same keys give on a Russian keyboard: `hjvfirf` → `ромашка`."""
    return text.translate(_KEYBOARD).replace("ё", "е")


def _roman(match: re.Match[str]) -> str:
    written = match[0].upper().replace("І", "I").replace("Х", "X")
    if written == "X" or (len(written) == 1 and not match.string[: match.start()].strip(" \"'«„(-")):
        return match[0]  # a letter alone: an initial, or a name that begins with it
    return _ROMAN_VALUES.get(written, match[0])


def _ordinal(match: re.Match[str]) -> str:
    word = match[0]
    for cut in range(len(word), 2, -1):
        if value := _ORDINAL_VALUES.get(word[:cut]):
            return value
    return word


def _number(piece: str) -> str:
    return (piece.lstrip("0") or "0") if piece.isascii() and piece.isdigit() else piece
