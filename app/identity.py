"""Decisions on who is who for pages and programs: who may, whose they may not be (R-28), and the audit line in the same transaction."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from app.access.audit import AuditLog
from app.access.audit_chain import Entry
from app.access.self_interest import SelfInterest, circle
from app.access.viewer import Viewer, visible_units
from domain.clock import Clock
from domain.errors import NotFound
from graph.client import Graph, Transaction
from graph.sandbox import Within
from queries.views.scope import visible_people
from queries.views.sides import RECORD, SideFound, find_side
from screening.decisions import Decided, decide, decisions_of, get_decision, undo
from screening.doubts import Doubt, doubts

RIGHT = "identity.decide"
PAGE = 20
LOOKED_AT = 10
"""Pages of the queue read to fill one of a viewer of some units."""


@dataclass(frozen=True, slots=True)
class Judge:
    """One viewer at the table."""

    graph: Graph
    clock: Clock
    log: AuditLog
    viewer: Viewer

    @property
    def may(self) -> bool:
        """Whether he decides at all."""
        return self.viewer.can(RIGHT)

    def side(self, text: str) -> SideFound:
        """One side, of what the viewer may open; NotFound otherwise."""
        found = find_side(self.graph, text)
        if found.label == "Person" and found.node not in visible_people(self.graph, [found.node], visible_units(self.viewer)):
            raise NotFound(f"«{text}» не найдено.", f"There is no {text!r}.")
        return found

    def is_own(self, *nodes: str) -> bool:
        """Whether one of them is the viewer himself or his kin."""
        return not circle(self.graph, self.viewer.person).isdisjoint(nodes)

    def decide(self, left: str, right: str, *, same: bool, reason: str) -> Decided:
        """Remember a word on the two; R-28 keeps a viewer from deciding about himself and his kin."""
        one, two = self.side(left), self.side(right)
        self._refuse_own(one, two)

        def work(within: Graph) -> Decided:
            ends = (found.key or found.node for found in (one, two))
            return decide(within, self.clock, *ends, same=same, by=self.viewer.name, reason=reason)

        return self._written("identity.decide", work)

    def undo(self, decision: str) -> Decided:
        """Take a word back; it stays in the history."""
        known = get_decision(self.graph, decision)
        self._refuse_own(self.side(RECORD + known.left), self.side(RECORD + known.right))
        return self._written("identity.undo", lambda within: undo(within, self.clock, decision, self.viewer.name))

    def decisions(self, *sides: SideFound) -> list[Decided]:
        """Words about these sides: about both where there are two; ended ones too, the newest first."""
        found = [{one.id: one for one in decisions_of(self.graph, side.node)} for side in sides]
        common = set.intersection(*(set(some) for some in found)) if found else set()
        kept = [found[0][one] for one in common]
        keys = [set(side.keys) for side in sides]
        if len(sides) == 2 and sides[0].node == sides[1].node:
            kept = [one for one in kept if any(_between(one, *pair) for pair in (keys, keys[::-1]))]
        return sorted(kept, key=lambda one: (one.at, one.id), reverse=True)

    def doubts(self, cursor: str | None, limit: int = PAGE) -> tuple[list[Doubt], str | None]:
        """Doubtful pairs of people whom the viewer may open, and of organizations; the cursor of what follows."""
        units = visible_units(self.viewer)
        rows: list[Doubt] = []
        for _ in range(LOOKED_AT):
            page = doubts(self.graph, limit - len(rows), cursor)
            rows += self._visible(page.rows, units)
            cursor = page.next_cursor
            if cursor is None or len(rows) >= limit:
                break
        return rows, cursor

    def _visible(self, rows: Iterable[Doubt], units: list[str] | None) -> list[Doubt]:
        some = list(rows)
        people = {node for row in some if row.label == "Person" for node in (row.left_node, row.right_node)}
        seen = visible_people(self.graph, people, units)
        return [row for row in some if row.label != "Person" or {row.left_node, row.right_node} <= seen]

    def _refuse_own(self, one: SideFound, two: SideFound) -> None:
        if self.is_own(one.node, two.node):
            purpose = str(self.viewer.purpose or "")
            self.log.append(Entry(self.viewer.actor, "identity.decide", f"{one.node} {two.node}", purpose, "refused:self_interest"))
            raise SelfInterest(
                "Это вы или ваш родственник: решает другое лицо (R-28).",
                "This is you or a relative of yours: somebody else decides (R-28).",
            )

    def _written(self, action: str, work: Callable[[Graph], Decided]) -> Decided:
        def run(transaction: Transaction) -> tuple[Decided, list[Entry]]:
            made = work(Within(self.graph, transaction))
            after = {"decision": made.id, "same": made.same, "reason": made.reason, "ended_at": made.ended_at}
            return made, [Entry(self.viewer.actor, action, f"{made.left} {made.right}", str(self.viewer.purpose or ""), after=after)]

        return self.log.change(run)[0]


def _between(one: Decided, lefts: set[str], rights: set[str]) -> bool:
    return not lefts.isdisjoint(one.lefts) and not rights.isdisjoint(one.rights)
