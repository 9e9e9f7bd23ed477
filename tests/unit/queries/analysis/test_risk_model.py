"""The risk of a finding: the prior's order, what decisions do to it, and probabilities that mean what they say."""

from __future__ import annotations

from datetime import date
from math import exp
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from queries.analysis.risk_model import Model, band, features_of, fit, hazard, prior

TODAY = date(2026, 1, 15)
FEATURES = sorted(prior()["features"])
SEVERITIES = ["BLOCK", "HIGH", "MEDIUM", "LOW", "INFO"]


def body(**changes: Any) -> dict[str, Any]:
    plain: dict[str, Any] = {
        "rule": "R-06",
        "severity": "HIGH",
        "status": "NEW",
        "outcome": "fired",
        "match": {"grade": "certain"},
        "modifiers": [],
        "kin": {"path": "SB", "term": "шурин"},
        "share": 0.3,
        "chain": [{"type": "STAKE"}],
        "event": {"id": "c1", "date": "2025-06-01"},
    }
    return plain | changes


def p(**changes: Any) -> float:
    return Model().probability(features_of(body(**changes), repeated=False, today=TODAY))


def test_the_prior_follows_the_law_s_order() -> None:
    scores = [p(severity=severity) for severity in SEVERITIES]
    assert scores == sorted(scores, reverse=True)
    assert p(match={"grade": "weak"}) < p(match={"grade": "probable"}) < p()
    assert p(status="SETTLED") < p()
    assert p(outcome="not_computable") < p()
    assert p(share=0.05) < p() < p(share=0.6)
    assert p(modifiers=["R-23"]) > p()
    assert p(event={"id": "c1", "date": "2021-06-01"}) < p()
    assert p(kin={"path": "S", "term": "муж"}) > p() > p(modifiers=["declared"])


def test_what_is_missing_is_neither_for_nor_against() -> None:
    assert p(share=None, chain=[]) == p()
    assert p(event={"id": "c1", "date": None}) == p()
    assert p(event=None) == p()
    assert p(match=None) == p()


@given(st.lists(st.tuples(st.sampled_from(SEVERITIES), st.sets(st.sampled_from(FEATURES)), st.booleans()), max_size=12))
def test_decisions_in_any_order_give_one_model(rows: list[tuple[str, set[str], bool]]) -> None:
    decided = [((f"severity:{severity}", *sorted(some)), confirmed) for severity, some, confirmed in rows]
    one, two = fit(decided), fit(decided[::-1])
    assert one.weights == pytest.approx(two.weights)
    assert one.decided == len(rows)


def test_decisions_move_the_rule_that_they_are_about() -> None:
    good, bad = ("severity:HIGH", "rule:R-06"), ("severity:HIGH", "rule:R-16")
    model = fit([(good, True)] * 30 + [(bad, False)] * 30)
    before = Model().probability(good)
    assert model.probability(bad) < before < model.probability(good)
    assert model.measured


def test_it_becomes_calibrated_on_the_city_s_own_decisions() -> None:
    """Decisions drawn from another truth than the prior's: with 3,000 of them the probabilities are right to within 4 points."""
    chance = Random(5)
    truth = {"severity:HIGH": -1.5, "severity:LOW": 0.5, "rule:R-06": 1.0, "rule:R-16": -1.0}
    decided = []
    for _ in range(3000):
        names = (chance.choice(["severity:HIGH", "severity:LOW"]), chance.choice(["rule:R-06", "rule:R-16"]))
        decided.append((names, chance.random() < 1 / (1 + exp(-sum(truth[name] for name in names)))))
    model = fit(decided)
    for severity in ("severity:HIGH", "severity:LOW"):
        for rule in ("rule:R-06", "rule:R-16"):
            wanted = 1 / (1 + exp(-truth[severity] - truth[rule]))
            assert model.probability((severity, rule)) == pytest.approx(wanted, abs=0.04)


def test_bands_and_hazards() -> None:
    assert [band(score) for score in (0.0, 0.3, 0.9)] == ["low", "medium", "high"]
    assert 1 - exp(-(hazard(0.5) + hazard(0.2))) == pytest.approx(1 - 0.5 * 0.8)
