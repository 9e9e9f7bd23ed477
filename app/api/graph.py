"""The graph around a node, and paths between two: counts first, pages after, never unbounded."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request

from app.access.guard import needs
from app.access.viewer import Viewer
from app.api.models import CountOut, Direction, Neighbours, PathOut, Paths
from app.api.reading import ASKS, NAMES, AnyId, AsOf, Cursor, KnownOn, Purpose, eyes, opens, wiring_of
from domain.errors import UsageError
from queries.views.entities import get_node
from queries.views.ids import resolve_id
from queries.views.links import When
from queries.views.neighbours import expand, link_counts
from queries.views.page import MOST
from queries.views.paths import MAX_HOPS, Found, chains_to_suppliers, find_paths

router = APIRouter(prefix="/api/v1/graph", tags=["graph"])
Explorer = Annotated[Viewer, Depends(needs("graph.explore"))]
TypeName = Annotated[str, Query(max_length=40, pattern=r"^[A-Z_]+$")]


@router.get("/neighbours/{entity}", responses=ASKS, summary="Expand a node")
def neighbours(  # noqa: PLR0913, PLR0917 - one parameter for each of the contract
    request: Request,
    viewer: Explorer,
    entity: str,
    type: Annotated[TypeName | None, Query(description="open this kind of links; without it only counts")] = None,
    direction: Annotated[Direction | None, Query(description="out: the node is the start; without it whichever there is")] = None,
    as_of: AsOf = None,
    known_on: KnownOn = None,
    limit: Annotated[int, Query(ge=1, le=MOST)] = 50,
    cursor: Cursor = None,
    _purpose: Purpose = None,
) -> Neighbours:
    """Without `type`: how many links of each kind there are. With it: one page of them, with dates and sources.

    A node of more than 1,000 links of a kind is counted as `1000+` and can be paged through up to 10,000 of them.
    """
    graph = wiring_of(request).graph
    resolved = resolve_id(graph, entity)
    opens(request, viewer, resolved)
    node, _ = get_node(graph, resolved)
    when = When(as_of, known_on)
    if type is None:
        counts = link_counts(graph, resolved, when)
        seen = eyes(request, viewer, [node])
        shown = [CountOut(section=c.section, type=c.type, direction=c.direction, count=c.count, more=c.more, text=c.text) for c in counts]  # type: ignore[arg-type]
        return Neighbours(node=seen.node(node), counts=shown, nodes=[], edges=[], next_cursor=None)
    way: str | None = direction
    if way is None:
        way = next((one.direction for one in link_counts(graph, resolved, when) if one.type == type), "out")
    page = expand(graph, resolved, type, way, when, limit, cursor)
    seen = eyes(request, viewer, [node, *(fact.other for fact in page.rows)])
    others = {fact.other.node: fact.other for fact in page.rows}
    return Neighbours(
        node=seen.node(node),
        counts=[],
        nodes=[seen.node(one) for one in others.values()],
        edges=[seen.edge(fact.link) for fact in page.rows],
        next_cursor=page.next_cursor,
    )


@router.get("/paths", responses=ASKS | NAMES, summary="Find paths between two")
def paths(
    request: Request,
    viewer: Explorer,
    from_: Annotated[AnyId, Query(alias="from")],
    to: AnyId,
    max: Annotated[int, Query(ge=1, le=MAX_HOPS, description="ties of a path at most")] = 4,  # noqa: A002 - the contract's word
    as_of: AsOf = None,
    known_on: KnownOn = None,
    types: Annotated[
        list[str] | None, Query(max_length=40, description="relationship types, repeated or with commas; default: all facts")
    ] = None,
    _purpose: Purpose = None,
) -> Paths:
    """The strongest paths between two entities. Nodes of many ties are not walked through: they tie everybody to everybody."""
    graph = wiring_of(request).graph
    source, target = resolve_id(graph, from_), resolve_id(graph, to)
    if source == target:
        raise UsageError("Это одно и то же.", "Both ends are the same.")
    for end in (source, target):
        opens(request, viewer, end)
    wanted = [name.strip() for text in types or () for name in text.split(",") if name.strip()]
    found = find_paths(graph, source, target, hops=max, when=When(as_of, known_on), types=wanted)
    return _paths(request, viewer, found)


@router.get("/chains/{official}", responses=ASKS | NAMES, summary="The strongest chains of an official to suppliers of his bodies")
def chains(
    request: Request,
    viewer: Explorer,
    official: str,
    max: Annotated[int, Query(ge=1, le=MAX_HOPS, description="ties of a chain at most")] = 4,  # noqa: A002 - the contract's word
    as_of: AsOf = None,
    known_on: KnownOn = None,
    _purpose: Purpose = None,
) -> Paths:
    """One chain for each of the nearest suppliers, by kin, firms and representation; offices and purchases are not walked through."""
    graph = wiring_of(request).graph
    source = resolve_id(graph, official, ("Person",))
    opens(request, viewer, source)
    return _paths(request, viewer, chains_to_suppliers(graph, source, hops=max, when=When(as_of, known_on)))


def _paths(request: Request, viewer: Viewer, found: Found) -> Paths:
    seen = eyes(request, viewer, found.nodes)
    return Paths(
        paths=[PathOut(nodes=list(one.nodes), edges=list(one.links), strength=one.strength, sure=one.sure) for one in found.paths],
        nodes=[seen.node(one) for one in found.nodes],
        edges=[seen.edge(one) for one in found.links],
        complete=found.complete,
        passed_by=list(found.passed_by),
    )
