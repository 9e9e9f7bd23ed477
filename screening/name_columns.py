"""People's names as columns: each distinct pair of surnames, given names and patronymics is compared once.

What `name_levels`, `name_rarities` and the decisive tests' `compare_names` say of a pair, said of many (tests hold them against each
other). People of several names, and pairs whose parts may stand in each other's place, go through those functions one by one.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from screening.compare.names import father_level, part_levels, surname_levels
from screening.compare.names import name_levels as compare_one
from screening.comparison import Names, best_of_names, fits, same_patronymic, slip
from screening.decisive import twins
from screening.facts import KnownName
from screening.features import name_rarities
from screening.frequencies import Counts, rarity
from screening.interning import Codes, Column, distinct
from screening.names.compare import PartLevel, part_level

Levels = npt.NDArray[np.int8]
Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
_Part = Literal["last", "first"]


@dataclass(frozen=True, slots=True)
class NamesCompared:
    """For each pair: levels and rarities of surname, given name, patronymic, order; and as a number what the tests see."""

    levels: Levels
    rarities: Floats
    seen: Codes


class NameColumns:
    """The names of a sequence of people."""

    def __init__(self, names: Sequence[tuple[KnownName, ...]]) -> None:
        self._whole = Column()
        self._codes = self._whole.all(names)
        self._last, self._first, self._father = Column(), Column(), Column()
        plain = [value[0].folded if value and len(value) == 1 and not value[0].former else None for value in self._whole.values]
        self._plain = np.array([name is not None for name in plain])
        self._lasts = self._last.all(name.last if name else "" for name in plain)
        self._firsts = self._first.all(name.first if name else "" for name in plain)
        self._fathers = self._father.all(name.patronymic if name else "" for name in plain)

    def compare(self, lefts: Codes, rights: Codes, counts: Counts | None) -> NamesCompared:
        """Pairs by places in the sequence."""
        ones, twos, back = distinct(self._codes[lefts], self._codes[rights], len(self._whole.values))
        last = _Pairs(self._last, self._lasts[ones], self._lasts[twos])
        first = _Pairs(self._first, self._firsts[ones], self._firsts[twos])
        father = _Pairs(self._father, self._fathers[ones], self._fathers[twos])
        parts = [last.levels("last"), first.levels("first"), father.each(lambda one, two: int(father_level(one, two)), np.int8)]
        plain = self._plain[ones] & self._plain[twos]
        plain &= ~((parts[0] == PartLevel.DIFFERENT) & (parts[1] == PartLevel.DIFFERENT))
        levels = np.zeros((len(ones), 4), dtype=np.int8)
        levels[:, 0], levels[:, 1], levels[:, 2] = surname_levels(parts[0]), part_levels(parts[1]), part_levels(parts[2])
        rare = np.zeros((len(ones), 4))
        for place, (pairs, part) in enumerate(((last, "surname"), (first, "given"), (father, "patronymic"))):
            rare[:, place] = np.where((levels[:, place] > 1) & (levels[:, 1] > 0), pairs.rarities(part, counts), 0.0)
        seen = _seen(last, first, father)
        near = plain & (seen // 8 == Names.NEAR)
        for at in np.flatnonzero(~plain | near).tolist():
            one, two = self._whole.values[ones[at]] or (), self._whole.values[twos[at]] or ()
            if not plain[at]:
                found = compare_one(one, two)
                levels[at], rare[at] = found.levels, name_rarities(found, counts)
            level, former = best_of_names(one, two)
            alike = level is Names.NEAR and twins(one, two)
            seen[at] = int(level) * 8 + former * 4 + bool(one and two) * 2 + alike
        return NamesCompared(levels[back], rare[back], seen[back])


@dataclass(frozen=True, slots=True)
class _Pairs:
    """Codes of one part, a pair a place."""

    column: Column
    one: Codes
    two: Codes

    def each(self, of: Callable[[str, str], Any], kind: type[np.generic]) -> npt.NDArray[Any]:
        """A function of the two words, called once for each distinct pair."""
        words = ["", *self.column.values[1:]]
        ones, twos, back = distinct(self.one, self.two, len(words))
        return np.array([of(words[a], words[b]) for a, b in zip(ones.tolist(), twos.tolist(), strict=True)], dtype=kind)[back]

    def levels(self, part: _Part) -> Levels:
        """A's levels of the part."""
        return self.each(lambda one, two: int(part_level(part, one, two)), np.int8)

    def rarities(self, part: str, counts: Counts | None) -> Floats:
        """The commoner of the two words; initials and missing parts say nothing."""
        own = np.array([rarity(part, word, counts) if word and word[-1] != "." else np.inf for word in self.column.values])
        found: Floats = np.minimum(own[self.one], own[self.two])
        return np.where(np.isinf(found), 0.0, found)

    @property
    def equal(self) -> Flags:
        """One word, and not an empty one."""
        found: Flags = (self.one == self.two) & (self.one > 0)
        return found

    @property
    def known(self) -> Flags:
        """Both sides say something."""
        return (self.one > 0) & (self.two > 0)

    @property
    def short(self) -> Flags:
        """One side is an initial."""
        initial = np.array([bool(word) and word[-1] == "." for word in self.column.values])
        found: Flags = initial[self.one] | initial[self.two]
        return found


def _seen(last: _Pairs, first: _Pairs, father: _Pairs) -> Codes:
    """`comparison.compare_names` of plain pairs, and that both have names."""
    fathers_fit, same_father = father.each(fits, np.bool_), father.each(same_patronymic, np.bool_)
    fathers_slip = father.each(slip, np.bool_) | ~father.known
    by_father = np.where(
        same_father,
        np.where(father.short, Names.INITIALS, Names.EQUAL),
        np.where(
            ~father.known,
            np.where((father.one == 0) & (father.two == 0), Names.EQUAL, Names.PATRONYMIC_MISSING),
            np.where(fathers_fit, Names.INITIALS, np.where(fathers_slip, Names.NEAR, Names.UNLIKE)),
        ),
    )
    initials = np.where(first.known, Names.INITIALS, Names.UNLIKE)
    whole = ~(first.short | father.short) & first.known & last.known
    near = whole & first.each(slip, np.bool_) & last.each(slip, np.bool_) & fathers_slip
    other_surname = whole & first.equal & (father.one > 0) & same_father
    rest = np.where(near, Names.NEAR, np.where(other_surname, Names.SURNAME_DIFFERS, Names.UNLIKE))
    full = last.equal & first.equal & ~first.short
    fit = last.equal & first.each(fits, np.bool_) & fathers_fit
    return np.where(full, by_father, np.where(fit, initials, rest)).astype(np.int64) * 8 + 2
