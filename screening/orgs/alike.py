"""How two words of names may be one word: another case, another alphabet, a typing error, an abbreviation."""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import IntEnum
from functools import cache, lru_cache

from pymorphy3 import MorphAnalyzer  # type: ignore[import-untyped]
from rapidfuzz.distance import OSA

from screening.orgs.letters import has_latin, in_russian_letters, is_cyrillic, is_latin, loose, sound, sound_by_letters, typed_in_russian
from screening.orgs.stems import stem

_ADJECTIVE = re.compile(r"(?:ая|яя|ое|ее|ый|ий|ой|ого|его|ому|ему|ые|ие|ых|их)$")
_LOOSE_FROM = 4
_LONG, _VERY_LONG = 6, 12
"""Letters from which one, and two, typing errors leave a word recognizable."""


class WordLevel(IntEnum):
    """How two words agree; more is better."""

    DIFFERENT = 0
    ABBREVIATED = 1
    TYPO = 2
    INFLECTED = 3
    SPELLING = 4
    EQUAL = 5


@cache
def _morphology() -> MorphAnalyzer:
    return MorphAnalyzer(lang="ru")


@lru_cache(maxsize=1 << 15)
def lemmas(word: str) -> frozenset[str]:
    """The dictionary forms of a Russian word; empty where the dictionary doesn't know it."""
    morphology = _morphology()
    if not morphology.word_is_known(word):
        return frozenset()
    return frozenset(parse.normal_form.replace("ё", "е") for parse in morphology.parse(word))


@lru_cache(maxsize=1 << 16)
def compare_words(one: str, two: str, *, supported: bool) -> WordLevel:
    """The level of two words that are not equal. `supported`: other words of the names agree, so a shorter word may hold a slip.

    Two words of the dictionary that are not one word's forms are two words, however near they are («Гранит», «Гранат»).
    """
    if has_latin(one) or has_latin(two):
        if in_russian_letters(one) == in_russian_letters(two) or sound(one) == sound(two):
            return WordLevel.SPELLING
        if typed_in_russian(one) == two or typed_in_russian(two) == one:
            return WordLevel.SPELLING
        if is_latin(one) != is_latin(two):
            latin, russian = (one, two) if is_latin(one) else (two, one)
            if sound_by_letters(latin) == sound(russian):
                return WordLevel.SPELLING
            return _slip(sound(one), sound(two), supported=supported)
    elif stem(one) == stem(two):
        return _inflected(one, two, supported=supported)
    elif min(len(one), len(two)) >= _LOOSE_FROM and loose(one) == loose(two) and not are_two_words(one, two):
        return WordLevel.SPELLING
    if are_two_words(one, two):
        return WordLevel.DIFFERENT
    return _slip(one, two, supported=supported)


def abbreviates(short: str, long: str) -> bool:
    """`упр` for `управление`: at least three letters that begin the long word and are no word themselves."""
    return 3 <= len(short) <= len(long) - 2 and long.startswith(short) and not lemmas(short)


def spells(short: str, words: Sequence[str], *, supported: bool) -> bool:
    """The words, taken together, are what `short` abbreviates: written together, by initials, or by their beginnings.

    «ЦРБ», «Казгорстрой». Two initials fit too many names to count where nothing else agrees.
    """
    if short == "".join(words):
        return True
    if 2 <= len(short) <= 7 and len(short) == len(words) and all(word[0] == letter for word, letter in zip(words, short, strict=True)):
        return supported or len(short) > 2
    if len(words) < 2 or len(short) < 5 or short[:2] != words[0][:2]:
        return False
    return _of_beginnings(short.replace("й", "и"), [word.replace("й", "и") for word in words])


def is_adjective(word: str) -> bool:
    """Whether it ends as an adjective does."""
    return _ADJECTIVE.search(word) is not None


def _of_beginnings(short: str, words: Sequence[str]) -> bool:
    """Each word gives its first two letters or more, in order."""
    if len(words) == 1:
        return len(short) >= 2 and words[0].startswith(short)
    most = min(len(short) - 2, len(words[0]))
    for cut in range(2, most + 1):
        if not words[0].startswith(short[:cut]):
            return False
        rest = short[cut:]
        if _of_beginnings(rest, words[1:]) or (rest[0] in "оеи" and _of_beginnings(rest[1:], words[1:])):  # электр-о-транспорт
            return True
    return False


def _inflected(one: str, two: str, *, supported: bool) -> WordLevel:
    """Alone, two words of the dictionary in the nominative are two names («Виктор», «Виктория»)."""
    if supported:
        return WordLevel.INFLECTED
    if lemmas(one) and lemmas(two):
        return WordLevel.DIFFERENT
    return WordLevel.TYPO if min(len(one), len(two)) >= _LONG else WordLevel.DIFFERENT


def are_two_words(one: str, two: str) -> bool:
    """Both stand in the dictionary, and not as forms of one word: «Гранит», «Гранат»; «Быков», «Бычков»."""
    if not (is_cyrillic(one) and is_cyrillic(two)):
        return False
    left, right = lemmas(one), lemmas(two)
    return bool(left and right) and left.isdisjoint(right)


def _slip(one: str, two: str, *, supported: bool) -> WordLevel:
    shorter = min(len(one), len(two))
    allowed = 2 if shorter >= _VERY_LONG else 1
    if shorter < (_LONG - 1 if supported else _LONG) or abs(len(one) - len(two)) > allowed:
        return WordLevel.DIFFERENT
    if one[0] != two[0] and shorter < _LONG + 2 and bool(lemmas(one)) == bool(lemmas(two)):
        return WordLevel.DIFFERENT  # «Вега», «Мега»; a slip in the first letter makes no word of a word
    return WordLevel.TYPO if OSA.distance(one, two, score_cutoff=allowed) <= allowed else WordLevel.DIFFERENT
