"""The words of two cores set against each other: which agree and how, and which of each side are left over."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from screening.orgs.alike import WordLevel, abbreviates, compare_words, spells
from screening.orgs.parts import Core, Role, Word

_MOST_WORDS = 7
"""Words that one abbreviation may stand for."""
_MOST_LEFT = 12
"""Words left over on a side up to which abbreviations and slips are looked for."""
_FIRST_SLIP_FROM = 5
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
    common = left.keys & right.keys
    roles = right.roles
    pairs: list[WordPair] = []
    over_left: list[Word] = []
    for word in left.words:
        if word.key not in common:
            if word.role > Role.WIDE:
                over_left.append(word)
        elif word.role:
            pairs.append(WordPair(word.text, word.text, WordLevel.EQUAL, min(word.role, roles[word.key])))
    over_right = [word for word in right.words if word.role > Role.WIDE and word.key not in common]
    aligned = Aligned(pairs, over_left, over_right)
    if not over_left or not over_right or len(over_left) > _MOST_LEFT or len(over_right) > _MOST_LEFT:
        return aligned
    _abbreviations(aligned, left, right, common)
    if over_left and over_right:
        _near(aligned)
    return aligned


def _abbreviations(aligned: Aligned, left: Core, right: Core, common: frozenset[str]) -> None:
    for shorts, longs, core, turned in ((aligned.left, aligned.right, right, False), (aligned.right, aligned.left, left, True)):
        if len(longs) + core.fillers < 2:
            continue
        telling = [word for word in core.words if word.key not in common and (word.role or len(word.text) > 3)]
        if len(telling) < 2:
            continue
        for short in tuple(shorts):
            if short.role is Role.NUMBER or len(short.letters) < 2:
                continue
            if run := _spelled(short.letters, telling, aligned.pairs, alone=len(shorts) == 1):
                _pair(aligned.pairs, short, run, turned=turned)
                shorts.remove(short)
                telling = [word for word in telling if word not in run]
                longs[:] = [word for word in longs if word not in run]


def _spelled(short: str, telling: Sequence[Word], pairs: Sequence[WordPair], *, alone: bool) -> tuple[Word, ...]:
    """The words following each other that `short` stands for; «и» and the like are passed over."""
    for start in range(len(telling) - 1):
        if telling[start].text[0] != short[0]:
            continue
        named = any(pair.role >= Role.KIND for pair in pairs)
        for end in range(min(len(telling), start + _MOST_WORDS), start + 1, -1):
            run = telling[start:end]
            supported = named or (alone and all(word in run for word in telling if word.role))
            if spells(short, [word.text for word in run], supported=supported):
                return tuple(run)
    return ()


def _pair(pairs: list[WordPair], short: Word, run: Sequence[Word], *, turned: bool) -> None:
    long = " ".join(word.text for word in run)
    together = "".join(word.text for word in run) == short.text
    level = WordLevel.EQUAL if together else WordLevel.ABBREVIATED
    role = max(short.role, *(word.role for word in run))
    pairs.append(WordPair(long, short.text, level, role) if turned else WordPair(short.text, long, level, role))


def _near(aligned: Aligned) -> None:
    """Each word with the best of the other side, the best pair first, so that the sides may be exchanged.

    Words that agree lend their support to shorter ones, so after the first agreement the rest are looked at again.
    """
    supported = any(pair.role >= Role.LEVEL for pair in aligned.pairs)
    if _nearest(aligned, supported=supported) and not supported:
        _nearest(aligned, supported=True)


def _nearest(aligned: Aligned, *, supported: bool) -> bool:
    candidates = [(one, two) for one in aligned.left for two in aligned.right if _may_be_near(one, two)]
    found = [(level, one, two) for one, two in candidates if (level := _word_level(one, two, supported=supported))]
    if len(found) > 1:
        found.sort(key=lambda row: (-row[0], *sorted((row[1].text, row[2].text))))
    for level, one, two in found:
        if one in aligned.left and two in aligned.right:
            aligned.pairs.append(WordPair(one.text, two.text, level, max(one.role, two.role)))
            aligned.left.remove(one)
            aligned.right.remove(two)
    return bool(found)


def _may_be_near(one: Word, two: Word) -> bool:
    """A cheap look before the comparison: nearly all pairs of words end here."""
    if one.head == two.head:
        return True
    if one.typed or two.typed:
        return one.letters == two.letters or one.typed == two.text or two.typed == one.text
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
