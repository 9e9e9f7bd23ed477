"""What the pages need of the rest: the `Desk` (findings, entities, graph, facts by hand) and the `Gate` (sign-in, purpose).

What the desk answers with stands in values.py and is named here too, so that one import is enough.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from starlette.requests import Request
from starlette.responses import Response

from app.web.comparing import IdentityDesk
from app.web.drafts import FactDraft
from app.web.listing import ListDesk
from app.web.rulebook import RuleDesk
from app.web.values import (
    CardTest,
    Comparison,
    DecisionDraft,
    Detail,
    EntityPage,
    FactReceipt,
    FactRow,
    FactSection,
    FindingCard,
    FoundPath,
    HandFact,
    HistoryLine,
    IdentityMatch,
    Inbox,
    InboxQuery,
    InboxRow,
    LawRef,
    LinkCount,
    LinkCounts,
    Move,
    Progress,
    RecordRef,
    SearchHit,
    SearchResults,
    SourceRecord,
    SourceRow,
    Tab,
    Undo,
    When,
)
from visualizations.scene import Subgraph

__all__ = [
    "Admitted",
    "Caller",
    "CardTest",
    "Comparison",
    "DecisionDraft",
    "Desk",
    "Detail",
    "EntityPage",
    "FactReceipt",
    "FactRow",
    "FactSection",
    "FindingCard",
    "FoundPath",
    "Gate",
    "HandFact",
    "HistoryLine",
    "IdentityMatch",
    "Inbox",
    "InboxQuery",
    "InboxRow",
    "LawRef",
    "LinkCount",
    "LinkCounts",
    "Move",
    "Progress",
    "RecordRef",
    "Refused",
    "SearchHit",
    "SearchResults",
    "SourceRecord",
    "SourceRow",
    "Tab",
    "Undo",
    "Viewer",
    "When",
]


class Viewer(Protocol):
    """Who is signed in; `request.state.viewer`, set by the access layer."""

    @property
    def name(self) -> str:
        """How he signs in, or is called."""
        ...

    @property
    def role(self) -> str:
        """A code of domain.md 7; several are joined by `+`."""
        ...

    @property
    def unit_name(self) -> str:
        """The body he works for; empty for the whole city."""
        ...

    @property
    def csrf(self) -> str:
        """The change token of his session."""
        ...

    @property
    def language(self) -> str:
        """`ru` or `en`."""
        ...


@dataclass(frozen=True, slots=True)
class Caller:
    """Who asks, for what stated purpose, in which language; `full` asks for unmasked names (a second click, logged)."""

    viewer: Viewer
    purpose: str | None
    language: str
    full: bool = False


class Desk(IdentityDesk[Caller], ListDesk[Caller], RuleDesk[Caller], Protocol):
    """The work an investigator does. Every method may raise NoPurpose, NoRight, NotFound, StateError and GraphUnavailable."""

    def waiting(self, caller: Caller) -> int:
        """How many open findings the caller's unit has: the number beside «Сигналы»."""
        ...

    def inbox(self, caller: Caller, query: InboxQuery) -> Inbox:
        """A page of a pile by due day; masked while the caller has no purpose."""
        ...

    def finding(self, caller: Caller, finding: str) -> FindingCard:
        """One card. NoPurpose without a purpose; NotFound also for what the caller may not see."""
        ...

    def decide(self, caller: Caller, finding: str, draft: DecisionDraft) -> str:
        """Move the finding and return the decision's id. ConcurrentChange when it is no longer what its author saw."""
        ...

    def undo(self, caller: Caller, finding: str, decision: str) -> None:
        """Take one's own decision back within ten seconds; StateError afterwards."""
        ...

    def entity(self, caller: Caller, entity: str) -> EntityPage:
        """A person, organization or event. Masked unless `caller.full` with a purpose; `full` without one is NoPurpose."""
        ...

    def search(self, caller: Caller, text: str, kind: str | None, cursor: str | None) -> SearchResults:
        """Masked hits of `kind` people, organizations, events or all."""
        ...

    def links(self, caller: Caller, entity: str, when: When) -> LinkCounts:
        """Counts of what hangs on the entity, before any of it is opened."""
        ...

    def neighbours(self, caller: Caller, entity: str, kinds: Sequence[str], when: When, cursor: str | None) -> Subgraph:
        """The entity (as `focus`) and its neighbours of these kinds.

        No kinds: all that are few, the hubs as bundles. A hub named in `kinds` is opened in part, `more` is set where there is more,
        and what is still closed comes as bundles again: those of the focus are drawn anew. `as_of` None: at any time.
        """
        ...

    def paths(self, caller: Caller, source: str, target: str, when: When) -> tuple[FoundPath, ...]:
        """Paths between two, the strongest first; none is an answer."""
        ...

    def finding_scene(self, caller: Caller, finding: str, when: When) -> Subgraph:
        """The chain of a finding as a subgraph, its hops as the path."""
        ...

    def fact(self, caller: Caller, fact: str) -> HandFact:
        """A fact entered by hand, to be corrected."""
        ...

    def add_fact(self, caller: Caller, draft: FactDraft) -> FactReceipt:
        """Store a fact with its source and an audit line."""
        ...

    def correct_fact(self, caller: Caller, fact: str, draft: FactDraft, reason: str) -> FactReceipt:
        """Supersede a fact entered by hand; the earlier version stays."""
        ...

    def withdraw_fact(self, caller: Caller, fact: str, reason: str) -> FactReceipt:
        """Close a fact entered by hand; nothing is erased."""
        ...

    def record(self, caller: Caller, key: str) -> SourceRecord:
        """A source record as it was read."""
        ...

    def sources(self, caller: Caller) -> tuple[SourceRow, ...]:
        """What the graph was built from."""
        ...


# ------------------------------------------------------------------------------------------------ the gate
@dataclass(frozen=True, slots=True)
class Admitted:
    """Signed in; `Gate.remember` puts it into the response. `must_change`: the password was given once by an administrator."""

    token: str
    must_change: bool = False


@dataclass(frozen=True, slots=True)
class Refused:
    """Not signed in. `reason`: wrong, locked; `retry_at` for the latter."""

    reason: str
    retry_at: datetime | None = None


class Gate(Protocol):
    """The access layer as the pages use it; it also sets `request.state.viewer` and `request.state.purpose`."""

    def sign_in(self, request: Request, name: str, password: str) -> Admitted | Refused:
        """Check a name and a password, counting failures."""
        ...

    def remember(self, response: Response, admitted: Admitted) -> None:
        """Set the session's cookie."""
        ...

    def sign_out(self, request: Request, response: Response) -> None:
        """End the session and clear its cookie."""
        ...

    def state_purpose(self, request: Request, purpose: str | None) -> None:
        """Keep «case NUMBER» or «reason TEXT» in the session; None forgets it."""
        ...

    def change_password(self, request: Request, old: str, new: str) -> str | None:
        """None when changed, else why not: wrong, short, same."""
        ...
