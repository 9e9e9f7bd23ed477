"""Conflicts that have no event yet: the list, the likeliest first, with the event that would complete each."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Query, Request
from pydantic import BaseModel, Field

from app.access.guard import needs
from app.access.masked_text import mask_name, mask_text
from app.access.viewer import Viewer, visible_units
from app.api.reading import AnyId, AsOf, spoken, wiring_of
from domain.dates import day_of
from queries.analysis.latent import Latent, completes, names_for, read_latent
from queries.analysis.risk_model import Language
from queries.views.ids import feed_id, resolve_id

router = APIRouter(prefix="/api/v1", tags=["risk"])
Reader = Annotated[Viewer, Depends(needs("risk.read"))]
MOST = 500


class Named(BaseModel):
    """A person (masked), a firm or a body."""

    id: str
    name: str


class ReasonOut(BaseModel):
    """Why it may come to a contract, and how much that moves it up the list."""

    name: str
    points: int
    text: str


class LatentOut(BaseModel):
    """An official with powers in a body, and a firm of his or his kin that may sell to it. `rules` would fire at a contract."""

    official: Named
    relative: Named
    firm: Named
    body: Named
    powers: list[str] = Field(description="posts and roles at the body; `works_there`: a post without a say in purchases")
    kin: str | None
    term: str | None
    tie: Literal["STAKE", "DIRECTS"]
    share: float | None
    rules: list[str]
    sure: bool = Field(description="false: the kinship or a date is not certain")
    points: int
    reasons: list[ReasonOut]
    text: str


class LatentPage(BaseModel):
    """The list, the likeliest first; `total` is its whole length."""

    latent: list[LatentOut]
    total: int
    as_of: str


@router.get("/latent", summary="List conflicts that are one contract away")
def list_all(
    request: Request,
    viewer: Reader,
    unit: Annotated[AnyId | None, Query(description="of this body only")] = None,
    as_of: AsOf = None,
    limit: Annotated[int, Query(ge=1, le=MOST)] = 100,
) -> LatentPage:
    """By what holds today, or on a day: no event has completed these chains yet. People are masked; their cards ask for a purpose."""
    wiring = wiring_of(request)
    day = as_of or wiring.clock.today()
    units = visible_units(viewer)
    body = resolve_id(wiring.graph, unit, ("Organization",)).id if unit else None
    found = [
        one for one in read_latent(wiring.graph, day_of(day)) if (units is None or one.body in units) and (body is None or one.body == body)
    ]
    shown = found[:limit]
    names = {node: str(row["name"] or "") for node, row in names_for(wiring.graph, shown).items()}
    language = spoken(request, viewer)
    return LatentPage(latent=[_out(one, names, viewer, language) for one in shown], total=len(found), as_of=day.isoformat())


def _out(one: Latent, names: dict[str, str], viewer: Viewer, language: Language) -> LatentOut:
    def firm(node: str) -> str:
        return names.get(node, "") if viewer.sees_names else mask_text(names.get(node, ""))

    return LatentOut(
        official=Named(id=feed_id(one.official), name=mask_name(names.get(one.official, ""))),
        relative=Named(id=feed_id(one.relative), name=mask_name(names.get(one.relative, ""))),
        firm=Named(id=feed_id(one.firm), name=firm(one.firm)),
        body=Named(id=feed_id(one.body), name=firm(one.body)),
        powers=list(one.powers),
        kin=one.kin,
        term=one.term,
        tie=one.tie,  # type: ignore[arg-type]
        share=one.share,
        rules=list(one.rules),
        sure=one.sure,
        points=one.points,
        reasons=[ReasonOut(name=reason.name, points=reason.points, text=reason.text(language)) for reason in one.reasons],
        text=completes(one, firm(one.firm), firm(one.body), language),
    )
