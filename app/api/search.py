"""Search over people, organizations and events; people are masked."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Query, Request

from app.access.guard import needs
from app.access.viewer import Viewer, visible_units
from app.api.models import HitOut, Hits
from app.api.reading import Cursor, Eyes, wiring_of
from domain.errors import NoRight
from queries.views.page import MOST
from queries.views.search import LONGEST, search

router = APIRouter(prefix="/api/v1", tags=["entities"])
Searcher = Annotated[Viewer, Depends(needs("people.list", "entities.read"))]


@router.get("/search", summary="Search")
def find(
    request: Request,
    viewer: Searcher,
    q: Annotated[str, Query(max_length=LONGEST, description="words of a name, ИНН, ОГРН, СНИЛС, a number or an id")],
    kind: Literal["people", "organizations", "events"] | None = None,
    limit: Annotated[int, Query(ge=1, le=MOST)] = 20,
    cursor: Cursor = None,
) -> Hits:
    """By words (surnames, also former ones; given name with patronymic; words of organizations and titles), numbers and ids.

    All words must be there; the last letters may be missing. Names are masked, whatever the purpose: opening one asks for it.
    """
    allowed = {"people": viewer.can("people.list"), "organizations": viewer.can("entities.read"), "events": viewer.can("entities.read")}
    kinds = [name for name, may in allowed.items() if may]
    if kind is not None and kind not in kinds:
        raise NoRight("Ваша роль этого не показывает.", "Your role does not show these.")
    # Without the right to lists of people nobody is visible, as for a viewer of no units.
    units = visible_units(viewer) if "people" in kinds else []
    only = kind or ("people" if kinds == ["people"] else None)
    found = search(wiring_of(request).graph, q, kind=only, units=units, limit=limit, cursor=cursor)
    nobody = Eyes(viewer, frozenset())
    hits = [
        HitOut(node=nobody.node(hit.node), matched=hit.matched, findings=hit.findings if viewer.can("findings.read") else 0)
        for hit in found.hits
    ]
    counts = {name: n if name in kinds else 0 for name, n in found.counts.items()}
    return Hits(hits=hits, counts=counts, truncated=found.truncated, next_cursor=found.next_cursor)
