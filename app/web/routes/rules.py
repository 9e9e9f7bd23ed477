"""The rules: what each finds, by which law, how often, and what people said of its findings."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import Response

from app.web.routing import PageRoute, PagesIn

router = APIRouter(route_class=PageRoute)


@router.get("/rules")
def rules(request: Request, pages: PagesIn) -> Response:
    """All rules with their figures, and files of the organization's own that were refused."""
    return pages.render(request, "rules.html", book=pages.desk.rules(pages.caller(request)))


@router.get("/rules/{rule}")
def rule(request: Request, pages: PagesIn, rule: str) -> Response:
    """One rule."""
    return pages.render(request, "rule.html", page=pages.desk.rule(pages.caller(request), rule))
