"""Communities by Leiden (Traag, Waltman, van Eck 2019) with names that stay: who belongs together, through which ties and whose money."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from random import Random

import igraph

from queries.analysis.projection import MONEY, Projection

SEED = 20260115
"""The choice among equally good moves; fixed, so that the same graph gives the same communities."""


@dataclass(frozen=True, slots=True)
class Member:
    """A node of a community; `weight`: the sum of its ties to other members."""

    id: str
    label: str
    weight: float


@dataclass(frozen=True, slots=True)
class Community:
    """Members, the strongest bound first; money in roubles, of the contracts that touch a member."""

    id: str
    members: tuple[Member, ...]
    ties: Mapping[str, int]
    money_inside: float
    money_touching: float
    contracts_inside: int
    contracts_touching: int

    @property
    def share_inside(self) -> float | None:
        """Of the money of all contracts that touch a member, what stays between members; None without contracts."""
        return self.money_inside / self.money_touching if self.money_touching else None


@dataclass(frozen=True, slots=True)
class Change:
    """What happened to a community since the last analysis."""

    joined: tuple[str, ...] = ()
    left: tuple[str, ...] = ()
    is_new: bool = True


@dataclass(frozen=True, slots=True)
class Partition:
    """All communities that are large enough, the weightiest first, how good the partition is, and what changed."""

    communities: tuple[Community, ...]
    modularity: float
    changes: Mapping[str, Change] = field(default_factory=dict)


def find_communities(projection: Projection, smallest: int, resolution: float = 1.0) -> Partition:
    """Communities of at least `smallest` members; ids are those of new ones until `inherit` gives them their former names."""
    web = igraph.Graph(n=len(projection.ids), edges=[(tie.a, tie.b) for tie in projection.ties])
    web.es["weight"] = [tie.weight for tie in projection.ties]
    web = web.simplify(combine_edges={"weight": "sum"})
    if not web.ecount():
        return Partition((), 0.0)
    igraph.set_random_number_generator(Random(SEED))  # noqa: S311 - not a secret, but the same each time
    found = web.community_leiden("modularity", weights="weight", resolution=resolution, n_iterations=-1 if web.vcount() < 100_000 else 2)
    return Partition(tuple(_described(projection, found.membership, smallest)), float(web.modularity(found.membership, weights="weight")))


def inherit(partition: Partition, before: Mapping[str, Iterable[str]], heir: float) -> Partition:
    """The same communities under the ids of those they continue: the pair with the greatest overlap (Jaccard) first, each id once."""
    former = {name: frozenset(members) for name, members in before.items()}
    home: dict[str, list[str]] = defaultdict(list)
    for name, members in sorted(former.items()):
        for member in members:
            home[member].append(name)
    overlaps = []
    for one in partition.communities:
        shared = Counter(name for member in one.members for name in home.get(member.id, ()))
        for name, both in shared.items():
            overlaps.append((both / (len(one.members) + len(former[name]) - both), one.id, name))
    taken: dict[str, str] = {}
    for overlap, new, old in sorted(overlaps, key=lambda row: (-row[0], row[1], row[2])):
        if overlap >= heir and new not in taken and old not in taken.values():
            taken[new] = old
    changes: dict[str, Change] = {}
    renamed = []
    for one in partition.communities:
        name = taken.get(one.id, one.id)
        now = {member.id for member in one.members}
        then = former.get(name) if one.id in taken else None
        changes[name] = Change() if then is None else Change(tuple(sorted(now - then)), tuple(sorted(then - now)), is_new=False)
        renamed.append(replace(one, id=name))
    return Partition(tuple(renamed), partition.modularity, changes)


def _described(projection: Projection, membership: Sequence[int], smallest: int) -> list[Community]:
    members: dict[int, list[int]] = defaultdict(list)
    for place, group in enumerate(membership):
        members[group].append(place)
    kept = {group for group, some in members.items() if len(some) >= smallest}
    bound: dict[int, float] = defaultdict(float)
    ties: dict[int, Counter[str]] = defaultdict(Counter)
    inside: dict[int, list[float]] = defaultdict(lambda: [0.0, 0])
    touching: dict[int, list[float]] = defaultdict(lambda: [0.0, 0])
    for tie in projection.ties:
        here, there = membership[tie.a], membership[tie.b]
        if here == there:
            bound[tie.a] += tie.weight
            bound[tie.b] += tie.weight
            ties[here][tie.kind] += 1
        if tie.kind == MONEY:
            for group in {here, there}:
                touching[group][0] += tie.amount
                touching[group][1] += tie.contracts
            if here == there:
                inside[here][0] += tie.amount
                inside[here][1] += tie.contracts
    made = []
    for group in kept:
        some = sorted(members[group], key=lambda place: (-bound[place], projection.ids[place]))
        listed = tuple(Member(projection.ids[place], projection.labels[place], round(bound[place], 6)) for place in some)
        made.append(
            Community(
                _new_id(member.id for member in listed),
                listed,
                dict(sorted(ties[group].items())),
                inside[group][0],
                touching[group][0],
                int(inside[group][1]),
                int(touching[group][1]),
            )
        )
    return sorted(made, key=lambda one: (-one.money_inside, -len(one.members), one.id))


def _new_id(members: Iterable[str]) -> str:
    return "c-" + hashlib.sha256("\n".join(sorted(members)).encode()).hexdigest()[:12]
