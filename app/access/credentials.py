"""From a request's cookie, header or reconcile path to its Viewer."""

from __future__ import annotations

from collections.abc import Sequence

from starlette.requests import HTTPConnection

from app.access import keys, sessions
from app.access.desk import Desk
from app.access.keys import ApiKey
from app.access.purpose import BadPurpose, Purpose, parse, parse_header
from app.access.roles import book
from app.access.sessions import Session
from app.access.tokens import csrf_token
from app.access.units import cover
from app.access.users import User
from app.access.viewer import Viewer

COOKIE = "sverka_session"
SECURE_COOKIE = "__Host-sverka_session"
"""A browser keeps a `__Host-` cookie only over https, for this host and the whole site."""
RECONCILE = "/api/v1/reconcile/"
LANGUAGES = ("ru", "en")


def identify(desk: Desk, request: HTTPConnection) -> Viewer | None:
    """Who asks, or None. A header wins over the cookie; a wrong header is not made good by a cookie."""
    header = request.headers.get("authorization")
    if header is not None:
        scheme, _, shown = header.partition(" ")
        found = keys.find(desk, shown.strip()) if scheme.lower() in ("bearer", "apikey") else None
        return _of_key(desk, request, *found) if found else None
    if request.url.path.startswith(RECONCILE):
        found = keys.find(desk, request.url.path.removeprefix(RECONCILE).partition("/")[0])
        return _of_key(desk, request, *found) if found and "reconcile" in found[0].scopes else None
    token = session_token(request)
    opened = sessions.find(desk, token) if token else None
    return _of_session(desk, request, token, *opened) if opened else None


def session_token(request: HTTPConnection) -> str:
    """The cookie's token, empty where there is none."""
    return request.cookies.get(SECURE_COOKIE) or request.cookies.get(COOKIE) or ""


def language_of(request: HTTPConnection, default: str = "ru") -> str:
    """`ru` or `en` by Accept-Language; the default for anything else."""
    wanted: list[tuple[float, str]] = []
    for part in request.headers.get("accept-language", "").split(","):
        tag, _, weight = part.strip().partition(";q=")
        short = tag.split("-")[0].lower()
        if short in LANGUAGES:
            try:
                wanted.append((float(weight or 1), short))
            except ValueError:
                continue
    return max(wanted, key=lambda pair: pair[0])[1] if wanted else default


def _of_session(desk: Desk, request: HTTPConnection, token: str, session: Session, user: User) -> Viewer:
    purpose, bad = _purpose(request, session.purpose)
    all_units, ids, name = _units(desk, user.roles, user.units, ())
    return Viewer(
        name=user.name,
        user=user.id,
        roles=user.roles,
        rights=book().rights_of(user.roles),
        all_units=all_units,
        units=ids,
        unit_name=name,
        person=user.person,
        csrf=csrf_token(token),
        language=session.language or user.language or language_of(request),
        purpose=purpose,
        bad_purpose=bad,
        must_change=user.must_change,
        session=session.id,
    )


def _of_key(desk: Desk, request: HTTPConnection, key: ApiKey, user: User) -> Viewer:
    purpose, bad = (parse(key.purpose), None) if key.purpose else _purpose(request, "")
    all_units, ids, name = _units(desk, user.roles, user.units, key.units)
    return Viewer(
        name=user.name,
        user=user.id,
        roles=user.roles,
        rights=book().rights_of(user.roles) & book().rights_of_scopes(key.scopes),
        all_units=all_units,
        units=ids,
        unit_name=name,
        person=user.person,
        language=language_of(request, user.language or "ru"),
        purpose=purpose,
        bad_purpose=bad,
        must_change=user.must_change,
        key=key.id,
    )


def _purpose(request: HTTPConnection, kept: str) -> tuple[Purpose | None, BadPurpose | None]:
    """The header's purpose, else the session's. A wrong header is kept to be said after 401 and 403."""
    raw = request.headers.get("x-purpose")
    if raw is None:
        return (parse(kept) if kept else None), None
    try:
        return parse_header(raw), None
    except BadPurpose as bad:
        return None, bad


def _units(desk: Desk, roles: Sequence[str], own: Sequence[str], narrower: Sequence[str]) -> tuple[bool, tuple[str, ...], str]:
    """Whether all units are seen, else which, and the name shown. A key's units count only within its owner's."""
    city_wide = any(book().roles[name].scope == "all" for name in roles if name in book().roles)
    covered = None if city_wide or not own else cover(desk.graph, own)
    if narrower:
        inner = cover(desk.graph, narrower)
        ids = inner.ids if covered is None else tuple(unit for unit in inner.ids if unit in covered.ids)
        return False, ids, inner.name
    return (True, (), "") if covered is None else (False, covered.ids, covered.name)
