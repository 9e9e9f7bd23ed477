"""Expectation and maximization: m and u of every level from pairs without labels (Fellegi and Sunter's estimates; Winkler 1988)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]

_ROUNDS = 200
_CLOSE = 1e-6
_PSEUDO = 2.0
"""Pairs' worth of the starting estimate that every level keeps: a level nobody saw is not impossible."""


@dataclass(frozen=True, slots=True)
class Estimates:
    """`m[f][l]`: share of level l among pairs that are one, of those where feature f is known; `u` among the others.

    `match`: the share of pairs that are one. `seen[f][l]`: pairs at the level.
    """

    m: tuple[Floats, ...]
    u: tuple[Floats, ...]
    match: float
    seen: tuple[Integers, ...]


def estimate(levels: Integers, sizes: tuple[int, ...], start: tuple[Floats, ...], prior: float = 0.5) -> Estimates:
    """From the log-odds weights `start` (index 0 unknown) to the nearest maximum of the likelihood; unknown is missing at random."""
    hot = [np.eye(size)[levels[:, place]][:, 1:] for place, size in enumerate(sizes)]
    seen = [each.sum(axis=0) for each in hot]
    u = [(count + 1) / (count + 1).sum() for count in seen]
    m = [share * np.exp(weight[1:]) for share, weight in zip(u, start, strict=True)]
    m = [share / share.sum() for share in m]
    first_m, first_u = list(m), list(u)
    match = prior
    for _ in range(_ROUNDS):
        odds = np.full(len(levels), np.log(match / (1 - match)))
        for place, each in enumerate(hot):
            odds += each @ np.log(m[place] / u[place])
        posterior = 1 / (1 + np.exp(-np.clip(odds, -30, 30)))
        before, match = match, float(np.clip(posterior.mean(), 0.01, 0.99))
        m = [_share(posterior @ each, start_m) for each, start_m in zip(hot, first_m, strict=True)]
        u = [_share((1 - posterior) @ each, start_u) for each, start_u in zip(hot, first_u, strict=True)]
        if abs(match - before) < _CLOSE:
            break
    return Estimates(tuple(m), tuple(u), match, tuple(count.astype(np.int64) for count in seen))


def _share(counts: Floats, start: Floats) -> Floats:
    kept = counts + _PSEUDO * start
    share: Floats = np.maximum(kept / kept.sum(), 1e-6)
    return share
