"""The words of two cores set against each other: which agree and how, and which of each side are left over."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from screening.orgs.alike import WordLevel, abbreviates, compare_words, in_russian_letters, spells
from screening.orgs.parts import Core, Role, Word

_MOST_WORDS = 7
"""Words that one abbreviation may stand for."""
_MOST_LEFT = 12
"""Words left over on a side up to which abbreviations and slips are looked for."""
_FIRST_SLIP_FROM = 8
"""Letters from which a slip may be in the first one."""


class WordPair(NamedTuple):
    """Words set against each other for the explanation; one side is empty where a word has no counterpart."""

    left: str
    right: str
    level: WordLevel
    role: Role


class Aligned(NamedTuple):
    """The pairs that agree, and the words of each side without a counterpart (those that say nothing are dropped)."""

    pairs: list[WordPair]
    left: list[Word]
    right: list[Word]


def align(left: Core, right: Core) -> Aligned:
    """Equal words first, then abbreviations, then words that differ by a case ending, an alphabet or a slip."""
    common = left.roles.keys() & right.roles.keys()
    pairs = [
        WordPair(word.text, word.text, WordLevel.EQUAL, min(word.role, right.roles[word.key]))
        for word in left.words
        if word.role and word.key in common
    ]
    over_left = [word for word in left.words if word.key not in common and word.role > Role.WIDE]
    over_right = [word for word in right.words if word.key not in common and word.role > Role.WIDE]
    aligned = Aligned(pairs, over_left, over_right)
    if not over_left or not over_right or max(len(over_left), len(over_right)) > _MOST_LEFT:
        return aligned
    _abbreviations(aligned, left, right, common)
    if over_left and over_right:
        _near(aligned, supported=any(pair.role >= Role.LEVEL for pair in pairs))
    return aligned


def _abbreviations(aligned: Aligned, left: Core, right: Core, common: set[str]) -> None:
    for shorts, longs, core, turned in ((aligned.left, aligned.right, right, False), (aligned.right, aligned.left, left, True)):
        for short in tuple(shorts):
            text = in_russian_letters(short.text)
            if short.role is Role.NUMBER or len(text) < 2 or not any(word.text[0] == text[0] for word in longs):
                continue
            run = _spelled(text, [word for word in core.words if word.key not in common], aligned.pairs, alone=len(shorts) == 1)
            if run:
                _pair(aligned.pairs, short, run, turned=turned)
                shorts.remove(short)
                longs[:] = [word for word in longs if word not in run]


def _spelled(short: str, words: Sequence[Word], pairs: Sequence[WordPair], *, alone: bool) -> tuple[Word, ...]:
    """The words following each other that `short` stands for; «и» and the like are passed over."""
    telling = [word for word in words if word.role or len(word.text) > 3]
    if len(telling) < 2:
        return ()
    named = any(pair.role >= Role.KIND for pair in pairs)
    for start in range(len(telling) - 1):
        if telling[start].text[0] != short[0]:
            continue
        for end in range(min(len(telling), start + _MOST_WORDS), start + 1, -1):
            run = telling[start:end]
            supported = named or (alone and len(run) == len(telling))
            if spells(short, [word.text for word in run], supported=supported):
                return tuple(run)
    return ()


def _pair(pairs: list[WordPair], short: Word, run: Sequence[Word], *, turned: bool) -> None:
    long = " ".join(word.text for word in run)
    together = "".join(word.text for word in run) == short.text
    level = WordLevel.EQUAL if together else WordLevel.ABBREVIATED
    role = max(short.role, *(word.role for word in run))
    pairs.append(WordPair(long, short.text, level, role) if turned else WordPair(short.text, long, level, role))


def _near(aligned: Aligned, *, supported: bool) -> None:
    """Each word with the best of the other side, the best pair first, so that the sides may be exchanged."""
    found = [
        (level, one, two)
        for one in aligned.left
        for two in aligned.right
        if _may_be_near(one, two) and (level := _word_level(one, two, supported=supported))
    ]
    for level, one, two in sorted(found, key=lambda row: (-row[0], *sorted((row[1].text, row[2].text)))):
        if one in aligned.left and two in aligned.right:
            aligned.pairs.append(WordPair(one.text, two.text, level, max(one.role, two.role)))
            aligned.left.remove(one)
            aligned.right.remove(two)


def _may_be_near(one: Word, two: Word) -> bool:
    """A cheap look before the comparison: nearly all pairs of words end here."""
    if one.sound[:1] == two.sound[:1]:
        return True
    if one.typed or two.typed:
        return one.typed == two.text or two.typed == one.text
    left, right = one.text, two.text
    return min(len(left), len(right)) >= _FIRST_SLIP_FROM and left[2:4] in right[1:5] and left[-3:] == right[-3:]


def _word_level(one: Word, two: Word, *, supported: bool) -> WordLevel:
    if Role.NUMBER in {one.role, two.role} or (one.role is Role.PLACE and two.role is Role.PLACE) or (one.group and two.group):
        return WordLevel.DIFFERENT
    first, second = (one.text, two.text) if one.text < two.text else (two.text, one.text)
    level = compare_words(first, second, supported=supported)
    if level or not (supported or min(one.role, two.role) < Role.NAME):
        return level
    shortened = abbreviates(first, second) or abbreviates(second, first)
    return WordLevel.ABBREVIATED if shortened else WordLevel.DIFFERENT
