"""From judged pairs to people: which records are one, which are doubtful, and how strongly any two hang together.

Links are taken in tiers, strongest first: a person's own decisions, then S1 and O1, S2, S3, S4, O2, S5 and the rest of the
probable. Within a tier nothing depends on order: a link that lies on any path between two groups that reject each other is
ambiguous, and all such links of the tier become weak, whichever was found first.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace

import networkx as nx

from screening.verdicts import Grade, Verdict

Rejects = Callable[[str, str], bool]
_TIERS = ("S1", "O1", "S2", "S3", "S4", "O2", "S5")


@dataclass(frozen=True, slots=True)
class Link:
    """One judged pair; `left` < `right`. `reason` is the ground's code, or why the link was lowered."""

    left: str
    right: str
    test: str
    grade: Grade
    probability: float
    reason: str = ""
    data_error: bool = False

    @property
    def strength(self) -> tuple[int, float, str, str]:
        """Sorts the strongest first; the keys settle what is left."""
        return (_tier(self), -self.probability, self.left, self.right)


@dataclass(frozen=True, slots=True)
class Decision:
    """A person's word on a pair: the same, or different. It stands above every test."""

    left: str
    right: str
    same: bool
    by: str = ""


@dataclass(frozen=True, slots=True)
class Cluster:
    """Records that are one. `joined`: by which link each came in, seen from the smallest key (which came in by none)."""

    id: str
    keys: tuple[str, ...]
    joined: Mapping[str, Link]
    tree: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Clustering:
    """All clusters (single records too), doubtful links, pairs that are errors of data, and decisions that contradict others."""

    clusters: tuple[Cluster, ...]
    weak: tuple[Link, ...]
    data_errors: tuple[Link, ...]
    contradictions: tuple[Link, ...]


def link_of(verdict: Verdict) -> Link:
    """A verdict as a link between the two records' keys."""
    left, right = sorted((verdict.left.key, verdict.right.key))
    return Link(left, right, verdict.test, verdict.grade, verdict.probability, verdict.ground.code, verdict.data_error)


def never(_left: str, _right: str) -> bool:
    """For callers whose links hold every rejected pair that matters."""
    return False


def cluster(keys: Iterable[str], links: Iterable[Link], rejects: Rejects = never, decisions: Iterable[Decision] = ()) -> Clustering:
    """The clusters of some records.

    `rejects(a, b)` tells whether two records can't be one where no link says so: it is asked for pairs that a link would
    bring together without having been candidates. Links to keys that are not given are left out. Of several links of one
    pair the strongest counts; of several decisions the last.
    """
    known = sorted(set(keys))
    inside_keys = set(known)
    decided = {_pair(one.left, one.right): one.same for one in decisions if {one.left, one.right} <= inside_keys}
    best = {_pair(link.left, link.right): link for link in sorted(links, key=lambda link: link.strength, reverse=True)}
    judged = [link for pair, link in sorted(best.items()) if pair not in decided and inside_keys.issuperset(pair)]
    work = _Work(known, decided, rejects, judged)
    by_hand = [Link(*pair, "decision", Grade.CERTAIN, 1.0, "decision") for pair, same in sorted(decided.items()) if same]
    contradictions = work.join(by_hand, ambiguous="contradicts_decision")
    work.settle_decisions()
    weak = [link for link in judged if link.grade is Grade.WEAK]
    strong = [link for link in judged if link.grade in {Grade.CERTAIN, Grade.PROBABLE}]
    for tier in sorted({_tier(link) for link in strong}):
        weak += work.join([link for link in strong if _tier(link) == tier], ambiguous="ambiguous")
    return Clustering(
        tuple(work.clusters()),
        tuple(sorted((link for link in weak if not work.together(link)), key=lambda link: link.strength)),
        tuple(sorted((link for link in judged if link.data_error), key=lambda link: link.strength)),
        tuple(contradictions),
    )


def weakest_link(cluster: Cluster, from_keys: Iterable[str], to_key: str) -> Link | None:
    """The weakest link on the strongest path from any of some records to another of the cluster; None when it is one of them.

    This is the identity that a chain stands on when one of its facts names the one record and the next the other.
    """
    neighbours: dict[str, list[tuple[str, Link]]] = defaultdict(list)
    for link in cluster.tree:
        neighbours[link.left].append((link.right, link))
        neighbours[link.right].append((link.left, link))
    found: dict[str, Link | None] = {to_key: None}
    queue = [to_key]
    for key in queue:
        for other, link in neighbours[key]:
            if other not in found:
                sofar = found[key]
                found[other] = link if sofar is None or link.strength > sofar.strength else sofar
                queue.append(other)
    reached = [found[key] for key in sorted(from_keys) if key in found]
    if not reached:
        raise KeyError(to_key)
    if any(link is None for link in reached):
        return None
    return min((link for link in reached if link), key=lambda link: link.strength)


class _Work:
    """Groups while they grow: union-find, with the links that were taken."""

    def __init__(self, keys: list[str], decided: Mapping[tuple[str, str], bool], rejects: Rejects, links: list[Link]) -> None:
        self._members = {key: [key] for key in keys}
        self._root = {key: key for key in keys}
        self._decided = decided
        self._machine = rejects
        self._certain = {_pair(link.left, link.right) for link in links if link.grade is Grade.CERTAIN}
        self._judged_apart = {_pair(link.left, link.right) for link in links if link.grade in {Grade.REJECT, Grade.DATA_ERROR}}
        self._by_hand: dict[str, frozenset[str]] | None = None
        self.accepted: list[Link] = []

    def clusters(self) -> list[Cluster]:
        """Every group with its links."""
        links: dict[str, list[Link]] = defaultdict(list)
        for link in self.accepted:
            links[self._root[link.left]].append(link)
        return [_cluster(sorted(members), links[root]) for root, members in sorted(self._members.items())]

    def together(self, link: Link) -> bool:
        """Both ends are in one group by now."""
        return self._root[link.left] == self._root[link.right]

    def settle_decisions(self) -> None:
        """From here on, records that a person called one count as one record: machine rejections hold for all or none of them."""
        self._by_hand = {key: frozenset(members) for members in self._members.values() for key in members}

    def join(self, links: list[Link], *, ambiguous: str) -> list[Link]:
        """Join what a tier's links join; the lowered links come back."""
        web = nx.Graph()
        web.add_edges_from(self._roots(link) for link in links if not self.together(link))
        bad: set[tuple[str, str]] = set()
        for component in list(nx.connected_components(web)):
            bad |= self._ambiguous(web.subgraph(component))
        in_doubt = [link for link in links if self._roots(link) in bad]
        self._take([link for link in links if self._roots(link) not in bad])
        return [replace(link, grade=Grade.WEAK, reason=ambiguous) for link in in_doubt]

    def _roots(self, link: Link) -> tuple[str, str]:
        return _pair(self._root[link.left], self._root[link.right])

    def _take(self, links: list[Link]) -> None:
        for link in sorted(links, key=lambda link: link.strength):
            self.accepted.append(link)
            keep, gone = sorted((self._root[link.left], self._root[link.right]))
            if keep != gone:
                for key in self._members[gone]:
                    self._root[key] = keep
                self._members[keep] += self._members.pop(gone)

    def _ambiguous(self, web: nx.Graph) -> set[tuple[str, str]]:
        """The edges on any simple path between two nodes that reject each other.

        With an edge of their own between the two, these are the edges of the biconnected component that holds it.
        """
        nodes = sorted(web.nodes)
        bad: set[tuple[str, str]] = set()
        for place, one in enumerate(nodes):
            for two in nodes[place + 1 :]:
                if not self._apart(one, two):
                    continue
                tied = nx.Graph(web)
                tied.add_edge(one, two)
                for edges in nx.biconnected_component_edges(tied):
                    pairs = {_pair(*edge) for edge in edges}
                    if (one, two) in pairs:
                        bad |= pairs
        return bad

    def _apart(self, one: str, two: str) -> bool:
        """Two groups can't be one: a person said so of any pair, or a pair of their records is rejected."""
        lefts, rights = self._members[one], self._members[two]
        if any(self._decided.get(_pair(left, right)) is False for left in lefts for right in rights):
            return True
        return self._by_hand is not None and any(self._rejected(left, right) for left in lefts for right in rights)

    def _rejected(self, left: str, right: str) -> bool:
        """A rejection counts unless a record that a person called one with either end is certainly the other."""
        if self._by_hand is None or not (_pair(left, right) in self._judged_apart or self._machine(left, right)):
            return False
        lefts, rights = self._by_hand[left], self._by_hand[right]
        if len(lefts) == len(rights) == 1:
            return True
        return not any(_pair(a, b) in self._certain for a in lefts for b in rights)


def _cluster(keys: list[str], links: list[Link]) -> Cluster:
    """The strongest tree over the accepted links, and each record's link towards the smallest key."""
    web = nx.Graph()
    web.add_nodes_from(keys)
    for link in sorted(links, key=lambda link: link.strength):
        if not nx.has_path(web, link.left, link.right):
            web.add_edge(link.left, link.right, link=link)
    joined = {child: web.edges[parent, child]["link"] for parent, child in nx.bfs_edges(web, keys[0])}
    tree = tuple(sorted((data["link"] for _, _, data in web.edges(data=True)), key=lambda link: link.strength))
    return Cluster(keys[0], tuple(keys), joined, tree)


def _pair(one: str, two: str) -> tuple[str, str]:
    return (one, two) if one < two else (two, one)


def _tier(link: Link) -> int:
    """0 a person's decision; certain before probable; then the tests in their order."""
    if link.test == "decision":
        return 0
    order = _TIERS.index(link.test) if link.test in _TIERS else len(_TIERS)
    base = {Grade.CERTAIN: 1, Grade.PROBABLE: 20}.get(link.grade, 40)
    return base + order
