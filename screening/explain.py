"""The waterfall of a judged pair: from the prior, feature by feature, to the probability, in words that a clerk understands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from math import log
from pathlib import Path
from typing import Any, Literal, NamedTuple

from domain.yaml_text import load_yaml
from screening.circumstances import NOTHING_KNOWN
from screening.compare.feature import Feature
from screening.facts import OrgFacts, PersonFacts
from screening.features import LIFE_BEGINS, ORGANIZATIONS, PEOPLE
from screening.model import ORGANIZATIONS_MODEL, PEOPLE_MODEL, Scored
from screening.shown_values import shown_org, shown_person

_WORDS: Mapping[str, Any] = load_yaml((Path(__file__).parent / "explain.yaml").read_text(encoding="utf-8"))

Language = Literal["ru", "en"]
Decided = tuple[float, str] | None
"""A deciding test's probability and sentence; None where the model's stands."""

PRIOR, CALIBRATION, DECIDED = "prior", "calibration", "decisive"
_RARE = 1.0


class Step(NamedTuple):
    """One step of the waterfall. `weight`: nats, positive for one and the same; `level` is the model's word, empty outside features."""

    feature: str
    left: str
    right: str
    level: str
    weight: float
    words: str

    def told(self) -> dict[str, Any]:
        """For a program."""
        return {
            "feature": self.feature,
            "left": self.left,
            "right": self.right,
            "level": self.level,
            "weight": round(self.weight, 4),
            "words": self.words,
        }


def waterfall_of_people(one: PersonFacts, two: PersonFacts, scored: Scored, decided: Decided, language: Language) -> tuple[Step, ...]:
    """The steps for two people; features of which neither says anything are left out."""
    plain = all(facts.life is NOTHING_KNOWN and not facts.workplaces for facts in (one, two))
    shown = shown_person(one, language), shown_person(two, language)
    return _steps(_PLAIN if plain else PEOPLE, PEOPLE_MODEL.prior, shown, scored, decided, language)


def waterfall_of_orgs(one: OrgFacts, two: OrgFacts, scored: Scored, decided: Decided, language: Language) -> tuple[Step, ...]:
    """The steps for two organizations."""
    shown = shown_org(one), shown_org(two)
    return _steps(ORGANIZATIONS, ORGANIZATIONS_MODEL.prior, shown, scored, decided, language)


_PLAIN = PEOPLE[:LIFE_BEGINS]


def signed(weight: float, language: Language) -> str:
    """`+7,1`, `−3,2`, `0`; a point in English."""
    return _signed(round(weight * 10), language)


@lru_cache(maxsize=1 << 12)
def _signed(tenths: int, language: Language) -> str:
    weight = tenths / 10
    if abs(weight) < 0.05:
        return "0"
    text = f"{abs(weight):.1f}"
    return ("−" if weight < 0 else "+") + (text.replace(".", ",") if language == "ru" else text)


def _steps(
    features: Sequence[Feature],
    prior: float,
    shown: tuple[Sequence[str], Sequence[str]],
    scored: Scored,
    decided: Decided,
    language: Language,
) -> tuple[Step, ...]:
    steps = [_bare(PRIOR, prior, _WORDS[PRIOR][language], language)]
    rows = zip(features, *shown, scored.levels, scored.rarities, scored.weights, strict=False)
    for feature, left, right, level, rare, weight in rows:
        if level or left or right:
            why = _BOTH if left and right else _ONE
            name, word = feature.name, feature.levels[level]
            said = _weighed(name, word, why, _kind(level, rare), round(weight * 10), language)
            steps.append(Step(name, left, right, word, weight, said))
    final = _log_odds(decided[0] if decided else scored.probability)
    if decided:
        steps.append(_bare(DECIDED, final - scored.log_odds, f"{_WORDS['decided'][language]} {decided[1].rstrip('.')}", language))
    elif abs(final - scored.log_odds) > 1e-9:
        steps.append(_bare(CALIBRATION, final - scored.log_odds, _WORDS[CALIBRATION][language], language))
    return tuple(steps)


@lru_cache(maxsize=1 << 14)
def _weighed(name: str, level: str, why: str, kind: str, tenths: int, language: Language) -> str:
    return f"{_said(name, level, why, kind, language)}: {_signed(tenths, language)}"


def _bare(name: str, weight: float, words: str, language: Language) -> Step:
    return Step(name, "", "", "", weight, f"{words}: {signed(weight, language)}")


_BOTH, _ONE = "not_comparable", "one_unknown"


def _kind(level: int, rare: float) -> str:
    """Which words name the feature: those of a rare or a common value, or plain ones."""
    return "" if level < 2 or abs(rare) < _RARE else "rare_words" if rare > 0 else "common_words"


def _said(name: str, level: str, why: str, kind: str, language: Language) -> str:
    """What is said of one feature; `why` nothing is, where the level is unknown."""
    if level == "unknown":
        return f"{_WORDS['features'][name][language]} — {_WORDS[why][language]}"
    words = _WORDS[kind][name] if kind else _WORDS["features"][name]
    return f"{words[language]} — {_WORDS['levels'][level][language]}"


def _log_odds(probability: float) -> float:
    return log(probability / (1 - probability))
