"""Regularised logistic regression of the label on the levels: weights near their prior, and never against the order of levels."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from screening.compare.feature import Feature
from screening.training.pairs import Pairs

Floats = npt.NDArray[np.float64]
Order = tuple[int, int]
"""Numbers of two parameters, of which the first may not be greater than the second."""

FARTHEST = 2.0
_STIFF = 1e4
_ROUNDS = 80
_SURE = 60.0
"""How firmly the prior of the log-odds is kept: it decides what a pair of which nothing is known gets."""


@dataclass(frozen=True, slots=True)
class Design:
    """How parameters stand in a vector: the prior, then each level of each feature, then each share of rarity."""

    features: tuple[Feature, ...]
    relatives: dict[str, float]
    shares: tuple[str, ...]

    @property
    def offsets(self) -> list[int]:
        """Where the levels of each feature begin (level 1 stands there)."""
        starts, place = [], 1
        for feature in self.features:
            starts.append(place)
            place += len(feature.levels) - 1
        return [*starts, place]

    @property
    def size(self) -> int:
        """How many parameters there are."""
        return self.offsets[-1] + len(self.shares)

    def orders(self, prior: Floats) -> list[Order]:
        """What may not weigh more than what; index −1 is zero: what the prior calls evidence for stays so, and so with against."""
        found: list[Order] = []
        for start, feature in zip(self.offsets, self.features, strict=False):
            for chain in feature.orders:
                found += pairwise([start + level - 1 for level in chain])
        found += [(-1, place) for place in range(1, self.size) if prior[place] > 0]
        return found + [(place, -1) for place in range(1, self.size) if prior[place] < 0]

    def matrix(self, pairs: Pairs, start: Floats) -> Floats:
        """A row a pair, a column a parameter. Rarity counts where the level speaks for one person; relatives share evidence."""
        rows = np.zeros((len(pairs.same), self.size))
        rows[:, 0] = 1
        offsets = self.offsets
        given = next((place for place, feature in enumerate(self.features) if feature.name == "given"), None)
        kin = pairs.levels[:, given] == 1 if given is not None else np.zeros(len(rows), dtype=bool)
        for place, feature in enumerate(self.features):
            levels = pairs.levels[:, place]
            known = np.flatnonzero(levels)
            columns = offsets[place] + levels[known] - 1
            left = np.where(kin[known] & (start[columns] > 0), self.relatives.get(feature.group, 1.0), 1.0)
            rows[known, columns] = left
            if feature.name in self.shares:
                rare = np.where(start[columns] > 0, pairs.rarities[known, place], 0.0) * left
                rows[known, offsets[-1] + self.shares.index(feature.name)] = rare
        return rows


def fit(design: Design, pairs: Pairs, start: Floats, stiffness: float) -> Floats:
    """The parameters. `stiffness`: how many pairs' worth of evidence the prior weights are, per parameter.

    No weight leaves its prior by more than FARTHEST: labelled pairs are of designed kinds and in designed numbers.
    """
    rows = design.matrix(pairs, start)
    keep = np.full(design.size, stiffness)
    keep[0] = _SURE
    orders = design.orders(start)
    weights = start.copy()
    for _ in range(_ROUNDS):
        chances = 1 / (1 + np.exp(-np.clip(rows @ weights, -30, 30)))
        slope = rows.T @ (chances - pairs.same) + keep * (weights - start)
        curve = (rows * (chances * (1 - chances))[:, None]).T @ rows + np.diag(keep)
        for low, high in orders:
            gap = (weights[low] if low >= 0 else 0.0) - (weights[high] if high >= 0 else 0.0)
            if gap > 0:
                _push(slope, curve, low, high, gap)
        step = np.linalg.solve(curve, slope)
        weights = weights - step * min(1.0, 2.0 / max(float(np.abs(step).max()), 1e-12))
        if np.abs(step).max() < 1e-7:
            break
        weights = np.clip(weights, start - FARTHEST, start + FARTHEST)
    return _ordered(weights, orders)


def _push(slope: Floats, curve: Floats, low: int, high: int, gap: float) -> None:
    for place, sign in ((low, 1.0), (high, -1.0)):
        if place >= 0:
            slope[place] += _STIFF * gap * sign
            curve[place, place] += _STIFF
    if low >= 0 and high >= 0:
        curve[low, high] -= _STIFF
        curve[high, low] -= _STIFF


def _ordered(weights: Floats, orders: list[Order]) -> Floats:
    """What the soft constraint left of disorder is evened out."""
    for _ in range(20):
        for low, high in orders:
            if low < 0:
                weights[high] = max(weights[high], 0.0)
            elif high < 0:
                weights[low] = min(weights[low], 0.0)
            elif weights[low] > weights[high]:
                weights[low] = weights[high] = (weights[low] + weights[high]) / 2
    return weights
