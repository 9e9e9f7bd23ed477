"""The model: more agreement never lowers the probability, unknown is not different, and the curve and weights are in order."""

import re
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import screening.model
from domain.errors import DefinitionError
from screening.decisive import judge_orgs, judge_people
from screening.features import compare_people
from screening.frequencies import rarity
from screening.model import ORGANIZATIONS_MODEL, PEOPLE_MODEL, Model, load
from screening.verdicts import Grade

from tests.unit.screening.people import org, people, person

MODELS = [PEOPLE_MODEL, ORGANIZATIONS_MODEL]


def some_levels(model):
    return st.tuples(*(st.integers(0, len(feature.levels) - 1) for feature in model.features))


@pytest.mark.parametrize("model", MODELS)
@given(data=st.data())
@settings(max_examples=100, deadline=None)
def test_more_agreement_never_lowers_the_probability(model, data):
    levels = data.draw(some_levels(model))
    place = data.draw(st.integers(0, len(levels) - 1))
    chain = data.draw(st.sampled_from(model.features[place].orders))
    nothing = (0.0,) * len(levels)
    chances = [model.score((*levels[:place], level, *levels[place + 1 :]), nothing).probability for level in chain]
    assert all(low <= high + 1e-12 for low, high in pairwise(chances))


@pytest.mark.parametrize("model", MODELS)
@given(data=st.data(), rare=st.floats(-3, 3), rarer=st.floats(0, 3))
@settings(max_examples=50, deadline=None)
def test_a_rarer_value_that_agrees_never_lowers_the_probability(model, data, rare, rarer):
    levels = data.draw(some_levels(model))
    place = data.draw(st.integers(0, len(levels) - 1))

    def chance(amount):
        rarities = [0.0] * len(levels)
        rarities[place] = amount
        return model.score(levels, tuple(rarities)).probability

    assert chance(rare) <= chance(rare + rarer) + 1e-12


@pytest.mark.parametrize("model", MODELS)
def test_nothing_known_is_no_match_and_the_curve_rises(model):
    nothing = (0,) * len(model.features)
    assert model.score(nothing, (0.0,) * len(nothing)).probability < 0.2
    points = [model.calibrated(x / 10) for x in range(-120, 121)]
    assert all(low <= high for low, high in pairwise(points))


@given(people("a:1"), people("b:1"))
@settings(max_examples=100, deadline=None)
def test_the_model_weighs_the_same_from_both_sides(one, two):
    here, there = compare_people(one, two), compare_people(two, one)
    assert here.levels == there.levels
    assert here.rarities == pytest.approx(there.rarities)


def test_a_weight_against_the_order_of_levels_does_not_start(tmp_path):
    text = (Path(screening.model.__file__).parent / "weights.yaml").read_text(encoding="utf-8")
    broken = tmp_path / "weights.yaml"
    broken.write_text(re.sub(r"slip_in_year: \{weight: [-0-9.]+", "slip_in_year: {weight: 9.0", text), encoding="utf-8")
    with pytest.raises(DefinitionError):
        load(broken)
    assert isinstance(load()[1], Model)


def chance(one, two, **more):
    return judge_people(person(one, **more.get("left", {})), person(two, **more.get("right", {}))).probability


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("Гарипов Айдар Ринатович", "Гарипов Айдар Ринатович"),
        ("Гарипов А.Р.", "Гарипов Айдар Ринатович"),
        ("Гарипов Айдар Ринат улы", "Гарипов Айдар Ринатович"),
        ("Фёдоров Пётр Семёнович", "Федоров Петр Семенович"),
        ("Khayrullin Aydar Rinatovich", "Хайруллин Айдар Ринатович"),
        ("Айдар Ринатович Гарипов", "Гарипов Айдар Ринатович"),
        ("Гариппов Айдар Ринатович", "Гарипов Айдар Ринатович"),
        ("Гарипов Айдар", "Гарипов Айдар Ринатович"),
    ],
)
def test_one_name_in_two_spellings_is_likelier_than_not(one, two):
    assert chance(one, two) > 0.5
    assert judge_people(person(one), person(two)).grade in {Grade.WEAK, Grade.NONE}, "a name alone never joins"


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("Гарипов Рустам Айратович", "Гарипов Айрат Рустамович"),
        ("Гарипов Айдар Ринатович", "Гарипов Ильнур Ринатович"),
        ("Гарипов Ильнар Ринатович", "Гарипов Ильнур Ринатович"),
        ("Гарипов Айдар Ринатович", "Гарипова Айгуль Ринатовна"),
        ("Гарипов Айдар Ринатович", "Гарипов Айдар Маратович"),
        ("Хасанов Айдар Ринатович", "Хусаинов Айдар Ринатович"),
        ("Гарипов", "Гарипов"),
        ("", ""),
    ],
)
def test_two_people_are_unlikely_to_be_one(one, two):
    assert chance(one, two) < 0.5


def test_twins_share_all_but_the_name():
    same = {"birth": "1990-05-05", "phone": "89170001122", "address": "Казань, Баумана 4, кв. 5"}
    assert chance("Гарипов Айдар Ринатович", "Гарипов Булат Ринатович", left=same, right=same) < 0.5


def test_organizations_at_one_address():
    at = {"address": "Казань, Баумана 4"}
    assert judge_orgs(org("ООО «Ромашка»", **at), org("ООО «Ромашка-2»", **at)).probability < 0.2
    assert judge_orgs(org("Школа № 12", **at), org("Школа № 21", **at)).probability < 0.1
    assert judge_orgs(org("ООО «Ромашка»", **at), org("Общество с ограниченной ответственностью «Ромашка»", **at)).probability > 0.8


class Crowd:
    """Counts of a city where everybody is called so."""

    def counts(self, part, value):
        return 90_000 if part == "surname" else 0

    def total(self, part):
        return 100_000


def test_rare_says_more_and_loaded_data_is_heard():
    assert rarity("surname", "иванов") < 0 < rarity("surname", "жмеринкин")
    assert rarity("surname", "жмеринкин", Crowd()) < -2
    assert rarity("area", "543") > rarity("area", "500")
    name = person("Жмеринкин Айдар Ринатович")
    assert judge_people(name, name, Crowd()).probability <= judge_people(name, name).probability
