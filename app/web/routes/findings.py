"""The inbox, the finding's card, decisions and taking them back."""

from __future__ import annotations

from itertools import groupby
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import RedirectResponse, Response

from app.web.page import HEADERS, is_fragment
from app.web.ports import DecisionDraft, InboxQuery, Tab
from app.web.routing import Form, PageRoute, PagesIn
from domain.errors import UsageError
from visualizations.timeline import lay_out

router = APIRouter(route_class=PageRoute)
FORWARD = (
    "NOTICE_REQUESTED",
    "NOTICE_RECEIVED",
    "MEASURES_TAKEN",
    "TO_COMMISSION",
    "DECIDED",
    "EXECUTED",
    "RISK_CONFIRMED",
    "NEED_DATA",
    "CLOSED",
)
"""Steps drawn as buttons, the first of those allowed as the primary one; the rest are set small beneath."""
DISMISSALS = ("NO_CONFLICT", "FALSE_POSITIVE")
"""Steps behind «Не конфликт…», with their reasons."""


@router.get("/findings")
def inbox(
    request: Request,
    pages: PagesIn,
    tab: Tab = Tab.MINE,
    rule: Annotated[str, Query()] = "",
    severity: Annotated[str, Query()] = "",
    cursor: Annotated[str | None, Query()] = None,
) -> Response:
    """A pile of findings, grouped by the day they are due; with a cursor, the rows that follow."""
    query = InboxQuery(tab, rule or None, severity or None, cursor)
    found = pages.desk.inbox(pages.caller(request), query)
    words = pages.words(request)
    groups = [(key, list(rows)) for key, rows in groupby(found.rows, key=words.due_group)]
    template = "inbox_rows.html" if cursor and is_fragment(request) else "inbox.html"
    return pages.render(request, template, inbox=found, query=query, groups=groups)


@router.get("/findings/{finding}")
def card(request: Request, pages: PagesIn, finding: str) -> Response:
    """One finding as one explained chain."""
    found = pages.desk.finding(pages.caller_with_purpose(request), finding)
    words = pages.words(request)
    seconds = max(0, int((found.undo.until - pages.clock.now()).total_seconds())) if found.undo else 0
    moves = {
        "forward": sorted((m for m in found.moves if m.to in FORWARD), key=lambda m: FORWARD.index(m.to)),
        "dismissals": [m for m in found.moves if m.to in DISMISSALS],
        "aside": [m for m in found.moves if m.to not in FORWARD + DISMISSALS],
    }
    timeline = lay_out(found.chain, words.fact_dates)
    return pages.render(request, "finding.html", card=found, timeline=timeline, undo_seconds=seconds, moves=moves)


@router.post("/findings/{finding}/decisions")
def decide(request: Request, pages: PagesIn, finding: str, form: Form) -> Response:
    """Record a decision; «не конфликт» comes with its reason as STATUS or STATUS:REASON."""
    to, _, reason = form.get("to", "").partition(":")
    if not to:
        raise UsageError("Выберите решение.", "Choose a decision.")
    draft = DecisionDraft(to, reason or None, form.get("note", "").strip(), form.get("seen", ""), form.get("evidence", ""))
    pages.desk.decide(pages.caller_with_purpose(request), finding, draft)
    return RedirectResponse(f"/findings/{finding}", 303, headers=HEADERS)


@router.post("/findings/{finding}/decisions/{decision}/undo")
def undo(request: Request, pages: PagesIn, finding: str, decision: str, form: Form) -> Response:  # noqa: ARG001  asked for its token
    """Take one's own decision back."""
    pages.desk.undo(pages.caller_with_purpose(request), finding, decision)
    return RedirectResponse(f"/findings/{finding}", 303, headers=HEADERS)
