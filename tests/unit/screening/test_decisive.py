"""The decisive tests: every row of the table, what must not match, and that order never matters."""

from typing import Any

import pytest
from hypothesis import given, settings

from screening.comparison import Births, Outcome, compare_births
from screening.decisive import judge_orgs, judge_people
from screening.verdicts import GROUNDS, Grade

from tests.unit.screening.people import inn12, org, people, person, snils

NAME = "Гарипов Айдар Ринатович"
ONE, TWO = inn12(12345678), inn12(98765432)


def answer(one, two):
    verdict, mirrored = judge_people(one, two), judge_people(two, one)
    assert verdict.ground is mirrored.ground
    return verdict.test, verdict.grade.value


def test_n1_different_inn_even_of_equal_people():
    assert answer(person(NAME, "1980-02-01", innCode=ONE), person(NAME, "1980-02-01", innCode=TWO)) == ("N1", "reject")


def test_n1_not_where_one_number_is_marked_replaced_or_known_to_both():
    assert answer(person(NAME, "1980-02-01", innCode=ONE, replaced=[ONE]), person(NAME, "1980-02-01", innCode=TWO)) == ("S2", "certain")
    assert answer(person(NAME, innCode=[ONE, TWO]), person(NAME, innCode=TWO)) == ("S1", "certain")


def test_n1_invalid_numbers_decide_nothing():
    assert answer(person(NAME, "1980-02-01", innCode=ONE), person(NAME, "1980-02-01", innCode="123456789012")) == ("S2", "certain")


def test_n1_different_snils():
    one, two = (
        person(NAME, "1980-02-01", socialSecurityNumber=snils(123456789)),
        person(NAME, "1980-02-01", socialSecurityNumber=snils(87654303)),
    )
    assert answer(one, two) == ("N1", "reject")


def test_different_passports_decide_nothing():
    assert answer(person(NAME, "1980-02-01", passportNumber="9205123456"), person(NAME, "1980-02-01", passportNumber="9219000111")) == (
        "S2",
        "certain",
    )


@pytest.mark.parametrize(
    ("one", "two", "births"),
    [
        ("1980-02-01", "1980-02-01", Births.EQUAL),
        ("1980-02-01", "1980-01-02", Births.SLIP),
        ("1980-02-01", "1980-02-07", Births.SLIP),
        ("1980-02-01", "1980-03-01", Births.SLIP),
        ("1980-02-01", "1981-02-01", Births.SLIP_IN_YEAR),
        ("1980-02-01", "1990-02-01", Births.SLIP_IN_YEAR),
        ("1962-05-05", "1992-05-05", Births.GENERATION),
        ("1992-09-17", "1980-02-01", Births.DIFFER),
        ("1980-02-01", "1980-03-02", Births.DIFFER),
        ("1980", "1980-02-01", Births.COMPATIBLE),
        ("1980-02", "1980-02-01", Births.COMPATIBLE),
        ("1980", "1980", Births.COMPATIBLE),
        ("1981", "1980-02-01", Births.SLIP_IN_YEAR),
        ("1962", "1992-05-05", Births.DIFFER),
        ("1979", "1980-02-01", Births.DIFFER),
        ("1980-03", "1980-02-01", Births.SLIP),
        ("", "1980-02-01", Births.UNKNOWN),
        (("1992-09-17", "1980-02-01"), "1980-02-01", Births.EQUAL),
    ],
)
def test_birth_dates(one, two, births):
    left, right = person(NAME, one).births, person(NAME, two).births
    assert compare_births(left, right) is compare_births(right, left) is births


def test_n2_differing_birth_dates():
    assert answer(person(NAME, "1992-09-17"), person(NAME, "1980-02-01")) == ("N2", "reject")


def test_n2_swap_and_slip_are_no_rejection():
    assert answer(person(NAME, "1980-02-01"), person(NAME, "1980-01-02")) == ("S5", "probable")
    assert answer(person(NAME, "1980-02-01"), person(NAME, "1980-02-07")) == ("S5", "probable")
    assert answer(person(NAME, "1980-02-01"), person(NAME, "1981-02-01")) == ("S6", "weak")


def test_n3_sex_and_death():
    assert answer(person("Ким Чен", "1980-02-01", gender="male"), person("Ким Чен", "1980-02-01", gender="female")) == ("N3", "reject")
    assert answer(person("Гарипов Ян Ринатович"), person("Гарипов Ян Ринатовна")) == ("N3", "reject")
    dead = person(NAME, "1980-02-01", deathDate="2019-05-01")
    assert answer(dead, person(NAME, "1980-02-01", seen_on=20200101)) == ("N3", "reject")
    assert answer(dead, person(NAME, "1980-02-01", seen_on=20190430)) == ("S2", "certain")
    assert answer(person(NAME, deathDate="1975"), person(NAME, "1980")) == ("N3", "reject")


def test_s1_one_number():
    assert answer(person(NAME, innCode=ONE), person("гарипов  айдар ринат улы", innCode=ONE)) == ("S1", "certain")
    assert answer(person(NAME, socialSecurityNumber=snils(123456789)), person("Гарипов А.Р.", socialSecurityNumber="123-456-789 64")) == (
        "S1",
        "certain",
    )
    assert answer(person(NAME, passportNumber="92 05 123456"), person("Гарипов Айдар", passportNumber="9205123456")) == ("S1", "certain")


def test_s1_one_number_and_another_name_is_an_error_of_data():
    verdict = judge_people(person(NAME, innCode=ONE), person("Сафин Тимур Маратович", innCode=ONE))
    assert (verdict.test, verdict.grade, verdict.data_error) == ("S1", Grade.DATA_ERROR, True)


def test_s1_a_changed_surname_or_a_slip_joins_and_asks_for_a_look():
    for other in ("Валиева Лейсан Рустемовна", "Зариповa Лейсам Рустемовна"):
        verdict = judge_people(person("Зарипова Лейсан Рустемовна", innCode=ONE), person(other, innCode=ONE))
        assert (verdict.test, verdict.grade, verdict.data_error) == ("S1", Grade.PROBABLE, True)


def test_one_number_on_a_rejected_pair_is_said():
    verdict = judge_people(person(NAME, "1992-09-17", innCode=ONE), person(NAME, "1980-02-01", innCode=ONE))
    assert (verdict.test, verdict.grade, verdict.data_error) == ("N2", Grade.REJECT, True)
    assert not judge_people(person(NAME, "1992-09-17"), person(NAME, "1980-02-01")).data_error


@pytest.mark.parametrize(
    "other",
    ["ГАРИПОВ АЙДАР РИНАТОВИЧ", "Айдар Ринатович Гарипов", "Гарипов Айдар Ринат улы", "Гapипoв Aйдap Pинaтoвич", "Гарипов Айдар Ринат"],
)
def test_s2_name_and_birth_date(other):
    assert answer(person(NAME, "1980-02-01"), person(other, "1980-02-01")) == ("S2", "certain")


def test_s2_missing_patronymic():
    verdict = judge_people(person(NAME, "1980-02-01"), person("Гарипов Айдар", "1980-02-01"))
    assert (verdict.test, verdict.grade) == ("S2", Grade.PROBABLE)
    assert "отчество" in verdict.explain()
    assert answer(person("Садыков Ильнар", "1980-02-01"), person("Садыков Ильнар", "1980-02-01")) == ("S2", "certain")


def test_s3_maiden_surname():
    married = person("Валиева Лейсан Рустемовна", "1995-06-05", previousName="Зарипова")
    named = person("Зарипова Лейсан Рустемовна", "1995-06-05")
    assert answer(married, named) == ("S3", "certain")
    assert answer(person("Валиева (Зарипова) Ләйсән Рөстәм кызы", "1995-06-05"), named) == ("S3", "certain")
    assert answer(person("Валиева Лейсан Рустемовна", "1995-06-05", previousName="ЗАРИПОВА ЛЕЙСАН РУСТЕМОВНА"), named) == ("S3", "certain")
    assert answer(married, person("Зарипова Лейсан", "1995-06-05")) == ("S3", "probable")
    assert answer(married, person("Зарипова Лейсан Рустемовна", "1996-07-15")) == ("N2", "reject")
    assert answer(married, person("Зарипова Лейсан Маратовна", "1995-06-05")) == ("none", "none")
    assert answer(married, person("Зарипова Лейсан Рустемовна")) == ("S6", "weak")


@pytest.mark.parametrize(
    "other", ["Горипов Айдар Ринатович", "Гарипов Айдра Ринатович", "Гариппов Айдарр Ринотович", "Арипов Айдар Ринатович"]
)
def test_s4_a_letter_apart_in_each_part(other):
    assert answer(person(NAME, "1980-02-01"), person(other, "1980-02-01")) == ("S4", "probable")
    assert answer(person(NAME), person(other)) == ("none", "none")


def test_s4_two_letters_apart_in_one_part_is_nothing():
    assert answer(person(NAME, "1980-02-01"), person("Горнпов Айдар Ринатович", "1980-02-01")) == ("none", "none")


def test_s4_twins_are_two():
    assert answer(person("Гарипов Ильнар Ринатович", "1980-02-01"), person("Гарипов Ильнур Ринатович", "1980-02-01")) == ("S4", "weak")
    assert answer(person("Зарипов Ильнур", "1980-02-01"), person("Зарипова Ильнура", "1980-02-01")) == ("none", "none")


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ({"phone": "+7 (917) 123-45-67"}, {"phone": "8 917 1234567"}),
        ({"email": "A@b.ru"}, {"email": "a@B.ru "}),
        ({"address": "г. Казань, ул. Баумана, д. 44, кв. 12"}, {"address": "420111, Казань, Баумана 44-12"}),
        ({"workplaces": ["o:1"]}, {"workplaces": ["o:2", "o:1"]}),
        ({"birth": "1980"}, {"birth": "1980-02-01"}),
    ],
)
def test_s5_name_and_one_more_sign(left, right):
    assert answer(person(NAME, **left), person(NAME, **right)) == ("S5", "probable")
    assert answer(person(NAME, **left), person("Гарипов Айдар Маратович", **right))[1] in {"none", "reject"}


def test_s5_a_town_is_no_address():
    assert answer(person(NAME, address="г. Казань"), person(NAME, address="г. Казань")) == ("S6", "weak")


def test_s6_the_name_alone_is_weak():
    assert answer(person(NAME), person(NAME)) == ("S6", "weak")
    assert answer(person(NAME, "1980-02-01"), person(NAME)) == ("S6", "weak")
    assert answer(person(NAME), person("Гарипов Айдар")) == ("S6", "weak")
    assert answer(person("Гарипов А.Р."), person(NAME)) == ("none", "none")


def test_initials_need_a_birth_date():
    assert answer(person("Гарипов А.Р.", "1980-02-01"), person(NAME, "1980-02-01")) == ("S5", "probable")
    assert answer(person("Гарипов А.Р.", phone="89171234567"), person(NAME, phone="89171234567")) == ("S6", "weak")
    assert answer(person("Гарипов М.Р.", "1980-02-01"), person(NAME, "1980-02-01")) == ("none", "none")


def test_f1_namesakes_of_one_full_name():
    trader = person("Ахметов Ильдар Рашитович", "1992-09-17", innCode=ONE)
    brother = person("Ахметов Ильдар Рашитович", "1980-02-01", innCode=TWO)
    assert answer(trader, brother) == ("N1", "reject")
    assert answer(person("Ахметов Ильдар Рашитович", "1992-09-17"), brother) == ("N2", "reject")
    assert answer(person("Ахметов Ильдар Рашитович", "1992-09-17"), person("Ахмәтов Илдар Рәшит улы", "1980")) == ("N2", "reject")


def test_father_and_son_never_match():
    home: dict[str, Any] = {"address": "Казань, Баумана 4-2", "phone": "89171234567"}
    father = person("Иванов Иван Иванович", "1962-05-05", **home)
    assert answer(father, person("Иванов Иван Иванович", "1990-11-30", **home)) == ("N2", "reject")
    assert answer(father, person("Иванов Иван Иванович", "1992-05-05", **home)) == ("S6", "weak")
    assert answer(father, person("Иванов Иван Иванович", "1992", **home)) == ("N2", "reject")
    assert answer(person("Гарипов Айдар Маратович", **home), person("Гарипов Айдар Айдарович", **home)) == ("none", "none")


def test_the_explanation_has_words_for_everything():
    verdict = judge_people(person(NAME, "1992-09-17", innCode=ONE, phone="89171234567", gender="male"), person(NAME, "1980-02-01"))
    assert {row.feature: row.outcome for row in verdict.compared} == {
        "name": Outcome.EQUAL,
        "birth": Outcome.DIFFERS,
        "sex": Outcome.EQUAL,
        "inn": Outcome.UNKNOWN,
        "phone": Outcome.UNKNOWN,
    }
    assert "N2. Разные даты рождения" in verdict.explain()
    assert "N2. Different birth dates" in verdict.explain("en")
    assert "дата рождения: 1992-09-17 / 1980-02-01, различается" in verdict.explain_compared()
    assert "birth date: 1992-09-17 / 1980-02-01, differs" in verdict.explain_compared("en")


def test_grounds_are_told_apart():
    assert len({ground.ru for ground in GROUNDS.values()}) == len({ground.en for ground in GROUNDS.values()}) == len(GROUNDS)
    for ground in GROUNDS.values():
        floor, ceiling = {"certain": (0.97, 1), "probable": (0.6, 0.96), "weak": (0.05, 0.5), "data_error": (0, 0.5)}.get(
            ground.grade, (0, 0.01)
        )
        assert floor <= ground.probability <= ceiling, ground


@settings(max_examples=200)
@given(people("a:1"), people("b:1"))
def test_judging_is_symmetric_and_rejections_hold(one, two):
    verdict = judge_people(one, two)
    assert verdict.ground is judge_people(two, one).ground
    assert verdict.explain()
    assert verdict.explain_compared("en")
    if one.inn and two.inn and one.inn.isdisjoint(two.inn):
        assert verdict.grade is Grade.REJECT


@given(people("a:1"))
def test_everybody_is_like_himself(one):
    assert judge_people(one, one).grade in {Grade.CERTAIN, Grade.PROBABLE, Grade.WEAK, Grade.NONE}
    if one.inn:
        assert judge_people(one, one).test == "S1"


# ---------------------------------------------------------------------------------------------- organizations

FIRM, OTHER = "0012345673", "2461029990"
OGRN, OTHER_OGRN = "1152468050680", "1028601869339"


@pytest.mark.parametrize(
    ("one", "two", "code"),
    [
        ({"name": "ООО «Идел-Строй Тест»", "innCode": FIRM}, {"name": "Идел-Строй Тест, ООО", "innCode": FIRM}, "O1"),
        (
            {"name": "ООО «Идел»", "innCode": FIRM, "ogrnCode": OGRN},
            {"name": "ООО «Кояш»", "innCode": FIRM, "ogrnCode": OGRN},
            "O1_unlike_name",
        ),
        ({"name": "ООО «Идел»", "innCode": FIRM}, {"name": "ООО «Кояш»", "innCode": FIRM}, "O1_unlike_name"),
        ({"name": "ООО «Идел»", "innCode": FIRM}, {"name": "ООО «Кояш»", "innCode": FIRM, "previousName": "Идел"}, "O1"),
        (
            {"name": "ООО «Идел»", "innCode": FIRM, "ogrnCode": OGRN},
            {"name": "ООО «Идел»", "innCode": FIRM, "ogrnCode": OTHER_OGRN},
            "O1_two_ogrn",
        ),
        ({"name": "ООО «Идел»", "innCode": FIRM}, {"name": "ООО «Идел»", "innCode": OTHER}, "N1_inn"),
        ({"name": "ООО «Идел»", "ogrnCode": OGRN}, {"name": "ООО «Идел»", "ogrnCode": OTHER_OGRN}, "N1_ogrn"),
        ({"name": "ООО «Идел»", "ogrnCode": OGRN}, {"name": "Идел", "ogrnCode": OGRN}, "O1"),
        (
            {"name": "МБОУ «Школа № 9»", "address": "Казань, Баумана 4"},
            {"name": "МБОУ Школа №9", "address": "г.Казань, ул.Баумана, 4"},
            "O2_address",
        ),
        ({"name": "МБОУ «Школа № 9»", "address": "Казань, Баумана 4"}, {"name": "МБОУ Школа №99", "address": "Казань, Баумана 4"}, "none"),
        ({"name": "ООО «Ромашка»", "directors": ["p:1"]}, {"name": "ООО Ромашка", "innCode": FIRM, "directors": ["p:1"]}, "O2_director"),
        ({"name": "ООО «Ромашка»", "directors": ["p:1"]}, {"name": "ООО Ромашка-2", "directors": ["p:1"]}, "none"),
        ({"name": "ООО «Ромашка»", "phone": "88432991234"}, {"name": "Ромашка", "phone": "+78432991234"}, "O2_contact"),
        ({"name": "ООО «Ромашка»"}, {"name": "АО «Ромашка»"}, "none"),
        ({"name": "ООО «Ромашка»"}, {"name": "Ромашка"}, "O2_name_only"),
        ({"name": "Ромашка", "legalForm": "ООО"}, {"name": "АО Ромашка"}, "none"),
        (
            {"name": "ООО «Ромашка»", "innCode": FIRM, "kppCode": "165501001"},
            {"name": "ООО Ромашка", "innCode": FIRM, "kppCode": "165543001"},
            "O1",
        ),
    ],
)
def test_organizations(one, two, code):
    left, right = org(**one), org(**two)
    assert judge_orgs(left, right).ground.code == judge_orgs(right, left).ground.code == code
    assert judge_orgs(left, right).explain_compared()


@pytest.mark.parametrize("name", ["—", "😀", "ООО", "н/д", "не указано", "12345", "№ 5", "  "])
def test_a_name_that_names_nobody_joins_nobody(name):
    verdict = judge_orgs(org(name), org(name))
    assert (verdict.grade, verdict.probability < 0.5) == (Grade.NONE, True)
    assert not [row for row in verdict.compared if row.outcome is Outcome.EQUAL]


@pytest.mark.parametrize("name", ["ООО «2000»", "1С", "Школа № 5", "«5 звёзд»"])
def test_a_name_with_digits_may_name_somebody(name):
    assert judge_orgs(org(name), org(name)).probability > 0.9
