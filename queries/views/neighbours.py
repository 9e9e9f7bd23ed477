"""What hangs on a node: counts by type and direction first, then one type at a time, page by page; hubs cost no more than others."""

from __future__ import annotations

from dataclasses import dataclass

from domain.errors import UsageError
from graph.client import Graph
from queries.views.entities import COUNTED, Fact, count_links, fact_of, shown_kinds
from queries.views.ids import Resolved
from queries.views.links import HOLDS, IN, NODE, OUT, Kind, When, kinds_of, label_checked
from queries.views.page import MOST, Page, decode, encode

REACH = 10_000
"""Links of one kind that can be paged through; those behind are found by narrowing: a day, search, a list."""
_SLACK = 50
"""Links that may be added to a hub between two pages without one being shown twice."""
_MATCH = {OUT: "MATCH (:%(label)s {id: $id})-[r:%(type)s]->(o)", IN: "MATCH (:%(label)s {id: $id})<-[r:%(type)s]-(o)"}
_SORTED = f"""
WHERE {HOLDS}
WITH r, o, coalesce(r.start_lo, 0) AS day, coalesce(r.id, '') + '|' + o.id AS place
WHERE $after_day IS NULL OR day < $after_day OR (day = $after_day AND place > $after)
WITH r, o, day, place ORDER BY day DESC, place LIMIT $limit
RETURN properties(r) AS edge, {NODE} AS other, day, place
"""
_HUB = f"""
WHERE {HOLDS}
WITH r, o SKIP $skip LIMIT $limit
RETURN properties(r) AS edge, {NODE} AS other, coalesce(r.id, '') + '|' + o.id AS place
"""


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
    counts = count_links(graph, resolved, shown_kinds(resolved.label, asked), asked)
    return tuple(LinkCount(kind.section, kind.type, kind.direction, min(n, COUNTED), n > COUNTED) for kind, n in counts.items())


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
    limit = max(1, min(limit, MOST))
    hub = cursor.startswith(_OF_HUB) if cursor else count_links(graph, resolved, [kind], asked).get(kind, 0) > COUNTED
    return (_hub if hub else _sorted)(graph, resolved, kind, asked, limit, cursor)


_OF_HUB = "h."


def _sorted(graph: Graph, resolved: Resolved, kind: Kind, when: When, limit: int, cursor: str | None) -> Page[Fact]:
    """Where there are few: the latest begun first, and the place of the last one shown is the cursor."""
    day, after = decode(cursor, (int, str)) or (None, None)
    rows = graph.read(_statement(_SORTED, resolved, kind), id=resolved.id, after_day=day, after=after, limit=limit + 1, **when.parameters())
    facts = tuple(fact_of(resolved.id, kind, row["edge"], row["other"], when) for row in rows[:limit])
    following = encode(rows[limit - 1]["day"], rows[limit - 1]["place"]) if len(rows) > limit else None
    return Page(facts, following)


def _hub(graph: Graph, resolved: Resolved, kind: Kind, when: When, limit: int, cursor: str | None) -> Page[Fact]:
    """Where there are many: in the engine's order, which costs no sorting; links added meanwhile are stepped over."""
    number, last = decode(cursor.removeprefix(_OF_HUB), (int, str)) if cursor else (0, "")  # type: ignore[misc]
    skip = max(0, min(number, REACH) - 1)
    statement = _statement(_HUB, resolved, kind)
    rows = graph.read(statement, id=resolved.id, skip=skip, limit=limit + (_SLACK if cursor else 0) + 2, **when.parameters())
    start = next((n + 1 for n, row in enumerate(rows) if row["place"] == last), min(number, 1)) if cursor else 0
    shown = rows[start : start + limit]
    facts = tuple(fact_of(resolved.id, kind, row["edge"], row["other"], when) for row in shown)
    reached = skip + start + len(shown)
    more = len(rows) > start + limit and reached < REACH
    return Page(facts, _OF_HUB + encode(reached, shown[-1]["place"]) if more else None)


def _statement(tail: str, resolved: Resolved, kind: Kind) -> str:
    return _MATCH[kind.direction] % {"label": label_checked(resolved.label), "type": kind.type} + tail
