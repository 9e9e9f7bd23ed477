"""Sessions of signed-in browsers: 15 idle minutes, an absolute end, a purpose each, and their revoking."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from app.access.audit_chain import Actor, Entry
from app.access.desk import Desk, stamp
from app.access.policy import Policy
from app.access.purpose import Purpose, parse
from app.access.tokens import fingerprint, new_token
from app.access.users import User, read_user
from domain.errors import NotFound
from graph.client import Graph, Transaction

TOUCH_EVERY = timedelta(seconds=10)
"""A request within ten seconds of the last noted one is not written: an idle session may end that much early."""
CREATE = "CREATE (s:Session) SET s = $session"
FIND = "MATCH (s:Session {id: $id}) MATCH (u:User {id: s.user}) RETURN properties(s) AS session, properties(u) AS user"
CHANGE = "MATCH (s:Session {id: $id}) SET s += $fields"
OPEN = """
MATCH (s:Session) WHERE s.ended_at IS NULL AND s.seen_at > $since AND s.created_at > $begun AND ($user = '' OR s.user = $user)
RETURN properties(s) AS session ORDER BY s.seen_at DESC
"""
FORGET = "MATCH (s:Session) WHERE s.created_at < $before DELETE s"


@dataclass(frozen=True, slots=True)
class Session:
    """One signed-in browser; `id` is the hash of its token, so it opens nothing."""

    id: str
    user: str
    created_at: str
    seen_at: str
    purpose: str = ""
    language: str | None = None
    address: str = ""
    agent: str = ""


def read_session(row: Mapping[str, Any]) -> Session:
    """The session from its stored properties."""
    return Session(
        id=row["id"],
        user=row["user"],
        created_at=row["created_at"],
        seen_at=row["seen_at"],
        purpose=row.get("purpose") or "",
        language=row.get("language"),
        address=row.get("address") or "",
        agent=row.get("agent") or "",
    )


def is_open(row: Mapping[str, Any], now: datetime, policy: Policy) -> bool:
    """Whether a stored session still holds at an instant: not ended, not idle too long, not too old."""
    return not row.get("ended_at") and row["seen_at"] > stamp(now - policy.idle) and row["created_at"] > stamp(now - policy.session)


def begin(desk: Desk, transaction: Transaction, user: str, address: str, agent: str) -> str:
    """Open a session inside the sign-in's transaction; the token that comes back is for the cookie only."""
    token = new_token()
    now = desk.stamp()
    session = {"id": fingerprint(token), "user": user, "created_at": now, "seen_at": now, "address": address, "agent": agent[:200]}
    transaction.run(CREATE, session=session)
    return token


def find(desk: Desk, token: str) -> tuple[Session, User] | None:
    """The open session of a cookie's token and its open account; noted as seen."""
    rows = desk.graph.read(FIND, id=fingerprint(token))
    now = desk.clock.now()
    if not rows or rows[0]["user"].get("disabled_at") or not is_open(rows[0]["session"], now, desk.policy):
        return None
    session = read_session(rows[0]["session"])
    if session.seen_at < stamp(now - TOUCH_EVERY):
        desk.graph.write(CHANGE, id=session.id, fields={"seen_at": stamp(now)})
    return session, read_user(rows[0]["user"])


def list_open(desk: Desk, user: str = "") -> list[Session]:
    """Open sessions of one account (its id) or of all."""
    now = desk.clock.now()
    rows = desk.graph.read(OPEN, since=stamp(now - desk.policy.idle), begun=stamp(now - desk.policy.session), user=user)
    return [read_session(row["session"]) for row in rows]


def end(desk: Desk, session_id: str, *, by: Actor, owner: str = "") -> None:
    """Sign out or revoke. With `owner` only a session of that account can be ended."""

    def work(transaction: Transaction) -> tuple[None, list[Entry]]:
        rows = transaction.run(FIND, id=session_id)
        if not rows or (owner and rows[0]["session"]["user"] != owner):
            raise NotFound("Нет такого сеанса.", "There is no such session.")
        user = rows[0]["user"]["name"]
        transaction.run(CHANGE, id=session_id, fields={"ended_at": desk.stamp(), "ended_by": by.name})
        return None, [Entry(by, "session.end", f"users/{user}", result=f"session {session_id[:12]}")]

    desk.log.change(work)


def set_purpose(desk: Desk, session_id: str, text: str, *, by: Actor) -> Purpose | None:
    """Say for what case or reason people are read from now on in this session; empty text takes it back."""
    purpose = parse(text) if text.strip() else None

    def work(transaction: Transaction) -> tuple[None, list[Entry]]:
        transaction.run(CHANGE, id=session_id, fields={"purpose": str(purpose) if purpose else None})
        return None, [Entry(by, "session.purpose", f"users/{by.name}", purpose=str(purpose or ""))]

    desk.log.change(work)
    return purpose


def set_language(graph: Graph, session_id: str, user: str, language: str) -> None:
    """Remember the language of the pages, for this session and the next ones."""
    graph.write("MATCH (u:User {id: $user}) SET u.language = $language", user=user, language=language)
    graph.write(CHANGE, id=session_id, fields={"language": language})


def forget_old(desk: Desk, days: int = 90) -> None:
    """Delete sessions that began more than some days ago; the audit log keeps their sign-ins."""
    desk.graph.write(FORGET, before=desk.stamp(-timedelta(days=days)))
