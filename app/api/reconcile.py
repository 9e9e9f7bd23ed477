"""OpenRefine's Reconciliation API 0.2, for clients that cannot set headers: the key stands in the path and is written nowhere."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Annotated, Any

import orjson
from fastapi import APIRouter, Depends, Query, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from app.access.guard import ReadsPerson, needs
from app.access.viewer import Viewer, visible_units
from app.api.match import MOST_BYTES, TITLE, body_of
from app.api.reading import ASKS, Purpose, eyes, wiring_of
from app.api.reconcile_models import Candidates, Extended, Manifest, Proposal, Suggestions
from app.api.reconcile_queries import FORM, ExtendQuery, ReconQuery, fields_of, read_extend, read_queries
from app.api.screening_words import words
from app.screener import Screener, is_match
from domain.errors import NotFound, SverkaError, UsageError
from queries.views.ids import resolve_id
from queries.views.said import said
from queries.views.scope import visible_people
from queries.views.screen import Hit
from queries.views.search import search

router = APIRouter(prefix="/api/v1/reconcile/{key}", tags=["screening"])
Client = Annotated[Viewer, Depends(needs("match.run"))]
Prefix = Annotated[str, Query(max_length=200, description="what was typed")]
Callback = Annotated[str, Query(max_length=100, description="JSONP: the name of a function that takes the answer")]
_reads = ReadsPerson("match.run", together=True)
THRESHOLD = 0.7
BATCH = 50
MOST_SUGGESTED = 20
SCHEMATA = "https://followthemoney.tech/explorer/schemata/"
_FUNCTION = re.compile(r"[A-Za-z_$][\w$]*(?:\.[A-Za-z_$][\w$]*){0,5}", re.ASCII)
_SCRIPT: dict[str, Any] = {"application/javascript": {"schema": {"type": "string"}}}
SCRIPT: dict[int | str, dict[str, Any]] = {200: {"content": _SCRIPT}}
_FIELDS = {
    "queries": {"type": "string", "description": "JSON: queries by name"},
    "extend": {"type": "string", "description": "JSON: ids and properties whose values are wanted"},
}
_JSON_FIELDS = {name: {"type": "object", "additionalProperties": True} for name in _FIELDS}
BODY: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {
            FORM: {"schema": {"type": "object", "properties": _FIELDS}},
            "application/json": {"schema": {"type": "object", "properties": _JSON_FIELDS}},
        },
    }
}


@router.get("", summary="What can be reconciled", response_model=Manifest | dict[str, Candidates], responses=ASKS | SCRIPT)
def manifest(
    request: Request,
    key: str,
    viewer: Client,
    queries: Annotated[str, Query(description="JSON: queries by name")] = "",
    callback: Callback = "",
    _purpose: Purpose = None,
) -> Response:
    """The manifest; with `queries` their answers. The key's purpose is the purpose; without one nobody is shown (428)."""
    if queries:
        return _told(_reconcile(request, queries), callback)
    return _told(_manifest(request, key, viewer), callback)


@router.post("", summary="Reconcile", response_model=dict[str, Candidates] | Extended, responses=ASKS | SCRIPT, openapi_extra=BODY)
async def reconcile(request: Request, key: str, viewer: Client, callback: Callback = "", _purpose: Purpose = None) -> Response:
    """A form with `queries` (or `extend`), as OpenRefine sends it, or the same as JSON. A query that cannot be read answers for itself."""
    del key, viewer
    fields = fields_of(request.headers.get("content-type", ""), await body_of(request, MOST_BYTES))
    if fields.get("extend"):
        return _told(await run_in_threadpool(_extend, request, read_extend(fields["extend"])), callback)
    if not fields.get("queries"):
        raise UsageError("Нужно поле queries или extend.", "The field queries or extend is needed.")
    return _told(await run_in_threadpool(_reconcile, request, fields["queries"]), callback)


@router.get("/suggest/entity", summary="Suggest an entity", response_model=Suggestions, responses=ASKS | SCRIPT)
def suggest_entity(
    request: Request, key: str, viewer: Client, prefix: Prefix = "", callback: Callback = "", _purpose: Purpose = None
) -> Response:
    """People and organizations by the beginning of what was typed; people are named only with a purpose, and logged then."""
    del key
    found = (
        search(wiring_of(request).graph, prefix, units=visible_units(viewer), limit=MOST_SUGGESTED).hits if len(prefix.strip()) > 1 else ()
    )
    hits = [hit for hit in found if hit.node.label in ("Person", "Organization")]
    seen = eyes(request, viewer, [hit.node for hit in hits])
    shown = [seen.node(hit.node) for hit in hits]
    rows = [{"id": one.id, "name": one.name, "description": _type(one.schema_, viewer)["name"]} for one in shown]
    return _told(_suggestions(prefix, rows), callback)


@router.get("/suggest/type", summary="Suggest a type", response_model=Suggestions, responses=SCRIPT)
def suggest_type(key: str, viewer: Client, prefix: Prefix = "", callback: Callback = "") -> Response:
    """Types by their name."""
    del key
    return _told(_suggestions(prefix, _named("types", viewer, prefix)), callback)


@router.get("/suggest/property", summary="Suggest a property", response_model=Suggestions, responses=SCRIPT)
def suggest_property(key: str, viewer: Client, prefix: Prefix = "", callback: Callback = "") -> Response:
    """Properties by their name; a value of one makes a candidate likelier or less likely."""
    del key
    return _told(_suggestions(prefix, _named("properties", viewer, prefix)), callback)


@router.get("/extend/propose", summary="Properties to bring back", response_model=Proposal, responses=SCRIPT)
def propose(
    key: str,
    viewer: Client,
    type: Annotated[str, Query(max_length=50, description="type of the entities")] = "",
    limit: Annotated[int, Query(ge=1, le=100)] = 50,
    callback: Callback = "",
) -> Response:
    """Properties of a type whose values can be brought into a table."""
    del key
    kind = type if type in ("", "Person") else "Organization"
    fits = [one for one in _named("properties", viewer, "") if not kind or kind in words()["properties"][one["id"]]["types"]]
    return _told({"type": type, "limit": limit, "properties": fits[:limit]}, callback)


def _manifest(request: Request, key: str, viewer: Viewer) -> dict[str, Any]:
    site = (wiring_of(request).settings.public_url or str(request.base_url)).rstrip("/")
    here = f"{site}/api/v1/reconcile/{key}"
    suggest = {name: {"service_url": here, "service_path": f"/suggest/{name}"} for name in ("entity", "type", "property")}
    return {
        "versions": ["0.2"],
        "name": TITLE,
        "identifierSpace": f"{site}/entities/",
        "schemaSpace": SCHEMATA,
        "defaultTypes": _named("types", viewer, ""),
        "view": {"url": f"{site}/entities/{{{{id}}}}"},
        "suggest": suggest,
        "extend": {"propose_properties": {"service_url": here, "service_path": "/extend/propose"}, "property_settings": []},
        "batchSize": BATCH,
    }


def _reconcile(request: Request, text: str) -> dict[str, Any]:
    screener = Screener(_reads(request))
    read = read_queries(text)
    good = {name: one for name, one in read.items() if isinstance(one, ReconQuery)}
    found = screener.screen(wiring_of(request).graph, [one.entity for one in good.values()])
    hits = {name: some[: one.limit] for (name, one), some in zip(good.items(), found, strict=True)}
    screener.shows(hit for some in hits.values() for hit in some)
    return {
        name: {"result": _candidates(hits[name], screener)}
        if isinstance(one, ReconQuery)
        else {"result": [], "error": _said(one, screener)}
        for name, one in read.items()
    }


def _said(error: SverkaError, screener: Screener) -> str:
    return error.message_en if screener.language == "en" else error.message_ru


def _candidates(hits: list[Hit], screener: Screener) -> list[dict[str, Any]]:
    """A match is one that stands alone: of two likely candidates a person chooses."""
    likely = [hit for hit in hits if is_match(hit, THRESHOLD)]
    return [_candidate(hit, screener, match=[hit] == likely) for hit in hits]


def _candidate(hit: Hit, screener: Screener, *, match: bool) -> dict[str, Any]:
    body = hit.payload(screener.language)
    return {
        "id": body["id"],
        "name": body["caption"],
        "description": body["explanation"]["sentence"],
        "type": [_type(body["schema"], screener.reading.viewer)],
        "score": round(100 * body["score"], 1),
        "match": match,
        "features": [{"id": name, "value": value} for name, value in body["features"].items()],
    }


def _extend(request: Request, wanted: ExtendQuery) -> dict[str, Any]:
    """Values of the ids that the viewer may open; an id that is not known, or not his, has none."""
    reading, graph = _reads(request), wiring_of(request).graph
    nodes = {}
    for one in wanted.ids:
        try:
            nodes[one] = resolve_id(graph, one, ("Person", "Organization"))
        except (NotFound, UsageError):
            continue
    people = {node.id for node in nodes.values() if node.label == "Person"}
    seen = visible_people(graph, people, visible_units(reading.viewer))
    reading.shown(*sorted(seen))
    values = said(graph, {node.id: node.label for node in nodes.values() if node.label != "Person" or node.id in seen})
    rows: dict[str, dict[str, Any]] = {one: {} for one in wanted.ids}
    for one, node in nodes.items():
        known = values.get(node.id, {})
        rows[one] = {name: [{"str": text} for text in known.get(name, ())] for name in wanted.properties}
    return {"meta": [_property(name, reading.viewer) for name in wanted.properties], "rows": rows}


def _named(group: str, viewer: Viewer, prefix: str) -> list[dict[str, str]]:
    """Types or properties whose name or id begins with what was typed, or has a word that does."""
    typed = prefix.strip().casefold()
    rows = [{"id": name, "name": said[_language(viewer)]} for name, said in words()[group].items()]
    return [row for row in rows if any(word.startswith(typed) for word in (row["id"].casefold(), *row["name"].casefold().split()))]


def _type(schema: str, viewer: Viewer) -> dict[str, str]:
    known: Mapping[str, Any] = words()["types"]
    return {"id": schema, "name": known[schema][_language(viewer)] if schema in known else schema}


def _property(name: str, viewer: Viewer) -> dict[str, str]:
    return {"id": name, "name": words()["properties"][name][_language(viewer)]}


def _language(viewer: Viewer) -> str:
    return "en" if viewer.language == "en" else "ru"


def _suggestions(prefix: str, rows: list[dict[str, str]]) -> dict[str, Any]:
    return {"code": "/api/status/ok", "status": "200 OK", "prefix": prefix, "result": rows[:MOST_SUGGESTED]}


def _told(body: Mapping[str, Any], callback: str) -> Response:
    """The answer, for a page of another site too: what opens it is the key in its address, never a cookie."""
    headers = {"Access-Control-Allow-Origin": "*", "Cross-Origin-Resource-Policy": "cross-origin"}
    text = orjson.dumps(body).decode()
    if not callback:
        return Response(text, media_type="application/json", headers=headers)
    if not _FUNCTION.fullmatch(callback):
        raise UsageError("callback: имя функции не годится.", "callback: that is no name of a function.")
    # The comment keeps what a caller chose from being the first bytes of the file; the two signs end lines in a script, not in JSON.
    safe = text.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029").replace("<", "\\u003c")
    return Response(f"/**/{callback}({safe});", media_type="application/javascript", headers=headers)
