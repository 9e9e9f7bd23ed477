"""Many pairs at once: facts as columns of codes, so that each distinct pair of values is compared once and the rest is arithmetic.

The comparisons are those of features.py, the weighing that of model.py, the grounds those of decisive.py: the answer for a pair is
the one that `judge_people` gives (tests hold them against each other).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from screening.compare.births import birth_level, births_many
from screening.compare.feature import Feature
from screening.compare.sets import DIFFERENT, EQUAL, set_level
from screening.decisive import org_ground, person_ground
from screening.facts import OrgFacts, PersonFacts
from screening.features import NAME_PARTS, ORGANIZATIONS, PEOPLE, feature_rarity
from screening.frequencies import Counts
from screening.grading import carried, doubtful
from screening.interning import Codes, Column, distinct
from screening.model import ORGANIZATIONS_MODEL, PEOPLE_MODEL, Model
from screening.name_columns import NameColumns
from screening.verdicts import GROUNDS, Grade, Ground

Floats = npt.NDArray[np.float64]
Levels = npt.NDArray[np.int8]


@dataclass(frozen=True, slots=True)
class Judged:
    """The answers of many pairs, in their order: the ground of pair n is `grounds[codes[n]]`; `weights`: nats, a column a feature."""

    grounds: tuple[Ground, ...]
    codes: Codes
    probabilities: Floats
    levels: Levels
    weights: Floats


class People:
    """People as columns; pairs are given by places in the sequence."""

    def __init__(self, people: Sequence[PersonFacts]) -> None:
        self.facts = people
        self._names = NameColumns([one.names for one in people])
        self._columns = [Column() for _ in PEOPLE[NAME_PARTS:]]
        self._codes = [column.all(map(feature.value, people)) for feature, column in zip(PEOPLE[NAME_PARTS:], self._columns, strict=True)]
        mortal = any(one.death for one in people)
        self._signs = [Column(), Column(), Column()]
        self._sign_codes = [
            self._signs[0].all(one.addresses for one in people),
            self._signs[1].all(one.workplaces for one in people),
            self._signs[2].all((bool(f.replaced_inn), f.sex_guess, (f.death, f.seen_on, f.births) if mortal else None) for f in people),
        ]

    def judge(self, lefts: Codes, rights: Codes, counts: Counts | None = None) -> Judged:
        """What `judge_people` answers for each pair."""
        levels = np.zeros((len(lefts), len(PEOPLE)), dtype=np.int8, order="F")
        rarities = np.zeros((len(lefts), len(PEOPLE)), order="F")
        named = self._names.compare(lefts, rights, counts)
        levels[:, :NAME_PARTS], rarities[:, :NAME_PARTS] = named.levels, named.rarities
        for place, feature in enumerate(PEOPLE[NAME_PARTS:]):
            pairs = _Pairs(self._columns[place], self._codes[place][lefts], self._codes[place][rights])
            pairs.fill(feature, levels[:, NAME_PARTS + place], rarities[:, NAME_PARTS + place], counts)
        addresses, work, context = zip(self._signs, self._sign_codes, strict=True)
        signs = [named.seen, *(levels[:, place].astype(np.int64) for place in _DECIDING)]
        signs += [_Pairs(column, codes[lefts], codes[rights]).sets() for column, codes in (addresses, work)]
        signs += [context[1][lefts], context[1][rights]]
        grounds, index = _by_signs(signs, lambda at: person_ground(self.facts[lefts[at]], self.facts[rights[at]]))
        weights, chances = PEOPLE_MODEL.score_many(levels, rarities)
        return _judged(PEOPLE_MODEL, grounds, index, levels, weights, chances)


class Organizations:
    """Organizations as columns; pairs are given by places in the sequence."""

    def __init__(self, firms: Sequence[OrgFacts]) -> None:
        self.facts = firms
        self._columns = [Column() for _ in ORGANIZATIONS]
        self._codes = [column.all(map(feature.value, firms)) for feature, column in zip(ORGANIZATIONS, self._columns, strict=True)]
        self._addresses = Column()
        self._address = self._addresses.all(one.addresses for one in firms)

    def judge(self, lefts: Codes, rights: Codes, counts: Counts | None = None) -> Judged:
        """What `judge_orgs` answers for each pair."""
        levels = np.zeros((len(lefts), len(ORGANIZATIONS)), dtype=np.int8, order="F")
        rarities = np.zeros((len(lefts), len(ORGANIZATIONS)), order="F")
        for place, feature in enumerate(ORGANIZATIONS):
            pairs = _Pairs(self._columns[place], self._codes[place][lefts], self._codes[place][rights])
            pairs.fill(feature, levels[:, place], rarities[:, place], counts)
        names = self._codes[0]
        signs = [names[lefts] * len(self._columns[0].values) + names[rights]]
        signs += [levels[:, place].astype(np.int64) for place, feature in enumerate(ORGANIZATIONS) if feature.level is set_level]
        signs.append(_Pairs(self._addresses, self._address[lefts], self._address[rights]).sets())
        grounds, index = _by_signs(signs, lambda at: org_ground(self.facts[lefts[at]], self.facts[rights[at]]))
        weights, chances = ORGANIZATIONS_MODEL.score_many(levels, rarities)
        return _judged(ORGANIZATIONS_MODEL, grounds, index, levels, weights, chances)


_DECIDING = tuple(
    place for place, feature in enumerate(PEOPLE) if feature.name in {"birth", "sex", "inn", "snils", "passport", "phone", "email"}
)


@dataclass(frozen=True, slots=True)
class _Pairs:
    """Codes of one column, a pair a place."""

    column: Column
    one: Codes
    two: Codes

    def fill(self, feature: Feature, levels: Levels, rarities: Floats, counts: Counts | None) -> None:
        """The level and rarity of each pair; what is unknown stays 0."""
        known = np.flatnonzero((self.one > 0) & (self.two > 0))
        if not len(known):
            return
        left, right = self.one[known], self.two[known]
        if feature.level is set_level:
            levels[known] = self._sets(left, right)
            return
        if feature.level is birth_level:
            dates = np.array([_single(value) for value in self.column.values])
            plain = (dates[left] > 0) & (dates[right] > 0)
            levels[known[plain]] = births_many(dates[left[plain]], dates[right[plain]])
            known, left, right = known[~plain], left[~plain], right[~plain]
        values = self.column.values
        ones, twos, back = distinct(left, right, len(values))
        some = [feature.level(values[a], values[b]) for a, b in zip(ones.tolist(), twos.tolist(), strict=True)]
        levels[known] = np.array(some, dtype=np.int8)[back]
        if feature.shared is not None:
            rare = [
                feature_rarity(feature, values[a], values[b], level, counts)
                for a, b, level in zip(ones.tolist(), twos.tolist(), some, strict=True)
            ]
            rarities[known] = np.array(rare, dtype=np.float64)[back]

    def sets(self) -> Codes:
        """The level of `set_level`, 0 where a side says nothing."""
        found = np.zeros(len(self.one), dtype=np.int64)
        known = np.flatnonzero((self.one > 0) & (self.two > 0))
        found[known] = self._sets(self.one[known], self.two[known])
        return found

    def _sets(self, left: Codes, right: Codes) -> Levels:
        values = self.column.values
        levels = np.where(left == right, EQUAL, DIFFERENT).astype(np.int8)
        several = np.array([value is not None and len(value) > 1 for value in values])
        for place in np.flatnonzero((left != right) & (several[left] | several[right])):
            levels[place] = set_level(values[left[place]], values[right[place]])
        return levels


def judge_many(lefts: Sequence[PersonFacts], rights: Sequence[PersonFacts], counts: Counts | None = None) -> Judged:
    """Each of the one against its neighbour of the other, as `judge_people` would."""
    places = np.arange(len(lefts))
    return People([*lefts, *rights]).judge(places, places + len(lefts), counts)


def _single(value: Any) -> int:
    return int(value[0].first) if value and len(value) == 1 and value[0].complete else 0


def _by_signs(signs: Sequence[Codes], ground: Callable[[int], Ground]) -> tuple[list[Ground], Codes]:
    """One answer for all pairs with equal signs: the ground of a pair of theirs, and which ground stands at each place."""
    key, room = np.zeros(len(signs[0]), dtype=np.int64), 1
    for sign in signs:
        size = int(sign.max(initial=0)) + 1
        if room * size >= _ROOM:
            key, room = np.unique(key, return_inverse=True)[1].astype(np.int64), len(key) + 1
        key, room = key * size + sign, room * size
    _, first, back = np.unique(key, return_index=True, return_inverse=True)
    return [ground(int(at)) for at in first], back


_ROOM = 1 << 62


def _judged(model: Model, grounds: list[Ground], index: Codes, levels: Levels, weights: Floats, chances: Floats) -> Judged:
    """The model's word where no test decided by itself, and the grades it moves."""
    decided = np.array([ground.decided for ground in grounds], dtype=bool)[index]
    likely = np.array([ground.grade is Grade.PROBABLE for ground in grounds], dtype=bool)[index]
    weak = np.array([ground.grade in {Grade.NONE, Grade.WEAK} for ground in grounds], dtype=bool)[index]
    lowered = ~decided & likely & doubtful(chances)
    raised = ~decided & weak & carried(model, levels, weights, chances)
    codes = np.where(lowered, len(grounds), np.where(raised, len(grounds) + 1, index))
    known = [*grounds, GROUNDS["M_doubt"], GROUNDS["M"]]
    own = np.array([ground.probability for ground in grounds], dtype=np.float64)[index]
    return Judged(tuple(known), codes, np.where(decided, own, chances), levels, weights)
