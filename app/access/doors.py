"""Default deny in front of every route, present and future: who asks, may he be here at all, and does the change come from our page."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.access.credentials import identify
from app.access.desk import Desk
from app.access.form_token import CHUNK, find_token
from app.access.tokens import same
from app.access.viewer import Viewer
from domain.errors import AccessError, NotSignedIn, SverkaError

Answer = Callable[[Request, Exception], Response]

OPEN = frozenset({
    ("POST", "/api/v1/session"),  # sign-in
    ("GET", "/api/v1/openapi.json"),
    ("GET", "/health/live"),
    ("GET", "/health/ready"),
    ("GET", "/signin"),
    ("POST", "/signin"),
    ("POST", "/language"),  # of the sign-in page; sets a cookie and nothing else
})  # fmt: skip
"""What answers without a sign-in (contract.md 3), by method and exact path. Everything else is refused before it is routed."""
OPEN_BELOW = "/static/"
BEFORE_PASSWORD = frozenset({
    ("GET", "/api/v1/session"), ("DELETE", "/api/v1/session"), ("POST", "/api/v1/session/password"),
    ("GET", "/password"), ("POST", "/password"), ("POST", "/signout"),
})  # fmt: skip
"""What a user with a one-time password may do before he has changed it."""
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


class PasswordChangeRequired(AccessError):
    """The one-time password must be changed first."""

    code = "password_change_required"


class BadCsrf(AccessError):
    """A change that a cookie vouches for, but not our page."""

    code = "bad_csrf"


def is_open(method: str, path: str) -> bool:
    """Whether a request needs no sign-in. HEAD counts as GET."""
    method = "GET" if method == "HEAD" else method
    return (method, path) in OPEN or (method == "GET" and path.startswith(OPEN_BELOW) and ".." not in path)


class Doors:
    """ASGI middleware. Sets `request.state.viewer` and `.purpose`; a route that forgets all checks is still behind it."""

    def __init__(self, app: ASGIApp, *, desk: Desk, answer: Answer, public_url: str = "") -> None:
        self.app = app
        self._desk = desk
        self._answer = answer
        self._origin = _origin(public_url)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let the request through or answer with the refusal."""
        if scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008})
            return
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        request = Request(scope, receive)
        request.state.viewer = None
        request.state.purpose = None
        try:
            viewer = await run_in_threadpool(identify, self._desk, request)
            request.state.viewer = viewer
            request.state.purpose = viewer.purpose if viewer else None
            receive = await self._pass(request, viewer, receive)
        except SverkaError as error:
            # A page's problem reads the graph (the number of waiting findings), so it belongs in a thread too.
            response = await run_in_threadpool(self._answer, request, error)
            await response(scope, receive, send)
            return
        await self.app(scope, receive, send)

    async def _pass(self, request: Request, viewer: Viewer | None, receive: Receive) -> Receive:
        method, path = request.method, request.url.path
        if viewer is None:
            if not is_open(method, path):
                raise NotSignedIn("Нужно войти.", "Sign in first.")
            self._check_origin(request)
            return receive
        if viewer.must_change and not is_open(method, path) and (method, path) not in BEFORE_PASSWORD:
            raise PasswordChangeRequired("Сначала смените одноразовый пароль.", "Change the one-time password first.", hint="/password")
        if viewer.session is None or method in SAFE:
            return receive
        self._check_origin(request)
        return receive if is_open(method, path) else await self._check_token(request, viewer, receive)

    def _check_origin(self, request: Request) -> None:
        """A browser names the page that a change comes from; a page of another site is refused even with our cookie."""
        if request.method in SAFE:
            return
        if request.headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
            raise _foreign()
        named = request.headers.get("origin") or _origin(request.headers.get("referer", ""))
        if named and named not in (self._origin, f"{request.url.scheme}://{request.headers.get('host', '')}"):
            raise _foreign()

    async def _check_token(self, request: Request, viewer: Viewer, receive: Receive) -> Receive:
        """The change token in X-CSRF-Token or as the field `csrf` near the start of a form, which is then replayed to the route."""
        sent = request.headers.get("x-csrf-token")
        if sent is not None:
            if not same(sent, viewer.csrf):
                raise _foreign()
            return receive
        kind = request.headers.get("content-type", "")
        if not kind.startswith(("application/x-www-form-urlencoded", "multipart/form-data")):
            raise _foreign()
        seen: list[Message] = []
        start = b""
        while len(start) < CHUNK:
            message = await receive()
            seen.append(message)
            start += message.get("body", b"")
            if not message.get("more_body"):
                break
        if not same(find_token(kind, start), viewer.csrf):
            raise _foreign()

        async def replayed() -> Message:
            return seen.pop(0) if seen else await receive()

        return replayed


def _origin(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}" if parts.scheme and parts.netloc else ""


def _foreign() -> BadCsrf:
    return BadCsrf("Запрос на изменение пришёл не с нашей страницы.", "The change does not come from our page.")
