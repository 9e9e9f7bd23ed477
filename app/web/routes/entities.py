"""The page of a person, organization or event, and the search."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from app.web.page import is_fragment
from app.web.ports import SearchResults
from app.web.routing import PageRoute, PagesIn
from domain.errors import NotFound

router = APIRouter(route_class=PageRoute)
KINDS = ("people", "organizations", "events")


@router.get("/entities/{entity:path}")
def entity(request: Request, pages: PagesIn, entity: str, full: Annotated[bool, Query()] = False) -> Response:  # noqa: FBT002  a query parameter
    """Facts of one entity with their dates and sources; `full` unmasks and wants a purpose."""
    caller = pages.caller_with_purpose(request, full=True) if full else pages.caller(request)
    return pages.render(request, "entity.html", entity=pages.desk.entity(caller, entity), full=full)


@router.get("/search")
def search(
    request: Request,
    pages: PagesIn,
    q: Annotated[str, Query(max_length=200)] = "",
    kind: Annotated[str, Query()] = "",
    cursor: Annotated[str | None, Query()] = None,
) -> Response:
    """Masked hits; to a script, the list alone."""
    if kind and kind not in KINDS:
        raise NotFound("Такого раздела поиска нет.", "There is no such kind of search.")
    text = " ".join(q.split())
    caller = pages.caller(request)
    results = pages.desk.search(caller, text, kind or None, cursor) if len(text) >= 2 else SearchResults((), {})
    template = "search_hits.html" if is_fragment(request) else "search.html"
    return pages.render(request, template, results=results, text=text, kind=kind, kinds=KINDS, cursor=cursor)
