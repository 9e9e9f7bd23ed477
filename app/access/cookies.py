"""The session cookie: HttpOnly, SameSite=Strict, and over https only where the application is served so."""

from __future__ import annotations

from starlette.responses import Response

from app.access.credentials import COOKIE, SECURE_COOKIE


def set_session(response: Response, token: str, *, secure: bool) -> None:
    """Give the browser its token; it ends with the browser, the graph ends it earlier."""
    response.set_cookie(SECURE_COOKIE if secure else COOKIE, token, path="/", httponly=True, samesite="strict", secure=secure)


def clear_session(response: Response, *, secure: bool) -> None:
    """Take it back."""
    response.delete_cookie(SECURE_COOKIE if secure else COOKIE, path="/", httponly=True, samesite="strict", secure=secure)
