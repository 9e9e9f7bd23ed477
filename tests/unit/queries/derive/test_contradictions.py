"""What contradicts itself is reported, what may still be true is not, and nothing crashes."""

from fractions import Fraction
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from domain.dates import parse_date
from domain.spans import Span, span
from queries.derive.contradictions import KINDS, Contradiction, kin_contradictions, ownership_contradictions
from queries.derive.kinship import DeclaredFact, KinFacts, ParentFact, PersonFact, SpouseFact
from queries.derive.ownership import OwnershipFact, OwnershipIndex

from tests.unit.queries.derive.families import Families


def dated(start: str | None = None, end: str | None = None) -> Span:
    return span(parse_date(start) if start else None, parse_date(end) if end else None)


def person(id: str, gender: str | None = None, birth: str | None = None, death: str | None = None, name: str = "") -> PersonFact:
    return PersonFact(id, gender, parse_date(birth) if birth else None, parse_date(death) if death else None, name)


def kinds(facts: KinFacts, today: int | None = None) -> list[str]:
    return [one.kind for one in kin_contradictions(facts, today=today)]


def test_two_spouses_at_once():
    facts = KinFacts(
        people=[person("o", name="Хайруллин Айдар"), person("w", name="Анна"), person("v", name="Вера")],
        spouses=[SpouseFact("o", "w", "1", dated("2004-08-07")), SpouseFact("v", "o", "2", dated("2010-01-01"))],
    )
    (found,) = kin_contradictions(facts)
    assert (found.kind, found.people, found.facts, found.day) == ("two_spouses", ("o", "v", "w"), ("2", "1"), 20100101)
    assert found.message_ru == "Хайруллин Айдар: записаны два действующих брака сразу с 01.01.2010; супруги: Вера, Анна."
    facts.spouses[0] = SpouseFact("o", "w", "1", dated("2004-08-07", "2010-01-01"))
    assert kinds(facts) == []
    facts.spouses[0] = SpouseFact("o", "w", "1", dated("2004-08-07", "2010"))
    assert kinds(facts) == [], "the divorce may have come first"
    facts.spouses = [SpouseFact("o", "w", "1"), SpouseFact("o", "v", "2")]
    assert kinds(facts) == ["two_spouses"], "both are still so"
    facts.people[1] = person("w", death="2009-01-01")
    assert kinds(facts) == []


def test_a_parent_must_be_twelve_years_older():
    facts = KinFacts(people=[person("p", birth="1980-06-01"), person("c", birth="1992-05-31")], parents=[ParentFact("p", "c", "1")])
    (found,) = kin_contradictions(facts)
    assert (found.kind, found.people, found.facts) == ("young_parent", ("p", "c"), ("1",))
    assert found.message_ru == "Родитель p (01.06.1980), ребёнок c (31.05.1992): разница в возрасте меньше 12 лет."
    facts.people[1] = person("c", birth="1992-06-01")
    assert kinds(facts) == []
    facts.people[1] = person("c", birth="1992")
    assert kinds(facts) == [], "a partial date may still explain it"
    facts.people[1] = person("c", birth="1970")
    assert kinds(facts) == ["young_parent"]


def test_a_circle_of_ancestors():
    facts = KinFacts(parents=[ParentFact("a", "b", "1"), ParentFact("b", "c", "2"), ParentFact("c", "a", "3"), ParentFact("c", "d", "4")])
    (found,) = kin_contradictions(facts)
    assert (found.kind, found.people, found.facts) == ("ancestry_cycle", ("a", "b", "c"), ("1", "2", "3"))
    assert kinds(KinFacts(parents=[ParentFact("a", "a", "1")])) == ["ancestry_cycle"]


def test_a_sex_that_contradicts_the_word():
    facts = KinFacts(people=[person("o", "male"), person("w", "male")], declared=[DeclaredFact("o", "w", "жена", "1", dated("2010-01-01"))])
    assert kinds(facts) == ["sex", "sex"], "the word, and two spouses of one sex"
    assert kin_contradictions(facts)[0].message_ru == "Слово «жена» не подходит: записан мужской пол (w)."
    facts = KinFacts(people=[person("o", "female")], declared=[DeclaredFact("o", "t", "тесть", "1")])
    assert [(one.kind, one.people) for one in kin_contradictions(facts)] == [("sex", ("o",))]
    facts.people = [person("o", "male"), person("t", "male")]
    assert kinds(facts) == []
    facts = KinFacts(people=[person("m", "female"), person("n", "female")], parents=[ParentFact("m", "c", "1"), ParentFact("n", "c", "2")])
    assert kinds(facts) == ["sex"]
    facts.parents[1] = ParentFact("n", "c", "2", adoptive=True)
    assert kinds(facts) == []


def test_impossible_births():
    assert kinds(KinFacts(people=[person("a", birth="1099-01-01")])) == ["impossible_birth"]
    assert kinds(KinFacts(people=[person("a", birth="2099")])) == []
    assert kinds(KinFacts(people=[person("a", birth="2099")]), today=20261124) == ["impossible_birth"]
    (found,) = kin_contradictions(KinFacts(people=[person("a", birth="1990-05-01", death="1980-01")]))
    assert found.message_ru == "a: дата смерти 01.1980 раньше даты рождения 01.05.1990."
    late = KinFacts(
        people=[person("p", birth="1950", death="1980-01-01"), person("c", birth="1982-01-01")], parents=[ParentFact("p", "c", "1")]
    )
    assert kinds(late) == ["impossible_birth"]
    late.people[1] = person("c", birth="1980-09-01")
    assert kinds(late) == []


def test_owners_over_a_hundred_percent():
    def fact(owner: str, share: str | None, start: str | None, end: str | None = None) -> OwnershipFact:
        return OwnershipFact(owner, "firm", f"{owner}!", Fraction(share) / 100 if share else None, dated(start, end))

    def found(*facts: OwnershipFact) -> list[Contradiction]:
        return ownership_contradictions(OwnershipIndex(facts), {"firm": "ООО «Тест»"})

    (over,) = found(fact("a", "60", "2020-01-01"), fact("b", "60", "2021-02-03"), fact("c", None, "2020-01-01"))
    assert (over.kind, over.firms, over.people, over.day) == ("over_100", ("firm",), ("a", "b"), 20210203)
    assert over.facts == ("a!", "b!")
    assert "120 %" in over.message_ru
    assert "03.02.2021" in over.message_ru
    assert found(fact("a", "60", "2020-01-01", "2021-02-03"), fact("b", "60", "2021-02-03")) == []
    assert found(fact("a", "60", "2020-01-01"), fact("b", "40", "2020-01-01")) == []
    assert found(fact("a", "60", "2020-01-01"), fact("b", "60", None)) == [], "when b began is not known"


@settings(max_examples=200)
@given(st.integers(0, 2**32 - 1))
def test_nothing_crashes_and_every_message_is_a_sentence(seed):
    random = Random(seed)
    facts = Families(random).facts(random.randint(1, 12))
    everyone = [one.id for one in facts.people]
    for number in range(random.randint(0, 6)):
        facts.parents.append(ParentFact(random.choice(everyone), random.choice(everyone), f"x{number}"))
        word = random.choice(["жена", "тесть", "зять", "кум", "??", "мать", "adopted_child", "свояк"])
        facts.declared.append(DeclaredFact(random.choice(everyone), random.choice(everyone), word, f"y{number}"))
    for one in kin_contradictions(facts, today=20261124):
        assert one.kind in KINDS
        assert one.message_ru.endswith(".")
        assert one.message_en.endswith(".")
        assert set(one.people) <= set(everyone)
