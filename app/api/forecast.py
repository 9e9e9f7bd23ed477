"""Where conflicts come from, and how many signals are to be expected."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from pydantic import BaseModel, Field

from app.access.guard import needs
from app.access.masked_text import mask_text
from app.access.viewer import Viewer, visible_units
from app.api.reading import AnyId, wiring_of
from queries.analysis.community_read import names_of
from queries.analysis.forecast_read import read_forecast
from queries.analysis.sources import Origin, read_origins
from queries.views.ids import feed_id, resolve_id

router = APIRouter(prefix="/api/v1", tags=["risk"])
Reader = Annotated[Viewer, Depends(needs("risk.read"))]


class OriginOut(BaseModel):
    """One place that signals come from; `name` where it is a body."""

    key: str
    name: str = ""
    signals: int
    confirmed: int
    dismissed: int


class OriginsOut(BaseModel):
    """Signals by body, rule, tie, kinship (`self`: the official himself) and schema of the event, the most first."""

    units: list[OriginOut]
    rules: list[OriginOut]
    ties: list[OriginOut]
    kin: list[OriginOut]
    events: list[OriginOut]


class Past(BaseModel):
    """A quarter that is over."""

    quarter: str
    signals: int


class Ahead(BaseModel):
    """A quarter to come; the interval holds the count with probability 0.8."""

    quarter: str
    expected: float
    low: int
    high: int


class MethodOut(BaseModel):
    """A method and its mean absolute error in the back-tests."""

    method: str
    error: float


class SeriesOut(BaseModel):
    """Signals of a body and rule (null: all) by quarter of the event. No `points`: too few data to say anything (`method`: `too_few`)."""

    unit: str | None
    name: str = ""
    rule: str | None
    history: list[Past]
    points: list[Ahead]
    method: str
    judged: list[MethodOut] = Field(description="all methods by their error when each of the last quarters was the last known one")
    coverage: float | None = Field(description="of the back-tested counts, the part that lay in their intervals")


class ForecastOut(BaseModel):
    """What `sverka analyse` foresaw; `computed_at` null: it was never run."""

    series: list[SeriesOut]
    computed_at: str | None


@router.get("/origins", summary="Where conflicts come from")
def origins(request: Request, viewer: Reader) -> OriginsOut:
    """Counts of the signals of the viewer's bodies, with how many of them people confirmed and dismissed."""
    graph = wiring_of(request).graph
    found = read_origins(graph, visible_units(viewer))
    names = names_of(graph, found.units) if found.units else {}
    shown = {unit: name if viewer.sees_names else mask_text(name) for unit, name in names.items()}
    return OriginsOut(
        units=_listed({feed_id(unit): one for unit, one in found.units.items()}, {feed_id(unit): name for unit, name in shown.items()}),
        rules=_listed(found.rules),
        ties=_listed(found.ties),
        kin=_listed(found.kin),
        events=_listed(found.events),
    )


@router.get("/forecast", summary="Signals to be expected in the next four quarters")
def forecast(
    request: Request,
    viewer: Reader,
    unit: Annotated[AnyId | None, Query(description="of this body only")] = None,
    rule: Annotated[str | None, Query(max_length=20)] = None,
) -> ForecastOut:
    """The stored forecast by body and rule. A viewer of some bodies sees the series of these only."""
    graph = wiring_of(request).graph
    rows, at = read_forecast(graph)
    units = visible_units(viewer)
    wanted = resolve_id(graph, unit, ("Organization",)).id if unit else None
    kept = [
        row
        for row in rows
        if (units is None or row["unit"] in units) and (wanted is None or row["unit"] == wanted) and (rule is None or row["rule"] == rule)
    ]
    names = names_of(graph, {row["unit"] for row in kept if row["unit"]})
    return ForecastOut(
        series=[
            SeriesOut.model_validate(
                row
                | {
                    "unit": feed_id(row["unit"]) if row["unit"] else None,
                    "name": (names.get(row["unit"], "") if viewer.sees_names else mask_text(names.get(row["unit"], "")))
                    if row["unit"]
                    else "",
                }
            )
            for row in kept
        ],
        computed_at=at,
    )


def _listed(some: Mapping[str, Origin], names: Mapping[str, str] | None = None) -> list[OriginOut]:
    rows = [
        OriginOut(key=key, name=(names or {}).get(key, ""), signals=one.signals, confirmed=one.confirmed, dismissed=one.dismissed)
        for key, one in some.items()
    ]
    return sorted(rows, key=lambda row: (-row.signals, row.key))
