"""What the pages of identity show: two sides with the evidence between them, doubtful pairs, and what people decided."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol, TypeVar

from visualizations.chain import ChainNode, SourceLink

Caller_contra = TypeVar("Caller_contra", contravariant=True)
PERSON, ORGANIZATION = "person", "organization"
KINDS = (PERSON, ORGANIZATION)
FIELDS: Mapping[str, tuple[str, ...]] = {
    PERSON: ("name", "former", "birth", "inn", "snils", "phone", "email", "address", "employer"),
    ORGANIZATION: ("name", "inn", "ogrn", "kpp", "phone", "email", "address"),
}
"""What can be typed of a side, in the order of the form."""


@dataclass(frozen=True, slots=True)
class SideDraft:
    """One side as it was asked for: `of` is a node or source record of the graph; else `fields` were typed in."""

    of: str = ""
    fields: Mapping[str, str] = field(default_factory=dict)

    @property
    def empty(self) -> bool:
        """Whether nothing was asked for."""
        return not self.of and not any(value.strip() for value in self.fields.values())


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a comparison. `node` is None for what was typed in; `source` where one record stands here, not all of a node."""

    name: str
    node: ChainNode | None = None
    source: SourceLink | None = None


@dataclass(frozen=True, slots=True)
class Evidence:
    """One feature: its code and words, both values, agree, partial, differ or absent, and the weight in nats where one is known."""

    feature: str
    words: str
    left: str
    right: str
    outcome: str
    weight: float | None


@dataclass(frozen=True, slots=True)
class Judged:
    """What a person decided of a pair; `ended_at` where it was taken back."""

    id: str
    same: bool
    by: str
    at: datetime | None
    reason: str
    left: str
    right: str
    ended_at: datetime | None = None
    ended_by: str = ""


@dataclass(frozen=True, slots=True)
class Compared:
    """Two sides and what speaks for and against their being one.

    `prior` and the weights of `rows` are nats, None while no model weighs them. `decidable`: the viewer may decide about this pair.
    """

    left: Side
    right: Side
    kind: str
    grade: str
    probability: float
    decisive: str | None
    sentence: str
    prior: float | None
    rows: tuple[Evidence, ...]
    remarks: tuple[str, ...] = ()
    decisions: tuple[Judged, ...] = ()
    decidable: bool = False
    one_node: bool = False


@dataclass(frozen=True, slots=True)
class Doubt:
    """A pair that nobody can tell from the data. `left_of` and `right_of` are what the comparison is asked for."""

    left: ChainNode
    right: ChainNode
    left_of: str
    right_of: str
    left_source: SourceLink
    right_source: SourceLink
    grade: str
    why: str
    holders: int | None = None


@dataclass(frozen=True, slots=True)
class Doubts:
    """A page of doubtful pairs, the rarest names first."""

    rows: tuple[Doubt, ...]
    decided: tuple[Judged, ...] = ()
    next_cursor: str | None = None
    masked: bool = False
    may_decide: bool = False


class IdentityDesk(Protocol[Caller_contra]):
    """Who is who: the part of the desk that compares and decides."""

    def compare(self, caller: Caller_contra, left: SideDraft, right: SideDraft) -> Compared:
        """Two sides; NoPurpose where one of them is of the graph and no purpose was stated."""
        ...

    def doubts(self, caller: Caller_contra, cursor: str | None) -> Doubts:
        """Doubtful pairs, masked without a purpose."""
        ...

    def judge(self, caller: Caller_contra, left: str, right: str, *, same: bool, reason: str) -> str:
        """Remember a decision; its id."""
        ...

    def unjudge(self, caller: Caller_contra, decision: str) -> None:
        """Take a decision back; it stays in the history."""
        ...
