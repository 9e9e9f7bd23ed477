"""Who is who: doubtful pairs, and what people decide of them, remembered and taken back."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request, status

from app.access.guard import Reading, ReadsPerson, needs
from app.access.viewer import Viewer
from app.api.identity_models import DoubtOut, DoubtPage, JudgementList, JudgementOut, JudgementWish
from app.api.reading import NAMES, AnyId, Cursor, Eyes, wiring_of
from app.identity import RIGHT, Judge
from queries.views.ids import feed_id
from queries.views.links import NodeRef
from screening.decisions import Decided
from screening.doubts import Doubt

router = APIRouter(prefix="/api/v1/identity", tags=["identity"])
Decider = Annotated[Reading, Depends(ReadsPerson(RIGHT))]
Looker = Annotated[Viewer, Depends(needs("people.list"))]
Reader = Annotated[Reading, Depends(ReadsPerson(together=True))]
SHOWN = 100


@router.get("/doubts", summary="Doubtful pairs")
def list_doubts(
    request: Request,
    viewer: Looker,
    limit: Annotated[int, Query(ge=1, le=SHOWN, description="pairs of a page")] = 20,
    cursor: Cursor = None,
) -> DoubtPage:
    """Pairs that may be one and that the data alone cannot tell, the rarest names first. Names are masked; comparing asks for a purpose."""
    rows, following = _judge(request, viewer).doubts(cursor, limit)
    eyes = Eyes(viewer, frozenset())
    return DoubtPage(doubts=[_doubt(one, eyes) for one in rows], next_cursor=following)


@router.post("/decisions", status_code=status.HTTP_201_CREATED, summary="Decide who is who", responses=NAMES)
def decide(request: Request, reading: Decider, wish: JudgementWish) -> JudgementOut:
    """Two are one, or are not. Kept through later loads; the next check joins or parts them, and kin, chains and findings follow.

    Nobody decides about himself or his kin (R-28). The same word again changes nothing, the opposite one ends the earlier.
    """
    return _judgement(_judge(request, reading.viewer).decide(wish.left, wish.right, same=wish.same, reason=wish.reason))


@router.get("/decisions", summary="Decisions on a person or organization", responses=NAMES)
def list_decisions(request: Request, reading: Reader, entity: AnyId) -> JudgementList:
    """All words about it, ended ones too, the newest first. `entity` is `ID` or `SOURCE:ID`."""
    judge = _judge(request, reading.viewer)
    side = judge.side(entity)
    reading.shown(*([side.node] if side.label == "Person" else ()))
    return JudgementList(decisions=[_judgement(one) for one in judge.decisions(side)])


@router.delete("/decisions/{decision}", summary="Take a decision back")
def take_back(request: Request, reading: Decider, decision: str) -> JudgementOut:
    """End a word; it stays in the history, and the next check follows the data again."""
    return _judgement(_judge(request, reading.viewer).undo(decision))


def _judge(request: Request, viewer: Viewer) -> Judge:
    wiring = wiring_of(request)
    return Judge(wiring.graph, wiring.clock, wiring.desk.log, viewer)


def _judgement(one: Decided) -> JudgementOut:
    return JudgementOut(
        id=one.id,
        left=one.left,
        right=one.right,
        same=one.same,
        reason=one.reason,
        by=one.by,
        at=one.at,
        ended_at=one.ended_at,
        ended_by=one.ended_by,
    )


def _doubt(one: Doubt, eyes: Eyes) -> DoubtOut:
    left, right = (
        eyes.node(NodeRef(feed_id(record), node, one.label, one.label, name, (feed_id(record),)))
        for node, record, name in ((one.left_node, one.left, one.left_name), (one.right_node, one.right, one.right_name))
    )
    return DoubtOut(
        left=left,
        right=right,
        records=[one.left, one.right],
        test=one.test,
        reason=one.reason,
        probability=one.probability,
        data_error=one.data_error,
        namesakes=one.namesakes,
    )
