"""Communities of people, firms and bodies: the list, the weightiest first, and one with what explains it."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Query, Request
from pydantic import BaseModel, Field

from app.access.audit_chain import Entry
from app.access.guard import ReadsPerson, desk_of, needs
from app.access.masked_text import mask_name, mask_text
from app.access.viewer import Viewer, visible_units
from app.api.reading import Purpose, log_shown, spoken, wiring_of
from queries.analysis.circles import read_circles
from queries.analysis.community_read import Stored, describe, get_community, list_communities, names_of
from queries.views.ids import feed_id
from queries.views.scope import visible_people

router = APIRouter(prefix="/api/v1", tags=["communities"])
Explorer = Annotated[Viewer, Depends(needs("graph.explore"))]
MOST = 200


class MemberOut(BaseModel):
    """A member; `weight` is the sum of its ties to other members."""

    id: str
    node: str
    label: Literal["Person", "Organization"]
    name: str
    masked: bool
    official: bool
    weight: float


class ChangeOut(BaseModel):
    """What changed since the last analysis; `new`: the community was not there."""

    new: bool
    joined: int
    left: int


class CommunityOut(BaseModel):
    """A community: how many, through which ties, and whose money stays inside."""

    id: str
    rank: int
    name: str
    text: str
    size: int
    people: int
    organizations: int
    officials: int
    ties: dict[str, int] = Field(description="ties inside by type; `money`: pairs of a supplier and a body")
    contracts_inside: int
    contracts_touching: int
    money_inside: float
    money_touching: float
    share_inside: float | None = Field(description="of the money of all contracts that touch a member, what stays between members")
    change: ChangeOut
    computed_at: str


class CommunityPage(BaseModel):
    """Communities by rank: those with officials and money inside first. `next_after` null = the last page."""

    communities: list[CommunityOut]
    next_after: int | None


class CommunityDetail(CommunityOut):
    """A community with its members, the strongest bound first, 200 at most."""

    members: list[MemberOut]
    official_members: list[MemberOut]


class EndOut(BaseModel):
    """A body or a firm."""

    id: str
    name: str


class BondOut(BaseModel):
    """What firms share: `OWNS`, `DIRECTS`, `phone`, `email` or `address`; whose or which is read on the firms' cards."""

    kind: str
    firms: list[str]


class CircleOut(BaseModel):
    """Firms of one hand at one body. `turns`: changes of the winner; `expected_turns`: what chance would give for the same contracts."""

    body: EndOut
    firms: list[EndOut]
    bonds: list[BondOut]
    contracts: int
    amount: float
    share: float = Field(description="of the body's money, what went to the circle")
    turns: int
    expected_turns: float
    alternating: bool


class CirclePage(BaseModel):
    """Closed circles, the largest sum first."""

    circles: list[CircleOut]


@router.get("/communities", summary="List communities")
def list_all(
    request: Request,
    viewer: Explorer,
    limit: Annotated[int, Query(ge=1, le=MOST)] = 50,
    after: Annotated[int, Query(ge=0, description="`next_after` of the page before")] = 0,
) -> CommunityPage:
    """What the last analysis (`sverka analyse`, or a full check) found; names of people stand in no list."""
    rows = list_communities(wiring_of(request).graph, limit + 1, after)
    language = spoken(request, viewer)
    shown = rows[:limit]
    return CommunityPage(
        communities=[CommunityOut.model_validate(_body(one, language, viewer)) for one in shown],
        next_after=shown[-1].rank if len(rows) > limit else None,
    )


@router.get("/communities/circles", summary="List closed circles of suppliers")
def circles(
    request: Request,
    viewer: Explorer,
    least_contracts: Annotated[int, Query(ge=2, le=1000, description="contracts of a circle at least")] = 3,
    limit: Annotated[int, Query(ge=1, le=MOST)] = 50,
) -> CirclePage:
    """Firms of one hand (shared owners, directors, requisites) that share the purchases of one body, the largest sum first."""
    graph = wiring_of(request).graph
    units = visible_units(viewer)
    found = [one for one in read_circles(graph, least_contracts) if units is None or one.body in units][:limit]
    names = names_of(graph, {node for one in found for node in (one.body, *one.firms)})

    def end(node: str) -> EndOut:
        name = names.get(node, "")
        return EndOut(id=feed_id(node), name=name if viewer.sees_names else mask_text(name))

    return CirclePage(
        circles=[
            CircleOut(
                body=end(one.body),
                firms=[end(firm) for firm in one.firms],
                bonds=[BondOut(kind=bond.kind, firms=[feed_id(firm) for firm in bond.firms]) for bond in one.bonds],
                contracts=len(one.contracts),
                amount=one.amount,
                share=one.share,
                turns=one.turns,
                expected_turns=one.expected_turns,
                alternating=one.alternating,
            )
            for one in found
        ]
    )


@router.get("/communities/{community}", summary="Read a community", dependencies=[Depends(ReadsPerson("graph.explore"))])
def read(request: Request, viewer: Explorer, community: str, _purpose: Purpose = None) -> CommunityDetail:
    """One community with its members; each person shown by name gets a line in the audit log."""
    wiring = wiring_of(request)
    found = get_community(wiring.graph, community)
    listed = [*found.body["members"], *found.body["officials"]]
    people = {one["node"] for one in listed if one["label"] == "Person"}
    shown = visible_people(wiring.graph, people, visible_units(viewer)) if viewer.sees_names and people else frozenset()
    log_shown(request, viewer, shown)
    desk_of(request).log.append(Entry(viewer.actor, "community.read", community, str(viewer.purpose or ""), "shown"))
    body = _body(found, spoken(request, viewer), viewer) | {
        "members": [_member(one, shown, viewer) for one in found.body["members"]],
        "official_members": [_member(one, shown, viewer) for one in found.body["officials"]],
    }
    return CommunityDetail.model_validate(body)


def _body(one: Stored, language: Literal["ru", "en"], viewer: Viewer) -> dict[str, Any]:
    body = one.body
    change = body["change"]
    return {
        **{name: body[name] for name in CommunityOut.model_fields if name in body},
        "rank": one.rank,
        "name": body["name"] if viewer.sees_names else mask_text(body["name"]),
        "text": describe(body, language),
        "officials": len(body["officials"]),
        "change": {"new": change["new"], "joined": change["joined_count"], "left": change["left_count"]},
        "computed_at": one.computed_at,
    }


def _member(one: dict[str, Any], shown: frozenset[str] | set[str], viewer: Viewer) -> MemberOut:
    person = one["label"] == "Person"
    masked = one["node"] not in shown if person else not viewer.sees_names
    name = one["name"] if not masked else mask_name(one["name"]) if person else mask_text(one["name"])
    return MemberOut(
        id=one["id"], node=one["node"], label=one["label"], name=name, masked=masked, official=one["official"], weight=one["weight"]
    )
