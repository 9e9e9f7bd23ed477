"""The shapes of identity decisions and doubtful pairs."""

from __future__ import annotations

from pydantic import BaseModel, Field

from app.api.models import NodeOut, Taken
from screening.decisions import LONGEST


class JudgementWish(Taken):
    """A word on two. `left` and `right` are ids as everywhere; `record:SOURCE:ID` means one record alone, not all of its person."""

    left: str = Field(min_length=1, max_length=500)
    right: str = Field(min_length=1, max_length=500)
    same: bool = Field(description="one and the same, or not")
    reason: str = Field(min_length=3, max_length=LONGEST)


class JudgementOut(BaseModel):
    """A word on a pair of records; `ended_at` where it was taken back."""

    id: str
    left: str
    right: str
    same: bool
    reason: str
    by: str
    at: str
    ended_at: str | None
    ended_by: str | None


class JudgementList(BaseModel):
    """Words, the newest first."""

    decisions: list[JudgementOut]


class DoubtOut(BaseModel):
    """A doubtful pair: by which test and records, how likely, and how many in the graph bear the name."""

    left: NodeOut
    right: NodeOut
    records: list[str]
    test: str
    reason: str
    probability: float
    data_error: bool
    namesakes: int


class DoubtPage(BaseModel):
    """A page of doubtful pairs, people masked."""

    doubts: list[DoubtOut]
    next_cursor: str | None
