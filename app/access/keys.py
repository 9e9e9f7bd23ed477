"""API keys: made by their owner from his own rights, shown once, stored hashed, revoked by him or by an administrator."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from app.access.audit_chain import Actor, Entry
from app.access.desk import Desk, stamp
from app.access.purpose import parse
from app.access.roles import book
from app.access.tokens import fingerprint, new_key, same, split_key
from app.access.users import User, read_user
from domain.errors import NoRight, NotFound, UsageError
from graph.client import Graph, Transaction

USED_EVERY = timedelta(minutes=1)
CREATE = "CREATE (k:ApiKey) SET k = $key"
FIND = "MATCH (k:ApiKey {id: $id}) MATCH (u:User {id: k.user}) RETURN properties(k) AS key, properties(u) AS user"
CHANGE = "MATCH (k:ApiKey {id: $id}) SET k += $fields"
ALL = "MATCH (k:ApiKey) WHERE $user = '' OR k.user = $user RETURN properties(k) AS key ORDER BY k.created_at DESC"


@dataclass(frozen=True, slots=True)
class ApiKey:
    """A key without its secret."""

    id: str
    title: str
    user: str
    scopes: tuple[str, ...]
    units: tuple[str, ...] = ()
    purpose: str | None = None
    created_at: str = ""
    expires_at: str | None = None
    used_at: str | None = None
    ended_at: str | None = None


def read_key(row: Mapping[str, Any]) -> ApiKey:
    """The key from its stored properties."""
    return ApiKey(
        id=row["id"],
        title=row["title"],
        user=row["user"],
        scopes=tuple(row["scopes"]),
        units=tuple(row.get("units") or ()),
        purpose=row.get("purpose"),
        created_at=row["created_at"],
        expires_at=row.get("expires_at"),
        used_at=row.get("used_at"),
        ended_at=row.get("ended_at"),
    )


def create_key(desk: Desk, owner: User, title: str, scopes: Sequence[str], *, by: Actor, units: Iterable[str] = (),
               purpose: str | None = None, days: int | None = None) -> tuple[ApiKey, str]:  # fmt: skip
    """Make a key; its text comes back this once. A scope that gives none of the owner's rights is refused."""
    book().check_scopes(scopes)
    if not scopes or not title.strip():
        raise UsageError("Нужны название ключа и хотя бы одна область.", "A key needs a title and at least one scope.")
    if days is not None and days < 1:
        raise UsageError("Срок ключа меньше дня.", "The key's term is shorter than a day.")
    rights = book().rights_of(owner.roles)
    for scope in scopes:
        if not book().scopes[scope] & rights:
            raise NoRight(f"Область «{scope}» шире ваших прав.", f"The scope '{scope}' is wider than your rights.")
    key_id, secret, shown = new_key()
    key: dict[str, Any] = {
        "id": key_id,
        "hash": fingerprint(secret),
        "title": title.strip(),
        "user": owner.id,
        "scopes": list(dict.fromkeys(scopes)),
        "units": list(dict.fromkeys(units)),
        "created_at": desk.stamp(),
    }
    if purpose:
        key["purpose"] = str(parse(purpose))
    if days:
        key["expires_at"] = desk.stamp(timedelta(days=days))

    def work(transaction: Transaction) -> tuple[None, list[Entry]]:
        transaction.run(CREATE, key=key)
        public = {name: key[name] for name in ("title", "scopes", "units", "purpose", "expires_at") if key.get(name)}
        return None, [Entry(by, "key.create", f"keys/{key_id}", after=public)]

    desk.log.change(work)
    return read_key(key), shown


def find(desk: Desk, shown: str) -> tuple[ApiKey, User] | None:
    """The open key and its owner's open account; noted as used."""
    parts = split_key(shown)
    rows = desk.graph.read(FIND, id=parts[0]) if parts else []
    if not parts or not rows or not same(rows[0]["key"]["hash"], fingerprint(parts[1])):
        return None
    key, user, now = read_key(rows[0]["key"]), read_user(rows[0]["user"]), desk.clock.now()
    if key.ended_at or user.disabled_at or (key.expires_at and key.expires_at <= stamp(now)):
        return None
    if (key.used_at or "") < stamp(now - USED_EVERY):
        desk.graph.write(CHANGE, id=key.id, fields={"used_at": stamp(now)})
    return key, user


def list_keys(graph: Graph, user: str = "") -> list[ApiKey]:
    """Keys of one account (its id) or of all, revoked ones too, newest first."""
    return [read_key(row["key"]) for row in graph.read(ALL, user=user)]


def revoke_key(desk: Desk, key_id: str, *, by: Actor, owner: str = "") -> None:
    """End a key at once. With `owner` only a key of that account can be ended."""

    def work(transaction: Transaction) -> tuple[None, list[Entry]]:
        rows = transaction.run(FIND, id=key_id)
        if not rows or (owner and rows[0]["key"]["user"] != owner):
            raise NotFound("Нет такого ключа.", "There is no such key.")
        transaction.run(CHANGE, id=key_id, fields={"ended_at": desk.stamp(), "ended_by": by.name})
        return None, [Entry(by, "key.revoke", f"keys/{key_id}")]

    desk.log.change(work)
