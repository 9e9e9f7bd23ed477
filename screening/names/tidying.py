"""From a text to the words of one name: unlikely characters, the wrong keyboard, stray words and oblique cases put right."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from pathlib import Path

from domain.yaml_text import load_yaml
from screening.names.cases import nominative
from screening.names.keyboard import retyped
from screening.names.latin import is_latin
from screening.names.letters import is_initial, repair
from screening.names.lexicon import BARE_ENDINGS, is_given, is_like_surname, is_patronymic, is_surname

LONGEST = 300
"""Characters of a text that are looked at; no name of a person is longer."""
_MOST_WORDS = 10
_STRAY = load_yaml((Path(__file__).parent / "stray_words.yaml").read_text(encoding="utf-8"))


def _alternatives(phrases: list[str]) -> str:
    return "|".join(re.escape(phrase) for phrase in sorted(phrases, key=len, reverse=True))


TOKEN = re.compile(r"[^\W\d_]+(?:[-’'‘ʼʻ`ʹʺ′″”][^\W\d_]+)*[’'ʹ′`]?\.?")
_ANYWHERE = re.compile(
    rf"(?<![\w-])(?:{_alternatives(_STRAY['anywhere'].split())})(?![\w-])[.,:]*|-(?:младший|старший|мл|ст)\b", re.IGNORECASE
)
_AFTER_DASH = re.compile(rf"\s+[-\u2010-\u2015]\s+(?=(?:{_alternatives(_STRAY['anywhere'].split())})(?![\w-])).*", re.IGNORECASE)
_LEADING = re.compile(rf"^\s*(?:{_alternatives(_STRAY['leading'])})(?![\w-])[.:]*\s*(?=[^\W\d_]{{2}}|[^\W\d_]\.)", re.IGNORECASE)
_PREPOSITIONS = _STRAY["prepositions"].split()
_PREPOSITION = re.compile(
    rf"^\s*(?:(?:{_alternatives(_PREPOSITIONS)})|[а-яё][а-яё\s]*\s(?:{_alternatives([one for one in _PREPOSITIONS if len(one) > 1])}))"
    r"\s+(?=[А-ЯЁӘӨҮҖҢҺ])"
)
"""A preposition before the name, alone or after small words (`заявление от`)."""
PARTICLES = frozenset(_STRAY["particles"].split())
"""Small words that begin a surname."""
_DATED = re.compile(r"(?<!\w)\d[\d./-]*(?!\w)(?:\s*(?:г\.?\s?р|год[а]? рожд\w*|г|года)\b\.?)?", re.IGNORECASE)
_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")
_MARKS = re.compile(r"[\u0300-\u036f\u0483-\u0489\ufe00-\ufe0f]")
_DIGITS = re.compile(r"(?<![\w])[46](?=[а-яёәөүҗңһ]{3})|(?<=[а-яёәөүҗңһ])[46](?=[а-яёәөүҗңһ])", re.IGNORECASE)
_GLUED = re.compile(
    r"(?<=[а-яёәөүҗңһ]{2})(?=[А-ЯЁӘӨҮҖҢҺ](?:[а-яёәөүҗңһ]{2}|\.|[А-ЯЁӘӨҮҖҢҺ]?\.?(?:\s|$)))|(?<=[а-яёәөүҗңһ]{2}\.)(?=[А-ЯЁӘӨҮҖҢҺ])"
)
_TWO_INITIALS = re.compile(r"[А-ЯЁӘӨҮҖҢҺA-Z]{2}\.?")
_USUAL = re.compile(r"[\x00-\x7fА-яЁёӘәӨөҮүҖҗҢңҺһ«»№–—’]*")
_EMPTY = re.compile(r"[^\W\d_]")
_NOTHING = frozenset(_STRAY["nothing"])
_NO_WORD = re.compile(r"[\W_]+")


def says_nothing(text: str) -> bool:
    """Whether the text only says that there is no name: `не указано`, `н/д`, `Фамилия Имя Отчество`."""
    return len(text) < 40 and _NO_WORD.sub(" ", text).strip().casefold() in _NOTHING


def name_text(text: str) -> str:
    """The text with what cannot belong to a name taken out or put right."""
    text = text[: 4 * LONGEST]
    if not _USUAL.fullmatch(text):
        text = _MARKS.sub("", unicodedata.normalize("NFC", text))
        text = "".join(unicodedata.normalize("NFKC", char) if char.isalpha() else char for char in text)
        text = "".join(" " if char.isnumeric() and not char.isalpha() and not char.isdecimal() else char for char in text)
    text = " ".join(_CONTROLS.sub(" ", text).split())[:LONGEST]
    text = repair(_AFTER_DASH.sub("", text) or text)
    if not text.isascii() and any(char.isdecimal() for char in text):
        text = _DATED.sub(" ", text)
        text = _DIGITS.sub(lambda match: {"4": "ч", "6": "б"}[match[0]], text)
    text = _GLUED.sub(" ", retyped(text))
    while (shorter := _LEADING.sub("", text)) != text:
        text = shorter
    shorter = _ANYWHERE.sub(" ", text)
    return shorter if _EMPTY.search(shorter) else text


def name_words(text: str) -> list[str]:
    """The words of a name, in the nominative."""
    governed = bool(_PREPOSITION.match(text))
    if governed:
        text = _PREPOSITION.sub("", text)
    tokens = TOKEN.findall(text)[:_MOST_WORDS]
    words = [part for token in _without_small(tokens) for part in _as_initials(token, tokens)]
    if any(is_latin(word) for word in words) or not any(len(word) > 2 for word in words):
        return words
    return nominative([word if word in PARTICLES else cased(word) for word in words], governed=governed)


def _without_small(tokens: list[str]) -> list[str]:
    """Without the small words of a phrase (`заявление от Гарипова А.Р.`), where the name is written with capitals."""
    if not any(token.islower() for token in tokens):
        return tokens
    great = [token for token in tokens if not token.islower() or token in PARTICLES or token.rstrip(".") in BARE_ENDINGS]
    small = [token for token in tokens if token.islower() and token not in PARTICLES and token not in BARE_ENDINGS]
    meant = any((len(word) <= 2 and word != "и") or is_given(word) or is_patronymic(word) or is_surname(word) for word in small)
    return tokens if meant or sum(not token.islower() for token in great) < 2 else great


def _as_initials(token: str, tokens: list[str]) -> list[str]:
    """`АР` beside `Гарипов` is `А.`, `Р.`; a dot after a known name ends a sentence."""
    if (
        _TWO_INITIALS.fullmatch(token)
        and not is_given(token.rstrip("."))
        and any(len(other) > 3 and is_like_surname(other) for other in tokens)
    ):
        return [f"{token[0]}.", f"{token[1]}."]
    if token.endswith(".") and is_given(token[:-1]) and not is_initial(token[:-1]):
        return [token[:-1]]
    return [token]


@lru_cache(maxsize=1 << 16)
def cased(word: str) -> str:
    """`ГАРИПОВ-САФИН` → `Гарипов-Сафин`, `McDonald` as it is; `улы` after a hyphen stays small, an initial gets its dot."""
    if is_initial(word):
        return f"{word.rstrip('.').capitalize()}."
    word = word.rstrip(".")
    if is_latin(word) and not word.isupper() and not word.islower():
        return word
    pieces = word.lower().split("-")
    return "-".join(piece if place and piece in BARE_ENDINGS else _capital(piece) for place, piece in enumerate(pieces))


def _capital(piece: str) -> str:
    if piece[1:2] in {"'", "’"}:  # О'Нил
        return f"{piece[:2].upper()}{piece[2:].capitalize()}"
    return piece[:1].upper() + piece[1:]
