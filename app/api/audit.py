"""The audit log for the security auditor: lines without contents, and the check of the chain."""

from __future__ import annotations

import json
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request

from app.access.audit_chain import Line
from app.access.audit_verify import verify
from app.access.guard import desk_of, needs
from app.access.viewer import Viewer
from app.api.access_models import AuditPage, AuditRow, AuditVerdict, FaultRow
from domain.errors import UsageError

router = APIRouter(prefix="/api/v1/audit", tags=["access"])
Auditor = Annotated[Viewer, Depends(needs("audit.read"))]
Filter = Annotated[str, Query(max_length=200)]


@router.get("")
def list_lines(
    request: Request,
    _: Auditor,
    limit: Annotated[int, Query(ge=1, le=1000)] = 100,
    cursor: Filter = "",
    who: Filter = "",
    action: Filter = "",
    item: Annotated[str, Query(max_length=200, alias="object")] = "",
    since: Filter = "",
) -> AuditPage:
    """Lines from the newest down. Filters take exact words; `since` is an instant or a day."""
    if cursor and not cursor.isdigit():
        raise UsageError("Курсор не отсюда.", "The cursor is not from here.")
    lines = desk_of(request).log.page(limit=limit + 1, below=int(cursor or 2**62), who=who, action=action, item=item, since=since)
    return AuditPage(lines=[_row(line) for line in lines[:limit]], next_cursor=str(lines[limit - 1].n) if len(lines) > limit else None)


@router.get("/verify")
def verify_chain(request: Request, viewer: Auditor) -> AuditVerdict:
    """Whether any line was changed, removed, inserted or moved, or the tail cut."""
    desk = desk_of(request)
    found = verify(desk.graph, desk.log.anchor)
    faults = [
        FaultRow(kind=one.kind, n=one.n, message=one.message_en if viewer.language == "en" else one.message_ru) for one in found.faults
    ]
    return AuditVerdict(ok=found.ok, lines=found.lines, n=found.n, hash=found.hash, anchored=found.anchored, faults=faults)


def _row(line: Line) -> AuditRow:
    changed = sorted({name for text in (line.before, line.after) if text for name in json.loads(text)})
    return AuditRow(
        n=line.n, at=line.at, who=line.who, role=line.role, action=line.action, object=line.object, purpose=line.purpose,
        result=line.result, changed=changed, hash=line.hash,
    )  # fmt: skip
