"""Keeps the STAKE edges in step with ownership: around what changed, or everywhere."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from fractions import Fraction
from typing import Any

from domain.spans import Span
from graph.client import Graph, Transaction
from graph.marks import mark
from graph.values import Row
from queries.derive.ownership import MAX_DEPTH, OwnershipFact, OwnershipIndex, Stake, affected_owners, stakes_of

BATCH = 400
WHOLE = 3000
"""From so many changed nodes on, reading everything at once is faster."""
_LABELS = ("Person", "Organization")

_ALL = "MATCH (a)-[o:OWNS]->(f:Organization) RETURN labels(a)[0] AS label, a.id AS a, f.id AS f, properties(o) AS fact"
_OWNERS_OF = """
UNWIND $ids AS id
MATCH (f:Organization {id: id})<-[o:OWNS]-(a)
RETURN labels(a)[0] AS label, a.id AS a, f.id AS f, properties(o) AS fact
"""
_OWNED_BY = """
UNWIND $ids AS id
MATCH (a:%s {id: id})-[o:OWNS]->(f:Organization)
RETURN labels(a)[0] AS label, a.id AS a, f.id AS f, properties(o) AS fact
"""
_LABEL = "UNWIND $ids AS id MATCH (n:%s {id: id}) RETURN id AS id"
_DROP = "UNWIND $ids AS id MATCH (a:%s {id: id})-[s:STAKE]->() DELETE s"
_CREATE = "UNWIND $rows AS row MATCH (a:%s {id: row.from}), (f:Organization {id: row.to}) CREATE (a)-[s:STAKE]->(f) SET s = row.props"


class _Web:
    """Ownership facts read so far, with the labels of the owners."""

    def __init__(self) -> None:
        self.facts: dict[str, OwnershipFact] = {}
        self.edges: dict[str, Mapping[str, Any]] = {}
        self.labels: dict[str, str] = {}

    def take(self, row: Row) -> None:
        """Keep one OWNS edge."""
        fact = row["fact"]
        span = Span(fact["start_lo"], fact["start_hi"], fact["end_lo"], fact["end_hi"])
        share = Fraction(fact["share"]) if fact.get("share") is not None else None
        self.facts[fact["id"]] = OwnershipFact(
            row["a"], row["f"], fact["id"], share, span, fact.get("source", ""), fact.get("trust", 0), fact.get("basis") or ""
        )
        self.edges[fact["id"]] = fact
        self.labels[row["a"]] = row["label"]

    def index(self) -> OwnershipIndex:
        """An index over all that was read."""
        return OwnershipIndex(self.facts.values())


def read_owners(graph: Graph, firms: Iterable[str] | None) -> OwnershipIndex:
    """Who owns these firms directly (None: all ownership there is)."""
    web = _Web()
    rows = graph.stream(_ALL) if firms is None else (row for batch in _batches(firms) for row in graph.read(_OWNERS_OF, ids=batch))
    for row in rows:
        web.take(row)
    return web.index()


def derive_stakes(graph: Graph, changed: Iterable[str] | None, progress: Callable[[int], None] | None = None) -> int:
    """Replace the STAKE edges of every owner whom the changed people and firms can touch (None: of all); marks both ends.

    Returns the number of edges written.
    """
    start = None if changed is None else set(changed)
    if start is not None and not start:
        return 0
    if start is None or len(start) > WHOLE:
        web = _Web()
        for row in graph.stream(_ALL):
            web.take(row)
        owners = set(web.labels) if start is None else affected_owners(start, web.index()) | start
        if start is None:
            owners |= {row["id"] for row in graph.stream("MATCH (a)-[:STAKE]->() RETURN DISTINCT a.id AS id")}
    else:
        up = _read_up(graph, start)
        owners = affected_owners(start, up.index()) | start
        web = _read_down(graph, owners, up)
    index = web.index()
    written = 0
    for batch in _batches(owners):
        written += _replace(graph, batch, index, web, marking=start is not None)
        if progress:
            progress(len(batch))
    return written


def _replace(graph: Graph, owners: Sequence[str], index: OwnershipIndex, web: _Web, *, marking: bool) -> int:
    labels = _labels(graph, owners, web)
    rows: dict[str, list[Row]] = {label: [] for label in _LABELS}
    for owner in owners:
        label = labels.get(owner)
        if label in rows:
            for number, stake in enumerate(stakes_of(owner, index)):
                rows[label].append({"from": owner, "to": stake.asset, "props": _props(stake, number, web)})

    def write(tx: Transaction) -> None:
        for label in _LABELS:
            tx.run(_DROP % label, ids=[owner for owner in owners if labels.get(owner) == label])
            if rows[label]:
                tx.run(_CREATE % label, rows=rows[label])
        if marking:
            ends = {(labels[owner], owner) for owner in owners if owner in labels}
            mark(tx, "rules", ends | {("Organization", row["to"]) for label in _LABELS for row in rows[label]})

    graph.transact(write)
    return sum(len(found) for found in rows.values())


def _props(stake: Stake, number: int, web: _Web) -> Row:
    """Shares are kept with ten decimals: the thresholds of the law have two."""
    return {
        "id": str(number),
        "share_lo": round(float(stake.share_lo), 10),
        "share_hi": round(float(stake.share_hi), 10),
        "direct": stake.direct,
        "controls": stake.controls is True,
        "trust_management": stake.trust_management,
        "paths": stake.paths,
        "via": list(stake.via),
        "missing": list(stake.missing),
        "links": json.dumps([_link(link, web) for link in stake.links], ensure_ascii=False),
        **_span(stake.span),
    }


def _link(link: Any, web: _Web) -> Row:
    edge = web.edges.get(link.facts[0], {}) if link.facts else {}
    kept = {name: edge[name] for name in ("source", "record", "start", "end", "start_lo", "start_hi", "end_lo", "end_hi") if name in edge}
    return {
        **kept,
        "from": link.owner,
        "to": link.asset,
        "type": "OWNS",
        "share": round(float(link.share_hi), 10) if link.share_lo == link.share_hi else None,
        "from_key": edge.get("from_key"),
        "to_key": edge.get("to_key"),
        "derived_from": list(link.facts),
        "kind": "trust_management" if link.in_trust else None,
    }


def _span(span: Span) -> Row:
    return {"start_lo": span.start_lo, "start_hi": span.start_hi, "end_lo": span.end_lo, "end_hi": span.end_hi}


def _read_up(graph: Graph, start: Iterable[str]) -> _Web:
    """The owners above these, as far as a chain reaches."""
    web = _Web()
    frontier = set(start)
    seen: set[str] = set()
    for _ in range(MAX_DEPTH):
        seen |= frontier
        found: set[str] = set()
        for batch in _batches(frontier):
            for row in graph.read(_OWNERS_OF, ids=batch):
                web.take(row)
                found.add(row["a"])
        frontier = found - seen
        if not frontier:
            break
    return web


def _read_down(graph: Graph, owners: Iterable[str], web: _Web) -> _Web:
    """What these own, as far as a chain reaches, and the other records of each pair."""
    frontier = set(owners)
    seen: set[str] = set()
    for _ in range(MAX_DEPTH):
        seen |= frontier
        found: set[str] = set()
        for batch in _batches(frontier):
            for label in _LABELS:
                for row in graph.read(_OWNED_BY % label, ids=batch):
                    web.take(row)
                    found.add(row["f"])
        frontier = found - seen
        if not frontier:
            break
    return web


def _labels(graph: Graph, owners: Sequence[str], web: _Web) -> dict[str, str]:
    found = {owner: web.labels[owner] for owner in owners if owner in web.labels}
    unknown = [owner for owner in owners if owner not in found]
    for label in _LABELS if unknown else ():
        found |= {row["id"]: label for row in graph.read(_LABEL % label, ids=unknown)}
    return found


def _batches(ids: Iterable[str]) -> Iterable[list[str]]:
    ordered = sorted(ids)
    for start in range(0, len(ordered), BATCH):
        yield ordered[start : start + BATCH]
