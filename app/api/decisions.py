"""What a person decides on a finding: the step, its audit line in the same transaction, and taking it back for ten seconds."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request, status

from app.access.audit_chain import Entry
from app.access.guard import needs
from app.access.self_interest import SelfInterest, circle, refuse_own
from app.access.viewer import Viewer
from app.api.models import DecisionDone, DecisionWish
from app.api.reading import asked, decision_row, due_on, wiring_of
from app.wiring import Wiring
from cases.decide import Wish, decide, history, undo
from domain.errors import NoRight
from graph.client import Transaction
from graph.sandbox import Within
from queries.views.findings import FindingRow, get_finding

router = APIRouter(prefix="/api/v1", tags=["findings"])
Decider = Annotated[Viewer, Depends(needs("findings.decide", "findings.assign"))]
HANDING_ON = "SELF_INTEREST_REASSIGN"
ASSIGNING = frozenset({"ASSIGNED", HANDING_ON})


@router.post("/findings/{finding}/decisions", status_code=status.HTTP_201_CREATED, summary="Decide on a finding")
def take_step(request: Request, viewer: Decider, finding: str, wish: DecisionWish) -> DecisionDone:
    """Move the finding; 409 where the evidence or the state is no longer what was seen, or where the step is not open from here.

    Nobody decides on a finding that he or his kin stand in (R-28): he may only hand it on.
    """
    if wish.to not in ASSIGNING and not viewer.can("findings.decide"):
        raise NoRight("Ваша роль только назначает сигналы.", "Your role only assigns findings.")
    wiring = wiring_of(request)
    row = get_finding(wiring.graph, finding, asked(viewer))
    if wish.to != HANDING_ON:
        _not_his_own(wiring, viewer, row)
    wanted = Wish(wish.to, viewer.name, wish.reason, wish.note, wish.evidence_sha256)

    def work(tx: Transaction) -> tuple[None, list[Entry]]:
        decide(Within(wiring.graph, tx), wiring.clock, row.id, wanted)
        after = {"status": wish.to, "reason": wish.reason, "note": wish.note}
        return None, [_entry(viewer, "finding.decide", row, before=_state(row), after=after)]

    wiring.desk.log.change(work)
    return _done(wiring, viewer, row.id)


@router.delete("/findings/{finding}/decisions/last", summary="Take back one's last decision")
def take_back(request: Request, viewer: Decider, finding: str) -> DecisionDone:
    """Undo one's own last step within ten seconds; 409 later, or where somebody decided since."""
    wiring = wiring_of(request)
    row = get_finding(wiring.graph, finding, asked(viewer))

    def work(tx: Transaction) -> tuple[None, list[Entry]]:
        body = undo(Within(wiring.graph, tx), wiring.clock, row.id, viewer.name)
        return None, [_entry(viewer, "finding.undo", row, before=_state(row), after={"status": body["status"]})]

    wiring.desk.log.change(work)
    return _done(wiring, viewer, row.id, undone=True)


def _not_his_own(wiring: Wiring, viewer: Viewer, row: FindingRow) -> None:
    try:
        refuse_own(circle(wiring.graph, viewer.person), row.body, row.people)
    except SelfInterest:
        wiring.desk.log.append(_entry(viewer, "finding.decide", row, result="refused:self_interest"))
        raise


def _entry(viewer: Viewer, action: str, row: FindingRow, **more: Any) -> Entry:
    return Entry(viewer.actor, action, f"findings/{row.id}", str(viewer.purpose or ""), **more)


def _state(row: FindingRow) -> dict[str, Any]:
    return {"status": row.status, "assignee": row.assignee, "due_on": row.due_on}


def _done(wiring: Wiring, viewer: Viewer, finding: str, *, undone: bool = False) -> DecisionDone:
    row = get_finding(wiring.graph, finding, asked(viewer))
    last = None if undone else history(wiring.graph, finding)[-1]
    return DecisionDone.model_validate({
        "id": row.id, "status": row.status, "due_on": due_on(row), "decision": decision_row(last) if last else None,
    })  # fmt: skip
