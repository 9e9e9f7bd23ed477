"""`python -m screening.training tests/quality/*.jsonl`: makes weights.yaml from the priors and the pairs of the split "fit"."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from domain.yaml_text import load_yaml
from screening.features import ORGANIZATIONS, PEOPLE
from screening.training.calibrate import Floats, choose, log_loss
from screening.training.em import Estimates, estimate
from screening.training.fit import Design, fit
from screening.training.pairs import Integers, Pairs, read_crossed, read_pairs

_HERE = Path(__file__).parent
_STIFFNESS = (1.0, 3.0, 10.0)
_FOLDS = 5
_BLEND = 0.15
"""How much of the estimates without labels enters the weights that labelled pairs then move."""
_SEEN = 40


def main() -> int:
    """Write the weights; the figures of cross-validation go to their header and to stderr."""
    parser = argparse.ArgumentParser(prog="python -m screening.training")
    parser.add_argument("pairs", nargs="+", type=Path, metavar="PAIRS.jsonl")
    parser.add_argument("--version", required=True, help="goes with every stored identity, e.g. 2026-11")
    parser.add_argument("--out", type=Path, default=_HERE.parent / "weights.yaml")
    chosen = parser.parse_args()
    priors = load_yaml((_HERE / "priors.yaml").read_text(encoding="utf-8"))
    people, organizations = read_pairs(chosen.pairs)
    some_people, some_organizations = read_crossed(chosen.pairs)
    made = {
        "people": _train(PEOPLE, priors["people"], people, some_people),
        "organizations": _train(ORGANIZATIONS, priors["organizations"], organizations, some_organizations),
    }
    chosen.out.write_text(_rendered(chosen.version, made), encoding="utf-8")
    return 0


def _train(features: tuple[Any, ...], prior: Mapping[str, Any], pairs: Pairs, crossed: Integers) -> dict[str, Any]:
    design = Design(features, prior["relatives"], tuple(prior["rarity"]))
    start = _start(design, prior)
    sizes = tuple(len(feature.levels) for feature in features)
    tables = tuple(np.array([0.0, *start[a:b]]) for a, b in zip(design.offsets, design.offsets[1:], strict=False))
    unlabelled = estimate(crossed, sizes, tables, prior=0.1)
    centre = _blended(design, start, unlabelled)
    kinds, mixed = pairs.groups % _FOLDS, np.random.default_rng(5).permutation(len(pairs.same)) % _FOLDS
    stiffness = min(_STIFFNESS, key=lambda one: log_loss(_chances(_held_out(design, pairs, centre, one, kinds)), pairs.same))
    weights = fit(design, pairs, centre, stiffness)
    way, curve, loss, error = choose(_held_out(design, pairs, centre, stiffness, mixed), pairs.same)
    figures = {
        "pairs": len(pairs.same),
        "stiffness": stiffness,
        "curve": way,
        "log_loss": round(loss, 4),
        "calibration_error": round(error, 4),
    }
    sys.stderr.write(f"{figures}\n")
    return {"figures": figures, "design": design, "weights": weights, "estimates": unlabelled, "curve": curve, "prior": prior}


def _start(design: Design, prior: Mapping[str, Any]) -> Floats:
    levels = [float(prior["features"][feature.name][level]) for feature in design.features for level in feature.levels[1:]]
    return np.array([float(prior["prior"]), *levels, *(float(prior["rarity"][name]) for name in design.shares)])


def _blended(design: Design, start: Floats, found: Estimates) -> Floats:
    """Weights of levels that enough pairs have move part of the way to what the pairs say without their labels."""
    centre = start.copy()
    for place, at in enumerate(design.offsets[:-1]):
        for level, seen in enumerate(found.seen[place]):
            if seen >= _SEEN:
                told = float(np.clip(np.log(found.m[place][level] / found.u[place][level]), -6, 6))
                if told * start[at + level] > 0:
                    centre[at + level] += _BLEND * (told - start[at + level])
    return centre


def _held_out(design: Design, pairs: Pairs, centre: Floats, stiffness: float, folds: Integers) -> Floats:
    """Log-odds of each pair from weights that never saw its fold; where folds are whole categories, how well it does on new kinds."""
    totals = np.zeros(len(pairs.same))
    for one in range(_FOLDS):
        held = folds == one
        weights = fit(design, pairs.take(~held), centre, stiffness)
        totals[held] = design.matrix(pairs.take(held), centre) @ weights
    return totals


def _chances(totals: Floats) -> Floats:
    chances: Floats = 1 / (1 + np.exp(-np.clip(totals, -30, 30)))
    return chances


def _rendered(version: str, made: Mapping[str, Mapping[str, Any]]) -> str:
    lines = [
        "# The weights of the matching model (screening/model.py), in nats; m and u are shares of the level among pairs that are one and",
        "# that are not, estimated without labels. Made by `python -m screening.training tests/quality/*.jsonl --version V`",
        '# from screening/training/priors.yaml and the pairs of the split "fit"; do not edit. Cross-validated on those pairs:',
    ]
    lines += [f"#   {kind}: {', '.join(f'{name} {value}' for name, value in one['figures'].items())}" for kind, one in made.items()]
    lines.append(f'version: "{version}"')
    for kind, one in made.items():
        lines += [f"{kind}:", *_kind(one["design"], one["weights"], one["estimates"], one["prior"], one["curve"])]
    return "\n".join(lines) + "\n"


def _kind(design: Design, weights: Floats, found: Estimates, prior: Mapping[str, Any], curve: Sequence[tuple[float, float]]) -> list[str]:
    lines = [f"  prior: {weights[0]:.3f}", "  features:"]
    for place, (at, feature) in enumerate(zip(design.offsets, design.features, strict=False)):
        lines.append(f"    {feature.name}:")
        for level, name in enumerate(feature.levels[1:]):
            m, u = found.m[place][level], found.u[place][level]
            lines.append(f"      {name}: {{weight: {weights[at + level]:.3f}, m: {m:.4f}, u: {u:.4f}, pairs: {found.seen[place][level]}}}")
    shares = {name: round(float(weights[design.offsets[-1] + place]), 3) for place, name in enumerate(design.shares)}
    for name, value in (("rarity", shares), ("most", prior["most"]), ("least", prior["least"]), ("relatives", prior["relatives"])):
        lines.append(f"  {name}: {{{', '.join(f'{key}: {one}' for key, one in value.items())}}}")
    lines.append(f"  curve: [{', '.join(f'[{x:.3f}, {y:.3f}]' for x, y in curve)}]")
    return lines


if __name__ == "__main__":
    sys.exit(main())
