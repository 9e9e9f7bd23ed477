"""Two organizations' names compared: forms, numbers, places, kinds and the words that name; the weakest agreement decides."""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum
from functools import lru_cache
from typing import NamedTuple

from screening.names.compare import PartLevel
from screening.orgs.align import Aligned, WordPair, align
from screening.orgs.alike import WordLevel, is_adjective
from screening.orgs.forms import FormLevel, compare_forms
from screening.orgs.names import TRADERS, OrgName
from screening.orgs.parts import QUARTERS, Core, Role, Word, kinds_alike, read_core
from screening.orgs.traders import same_trader, trader_of


class CoreLevel(IntEnum):
    """How well two cores agree; more is better. UNKNOWN (one says nothing) stands in the middle: neither for nor against.

    DIFFERENT: no naming word agrees. OVERLAP: some do, others contradict («Центр развития бизнеса», «Центр поддержки
    бизнеса»). NUMBERS_DIFFER: Школа № 12, Школа № 21. PLACES_DIFFER: of two districts or cities. KIND_DIFFERS: Торговый дом
    «Альфа», Завод «Альфа». SUFFIX: one has a number or a naming word more («Ромашка-2», «Альфа Групп»). GENERIC: one has
    words more that say little, or a place («Альфа», Строительная компания «Альфа»). ABBREVIATION: written short, also an
    institution by its kind and number («Гимназия № 9», «Гимназия № 9 имени …» г. Казани). TYPO: a typing error in a long
    word. SPELLING: another alphabet, case or order of words.
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


class OrgNameEvidence(NamedTuple):
    """What the comparison of two names gave. `turned`: the words were set against each other from the other side."""

    form: FormLevel
    core: CoreLevel
    aligned: Aligned
    turned: bool = False

    @property
    def words(self) -> tuple[WordPair, ...]:
        """Words of the two, those that agree first, then those that stand alone."""
        pairs = [
            *self.aligned.pairs,
            *(WordPair(word.text, "", WordLevel.DIFFERENT, word.role) for word in self.aligned.left),
            *(WordPair("", word.text, WordLevel.DIFFERENT, word.role) for word in self.aligned.right),
        ]
        return tuple(WordPair(right, left, level, role) for left, right, level, role in pairs) if self.turned else tuple(pairs)

    @property
    def shared(self) -> tuple[str, ...]:
        """The naming words that agree, as the left name writes them: their rarity is what weighs."""
        return tuple(pair.left for pair in self.words if pair.level > WordLevel.DIFFERENT and pair.role is Role.NAME)


@lru_cache(maxsize=1 << 14)
def compare_org_names(one: OrgName, two: OrgName) -> OrgNameEvidence:
    """How the two agree; the same from both sides but for left and right."""
    form = compare_forms(one.form, two.form)
    if (two.core, two.brand) < (one.core, one.brand):
        return OrgNameEvidence(form, *_compared(two, one), turned=True)
    return OrgNameEvidence(form, *_compared(one, two))


def is_telling(name: OrgName) -> bool:
    """Whether the name names anybody: no filler («н/д»), not the form alone, no number without a form («№ 5»)."""
    core = read_core(name.core, name.brand)
    if core.silent or (core.form and core.form == name.form):
        return False
    return bool(name.form) or any(word.role is not Role.NUMBER for word in core.words)


def _compared(one: OrgName, two: OrgName) -> tuple[CoreLevel, Aligned]:
    left, right = read_core(one.core, one.brand), read_core(two.core, two.brand)
    if not (is_telling(one) and is_telling(two)):
        return CoreLevel.UNKNOWN, Aligned([], [], [])
    if one.core == two.core:
        return CoreLevel.EQUAL, align(left, right)
    if (one.form in TRADERS or two.form in TRADERS) and (person := _as_traders(one, two)) is not None:
        return person, Aligned([WordPair(one.core, two.core, _OF_TRADERS[person], Role.NAME)], [], [])
    if left.joined == right.joined and left.numbers == right.numbers:
        return CoreLevel.EQUAL, Aligned([WordPair(one.core, two.core, WordLevel.EQUAL, Role.NAME)], [], [])
    aligned = align(left, right)
    return min(_by_pairs(aligned, left, right), _by_rest(aligned)) if aligned.pairs else CoreLevel.DIFFERENT, aligned


def _as_traders(one: OrgName, two: OrgName) -> CoreLevel | None:
    left, right = trader_of(one), trader_of(two)
    if left is None or right is None:
        return None
    return _OF_PARTS[same_trader(left, right)]


_OF_WORDS = {
    WordLevel.ABBREVIATED: CoreLevel.ABBREVIATION,
    WordLevel.TYPO: CoreLevel.TYPO,
    WordLevel.INFLECTED: CoreLevel.SPELLING,
    WordLevel.SPELLING: CoreLevel.SPELLING,
    WordLevel.EQUAL: CoreLevel.EQUAL,
}
_OF_PARTS = {
    PartLevel.DIFFERENT: CoreLevel.DIFFERENT,
    PartLevel.TYPO: CoreLevel.TYPO,
    PartLevel.INITIAL: CoreLevel.ABBREVIATION,
    PartLevel.MISSING: CoreLevel.ABBREVIATION,
    PartLevel.VARIANT: CoreLevel.SPELLING,
    PartLevel.EQUAL: CoreLevel.EQUAL,
}
_OF_TRADERS = {
    CoreLevel.DIFFERENT: WordLevel.DIFFERENT,
    CoreLevel.TYPO: WordLevel.TYPO,
    CoreLevel.ABBREVIATION: WordLevel.ABBREVIATED,
    CoreLevel.SPELLING: WordLevel.SPELLING,
    CoreLevel.EQUAL: WordLevel.EQUAL,
}


def _by_pairs(aligned: Aligned, left: Core, right: Core) -> CoreLevel:
    level = _OF_WORDS[min(pair.level for pair in aligned.pairs)]
    if level is CoreLevel.EQUAL and not aligned.left and not aligned.right and left.keys == right.keys:
        order = [word.key for word in left.words if word.role >= Role.SUFFIX]
        if order != [word.key for word in right.words if word.role >= Role.SUFFIX]:
            return CoreLevel.SPELLING
    return level


_NAMELESS = frozenset([Role.EMPTY, Role.WIDE, Role.PLACE, Role.GENERIC, Role.LEVEL, Role.WIDE_LEVEL, Role.SUFFIX])
_TOGETHER = {Role.NUMBERED: Role.KIND, Role.SUFFIX: Role.NAME}
"""Roles whose words are judged as one."""


def _by_rest(aligned: Aligned) -> CoreLevel:
    """What the words without a counterpart leave of the agreement."""
    roles = {pair.role for pair in aligned.pairs}
    if not aligned.left and not aligned.right:
        return CoreLevel.EQUAL
    left, right = _by_role(aligned.left), _by_role(aligned.right)
    if left and right:
        if roles <= _NAMELESS:
            return CoreLevel.DIFFERENT
        if _crossed(left, right) or _crossed(right, left):
            return CoreLevel.OVERLAP
        if (Role.WIDE_LEVEL in left and Role.PLACE in right) or (Role.WIDE_LEVEL in right and Role.PLACE in left):
            return CoreLevel.PLACES_DIFFER
    named = Role.NAME in roles
    numbered = Role.NUMBER in roles and (Role.NUMBERED in roles or _alike_kinds(left.get(Role.KIND, ()), right.get(Role.KIND, ())))
    level = CoreLevel.EQUAL
    for role in {*left, *right}:
        one, two = left.get(role), right.get(role)
        if one and two:
            level = min(level, _contradiction(role, one, two, numbered=numbered, named=named))
        else:
            level = min(level, _addition(role, one or two or [], numbered=numbered, named=named))
    return level


def _by_role(words: Sequence[Word]) -> dict[Role, list[Word]]:
    rows: dict[Role, list[Word]] = {}
    for word in words:
        rows.setdefault(_TOGETHER.get(word.role, word.role), []).append(word)
    return rows


def _crossed(names: dict[Role, list[Word]], others: dict[Role, list[Word]]) -> bool:
    """A naming word on the one side stands against a describing one on the other («Центр развития …», «Центр поддержки …»)."""
    return Role.NAME in names and Role.GENERIC in others


def _addition(role: Role, words: Sequence[Word], *, numbered: bool, named: bool) -> CoreLevel:
    """One side has words of a role that the other lacks altogether; kind and number of an institution are its name in short."""
    match role:
        case Role.NUMBER | Role.WIDE_LEVEL:
            return CoreLevel.SUFFIX
        case Role.NAME:
            return CoreLevel.ABBREVIATION if numbered and not any(is_adjective(word.text) for word in words) else CoreLevel.SUFFIX
        case Role.KIND if numbered:
            return CoreLevel.SUFFIX
        case Role.PLACE:
            return CoreLevel.ABBREVIATION if numbered and all(word.marked for word in words) else CoreLevel.GENERIC
        case _ if numbered:
            return CoreLevel.ABBREVIATION
        case _:
            return CoreLevel.GENERIC if named else CoreLevel.SUFFIX


def _contradiction(role: Role, one: Sequence[Word], two: Sequence[Word], *, numbered: bool, named: bool) -> CoreLevel:
    """Both sides have words of one role that the other lacks."""
    match role:
        case Role.NUMBER:
            return CoreLevel.NUMBERS_DIFFER
        case Role.PLACE:
            return CoreLevel.PLACES_DIFFER if _places_contradict(one, two) else CoreLevel.GENERIC
        case Role.KIND if _alike_kinds(one, two):
            short = any(word.text in kinds_alike(word.group) for word in (*one, *two))
            return CoreLevel.ABBREVIATION if numbered and short else CoreLevel.GENERIC
        case Role.GENERIC if numbered:
            return CoreLevel.GENERIC
        case Role.KIND | Role.GENERIC | Role.LEVEL | Role.WIDE_LEVEL:
            return CoreLevel.KIND_DIFFERS
        case Role.HONOUR:
            return CoreLevel.OVERLAP
        case _:
            return CoreLevel.OVERLAP if named or numbered else CoreLevel.DIFFERENT


def _alike_kinds(one: Sequence[Word], two: Sequence[Word]) -> bool:
    """Words of one meaning, or letters that may mean either (СШ)."""
    return not {kind for word in one for kind in kinds_alike(word.group)}.isdisjoint(word.group for word in two)


def _places_contradict(one: Sequence[Word], two: Sequence[Word]) -> bool:
    """Two cities or two districts do; a quarter of a city contradicts no city that has one of its name."""
    return all(_two_places(left, right) for left in one for right in two)


def _two_places(one: Word, two: Word) -> bool:
    quarter, other = (one, two) if one.group == "quarter" else (two, one)
    if quarter.group != "quarter" or other.group != "city":
        return True
    cities = QUARTERS.get(quarter.key.removeprefix("@"), frozenset())
    return not ("any" in cities or other.key.removeprefix("@") in cities)
