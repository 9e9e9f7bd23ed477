"""Entering, correcting and withdrawing relatives, posts and notices by hand."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import RedirectResponse, Response

from app.web.drafts import AMBIGUOUS, KIN_WORDS, KINDS, MEASURES, NOTICE_KINDS, POST_KINDS, POSTS, SERVICES, Errors, read_fact
from app.web.fact_forms import SEARCHED, fields_of, kind_of
from app.web.page import HEADERS, Pages
from app.web.ports import Caller, FactReceipt, HandFact, SearchHit
from app.web.routing import Form, PageRoute, PagesIn
from domain.errors import NotFound

router = APIRouter(route_class=PageRoute)
VOCABULARY = {
    "words": KIN_WORDS,
    "ambiguous": AMBIGUOUS,
    "posts": POSTS,
    "services": SERVICES,
    "post_kinds": POST_KINDS,
    "notice_kinds": NOTICE_KINDS,
    "measures": MEASURES,
    "kinds": KINDS,
}


@router.get("/facts/new")
def new_fact(request: Request, pages: PagesIn, kind: Annotated[str, Query()] = "kin", person: Annotated[str, Query()] = "") -> Response:
    """An empty form; the person is known when one comes from his page."""
    _known(kind)
    return _form(request, pages, pages.caller_with_purpose(request), kind, {"person": person})


@router.post("/facts/new")
def add_fact(request: Request, pages: PagesIn, form: Form) -> Response:
    """Store a fact, or show what is missing."""
    kind, caller = _known(form.get("kind", "")), pages.caller_with_purpose(request)
    choices = _resolve(pages, caller, kind, form)
    draft, errors = read_fact(kind, form, pages.words(request).today)
    if draft is None or choices:
        return _form(request, pages, caller, kind, form, errors, choices)
    return _stored(request, pages.desk.add_fact(caller, draft), "added")


@router.get("/facts/{fact}/edit")
def edit_fact(request: Request, pages: PagesIn, fact: str) -> Response:
    """The form filled with what was entered, and its earlier versions."""
    caller = pages.caller_with_purpose(request)
    held = pages.desk.fact(caller, fact)
    return _form(request, pages, caller, kind_of(held.draft), fields_of(held.draft), held=held)


@router.post("/facts/{fact}/edit")
def correct_fact(request: Request, pages: PagesIn, fact: str, form: Form) -> Response:
    """Supersede what was entered; a reason is required."""
    caller = pages.caller_with_purpose(request)
    held = pages.desk.fact(caller, fact)
    kind = kind_of(held.draft)
    choices = _resolve(pages, caller, kind, form)
    draft, errors = read_fact(kind, form, pages.words(request).today)
    reason = form.get("reason", "").strip()
    if draft is None or choices or not reason:
        missing = {} if reason else {"reason": "required"}
        return _form(request, pages, caller, kind, form, {**errors, **missing}, choices, held)
    return _stored(request, pages.desk.correct_fact(caller, fact, draft, reason), "corrected")


@router.post("/facts/{fact}/withdraw")
def withdraw_fact(request: Request, pages: PagesIn, fact: str, form: Form) -> Response:
    """Close what was entered; a reason is required, nothing is erased."""
    caller, reason = pages.caller_with_purpose(request), form.get("withdraw_reason", "").strip()
    if not reason:
        held = pages.desk.fact(caller, fact)
        return _form(request, pages, caller, kind_of(held.draft), fields_of(held.draft), {"withdraw_reason": "required"}, held=held)
    return _stored(request, pages.desk.withdraw_fact(caller, fact, reason), "withdrawn")


@router.get("/facts/done")
def done(request: Request, pages: PagesIn, entity: str, what: str, opened: str = "", closed: str = "") -> Response:
    """What was stored and which findings it opened or closed."""
    pages.caller(request)
    return pages.render(request, "fact_done.html", entity=entity, what=what, opened=_ids(opened), closed=_ids(closed))


def _ids(text: str) -> list[str]:
    return [one for one in text.split(",") if one]


def _known(kind: str) -> str:
    if kind not in KINDS:
        raise NotFound("Такой записи нет.", "There is no such kind of fact.")
    return kind


def _resolve(pages: Pages, caller: Caller, kind: str, form: dict[str, str]) -> dict[str, tuple[SearchHit, ...]]:
    """Turn typed names into ids: one hit is taken, several are offered, none is said. Works without any script."""
    choices: dict[str, tuple[SearchHit, ...]] = {}
    for field, searched in SEARCHED[kind].items():
        typed = " ".join(form.get(f"{field}_text", "").split())
        if form.get(field) or not typed:
            continue
        hits = pages.desk.search(caller, typed, searched, None).hits[:8]
        if len(hits) == 1:
            form[field] = hits[0].node.id
        else:
            choices[field] = hits
    return choices


def _form(
    request: Request,
    pages: Pages,
    caller: Caller,
    kind: str,
    fields: dict[str, str],
    errors: Errors | None = None,
    choices: dict[str, tuple[SearchHit, ...]] | None = None,
    held: HandFact | None = None,
) -> Response:
    open_caller = replace(caller, full=True)  # whom one writes about is named in full: the purpose was stated
    named = {field: pages.desk.entity(open_caller, fields[field]).node for field in SEARCHED[kind] if fields.get(field)}
    status = 422 if errors or choices else 200
    return pages.render(
        request,
        "fact_form.html",
        status=status,
        kind=kind,
        fields=fields,
        errors=errors or {},
        choices=choices or {},
        named=named,
        held=held,
        vocabulary=VOCABULARY,
    )


def _stored(request: Request, receipt: FactReceipt, what: str) -> Response:
    opened, closed = ",".join(receipt.opened), ",".join(receipt.closed)
    address = request.url_for("done").include_query_params(entity=receipt.entity, what=what, opened=opened, closed=closed)
    return RedirectResponse(f"{address.path}?{address.query}", 303, headers=HEADERS)
