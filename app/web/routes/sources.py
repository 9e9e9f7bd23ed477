"""Source records exactly as read, and what the graph was built from."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import Response

from app.web.routing import PageRoute, PagesIn

router = APIRouter(route_class=PageRoute)


@router.get("/sources")
def sources(request: Request, pages: PagesIn) -> Response:
    """Each source with what it holds."""
    return pages.render(request, "sources.html", sources=pages.desk.sources(pages.caller(request)))


@router.get("/records/{key:path}")
def record(request: Request, pages: PagesIn, key: str) -> Response:
    """One source record; it may name people, so it wants a purpose."""
    found = pages.desk.record(pages.caller_with_purpose(request), key)
    return pages.render(request, "record.html", record=found)
