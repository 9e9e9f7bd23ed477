"""Kinship by example: the stories of domain.md 3.2 and 8, adoption, divorce, death, words."""

import pytest

from domain.dates import FOREVER, NEVER, parse_date
from domain.spans import Span, span
from queries.derive.kinship import (
    DeclaredFact,
    GuardianFact,
    KinFacts,
    KinIndex,
    KinTie,
    ParentFact,
    PersonFact,
    SiblingFact,
    SpouseFact,
    kin_of,
)


def dated(start: str | None = None, end: str | None = None) -> Span:
    return span(parse_date(start) if start else None, parse_date(end) if end else None)


def person(id: str, gender: str | None = None, birth: str | None = None, death: str | None = None) -> PersonFact:
    return PersonFact(id, gender, parse_date(birth) if birth else None, parse_date(death) if death else None)


def ties(facts: KinFacts, ego: str, relative: str | None = None) -> list[KinTie]:
    return [tie for tie in kin_of(ego, KinIndex(facts)) if relative in (None, tie.relative)]


def one(facts: KinFacts, ego: str, relative: str, path: str | None = None) -> KinTie:
    (found,) = [tie for tie in ties(facts, ego, relative) if path in (None, tie.path)]
    return found


@pytest.fixture
def s1() -> KinFacts:
    """Хайруллин, his wife, her brother; their mother."""
    return KinFacts(
        people=[
            person("official", "male", "1979-03-14"),
            person("wife", "female"),
            person("brother", "male", "1984-11-02"),
            person("mother"),
        ],
        parents=[ParentFact("mother", "wife", "f1"), ParentFact("mother", "brother", "f2")],
        spouses=[SpouseFact("official", "wife", "f3", dated("2004-08-07"))],
    )


def test_s1_the_wifes_brother_counts_for_the_official_only(s1):
    there = one(s1, "official", "brother")
    assert (there.path, there.term_ru, there.lists) == ("SB", "шурин", ("273-fz",))
    assert there.span == dated("2004-08-07")
    assert there.via == ("f3", "f1", "f2")
    assert there.people == ("wife",)
    back = one(s1, "brother", "official")
    assert (back.path, back.term_ru, back.lists, back.span) == ("BS", "зять (муж сестры)", (), there.span)


def test_f2_divorce_ends_everything_through_the_marriage_on_its_day(s1):
    s1.spouses.append(SpouseFact("wife", "official", "f4", dated("2004-08-07", "2025-01-15")))
    for relative in ("wife", "brother", "mother"):
        tie = one(s1, "official", relative)
        assert tie.span.holds(20250114, 20250114) is True
        assert tie.span.holds(20250115, 20250115) is False


def test_death_ends_a_marriage_and_no_blood_tie(s1):
    s1.people[1] = person("wife", "female", "1980", "2020-02-29")
    assert one(s1, "official", "brother").span == dated("2004-08-07", "2020-02-29")
    assert one(s1, "mother", "wife").span == Span(19800101, 19801231, FOREVER, FOREVER)
    assert one(s1, "mother", "wife").missing == ("Person.birthDate",)


def test_an_undated_marriage_is_unknown_never_always():
    facts = KinFacts(spouses=[SpouseFact("a", "b", "f")])
    tie = one(facts, "a", "b")
    assert tie.span.holds(20250101, 20250101) is None
    assert tie.missing == ("Family.startDate",)


def test_births_give_blood_ties_their_start():
    facts = KinFacts(people=[person("a", birth="1960-05-01"), person("b", birth="1985")], parents=[ParentFact("a", "b", "f")])
    assert one(facts, "b", "a").span == Span(19850101, 19851231, FOREVER, FOREVER)
    facts.people[1] = person("b")
    assert one(facts, "b", "a").span.start_hi == 19600501
    assert one(facts, "b", "a").missing == ()


def test_full_and_half_siblings():
    parents = [ParentFact(p, c, p + c) for p, c in ("ma", "fa", "mb", "fb", "mc", "gc", "md")]
    facts = KinFacts(parents=parents, siblings=[SiblingFact("a", "x", "s")])
    assert one(facts, "a", "b", "B").full == "full"
    assert one(facts, "a", "c", "B").full == "half"
    assert one(facts, "a", "d", "B").full is None, "the father of d is not on record"
    assert one(facts, "a", "x", "B").full is None
    assert one(facts, "a", "b", "B").lists == ("273-fz", "44-fz", "135-fz", "koap")


def test_step_kin_is_no_own_kin():
    """Anna has a son; she marries Boris, who has a daughter; they have a child of their own."""
    facts = KinFacts(
        people=[
            person("anna", "female"),
            person("boris", "male"),
            person("son", "male"),
            person("daughter", "female"),
            person("own", "male"),
        ],
        parents=[ParentFact(p, c, p[0] + c[0]) for p, c in (("anna", "son"), ("boris", "daughter"), ("anna", "own"), ("boris", "own"))],
        spouses=[SpouseFact("anna", "boris", "m", dated("2010-01-01"))],
    )
    assert [(tie.path, tie.term_ru) for tie in ties(facts, "boris", "son")] == [("SC", "пасынок")]
    assert [(tie.path, tie.term_ru, tie.lists) for tie in ties(facts, "son", "boris")] == [("PS", "отчим", ())]
    assert [(tie.path, tie.term_ru) for tie in ties(facts, "son", "daughter")] == [("PSC", "сводная сестра")]
    assert [tie.path for tie in ties(facts, "son", "own")] == ["B"]
    assert [tie.path for tie in ties(facts, "own", "boris")] == ["P"]
    assert [tie.path for tie in ties(facts, "boris", "own")] == ["C"]


def adoption(date: str | None, *, married: str | None = None, blood: Span | None = None) -> KinFacts:
    facts = KinFacts(
        people=[person("child", birth="2000-01-01")],
        parents=[ParentFact("father", "child", "blood", span=blood), ParentFact("adopter", "child", "adoption", True, dated(date))],
    )
    if married:
        facts.spouses.append(SpouseFact("father", "adopter", "m", dated(married)))
    return facts


def test_adoption_ends_the_blood_parents_tie_on_its_day():
    facts = adoption("2005-06-01")
    assert one(facts, "child", "father").span == dated("2000-01-01", "2005-06-01")
    adopted = one(facts, "child", "adopter")
    assert (adopted.span, adopted.term_ru, adopted.lists) == (dated("2005-06-01"), "отец / мать", ("273-fz", "44-fz", "135-fz", "koap"))


def test_a_step_parents_adoption_preserves_the_spouses_tie():
    assert one(adoption("2005-06-01", married="2004-01-01"), "child", "father", "P").span == dated("2000-01-01")
    assert one(adoption("2005-06-01", married="2006-01-01"), "child", "father", "P").span == dated("2000-01-01", "2005-06-01")


def test_a_record_of_the_parent_dated_past_the_adoption_preserves_it():
    assert one(adoption("2005-06-01", blood=dated("2007-01-01")), "child", "father").span == dated("2000-01-01")
    assert one(adoption("2005-06-01", blood=dated(None, "2015-01-01")), "child", "father").span == dated("2000-01-01", "2015-01-01")
    assert one(adoption("2005-06-01", blood=dated("2000-01-01")), "child", "father").span == dated("2000-01-01", "2005-06-01")


def test_an_undated_adoption_leaves_the_end_of_the_blood_tie_unknown():
    facts = adoption(None)
    blood = one(facts, "child", "father")
    assert blood.span.holds(20200101, 20200101) is None
    assert blood.missing == ("Family.startDate",)
    assert one(facts, "child", "adopter").span == dated("2000-01-01"), "adoption holds since the later birth (contract 1)"
    facts.parents.append(ParentFact("adopter", "child", "second record", True, dated("2005-06-01")))
    assert one(facts, "child", "father").span == dated("2000-01-01", "2005-06-01")


def test_a_partial_adoption_date_gives_a_partial_end():
    assert one(adoption("2005"), "child", "father").span == Span(20000101, 20000101, 20050101, 20051231)


def test_an_adopted_child_is_a_sibling_of_the_adopters_children():
    facts = adoption("2005-06-01")
    facts.parents.append(ParentFact("adopter", "other", "f"))
    assert one(facts, "child", "other").span == dated("2005-06-01")


def test_records_of_one_couple_are_read_together():
    def spouse(*records: SpouseFact) -> list[Span]:
        return [tie.span for tie in ties(KinFacts(spouses=list(records)), "a", "b")]

    hr, registry = SpouseFact("a", "b", "hr", dated(), 70), SpouseFact("b", "a", "zags", dated("2004-08-07", "2015-01-01"), 90)
    assert spouse(hr, registry) == [dated("2004-08-07", "2015-01-01")], "an undated record is about the same marriage"
    known_end, known_start = SpouseFact("a", "b", "1", dated(None, "2015-01-01")), SpouseFact("a", "b", "2", dated("2004-08-07"))
    assert spouse(known_end, known_start) == [dated("2004-08-07", "2015-01-01")]
    again = SpouseFact("a", "b", "3", dated("2018-01-01"))
    assert spouse(registry, again) == [dated("2004-08-07", "2015-01-01"), dated("2018-01-01")]
    doubtful = SpouseFact("a", "b", "4", dated("2004-08-07", "2015-01-01"), 30)
    (left,) = spouse(SpouseFact("a", "b", "5", dated("2004-08-07"), 90), doubtful)
    assert (left.holds(20140101, 20140101), left.holds(20160101, 20160101)) == (True, None)


def test_two_marriages_that_touch_are_one_tie():
    facts = KinFacts(spouses=[SpouseFact("a", "b", "1", dated("2004-01-01", "2010-01-01")), SpouseFact("a", "b", "2", dated("2010-01-01"))])
    tie = one(facts, "a", "b")
    assert (tie.span, tie.via) == (dated("2004-01-01"), ("1", "2"))


def test_a_declared_word_stands_by_itself_in_both_directions():
    facts = KinFacts(people=[person("o")], declared=[DeclaredFact("o", "r", "шурин", "d", dated("2004-08-07"))])
    tie = one(facts, "o", "r")
    assert (tie.path, tie.term_ru, tie.lists, tie.span, tie.declared, tie.ambiguous) == (
        "SB",
        "шурин",
        ("273-fz",),
        dated("2004-08-07"),
        True,
        False,
    )
    back = one(facts, "r", "o")
    assert (back.path, back.term_ru, back.declared) == ("BS", "зять (муж сестры)", True)
    facts.declared = [DeclaredFact("o", "r", "шурин", "d")]
    assert one(facts, "o", "r").missing == ("Family.startDate",)
    assert one(facts, "o", "r").span.start_hi == FOREVER


def test_a_declared_blood_word_holds_since_the_later_birth():
    facts = KinFacts(
        people=[person("o", birth="1970-01-01"), person("r", birth="1995-03-03")], declared=[DeclaredFact("o", "r", "племянник", "d")]
    )
    assert one(facts, "o", "r").span == dated("1995-03-03")
    assert one(facts, "r", "o").path == "PB"


def test_declared_parents_and_spouses_are_steps_of_longer_paths():
    facts = KinFacts(declared=[DeclaredFact("o", "w", "жена", "1", dated("2004-08-07")), DeclaredFact("w", "b", "брат", "2")])
    tie = one(facts, "o", "b")
    assert (tie.path, tie.term_ru, tie.via, tie.declared) == ("SB", "шурин", ("1", "2"), False)
    facts = KinFacts(declared=[DeclaredFact("o", "c", "adopted_child", "1", dated("2010-01-01")), DeclaredFact("c", "x", "сын", "2")])
    assert one(facts, "o", "x").span == dated("2010-01-01")
    facts = KinFacts(declared=[DeclaredFact("o", "t", "тесть", "1", dated("2010-01-01")), DeclaredFact("t", "x", "брат", "2")])
    assert ties(facts, "o", "x") == [], "an in-law word is not composed further"


def test_an_ambiguous_word_leaves_both_paths_open_until_something_decides():
    facts = KinFacts(declared=[DeclaredFact("o", "r", "невестка", "d", dated("2010-01-01"))])
    found = ties(facts, "o", "r")
    assert [(tie.path, tie.ambiguous, tie.missing) for tie in found] == [
        ("BS", True, ("Family.relationship",)),
        ("CS", True, ("Family.relationship",)),
    ]
    assert {tie.path for tie in ties(facts, "r", "o")} == {"SP", "SB"}
    facts.parents = [ParentFact("o", "son", "p")]
    facts.spouses = [SpouseFact("son", "r", "m", dated("2010-01-01"))]
    assert [(tie.path, tie.ambiguous) for tie in ties(facts, "o", "r")] == [("CS", False)]
    assert [(tie.path, tie.ambiguous) for tie in ties(facts, "r", "o")] == [("SP", False)]


def test_an_undated_word_adds_nothing_to_the_dated_tie_that_it_names(s1):
    s1.spouses = [SpouseFact("official", "wife", "f3", dated("2004-08-07", "2015-01-01"))]
    s1.declared = [DeclaredFact("official", "brother", "шурин", "d")]
    assert [tie.span for tie in ties(s1, "official", "brother")] == [dated("2004-08-07", "2015-01-01")]


def test_a_declared_in_law_ends_with_the_death_of_the_spouse_who_makes_it_one():
    facts = KinFacts(people=[person("r", death="2020-01-01")], declared=[DeclaredFact("o", "r", "сноха", "d", dated("2010-01-01"))])
    assert one(facts, "o", "r").span == dated("2010-01-01", "2020-01-01")


def test_words_that_are_no_kinship_give_no_tie():
    assert ties(KinFacts(declared=[DeclaredFact("o", "r", "кум", "d"), DeclaredFact("o", "r", "чепуха", "e")]), "o") == []


def test_guardian_and_ward_are_ties_outside_the_lists():
    facts = KinFacts(guardians=[GuardianFact("g", "w", "f", dated("2015-01-01"))])
    assert [(tie.path, tie.term_ru, tie.lists, tie.span) for tie in ties(facts, "w")] == [
        ("G", "опекун (попечитель)", (), dated("2015-01-01"))
    ]
    assert [tie.path for tie in ties(facts, "g")] == ["W"]


def test_what_makes_no_sense_does_not_crash():
    facts = KinFacts(
        parents=[ParentFact("a", "a", "1"), ParentFact("a", "b", "2"), ParentFact("b", "a", "3")],
        spouses=[SpouseFact("a", "a", "4"), SpouseFact("a", "b", "5", Span(20200101, 20200101, 20100101, 20100101))],
        siblings=[SiblingFact("a", "a", "6")],
        declared=[DeclaredFact("a", "a", "шурин", "7")],
    )
    assert {(tie.path, tie.relative) for tie in ties(facts, "a")} == {("P", "b"), ("C", "b")}
    assert ties(facts, "nobody") == []


def test_relatives_of_distinct_people_only():
    """Two brothers who married two sisters: nobody becomes his own relative."""
    facts = KinFacts(
        parents=[ParentFact("x", "a", "1"), ParentFact("x", "b", "2"), ParentFact("y", "c", "3"), ParentFact("y", "d", "4")],
        spouses=[SpouseFact("a", "c", "5", dated("2000-01-01")), SpouseFact("b", "d", "6", dated("2001-01-01", "2009-01-01"))],
    )
    found = {(tie.relative, tie.path, tie.span.start_lo, tie.span.end_lo) for tie in ties(facts, "a")}
    assert ("d", "SB", 20000101, FOREVER) in found
    assert ("d", "BS", 20010101, 20090101) in found
    assert ("b", "SBS", 20010101, 20090101) in found
    assert ("b", "B", NEVER, FOREVER) in found
    assert all(relative != "a" for relative, *_ in found)
