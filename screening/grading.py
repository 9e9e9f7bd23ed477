"""Grades where no test decided by itself: the model lowers what speaks against itself, and raises what much evidence carries."""

from __future__ import annotations

from screening.model import Model, Scored
from screening.verdicts import GROUNDS, Grade, Ground

_SURE, _DOUBT = 0.95, 0.5
_SIGN = 1.2
"""Nats from which a group of features is a sign of its own."""
_CARRIED = 3.5
"""Nats that signs apart from the name must have together."""
_AGAINST = -1.0
_NAME = "name"
_OF_NAME = frozenset(["name", "sex", "form"])


def graded(model: Model, ground: Ground, scored: Scored) -> Ground:
    """The ground itself, or M: `probable` falls to `weak` below 0.5; `none` and `weak` rise to `probable` from 0.95.

    They rise only where no part of the name differs and two independent groups of other features carry it; what a name alone
    says is never more than `weak`.
    """
    if ground.grade is Grade.PROBABLE:
        return GROUNDS["M_doubt"] if scored.probability < _DOUBT else ground
    if ground.grade not in {Grade.NONE, Grade.WEAK} or scored.probability < _SURE:
        return ground
    groups: dict[str, float] = {}
    for feature, weight in zip(model.features, scored.weights, strict=True):
        if feature.group == _NAME and weight < 0:
            return ground
        if feature.group not in _OF_NAME:
            groups[feature.group] = groups.get(feature.group, 0.0) + weight
    signs = [weight for weight in groups.values() if weight >= _SIGN]
    carried = len(signs) > 1 and sum(groups.values()) >= _CARRIED and min(groups.values()) > _AGAINST
    return GROUNDS["M"] if carried else ground
