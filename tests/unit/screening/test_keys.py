"""Candidate keys: no pair that the tests can join or doubt is missed, and the relation is the same from both sides."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from screening.decisive import judge_orgs, judge_people
from screening.keys import CROWD, HUB, best_holders, most_holders, org_keys, person_keys
from screening.verdicts import Grade

from tests.unit.screening.people import org, people, person


@settings(max_examples=400)
@given(people("a:1"), people("b:1"))
def test_no_judged_pair_is_missed(one, two):
    verdict = judge_people(one, two)
    left, right = person_keys(one), person_keys(two)
    assert left.meets(right) == right.meets(left)
    if verdict.grade in {Grade.CERTAIN, Grade.PROBABLE, Grade.WEAK} or verdict.shared_identifier:
        assert left.meets(right), (verdict.ground.code, one.names, two.names)


LETTERS = "абвгинору"


@settings(max_examples=300)
@given(
    st.text(LETTERS, min_size=2, max_size=9),
    st.integers(0, 9),
    st.sampled_from(["drop", "add", "change", "swap"]),
    st.sampled_from(LETTERS),
)
def test_any_slip_in_a_surname_is_found_by_the_birth_date(surname, place, kind, letter):
    place = min(place, len(surname) - 1)
    slipped = {
        "drop": surname[:place] + surname[place + 1 :],
        "add": surname[:place] + letter + surname[place:],
        "change": surname[:place] + letter + surname[place + 1 :],
        "swap": surname[:place] + surname[place : place + 2][::-1] + surname[place + 2 :],
    }[kind]
    one, two = (person(f"{last} Марат Ринатович", "1980-02-01", lastName=last, firstName="Марат") for last in (surname, slipped or "а"))
    if judge_people(one, two).test in {"S2", "S4"}:
        assert person_keys(one).meets(person_keys(two))


def test_namesakes_without_patronymics_do_not_make_a_crowd():
    full = [person_keys(person(f"Гарипов Айдар {father}")) for father in ("Ринатович", "Маратович", "Булатович")]
    bare = person_keys(person("Гарипов Айдар"))
    assert not full[0].meets(full[1])
    assert all(keys.meets(bare) and bare.meets(keys) for keys in full)
    assert bare.meets(bare)


def test_an_initial_for_the_patronymic_is_found_by_the_given_name():
    bare, initial = person("Гарипов Айдар", "1980-01-02"), person("Гарипов Айдар Р.", "1980-02-01")
    assert judge_people(bare, initial).grade is Grade.WEAK
    assert person_keys(bare).meets(person_keys(initial))
    assert not person_keys(initial).meets(person_keys(person("Гарипов Айдар Маратович")))


def test_kinds_of_keys():
    held = person_keys(
        person("Валиева Лейсан Рустемовна", "1995-06-05", previousName="Зарипова", innCode="001234567887", phone="89170001122")
    ).held
    assert {"inn:001234567887", "fio:валиев|леисан|рустам", "fio:зарипов|леисан|рустам", "phone:79170001122|валиев"} <= held
    assert "slip:19950605|за…" in held
    firm = org_keys(org("ООО «Идел-Строй Тест»", innCode="0012345673"))
    assert firm.sought == {"inn:0012345673", "org:иделстройтест"} <= firm.held
    assert firm.wide <= firm.held


@pytest.mark.parametrize(
    ("asked", "there"),
    [
        ("Гарипов А.Р.", "Гарипов Айдар Ринатович"),
        ("Гарипов А.", "Гарипов Айдар Ринатович"),
        ("Гарипрв Айдар Ринатович", "Гарипов Айдар Ринатович"),
        ("Гарипов Айдар Ринатовтч", "Гарипов Айдар Ринатович"),
        ("Гарипов Ацдар Ринатович", "Гарипов Айдар Ринатович"),
        ("Гарипов Айдар", "Гарипов Айдар Ринатович"),
        ("Гарипов Айдар Ринатович", "Гарипов Айдар"),
        ("Иванова Саша Петровна", "Иванова Александра Петровна"),
        ("Саша Иванов", "Иванов Александр"),
        ("Сафина-Гарипова Лейсан Рустемовна", "Сафина Лейсан Рустемовна"),
        ("Айдар Гарипов Ринатович", "Гарипов Айдар Ринатович"),
    ],
)
def test_wide_keys_find_what_a_careless_hand_did(asked, there):
    one, two = person_keys(person(asked)), person_keys(person(there))
    assert not (one.sought | one.wide).isdisjoint(two.held)


def test_a_number_always_finds_and_a_name_alone_only_few():
    assert most_holders("inn:001234567887") is None
    assert most_holders("fio:гарипов|аидар|ринат") == CROWD < HUB == most_holders("slip:19800201|га…")


def test_the_rarest_keys_name_the_likeliest():
    holders = {"rare": (2, ["a", "b"]), "crowd": (300, ["b", "c", *(f"x{n}" for n in range(298))])}
    found = best_holders(holders, 3, 0.15)
    assert [one for one, _ in found] == ["b", "a", "c"]
    assert found[0][1] > found[1][1] > found[2][1]


@pytest.mark.parametrize(
    ("one", "two"), [("ООО «Идел-Строй»", "ИделСтрой ООО"), ("МБОУ «Школа № 9»", "школа №9"), ("ООО «Таң»", "ООО «Тан»")]
)
def test_organizations_of_one_name_are_candidates(one, two):
    assert judge_orgs(org(one), org(two)).grade is Grade.WEAK
    assert org_keys(org(one)).meets(org_keys(org(two)))
