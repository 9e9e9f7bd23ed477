"""Communities by Leiden (Traag, Waltman, van Eck 2019) with names that stay: who belongs together, through which ties and whose money."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from random import Random

import igraph
import numpy as np
import numpy.typing as npt

from queries.analysis.projection import MONEY, Projection

Places = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]

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
    ties = _columns(projection)
    web = _web(ties, len(projection.ids))
    if not web.ecount():
        return Partition((), 0.0)
    igraph.set_random_number_generator(Random(SEED))  # noqa: S311 - not a secret, but the same each time
    found = web.community_leiden("modularity", weights="weight", resolution=resolution, n_iterations=-1 if web.vcount() < 100_000 else 2)
    return Partition(
        tuple(_described(projection, ties, np.array(found.membership), smallest)), float(web.modularity(found.membership, weights="weight"))
    )


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


@dataclass(frozen=True, slots=True)
class _Ties:
    """The ties of a projection in columns; `kind` by its place in `kinds`."""

    a: Places
    b: Places
    weight: Floats
    kind: Places
    kinds: Sequence[str]
    amount: Floats
    contracts: Places


def _columns(projection: Projection) -> _Ties:
    kinds = sorted({tie.kind for tie in projection.ties})
    numbers = {kind: number for number, kind in enumerate(kinds)}
    rows, count = projection.ties, len(projection.ties)
    return _Ties(
        np.fromiter((tie.a for tie in rows), np.int64, count),
        np.fromiter((tie.b for tie in rows), np.int64, count),
        np.fromiter((tie.weight for tie in rows), np.float64, count),
        np.fromiter((numbers[tie.kind] for tie in rows), np.int64, count),
        kinds,
        np.fromiter((tie.amount for tie in rows), np.float64, count),
        np.fromiter((tie.contracts for tie in rows), np.int64, count),
    )


def _web(ties: _Ties, nodes: int) -> igraph.Graph:
    """Ties of the same two nodes as one, of the sum of their weights."""
    apart = ties.a != ties.b
    low, high = np.minimum(ties.a, ties.b)[apart], np.maximum(ties.a, ties.b)[apart]
    pairs, where = np.unique(low * nodes + high, return_inverse=True)
    web = igraph.Graph(n=nodes)
    # A third of the time that the same edges take in the constructor.
    web.add_edges(np.stack([pairs // nodes, pairs % nodes], axis=1))
    web.es["weight"] = np.bincount(where, ties.weight[apart])
    return web


def _described(projection: Projection, ties: _Ties, membership: Places, smallest: int) -> list[Community]:
    groups = int(membership.max()) + 1
    here, there = membership[ties.a], membership[ties.b]
    within = here == there
    money = ties.kind == (ties.kinds.index(MONEY) if MONEY in ties.kinds else -1)
    bound = np.zeros(len(membership))
    for side in (ties.a, ties.b):
        bound += np.bincount(side[within], ties.weight[within], len(membership))
    bound = bound.round(6)
    kinds = np.bincount(here[within] * len(ties.kinds) + ties.kind[within], minlength=groups * len(ties.kinds)).reshape(groups, -1)
    # What two groups pay each other touches both, once each.
    ends = [(here, money), (there, money & ~within)]
    inside, contracts_inside = _sums(ties, [(here, money & within)], groups)
    touching, contracts_touching = _sums(ties, ends, groups)
    order = np.argsort(membership, kind="stable")
    starts = np.searchsorted(membership[order], np.arange(groups + 1))
    made = []
    for group in np.flatnonzero(np.diff(starts) >= smallest):
        places = order[starts[group] : starts[group + 1]].tolist()
        some = sorted(places, key=lambda place: (-bound[place], projection.ids[place]))
        listed = tuple(Member(projection.ids[place], projection.labels[place], float(bound[place])) for place in some)
        made.append(
            Community(
                _new_id(member.id for member in listed),
                listed,
                {kind: int(count) for kind, count in zip(ties.kinds, kinds[group], strict=True) if count},
                float(inside[group]),
                float(touching[group]),
                int(contracts_inside[group]),
                int(contracts_touching[group]),
            )
        )
    return sorted(made, key=lambda one: (-one.money_inside, -len(one.members), one.id))


def _sums(ties: _Ties, ends: Iterable[tuple[Places, Flags]], groups: int) -> tuple[Floats, Floats]:
    """Roubles and contracts by group."""
    amounts, contracts = np.zeros(groups), np.zeros(groups)
    for side, counted in ends:
        amounts += np.bincount(side[counted], ties.amount[counted], groups)
        contracts += np.bincount(side[counted], ties.contracts[counted], groups)
    return amounts, contracts


def _new_id(members: Iterable[str]) -> str:
    return "c-" + hashlib.sha256("\n".join(sorted(members)).encode()).hexdigest()[:12]
