"""The waterfall of a judged pair: from the prior, feature by feature, to the probability, in words that a clerk understands."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cache, lru_cache
from math import log
from pathlib import Path
from typing import Any, Literal, NamedTuple

from domain.yaml_text import load_yaml
from screening.circumstances import NOTHING_KNOWN
from screening.compare.feature import Feature
from screening.facts import OrgFacts, PersonFacts
from screening.features import LIFE_BEGINS, ORGANIZATIONS, PEOPLE
from screening.model import ORGANIZATIONS_MODEL, PEOPLE_MODEL, Scored
from screening.shown_values import org_value, person_value

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


_SHOWN: Mapping[Language, Sequence[Callable[[Any], str]]] = {
    "ru": [person_value(feature.name, "ru") for feature in PEOPLE],
    "en": [person_value(feature.name, "en") for feature in PEOPLE],
}
_ORG_SHOWN: Sequence[Callable[[Any], str]] = [org_value(feature.name) for feature in ORGANIZATIONS]


def waterfall_of_people(one: PersonFacts, two: PersonFacts, scored: Scored, decided: Decided, language: Language) -> tuple[Step, ...]:
    """The steps for two people; features of which neither says anything are left out."""
    plain = all(facts.life is NOTHING_KNOWN and not facts.workplaces for facts in (one, two))
    return _steps(PEOPLE[:LIFE_BEGINS] if plain else PEOPLE, PEOPLE_MODEL.prior, (one, two), scored, decided, language, _SHOWN[language])


def waterfall_of_orgs(one: OrgFacts, two: OrgFacts, scored: Scored, decided: Decided, language: Language) -> tuple[Step, ...]:
    """The steps for two organizations."""
    return _steps(ORGANIZATIONS, ORGANIZATIONS_MODEL.prior, (one, two), scored, decided, language, _ORG_SHOWN)


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
    pair: tuple[Any, Any],
    scored: Scored,
    decided: Decided,
    language: Language,
    shown: Sequence[Callable[[Any], str]],
) -> tuple[Step, ...]:
    steps = [_bare(PRIOR, prior, _WORDS[PRIOR][language], language)]
    one, two = pair
    for feature, show, level, rare, weight in zip(features, shown, scored.levels, scored.rarities, scored.weights, strict=False):
        left, right = show(one), show(two)
        if level or left or right:
            why = _BOTH if left and right else _ONE
            said = f"{_said(feature.name, feature.levels[level], why, _kind(level, rare), language)}: {signed(weight, language)}"
            steps.append(Step(feature.name, left, right, feature.levels[level], weight, said))
    final = _log_odds(decided[0] if decided else scored.probability)
    if decided:
        steps.append(_bare(DECIDED, final - scored.log_odds, f"{_WORDS['decided'][language]} {decided[1].rstrip('.')}", language))
    elif abs(final - scored.log_odds) > 1e-9:
        steps.append(_bare(CALIBRATION, final - scored.log_odds, _WORDS[CALIBRATION][language], language))
    return tuple(steps)


def _bare(name: str, weight: float, words: str, language: Language) -> Step:
    return Step(name, "", "", "", weight, f"{words}: {signed(weight, language)}")


_BOTH, _ONE = "not_comparable", "one_unknown"


def _kind(level: int, rare: float) -> str:
    """Which words name the feature: those of a rare or a common value, or plain ones."""
    return "" if level < 2 or abs(rare) < _RARE else "rare_words" if rare > 0 else "common_words"


@cache
def _said(name: str, level: str, why: str, kind: str, language: Language) -> str:
    """What is said of one feature; `why` nothing is, where the level is unknown."""
    if level == "unknown":
        return f"{_WORDS['features'][name][language]} — {_WORDS[why][language]}"
    words = _WORDS[kind][name] if kind else _WORDS["features"][name]
    return f"{words[language]} — {_WORDS['levels'][level][language]}"


def _log_odds(probability: float) -> float:
    return log(probability / (1 - probability))
