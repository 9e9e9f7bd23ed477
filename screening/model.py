"""The model of Fellegi and Sunter: the evidence weight of each level, rare values weighing more, and a calibrated probability.

I. P. Fellegi, A. B. Sunter, A Theory for Record Linkage, JASA 64 (1969). The probability is that of a pair somebody presents, not
of any two people of a population: the log-odds start at the prior of a pair of which nothing agrees, and each feature adds its
weight. Unknown adds nothing. Weights and curve are data (weights.yaml), made by `python -m screening.training`.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import exp
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from domain.errors import DefinitionError
from domain.yaml_text import load_yaml
from screening.compare.feature import Feature
from screening.features import ORGANIZATIONS, PEOPLE

_FILE = Path(__file__).parent / "weights.yaml"

Floats = npt.NDArray[np.float64]
Levels = npt.NDArray[np.int8]


@dataclass(frozen=True, slots=True)
class Scored:
    """One pair as weighed. `weights`: nats for each feature; prior + weights = `log_odds`, which the curve makes a probability."""

    levels: tuple[int, ...]
    rarities: tuple[float, ...]
    weights: tuple[float, ...]
    log_odds: float
    probability: float


class Model:
    """The weights of one kind of records."""

    def __init__(self, features: Sequence[Feature], data: Mapping[str, Any], curve: Sequence[Sequence[float]]) -> None:
        self.features = tuple(features)
        self.prior = float(data["prior"])
        self.table = tuple(_row(feature, data["features"]) for feature in self.features)
        self.share = tuple(float(data["rarity"].get(feature.name, 0.0)) for feature in self.features)
        self._groups = tuple(_groups(self.features, data["most"], data["least"]))
        self._telling = next((place for place, feature in enumerate(self.features) if feature.name == "given"), 0)
        self._relatives = tuple(
            (place, float(data["relatives"][feature.group]))
            for place, feature in enumerate(self.features)
            if feature.group in data["relatives"]
        )
        self._x = [float(x) for x, _ in curve]
        self._y = [float(y) for _, y in curve]
        longest = max(map(len, self.table))
        self._matrix = np.array([[*row, *[0.0] * (longest - len(row))] for row in self.table])

    def score(self, levels: tuple[int, ...], rarities: tuple[float, ...]) -> Scored:
        """One pair."""
        weights = [row[level] for row, level in zip(self.table, levels, strict=True)]
        for place, rare in enumerate(rarities):
            if rare:
                weights[place] = _rarer(weights[place], self.share[place] * rare)
        if levels[self._telling] == _DIFFERENT:
            for place, left in self._relatives:
                if weights[place] > 0:
                    weights[place] *= left
        for members, most, least in self._groups:
            _bound(weights, members, most, least)
        total = self.prior + sum(weights)
        return Scored(levels, rarities, tuple(weights), total, sigmoid(self.calibrated(total)))

    def score_many(self, levels: Levels, rarities: Floats) -> tuple[Floats, Floats]:
        """The weights (a row a pair, a column a feature) and the probabilities of many pairs: what `score` says of each."""
        weights = np.zeros(levels.shape, order="F")
        for place in np.flatnonzero(levels.any(axis=0)):
            column = self._matrix[place][levels[:, place]]
            rare = rarities[:, place]
            if self.share[place] and rare.any():
                moved = np.maximum(column + rare * self.share[place], np.minimum(column, _LEAST))
                column = np.where((rare != 0) & (column > 0), moved, column)
            weights[:, place] = column
        if self._relatives:
            kin = levels[:, self._telling] == _DIFFERENT
            for shared, left in self._relatives:
                column = weights[:, shared]
                weights[:, shared] = np.where(kin & (column > 0), column * left, column)
        for members, most, least in self._groups:
            some = weights[:, members]
            over = np.flatnonzero((np.maximum(some, 0).sum(axis=1) > most) | (np.minimum(some, 0).sum(axis=1) < least))
            if len(over):
                weights[np.ix_(over, np.array(members))] = _bound_many(some[over], most, least)
        totals = self.prior + weights.sum(axis=1)
        return weights, 1 / (1 + np.exp(-self._calibrated_many(totals)))

    def calibrated(self, log_odds: float) -> float:
        """The curve: straight between its points, and on beyond them."""
        place = min(max(bisect_right(self._x, log_odds), 1), len(self._x) - 1)
        x0, x1, y0, y1 = self._x[place - 1], self._x[place], self._y[place - 1], self._y[place]
        return max(-_SUREST, min(_SUREST, y0 + (log_odds - x0) * (y1 - y0) / (x1 - x0)))

    def _calibrated_many(self, totals: Floats) -> Floats:
        x, y = np.array(self._x), np.array(self._y)
        place = np.clip(np.searchsorted(x, totals, side="right"), 1, len(x) - 1)
        line = y[place - 1] + (totals - x[place - 1]) * (y[place] - y[place - 1]) / (x[place] - x[place - 1])
        bounded: Floats = np.clip(line, -_SUREST, _SUREST)
        return bounded


_DIFFERENT = 1
"""The level of a given name that differs: twins, brothers, husband and wife share all that a family shares."""
_LEAST = 0.2
"""What agrees speaks for one person by at least this, however common it is (or by its level's weight, where that is less)."""
_SUREST = 9.0
"""Log-odds beyond which no comparison is surer (0.9999): the labelled pairs are too few to say more."""


def sigmoid(log_odds: float) -> float:
    """The probability of log-odds."""
    return 1 / (1 + exp(-log_odds))


def _rarer(weight: float, rare: float) -> float:
    """Rarity moves only what speaks for one person, and never turns it against."""
    return max(weight + rare, min(weight, _LEAST)) if weight > 0 else weight


def _bound(weights: list[float], members: Sequence[int], most: float, least: float) -> None:
    above = below = 0.0
    for place in members:
        weight = weights[place]
        if weight > 0:
            above += weight
        elif weight < 0:
            below += weight
    if above <= most and below >= least:
        return
    for place in members:
        if weights[place] > 0 and above > most:
            weights[place] *= most / above
        elif weights[place] < 0 and below < least:
            weights[place] *= least / below


def _bound_many(some: Floats, most: float, least: float) -> Floats:
    up, down = np.maximum(some, 0), np.minimum(some, 0)
    above, below = up.sum(axis=1), down.sum(axis=1)
    raised = np.divide(most, above, out=np.ones_like(above), where=above > most)
    lowered = np.divide(least, below, out=np.ones_like(below), where=below < least)
    bounded: Floats = up * raised[:, None] + down * lowered[:, None]
    return bounded


def _row(feature: Feature, said: Mapping[str, Mapping[str, Any]]) -> tuple[float, ...]:
    row = said.get(feature.name, {})
    if set(row) != set(feature.levels[1:]):
        raise DefinitionError(str(_FILE), 1, f"{feature.name}: write a weight for each of {', '.join(feature.levels[1:])}")
    weights = (0.0, *(float(_weight(row[level])) for level in feature.levels[1:]))
    for chain in feature.orders:
        if any(weights[low] > weights[high] for low, high in pairwise(chain)):
            raise DefinitionError(str(_FILE), 1, f"{feature.name}: a level that agrees better weighs less")
    return weights


def _weight(said: Any) -> Any:
    return said["weight"] if isinstance(said, Mapping) else said


def _groups(
    features: Sequence[Feature], most: Mapping[str, float], least: Mapping[str, float]
) -> Sequence[tuple[tuple[int, ...], float, float]]:
    return [
        (tuple(place for place, feature in enumerate(features) if feature.group == group), float(bound), float(least[group]))
        for group, bound in most.items()
    ]


def load(path: Path = _FILE) -> tuple[str, Model, Model]:
    """The version of the weights, and the models of people and of organizations."""
    data = load_yaml(path.read_text(encoding="utf-8"))
    people, organizations = data["people"], data["organizations"]
    return str(data["version"]), Model(PEOPLE, people, people["curve"]), Model(ORGANIZATIONS, organizations, organizations["curve"])


VERSION, PEOPLE_MODEL, ORGANIZATIONS_MODEL = load()
"""`VERSION` goes with every stored identity, so that one can tell which weights said it."""
