"""The graph: the canvas, the panel of what is selected, scenes and paths for the script."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import JSONResponse, Response

from app.web.page import HEADERS
from app.web.ports import SearchResults, When
from app.web.routing import PageRoute, PagesIn
from visualizations.scene import Subgraph, scene

router = APIRouter(route_class=PageRoute)
Id = Annotated[str, Query(max_length=300)]
Day = Annotated[date | None, Query()]


@router.get("/explorer")
def explorer(
    request: Request,
    pages: PagesIn,
    focus: Id = "",
    finding: Id = "",
    to: Id = "",
    as_of: Day = None,
    known_on: Day = None,
) -> Response:
    """The canvas on an entity, on a finding's chain, or between two; without any of these, a search."""
    if not focus and not finding:
        pages.caller(request)
        return pages.render(request, "explorer_start.html")
    caller, when = pages.caller_with_purpose(request), When(as_of, known_on)
    paths = pages.desk.paths(caller, focus, to, when) if focus and to else ()
    if finding:
        shown = pages.desk.finding_scene(caller, finding, When(None, known_on))
    elif paths:
        shown = paths[0].subgraph
    else:
        shown = pages.desk.neighbours(caller, focus, (), When(None, known_on), None)
    chosen = shown.focus or focus or (shown.nodes[0].id if shown.nodes else "")
    links = pages.desk.links(caller, chosen, when)
    target = pages.desk.links(caller, to, when).node if to else None
    context: dict[str, Any] = {"scene": scene(shown), "links": links, "paths": paths, "target": target, "when": when, "finding": finding}
    return pages.render(request, "explorer.html", **context)


@router.get("/explorer/panel")
def panel(request: Request, pages: PagesIn, id: Id, as_of: Day = None, known_on: Day = None) -> Response:
    """What is selected: its line, and how much hangs on it by kind."""
    links = pages.desk.links(pages.caller_with_purpose(request), id, When(as_of, known_on))
    return pages.render(request, "explorer_panel.html", links=links)


@router.get("/explorer/choices")
def choices(request: Request, pages: PagesIn, source: Id, q: Annotated[str, Query(max_length=200)] = "") -> Response:
    """Whom a path may lead to: the first hits of what is typed."""
    text = " ".join(q.split())
    caller = pages.caller_with_purpose(request)
    results = pages.desk.search(caller, text, None, None) if len(text) >= 2 else SearchResults((), {})
    return pages.render(request, "explorer_choices.html", results=results, text=text, source=source)


@router.get("/explorer/scene")
def neighbours(
    request: Request,
    pages: PagesIn,
    id: Id,
    kind: Annotated[list[str] | None, Query()] = None,
    known_on: Day = None,
    cursor: Annotated[str | None, Query()] = None,
) -> Response:
    """Neighbours of the kinds that were asked for, at any time: the script shows those of the chosen day."""
    caller = pages.caller_with_purpose(request)
    return _json(pages.desk.neighbours(caller, id, tuple(kind or ()), When(None, known_on), cursor))


@router.get("/explorer/paths")
def paths(request: Request, pages: PagesIn, source: Id, target: Id, as_of: Day = None, known_on: Day = None) -> Response:
    """Paths between two, the strongest first."""
    found = pages.desk.paths(pages.caller_with_purpose(request), source, target, When(as_of, known_on))
    body = [{"words": path.words, "strength": path.strength, "scene": scene(path.subgraph)} for path in found]
    return JSONResponse({"paths": body}, headers=HEADERS)


def _json(subgraph: Subgraph) -> Response:
    return JSONResponse(scene(subgraph), headers=HEADERS)
