"""Puts the pages into an application."""

from __future__ import annotations

from collections.abc import Callable

from fastapi import FastAPI

from app.web.assets import STATIC, Assets, Static, load_assets
from app.web.catalog import load_catalog
from app.web.page import Pages, make_environment
from app.web.ports import Desk, Gate
from app.web.routes import entities, explorer, facts, findings, identities, lists, rules, session, sources
from domain.clock import Clock


def add_pages(
    app: FastAPI, *, desk: Desk, gate: Gate, clock: Clock, role_title: Callable[[str, str], str], assets: Assets | None = None
) -> Pages:
    """Mount routes and static files; the caller adds the access layer that sets `request.state`.

    `assets` are those that were built, unless a test gives others. Returns the pages: their `problem(request, error)`
    is what an exception handler shows for addresses outside these routers.
    """
    pages = Pages(desk, gate, clock, load_catalog(), assets or load_assets(), make_environment(), role_title)
    app.state.pages = pages
    for module in (session, findings, entities, identities, lists, explorer, facts, rules, sources):
        app.include_router(module.router, include_in_schema=False)
    app.mount("/static", Static(directory=STATIC), name="static")
    return pages
