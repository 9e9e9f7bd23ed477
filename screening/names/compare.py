"""How two folded names compare, part by part: the evidence that the model weighs."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache
from typing import Literal

from rapidfuzz.distance import OSA

from screening.names.customary import CUSTOMARY, SPELLINGS, are_halves, double_given, loosely, spelled
from screening.names.folding import fold_word
from screening.names.lexicon import PET_NAMES, is_formal
from screening.names.parts import ANY_YOD, FoldedName, father_of

NamePart = Literal["last", "first", "patronymic"]
_CACHE = 1 << 18


class PartLevel(IntEnum):
    """How well one part of two names agrees; the order is that of growing evidence for one person.

    DIFFERENT: two names (of given names and fathers also where one letter parts two known ones: Ильнар, Ильнур). TYPO: one
    letter added, lost, changed or swapped with its neighbour. INITIAL: an initial that fits, or two equal ones. MISSING: one or
    both unknown. VARIANT: a short form, another customary form, half of a double surname or its halves turned round, the same
    when read loosely. EQUAL: one folded form (a patronymic's ending is not looked at: `sex_conflict` tells son from daughter).
    """

    DIFFERENT = 0
    TYPO = 1
    INITIAL = 2
    MISSING = 3
    VARIANT = 4
    EQUAL = 5


@dataclass(frozen=True, slots=True)
class NameEvidence:
    """The levels of the three parts in the best reading; `swapped` when surname and given name stood in each other's place."""

    last: PartLevel
    first: PartLevel
    patronymic: PartLevel
    swapped: bool = False
    sex_conflict: bool = False


@lru_cache(maxsize=_CACHE)
def part_level(part: NamePart, one: str, two: str) -> PartLevel:
    """The level of one part of two folded names; which of them is named first doesn't matter."""
    if part == "patronymic":
        return _of_patronymics(one, two)
    return _of_names(part, one, two)


def _of_patronymics(one: str, two: str) -> PartLevel:
    """By the father's name; where the ending of one is misspelt, by the whole."""
    left, right = father_of(one), father_of(two)
    found = _of_names("patronymic", left, right)
    if found is not PartLevel.DIFFERENT or (left == one) == (right == two):
        return found
    whole, broken = (two, one) if left == one else (one, two)  # folding may have taken the last letter of `илнаронва` for a woman's ending
    return PartLevel.TYPO if _slip(whole, broken) or _slip(whole, f"{broken}а") else found


def _of_names(part: NamePart, one: str, two: str) -> PartLevel:
    if not one or not two:
        return PartLevel.MISSING
    if one[-1] == "." or two[-1] == ".":
        return PartLevel.INITIAL if _initials_fit(part, one, two) else PartLevel.DIFFERENT
    if one == two:
        return PartLevel.EQUAL
    return _of_surnames(one, two) if part == "last" else _of_given(one, two)


def _of_surnames(one: str, two: str) -> PartLevel:
    if OSA.distance(one, two, score_cutoff=3) > 3:
        return PartLevel.VARIANT if _halves(one, two) else PartLevel.DIFFERENT
    if loosely(one) == loosely(two):
        return PartLevel.VARIANT
    return PartLevel.TYPO if _slip(one, two) else PartLevel.DIFFERENT


def _of_given(one: str, two: str) -> PartLevel:
    if one in CUSTOMARY and two in CUSTOMARY and not CUSTOMARY[one].isdisjoint(CUSTOMARY[two]):
        return PartLevel.VARIANT
    if _is_name(one) and _is_name(two):
        return PartLevel.DIFFERENT
    if one in double_given(two) or two in double_given(one):
        return PartLevel.VARIANT
    if loosely(one) == loosely(two):
        return PartLevel.VARIANT
    slip = any(_slip(left, right) for left in spelled(one) for right in spelled(two))
    return PartLevel.TYPO if slip else PartLevel.DIFFERENT


def _is_name(folded: str) -> bool:
    return is_formal(folded) or folded in PET_NAMES


def _slip(one: str, two: str) -> bool:
    """One letter added, lost, changed or swapped with its neighbour; names of two letters are too short for that."""
    if abs(len(one) - len(two)) > 2 or len(one) + len(two) < 6:
        return False
    if OSA.distance(one, two, score_cutoff=1) <= 1:
        return True
    apart = _apart(one), _apart(two)
    return apart != (one, two) and OSA.distance(*apart, score_cutoff=1) <= 1


def _apart(folded: str) -> str:
    """я and ю as the two letters that folding may have made them of: `аидар` with two letters swapped folds to `адяр`."""
    return folded.replace("я", "иа").replace("ю", "иу")


def _initials_fit(part: NamePart, one: str, two: str) -> bool:
    short, other = (one[:-1], two.rstrip(".")) if one[-1] == "." else (two[:-1], one)
    if other.startswith(short) or short.startswith(other) or (short == ANY_YOD and other[0] in "юяеиж"):
        return True
    if part == "last":
        return False
    names = (other, *SPELLINGS.get(other, ()), *PET_NAMES.get(other, ()))
    return any(name.startswith(short) or (name[0] == "ж" and short == "д") for name in names)


def _halves(one: str, two: str) -> bool:
    """One is a half of the other's double surname, or the halves are turned round."""
    if len(one) == len(two):
        place = (one + one).find(two)
        return place > 0 and are_halves(one[:place], one[place:]) and are_halves(one[place:], one[:place])
    short, long = (one, two) if len(one) < len(two) else (two, one)
    if long.startswith(short):
        return are_halves(short, long[len(short) :])
    return long.endswith(short) and are_halves(long[: -len(short)], short)


def compare_names(one: FoldedName, two: FoldedName) -> NameEvidence:
    """The evidence of two names, in the order of parts that speaks most for one person."""
    last, first = part_level("last", one.last, two.last), part_level("first", one.first, two.first)
    swapped = False
    if last is PartLevel.DIFFERENT and first is PartLevel.DIFFERENT:
        turned = _turned(one.last, two.first), _turned(one.first, two.last)
        if min(turned) >= PartLevel.TYPO and max(turned) is PartLevel.EQUAL:
            (last, first), swapped = turned, True
    conflict = one.sex is not None and two.sex is not None and one.sex is not two.sex
    return NameEvidence(last, first, part_level("patronymic", one.patronymic, two.patronymic), swapped, conflict)


def _turned(one: str, two: str) -> PartLevel:
    """A surname against a given name."""
    if not one or not two or one[-1] == "." or two[-1] == ".":
        return PartLevel.DIFFERENT
    if one == two or (one[:3] == two[:3] and fold_word(one, "given") == fold_word(two, "given")):
        return PartLevel.EQUAL
    return PartLevel.TYPO if _slip(one, two) else PartLevel.DIFFERENT
