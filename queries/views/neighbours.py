"""What hangs on a node: counts by type and direction first, then one type at a time, page by page; hubs cost no more than others."""

from __future__ import annotations

from dataclasses import dataclass

from domain.errors import UsageError
from graph.client import Graph
from queries.views.entities import COUNTED, Fact, fact_of
from queries.views.ids import Resolved
from queries.views.links import HOLDS, IN, NODE, OUT, Kind, When, kinds_of, label_checked
from queries.views.page import MOST, Page, decode, encode

REACH = 10_000
"""Links of one kind that can be paged through, in the engine's order; those behind are found by narrowing: a day, search, a list."""
_STATE = f"""
WHERE {HOLDS}
WITH r, o LIMIT {REACH}
WITH r, o, coalesce(r.start_lo, 0) AS day, coalesce(r.id, '') + '|' + o.id AS place
WHERE $after_day IS NULL OR day < $after_day OR (day = $after_day AND place > $after)
WITH r, o, day, place ORDER BY day DESC, place LIMIT $limit
RETURN properties(r) AS edge, {NODE} AS other, day, place
"""
_PAGE = {
    OUT: f"MATCH (n:%(label)s {{id: $id}})-[r:%(type)s]->(o)\n{_STATE}",
    IN: f"MATCH (n:%(label)s {{id: $id}})<-[r:%(type)s]-(o)\n{_STATE}",
}
_NUMBER = f"WHERE {HOLDS} WITH r LIMIT {COUNTED + 1} RETURN %(n)s AS kind, count(r) AS n"
_COUNT = {
    OUT: f"MATCH (:%(label)s {{id: $id}})-[r:%(type)s]->() {_NUMBER}",
    IN: f"MATCH (:%(label)s {{id: $id}})<-[r:%(type)s]-() {_NUMBER}",
}


@dataclass(frozen=True, slots=True)
class LinkCount:
    """How many links of one kind a node has; `more`: at least so many, counting stopped there."""

    section: str
    type: str
    direction: str
    count: int
    more: bool = False

    @property
    def text(self) -> str:
        """`17`, or `10000+`."""
        return f"{self.count}+" if self.more else str(self.count)


def link_counts(graph: Graph, resolved: Resolved, when: When | None = None) -> tuple[LinkCount, ...]:
    """Counts of every kind that is there, in the order of a card; PAST only where `known_on` is asked."""
    asked = when or When()
    kinds = [kind for kind in kinds_of(resolved.label) if kind.type != "PAST" or asked.known_on]
    label = label_checked(resolved.label)
    parts = [_COUNT[kind.direction] % {"label": label, "type": kind.type, "n": n} for n, kind in enumerate(kinds)]
    rows = graph.read("\nUNION ALL\n".join(parts), id=resolved.id, **asked.parameters())
    made = ((kinds[row["kind"]], row["n"]) for row in rows if row["n"])
    counts = {kind: LinkCount(kind.section, kind.type, kind.direction, min(n, COUNTED), n > COUNTED) for kind, n in made}
    return tuple(counts[kind] for kind in kinds if kind in counts)


def expand(
    graph: Graph, resolved: Resolved, type_: str, direction: str, when: When | None = None, limit: int = 50, cursor: str | None = None
) -> Page[Fact]:
    """One page of a node's links of one kind, the latest begun first; at most REACH of them can be paged through."""
    asked = when or When()
    kind = next((one for one in kinds_of(resolved.label) if (one.type, one.direction) == (type_, direction)), None)
    if kind is None:
        known = ", ".join(dict.fromkeys(f"{one.type}:{one.direction}" for one in kinds_of(resolved.label)))
        raise UsageError(
            f"Связей «{type_}» ({direction}) здесь не бывает; бывают: {known}.", f"No {type_} ({direction}) here; there are: {known}."
        )
    return _expand(graph, resolved, kind, asked, max(1, min(limit, MOST)), cursor)


def _expand(graph: Graph, resolved: Resolved, kind: Kind, when: When, limit: int, cursor: str | None) -> Page[Fact]:
    day, after = decode(cursor, (int, str)) or (None, None)
    statement = _PAGE[kind.direction] % {"label": label_checked(resolved.label), "type": kind.type}
    rows = graph.read(statement, id=resolved.id, after_day=day, after=after, limit=limit + 1, **when.parameters())
    facts = tuple(fact_of(resolved.id, kind, row["edge"], row["other"], when) for row in rows[:limit])
    following = encode(rows[limit - 1]["day"], rows[limit - 1]["place"]) if len(rows) > limit else None
    return Page(facts, following)
