"""An event before it is signed: the findings it would raise."""

from __future__ import annotations

import io
import json
from collections.abc import Sequence
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request
from starlette.concurrency import run_in_threadpool

from app.access.audit_chain import Entry
from app.access.guard import needs
from app.access.viewer import Viewer, may_see
from app.api.ingest import LINES, Kind, SourceName
from app.api.models import EventCheck, RefusedRow
from app.api.reading import finding_out, log_shown, wiring_of
from app.api.uploads import NDJSON
from app.rehearsal import Rehearsed, rehearse_event, store_event
from app.wiring import Wiring
from domain.errors import InputError, NoRight, UsageError
from domain.records import Row, SourceInfo, SourceKind
from ingest.formats import feed

router = APIRouter(prefix="/api/v1", tags=["events"])
Caller = Annotated[Viewer, Depends(needs("events.check"))]
MOST_BYTES = 1024 * 1024
MOST_LINES = 1000
NAME = "events/check"
BODY: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {
            "application/x-ndjson": LINES,
            "application/json": {
                "schema": {
                    "oneOf": [
                        {"type": "array", "items": {"type": "object", "additionalProperties": True}, "maxItems": MOST_LINES},
                        {"type": "object", "additionalProperties": True, "description": "one record"},
                    ]
                }
            },
        },
    }
}


class NothingUsable(InputError):
    """No line of the event could be used."""

    code = "nothing_usable"


@router.post("/events/check", summary="Check an event before it is stored", openapi_extra=BODY)
async def check(
    request: Request,
    viewer: Caller,
    source: Annotated[SourceName, Query()] = "events",
    kind: Kind = "procurement",
    store: Annotated[bool, Query(description="keep the lines, and check them")] = False,  # noqa: FBT002 - a query parameter
) -> EventCheck:
    """One event with its parties and roles as feed lines; they may name anything that is in the graph already.

    The very steps that load and check run in a transaction that is undone: nothing stays, unless `store` asks for it.
    An id that the source has already replaces that record. People are named only where there is a purpose, and logged then.
    """
    if store and not viewer.can("ingest.write"):
        raise NoRight("Сохранять события может тот, кто загружает данные.", "Storing needs the right ingest.write.")
    rows = _rows(request.headers.get("content-type", ""), await _body(request))
    about = SourceInfo(source, SourceKind(kind))
    return await run_in_threadpool(_check, request, wiring_of(request), viewer, about, rows, store)


async def _body(request: Request) -> bytes:
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > MOST_BYTES:
            raise UsageError("Событие больше мегабайта: для загрузок есть /ingest.", "More than a megabyte: /ingest is for loads.")
    return bytes(body)


def _rows(content: str, body: bytes) -> list[Row]:
    kind = content.split(";", maxsplit=1)[0].strip().lower()
    if kind == "application/json":
        body = _as_lines(body)
    elif kind not in NDJSON:
        said = f"{NDJSON[0]}, application/json"
        raise UsageError(f"Содержимое должно быть одного из видов: {said}.", f"The content must be one of: {said}.")
    rows = list(feed.records(io.BytesIO(body), NAME))
    if not rows or len(rows) > MOST_LINES:
        raise UsageError(f"Нужно от одной до {MOST_LINES} строк.", f"One to {MOST_LINES} lines are needed.")
    return rows


def _as_lines(body: bytes) -> bytes:
    try:
        found = json.loads(body)
    except ValueError:
        found = None
    many = [found] if isinstance(found, dict) else found
    if not isinstance(many, list) or not all(isinstance(one, dict) for one in many):
        raise UsageError("Нужна запись или список записей.", "One record or a list of records is needed.")
    return b"\n".join(json.dumps(one, ensure_ascii=True).encode() for one in many)


def _check(request: Request, wiring: Wiring, viewer: Viewer, source: SourceInfo, rows: Sequence[Row], store: bool) -> EventCheck:  # noqa: FBT001 - the request's own switch
    run = store_event if store else rehearse_event
    result = run(wiring.graph, wiring.catalog, wiring.clock, source, rows)
    refused = [
        RefusedRow(line=one.place.line, reason=one.reason, message=one.message_ru) for file in result.report.files for one in file.samples
    ]
    if refused and not any(file.accepted for file in result.report.files):
        said = "; ".join(f"{one.line}: {one.message}" for one in refused[:5])
        raise NothingUsable(f"Ни одна строка не годится: {said}", f"No line can be used: {', '.join(one.reason for one in refused[:5])}.")
    seen = [row for row in result.findings if may_see(viewer, row.units) and not row.trial]
    named = viewer.sees_names
    if named:
        log_shown(request, viewer, {person for row in seen for person in row.people}, "person.use")
    wiring.desk.log.append(_entry(viewer, source, result))
    return EventCheck(
        stored=result.stored,
        findings=[finding_out(row, masked=not named) for row in seen],
        events=[event.split(":", 1)[-1] for event in result.events],
        unusable=refused,
        seconds=round(result.seconds, 3),
    )


def _entry(viewer: Viewer, source: SourceInfo, result: Rehearsed) -> Entry:
    item = ", ".join(result.events[:10]) or source.name
    after = {"findings": [row.id for row in result.findings], "stored": result.stored}
    return Entry(viewer.actor, "event.store" if result.stored else "event.check", item, str(viewer.purpose or ""), after=after)
