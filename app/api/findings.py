"""Findings: masked lists, and one by one with everything for those who say why they read it."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request

from app.access.guard import Reading, ReadsPerson, needs
from app.access.viewer import Viewer
from app.api.models import FindingDetail, FindingPage, Severity, Status
from app.api.reading import NAMES, AnyId, AsOf, Cursor, KnownOn, Limit, asked, decision_row, finding_body, finding_out, wiring_of
from cases.decide import history
from domain.errors import NoRight
from graph.client import Graph
from queries.views.findings import get_finding, list_findings
from queries.views.ids import RECORD, resolve_id

router = APIRouter(prefix="/api/v1", tags=["findings"])
Reader = Annotated[Viewer, Depends(needs("findings.read"))]


@router.get("/findings", responses=NAMES, summary="List findings")
def list_all(  # noqa: PLR0913, PLR0917 - one parameter for each filter of the contract
    request: Request,
    viewer: Reader,
    rule: Annotated[str | None, Query(max_length=20)] = None,
    severity: Severity | None = None,
    status: Status | None = None,
    event: AnyId | None = None,
    person: AnyId | None = None,
    unit: AnyId | None = None,
    assignee: Annotated[str | None, Query(max_length=64)] = None,
    as_of: AsOf = None,
    known_on: KnownOn = None,
    trial: Annotated[bool, Query(description="rules on trial too; not for those who decide")] = False,  # noqa: FBT002 - a query parameter
    limit: Limit = 100,
    cursor: Cursor = None,
) -> FindingPage:
    """Findings of the viewer's units, the latest event first; people are masked.

    `event`, `person` and `unit` take `ID` or `SOURCE:ID`. `as_of`: the whole chain holds on that day, event included.
    `known_on`: as it was recorded at the end of that day; both together are possible.
    """
    if trial and (viewer.can("findings.decide") or not viewer.can("reports.read")):
        raise NoRight("Правила на испытании не показываются в очереди.", "Rules on trial are not shown in the queue.")
    graph = wiring_of(request).graph
    wanted = asked(
        viewer,
        trial=trial,
        rule=rule,
        severity=severity,
        status=status,
        event=_node(graph, event, ("Event", RECORD)),
        person=_node(graph, person, ("Person",)),
        unit=_node(graph, unit, ("Organization",)),
        assignee=assignee,
        as_of=as_of,
        known_on=known_on,
    )
    page = list_findings(graph, wanted, limit, cursor)
    return FindingPage(findings=[finding_out(row, masked=True) for row in page.rows], next_cursor=page.next_cursor)


@router.get("/findings/{finding}", summary="Read a finding")
def read(
    request: Request, finding: str, reading: Annotated[Reading, Depends(ReadsPerson("findings.read"))], known_on: KnownOn = None
) -> FindingDetail:
    """One finding with its chain, people by name, and what was decided; each person on the chain gets a line in the audit log."""
    wiring = wiring_of(request)
    row = get_finding(wiring.graph, finding, asked(reading.viewer, known_on=known_on))
    reading.shown(*row.people)
    decisions = [decision_row(one) for one in history(wiring.graph, row.id) if known_on is None or one["at"][:10] <= known_on.isoformat()]
    return FindingDetail.model_validate(finding_body(row, masked=False) | {"decisions": decisions})


def _node(graph: Graph, text: str | None, labels: tuple[str, ...]) -> str | None:
    return resolve_id(graph, text, labels).id if text is not None else None
