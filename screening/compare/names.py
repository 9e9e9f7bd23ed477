"""People's names part by part: the best reading of any two of their names."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from screening.comparison import slip
from screening.facts import KnownName
from screening.names.compare import NameEvidence, PartLevel, compare_names, part_level

SURNAMES = ("unknown", "different", "typo", "initial", "former", "variant", "equal")
SURNAME_CHAINS = (("different", "typo", "variant", "equal"), ("different", "initial", "equal"), ("different", "former", "equal"))
PARTS = ("unknown", "different", "typo", "initial", "variant", "equal")
PART_CHAINS = (("different", "typo", "variant", "equal"), ("different", "initial", "equal"))
ORDERS = ("unknown", "swapped")

_SURNAME = {
    PartLevel.MISSING: 0,
    PartLevel.DIFFERENT: 1,
    PartLevel.TYPO: 2,
    PartLevel.INITIAL: 3,
    PartLevel.VARIANT: 5,
    PartLevel.EQUAL: 6,
}
_FORMER = 4
_PART = {
    PartLevel.MISSING: 0,
    PartLevel.DIFFERENT: 1,
    PartLevel.TYPO: 2,
    PartLevel.INITIAL: 3,
    PartLevel.VARIANT: 4,
    PartLevel.EQUAL: 5,
}
_WORTH = (0, -6, 1, 1, 2, 2, 3)
"""How readings are ranked against each other: a part that differs spoils a reading."""


class NameLevels(NamedTuple):
    """Levels of the three parts, and whether they stood in other places; `left` and `right` are the names so compared."""

    surname: int = 0
    given: int = 0
    patronymic: int = 0
    order: int = 0
    left: KnownName | None = None
    right: KnownName | None = None

    @property
    def levels(self) -> tuple[int, int, int, int]:
        """Surname, given name, patronymic, order."""
        return self[:4]


NOTHING = NameLevels()


def name_levels(one: Sequence[KnownName], two: Sequence[KnownName]) -> NameLevels:
    """The best agreement; a current name counts before a former one that agrees as well."""
    if len(one) == 1 and len(two) == 1:
        return _levels(one[0], two[0])
    return max((_levels(left, right) for left in one for right in two), key=_worth, default=NOTHING)


def _worth(found: NameLevels) -> tuple[object, ...]:
    """How good a reading is; ties are settled by the words, so that which side is named first doesn't matter."""
    if found.left is None or found.right is None:
        return (-100,)
    value = 2 * (_WORTH[found.surname] + sum(_WORTH[level + 1] if level > 2 else _WORTH[level] for level in found[1:3]))
    value -= (found.left.former or found.right.former) + found.order
    return value, found.levels, tuple(sorted((found.left.folded.text, found.right.folded.text)))


def father_level(one: str, two: str) -> PartLevel:
    """The level of two patronymics; where an error fell into the ending of one (`Ильнаронва`), the whole words a letter apart."""
    level = part_level("patronymic", one, two)
    if level is PartLevel.DIFFERENT and one.endswith(_ENDINGS) != two.endswith(_ENDINGS) and min(len(one), len(two)) >= _LONG:
        return PartLevel.TYPO if slip(one, two) else level
    return level


_ENDINGS = ("ович", "овна")
_LONG = 7


def surname_levels(parts: npt.NDArray[np.int8]) -> npt.NDArray[np.int8]:
    """Levels of current surnames from PartLevel numbers."""
    return _SURNAMES[parts]


def part_levels(parts: npt.NDArray[np.int8]) -> npt.NDArray[np.int8]:
    """Levels of given names and patronymics from PartLevel numbers."""
    return _PARTS[parts]


_SURNAMES = np.array([_SURNAME[level] for level in sorted(PartLevel)], dtype=np.int8)
_PARTS = np.array([_PART[level] for level in sorted(PartLevel)], dtype=np.int8)


def _levels(left: KnownName, right: KnownName) -> NameLevels:
    evidence: NameEvidence = compare_names(left.folded, right.folded)
    surname = _SURNAME[evidence.last]
    if surname >= 5 and (left.former or right.former):
        surname = _FORMER
    father = evidence.patronymic
    if father is PartLevel.DIFFERENT:
        father = father_level(left.folded.patronymic, right.folded.patronymic)
    return NameLevels(surname, _PART[evidence.first], _PART[father], int(evidence.swapped), left, right)
