"""Closed circles of suppliers: firms of one hand that share the purchases of one body among themselves, and how they take turns."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise

from graph.client import Graph

MOST_SHARED = 5
"""An owner or director of more firms than this, or a requisite that more of them share, is a hub that says nothing about any two."""

_CONTRACTS = """
MATCH (f:Organization)-[s:SUPPLIES]->(e:Event)-[:FOR_AUTHORITY]->(b:Organization)
WHERE s.role = 'supplier' AND e.schema = 'Contract' AND NOT coalesce(s.status, '') IN ['rejected', 'withdrawn']
RETURN b.id AS body, f.id AS firm, e.id AS event, coalesce(e.window_lo, 0) AS day, coalesce(toFloat(e.amount), 0.0) AS amount
"""
_HANDS = """
MATCH (f:Organization)-[:SUPPLIES]->(:Event)
WITH DISTINCT f
MATCH (f)<-[r:OWNS|DIRECTS]-(x)
RETURN f.id AS firm, x.id AS hand, type(r) AS kind
"""
_REQUISITES = """
MATCH (f:Organization)-[:SUPPLIES]->(:Event)
WITH DISTINCT f
RETURN f.id AS firm, coalesce(f.phones, []) AS phones, coalesce(f.emails, []) AS emails, coalesce(f.addresses, []) AS addresses
"""


@dataclass(frozen=True, slots=True)
class Win:
    """A contract that a firm won."""

    firm: str
    event: str
    day: int
    amount: float


@dataclass(frozen=True, slots=True)
class Bond:
    """What two firms share: `OWNS`, `DIRECTS`, `phone`, `email`, `address`, and by whom or what."""

    kind: str
    by: str
    firms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Circle:
    """Firms of one hand at one body. `turns`: how often the winner changed between two contracts that follow each other.

    `share`: of the body's money, what went to the circle. `expected_turns`: the mean over random orders of the same contracts.
    """

    body: str
    firms: tuple[str, ...]
    bonds: tuple[Bond, ...]
    contracts: tuple[Win, ...]
    amount: float
    share: float
    turns: int
    expected_turns: float

    @property
    def alternating(self) -> bool:
        """The winners change more often than chance would make them."""
        return len(self.contracts) >= 4 and self.turns > self.expected_turns


def read_circles(graph: Graph, least_contracts: int = 3) -> list[Circle]:
    """The circles of every body, the largest sum first."""
    wins: dict[str, list[Win]] = defaultdict(list)
    for row in graph.stream(_CONTRACTS):
        wins[row["body"]].append(Win(row["firm"], row["event"], int(row["day"]), float(row["amount"])))
    return find_circles(wins, _bonds(graph), least_contracts)


def find_circles(wins: Mapping[str, Iterable[Win]], bonds: Iterable[Bond], least_contracts: int = 3) -> list[Circle]:
    """Of each body the groups of two or more winners that hang together by bonds and won at least so many contracts."""
    by_firm: dict[str, list[Bond]] = defaultdict(list)
    for bond in bonds:
        for firm in bond.firms:
            by_firm[firm].append(bond)
    found = []
    for body, some in wins.items():
        won = sorted(some, key=lambda win: (win.day, win.event, win.firm))
        total = sum(win.amount for win in won)
        for firms in _groups({win.firm for win in won}, by_firm):
            own = tuple(win for win in won if win.firm in firms)
            if len(own) < least_contracts:
                continue
            used = {bond for firm in firms for bond in by_firm[firm] if len(firms.intersection(bond.firms)) > 1}
            amount = sum(win.amount for win in own)
            found.append(
                Circle(
                    body,
                    tuple(sorted(firms)),
                    tuple(sorted(used, key=lambda bond: (bond.kind, bond.by))),
                    own,
                    amount,
                    amount / total if total else 0.0,
                    sum(one.firm != two.firm for one, two in pairwise(own)),
                    _expected_turns(own),
                )
            )
    return sorted(found, key=lambda one: (-one.amount, one.body, one.firms))


def _groups(firms: set[str], by_firm: Mapping[str, list[Bond]]) -> list[set[str]]:
    """Connected groups of at least two, through bonds between winners of the same body only."""
    left, groups = set(firms), []
    while left:
        front = {left.pop()}
        group = set(front)
        while front:
            reached = {other for firm in front for bond in by_firm.get(firm, ()) for other in bond.firms} & left
            left -= reached
            group |= reached
            front = reached
        if len(group) > 1:
            groups.append(group)
    return groups


def _expected_turns(wins: tuple[Win, ...]) -> float:
    """Of n contracts in random order, two neighbours have different winners with probability 1 − Σ n_i(n_i − 1) / n(n − 1)."""
    n = len(wins)
    if n < 2:
        return 0.0
    counts: dict[str, int] = defaultdict(int)
    for win in wins:
        counts[win.firm] += 1
    return (n - 1) * (1 - sum(k * (k - 1) for k in counts.values()) / (n * (n - 1)))


def _bonds(graph: Graph) -> list[Bond]:
    shared: dict[tuple[str, str], set[str]] = defaultdict(set)
    for row in graph.stream(_HANDS):
        shared[row["kind"], row["hand"]].add(row["firm"])
        if row["kind"] == "OWNS":
            shared["OWNS", row["firm"]].add(row["firm"])
            shared["OWNS", row["hand"]].add(row["hand"])
    for row in graph.stream(_REQUISITES):
        for kind, values in (("phone", row["phones"]), ("email", row["emails"]), ("address", row["addresses"])):
            for value in values:
                shared[kind, str(value).casefold()].add(row["firm"])
    return [Bond(kind, by, tuple(sorted(firms))) for (kind, by), firms in sorted(shared.items()) if 1 < len(firms) <= MOST_SHARED]
