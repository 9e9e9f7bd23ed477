"""A chain of evidence as values: nodes, the hops between them, the facts of each hop and the event they lead to."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from domain.dates import NEVER, Day
from domain.logic import Tri, all_of
from domain.spans import Span


class Family(StrEnum):
    """What a node is, as far as its look goes: one shape and one hue each, the same everywhere."""

    OFFICIAL = "official"
    PERSON = "person"
    FIRM = "firm"
    BODY = "body"
    EVENT = "event"
    CASE = "case"
    THING = "thing"


@dataclass(frozen=True, slots=True)
class SourceLink:
    """Where a fact is written; `record` is the key of the source record, None where the viewer may not open it."""

    label: str
    record: str | None = None


@dataclass(frozen=True, slots=True)
class ChainNode:
    """A person, firm, body or event of the chain. `note` is the line under the name."""

    id: str
    name: str
    family: Family
    note: str = ""
    hypothesis: bool = False


@dataclass(frozen=True, slots=True)
class ChainFact:
    """One dated fact of a hop, in words.

    `lifelong`: holds from birth (blood kin), so its start says nothing about the axis.
    `moment`: happens on the event's day and at no other time (a contract's supplier).
    `holds` overrides what the span says of the event, where the source knows better.
    """

    words: str
    span: Span
    sources: tuple[SourceLink, ...] = ()
    note: str = ""
    lifelong: bool = False
    moment: bool = False
    hypothesis: bool = False
    holds: Tri = None


@dataclass(frozen=True, slots=True)
class ChainHop:
    """What ties one node to the next: one fact, or several that count together (a share and a post)."""

    facts: tuple[ChainFact, ...]


@dataclass(frozen=True, slots=True)
class ChainEvent:
    """When the chain has to hold: a day or a window; `any_day` when one day of the window is enough."""

    first: Day
    last: Day
    any_day: bool = False

    def crossed_by(self, fact: ChainFact) -> Tri:
        """Whether the fact held then: true, false, or None where its dates do not say."""
        if fact.moment:
            return True
        if fact.holds is not None:
            return fact.holds
        span = Span(NEVER, NEVER, fact.span.end_lo, fact.span.end_hi) if fact.lifelong else fact.span
        return span.meets(self.first, self.last) if self.any_day else span.holds(self.first, self.last)


@dataclass(frozen=True, slots=True)
class Chain:
    """`nodes` are one more than `hops`; hop n lies between node n and node n + 1."""

    nodes: tuple[ChainNode, ...]
    hops: tuple[ChainHop, ...]
    event: ChainEvent | None

    def __post_init__(self) -> None:
        if len(self.nodes) != len(self.hops) + 1:
            message = f"A chain of {len(self.hops)} hops has {len(self.hops) + 1} nodes, not {len(self.nodes)}."
            raise ValueError(message)

    def held(self) -> Tri:
        """Whether every fact held at the event; None also where the event has no date."""
        if self.event is None:
            return None
        return all_of(self.event.crossed_by(fact) for hop in self.hops for fact in hop.facts)
