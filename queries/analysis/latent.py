"""Conflicts that are one contract away: an official with powers in a body, and a firm of his or his kin that may sell to it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from domain.dates import Day
from graph.client import Graph
from queries.analysis.data import read_data

_POSTS = """
MATCH (o:Person)-[j:EMPLOYED_BY]->(b:Organization)
WHERE o.official = true AND j.start_lo <= $today AND j.end_hi > $today
RETURN DISTINCT o.id AS official, b.id AS body, CASE WHEN j.post IN $posts THEN j.post ELSE 'works_there' END AS power
"""
_SEATS = """
MATCH (o:Person)-[m:MEMBER_OF]->(c:Organization)-[:PART_OF]->(b:Organization)
WHERE o.official = true AND c.body_kind = 'commission' AND m.start_lo <= $today AND m.end_hi > $today
RETURN DISTINCT o.id AS official, b.id AS body, 'commission_member' AS power
"""
_ROLES = """
MATCH (o:Person)-[p:PARTICIPATES]->(e:Event)-[:FOR_AUTHORITY]->(b:Organization)
WHERE o.official = true AND e.schema IN ['Contract', 'CallForTenders']
  AND e.window_hi >= $since AND e.window_lo <= $today AND p.end_hi > $today
RETURN DISTINCT o.id AS official, b.id AS body, p.role AS power
"""
_KIN = """
MATCH (o:Person)-[k:KIN|SELF]->(r:Person)
WHERE o.official = true AND coalesce(k.start_lo, 0) <= $today AND coalesce(k.end_hi, 99999999) > $today
RETURN o.id AS official, r.id AS relative, type(k) AS type, k.path AS path, k.term AS term, k.lists AS lists, k.grade AS grade,
       k.ambiguous AS ambiguous
"""
_TIES = """
MATCH (r:Person)-[t:STAKE|DIRECTS]->(f:Organization)
WHERE t.start_lo <= $today AND t.end_hi > $today AND f.schema <> 'PublicBody'
  AND EXISTS { MATCH (r)<-[:KIN|SELF]-(:Person) }
RETURN r.id AS relative, f.id AS firm, type(t) AS type, t.share_hi AS share, t.role AS role
"""
_SALES = """
MATCH (f:Organization)-[s:SUPPLIES]->(e:Event)-[:FOR_AUTHORITY]->(b:Organization)
WHERE NOT coalesce(s.status, '') IN ['rejected', 'withdrawn'] AND e.window_lo <= $today
RETURN f.id AS firm, b.id AS body, e.schema AS schema, s.role AS role, e.okpd2 AS okpd2, count(e) AS n
"""
_NAMES = "UNWIND $ids AS id MATCH (n:%s {id: id}) RETURN id AS id, n.name AS name, n.ids AS ids"
Language = Literal["ru", "en"]
DECIDES = frozenset({"decides", "signs", "votes", "commission_member", "head", "contract_service_head", "contract_manager"})
LISTS = ("273-fz", "44-fz")


def said() -> Mapping[str, Any]:
    """What latent.yaml says."""
    return read_data("latent")


@dataclass(frozen=True, slots=True)
class Reason:
    """Why it may come to a contract: a name of latent.yaml's points with its numbers or codes."""

    name: str
    n: int = 0
    codes: tuple[str, ...] = ()

    @property
    def points(self) -> int:
        """What it adds to the order."""
        return int(said()["points"][self.name]["points"])

    def text(self, language: Language) -> str:
        """In words."""
        text: str = said()["points"][self.name][language]
        return text.format(n=self.n, codes=", ".join(self.codes))


@dataclass(frozen=True, slots=True)
class Latent:
    """One conflict that has no event yet. `kin` is None where the official himself holds the firm; `rules` would fire at a contract."""

    official: str
    relative: str
    firm: str
    body: str
    powers: tuple[str, ...]
    kin: str | None
    term: str | None
    tie: str
    share: float | None
    rules: tuple[str, ...]
    sure: bool
    reasons: tuple[Reason, ...]

    @property
    def points(self) -> int:
        """Its place in the list: more comes first."""
        return sum(reason.points for reason in self.reasons)


@dataclass(slots=True)
class _Market:
    """Who sells what, and who buys what, by ОКПД2 classes (four digits) and branches (two)."""

    sold: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    bought: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    contracts: Counter[tuple[str, str]] = field(default_factory=Counter)
    bids: Counter[tuple[str, str]] = field(default_factory=Counter)
    all_contracts: Counter[str] = field(default_factory=Counter)

    def reasons(self, firm: str, body: str) -> Iterable[Reason]:
        if n := self.contracts[firm, body]:
            yield Reason("sold_here", n)
        if n := self.bids[firm, body]:
            yield Reason("bid_here", n)
        classes = sorted(self.sold[firm].keys() & self.bought[body].keys())
        same = tuple(code for code in classes if len(code) > 2)
        if same:
            yield Reason("same_class", codes=same[:3])
        elif classes:
            yield Reason("same_branch", codes=tuple(classes[:3]))
        if n := self.all_contracts[firm]:
            yield Reason("sells", n)


def read_latent(graph: Graph, today: Day) -> list[Latent]:
    """Every pair of an official's body and a firm of his or his kin by what holds today, the likeliest first.

    A tie that may hold counts (`sure` is false then); kinship outside both lists does not, nor a share below one per cent.
    """
    powers = _powers(graph, today)
    market = _market(graph, today)
    ties: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in graph.stream(_TIES, today=today):
        ties[row["relative"]].append(row)
    best: dict[tuple[str, str, str], Latent] = {}
    for kin in graph.stream(_KIN, today=today):
        if kin["official"] not in powers or not _counts(kin):
            continue
        for tie in ties.get(kin["relative"], ()):
            if tie["type"] == "STAKE" and (tie["share"] or 0) < 1 / 100:
                continue
            for body, held in powers[kin["official"]].items():
                if body == tie["firm"]:
                    continue
                one = _one(kin, tie, body, held, market)
                key = one.official, one.firm, one.body
                if key not in best or _rank(one) < _rank(best[key]):
                    best[key] = one
    return sorted(best.values(), key=lambda one: (-one.points, _rank(one), one.official, one.firm, one.body))


def names_for(graph: Graph, found: Iterable[Latent]) -> dict[str, dict[str, Any]]:
    """By node its name and feed ids, for those that are listed."""
    some = list(found)
    people = sorted({node for one in some for node in (one.official, one.relative)})
    firms = sorted({node for one in some for node in (one.firm, one.body)})
    read = [row for label, ids in (("Person", people), ("Organization", firms)) if ids for row in graph.read(_NAMES % label, ids=ids)]
    return {row["id"]: row for row in read}


def completes(one: Latent, firm: str, body: str, language: Language) -> str:
    """The event that would complete it, in words."""
    text: str = said()["texts"]["completes"][language]
    return text.format(firm=firm, body=body, rules=", ".join(one.rules))


def _counts(kin: Mapping[str, Any]) -> bool:
    """Kin of one of the lists whose identity is more than a namesake's."""
    return kin["type"] == "SELF" or (kin["grade"] != "weak" and not set(LISTS).isdisjoint(kin["lists"] or ()))


def _one(kin: Mapping[str, Any], tie: Mapping[str, Any], body: str, held: frozenset[str], market: _Market) -> Latent:
    share = tie["share"] if tie["type"] == "STAKE" else None
    in_charge = tie["type"] == "DIRECTS" or (share is not None and share > 1 / 2)
    reasons = [*market.reasons(tie["firm"], body)]
    if held & DECIDES:
        reasons.append(Reason("decides"))
    if in_charge:
        reasons.append(Reason("controls"))
    own = kin["type"] == "SELF"
    return Latent(
        kin["official"],
        kin["relative"],
        tie["firm"],
        body,
        tuple(sorted(held)),
        None if own else kin["path"],
        None if own else kin["term"],
        tie["type"],
        share,
        _rules(kin, share, held, own=own),
        not kin["ambiguous"],
        tuple(reasons),
    )


def _rules(kin: Mapping[str, Any], share: float | None, held: frozenset[str], *, own: bool) -> tuple[str, ...]:
    """44-ФЗ's rules where its list, its posts and its share (more than a tenth) are met; 273-ФЗ's wide circle else."""
    strict = own or "44-fz" in (kin["lists"] or ())
    post = bool(held & {"head", "contract_service_head", "contract_manager", "commission_member", "votes"})
    return ("R-04", "R-05") if strict and post and (share is None or share > 1 / 10) else ("R-06",)


def _rank(one: Latent) -> tuple[Any, ...]:
    return (one.rules == ("R-06",), len(one.kin or ""), -(one.share or 0), one.relative, one.tie)


def _powers(graph: Graph, today: Day) -> dict[str, dict[str, frozenset[str]]]:
    """Official → body → the powers he has there."""
    held: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    since = today - 10_000 * int(said()["years"])
    for statement, parameters in (
        (_POSTS, {"today": today, "posts": list(said()["posts"])}),
        (_SEATS, {"today": today}),
        (_ROLES, {"today": today, "since": since}),
    ):
        for row in graph.stream(statement, **parameters):
            held[row["official"]][row["body"]].add(row["power"])
    return {official: {body: frozenset(some) for body, some in bodies.items()} for official, bodies in held.items()}


def _market(graph: Graph, today: Day) -> _Market:
    market = _Market()
    for row in graph.stream(_SALES, today=today):
        firm, body, n = row["firm"], row["body"], int(row["n"])
        if row["role"] == "supplier" and row["schema"] == "Contract":
            market.contracts[firm, body] += n
            market.all_contracts[firm] += n
        else:
            market.bids[firm, body] += n
        for code in _classes(row["okpd2"]):
            market.sold[firm][code] += n
            market.bought[body][code] += n
    return market


def _classes(okpd2: Any) -> tuple[str, ...]:
    """`42.11.20.000` → `42`, `42.11`."""
    texts = okpd2 if isinstance(okpd2, list) else [okpd2]
    codes = []
    for text in texts:
        if not text:
            continue
        branch, dot, rest = str(text).partition(".")
        codes.append(branch)
        if dot and len(rest) >= 2:
            codes.append(f"{branch}.{rest[:2]}")
    return tuple(codes)
