"""The access layer as the pages use it: sign-in, the cookie, the purpose and the password, for `app.web`."""

from __future__ import annotations

from datetime import timedelta

from starlette.requests import Request
from starlette.responses import Response

from app.access import sessions, users
from app.access.cookies import clear_session, set_session
from app.access.guard import viewer_of
from app.access.passwords import MINIMUM, WeakPassword
from app.access.roles import book
from app.access.signin import Wait
from app.api.sessions import admit, session_of
from app.web.ports import Admitted, Refused
from app.wiring import Wiring
from domain.errors import NotSignedIn, UsageError


class SessionGate:
    """Implements `app.web.ports.Gate` over the wiring."""

    def __init__(self, wiring: Wiring) -> None:
        self._wiring = wiring
        self._desk = wiring.desk

    def sign_in(self, request: Request, name: str, password: str) -> Admitted | Refused:
        """Check a name and a password, counting failures."""
        try:
            admitted = admit(request, name, password)
        except Wait as wait:
            return Refused("locked", self._wiring.clock.now() + timedelta(seconds=wait.seconds))
        except NotSignedIn:
            return Refused("wrong")
        return Admitted(admitted.token, admitted.user.must_change)

    def remember(self, response: Response, admitted: Admitted) -> None:
        """Set the session's cookie."""
        set_session(response, admitted.token, secure=self._wiring.settings.cookies_secure)

    def sign_out(self, request: Request, response: Response) -> None:
        """End the session and clear its cookie."""
        viewer = viewer_of(request)
        sessions.end(self._desk, session_of(viewer), by=viewer.actor)
        clear_session(response, secure=self._wiring.settings.cookies_secure)

    def state_purpose(self, request: Request, purpose: str | None) -> None:
        """Keep «case NUMBER» or «reason TEXT» in the session; None forgets it."""
        viewer = viewer_of(request)
        sessions.set_purpose(self._desk, session_of(viewer), purpose or "", by=viewer.actor)

    def change_password(self, request: Request, old: str, new: str) -> str | None:
        """None when changed, else why not: wrong, short, same."""
        viewer = viewer_of(request)
        try:
            users.change_password(self._desk, viewer.name, old, new, by=viewer.actor, kept_session=session_of(viewer))
        except WeakPassword:
            return "short" if len(new) < MINIMUM else "weak"
        except UsageError:
            return "same" if old == new else "wrong"
        return None


def role_title(code: str, language: str) -> str:
    """A role in words; several joined by `+` too."""
    return ", ".join(book().roles[name].title.get(language) for name in code.split("+") if name in book().roles)
