"""Frozen facts: thawed they are what they were, and what is not in them is said."""

from dataclasses import replace

from hypothesis import given, settings

from screening.decisive import judge_people
from screening.frozen import freeze, left_out, thaw

from tests.unit.screening.people import people, person


@settings(max_examples=80)
@given(people("a:1"), people("b:1"))
def test_thawed_facts_are_judged_as_the_facts_were(one, two):
    thawed = thaw(two.key, freeze([two]))
    assert thawed is not None
    assert thawed.left_out == left_out(two)
    bare = replace(two, **{name: getattr(thawed.facts, name) for name in thawed.left_out})
    assert thawed.facts == bare
    assert judge_people(one, thawed.facts).ground == judge_people(one, bare).ground


def test_two_records_are_one_text():
    one = person("Валиева Лейсан Рустемовна", "1995", phone="+7 843 299 12 34", key="a:1")
    two = person("Зарипова Лейсан Рустемовна", "1995-06-05", gender="female", key="a:2")
    thawed = thaw("a:1", freeze([one, two]))
    assert thawed is not None
    assert [known.name.last for known in thawed.facts.names] == ["Валиева", "Зарипова"]
    assert {date.iso() for date in thawed.facts.births} == {"1995", "1995-06-05"}
    assert (thawed.facts.sex, thawed.facts.phones) == ("female", frozenset(["78432991234"]))


def test_another_version_is_not_read():
    assert thaw("a:1", "[0]") is None
