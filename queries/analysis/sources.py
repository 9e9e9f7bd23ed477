"""Where conflicts come from: signals by body, by the tie, by kinship, by kind of event, with how many of them people confirmed."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from graph.client import Graph
from queries.analysis.risk import CONFIRMED, DISMISSED

_ALL = """
MATCH (x:Finding)
WHERE x.outcome = 'fired' AND coalesce(x.trial, false) = false AND NOT (x.closed = true AND x.by_machine = true)
RETURN x.payload AS payload, x.units AS units, x.status AS status
"""
TIES = ("STAKE", "OWNS", "DIRECTS", "REPRESENTS", "REPRESENTS_IN", "EMPLOYED_BY", "SUBORDINATE_TO", "SELF")


@dataclass(slots=True)
class Origin:
    """One place that signals come from."""

    signals: int = 0
    confirmed: int = 0
    dismissed: int = 0


@dataclass(frozen=True, slots=True)
class Origins:
    """By what is looked at, and its value: how many."""

    units: dict[str, Origin] = field(default_factory=lambda: defaultdict(Origin))
    rules: dict[str, Origin] = field(default_factory=lambda: defaultdict(Origin))
    ties: dict[str, Origin] = field(default_factory=lambda: defaultdict(Origin))
    kin: dict[str, Origin] = field(default_factory=lambda: defaultdict(Origin))
    events: dict[str, Origin] = field(default_factory=lambda: defaultdict(Origin))


def read_origins(graph: Graph, units: Sequence[str] | None = None) -> Origins:
    """Origins of all signals, or of those of some bodies; a signal of two bodies counts in both."""
    made = Origins()
    for row in graph.stream(_ALL):
        own = [unit for unit in row["units"] or () if units is None or unit in units]
        if units is not None and not own:
            continue
        body = json.loads(row["payload"])
        hops = [hop["type"] for hop in body.get("chain") or ()]
        tie = next((kind for kind in TIES if kind in hops), "other")
        kin = (body.get("kin") or {}).get("path") or "self"
        event = (body.get("event") or {}).get("schema") or "other"
        for table, key in (
            *((made.units, unit) for unit in own),
            (made.rules, body["rule"]),
            (made.ties, tie),
            (made.kin, kin),
            (made.events, event),
        ):
            one = table[key]
            one.signals += 1
            one.confirmed += row["status"] in CONFIRMED
            one.dismissed += row["status"] in DISMISSED
    return made
