"""What a judged pair is: the test that decided, its grade, a prior probability, and why in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any, Literal

from domain.errors import DefinitionError
from domain.yaml_text import load_yaml
from screening.comparison import Compared, compared_orgs, compared_people
from screening.explain import Step, waterfall_of_orgs, waterfall_of_people
from screening.facts import OrgFacts, PersonFacts
from screening.features import compare_orgs, compare_people
from screening.model import ORGANIZATIONS_MODEL, PEOPLE_MODEL, Scored

_DATA_FILE = Path(__file__).parent / "verdicts.yaml"
_DATA: Mapping[str, Mapping[str, Mapping[str, Any]]] = load_yaml(_DATA_FILE.read_text(encoding="utf-8"))

Language = Literal["ru", "en"]


class Grade(StrEnum):
    """How much an answer is worth. Only certain and probable join records; reject and data_error keep them apart."""

    CERTAIN = "certain"
    PROBABLE = "probable"
    WEAK = "weak"
    NONE = "none"
    REJECT = "reject"
    DATA_ERROR = "data_error"


@dataclass(frozen=True, slots=True)
class Ground:
    """One possible answer, as `verdicts.yaml` declares it. `data_error`: a person should look at the records themselves."""

    code: str
    test: str
    grade: Grade
    probability: float
    ru: str
    en: str
    data_error: bool = False

    @property
    def decided(self) -> bool:
        """Whether the test decides by itself, so that the model is not asked."""
        return self.test in _DECIDED


_DECIDED = frozenset(["N1", "N2", "N3", "S1", "S2", "S3", "O1"])


def _load() -> Mapping[str, Ground]:
    grounds: dict[str, Ground] = {}
    for code, row in _DATA["grounds"].items():
        if row["test"] not in _DATA["tests"]:
            raise DefinitionError(str(_DATA_FILE), 1, f"{code}: no such test {row['test']}")
        grounds[code] = Ground(
            code, row["test"], Grade(row["grade"]), float(row["probability"]), row["ru"], row["en"], bool(row.get("data_error", False))
        )
    return grounds


GROUNDS = _load()


@cache
def _explained(ground: Ground, language: Language) -> str:
    return f"{ground.test}. {_DATA['tests'][ground.test][language]}: {ground.ru if language == 'ru' else ground.en}."


@dataclass(frozen=True, slots=True)
class Verdict:
    """The answer for one pair; what was compared is worked out when asked for. `scored` is None where a test decided by itself."""

    ground: Ground
    left: PersonFacts | OrgFacts
    right: PersonFacts | OrgFacts
    shared_identifier: bool = False
    scored: Scored | None = None

    @property
    def test(self) -> str:
        """`N1` … `S6`, `O1`, `O2`, `M` (the model raised or lowered what a test said), or `none`."""
        return self.ground.test

    @property
    def grade(self) -> Grade:
        """certain, probable, weak, none, reject or data_error."""
        return self.ground.grade

    @property
    def probability(self) -> float:
        """That both are one: the deciding test's, else the model's."""
        return self.scored.probability if self.scored else self.ground.probability

    @property
    def data_error(self) -> bool:
        """A task for a person: one number on two people, or equal numbers with unlike names."""
        return self.ground.data_error or (self.shared_identifier and self.ground.grade is Grade.REJECT)

    @property
    def compared(self) -> tuple[Compared, ...]:
        """Every feature that either side has, with both values and the outcome."""
        if isinstance(self.left, PersonFacts) and isinstance(self.right, PersonFacts):
            return compared_people(self.left, self.right)
        if isinstance(self.left, OrgFacts) and isinstance(self.right, OrgFacts):
            return compared_orgs(self.left, self.right)
        return ()

    def explain(self, language: Language = "ru") -> str:
        """One sentence: the test, and why."""
        return _explained(self.ground, language)

    def waterfall(self, language: Language = "ru") -> tuple[Step, ...]:
        """From the prior over each feature to the probability: the weights add up to its log-odds."""
        decided = None if self.scored else (self.ground.probability, self.explain(language))
        if isinstance(self.left, PersonFacts) and isinstance(self.right, PersonFacts):
            scored = self.scored or PEOPLE_MODEL.score(*compare_people(self.left, self.right))
            return waterfall_of_people(self.left, self.right, scored, decided, language)
        if isinstance(self.left, OrgFacts) and isinstance(self.right, OrgFacts):
            scored = self.scored or ORGANIZATIONS_MODEL.score(*compare_orgs(self.left, self.right))
            return waterfall_of_orgs(self.left, self.right, scored, decided, language)
        return ()

    def explain_compared(self, language: Language = "ru") -> list[str]:
        """A line per feature: `дата рождения: 1992-09-17 — 1980-02-01, различается`."""
        features, outcomes = _DATA["features"], _DATA["outcomes"]
        return [
            f"{features[row.feature][language]}: {row.left or '—'} / {row.right or '—'}, {outcomes[row.outcome][language]}"
            for row in self.compared
        ]
