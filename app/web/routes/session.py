"""Sign-in, sign-out, the purpose of reading, the language, one's own password."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import RedirectResponse, Response

from app.web.catalog import LANGUAGES
from app.web.page import HEADERS, LANGUAGE_COOKIE, safe_next, viewer_of
from app.web.ports import Refused
from app.web.routing import Form, OpenForm, PageRoute, PagesIn
from domain.errors import UsageError

router = APIRouter(route_class=PageRoute)
Next = Annotated[str, Query(alias="next")]


@router.get("/")
def home() -> Response:
    """The inbox is the home page."""
    return RedirectResponse("/findings", 303)


@router.get("/signin")
def sign_in_page(request: Request, pages: PagesIn, after: Next = "") -> Response:
    """The form; whoever is signed in goes on."""
    if viewer_of(request) is not None:
        return RedirectResponse(safe_next(after), 303)
    return pages.render(request, "signin.html", next=safe_next(after), refused=None, name="")


@router.post("/signin")
def sign_in(request: Request, pages: PagesIn, form: OpenForm) -> Response:
    """Check name and password; a refusal says whether to try again or when."""
    after = safe_next(form.get("next"))
    outcome = pages.gate.sign_in(request, form.get("name", "").strip(), form.get("password", ""))
    if isinstance(outcome, Refused):
        status = 429 if outcome.reason == "locked" else 401
        return pages.render(request, "signin.html", status=status, next=after, refused=outcome, name=form.get("name", ""))
    response = RedirectResponse("/password" if outcome.must_change else after, 303, headers=HEADERS)
    pages.gate.remember(response, outcome)
    return response


@router.post("/signout")
def sign_out(request: Request, pages: PagesIn, form: Form) -> Response:  # noqa: ARG001  the form is asked for its token
    """End the session."""
    response = RedirectResponse("/signin", 303, headers={**HEADERS, "Clear-Site-Data": '"cache"'})
    pages.gate.sign_out(request, response)
    return response


@router.get("/purpose")
def purpose_page(request: Request, pages: PagesIn, after: Next = "") -> Response:
    """Ask which case the data are needed for."""
    pages.caller(request)
    return pages.render(request, "purpose.html", next=safe_next(after), wrong=None, kind="case", text="")


@router.post("/purpose")
def state_purpose(request: Request, pages: PagesIn, form: Form) -> Response:
    """Keep the purpose for this session and go back to where it was asked."""
    kind, text, after = form.get("kind", "case"), form.get("text", "").strip(), safe_next(form.get("next"))
    try:
        pages.gate.state_purpose(request, f"{kind} {text}")
    except UsageError as error:
        return pages.render(request, "purpose.html", status=400, next=after, wrong=error, kind=kind, text=text)
    return RedirectResponse(after, 303, headers=HEADERS)


@router.post("/purpose/end")
def end_purpose(request: Request, pages: PagesIn, form: Form) -> Response:
    """Forget the purpose: names are masked again."""
    pages.gate.state_purpose(request, None)
    return RedirectResponse(safe_next(form.get("next")), 303, headers=HEADERS)


@router.post("/language")
def choose_language(request: Request, form: OpenForm) -> Response:
    """Keep the language in a cookie; needs no token, it changes nothing but words."""
    response = RedirectResponse(safe_next(form.get("next")), 303, headers=HEADERS)
    if form.get("language") in LANGUAGES:
        secure = request.url.scheme == "https"
        response.set_cookie(LANGUAGE_COOKIE, form["language"], max_age=31536000, httponly=True, samesite="lax", secure=secure)
    return response


@router.get("/password")
def password_page(request: Request, pages: PagesIn) -> Response:
    """The form to change one's own password."""
    pages.caller(request)
    return pages.render(request, "password.html", wrong=None, done=False)


@router.post("/password")
def change_password(request: Request, pages: PagesIn, form: Form) -> Response:
    """Change one's own password."""
    if form.get("new") != form.get("again"):
        wrong: str | None = "differ"
    else:
        wrong = pages.gate.change_password(request, form.get("old", ""), form.get("new", ""))
    return pages.render(request, "password.html", status=422 if wrong else 200, wrong=wrong, done=wrong is None)
