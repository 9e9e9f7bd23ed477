"""What the reading routes share: whom the viewer sees by name, what is logged, and the shapes of nodes, edges and findings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, Any, Literal

from fastapi import Header, Query, Request

from app.access.audit_chain import Entry
from app.access.credentials import language_of
from app.access.guard import ReadsPerson, desk_of
from app.access.masked_text import mask_name, mask_text
from app.access.masking import mask_finding, mask_json
from app.access.viewer import Viewer, visible_units
from app.api.models import DecisionRow, EdgeOut, FindingOut, NodeOut
from app.api.problems import MEDIA_TYPE
from app.wiring import Wiring
from cases.terms import due_for
from domain.errors import NotFound
from graph.client import Graph
from queries.views.findings import Asked, FindingRow
from queries.views.ids import Resolved
from queries.views.links import Link, NodeRef
from queries.views.page import MOST
from queries.views.scope import may_open, visible_people

Limit = Annotated[int, Query(ge=1, le=MOST, description="rows of a page")]
Cursor = Annotated[str | None, Query(max_length=1000, description="`next_cursor` of the page before")]
AnyId = Annotated[str, Query(max_length=500)]
AsOf = Annotated[date | None, Query(description="what holds on this day")]
KnownOn = Annotated[date | None, Query(description="as it was recorded at the end of this day")]
Purpose = Annotated[
    str | None,
    Header(
        alias="X-Purpose", description="`case NUMBER` or `reason TEXT`; needed where a person is read, if neither key nor session has one"
    ),
]
_PROBLEM = {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
ASKS: dict[int | str, dict[str, Any]] = {428: {"description": "A purpose is needed", "content": _PROBLEM}}
"""`responses` of a route that asks for a purpose only where a person is meant."""
NAMES: dict[int | str, dict[str, Any]] = {404: {"description": "An id that is asked about is not known", "content": _PROBLEM}}
"""`responses` of a route whose query names things."""
WAITS = {"NEW", "NEED_DATA"}
"""Statuses whose due day follows from severity; all others have the term of the step that led to them."""
_reads = ReadsPerson()


def spoken(request: Request, viewer: Viewer) -> Literal["ru", "en"]:
    """The language of the answer: what the request asks for, else the viewer's."""
    return "en" if language_of(request, viewer.language) == "en" else "ru"


def wiring_of(request: Request) -> Wiring:
    """The wiring of this application."""
    wiring: Wiring = request.app.state.wiring
    return wiring


def asked(viewer: Viewer, *, trial: bool = False, **wanted: Any) -> Asked:
    """What is asked of the findings, within what the viewer may see."""
    return Asked(units=visible_units(viewer), trial=trial, **wanted)


def finding_out(row: FindingRow, *, masked: bool) -> FindingOut:
    """A finding of a list."""
    return FindingOut.model_validate(finding_body(row, masked=masked))


def finding_body(row: FindingRow, *, masked: bool) -> dict[str, Any]:
    """The JSON of contract 4 with the due day."""
    body = mask_finding(row.body) if masked else dict(row.body)
    return body | {"due_on": due_on(row), "assignee": row.assignee, "recorded_at": row.recorded_at}


def due_on(row: FindingRow) -> str | None:
    """The day by which the next step is due: a new one by its severity, from the day on which it was first seen."""
    if row.due_on or row.status not in WAITS:
        return row.due_on
    due = due_for(row.severity, datetime.fromisoformat(row.first_seen_at).date())
    return due.isoformat() if due else None


def decision_row(row: Mapping[str, Any]) -> DecisionRow:
    """A stored decision."""
    names = ("id", "reason", "note", "by", "at", "evidence_sha256", "undone_at")
    return DecisionRow.model_validate({"from": row["old"], "to": row["new"], **{name: row.get(name) for name in names}})


@dataclass(frozen=True, slots=True)
class Eyes:
    """Whom the viewer sees by name in one answer; all others are masked."""

    viewer: Viewer
    shown: frozenset[str]

    def node(self, one: NodeRef) -> NodeOut:
        """A node, a person's name masked where he is not shown; a sole trader is a person too."""
        masked = not self.sees(one)
        name = mask_name(one.name) if one.label == "Person" and masked else mask_text(one.name) if masked else one.name
        return NodeOut(id=one.id, node=one.node, ids=list(one.ids), label=one.label, schema=one.schema, name=name, masked=masked)  # type: ignore[arg-type]

    def sees(self, one: NodeRef) -> bool:
        """Whether its name is shown whole."""
        return one.node in self.shown if one.label == "Person" else self.viewer.sees_names

    def edge(self, link: Link) -> EdgeOut:
        """An edge."""
        properties = dict(link.properties) if self.viewer.sees_names else mask_json(dict(link.properties))
        return EdgeOut.model_validate({
            "id": link.id, "type": link.type, "from": link.start, "to": link.end, "start": link.since, "end": link.until,
            "start_known": link.start_known, "source": link.source, "trust": link.trust, "record": link.record,
            "recorded_at": link.recorded_at, "superseded_at": link.superseded_at, "derived": link.derived,
            "derived_from": list(link.derived_from), "holds": link.holds, "properties": properties,
        })  # fmt: skip


def eyes(request: Request, viewer: Viewer, nodes: Iterable[NodeRef]) -> Eyes:
    """Decide who is shown, and write a line for each of them before the answer leaves."""
    people = {one.node for one in nodes if one.label == "Person"}
    if not viewer.sees_names or not people:
        return Eyes(viewer, frozenset())
    shown = visible_people(wiring_of(request).graph, people, visible_units(viewer))
    log_shown(request, viewer, shown)
    return Eyes(viewer, shown)


def log_shown(request: Request, viewer: Viewer, people: Iterable[str], action: str = "person.read") -> None:
    """A line in the audit log for each person shown."""
    desk_of(request).log.append(*(Entry(viewer.actor, action, one, str(viewer.purpose or ""), "shown") for one in sorted(set(people))))


def opens(request: Request, viewer: Viewer, resolved: Resolved) -> None:
    """A person is opened: 403 without the right, 404 outside the viewer's units, 428 without a purpose; the opening is logged."""
    if resolved.label != "Person":
        return
    _reads(request)
    graph: Graph = wiring_of(request).graph
    if not may_open(graph, resolved.id, resolved.label, visible_units(viewer)):
        raise NotFound(f"«{resolved.id}» не найдено.", f"There is no {resolved.id!r}.")
