"""The waterfall: it adds up, it speaks both languages, and it says of each feature what a clerk would say."""

from math import exp

import pytest
from hypothesis import given, settings

from domain.records import Place, make
from screening.circumstances import circumstances, fold_region, fold_vehicle, read_number
from screening.decisive import judge_orgs, judge_people
from screening.entities import compare, read_entity, remarks_of, told

from tests.unit.screening.people import org, people, person


@given(people("a:1"), people("b:1"))
@settings(max_examples=100, deadline=None)
def test_the_steps_add_up_to_the_probability(one, two):
    verdict = judge_people(one, two)
    for language in ("ru", "en"):
        steps = verdict.waterfall(language)
        assert steps[0].feature == "prior"
        assert 1 / (1 + exp(-sum(step.weight for step in steps))) == pytest.approx(verdict.probability, abs=1e-9)
        assert all(step.words for step in steps)


def test_an_organizations_steps_add_up_too():
    verdict = judge_orgs(org("ООО «Ромашка»", address="Казань, Баумана 4"), org("Ромашка-2"))
    assert 1 / (1 + exp(-sum(step.weight for step in verdict.waterfall()))) == pytest.approx(verdict.probability)


def test_a_clerk_reads_what_is_rare_and_what_is_missing():
    steps = {step.feature: step for step in judge_people(person("Жмеринкин Айдар Ринатович"), person("Жмеринкин Айдар")).waterfall()}
    assert steps["surname"].words.startswith("редкая фамилия — совпадает: +")
    assert steps["patronymic"].words == "отчество — у одного не указано: 0"


def declared(name, year, **said):
    declaration = {"id": f"d{year}", "schema": "IncomeDeclaration", "properties": {"person": ["p"], "year": [str(year)], **said}}
    return read_entity({"id": "p", "schema": "Person", "properties": {"name": [name]}, "related": [declaration]})


def test_one_flat_and_car_over_two_years_are_one_person_and_two_regions_are_two():
    home = {"region": ["Татарстан"], "realEstate": ["54.3"], "vehicle": ["Тойота Камри"], "employerName": ["Министерство финансов"]}
    same = compare(
        declared("Иванов И.И.", 2022, income=["900000"], **home),
        declared("Иванов И.И.", 2023, income=["980000"], **{**home, "vehicle": ["TOYOTA CAMRY"]}),
    )
    assert same is not None
    assert (same.test, str(same.grade)) == ("M", "probable")
    assert same.probability > 0.9
    other = compare(
        declared("Иванов И.И.", 2022, income=["900000"], **home),
        declared("Иванов И.И.", 2022, income=["2400000"], region=["Пермский край"], realEstate=["71.8"], vehicle=["Лада Гранта"]),
    )
    assert other is not None
    assert other.probability < 0.1


def test_what_is_told_has_weights_words_and_remarks():
    left = read_entity({"schema": "Person", "properties": {"name": ["Гарипов Айдар"], "innCode": ["1,66E+11"]}})
    right = read_entity({"schema": "Person", "properties": {"name": ["Гарипов Айдар"]}})
    answer = told(compare(left, right), "ru", remarks_of(left, right, "ru"))
    assert {"feature", "left", "right", "outcome", "weight", "words"} <= set(answer["features"][0])
    assert answer["waterfall"][0]["feature"] == "prior"
    assert answer["remarks"]


def test_a_sole_trader_is_compared_as_the_person():
    trader = read_entity({"schema": "Company", "properties": {"name": ["ИП Гарипов Айдар Ринатович"]}})
    man = read_entity({"schema": "Person", "properties": {"name": ["Гарипов Айдар Ринатович"]}})
    firm = read_entity({"schema": "Company", "properties": {"name": ["ООО «Гарипов»"]}})
    same = compare(trader, man)
    assert same is not None
    assert same.probability > 0.5
    assert compare(firm, man) is None


@pytest.mark.parametrize("bad", ["", "🙂", "я" * 10_000, "12345", "\x00\x07", "null", "54,3,2 1.1e5"])
def test_hostile_circumstances_are_read_or_passed_over(bad):
    record = make(
        "IncomeDeclaration", "d", Place("x", 1), person="p", year=bad, income=bad, realEstate=bad, vehicle=bad, region=bad, role=bad
    )
    circumstances(make("Person", "p", Place("x", 1), name=bad), [record])
    one = declared(bad or " ", 2020, income=[bad], realEstate=[bad])
    verdict = compare(one, one)
    assert verdict is not None
    assert 0 <= verdict.probability <= 1


def test_words_of_declarations_fold():
    assert fold_region("Республика Татарстан") == fold_region("РТ") == "татарстан"
    assert fold_vehicle("Легковой автомобиль Тойота Камри, 2015 г.в.") == fold_vehicle("TOYOTA CAMRY")
    assert fold_vehicle("ВАЗ Гранта") == fold_vehicle("Lada Granta") != fold_vehicle("Lada Vesta")
    assert read_number("квартира 2, 54,3 кв. м") == 54.3
    assert read_number("1 234 567,89") == 1234567.89
