"""Comparing over HTTP: two entities from outside, judged with their waterfall; the graph is not asked."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends
from pydantic import BaseModel, Field

from app.access.guard import needs
from app.access.viewer import Viewer
from app.api.models import Growing, Taken
from screening.entities import compare, read_entity, remarks_of, told
from screening.verdicts import Language

router = APIRouter(prefix="/api/v1", tags=["screening"])
Caller = Annotated[Viewer, Depends(needs("match.run"))]
EXAMPLE = {"schema": "Person", "properties": {"name": ["Хайруллин Айдар Ринатович"], "birthDate": ["1979-03-14"]}}


class ComparePair(Taken):
    """Two entities; each may carry `related`, records that refer to it, such as its employments and declarations."""

    left: dict[str, Any] = Field(examples=[EXAMPLE])
    right: dict[str, Any] = Field(examples=[EXAMPLE])


class StepOut(BaseModel):
    """A step of the waterfall: the evidence's weight in nats, and what it says in words."""

    feature: str
    left: str
    right: str
    level: str
    weight: float
    words: str


class ComparedOut(Growing):
    """What `sverka compare` answers: the weights of `waterfall` add up to the log-odds of `probability`."""

    probability: float
    grade: str
    decisive: str | None
    features: list[dict[str, Any]]
    reason: str
    explanation: str
    waterfall: list[StepOut]
    remarks: list[str]


@router.post("/compare", summary="Compare two entities")
def compare_two(viewer: Caller, pair: ComparePair) -> ComparedOut:
    """Whether two entities are one: probability, grade, the deciding test, and each feature with its weight. Nothing is stored."""
    left, right = read_entity(pair.left, "left"), read_entity(pair.right, "right")
    language: Language = "en" if viewer.language == "en" else "ru"
    return ComparedOut.model_validate(told(compare(left, right), language, remarks_of(left, right, language)))
