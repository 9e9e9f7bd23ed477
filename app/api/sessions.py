"""Sign-in and out, one's own password, the purpose and the language of a session, and revoking sessions."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response, status

from app.access import sessions, users
from app.access.cookies import clear_session, set_session
from app.access.credentials import language_of
from app.access.guard import desk_of, needs
from app.access.roles import book
from app.access.signin import Caller, SignedIn, sign_in
from app.access.tokens import csrf_token
from app.access.viewer import Viewer, visible_units
from app.api.access_models import Credentials, LanguageChoice, Me, PasswordChange, PurposeText, SessionList, SessionRow
from app.wiring import Wiring
from domain.errors import AccessError, UsageError

router = APIRouter(prefix="/api/v1", tags=["access"])
Signed = Annotated[Viewer, Depends(needs())]


@router.post("/session", status_code=status.HTTP_201_CREATED)
def sign_in_here(request: Request, response: Response, body: Credentials) -> Me:
    """Sign in: sets the session cookie and gives the change token."""
    admitted = admit(request, body.name, body.password)
    set_session(response, admitted.token, secure=_wiring(request).settings.cookies_secure)
    user = admitted.user
    language = user.language or language_of(request)
    rights = book().rights_of(user.roles)
    titles = [book().roles[name].title.get(language) for name in user.roles if name in book().roles]
    return Me(
        name=user.name, roles=list(user.roles), role_title=", ".join(titles), rights=sorted(rights), units=list(user.units) or None,
        unit_name=", ".join(user.units), person=user.person, language=language, purpose=None, must_change_password=user.must_change,
        csrf=csrf_token(admitted.token),
    )  # fmt: skip


@router.get("/session")
def who_am_i(viewer: Signed) -> Me:
    """The viewer of this session or key."""
    return Me(
        name=viewer.name, roles=list(viewer.roles), role_title=viewer.role_title, rights=sorted(viewer.rights), units=visible_units(viewer),
        unit_name=viewer.unit_name, person=viewer.person, language=viewer.language, purpose=str(viewer.purpose) if viewer.purpose else None,
        must_change_password=viewer.must_change, csrf=viewer.csrf,
    )  # fmt: skip


@router.delete("/session", status_code=status.HTTP_204_NO_CONTENT)
def sign_out(request: Request, response: Response, viewer: Signed) -> None:
    """Sign out."""
    sessions.end(desk_of(request), session_of(viewer), by=viewer.actor)
    clear_session(response, secure=_wiring(request).settings.cookies_secure)


@router.post("/session/password", status_code=status.HTTP_204_NO_CONTENT)
def change_password(request: Request, viewer: Signed, body: PasswordChange) -> None:
    """Change one's own password; all other sessions of the account end."""
    kept = session_of(viewer)
    users.change_password(desk_of(request), viewer.name, body.current, body.new, by=viewer.actor, kept_session=kept)


@router.put("/session/language", status_code=status.HTTP_204_NO_CONTENT)
def choose_language(request: Request, viewer: Signed, body: LanguageChoice) -> None:
    """The language of this account's texts."""
    sessions.set_language(desk_of(request).graph, session_of(viewer), viewer.user, body.language)


@router.post("/purpose")
def state_purpose(request: Request, viewer: Signed, body: PurposeText) -> PurposeText:
    """Say for what people are read from now on in this session; it is asked once per case."""
    said = sessions.set_purpose(desk_of(request), session_of(viewer), body.purpose, by=viewer.actor)
    return PurposeText(purpose=str(said or ""))


@router.delete("/purpose", status_code=status.HTTP_204_NO_CONTENT)
def end_purpose(request: Request, viewer: Signed) -> None:
    """Take the purpose back: names are masked again."""
    sessions.set_purpose(desk_of(request), session_of(viewer), "", by=viewer.actor)


@router.get("/sessions")
def list_sessions(request: Request, viewer: Signed) -> SessionList:
    """Open sessions: one's own, or all with the right to manage them."""
    found = sessions.list_open(desk_of(request), "" if viewer.can("sessions.manage") else viewer.user)
    return SessionList(sessions=[
        SessionRow(id=one.id, user=one.user, created_at=one.created_at, seen_at=one.seen_at, address=one.address, agent=one.agent,
                   current=one.id == viewer.session)
        for one in found
    ])  # fmt: skip


@router.delete("/sessions/{session}", status_code=status.HTTP_204_NO_CONTENT)
def revoke_session(request: Request, viewer: Signed, session: str) -> None:
    """End a session at once: one's own, or any with the right to manage them."""
    owner = "" if viewer.can("sessions.manage") else viewer.user
    sessions.end(desk_of(request), session, by=viewer.actor, owner=owner)


def admit(request: Request, name: str, password: str) -> SignedIn:
    """Sign in from this request and count the outcome."""
    wiring = _wiring(request)
    caller = Caller(request.client.host if request.client else "", request.headers.get("user-agent", ""))
    try:
        admitted = sign_in(wiring.desk, wiring.limit, name, password, caller)
    except AccessError as refusal:
        wiring.metrics.sign_ins.labels(refusal.code).inc()
        raise
    wiring.metrics.sign_ins.labels("done").inc()
    return admitted


def session_of(viewer: Viewer) -> str:
    """The session's id; a key has none."""
    if viewer.session is None:
        raise UsageError("Это действие — для сеанса, не для ключа.", "This is for a session, not for a key.")
    return viewer.session


def _wiring(request: Request) -> Wiring:
    wiring: Wiring = request.app.state.wiring
    return wiring
