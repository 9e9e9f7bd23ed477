"""Columns answer what the single comparison answers, pair by pair."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.dates import PartialDate
from screening.columns import Organizations, People, judge_many
from screening.compare.births import birth_level, births_many
from screening.decisive import judge_orgs, judge_people
from screening.interning import distinct

from tests.unit.screening.people import inn12, org, people, person

SOME = st.lists(people("a:1"), min_size=2, max_size=12)
DATES = st.dates().map(lambda day: day.year * 10000 + day.month * 100 + day.day if day.year >= 1000 else 10000101)


@given(SOME, st.randoms(use_true_random=False))
@settings(max_examples=100, deadline=None)
def test_many_people_are_judged_as_one_pair_is(some, draw):
    table = People(some)
    lefts = np.array([draw.randrange(len(some)) for _ in range(20)])
    rights = np.array([draw.randrange(len(some)) for _ in range(20)])
    judged = table.judge(lefts, rights)
    for place, (one, two) in enumerate(zip(lefts, rights, strict=True)):
        alone = judge_people(some[one], some[two])
        assert judged.grounds[judged.codes[place]] is alone.ground
        assert judged.probabilities[place] == pytest.approx(alone.probability, abs=1e-9)


def test_the_dead_are_told_apart_by_when_others_acted():
    dead = person("Гарипов Айдар Ринатович", "1980-02-01", deathDate="2019-05-01")
    later = person("Гарипов Айдар Ринатович", "1980-02-01", seen_on=20200101)
    sooner = person("Гарипов Айдар Ринатович", "1980-02-01", seen_on=20190101)
    judged = judge_many([dead, dead, sooner], [later, sooner, later])
    assert [judged.grounds[code].code for code in judged.codes] == ["N3_death", "S2", "S2"]


def test_many_organizations_are_judged_as_one_pair_is():
    firms = [
        org("ООО «Ромашка»", address="Казань, Баумана 4"),
        org("ООО «Ромашка-2»", address="г. Казань, ул. Баумана, д. 4"),
        org("Ромашка", phone="88432991234"),
        org("ООО «Идел»", innCode="0012345673"),
        org("ООО «Кояш»", innCode="0012345673"),
        org("ООО «Идел»", innCode="2461029990"),
        org(""),
    ]
    places = [(one, two) for one in range(len(firms)) for two in range(len(firms))]
    judged = Organizations(firms).judge(np.array([one for one, _ in places]), np.array([two for _, two in places]))
    for place, (one, two) in enumerate(places):
        alone = judge_orgs(firms[one], firms[two])
        assert judged.grounds[judged.codes[place]] is alone.ground
        assert judged.probabilities[place] == pytest.approx(alone.probability, abs=1e-9)


@given(DATES, DATES)
def test_births_by_arithmetic_are_births_by_words(one, two):
    left, right = PartialDate(one, one), PartialDate(two, two)
    assert births_many(np.array([one]), np.array([two]))[0] == birth_level((left,), (right,))


@pytest.mark.parametrize(("one", "two"), [(19800201, 19800102), (19800201, 19810201), (19620505, 19920505), (19800201, 19800201)])
def test_births_that_are_near(one, two):
    assert births_many(np.array([one]), np.array([two]))[0] == birth_level((PartialDate(one, one),), (PartialDate(two, two),))


@pytest.mark.parametrize("width", [3, 1000])
def test_distinct_pairs_come_back_to_their_places(width):
    one, two = np.array([1, 2, 2, 0, 1]), np.array([2, 1, 2, 0, 1])
    ones, twos, back = distinct(one, two, width)
    assert [(int(a), int(b)) for a, b in zip(ones[back], twos[back], strict=True)] == [(1, 2), (1, 2), (2, 2), (0, 0), (1, 1)]


def test_nobody_is_an_empty_answer():
    assert len(judge_many([], []).probabilities) == 0
    assert judge_many([person("", innCode=inn12(12345678))], [person("")]).probabilities[0] < 0.5
