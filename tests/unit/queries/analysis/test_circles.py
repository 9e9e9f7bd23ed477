"""Closed circles: firms of one hand at one body, and whether they take turns more often than chance."""

from __future__ import annotations

from queries.analysis.circles import Bond, Circle, Win, find_circles


def wins(order: str, amount: float = 100.0) -> list[Win]:
    return [Win(firm, f"e{n}", 20250101 + n, amount) for n, firm in enumerate(order)]


HAND = Bond("OWNS", "p1", ("a", "b"))


def only(found: list[Circle]) -> Circle:
    (one,) = found
    return one


def test_two_firms_of_one_owner_that_take_turns() -> None:
    circle = only(find_circles({"school": [*wins("ababab"), Win("z", "other", 20250201, 400.0)]}, [HAND]))
    assert circle.firms == ("a", "b")
    assert (circle.turns, circle.expected_turns) == (5, 3.0)
    assert circle.alternating
    assert circle.share == 0.6
    assert circle.bonds == (HAND,)


def test_blocks_are_no_turns() -> None:
    assert not only(find_circles({"school": wins("aaabbb")}, [HAND])).alternating


def test_firms_without_a_bond_or_at_another_body_are_no_circle() -> None:
    assert find_circles({"school": wins("ababab")}, []) == []
    assert find_circles({"school": wins("aaa"), "clinic": wins("bbb")}, [HAND]) == []
    assert find_circles({"school": wins("ab")}, [HAND]) == []


def test_bonds_make_chains() -> None:
    circle = only(find_circles({"school": wins("abcabc")}, [HAND, Bond("phone", "1", ("b", "c"))]))
    assert circle.firms == ("a", "b", "c")
    assert [bond.kind for bond in circle.bonds] == ["OWNS", "phone"]
