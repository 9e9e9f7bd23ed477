"""Two organizations' names compared: forms, numbers, places, kinds and the words that name; the weakest agreement decides."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache

from screening.orgs.alike import WordLevel, abbreviates, compare_words, is_adjective, spells
from screening.orgs.forms import FormLevel, compare_forms, is_form
from screening.orgs.names import TRADERS, OrgName
from screening.orgs.parts import Core, Role, Word, read_core
from screening.orgs.traders import same_trader, trader_of

_MOST_WORDS = 7
"""Words that one abbreviation may stand for."""
_MOST_LEFT = 12
"""Words left over on a side up to which abbreviations and slips are looked for."""


class CoreLevel(IntEnum):
    """How well two cores agree; more is better. UNKNOWN (one says nothing) stands in the middle: neither for nor against.

    DIFFERENT: no naming word agrees. OVERLAP: some do, others contradict («Центр развития бизнеса», «Центр поддержки
    бизнеса»). NUMBERS_DIFFER: Школа № 12, Школа № 21. PLACES_DIFFER: of two districts or cities. KIND_DIFFERS: Торговый дом
    «Альфа», Завод «Альфа». SUFFIX: one has a number or a naming word more («Ромашка-2», «Альфа Групп»). GENERIC: one has
    words more that say little, a place, a name beside a number («Альфа», Строительная компания «Альфа»). ABBREVIATION:
    written short. TYPO: a typing error in a long word, or another case. SPELLING: another alphabet, or another order of words.
    """

    DIFFERENT = 0
    OVERLAP = 1
    NUMBERS_DIFFER = 2
    PLACES_DIFFER = 3
    KIND_DIFFERS = 4
    SUFFIX = 5
    UNKNOWN = 6
    GENERIC = 7
    ABBREVIATION = 8
    TYPO = 9
    SPELLING = 10
    EQUAL = 11


@dataclass(frozen=True, slots=True)
class WordPair:
    """Words set against each other for the explanation; one side is empty where a word has no counterpart."""

    left: str
    right: str
    level: WordLevel
    role: Role


@dataclass(frozen=True, slots=True)
class OrgNameEvidence:
    """What the comparison of two names gave. `words`: those that agree first, then those that don't."""

    form: FormLevel
    core: CoreLevel
    words: tuple[WordPair, ...]

    @property
    def shared(self) -> tuple[str, ...]:
        """The naming words that agree, as the left name writes them: their rarity is what weighs."""
        return tuple(pair.left for pair in self.words if pair.level > WordLevel.DIFFERENT and pair.role is Role.NAME)


def compare_org_names(one: OrgName, two: OrgName) -> OrgNameEvidence:
    """How the two agree; the same from both sides but for left and right."""
    if (two.core, two.form) < (one.core, one.form):
        return _turned(_compared(two, one))
    return _compared(one, two)


@lru_cache(maxsize=1 << 15)
def _turned(evidence: OrgNameEvidence) -> OrgNameEvidence:
    pairs = tuple(WordPair(pair.right, pair.left, pair.level, pair.role) for pair in evidence.words)
    return OrgNameEvidence(evidence.form, evidence.core, pairs)


@lru_cache(maxsize=1 << 15)
def _compared(one: OrgName, two: OrgName) -> OrgNameEvidence:
    left, right = read_core(one.core), read_core(two.core)
    form = compare_forms(one.form, two.form)
    if not left.words or not right.words or _only_form(left) or _only_form(right):
        return OrgNameEvidence(form, CoreLevel.UNKNOWN, ())
    if one.core == two.core:
        return OrgNameEvidence(form, CoreLevel.EQUAL, tuple(_equal(left.words)))
    if (one.form in TRADERS or two.form in TRADERS) and (person := _as_traders(one, two)) is not None:
        return OrgNameEvidence(form, person, (WordPair(one.core, two.core, _OF_TRADERS[person], Role.NAME),))
    if left.joined == right.joined and left.numbers == right.numbers:
        return OrgNameEvidence(form, CoreLevel.EQUAL, (WordPair(one.core, two.core, WordLevel.EQUAL, Role.NAME),))
    pairs, over_left, over_right = _matched(left, right)
    level = min(_by_pairs(pairs, left, right, over_left, over_right), _by_rest(pairs, over_left, over_right))
    alone = [WordPair(w.text, "", WordLevel.DIFFERENT, w.role) for w in over_left]
    alone += [WordPair("", w.text, WordLevel.DIFFERENT, w.role) for w in over_right]
    return OrgNameEvidence(form, level, (*pairs, *alone))


def _as_traders(one: OrgName, two: OrgName) -> CoreLevel | None:
    left, right = trader_of(one), trader_of(two)
    if left is None or right is None:
        return None
    return (CoreLevel.DIFFERENT, CoreLevel.TYPO, CoreLevel.ABBREVIATION, CoreLevel.EQUAL)[same_trader(left, right)]


def _only_form(core: Core) -> bool:
    return len(core.words) <= 3 and is_form(tuple(word.text for word in core.words))


def _equal(words: Sequence[Word]) -> Iterator[WordPair]:
    return (WordPair(word.text, word.text, WordLevel.EQUAL, word.role) for word in words if word.role > Role.EMPTY)


def _matched(left: Core, right: Core) -> tuple[list[WordPair], list[Word], list[Word]]:
    """Words that agree, and those of each side that are left over (empty ones are dropped)."""
    pairs = list(_equal([word for word in left.words if word.key in right.keys]))
    over_left = [word for word in left.words if word.key not in right.keys and word.role > Role.WIDE]
    over_right = [word for word in right.words if word.key not in left.keys and word.role > Role.WIDE]
    if not over_left or not over_right or max(len(over_left), len(over_right)) > _MOST_LEFT:
        return pairs, over_left, over_right
    supported = any(pair.role >= Role.KIND for pair in pairs)
    for first, second, turned in ((over_left, over_right, False), (over_right, over_left, True)):
        for short in tuple(first):
            if run := _spelled(short, second, supported=supported):
                _pair(pairs, short, run, turned=turned)
                first.remove(short)
                second[:] = [word for word in second if word not in run]
    for word in tuple(over_left):
        best = max(over_right, key=lambda other: (_word_level(word, other, supported=supported), -other.place), default=None)
        if best is None:
            break
        level = _word_level(word, best, supported=supported or len(pairs) > 1)
        if level > WordLevel.DIFFERENT:
            pairs.append(WordPair(word.text, best.text, level, max(word.role, best.role)))
            over_left.remove(word)
            over_right.remove(best)
    return pairs, over_left, over_right


def _pair(pairs: list[WordPair], short: Word, run: Sequence[Word], *, turned: bool) -> None:
    long = " ".join(word.text for word in run)
    together = "".join(word.text for word in run) == short.text
    level = WordLevel.EQUAL if together else WordLevel.ABBREVIATED
    role = max(short.role, *(word.role for word in run))
    pairs.append(WordPair(long, short.text, level, role) if turned else WordPair(short.text, long, level, role))


def _spelled(short: Word, words: Sequence[Word], *, supported: bool) -> tuple[Word, ...]:
    """The words following each other that `short` stands for."""
    if short.role is Role.NUMBER or len(short.text) < 2 or len(words) < 2:
        return ()
    for start in range(len(words) - 1):
        if words[start].text[0] != short.text[0]:
            continue
        for end in range(min(len(words), start + _MOST_WORDS), start + 1, -1):
            run = words[start:end]
            if spells(short.text, [word.text for word in run], supported=supported):
                return tuple(run)
    return ()


def _word_level(one: Word, two: Word, *, supported: bool) -> WordLevel:
    if Role.NUMBER in {one.role, two.role}:
        return WordLevel.DIFFERENT
    if {one.role, two.role} == {Role.PLACE} or (one.group and two.group):
        return WordLevel.DIFFERENT
    level = compare_words(*sorted((one.text, two.text)), supported=supported)
    if level > WordLevel.DIFFERENT or not (supported or min(one.role, two.role) < Role.NAME):
        return level
    shortened = abbreviates(one.text, two.text) or abbreviates(two.text, one.text)
    return WordLevel.ABBREVIATED if shortened else WordLevel.DIFFERENT


_OF_WORDS = {
    WordLevel.ABBREVIATED: CoreLevel.ABBREVIATION,
    WordLevel.TYPO: CoreLevel.TYPO,
    WordLevel.INFLECTED: CoreLevel.SPELLING,
    WordLevel.SPELLING: CoreLevel.SPELLING,
    WordLevel.EQUAL: CoreLevel.EQUAL,
}
_OF_TRADERS = {
    CoreLevel.DIFFERENT: WordLevel.DIFFERENT,
    CoreLevel.TYPO: WordLevel.TYPO,
    CoreLevel.ABBREVIATION: WordLevel.ABBREVIATED,
    CoreLevel.EQUAL: WordLevel.EQUAL,
}


def _by_pairs(pairs: Sequence[WordPair], left: Core, right: Core, over_left: Sequence[Word], over_right: Sequence[Word]) -> CoreLevel:
    level = min((_OF_WORDS[pair.level] for pair in pairs), default=CoreLevel.DIFFERENT)
    if level is CoreLevel.EQUAL and not over_left and not over_right and left.keys == right.keys:
        order = [word.key for word in left.words if word.role >= Role.SUFFIX]
        if order != [word.key for word in right.words if word.role >= Role.SUFFIX]:
            return CoreLevel.SPELLING
    return level


def _by_rest(pairs: Sequence[WordPair], left: Sequence[Word], right: Sequence[Word]) -> CoreLevel:
    """What the words without a counterpart leave of the agreement."""
    roles = {pair.role for pair in pairs}
    named = Role.NAME in roles
    numbered = Role.NUMBER in roles and Role.NUMBERED in roles
    anchored = named or numbered
    if not roles - {Role.WIDE, Role.PLACE, Role.GENERIC, Role.SUFFIX} and (left and right):
        return CoreLevel.DIFFERENT
    if _crossed(left, right) or _crossed(right, left):
        return CoreLevel.OVERLAP
    return min(_by_role(role, left, right, anchored=anchored, numbered=numbered, named=named) for role in _JUDGED)


def _crossed(names: Sequence[Word], others: Sequence[Word]) -> bool:
    """A naming word on the one side stands against a describing one on the other («Центр развития …», «Центр поддержки …»)."""
    return any(word.role is Role.NAME for word in names) and any(word.role is Role.GENERIC for word in others)


_JUDGED = (Role.NUMBER, Role.PLACE, Role.KIND, Role.NAME, Role.HONOUR, Role.GENERIC)
_TOGETHER = {Role.KIND: frozenset([Role.KIND, Role.NUMBERED]), Role.NAME: frozenset([Role.NAME, Role.SUFFIX])}


def _by_role(role: Role, left: Sequence[Word], right: Sequence[Word], *, anchored: bool, numbered: bool, named: bool) -> CoreLevel:
    roles = _TOGETHER.get(role) or {role}
    one, two = [word for word in left if word.role in roles], [word for word in right if word.role in roles]
    if not one and not two:
        return CoreLevel.EQUAL
    if one and two:
        return _contradiction(role, one, two, numbered=numbered, named=named)
    if role is Role.NUMBER:
        return CoreLevel.SUFFIX
    if role is Role.PLACE:
        return CoreLevel.GENERIC
    if role is Role.NAME:
        return CoreLevel.GENERIC if numbered and not any(is_adjective(word.text) for word in one or two) else CoreLevel.SUFFIX
    return CoreLevel.GENERIC if anchored else CoreLevel.SUFFIX


def _contradiction(role: Role, one: Sequence[Word], two: Sequence[Word], *, numbered: bool, named: bool) -> CoreLevel:
    """Both sides have words of one role that the other lacks."""
    match role:
        case Role.NUMBER:
            return CoreLevel.NUMBERS_DIFFER
        case Role.PLACE:
            return CoreLevel.PLACES_DIFFER if _places_contradict(one, two) else CoreLevel.GENERIC
        case Role.KIND:
            same = not {word.group for word in one}.isdisjoint(word.group for word in two)
            return CoreLevel.GENERIC if same else CoreLevel.KIND_DIFFERS
        case Role.HONOUR:
            return CoreLevel.OVERLAP
        case Role.GENERIC:
            return CoreLevel.GENERIC if numbered else CoreLevel.KIND_DIFFERS
        case _:
            return CoreLevel.OVERLAP if named or numbered else CoreLevel.DIFFERENT


def _places_contradict(one: Sequence[Word], two: Sequence[Word]) -> bool:
    """Two cities or two districts do; a quarter of a city contradicts no city."""
    kinds = {"quarter"} & {word.group for word in one}, {"quarter"} & {word.group for word in two}
    left, right = {word.group for word in one}, {word.group for word in two}
    if kinds[0] or kinds[1]:
        return bool(left & right)
    return True
