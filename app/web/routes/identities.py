"""Who is who: doubtful pairs, two entities side by side with the evidence between them, and what a person decides."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Request
from fastapi.responses import RedirectResponse, Response

from app.web.comparing import FIELDS, KINDS, PERSON, Compared, SideDraft
from app.web.page import HEADERS, Pages, safe_next
from app.web.ports import Caller, SearchHit
from app.web.routing import Form, PageRoute, PagesIn
from domain.errors import InputError, NotFound, UsageError
from visualizations.chain import ChainNode
from visualizations.waterfall import lay_out

router = APIRouter(route_class=PageRoute)
SIDES = ("left", "right")
SEARCHED = {"person": "people", "organization": "organizations"}
LONGEST = 2000
Choices = dict[str, tuple[SearchHit, ...]]


@router.get("/identities")
def doubts(request: Request, pages: PagesIn, cursor: Annotated[str | None, Query(max_length=1000)] = None) -> Response:
    """Pairs that the data alone cannot tell, the rarest names first, and what was decided lately."""
    return pages.render(request, "identities.html", doubts=pages.desk.doubts(pages.caller(request), cursor), cursor=cursor)


@router.get("/compare")
def compare(
    request: Request,
    pages: PagesIn,
    left: Annotated[str, Query(max_length=500)] = "",
    right: Annotated[str, Query(max_length=500)] = "",
    kind: Annotated[str, Query()] = PERSON,
) -> Response:
    """Two things of the graph side by side; with one of them, or none, the form that asks for the rest."""
    _known(kind)
    sides = (SideDraft(left), SideDraft(right))
    if left and right:
        return _shown(request, pages, pages.desk.compare(pages.caller_with_purpose(request), *sides), sides, kind)
    return _form(request, pages, pages.caller(request), sides, kind)


@router.post("/compare")
def compare_typed(request: Request, pages: PagesIn, form: Form) -> Response:
    """What was typed in, compared; names found in the graph are offered where there are several. Nothing of it is stored."""
    kind, caller = _known(form.get("kind", PERSON)), pages.caller(request)
    choices: Choices = {}
    sides = [_side(form, side, kind) for side in SIDES]
    for number, side in enumerate(SIDES):
        typed = " ".join(form.get(f"{side}_find", "").split())[:LONGEST]
        if sides[number].of or not typed:
            continue
        hits = pages.desk.search(caller, typed, SEARCHED[kind], None).hits[:8]
        if len(hits) == 1:
            sides[number] = SideDraft(hits[0].node.id)
        else:
            choices[side] = hits
    left, right = sides
    if choices or left.empty or right.empty:
        return _form(request, pages, caller, (left, right), kind, choices=choices, typed=form)
    if left.of and right.of:
        return RedirectResponse(f"/compare?{urlencode({'left': left.of, 'right': right.of})}", 303, headers=HEADERS)
    try:
        found = pages.desk.compare(pages.caller_with_purpose(request) if left.of or right.of else caller, left, right)
    except InputError as error:
        return _form(request, pages, caller, (left, right), kind, typed=form, wrong=error)
    return _shown(request, pages, found, (left, right), kind)


@router.post("/identities/decide")
def decide(request: Request, pages: PagesIn, form: Form) -> Response:
    """One person, or two: the decision with its reason; the next check follows it."""
    left, right, same, reason = (form.get(name, "").strip() for name in ("left", "right", "same", "reason"))
    if same not in ("yes", "no"):
        raise UsageError("Выберите: один или разные.", "Choose: one, or two.")
    pages.desk.judge(pages.caller_with_purpose(request), left, right, same=same == "yes", reason=reason)
    return RedirectResponse(f"/compare?{urlencode({'left': left, 'right': right})}", 303, headers=HEADERS)


@router.post("/identities/decisions/{decision}/undo")
def undo(request: Request, pages: PagesIn, decision: str, form: Form) -> Response:
    """Take a decision back; both stay in the history."""
    pages.desk.unjudge(pages.caller_with_purpose(request), decision)
    return RedirectResponse(safe_next(form.get("next"), "/identities"), 303, headers=HEADERS)


def _known(kind: str) -> str:
    if kind not in KINDS:
        raise NotFound("Так не сравнивают.", "There is no such comparison.")
    return kind


def _side(form: dict[str, str], side: str, kind: str) -> SideDraft:
    typed = {name: form.get(f"{side}_{name}", "").strip()[:LONGEST] for name in FIELDS[kind]}
    return SideDraft(form.get(side, "").strip(), {name: value for name, value in typed.items() if value})


def _form(
    request: Request,
    pages: Pages,
    caller: Caller,
    sides: tuple[SideDraft, SideDraft],
    kind: str,
    *,
    choices: Choices | None = None,
    typed: dict[str, str] | None = None,
    wrong: InputError | None = None,
) -> Response:
    chosen: dict[str, ChainNode] = {}
    for side, draft in zip(SIDES, sides, strict=True):
        if draft.of:
            chosen[side] = pages.desk.entity(replace(caller, full=caller.purpose is not None), draft.of).node
    language = pages.language(request)
    return pages.render(
        request,
        "compare_form.html",
        status=422 if typed else 200,
        kind=kind,
        kinds=KINDS,
        fields=FIELDS[kind],
        sides=dict(zip(SIDES, sides, strict=True)),
        chosen=chosen,
        choices=choices or {},
        typed=typed or {},
        wrong=(wrong.message_en if language == "en" else wrong.message_ru) if wrong else "",
    )


def _shown(request: Request, pages: Pages, found: Compared, sides: tuple[SideDraft, SideDraft], kind: str) -> Response:
    weighed = found.prior is not None
    picture = lay_out(found.prior or 0.0, [row.weight or 0.0 for row in found.rows]) if weighed else None
    return pages.render(
        request, "compare.html", found=found, picture=picture, left_of=sides[0].of, right_of=sides[1].of, kind=kind, typed=sides
    )
