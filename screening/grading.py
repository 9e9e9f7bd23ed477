"""Grades where no test decided by itself: the model lowers what speaks against itself, and raises what much evidence carries."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from screening.model import Model, Scored
from screening.verdicts import GROUNDS, Grade, Ground

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]

_SURE, _DOUBT = 0.95, 0.5
_SIGN = 1.2
"""Nats from which a group of features is a sign of its own."""
_CARRIED = 3.5
"""Nats that signs apart from the name must have together."""
_AGAINST = -1.0
_FITS = {
    "surname": frozenset(["equal", "former"]),
    "given": frozenset(["equal", "variant", "initial"]),
    "patronymic": frozenset(["equal", "variant", "initial", "unknown"]),
    "order": frozenset(["unknown"]),
    "org_name": frozenset(["equal", "spelling", "typo", "abbreviation", "generic"]),
}
"""Levels of the names at which other evidence may join two records."""
_OF_NAME = frozenset(["name", "sex", "form"])


def graded(model: Model, ground: Ground, scored: Scored) -> Ground:
    """The ground itself, or M: `probable` falls to `weak` below 0.5; `none` and `weak` rise to `probable` from 0.95.

    They rise only where every part of the name fits as written (no slip, nothing read otherwise) and two independent groups of
    other features carry it; what a name alone says is never more than `weak`.
    """
    if ground.grade is Grade.PROBABLE:
        return GROUNDS["M_doubt"] if scored.probability < _DOUBT else ground
    if ground.grade not in {Grade.NONE, Grade.WEAK} or scored.probability < _SURE:
        return ground
    groups: dict[str, float] = {}
    for feature, level, weight in zip(model.features, scored.levels, scored.weights, strict=True):
        if feature.levels[level] not in _FITS.get(feature.name, feature.levels):
            return ground
        if feature.group not in _OF_NAME:
            groups[feature.group] = groups.get(feature.group, 0.0) + weight
    signs = [weight for weight in groups.values() if weight >= _SIGN]
    enough = len(signs) > 1 and sum(groups.values()) >= _CARRIED and min(groups.values()) > _AGAINST
    return GROUNDS["M"] if enough else ground


def doubtful(chances: Floats) -> Flags:
    """Of pairs graded probable: those that fall to weak."""
    return chances < _DOUBT


def carried(model: Model, levels: npt.NDArray[np.int8], weights: Floats, chances: Floats) -> Flags:
    """Of pairs graded none or weak: those that rise to probable; `graded` for many."""
    groups = sorted({feature.group for feature in model.features if feature.group not in _OF_NAME})
    sums = np.stack(
        [weights[:, [place for place, feature in enumerate(model.features) if feature.group == group]].sum(axis=1) for group in groups]
    )
    agree = np.ones(len(chances), dtype=bool)
    for place, feature in enumerate(model.features):
        if feature.name in _FITS:
            agree &= np.isin(levels[:, place], [number for number, name in enumerate(feature.levels) if name in _FITS[feature.name]])
    signs = (sums >= _SIGN).sum(axis=0) > 1
    risen: Flags = (chances >= _SURE) & agree & signs & (sums.sum(axis=0) >= _CARRIED) & (sums.min(axis=0) > _AGAINST)
    return risen
