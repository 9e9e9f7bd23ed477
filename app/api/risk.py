"""Risk scores for other systems and for those who plan checks: one node, many, by body, and the order of checking that yields most."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Query, Request
from pydantic import BaseModel, Field

from app.access.guard import needs
from app.access.masking import mask_finding
from app.access.viewer import Viewer, visible_units
from app.api.models import FindingOut, Taken
from app.api.reading import ASKS, Purpose, opens, spoken, wiring_of
from domain.errors import NotFound, SverkaError
from graph.client import Graph
from queries.analysis.risk import Risk, Waiting, history_of, learnt, queue, risk_of, sentence, standing
from queries.analysis.risk_model import Language, Model
from queries.views.ids import feed_id, resolve_id

router = APIRouter(prefix="/api/v1", tags=["risk"])
Reader = Annotated[Viewer, Depends(needs("risk.read"))]
KINDS = ("Person", "Organization", "Event")
MOST = 1000
MONTHS = 12

_UNITS = """
MATCH (o:Organization)<-[f:FOR_UNIT]-()
WHERE f.tray IS NOT NULL
RETURN DISTINCT o.id AS id, o.name AS name
"""


class PartOut(BaseModel):
    """A feature of a finding and its weight in log-odds."""

    name: str
    weight: float
    text: str


class ContributionOut(BaseModel):
    """What raises the score: `weight` is −ln(1 − p), so that the weights of all add up to −ln(1 − score)."""

    rule: str | None
    finding: str | None
    probability: float
    weight: float
    text: str
    parts: list[PartOut] = Field(description="what the probability of this one is made of, in log-odds")


class Point(BaseModel):
    """The score at the end of a day."""

    day: date
    score: float


class RiskOut(BaseModel):
    """The probability that a check of this person, firm or event confirms a conflict."""

    id: str
    score: float = Field(ge=0, le=1)
    band: Literal["high", "medium", "low"]
    contributions: list[ContributionOut]
    as_of: date
    basis: str = Field(description="whether the weights are presumed or measured on decisions")
    history: list[Point] = Field([], description="ends of the last twelve months, from what was recorded by then")


class RiskError(BaseModel):
    """An id of a batch that got no score."""

    id: str
    code: str
    detail: str


class RiskWish(Taken):
    """Ids, or a body: `unit` asks for everybody with findings about its events."""

    ids: list[Annotated[str, Field(max_length=500)]] = Field(max_length=MOST)


class Risks(BaseModel):
    """One answer for each id, in order; what could not be answered stands in `errors`."""

    risks: list[RiskOut]
    errors: list[RiskError]


class UnitRisk(BaseModel):
    """A body and what a check of its open findings is expected to confirm."""

    id: str
    name: str
    score: float
    band: Literal["high", "medium", "low"]
    expected: float = Field(description="confirmed conflicts to be expected, one for each pair of official and party")
    findings: int


class UnitRisks(BaseModel):
    """Bodies, the highest expectation first."""

    units: list[UnitRisk]
    as_of: date
    basis: str


class Turn(BaseModel):
    """One finding in its turn."""

    finding: FindingOut
    probability: float
    worth: float = Field(description="the probability times what a confirmed one of its severity is worth")
    day: int = Field(description="working day of the plan, from 1")
    text: str


class Plan(BaseModel):
    """The order of checking that yields most for a team that checks `per_day` findings a day; people are masked."""

    per_day: int
    turns: list[Turn]
    waiting: int = Field(description="findings that wait in all")
    expected: float = Field(description="confirmed conflicts to be expected from the turns shown")
    expected_by_age: float = Field(description="the same number of checks in the order of arrival")
    basis: str


@router.get("/risk/units", summary="Risk by body")
def by_unit(request: Request, viewer: Reader) -> UnitRisks:
    """Every body with open findings, as far as the viewer's units go."""
    wiring = wiring_of(request)
    today = wiring.clock.today()
    model = learnt(wiring.graph, today)
    units = visible_units(viewer)
    names = {row["id"]: row["name"] for row in wiring.graph.read(_UNITS) if units is None or row["id"] in units}
    found = risk_of(wiring.graph, dict.fromkeys(names, "unit"), model, today)
    rows = [
        UnitRisk(
            id=feed_id(node),
            name=names[node] or feed_id(node),
            score=risk.score,
            band=risk.band,  # type: ignore[arg-type]
            expected=sum(one.probability for one in risk.contributions if one.finding),
            findings=sum(one.finding is not None for one in risk.contributions),
        )
        for node, risk in found.items()
    ]
    rows.sort(key=lambda row: (-row.expected, row.id))
    return UnitRisks(units=rows, as_of=today, basis=standing(model, spoken(request, viewer)))


@router.get("/risk/queue", summary="The order of checking that yields most")
def plan(
    request: Request,
    viewer: Reader,
    per_day: Annotated[int, Query(ge=1, le=10_000, description="how many findings the team checks a day")] = 40,
    days: Annotated[int, Query(ge=1, le=20)] = 1,
) -> Plan:
    """Open findings in the order of probability times worth, cut to what the team can check in these days."""
    wiring = wiring_of(request)
    today = wiring.clock.today()
    language = spoken(request, viewer)
    model = learnt(wiring.graph, today)
    waiting = queue(wiring.graph, model, today, visible_units(viewer))
    shown = waiting[: min(per_day * days, MOST)]
    oldest = sorted(waiting, key=lambda one: (str((one.body.get("event") or {}).get("date") or ""), one.finding))[: len(shown)]
    return Plan(
        per_day=per_day,
        turns=[_turn(one, 1 + n // per_day, language) for n, one in enumerate(shown)],
        waiting=len(waiting),
        expected=sum(one.probability for one in shown),
        expected_by_age=sum(one.probability for one in oldest),
        basis=standing(model, language),
    )


@router.get("/risk/{entity}", responses=ASKS, summary="Risk of one")
def one(
    request: Request,
    viewer: Reader,
    entity: str,
    as_of: Annotated[date | None, Query(description="as it was recorded at the end of this day")] = None,
    _purpose: Purpose = None,
) -> RiskOut:
    """The score of a person, a firm or an event with its contributions in words, and how it moved over the last twelve months."""
    wiring = wiring_of(request)
    today = wiring.clock.today()
    model = learnt(wiring.graph, today)
    language = spoken(request, viewer)
    return _scored(request, viewer, entity, model, as_of or today, language, today=today)


@router.post("/risk", responses=ASKS, summary="Risk of many")
def many(request: Request, viewer: Reader, wish: RiskWish, _purpose: Purpose = None) -> Risks:
    """Scores for up to 1,000 ids; an id that is not known gets an error of its own and does not stop the others."""
    wiring = wiring_of(request)
    today = wiring.clock.today()
    model = learnt(wiring.graph, today)
    language = spoken(request, viewer)
    risks, errors = [], []
    for entity in wish.ids:
        try:
            risks.append(_scored(request, viewer, entity, model, today, language, today=None))
        except NotFound as error:
            errors.append(RiskError(id=entity, code=error.code, detail=_said(error, language)))
    return Risks(risks=risks, errors=errors)


def _scored(request: Request, viewer: Viewer, entity: str, model: Model, day: date, language: Language, *, today: date | None) -> RiskOut:
    graph: Graph = wiring_of(request).graph
    resolved = resolve_id(graph, entity, KINDS)
    opens(request, viewer, resolved)
    if today is None:
        return _out(entity, risk_of(graph, {resolved.id: resolved.label}, model, day)[resolved.id], day, model, language)
    then = history_of(graph, resolved.id, resolved.label, model, [*_month_ends(day, MONTHS), day])
    risk = then[-1][1] if day < today else risk_of(graph, {resolved.id: resolved.label}, model, day)[resolved.id]
    return _out(entity, risk, day, model, language, [Point(day=end, score=one.score) for end, one in then])


def _out(entity: str, risk: Risk, day: date, model: Model, language: Language, history: Sequence[Point] = ()) -> RiskOut:
    contributions = [
        ContributionOut(
            rule=one.rule,
            finding=one.finding,
            probability=one.probability,
            weight=one.weight,
            text=sentence(one, language),
            parts=[PartOut(name=part.name, weight=part.weight, text=part.en if language == "en" else part.ru) for part in one.parts],
        )
        for one in risk.contributions
    ]
    return RiskOut(
        id=entity,
        score=risk.score,
        band=risk.band,  # type: ignore[arg-type]
        contributions=contributions,
        as_of=day,
        basis=standing(model, language),
        history=list(history),
    )


def _turn(one: Waiting, day: int, language: Language) -> Turn:
    parts = [part for part in one.parts if not part.name.startswith("rule:")]
    text = ", ".join(part.en if language == "en" else part.ru for part in parts)
    body = mask_finding(dict(one.body)) | {"assignee": one.assignee}
    return Turn(finding=FindingOut.model_validate(body), probability=one.probability, worth=one.worth, day=day, text=text)


def _month_ends(day: date, count: int) -> list[date]:
    ends = []
    first = day.replace(day=1)
    for _ in range(count):
        end = first - timedelta(days=1)
        ends.append(end)
        first = end.replace(day=1)
    return ends[::-1]


def _said(error: SverkaError, language: Language) -> str:
    return error.message_en if language == "en" else error.message_ru
