"""A person, organization or event with everything that is known of it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request

from app.access.guard import needs
from app.access.masking import mask_person
from app.access.viewer import Viewer
from app.api.models import EntityOut, FactOut, FindingOut, MatchOut, RecordOut, SectionOut
from app.api.reading import ASKS, AsOf, Eyes, KnownOn, Purpose, asked, eyes, finding_out, opens, wiring_of
from domain.errors import NoRight
from graph.client import Graph
from queries.views.entities import COUNTED, EACH, Entity, RecordRef, get_entity
from queries.views.findings import list_findings
from queries.views.ids import Resolved, resolve_id
from queries.views.links import When
from queries.views.page import MOST

router = APIRouter(prefix="/api/v1", tags=["entities"])
Reader = Annotated[Viewer, Depends(needs("entities.read", "people.read"))]
_INNER = frozenset({"id", "ids", "keys", "units", "fold", "facts", "words", "core", "birth_lo", "birth_hi", "death_lo", "death_hi"})


@router.get("/entities/{entity}", responses=ASKS, summary="Read an entity")
def read(
    request: Request,
    viewer: Reader,
    entity: str,
    as_of: AsOf = None,
    known_on: KnownOn = None,
    each: Annotated[int, Query(ge=1, le=MOST, description="facts of one kind at most")] = EACH,
    _purpose: Purpose = None,
) -> EntityOut:
    """Facts by section with dates, source and trust, findings, and the records behind it. `entity` is `ID` or `SOURCE:ID`.

    A person asks for a purpose and is logged. People on the card of something else are named only with a purpose, and logged then.
    """
    graph = wiring_of(request).graph
    resolved = resolve_id(graph, entity)
    if resolved.label != "Person" and not viewer.can("entities.read"):
        raise NoRight("Недостаточно прав для этого действия.", "This needs the right entities.read.")
    opens(request, viewer, resolved)
    card = get_entity(graph, resolved, When(as_of, known_on), each)
    seen = eyes(request, viewer, [card.node, *(fact.other for section in card.sections for fact in section.facts)])
    return EntityOut(
        node=seen.node(card.node),
        properties=_properties(card, seen),
        sections=_sections(card, seen),
        findings=_findings(graph, viewer, resolved),
        records=[_record(one, masked=not seen.sees(card.node)) for one in card.records],
        matches=[
            MatchOut(left=one.left, right=one.right, test=one.test, grade=one.grade, probability=one.probability) for one in card.matches
        ],
    )


def _properties(card: Entity, seen: Eyes) -> dict[str, Any]:
    own = {name: value for name, value in card.properties.items() if name not in _INNER and value not in (None, [])}
    trader = card.node.label == "Organization" and card.properties.get("sole_trader")
    return mask_person(own) if (card.node.label == "Person" or trader) and not seen.sees(card.node) else own


def _sections(card: Entity, seen: Eyes) -> list[SectionOut]:
    return [
        SectionOut(
            section=one.section,
            type=one.type,
            direction=one.direction,  # type: ignore[arg-type]
            total=min(one.total, COUNTED),
            total_more=one.total > COUNTED,
            more=one.more,
            facts=[FactOut(edge=seen.edge(fact.link), other=seen.node(fact.other)) for fact in one.facts],
        )
        for one in card.sections
    ]


def _findings(graph: Graph, viewer: Viewer, resolved: Resolved) -> list[FindingOut]:
    """The latest findings that the entity stands in, masked as lists are."""
    wanted = {
        "Person": [asked(viewer, person=resolved.id)],
        "Event": [asked(viewer, event=resolved.id)],
        "Organization": [asked(viewer, counterparty=resolved.id), asked(viewer, unit=resolved.id)],
    }.get(resolved.label, [])
    if not viewer.can("findings.read"):
        return []
    rows = {row.id: row for one in wanted for row in list_findings(graph, one, EACH).rows}
    return [finding_out(row, masked=True) for row in list(rows.values())[:EACH]]


def _record(one: RecordRef, *, masked: bool) -> RecordOut:
    values: Mapping[str, list[str]] = json.loads(one.payload)
    person = masked and one.schema == "Person"
    return RecordOut.model_validate({
        "key": one.key, "id": one.id, "source": one.source, "schema": one.schema, "path": one.path, "line": one.line,
        "recorded_at": one.recorded_at, "properties": mask_person(values) if person else dict(values),
        "test": one.test, "grade": one.grade, "probability": one.probability,
    })  # fmt: skip
