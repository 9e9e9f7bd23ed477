"""Screening over HTTP as yente's clients ask for it: entities in, the people and organizations of the graph they may be out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any

import orjson
from fastapi import APIRouter, Depends, Query, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from app.access.guard import Reading, ReadsPerson, needs
from app.access.viewer import Viewer
from app.api.match_models import EXAMPLE, AlgorithmList, CatalogOut, MatchAnswers, Operational
from app.api.reading import wiring_of
from app.api.screening_words import feature_docs
from app.screener import MOST, Screener, is_match
from domain.errors import InputError, UsageError
from queries.views.screen import Hit
from screening.entities import Entity, read_entity

router = APIRouter(prefix="/api/v1", tags=["screening"])
MOST_QUERIES = 500
"""Of one request; a hundred entities cost little more than one, a thousand would keep others waiting."""
MOST_VALUES = 1000
"""Values of one query's properties: a name is compared with each name of each candidate."""
MOST_BYTES = 16 * 1024 * 1024
DATASET = "default"
ALGORITHM = "sverka"
TITLE = "Sverka"
Screening = Annotated[Reading, Depends(ReadsPerson("match.run", together=True))]
Client = Annotated[Viewer, Depends(needs("match.run"))]
BODY: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {
            "application/json": {
                "schema": {
                    "type": "object",
                    "required": ["queries"],
                    "properties": {
                        "queries": {
                            "type": "object",
                            "description": "entities under names of the caller's own; one that cannot be read answers for itself",
                            "additionalProperties": {"type": "object", "additionalProperties": True},
                            "minProperties": 1,
                            "maxProperties": MOST_QUERIES,
                        },
                    },
                    "additionalProperties": True,
                },
                "example": EXAMPLE,
            }
        },
    }
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """How much is wanted of the results."""

    limit: int
    threshold: float
    cutoff: float


@router.post("/match/default", summary="Screen entities", response_model=MatchAnswers, openapi_extra=BODY)
async def match(
    request: Request,
    reading: Screening,
    limit: Annotated[int, Query(ge=1, le=MOST, description="results of one query at most")] = 5,
    threshold: Annotated[float, Query(ge=0, le=1, description="from this score on a certain or probable result is a `match`")] = 0.7,
    cutoff: Annotated[float, Query(ge=0, le=1, description="results below this score are left out")] = 0.0,
    algorithm: Annotated[str, Query(max_length=100, description="taken for yente's clients; there is one way of judging")] = ALGORITHM,
) -> Response:
    """The request and response of yente. `score` is the calibrated probability; `explanation` says why.

    A result is a `match` where its score reaches the threshold and its grade is certain or probable: a name alone never is one.
    """
    del algorithm
    queries = _queries(await body_of(request))
    screener = Screener(reading)
    answers = await run_in_threadpool(_answers, request, screener, queries, Wanted(limit, threshold, min(cutoff, threshold)))
    body = orjson.dumps({"responses": answers, "matcher": feature_docs(screener.language), "limit": limit})
    # Written as it is: to validate a thousand steps of waterfalls anew costs more than to find them. The tests hold it to its model.
    return Response(body, media_type="application/json", headers={"x-batch-size": str(len(answers))})


@router.get("/algorithms", summary="Ways of judging")
def algorithms(viewer: Client) -> AlgorithmList:
    """The one that there is, as yente's clients ask for it."""
    one = {"name": ALGORITHM, "description": TITLE, "features": feature_docs(viewer.language)}
    return AlgorithmList.model_validate({"algorithms": [one], "default": ALGORITHM, "best": ALGORITHM})


@router.get("/catalog", summary="Datasets")
def catalog(viewer: Client) -> CatalogOut:
    """The one dataset that there is, as yente's clients ask for it."""
    del viewer
    one = {"name": DATASET, "title": TITLE, "load": True, "version": "1", "index_current": True, "children": []}
    return CatalogOut.model_validate({"datasets": [one], "current": [DATASET], "outdated": [], "index_stale": False})


@router.get("/healthz", summary="Whether the service answers")
@router.get("/readyz", summary="Whether the service can screen")
def ready(request: Request, viewer: Client) -> Operational:
    """Asks the graph, as yente's clients want to know before they send anything."""
    del viewer
    wiring_of(request).graph.read("RETURN 1 AS one")
    return Operational(status="ok")


async def body_of(request: Request, most: int = MOST_BYTES) -> bytes:
    """The body, read to a limit of its own: JSON is parsed in memory."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > most:
            megabytes = most // 1024 // 1024
            raise UsageError(f"Запрос больше {megabytes} МБ: делите его на части.", f"More than {megabytes} MB: send it in parts.")
    return bytes(body)


def _queries(body: bytes) -> Mapping[str, Any]:
    try:
        asked = orjson.loads(body)
    except orjson.JSONDecodeError as error:
        raise UsageError(f"Запрос — не JSON: {error.msg}.", f"The request is no JSON: {error.msg}.") from None
    queries = asked.get("queries") if isinstance(asked, dict) else None
    if not isinstance(queries, dict):
        raise UsageError('Нужен объект {"queries": {"имя": ЗАПИСЬ}}.', 'An object {"queries": {"name": ENTITY}} is needed.')
    given = {name: one for name, one in queries.items() if one is not None}
    if not given:
        raise UsageError("В запросе нет ни одной записи.", "There are no queries in the request.")
    if len(given) > MOST_QUERIES:
        raise TooMany(
            f"В запросе {len(given)} записей, а можно не больше {MOST_QUERIES}: делите на части.",
            f"{len(given)} queries in one request; {MOST_QUERIES} at most, send them in parts.",
        )
    return given


class TooMany(UsageError):
    """More queries than one request may carry."""

    code = "too_many_queries"


def read_query(value: Any) -> Entity:
    """One query as an entity; InputError says what is wrong with it."""
    properties = value.get("properties") if isinstance(value, dict) else None
    if isinstance(properties, dict):
        count = sum(len(one) if isinstance(one, list) else 1 for one in properties.values())
        if count > MOST_VALUES:
            raise InputError(f"Значений больше {MOST_VALUES}.", f"More than {MOST_VALUES} values.")
    return read_entity(value, "query")


def _answers(request: Request, screener: Screener, queries: Mapping[str, Any], wanted: Wanted) -> dict[str, Any]:
    read: dict[str, Entity | InputError] = {}
    for name, value in queries.items():
        try:
            read[name] = read_query(value)
        except InputError as error:
            read[name] = error
    good = {name: one for name, one in read.items() if isinstance(one, Entity)}
    hits = dict(zip(good, screener.screen(wiring_of(request).graph, list(good.values())), strict=True))
    kept = {name: [hit for hit in some if hit.verdict.probability >= wanted.cutoff] for name, some in hits.items()}
    shown = {name: some[: wanted.limit] for name, some in kept.items()}
    screener.shows(hit for some in shown.values() for hit in some)
    return {
        name: _failed(one, queries[name], screener.language)
        if isinstance(one, InputError)
        else {
            "status": 200,
            "results": [result(hit, screener, wanted.threshold) for hit in shown[name]],
            "total": {"value": len(kept[name]), "relation": "eq"},
            "query": {"id": one.record.id or None, "schema": one.record.schema, "properties": one.record.properties},
        }
        for name, one in read.items()
    }


def result(hit: Hit, screener: Screener, threshold: float) -> dict[str, Any]:
    """One result in yente's shape, with the explanation beside it."""
    body = hit.payload(screener.language)
    return body | {"match": is_match(hit, threshold), "datasets": [DATASET], "referents": list(hit.ids), "target": False}


def _failed(error: InputError, query: Any, language: str) -> dict[str, Any]:
    given = query if isinstance(query, dict) else {}
    schema = given.get("schema")
    return {
        "status": 400,
        "results": [],
        "total": {"value": 0, "relation": "eq"},
        "query": {"schema": schema if isinstance(schema, str) else "", "properties": {}},
        "detail": error.message_en if language == "en" else error.message_ru,
    }
