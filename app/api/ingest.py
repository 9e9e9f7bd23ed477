"""Loading data over HTTP: files as the command line reads them, or feed lines."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Query, Request
from starlette.concurrency import run_in_threadpool

from app.access.audit_chain import Entry
from app.access.guard import needs
from app.access.viewer import Viewer
from app.api.models import CheckOut, IngestOut
from app.api.reading import wiring_of
from app.api.uploads import shown_as_sent, uploaded
from app.intake import IngestReport, Intake, ingest_files, source_kind
from app.pipeline import check as run_check
from app.wiring import Wiring
from domain.errors import NoRight
from ingest.open import open_all

router = APIRouter(prefix="/api/v1", tags=["ingest"])
Loader = Annotated[Viewer, Depends(needs("ingest.write"))]
Kind = Literal["hr", "egrul", "civil_registry", "declaration", "procurement", "appeals", "offences", "other"]
SourceName = Annotated[str, Query(min_length=1, max_length=100, pattern=r"^[^:\s][^:]*$", description="name of the source")]
LINES: dict[str, Any] = {"schema": {"type": "string", "description": "lines of the feed (contract 1)"}}
BODY: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "required": ["files"],
                    "properties": {"files": {"type": "array", "items": {"type": "string", "format": "binary"}}},
                }
            },
            "application/x-ndjson": LINES,
        },
    }
}


@router.post("/ingest", summary="Load files or feed lines", openapi_extra=BODY)
async def load(
    request: Request,
    viewer: Loader,
    source: Annotated[SourceName | None, Query()] = None,
    kind: Kind | None = None,
    format: Annotated[str, Query(max_length=40, description="as of `sverka ingest --format`")] = "auto",
    check: Annotated[bool, Query(description="run the check on what changed, too")] = False,  # noqa: FBT002 - a query parameter
) -> IngestOut:
    """Every file is read by the reader that knows it; feed lines are read as `--format feed`. What cannot be used goes to quarantine.

    Once the answer is there everything accepted is stored. `source` names the source (default: the file's stem; for lines `api`).
    """
    if check and not viewer.can("check.run"):
        raise NoRight("Проверку запускают другие роли.", "Your role does not run the check.")
    source_kind(kind)
    wiring = wiring_of(request)
    async with uploaded(request, f"{source or 'api'}.jsonl") as (folder, paths):
        chosen = "feed" if not request.headers.get("content-type", "").startswith("multipart/") else format
        asked = Intake(format=chosen, source=source, kind=kind)
        return await run_in_threadpool(_load, wiring, viewer, asked, folder, paths, check)


def _load(wiring: Wiring, viewer: Viewer, asked: Intake, folder: Path, paths: Sequence[Path], check: bool) -> IngestOut:  # noqa: FBT001 - the request's own switch
    files = shown_as_sent(open_all(paths, format=asked.format), folder)
    report = ingest_files(wiring.graph, wiring.clock, files, asked)
    wiring.desk.log.append(Entry(viewer.actor, "ingest", asked.source or "files", str(viewer.purpose or ""), after=_counts(report)))
    checked = run_check(wiring.graph, wiring.catalog, wiring.clock) if check else None
    return report_out(report).model_copy(update={"check": CheckOut.model_validate(checked.payload()) if checked else None})


def report_out(report: IngestReport) -> IngestOut:
    """The report as it is answered, with the first refused rows of each file."""
    body = report.payload()
    for shown, file in zip(body["files"], report.files, strict=True):
        shown["samples"] = [{"line": one.place.line, "reason": one.reason, "message": one.message_ru} for one in file.samples]
    return IngestOut.model_validate(body)


def _counts(report: IngestReport) -> dict[str, Any]:
    return {"files": len(report.files), "accepted": sum(one.accepted for one in report.files), "quarantined": report.quarantined}
