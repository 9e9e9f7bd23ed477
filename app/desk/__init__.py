"""The desk of the pages over the graph: `GraphDesk(wiring)` implements `app.web.ports.Desk`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from app.desk import card, comparing, explore, facts, finds, lists, records, rules
from app.desk import entity as entities
from app.desk import inbox as piles
from app.desk.eyes import Eyes, Office
from app.web.comparing import Compared, Doubts, SideDraft
from app.web.drafts import FactDraft
from app.web.listing import ListAnswer, ListRead
from app.web.ports import Caller
from app.web.rulebook import ElsewhereRow, RuleBook, RulePage
from app.web.values import (
    DecisionDraft,
    EntityPage,
    FactReceipt,
    FindingCard,
    FoundPath,
    HandFact,
    Inbox,
    InboxQuery,
    LinkCounts,
    SearchResults,
    SourceRecord,
    SourceRow,
    When,
)
from app.wiring import Wiring
from visualizations.scene import Subgraph

__all__ = ["GraphDesk"]


class GraphDesk:
    """The work an investigator does, over the graph; each call looks with the eyes of its caller."""

    def __init__(self, wiring: Wiring) -> None:
        self._office = Office(wiring.graph, wiring.clock, wiring.desk.log, wiring.catalog)
        self._site = wiring.settings.public_url

    def _eyes(self, caller: Caller) -> Eyes:
        return Eyes(self._office, caller)

    def waiting(self, caller: Caller) -> int:
        """How many open findings the caller's unit has."""
        return piles.waiting(self._eyes(caller))

    def inbox(self, caller: Caller, query: InboxQuery) -> Inbox:
        """A page of a pile."""
        return piles.inbox(self._eyes(caller), query)

    def finding(self, caller: Caller, finding: str) -> FindingCard:
        """One card."""
        return card.card(self._eyes(caller), finding)

    def decide(self, caller: Caller, finding: str, draft: DecisionDraft) -> str:
        """Take a step; the decision's id."""
        return card.decide(self._eyes(caller), finding, draft)

    def undo(self, caller: Caller, finding: str, decision: str) -> None:
        """Take one's own step back."""
        card.undo(self._eyes(caller), finding, decision)

    def entity(self, caller: Caller, entity: str) -> EntityPage:
        """A person, organization or event."""
        return entities.entity(self._eyes(caller), entity)

    def search(self, caller: Caller, text: str, kind: str | None, cursor: str | None) -> SearchResults:
        """Masked hits."""
        return finds.search(self._eyes(caller), text, kind, cursor)

    def links(self, caller: Caller, entity: str, when: When) -> LinkCounts:
        """Counts of what hangs on a node."""
        return explore.links(self._eyes(caller), entity, when)

    def neighbours(self, caller: Caller, entity: str, kinds: Sequence[str], when: When, cursor: str | None) -> Subgraph:
        """A node and its neighbours."""
        return explore.neighbours(self._eyes(caller), entity, kinds, when, cursor)

    def paths(self, caller: Caller, source: str, target: str, when: When) -> tuple[FoundPath, ...]:
        """Paths between two."""
        return explore.paths(self._eyes(caller), source, target, when)

    def finding_scene(self, caller: Caller, finding: str, when: When) -> Subgraph:  # noqa: ARG002  the protocol
        """A finding's chain as a scene: always what it was raised upon, whatever the day."""
        return explore.finding_scene(self._eyes(caller), finding)

    def fact(self, caller: Caller, fact: str) -> HandFact:
        """A fact entered by hand."""
        return facts.read_fact(self._eyes(caller), fact)

    def add_fact(self, caller: Caller, draft: FactDraft) -> FactReceipt:
        """Store a fact."""
        return facts.add_fact(self._eyes(caller), draft)

    def correct_fact(self, caller: Caller, fact: str, draft: FactDraft, reason: str) -> FactReceipt:
        """Supersede a fact."""
        return facts.correct_fact(self._eyes(caller), fact, draft, reason)

    def withdraw_fact(self, caller: Caller, fact: str, reason: str) -> FactReceipt:
        """Close a fact."""
        return facts.withdraw_fact(self._eyes(caller), fact, reason)

    def record(self, caller: Caller, key: str) -> SourceRecord:
        """A source record."""
        return records.record(self._eyes(caller), key)

    def sources(self, caller: Caller) -> tuple[SourceRow, ...]:
        """The sources."""
        return records.sources(self._eyes(caller))

    def rules(self, caller: Caller) -> RuleBook:
        """The rules."""
        return rules.rules(self._eyes(caller))

    def rule(self, caller: Caller, rule: str) -> RulePage | ElsewhereRow:
        """One rule."""
        return rules.rule(self._eyes(caller), rule)

    def compare(self, caller: Caller, left: SideDraft, right: SideDraft) -> Compared:
        """Two sides and the evidence between them."""
        return comparing.compared(self._eyes(caller), left, right)

    def doubts(self, caller: Caller, cursor: str | None) -> Doubts:
        """Doubtful pairs."""
        return comparing.doubts(self._eyes(caller), cursor)

    def judge(self, caller: Caller, left: str, right: str, *, same: bool, reason: str) -> str:
        """Remember a decision on a pair; its id."""
        return comparing.judge(self._eyes(caller), left, right, same=same, reason=reason)

    def unjudge(self, caller: Caller, decision: str) -> None:
        """Take a decision back."""
        comparing.unjudge(self._eyes(caller), decision)

    def read_list(self, caller: Caller, content: bytes, name: str, chosen: Mapping[int, str]) -> ListRead:
        """How a table is read."""
        return lists.read(content, name, chosen, caller.language)

    def screen_list(self, caller: Caller, content: bytes, name: str, chosen: Mapping[int, str]) -> ListAnswer:
        """A table's answer to be shown."""
        return lists.answer(self._eyes(caller), content, name, chosen)

    def list_workbook(self, caller: Caller, content: bytes, name: str, chosen: Mapping[int, str], site: str) -> bytes:
        """A table's answer as xlsx."""
        return lists.workbook(self._eyes(caller), content, name, chosen, self._site or site)
