"""The probability that a check confirms a finding: documented prior weights, corrected by decisions (Bayesian logistic regression).

With no decisions the weights are those of risk.yaml; each decision moves them as far as the prior's width allows (the maximum a
posteriori estimate under independent normal priors, by Newton's method; Bishop 2006, 4.5). So the score is a probability from the
first day, and one that the city's own decisions calibrate.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from math import exp, log
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from queries.analysis.data import read_data

Language = Literal["ru", "en"]
Body = Mapping[str, Any]
_Array = NDArray[np.float64]
CLOSE = ("P", "C", "S", "B")
IN_CHARGE = frozenset({"DIRECTS", "STAKE", "OWNS", "REPRESENTS"})
OLD_YEARS = 3
_STEPS = 50
_SMALL = 1e-9


def prior() -> Mapping[str, Any]:
    """What risk.yaml says."""
    return read_data("risk")


@dataclass(frozen=True, slots=True)
class Part:
    """One feature of a finding with its weight in log-odds, in words."""

    name: str
    weight: float
    ru: str
    en: str


@dataclass(frozen=True, slots=True)
class Model:
    """Weights in log-odds by feature name; `decided`: how many decisions they rest on."""

    weights: Mapping[str, float] = field(default_factory=dict)
    decided: int = 0

    @property
    def measured(self) -> bool:
        """Enough decisions to say more than the prior."""
        return self.decided >= int(prior()["enough"])

    def parts(self, names: Iterable[str]) -> tuple[Part, ...]:
        """The named features with their weights, in the order given."""
        made = []
        for name in names:
            said = _prior_of(name)
            made.append(Part(name, self.weights.get(name, said.weight), said.ru, said.en))
        return tuple(made)

    def probability(self, names: Iterable[str]) -> float:
        """That a check confirms a finding of these features."""
        return _sigmoid(sum(part.weight for part in self.parts(names)))


@dataclass(frozen=True, slots=True)
class Said:
    """The prior of one weight."""

    weight: float
    sd: float
    ru: str
    en: str


def features_of(body: Body, *, repeated: bool, today: date) -> tuple[str, ...]:
    """The features of a finding (contract.md 4) that the model knows, the severity first."""
    match = body.get("match") or {}
    modifiers = set(body.get("modifiers") or ())
    kin = body.get("kin")
    share = body.get("share")
    ties = {hop["type"] for hop in body.get("chain") or ()}
    held = {
        "identity_probable": match.get("grade") == "probable",
        "identity_weak": match.get("grade") == "weak",
        "not_computable": body["outcome"] == "not_computable",
        "settled": body["status"] == "SETTLED",
        "no_notice": "R-23" in modifiers,
        "self": kin is None,
        "close_kin": kin is not None and kin.get("path") in CLOSE,
        "declared_kin": "declared" in modifiers,
        "reverse_kin": "reverse" in modifiers,
        "controls": (share is not None and share > 1 / 2) or "DIRECTS" in ties,
        "small_share": share is not None and share <= 1 / 10,
        "employee_only": kin is not None and share is None and "EMPLOYED_BY" in ties and ties.isdisjoint(IN_CHARGE),
        "repeated": repeated,
        "old": _age(body, today) > OLD_YEARS,
    }
    return (f"severity:{body['severity']}", f"rule:{body['rule']}", *(name for name, there in held.items() if there))


def fit(decided: Sequence[tuple[Sequence[str], bool]]) -> Model:
    """The weights after these decisions (features, confirmed or not). The order of the decisions doesn't matter."""
    if not decided:
        return Model()
    names = sorted({name for features, _ in decided for name in features})
    place = {name: n for n, name in enumerate(names)}
    said = [_prior_of(name) for name in names]
    centre = np.array([one.weight for one in said])
    precision = np.array([1 / one.sd**2 for one in said])
    x = np.zeros((len(decided), len(names)))
    for row, (features, _) in enumerate(decided):
        x[row, [place[name] for name in features]] = 1.0
    y = np.array([float(confirmed) for _, confirmed in decided])
    weights = _newton(x, y, centre, precision)
    return Model({name: float(weights[n]) for name, n in place.items()}, len(decided))


def band(score: float) -> str:
    """`high`, `medium` or `low`."""
    bounds: Mapping[str, float] = prior()["bands"]
    return next(name for name, least in sorted(bounds.items(), key=lambda one: -one[1]) if score >= least)


def hazard(probability: float) -> float:
    """−ln(1 − p): what independent probabilities add up in."""
    return -log(max(1 - probability, _SMALL))


def _newton(x: _Array, y: _Array, centre: _Array, precision: _Array) -> _Array:
    """The minimum of the penalised loss, which is convex: Newton's steps, halved while they go too far."""

    def loss(weights: _Array) -> float:
        z = x @ weights
        return float(np.sum(np.logaddexp(0, z) - y * z) + 0.5 * np.sum(precision * (weights - centre) ** 2))

    weights, now = centre.copy(), loss(centre)
    for _ in range(_STEPS):
        p = 1 / (1 + np.exp(-np.clip(x @ weights, -30, 30)))
        gradient = x.T @ (p - y) + precision * (weights - centre)
        curvature = (x.T * (p * (1 - p))) @ x + np.diag(precision)
        step = np.linalg.solve(curvature, gradient)
        while (then := loss(weights - step)) > now and float(np.abs(step).max()) > _SMALL:
            step = step / 2
        weights, now = weights - step, then
        if float(np.abs(step).max()) <= _SMALL:
            break
    return weights


def _prior_of(name: str) -> Said:
    kind, _, value = name.partition(":")
    table = prior()
    if kind == "rule":
        row = table["rules"]
        return Said(row["weight"], row["sure"], row["ru"].format(rule=value), row["en"].format(rule=value))
    row = table["severity"][value] if kind == "severity" else table["features"][name]
    return Said(row["weight"], row["sure"], row["ru"], row["en"])


def _age(body: Body, today: date) -> float:
    text = (body.get("event") or {}).get("date")
    try:
        return (today - date.fromisoformat(text)).days / 365.25 if text else 0.0
    except ValueError:
        return 0.0


def _sigmoid(value: float) -> float:
    return 1 / (1 + exp(-value)) if value > -700 else 0.0
