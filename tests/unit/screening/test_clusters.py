"""Clusters: strongest first, never against a rejection, doubt on both sides where two would be joined, decisions above all."""

import itertools
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from screening.clusters import Clustering, Decision, Link, cluster, link_of, weakest_link
from screening.decisive import judge_people
from screening.verdicts import Grade

from tests.unit.screening.people import inn12, people, person

CERTAIN, PROBABLE, WEAK, REJECT = Grade.CERTAIN, Grade.PROBABLE, Grade.WEAK, Grade.REJECT


def link(pair: str, test: str, grade: Grade = PROBABLE, probability: float = 0.9) -> Link:
    return Link(pair[0], pair[1], test, grade, probability, test)


def apart(*pairs: str):
    barred = {frozenset(pair) for pair in pairs}
    return lambda one, two: frozenset((one, two)) in barred


def groups(result: Clustering) -> list[str]:
    return ["".join(one.keys) for one in result.clusters]


def test_single_records_are_clusters_too():
    result = cluster("cab", [])
    assert groups(result) == ["a", "b", "c"]
    assert result.clusters[0].joined == {}
    assert weakest_link(result.clusters[0], ["a"], "a") is None


def test_certain_and_probable_join_weak_does_not():
    result = cluster("abcd", [link("ab", "S2", CERTAIN), link("bc", "S5"), link("cd", "S6", WEAK, 0.2)])
    assert groups(result) == ["abc", "d"]
    assert [one.test for one in result.weak] == ["S6"]
    assert {key: one.test for key, one in result.clusters[0].joined.items()} == {"b": "S2", "c": "S5"}
    assert result.clusters[0].id == "a"


def test_a_rejection_is_a_veto_for_every_cross_pair():
    links = [link("ab", "S1", CERTAIN), link("cd", "S1", CERTAIN), link("bc", "S2", CERTAIN)]
    result = cluster("abcd", links, apart("ad"))
    assert groups(result) == ["ab", "cd"]
    assert [(one.left, one.right, one.grade, one.reason) for one in result.weak] == [("b", "c", WEAK, "ambiguous")]


def test_rejected_pairs_among_the_links_are_a_veto_without_asking():
    links = [link("ab", "S2", CERTAIN), link("bc", "S2", CERTAIN), link("ac", "N1", REJECT, 0.001)]
    assert groups(cluster("abc", links)) == ["a", "b", "c"]
    error = Link("a", "c", "S1", Grade.DATA_ERROR, 0.3, "S1_unlike", data_error=True)
    result = cluster("abc", [link("ab", "S2", CERTAIN), link("bc", "S5"), error])
    assert groups(result) == ["ab", "c"]
    assert result.data_errors == (error,)


def test_s5_between_two_that_reject_each_other_makes_both_weak():
    result = cluster("abr", [link("ar", "S5", probability=0.91), link("br", "S5", probability=0.75)], apart("ab"))
    assert groups(result) == ["a", "b", "r"]
    assert [(one.left, one.right) for one in result.weak] == [("a", "r"), ("b", "r")]


def test_a_stronger_test_decides_before_a_weaker_is_asked():
    result = cluster("abr", [link("ar", "S4"), link("br", "S5", probability=0.99)], apart("ab"))
    assert groups(result) == ["ar", "b"]
    assert [(one.left, one.right) for one in result.weak] == [("b", "r")]


def test_doubt_reaches_the_whole_path_and_nothing_beside_it():
    links = [link("ap", "S5"), link("pq", "S5"), link("bq", "S5"), link("px", "S5"), link("yz", "S5")]
    result = cluster("abpqxyz", links, apart("ab"))
    assert groups(result) == ["a", "b", "px", "q", "yz"]
    assert [one.left + one.right for one in result.weak] == ["ap", "bq", "pq"]


def test_decisions_stand_above_tests():
    rejects = apart("ab")
    assert groups(cluster("ab", [], rejects, [Decision("b", "a", same=True)])) == ["ab"]
    assert groups(cluster("ab", [link("ab", "S1", CERTAIN)], decisions=[Decision("a", "b", same=False)])) == ["a", "b"]
    assert groups(cluster("abc", [link("ac", "S1", CERTAIN), link("bc", "S1", CERTAIN)], decisions=[Decision("a", "b", same=False)])) == [
        "a",
        "b",
        "c",
    ]
    later = [Decision("a", "b", same=True), Decision("a", "b", same=False)]
    assert groups(cluster("ab", [], decisions=later)) == ["a", "b"]


def test_records_called_one_by_hand_count_as_one():
    decisions = [Decision("a", "b", same=True)]
    rejects = apart("ab", "bc", "bd")
    result = cluster("abcd", [link("ac", "S1", CERTAIN), link("ad", "S5")], rejects, decisions)
    assert groups(result) == ["abc", "d"]


def test_decisions_that_contradict_each_other_are_told():
    decisions = [Decision("a", "b", same=True), Decision("b", "c", same=True), Decision("a", "c", same=False)]
    result = cluster("abc", [], decisions=decisions)
    assert groups(result) == ["a", "b", "c"]
    assert [one.left + one.right for one in result.contradictions] == ["ab", "bc"]


def test_weakest_link_takes_the_strongest_path():
    links = [
        link("ab", "S1", CERTAIN, 0.999),
        link("bc", "S5", PROBABLE, 0.75),
        link("cd", "S2", CERTAIN, 0.99),
        link("ac", "S4", PROBABLE, 0.92),
    ]
    one = cluster("abcd", links).clusters[0]
    assert weakest_link(one, ["a"], "b") == links[0]
    assert weakest_link(one, ["b"], "d") == links[3]
    assert weakest_link(one, ["a", "c"], "d") == links[2]
    assert weakest_link(one, ["d", "a"], "d") is None
    with pytest.raises(KeyError):
        weakest_link(one, ["x"], "a")


def test_links_of_strangers_are_left_out():
    assert groups(cluster("ab", [link("az", "S1", CERTAIN)])) == ["a", "b"]


def test_of_several_links_of_one_pair_the_strongest_counts():
    result = cluster("ab", [link("ab", "S6", WEAK, 0.2), link("ab", "S2", CERTAIN, 0.99)])
    assert result.clusters[0].joined["b"].test == "S2"


def test_two_people_of_one_name_and_birth_date_and_a_record_that_fits_both():
    one = person("Гарипов Айдар Ринатович", "1980-02-01", key="a", innCode=inn12(12345678))
    two = person("Гарипов Айдар Ринатович", "1980-02-01", key="b", innCode=inn12(98765432))
    either = person("Гарипов Айдар Ринатович", "1980-02-01", key="c")
    links = [link_of(judge_people(left, right)) for left, right in itertools.combinations([one, two, either], 2)]
    result = cluster("abc", links)
    assert groups(result) == ["a", "b", "c"]
    assert {one.reason for one in result.weak} == {"ambiguous"}


TESTS = [("S1", CERTAIN), ("S2", CERTAIN), ("S4", PROBABLE), ("S5", PROBABLE), ("S6", WEAK), ("N1", REJECT)]
KEYS = "abcdefg"
PAIRS = ["".join(pair) for pair in itertools.combinations(KEYS, 2)]


@st.composite
def worlds(draw):
    pairs = draw(st.lists(st.sampled_from(PAIRS), unique=True, max_size=14))
    tests = [draw(st.sampled_from(TESTS)) for _ in pairs]
    links = [link(pair, test, grade, draw(st.sampled_from([0.5, 0.7, 0.9]))) for pair, (test, grade) in zip(pairs, tests, strict=True)]
    barred = draw(st.lists(st.sampled_from(PAIRS), unique=True, max_size=4))
    decisions = [
        Decision(pair[0], pair[1], same=draw(st.booleans())) for pair in draw(st.lists(st.sampled_from(PAIRS), unique=True, max_size=3))
    ]
    return links, barred, decisions


@settings(max_examples=300)
@given(worlds(), st.randoms(use_true_random=False))
def test_the_order_of_links_never_matters(world, random):
    links, barred, decisions = world
    first = cluster(KEYS, links, apart(*barred), decisions)
    keys = list(KEYS)
    for one in (keys, links, decisions):
        random.shuffle(one)
    assert cluster(keys, links, apart(*barred), decisions) == first


@settings(max_examples=300)
@given(worlds())
def test_no_cluster_holds_two_that_reject_each_other(world):
    links, barred, _ = world
    result = cluster(KEYS, links, apart(*barred))
    assert sorted(key for one in result.clusters for key in one.keys) == list(KEYS)
    rejected = {frozenset(pair) for pair in barred} | {frozenset((one.left, one.right)) for one in links if one.grade is REJECT}
    for one in result.clusters:
        assert not any(frozenset(pair) in rejected for pair in itertools.combinations(one.keys, 2))
        assert len(one.tree) == len(one.keys) - 1
        assert set(one.joined) == set(one.keys[1:])
        for left, right in itertools.permutations(one.keys, 2):
            assert weakest_link(one, [left], right) == weakest_link(one, [right], left)


@settings(max_examples=200)
@given(worlds())
def test_a_strong_link_joins_or_is_said_to_be_in_doubt(world):
    links, barred, decisions = world
    result = cluster(KEYS, links, apart(*barred), decisions)
    home = {key: one.id for one in result.clusters for key in one.keys}
    doubtful = {(one.left, one.right) for one in result.weak}
    decided = {tuple(sorted((one.left, one.right))) for one in decisions}
    for one in links:
        if one.grade in {CERTAIN, PROBABLE} and (one.left, one.right) not in decided:
            assert (home[one.left] == home[one.right]) != ((one.left, one.right) in doubtful)


@settings(max_examples=60)
@given(st.lists(people("x"), min_size=2, max_size=6), st.randoms(use_true_random=False))
def test_people_cluster_the_same_in_any_order(drawn, random):
    named = [people_with_key(one, f"k{place}") for place, one in enumerate(drawn)]
    facts = {one.key: one for one in named}

    def run(order):
        links = [link_of(judge_people(facts[left], facts[right])) for left, right in itertools.combinations(order, 2)]
        return cluster(order, links, lambda left, right: judge_people(facts[left], facts[right]).grade is REJECT)

    order = list(facts)
    first = run(order)
    random.shuffle(order)
    assert run(order) == first


def people_with_key(facts, key):
    return replace(facts, key=key)
