"""Server-sent events: findings as they appear and change."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Header, Query, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import StreamingResponse

from app.access.guard import needs
from app.access.viewer import UNIT_PREDICATE, Viewer, unit_parameters
from app.api.reading import asked, finding_body, wiring_of
from domain.clock import Clock
from domain.errors import NotFound, UsageError
from graph.client import Graph
from queries.views.findings import get_finding

router = APIRouter(prefix="/api/v1", tags=["findings"])
Reader = Annotated[Viewer, Depends(needs("findings.read"))]
EVERY = 1.0
"""Seconds between two looks; one look is one read of an index."""
HEARTBEAT = 15.0
LONGEST = 600
"""Seconds after which the stream ends, so that who has lost his right loses the stream; browsers come back by themselves."""
LOOK_BACK = timedelta(minutes=10)
"""A check writes under the instant at which it began: what it commits later lies before what was seen already."""
MOST = 500
_CHANGED = f"""
MATCH (node:Finding) WHERE node.recorded_at >= $since AND {UNIT_PREDICATE} AND coalesce(node.trial, false) = false
RETURN node.id AS id, node.recorded_at AS at
ORDER BY at, id LIMIT 5000
"""
DESCRIBED: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "`event: finding`, `id: INSTANT`, `data:` the finding as in a list; comments in between keep it alive",
        "content": {"text/event-stream": {"schema": {"type": "string"}}},
    }
}


@router.get("/stream", summary="Follow findings", response_class=StreamingResponse, responses=DESCRIBED)
async def follow(
    request: Request,
    viewer: Reader,
    seconds: Annotated[int, Query(ge=1, le=LONGEST, description="end after so many seconds")] = LONGEST,
    last_event_id: Annotated[str | None, Header(max_length=40, description="where an earlier stream ended")] = None,
) -> StreamingResponse:
    """New and changed findings of the viewer's units from now on, or from `Last-Event-ID`; the client comes back when it ends."""
    wiring = wiring_of(request)
    feed = _Feed(wiring.graph, viewer, _since(wiring.clock, last_event_id))
    await run_in_threadpool(feed.skip, last_event_id)
    headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
    return StreamingResponse(_events(request, feed, seconds), media_type="text/event-stream", headers=headers)


async def _events(request: Request, feed: _Feed, seconds: int) -> AsyncIterator[str]:
    end, quiet = time.monotonic() + seconds, time.monotonic()
    yield "retry: 3000\n\n"
    while time.monotonic() < end and not await request.is_disconnected():
        for message in await run_in_threadpool(feed.news):
            quiet = time.monotonic()
            yield message
        if time.monotonic() - quiet > HEARTBEAT:
            quiet = time.monotonic()
            yield ": alive\n\n"
        await asyncio.sleep(min(EVERY, max(0.0, end - time.monotonic())))


def _since(clock: Clock, last: str | None) -> datetime:
    if last is None:
        return clock.now() - LOOK_BACK
    try:
        given = datetime.fromisoformat(last)
    except ValueError:
        raise UsageError("Last-Event-ID не отсюда.", "The Last-Event-ID is not from here.") from None
    if given.tzinfo is None:
        raise UsageError("Last-Event-ID не отсюда.", "The Last-Event-ID is not from here.")
    return given - LOOK_BACK


@dataclass(slots=True)
class _Feed:
    """What one listener has been told."""

    graph: Graph
    viewer: Viewer
    since: datetime
    told: dict[str, str] = field(default_factory=dict)
    """Finding → the instant of the form that was told."""

    def skip(self, last: str | None) -> None:
        """Take as told what stands already, or what an earlier stream told."""
        self.told = {row["id"]: row["at"] for row in self._changed() if last is None or row["at"] <= last}

    def news(self) -> list[str]:
        """The messages since the last look."""
        rows = [row for row in self._changed() if self.told.get(row["id"]) != row["at"]][:MOST]
        made: list[str] = []
        for row in rows:
            try:
                found = get_finding(self.graph, row["id"], asked(self.viewer))
            except NotFound:
                continue
            data = finding_body(found, masked=True) | {"new": found.first_seen_at == found.recorded_at}
            made.append(f"event: finding\nid: {row['at']}\ndata: {json.dumps(data, ensure_ascii=False)}\n\n")
            self.told[row["id"]] = row["at"]
        if rows:
            self.since = max(self.since, datetime.fromisoformat(rows[-1]["at"]) - LOOK_BACK)
            edge = self.since.isoformat()
            self.told = {one: at for one, at in self.told.items() if at >= edge}
        return made

    def _changed(self) -> list[dict[str, Any]]:
        return self.graph.read(_CHANGED, since=self.since.isoformat(), **unit_parameters(self.viewer))
