"""The relationship types that a reader sees: which section they stand in from either end, and how much a tie says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from domain.dates import FOREVER, NEVER, day_of, iso_of
from domain.logic import Tri
from domain.spans import ALWAYS, Span
from graph.values import Row
from graph_models.schema import edges
from queries.views.findings import end_of
from queries.views.ids import LABELS, feed_id

OUT, IN = "out", "in"


@dataclass(frozen=True, slots=True)
class Kind:
    """A relationship type seen from one end: its section on a card, and the direction."""

    type: str
    direction: str
    section: str


# type: (section seen from its start, section seen from its end, strength of the tie between the two for paths)
_TABLE: Mapping[str, tuple[str, str, float]] = {
    "EMPLOYED_BY": ("posts", "staff", 0.4),
    "SUBORDINATE_TO": ("superiors", "subordinates", 0.6),
    "KIN": ("kin", "kin_of", 0.9),
    "SPOUSE_OF": ("family", "family", 1.0),
    "PARENT_OF": ("family", "family", 1.0),
    "SIBLING_OF": ("family", "family", 0.95),
    "DECLARED_KIN": ("family", "family", 0.8),
    "GUARDIAN_OF": ("family", "family", 0.8),
    "ASSOCIATED_WITH": ("associates", "associates", 0.6),
    "OWNS": ("firms", "owners", 0.9),
    "STAKE": ("stakes", "stakeholders", 0.85),
    "DIRECTS": ("directs", "directors", 0.9),
    "MEMBER_OF": ("memberships", "members", 0.5),
    "REPRESENTS": ("represents", "representatives", 0.7),
    "PARTICIPATES": ("roles", "participants", 0.8),
    "SUPPLIES": ("supplies", "parties", 0.7),
    "APPLIES": ("applications", "applicants", 0.8),
    "REPRESENTS_IN": ("represents_in", "event_representatives", 0.7),
    "FOR_AUTHORITY": ("authority", "events", 0.3),
    "RUN_BY": ("commission", "commission_events", 0.4),
    "UNDER_TENDER": ("tender", "contracts", 0.9),
    "PART_OF": ("parent", "parts", 0.4),
    "GAVE": ("notices", "given_by", 0.7),
    "ABOUT": ("about", "notices_about", 0.6),
    "RELATED": ("other", "other", 0.3),
    "PAST": ("past", "past", 0.2),
}
DERIVED = frozenset({"KIN", "STAKE"})
PATH_TYPES = tuple(name for name in _TABLE if name not in {"PAST", "KIN", "STAKE"})
"""What paths walk by default: facts. Derived edges repeat them and are asked for by name."""


def section_of(type_: str, direction: str) -> str:
    """The section's code."""
    out, into, _ = _TABLE[type_]
    return out if direction == OUT else into


def strength_of(type_: str) -> float:
    """How much one tie of this type says, 0 to 1 (for ordering paths; a judgement, not a probability)."""
    return _TABLE[type_][2]


def kinds_of(label: str) -> tuple[Kind, ...]:
    """Every type and direction that a node of this label can have, in the table's order."""
    made: list[Kind] = []
    declared = {edge.name: edge for _, edge in edges()}
    for name, (out, into, _) in _TABLE.items():
        edge = declared[name]
        for direction, ends, section in ((OUT, edge.start, out), (IN, edge.end, into)):
            if label in ends or "*" in ends or name == "PAST":
                made.append(Kind(name, direction, section))
    return tuple(made)


@dataclass(frozen=True, slots=True)
class NodeRef:
    """A node in a list. `id` is its first feed id, `node` its canonical id, `ids` all feed ids; `units` are who may see it."""

    id: str
    node: str
    label: str
    schema: str
    name: str
    ids: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    extra: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Link:
    """An edge with its dates and source. `start`/`end` are node ids (canonical). `holds`: on the day asked, None = not known."""

    id: str
    type: str
    start: str
    end: str
    since: str | None
    until: str | None
    start_known: bool
    source: str | None
    trust: int | None
    record: str | None
    recorded_at: str | None
    superseded_at: str | None
    derived_from: tuple[str, ...]
    holds: Tri
    properties: Mapping[str, Any]
    span: Span = ALWAYS

    @property
    def derived(self) -> bool:
        """Whether it follows from other edges."""
        return self.type in DERIVED


@dataclass(frozen=True, slots=True)
class When:
    """`as_of`: what holds on that day (what may hold is said so); `known_on`: as recorded by the end of that day. None = any."""

    as_of: date | None = None
    known_on: date | None = None

    def parameters(self) -> dict[str, Any]:
        """Cypher parameters of HOLDS."""
        return {"day": day_of(self.as_of) if self.as_of else None, "until": end_of(self.known_on) if self.known_on else None}


HOLDS = """($day IS NULL OR (coalesce(r.start_lo, 0) <= $day AND $day < coalesce(r.end_hi, 99999999)))
  AND ($until IS NULL OR (r.recorded_at < $until AND (r.superseded_at IS NULL OR r.superseded_at >= $until)))"""
"""For a WHERE over edge `r`: everything but what certainly does not hold on the day, and what was not recorded then.

Derived edges bear no record time: they follow from what is known now, so `known_on` leaves them out.
"""
NODE = """{label: labels(o)[0], id: o.id, ids: o.ids, name: o.name, schema: o.schema, units: o.units, date: o.date,
  amount: o.amount, official: o.official}"""
_OWN = frozenset({
    "id", "record", "source", "trust", "from_key", "to_key", "start", "end", "recorded_at", "superseded_at", "via", "type",
    "start_lo", "start_hi", "end_lo", "end_hi", "hops", "links",
})  # fmt: skip


def node_ref(row: Mapping[str, Any]) -> NodeRef:
    """From a row made by NODE."""
    ids = tuple(row["ids"] or ())
    extra = {name: row[name] for name in ("date", "amount", "official") if row.get(name) is not None}
    name = str(row["name"] or row["id"])
    units = tuple(row["units"] or ())
    return NodeRef(ids[0] if ids else feed_id(row["id"]), row["id"], row["label"], row["schema"] or row["label"], name, ids, units, extra)


def link_of(type_: str, start: str, end: str, properties: Row, when: When) -> Link:
    """From an edge's properties."""
    starts = (properties.get("start_lo", NEVER), properties.get("start_hi", NEVER))
    span = Span(*starts, properties.get("end_lo", FOREVER), properties.get("end_hi", FOREVER))
    real = str(properties.get("type") or type_) if type_ == "PAST" else type_
    day = day_of(when.as_of) if when.as_of else None
    return Link(
        f"{start}|{type_}|{end}|{properties.get('id', '')}" if type_ in DERIVED else str(properties.get("id") or f"{start}|{type_}|{end}"),
        real,
        start,
        end,
        properties.get("start") or iso_of(span.start_lo if span.start_lo == span.start_hi else NEVER),
        properties.get("end") or (iso_of(span.end_lo) if span.end_lo == span.end_hi else None),
        span.start_lo == span.start_hi,
        properties.get("source"),
        properties.get("trust"),
        properties.get("record"),
        properties.get("recorded_at"),
        properties.get("superseded_at"),
        tuple(properties.get("via") or ()),
        span.holds(day, day) if day is not None else True,
        {name: value for name, value in properties.items() if name not in _OWN and value is not None},
        span,
    )


def label_checked(label: str) -> str:
    """The label, if it is one of ours: labels cannot be parameters of a statement."""
    if label not in LABELS:
        raise ValueError(label)
    return label
