"""Renders pages: who asks, in which language, with which texts and headers; and turns errors into pages."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

from fastapi import Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from app.web.assets import Assets
from app.web.catalog import LANGUAGES, Catalog
from app.web.ports import Caller, Desk, Gate, Viewer
from app.web.words import ZONE, Words
from domain.clock import Clock
from domain.errors import NoPurpose, NotSignedIn, SverkaError

LANGUAGE_COOKIE = "sverka_language"
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cache-Control": "no-store",
}
"""No script or style that is not ours, no other host, nothing kept: a page names people."""


@dataclass(frozen=True, slots=True)
class Pages:
    """What every page needs; one per application, in `app.state.pages`. `role_title(code, language)` words a role."""

    desk: Desk
    gate: Gate
    clock: Clock
    catalog: Catalog
    assets: Assets
    environment: Environment
    role_title: Callable[[str, str], str]

    def language(self, request: Request) -> str:
        """The visitor's choice, else the account's, else the browser's, else Russian."""
        viewer = viewer_of(request)
        wanted = [request.cookies.get(LANGUAGE_COOKIE), viewer.language if viewer else None, request.headers.get("accept-language", "")[:2]]
        return next((language for language in wanted if language in LANGUAGES), LANGUAGES[0])

    def words(self, request: Request) -> Words:
        """Texts and formats in the visitor's language, for the city's today."""
        return Words(self.catalog, self.language(request), self.clock.now().astimezone(ZONE).date())

    def caller(self, request: Request, *, full: bool = False) -> Caller:
        """Who asks; NotSignedIn for nobody."""
        viewer = viewer_of(request)
        if viewer is None:
            raise NotSignedIn("Войдите, чтобы продолжить.", "Sign in to continue.")
        return Caller(viewer, purpose_of(request), self.language(request), full)

    def caller_with_purpose(self, request: Request, *, full: bool = False) -> Caller:
        """Who asks, and why; NoPurpose where no purpose was stated."""
        caller = self.caller(request, full=full)
        if caller.purpose is None:
            raise NoPurpose("Укажите, для какого дела нужны эти сведения.", "State the case these data are needed for.")
        return caller

    def render(self, request: Request, template: str, *, status: int = 200, **context: Any) -> HTMLResponse:
        """A page or a fragment of one."""
        words, viewer = self.words(request), viewer_of(request)
        known = {
            "w": words,
            "t": words.t,
            "th": words.th,
            "viewer": viewer,
            "role": self.role_title(viewer.role, words.language) if viewer else "",
            "purpose": purpose_of(request),
            "language": words.language,
            "path": request.url.path,
            "here": here(request),
            "asset": self.assets.url,
            "waiting": self._waiting(request) if "waiting" not in context else None,
        }
        html = self.environment.get_template(template).render({**known, "status": status, **context})
        return HTMLResponse(html, status, headers=HEADERS)

    def problem(self, request: Request, error: SverkaError) -> Response:
        """The page for an error: sign-in, the purpose prompt, or what went wrong and what to do next."""
        if isinstance(error, NotSignedIn):
            return self._go(request, f"/signin?next={quote(here(request))}")
        if error.code == "password_change_required":
            return self._go(request, "/password")
        if isinstance(error, NoPurpose):
            if is_fragment(request):
                return self._go(request, f"/purpose?next={quote(_current_page(request))}")
            back = here(request) if request.method == "GET" else _current_page(request)
            return self.render(request, "purpose.html", status=428, next=back, wrong=None, kind="case", text="", waiting=None)
        words = self.words(request)
        message = error.message_en if words.language == "en" else error.message_ru
        known = words.catalog.has(f"problem.{error.code}.title")
        code = error.code if known else f"status_{error.status}"
        if not words.catalog.has(f"problem.{code}.title"):
            code = "status_500"
        context: dict[str, Any] = {"code": code, "message": message, "hint": error.hint}
        if error.status >= 500:
            context["waiting"] = None
        context["again"] = here(request) if request.method == "GET" else _current_page(request)
        return self.render(request, "problem.html", status=error.status, **context)

    def _waiting(self, request: Request) -> int | None:
        """The number beside «Сигналы»; a page is not refused because it cannot be had."""
        if viewer_of(request) is None or is_fragment(request):
            return None
        try:
            return self.desk.waiting(self.caller(request))
        except SverkaError:
            return None

    def _go(self, request: Request, address: str) -> Response:
        if is_fragment(request):
            return Response(status_code=200, headers={"HX-Redirect": address, **HEADERS})
        return RedirectResponse(address, 303, headers=HEADERS)


def viewer_of(request: Request) -> Viewer | None:
    """Who is signed in, as the access layer says."""
    viewer: Viewer | None = getattr(request.state, "viewer", None)
    return viewer


def purpose_of(request: Request) -> str | None:
    """The purpose stated in this session."""
    purpose = getattr(request.state, "purpose", None)
    return str(purpose) if purpose else None


def is_fragment(request: Request) -> bool:
    """Whether a script asks for a part of a page."""
    return request.headers.get("hx-request") == "true" or "application/json" in request.headers.get("accept", "")


def here(request: Request) -> str:
    """Path and query, to come back to."""
    return f"{request.url.path}?{request.url.query}" if request.url.query else request.url.path


def safe_next(address: str | None, default: str = "/findings") -> str:
    """An address on this site, or the default: nobody is sent elsewhere by a link."""
    if not address or not address.startswith("/") or address.startswith(("//", "/\\")) or not address.isprintable():
        return default
    parts = urlsplit(address)
    return default if parts.scheme or parts.netloc else address


def _current_page(request: Request) -> str:
    """The page a script runs on; only its path and query, whatever host it names."""
    parts = urlsplit(request.headers.get("hx-current-url") or request.headers.get("referer") or "/findings")
    return safe_next(f"{parts.path}?{parts.query}" if parts.query else parts.path)


@cache
def make_environment() -> Environment:
    """Templates, compiled once, with autoescape; a name that is not there is an error, not an empty place."""
    folder = Path(__file__).with_name("templates")
    return Environment(loader=FileSystemLoader(folder), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
