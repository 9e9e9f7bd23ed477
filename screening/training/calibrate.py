"""From log-odds to probabilities that mean what they say: Platt's line, or an isotonic curve where cross-validation clearly prefers it."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt
from sklearn.isotonic import IsotonicRegression
from sklearn.linear_model import LogisticRegression

Floats = npt.NDArray[np.float64]
Curve = list[tuple[float, float]]
"""Points (log-odds, calibrated log-odds), rising."""

_FOLDS = 5
_EDGE = 8.0
_SOFT = 0.02
"""No bin of labelled pairs is so pure that a probability may be nearer to 0 or 1 than this, but for the line beyond its ends."""


def platt(totals: Floats, same: Floats) -> Curve:
    """J. Platt (1999): a line in log-odds."""
    model = LogisticRegression(C=100.0).fit(totals[:, None], same)
    slope, shift = float(model.coef_[0][0]), float(model.intercept_[0])
    return [(-_EDGE, shift - slope * _EDGE), (_EDGE, shift + slope * _EDGE)]


def isotonic(totals: Floats, same: Floats) -> Curve:
    """A rising step curve (Zadrozny, Elkan 2002), as points that a line joins."""
    model = IsotonicRegression(y_min=_SOFT, y_max=1 - _SOFT, out_of_bounds="clip").fit(totals, same)
    knots = np.linspace(-5, 5, 21)
    chances = model.predict(knots)
    odds = np.maximum.accumulate(np.log(chances / (1 - chances)) + 1e-3 * knots)
    return [(-_EDGE, min(float(odds[0]), -_EDGE)), *zip(knots.tolist(), odds.tolist(), strict=True), (_EDGE, max(float(odds[-1]), _EDGE))]


def apply(curve: Curve, totals: Floats) -> Floats:
    """The probabilities."""
    x, y = np.array(curve).T
    chances: Floats = 1 / (1 + np.exp(-np.interp(totals, x, y)))
    return chances


def log_losses(chances: Floats, same: Floats) -> Floats:
    """Negative log-likelihood of each pair, in nats."""
    kept = np.clip(chances, 1e-6, 1 - 1e-6)
    losses: Floats = -(same * np.log(kept) + (1 - same) * np.log(1 - kept))
    return losses


def log_loss(chances: Floats, same: Floats) -> float:
    """Mean negative log-likelihood, in nats a pair."""
    return float(log_losses(chances, same).mean())


def expected_error(chances: Floats, same: Floats, bins: int = 10) -> float:
    """Expected calibration error over equal bins of probability."""
    place = np.minimum((chances * bins).astype(int), bins - 1)
    gaps = [abs(chances[place == one].sum() - same[place == one].sum()) for one in range(bins)]
    return float(sum(gaps) / len(same))


def choose(totals: Floats, same: Floats, seed: int = 7) -> tuple[str, Curve, float, float]:
    """The line, unless the steps are better by more than a standard error of the paired log losses, cross-validated.

    Gives the name, the curve on all pairs, its log loss and its calibration error. Labelled pairs hardly ever lie between clearly
    one and clearly not one, and there a step curve follows the few that do.
    """
    fold = np.random.default_rng(seed).permutation(len(totals)) % _FOLDS
    ways: dict[str, Callable[[Floats, Floats], Curve]] = {"platt": platt, "isotonic": isotonic}
    found: dict[str, Floats] = {}
    for name, way in ways.items():
        chances = np.zeros(len(totals))
        for one in range(_FOLDS):
            held = fold == one
            chances[held] = apply(way(totals[~held], same[~held]), totals[held])
        found[name] = chances
    gain = log_losses(found["platt"], same) - log_losses(found["isotonic"], same)
    best = "isotonic" if gain.mean() > gain.std() / np.sqrt(len(gain)) else "platt"
    return best, ways[best](totals, same), log_loss(found[best], same), expected_error(found[best], same)
