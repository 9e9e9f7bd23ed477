"""Communities on graphs whose communities are known, names that stay, and money that is counted once."""

from __future__ import annotations

from random import Random

import igraph
import networkx as nx
import pytest

from queries.analysis.communities import find_communities, inherit
from queries.analysis.projection import MONEY, Projection, Tie


def projection(pairs: list[tuple[str, str]], weight: float = 1.0) -> Projection:
    made = Projection()
    for a, b in pairs:
        made.ties.append(Tie(made.place(a, "Person"), made.place(b, "Person"), "SPOUSE_OF", weight))
    return made


def known(seed: int, mixing: float) -> tuple[Projection, list[int]]:
    """Lancichinetti–Fortunato–Radicchi graph of 400 nodes with its planted communities."""
    web = nx.LFR_benchmark_graph(400, 3, 1.5, mixing, average_degree=9, min_community=25, max_degree=40, seed=seed)
    web.remove_edges_from(nx.selfloop_edges(web))
    made = Projection()
    for node in web.nodes:
        made.place(str(node), "Person")
    for a, b in web.edges:
        made.ties.append(Tie(made.place(str(a), "Person"), made.place(str(b), "Person"), "SPOUSE_OF", 1.0))
    groups = {frozenset(web.nodes[node]["community"]) for node in web.nodes}
    planted = {node: n for n, group in enumerate(sorted(groups, key=min)) for node in group}
    return made, [planted[int(name)] for name in made.ids]


@pytest.mark.parametrize("seed", [3, 11, 42])
def test_known_communities_are_found_and_no_worse_than_the_reference(seed: int) -> None:
    web, planted = known(seed, 0.15)
    found = find_communities(web, 1)
    group = {member.id: n for n, one in enumerate(found.communities) for member in one.members}
    told = [group[name] for name in web.ids]
    assert igraph.compare_communities(told, planted, method="nmi") > 0.9
    plain = igraph.Graph(n=len(web.ids), edges=[(tie.a, tie.b) for tie in web.ties])
    reference = max(plain.community_leiden("modularity", n_iterations=-1).modularity for _ in range(5))
    assert found.modularity >= reference - 0.005


def test_the_order_of_ties_does_not_matter() -> None:
    pairs = (
        [(f"a{i}", f"a{j}") for i in range(5) for j in range(i)] + [(f"b{i}", f"b{j}") for i in range(5) for j in range(i)] + [("a0", "b0")]
    )
    one = find_communities(projection(pairs), 3)
    assert {frozenset(member.id[0] for member in group.members) for group in one.communities} == {frozenset("a"), frozenset("b")}
    assert find_communities(projection(pairs), 3) == one


def test_names_stay_while_most_members_stay() -> None:
    pairs = [(f"a{i}", f"a{j}") for i in range(6) for j in range(i)] + [(f"b{i}", f"b{j}") for i in range(6) for j in range(i)]
    before = find_communities(projection(pairs), 3)
    stood = {one.id: [member.id for member in one.members] for one in before.communities}
    grown = [*pairs, ("a0", "new"), ("a1", "new"), ("c1", "c2"), ("c2", "c3"), ("c1", "c3")]
    after = inherit(find_communities(projection(grown), 3), stood, 0.34)
    assert {one.id for one in after.communities} > set(stood)
    of_a = next(one.id for one in before.communities if one.members[0].id.startswith("a"))
    assert after.changes[of_a].joined == ("new",)
    assert after.changes[of_a].left == ()
    fresh = next(one.id for one in after.communities if one.id not in stood)
    assert after.changes[fresh].is_new


def test_a_split_keeps_the_name_for_the_larger_part() -> None:
    whole = [f"x{i}" for i in range(10)]
    parts = [(f"x{i}", f"x{j}") for i in range(6) for j in range(i)] + [(f"x{i}", f"x{j}") for i in range(6, 10) for j in range(6, i)]
    after = inherit(find_communities(projection(parts), 3), {"old": whole}, 0.34)
    assert {one.id: len(one.members) for one in after.communities}["old"] == 6
    assert len(after.communities) == 2


def test_money_inside_and_touching() -> None:
    web = projection([("a", "b"), ("b", "c"), ("a", "c"), ("d", "e"), ("e", "f"), ("d", "f")], 5.0)
    for a, b, amount, contracts in (("a", "b", 300.0, 2), ("c", "d", 100.0, 1)):
        web.ties.append(Tie(web.place(a, "Person"), web.place(b, "Person"), MONEY, 0.1, amount, contracts))
    first, second = find_communities(web, 3).communities
    assert (first.money_inside, first.money_touching, first.contracts_inside, first.contracts_touching) == (300.0, 400.0, 2, 3)
    assert first.share_inside == pytest.approx(0.75)
    assert (second.money_inside, second.share_inside) == (0.0, 0.0)


def test_nothing_and_nobody() -> None:
    assert find_communities(Projection(), 3).communities == ()
    lonely = Projection()
    lonely.place("a", "Person")
    assert find_communities(lonely, 1).communities == ()


def test_a_hundred_random_graphs_never_break_it() -> None:
    chance = Random(1)
    for _ in range(100):
        names = [f"n{i}" for i in range(chance.randint(2, 30))]
        pairs = [(chance.choice(names), chance.choice(names)) for _ in range(chance.randint(1, 60))]
        pairs = [(a, b) for a, b in pairs if a != b]
        found = find_communities(projection(pairs), 2)
        members = [member.id for one in found.communities for member in one.members]
        assert len(members) == len(set(members))
