"""An application with the pages, the fake desk and the fake gate: what the tests ask and what one looks at."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from fastapi import FastAPI, Request, Response
from starlette.exceptions import HTTPException

from app.web.assets import Assets
from app.web.mount import add_pages
from domain.clock import Clock, FixedClock
from domain.errors import NotFound

from tests.unit.app.web.fake_desk import FakeDesk
from tests.unit.app.web.fake_gate import FakeGate
from tests.unit.app.web.invented import NOW

ROLE = {"ru": "ответственное лицо", "en": "responsible officer"}


UNBUILT = Assets({name: name for name in ("main.css", "app.js", "explorer.js", "icons.svg")})
"""For tests that look at HTML alone: they need no node."""


def make_site(gate: FakeGate | None = None, clock: Clock | None = None, assets: Assets | None = None) -> FastAPI:
    """The site; `app.state.gate` and `app.state.desk` are there to be changed by a test."""
    app, clock, gate = FastAPI(openapi_url=None), clock or FixedClock(NOW), gate or FakeGate()
    desk = FakeDesk(clock=clock)
    app.state.gate, app.state.desk = gate, desk
    pages = add_pages(
        app,
        desk=desk,
        gate=gate,
        clock=clock,
        assets=assets,
        role_title=lambda code, language: {"ru": "ответственное лицо", "en": "responsible officer"}[language],
    )

    @app.middleware("http")
    async def who(request: Request, call_next: Callable[[Request], Awaitable[Response]]) -> Response:
        request.state.viewer = gate.viewer if gate.signed_in else None
        request.state.purpose = gate.purpose if gate.signed_in else None
        return await call_next(request)

    @app.exception_handler(HTTPException)
    async def unknown(request: Request, _: Exception) -> Response:
        return pages.problem(request, NotFound("Такой страницы нет.", "There is no such page."))

    return app
