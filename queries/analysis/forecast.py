"""Forecast of counts by quarter: models judged by rolling back-tests against naive ones, with intervals, or a plain "too few"."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import sqrt

import numpy as np
from scipy import stats
from statsmodels.genmod.families import Poisson
from statsmodels.genmod.generalized_linear_model import GLM
from statsmodels.tsa.holtwinters import ExponentialSmoothing
from threadpoolctl import threadpool_limits

HORIZON = 4
"""Quarters ahead."""
LEAST_QUARTERS = 8
LEAST_SIGNALS = 12
"""Below either nothing is forecast: what could be said would be noise."""
LEVEL = 0.8
"""Of the interval."""
YEAR = 4
ORIGINS = 8
"""Back-tests start from the last so many quarters: older ones say little of the next."""

Counts = Sequence[int]
Method = Callable[[Counts], Sequence[float]]
Backtest = Sequence[Sequence[tuple[int, float]]]


@dataclass(frozen=True, slots=True)
class Point:
    """One quarter ahead: the expected count and the interval that holds it with probability LEVEL."""

    ahead: int
    expected: float
    low: int
    high: int


@dataclass(frozen=True, slots=True)
class Judged:
    """How a method did when each quarter after the first eight was the last known one: mean absolute error over four quarters ahead."""

    method: str
    error: float


@dataclass(frozen=True, slots=True)
class Forecast:
    """Points, or none where there is too little. `coverage`: the part of back-tested counts that lay in their intervals."""

    points: tuple[Point, ...]
    method: str
    judged: tuple[Judged, ...] = ()
    coverage: float | None = None

    @property
    def too_few(self) -> bool:
        """Not enough quarters or signals to say anything."""
        return not self.points


def forecast(counts: Counts) -> Forecast:
    """The method that erred least in the back-tests; a model is taken only where it beats every naive method."""
    if len(counts) < LEAST_QUARTERS or sum(counts) < LEAST_SIGNALS:
        return Forecast((), "too_few")
    with threadpool_limits(1):  # matrices of a few rows: threads would only wait for each other, seconds on a busy machine
        return _forecast(counts)


def _forecast(counts: Counts) -> Forecast:
    tested = {name: _backtest(counts, method) for name, method in METHODS.items()}
    judged = tuple(sorted((Judged(name, _error(some)) for name, some in tested.items()), key=lambda one: (one.error, one.method)))
    best = _chosen({one.method: one.error for one in judged})
    expected = METHODS[best](counts)
    spread = [_variance(tested[best], ahead) for ahead in range(HORIZON)]
    points = tuple(_point(ahead + 1, expected[ahead], spread[ahead]) for ahead in range(HORIZON))
    return Forecast(points, best, judged, _coverage(tested[best], spread))


def _chosen(errors: Mapping[str, float]) -> str:
    naive = min(NAIVE, key=lambda name: (errors[name], NAIVE.index(name)))
    model = min((name for name in METHODS if name not in NAIVE), key=lambda name: (errors[name], name))
    return model if errors[model] < errors[naive] else naive


def _backtest(counts: Counts, method: Method) -> Backtest:
    """(actual, told) by origin; an origin near the end has fewer quarters to compare."""
    return [list(zip(counts[origin : origin + HORIZON], method(counts[:origin]), strict=False)) for origin in _origins(counts)]


def _origins(counts: Counts) -> range:
    return range(max(LEAST_QUARTERS - 1, len(counts) - ORIGINS), len(counts))


def _error(tested: Backtest) -> float:
    return float(np.mean([abs(actual - told) for some in tested for actual, told in some]))


def _variance(tested: Backtest, ahead: int) -> float:
    """The mean squared error so many quarters ahead; where that was never tested, of the last tested distance."""
    for distance in range(ahead, -1, -1):
        seen = [some[distance][0] - some[distance][1] for some in tested if len(some) > distance]
        if seen:
            return float(np.mean(np.square(seen)))
    return 0.0


def _point(ahead: int, expected: float, variance: float) -> Point:
    low, high = _interval(expected, variance)
    return Point(ahead, round(expected, 3), low, high)


def _interval(expected: float, variance: float) -> tuple[int, int]:
    """Quantiles of a negative binomial with the back-tests' spread, of a Poisson where they spread no more than that."""
    mean = max(expected, 0.05)
    tail = (1 - LEVEL) / 2
    wide = variance > mean * 1.001
    law = stats.nbinom(mean * mean / (variance - mean), mean / variance) if wide else stats.poisson(mean)
    return int(law.ppf(tail)), int(law.ppf(1 - tail))


def _coverage(tested: Backtest, spread: Sequence[float]) -> float:
    inside = []
    for some in tested:
        for ahead, (actual, told) in enumerate(some):
            low, high = _interval(told, spread[ahead])
            inside.append(low <= actual <= high)
    return float(np.mean(inside))


def _last(counts: Counts) -> list[float]:
    return [float(counts[-1])] * HORIZON


def _last_year(counts: Counts) -> list[float]:
    return [float(counts[len(counts) - YEAR + ahead]) for ahead in range(HORIZON)]


def _mean_year(counts: Counts) -> list[float]:
    return [float(np.mean(counts[-YEAR:]))] * HORIZON


def _mean_all(counts: Counts) -> list[float]:
    return [float(np.mean(counts))] * HORIZON


def _smoothed(counts: Counts) -> list[float]:
    """Simple exponential smoothing (ETS A,N,N)."""
    return _ets(counts, trend=None)


def _trended(counts: Counts) -> list[float]:
    """Exponential smoothing with a damped trend (ETS A,Ad,N)."""
    return _ets(counts, trend="add")


def _ets(counts: Counts, trend: str | None) -> list[float]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # an optimum at a bound is an answer here
        model = ExponentialSmoothing(
            np.asarray(counts, dtype=float),
            trend=trend,
            damped_trend=trend is not None,
            initialization_method="heuristic" if len(counts) >= 10 else "estimated",
        )
        fitted = model.fit(optimized=True, use_brute=False)
        return [max(0.0, float(value)) for value in fitted.forecast(HORIZON)]


def _poisson(counts: Counts) -> list[float]:
    """Poisson regression on time and, from three years on, on the quarter of the year."""
    if not any(counts):
        return [0.0] * HORIZON
    length = len(counts)
    quarters = np.arange(length + HORIZON)
    columns = [np.ones(length + HORIZON), (quarters - length / 2) / sqrt(length)]
    if length >= 3 * YEAR:
        columns += [np.sin(2 * np.pi * quarters / YEAR), np.cos(2 * np.pi * quarters / YEAR)]
    design = np.column_stack(columns)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        # A slight ridge keeps the slope of a series of nearly nothing finite.
        fitted = GLM(np.asarray(counts, dtype=float), design[:length], family=Poisson()).fit_regularized(alpha=0.01, L1_wt=0.0)
        told = np.exp(np.clip(design[length:] @ np.asarray(fitted.params), -20, 20))
    most = 3.0 * max(counts)  # an exponential must not run away from what was ever seen
    return [min(float(value), most) for value in told]


NAIVE = ("last", "last_year", "mean_year", "mean_all")
METHODS: Mapping[str, Method] = {
    "last": _last,
    "last_year": _last_year,
    "mean_year": _mean_year,
    "mean_all": _mean_all,
    "ets": _smoothed,
    "ets_trend": _trended,
    "poisson": _poisson,
}
