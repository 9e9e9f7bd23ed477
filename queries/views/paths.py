"""Paths between two nodes: a bounded search from both ends that walks past nodes of many ties, the strongest path first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from heapq import heappop, heappush
from itertools import pairwise
from math import exp, log, log2

from domain.dates import FOREVER, NEVER, Day, day_of
from domain.errors import UsageError
from domain.spans import Span
from graph.client import Graph
from graph.values import Row
from queries.views.ids import Resolved
from queries.views.links import DERIVED, HOLDS, NODE, PATH_TYPES, Link, NodeRef, When, label_checked, link_of, node_ref, strength_of

MAX_HOPS = 6
HUB = 100
"""A node with more ties than this is not walked through: what passes by a ministry or a bank says nothing."""
TIES = 1200
"""Ties that are read at most; the search then answers with what it has."""
FRONT = 30
"""Nodes opened at once."""
UNSURE = 0.5
"""A tie that only may hold on the day counts half."""
BEST = 5
SUPPLIERS = 5000
"""Suppliers of an official's bodies that are looked for at most."""
PERSONAL_TYPES = (
    "SPOUSE_OF",
    "PARENT_OF",
    "SIBLING_OF",
    "DECLARED_KIN",
    "GUARDIAN_OF",
    "ASSOCIATED_WITH",
    "OWNS",
    "DIRECTS",
    "MEMBER_OF",
    "REPRESENTS",
)
"""Ties of people and firms, not of offices and purchases."""
SETTLING = 12
"""Rounds in which nodes of the best paths are counted."""

_OPEN = """
UNWIND $ids AS id
MATCH (n:%(label)s {id: id})
CALL {
  WITH n
  MATCH (n)-[r:%(types)s]-(o)
  WHERE %(holds)s
  RETURN r, o LIMIT $limit
}
RETURN id AS id, type(r) AS type, r.type AS past, coalesce(r.id, '') AS edge, startNode(r).id = id AS outwards,
       o.id AS other, labels(o)[0] AS label, r.start_lo AS start_lo, r.start_hi AS start_hi, r.end_lo AS end_lo, r.end_hi AS end_hi
"""
_EDGES = """
UNWIND $rows AS row
MATCH (a:%(a)s {id: row.from})-[r:%(type)s]->(b:%(b)s {id: row.to})
WHERE coalesce(r.id, '') = row.edge
RETURN row.from AS from, row.to AS to, row.edge AS edge, properties(r) AS properties
"""
_SUPPLIERS = """
MATCH (o:Person {id: $id})-[:EMPLOYED_BY]->(b:Organization)<-[:FOR_AUTHORITY]-(e:Event)<-[:SUPPLIES]-(f)
RETURN DISTINCT f.id AS id LIMIT $limit
"""
_NODES = "UNWIND $ids AS id MATCH (o:%s {id: id}) RETURN id AS id, " + NODE + " AS node"


@dataclass(frozen=True, slots=True)
class Path:
    """One path: `nodes` (canonical ids) and the ids of the strongest link of each hop; `strength` 0–1 orders paths, no more."""

    nodes: tuple[str, ...]
    links: tuple[str, ...]
    strength: float
    sure: bool


@dataclass(frozen=True, slots=True)
class Found:
    """Paths, the strongest first, with their nodes and links. `complete`: nothing within the bounds was left unseen."""

    paths: tuple[Path, ...]
    nodes: tuple[NodeRef, ...]
    links: tuple[Link, ...]
    complete: bool
    passed_by: tuple[str, ...] = ()
    """Nodes of too many ties that were not walked through."""


@dataclass(frozen=True, slots=True)
class _Tie:
    """An edge as the search sees it."""

    type: str
    edge: str
    start: str
    end: str
    cost: float
    sure: bool


def find_paths(
    graph: Graph,
    source: Resolved,
    target: Resolved,
    *,
    hops: int = 4,
    when: When | None = None,
    types: Sequence[str] = (),
    best: int = BEST,
) -> Found:
    """The strongest simple paths of at most `hops` (≤ 6) ties of these types (none: all facts) in either direction.

    As of a day ties that certainly do not hold are left out, those that may are kept and weaken the path.
    """
    if not 1 <= hops <= MAX_HOPS:
        raise UsageError(f"Длина пути — от 1 до {MAX_HOPS}.", f"A path has 1 to {MAX_HOPS} ties.")
    wanted = tuple(dict.fromkeys(types)) or PATH_TYPES
    unknown = [one for one in wanted if one not in PATH_TYPES and one not in DERIVED]
    if unknown:
        known = ", ".join((*PATH_TYPES, *sorted(DERIVED)))
        raise UsageError(f"Связей {', '.join(unknown)} нет; есть: {known}.", f"There are no ties {', '.join(unknown)}; there are: {known}.")
    if source.id == target.id:
        raise UsageError("Это одно и то же.", "Both ends are the same.")
    search = _Search(graph, when or When(), wanted, {source.id: source.label, target.id: target.label})
    search.run(source.id, target.id, hops)
    return search.hydrated(search.settled(source.id, target.id, hops, best))


def chains_to_suppliers(graph: Graph, official: Resolved, *, hops: int = 4, when: When | None = None, best: int = BEST) -> Found:
    """The strongest path from an official to each supplier of his bodies, the `best` of them: by kin, firms, representation.

    Ties of the purchase itself and of the office are not walked: that he works where the firm sells is no chain.
    """
    if not 1 <= hops <= MAX_HOPS:
        raise UsageError(f"Длина пути — от 1 до {MAX_HOPS}.", f"A path has 1 to {MAX_HOPS} ties.")
    suppliers = {row["id"] for row in graph.read(_SUPPLIERS, id=official.id, limit=SUPPLIERS)}
    search = _Search(graph, when or When(), PERSONAL_TYPES, {official.id: official.label})
    found: list[tuple[float, tuple[str, ...]]] = []
    for target in search.reached(official.id, hops) & suppliers:
        found += search.settled(official.id, target, hops, 1)
    return search.hydrated(sorted(found)[:best])


@dataclass(slots=True)
class _Search:
    """The part of the graph seen so far."""

    graph: Graph
    when: When
    types: Sequence[str]
    labels: dict[str, str]
    ties: dict[str, dict[str, _Tie]] = field(default_factory=lambda: defaultdict(dict))
    """Node → neighbour → the strongest tie between them."""
    degree: dict[str, int] = field(default_factory=dict)
    hubs: set[str] = field(default_factory=set)
    read: int = 0
    complete: bool = True
    day: Day | None = None

    def __post_init__(self) -> None:
        self.day = day_of(self.when.as_of) if self.when.as_of else None

    def run(self, source: str, target: str, hops: int) -> None:
        """Open nodes from both ends, ring by ring, always on the side that has fewer to open."""
        rings = [_Side(source), _Side(target)]
        self._open([source, target], {source, target})
        for _ in range(hops):
            sides = [side for side in rings if side.front]
            if len(sides) < len(rings):
                # One end has been seen whole: what it did not reach is not there, unless a hub stands in between.
                return
            # Of a hub that is an end only a part is read: the other end must come to it.
            side = min(sides, key=lambda one: (one.start in self.hubs, len(one.front), one.start))
            self._ring(side, ends={source, target})

    def reached(self, source: str, hops: int) -> set[str]:
        """Open nodes ring by ring from one end alone; all that it came to."""
        side = _Side(source)
        self._open([source], {source})
        for _ in range(hops):
            self._ring(side, ends={source})
        return set(side.cost)

    def _ring(self, side: _Side, ends: set[str]) -> None:
        ordered = sorted(side.front, key=lambda one: (side.cost[one], one))
        side.front = set()
        for at in range(0, len(ordered), FRONT):
            if self.read >= TIES:
                self.complete = False
                return
            batch = ordered[at : at + FRONT]
            self._open([one for one in batch if one not in self.degree], ends)
            for one in batch:
                if one in self.hubs and one not in ends:
                    continue
                for other, tie in sorted(self.ties[one].items()):
                    cost = side.cost[one] + tie.cost + self._toll(one, ends)
                    if cost < side.cost.get(other, float("inf")):
                        if other not in side.cost:
                            side.front.add(other)
                        side.cost[other] = cost

    def _open(self, ids: Sequence[str], ends: set[str]) -> None:
        by_label: dict[str, list[str]] = defaultdict(list)
        for one in ids:
            by_label[self.labels[one]].append(one)
        for label, some in sorted(by_label.items()):
            self._read(label, some, ends)

    def _read(self, label: str, ids: list[str], ends: set[str]) -> None:
        types = (*self.types, "PAST") if self.when.known_on else self.types
        statement = _OPEN % {"label": label_checked(label), "types": "|".join(types), "holds": HOLDS}
        rows: dict[str, list[Row]] = {one: [] for one in ids}
        for row in self.graph.read(statement, ids=ids, limit=HUB + 1, **self.when.parameters()):
            rows[row["id"]].append(row)
            self.read += 1
        for one, found in rows.items():
            self.degree[one] = len(found)
            if len(found) > HUB:
                self.hubs.add(one)
                if one not in ends:
                    continue
            for row in found:
                self._take(one, row)

    def _take(self, one: str, row: Row) -> None:
        kind = row["past"] if row["type"] == "PAST" else row["type"]
        if kind not in self.types or row["other"] == one:
            return
        start, end = (one, row["other"]) if row["outwards"] else (row["other"], one)
        span = Span(
            *(row[name] if row[name] is not None else NEVER for name in ("start_lo", "start_hi")),
            *(row[name] if row[name] is not None else FOREVER for name in ("end_lo", "end_hi")),
        )
        sure = self.day is None or span.holds(self.day, self.day) is True
        tie = _Tie(row["type"], row["edge"], start, end, -log(strength_of(kind) * (1 if sure else UNSURE)), sure)
        self.labels.setdefault(row["other"], row["label"])
        for here, there in ((one, row["other"]), (row["other"], one)):
            known = self.ties[here].get(there)
            if known is None or (tie.cost, tie.type, tie.edge) < (known.cost, known.type, known.edge):
                self.ties[here][there] = tie

    def _toll(self, node: str, ends: set[str]) -> float:
        """What it costs to pass through a node: the more ties it has, the less one of them says."""
        return 0.0 if node in ends else log(max(1.0, log2(1 + self.degree.get(node, len(self.ties[node])))))

    def settled(self, source: str, target: str, hops: int, count: int) -> list[tuple[float, tuple[str, ...]]]:
        """The best paths once every node they pass through has been counted: one that was only reached, not opened, may be a hub."""
        for _ in range(SETTLING):
            found = self.best(source, target, hops, count)
            unknown = sorted({node for _, path in found for node in path} - set(self.degree))
            if not unknown:
                return found
            self._open(unknown, {source, target})
        self.complete = False
        return [(cost, path) for cost, path in self.best(source, target, hops, count) if set(path) <= set(self.degree)]

    def _passable(self, node: str, ends: set[str]) -> bool:
        return node in ends or node not in self.hubs

    def best(self, source: str, target: str, hops: int, count: int) -> list[tuple[float, tuple[str, ...]]]:
        """The cheapest simple paths in what was seen: partial paths in the order of what they must cost in the end."""
        ends = {source, target}
        rest = self._rest(target, hops, ends)
        heap: list[tuple[float, tuple[str, ...], float]] = []
        if source in rest[hops]:
            heappush(heap, (rest[hops][source], (source,), 0.0))
        found: list[tuple[float, tuple[str, ...]]] = []
        while heap and len(found) < count:
            total, path, spent = heappop(heap)
            here = path[-1]
            if here == target:
                found.append((total, path))
                continue
            left = hops - len(path)
            for other, tie in self.ties[here].items():
                if other not in path and other in rest[left] and self._passable(other, ends):
                    cost = spent + tie.cost + self._toll(here, ends)
                    heappush(heap, (cost + rest[left][other], (*path, other), cost))
        return found

    def _rest(self, target: str, hops: int, ends: set[str]) -> list[dict[str, float]]:
        """Per number of ties left, what it costs at least to reach the target from a node, that node's toll not counted twice."""
        rest: list[dict[str, float]] = [{target: 0.0}]
        for _ in range(hops):
            before = rest[-1]
            after = dict(before)
            for node, cost in before.items():
                for other, tie in self.ties[node].items() if self._passable(node, ends) else ():
                    whole = cost + tie.cost + self._toll(other, ends)
                    if whole < after.get(other, float("inf")):
                        after[other] = whole
            rest.append(after)
        return rest

    def hydrated(self, found: Sequence[tuple[float, tuple[str, ...]]]) -> Found:
        """The paths with their nodes and links read in full."""
        ties = {self.ties[a][b] for _, path in found for a, b in pairwise(path)}
        links = self._links(ties)
        nodes = self._nodes({node for _, path in found for node in path})
        paths = []
        for cost, path in found:
            hops = [self.ties[a][b] for a, b in pairwise(path)]
            if all(tie in links for tie in hops) and all(one in nodes for one in path):
                paths.append(Path(path, tuple(links[tie].id for tie in hops), round(exp(-cost), 4), all(tie.sure for tie in hops)))
        shown = {one for path in paths for one in path.nodes}
        used = {one for path in paths for one in path.links}
        return Found(
            tuple(paths),
            tuple(nodes[one] for one in sorted(shown)),
            tuple(sorted((link for link in links.values() if link.id in used), key=lambda link: link.id)),
            self.complete,
            tuple(sorted(self.hubs)),
        )

    def _links(self, ties: Iterable[_Tie]) -> dict[_Tie, Link]:
        groups: dict[tuple[str, str, str], list[_Tie]] = defaultdict(list)
        for tie in ties:
            groups[self.labels[tie.start], tie.type, self.labels[tie.end]].append(tie)
        made: dict[_Tie, Link] = {}
        for (a, type_, b), some in sorted(groups.items()):
            statement = _EDGES % {"a": label_checked(a), "type": type_, "b": label_checked(b)}
            rows = [{"from": tie.start, "to": tie.end, "edge": tie.edge} for tie in some]
            read = {(row["from"], row["to"], row["edge"]): row["properties"] for row in self.graph.read(statement, rows=rows)}
            for tie in some:
                properties = read.get((tie.start, tie.end, tie.edge))
                if properties is not None:
                    made[tie] = link_of(type_, tie.start, tie.end, properties, self.when)
        return made

    def _nodes(self, ids: Iterable[str]) -> dict[str, NodeRef]:
        by_label: dict[str, list[str]] = defaultdict(list)
        for one in sorted(ids):
            by_label[self.labels[one]].append(one)
        return {
            row["id"]: node_ref(row["node"])
            for label, some in sorted(by_label.items())
            for row in self.graph.read(_NODES % label_checked(label), ids=some)
        }


class _Side:
    """One end: what it has reached at which cost, and what it opens next."""

    def __init__(self, start: str) -> None:
        self.start = start
        self.cost: dict[str, float] = {start: 0.0}
        self.front: set[str] = {start}
