"""Whether the process lives, whether the graph answers, and the counters for Prometheus."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Request
from fastapi.responses import PlainTextResponse
from prometheus_client import CONTENT_TYPE_LATEST
from pydantic import BaseModel

from app.access.guard import needs
from app.access.viewer import Viewer
from app.wiring import Wiring
from domain.errors import GraphUnavailable, SverkaError

router = APIRouter(tags=["health"])


class Health(BaseModel):
    """One word."""

    status: Literal["ok"] = "ok"


@router.get("/health/live")
def live() -> Health:
    """The process answers."""
    return Health()


@router.get("/health/ready")
def ready(request: Request) -> Health:
    """The graph answers; 503 when it does not."""
    wiring: Wiring = request.app.state.wiring
    try:
        wiring.graph.read("RETURN 1 AS one")
    except SverkaError as problem:
        # Where the graph is and why it fails is for the log, not for an unsigned caller.
        raise GraphUnavailable("База не отвечает.", "The graph does not answer.") from problem
    return Health()


@router.get("/metrics", response_class=PlainTextResponse)
def metrics(request: Request, _: Annotated[Viewer, Depends(needs("metrics.read"))]) -> PlainTextResponse:
    """Counters in the exposition format; needs a key with the scope metrics."""
    wiring: Wiring = request.app.state.wiring
    return PlainTextResponse(wiring.metrics.text(), media_type=CONTENT_TYPE_LATEST)
