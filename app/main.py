"""Makes the application: every router of app/api, the doors in front of them, one handler from errors to problem documents."""

from __future__ import annotations

import importlib
import pkgutil
import time
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from http import HTTPStatus
from types import ModuleType

from fastapi import APIRouter, FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

import app.api
from app.access.body_limit import BodyLimit
from app.access.doors import Doors
from app.access.headers import SecurityHeaders
from app.api import openapi
from app.api.problems import answer, handle
from app.metrics import Metrics
from app.version import VERSION
from app.wiring import Wiring, wire
from domain.errors import SverkaError

MEGABYTE = 1024 * 1024
UPLOADS = ("/api/v1/ingest", "/api/v1/events/check", "/api/v1/match/default")
HANDLED = (SverkaError, RequestValidationError, HTTPException, Exception)
Addition = Callable[[FastAPI, Wiring], object]


def create_app(wiring: Wiring | None = None, additions: Iterable[Addition] = ()) -> FastAPI:
    """The application over its wiring; `additions` (the pages) are called last with both. Closes the wiring that it made itself."""
    wired = wiring or wire()
    application = FastAPI(
        title="Sverka",
        version=VERSION,
        openapi_url="/api/v1/openapi.json",
        docs_url=None,
        redoc_url=None,
        lifespan=_lifespan(wired if wiring is None else None),
    )
    application.state.wiring = wired
    for router in routers(app.api):
        application.include_router(router)
    for add in additions:
        add(application, wired)
    for kind in HANDLED:
        application.add_exception_handler(kind, handle)
    openapi.install(application)
    _surround(application, wired)
    return application


def routers(package: ModuleType) -> list[APIRouter]:
    """The `router` of every module of a package; a new module is served by being there."""
    names = sorted(info.name for info in pkgutil.iter_modules(package.__path__, f"{package.__name__}."))
    modules = [importlib.import_module(name) for name in names]
    return [module.router for module in modules if isinstance(getattr(module, "router", None), APIRouter)]


def _surround(application: FastAPI, wired: Wiring) -> None:
    """Innermost first: who asks, how much, with what headers, how long it took."""
    settings = wired.settings
    larger = dict.fromkeys(UPLOADS, settings.ingest_megabytes * MEGABYTE)
    application.add_middleware(Doors, desk=wired.desk, answer=answer, public_url=settings.public_url)
    application.add_middleware(BodyLimit, limit=settings.request_megabytes * MEGABYTE, larger=larger, answer=answer)
    application.add_middleware(SecurityHeaders, https=settings.cookies_secure)
    application.add_middleware(Measured, metrics=wired.metrics)


class Measured:
    """Counts requests by route template."""

    def __init__(self, inner: ASGIApp, metrics: Metrics) -> None:
        self.app = inner
        self._metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve and count."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        begun, status = time.perf_counter(), int(HTTPStatus.INTERNAL_SERVER_ERROR)

        async def noted(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self.app(scope, receive, noted)
        finally:
            route = getattr(scope.get("route"), "path", "none")
            self._metrics.observe(scope["method"], route, status, time.perf_counter() - begun)


def _lifespan(own: Wiring | None) -> Callable[[FastAPI], AbstractAsyncContextManager[None]]:
    @asynccontextmanager
    async def life(_: FastAPI) -> AsyncIterator[None]:
        yield
        if own:
            own.close()

    return life
