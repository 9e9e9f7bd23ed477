"""Accounts: made by an administrator with a one-time password, changed, closed; every change stands in the audit log."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.access.audit_chain import Actor, Entry
from app.access.desk import Desk, fold
from app.access.passwords import check_strength, one_time_password
from app.access.roles import ToxicPair, book
from app.access.tokens import fingerprint
from domain.errors import NotFound, StateError, UsageError
from graph.client import Graph, Transaction

ADMINISTRATOR = "administrator"
_NAME = re.compile(r"[^\W_][\w.@-]{0,63}")
ONE = "MATCH (u:User {id: $id}) RETURN properties(u) AS user"
ALL = "MATCH (u:User) RETURN properties(u) AS user ORDER BY u.id"
CREATE = "CREATE (u:User) SET u = $user"
CHANGE = "MATCH (u:User {id: $id}) SET u += $fields"
OF_PERSON = "MATCH (u:User {person: $person}) WHERE u.id <> $id AND u.disabled_at IS NULL RETURN u.roles AS roles"
ADMINISTRATORS = "MATCH (u:User) WHERE $role IN u.roles AND u.disabled_at IS NULL AND u.id <> $id RETURN count(u) AS others"
END_SESSIONS = "MATCH (s:Session {user: $id}) WHERE s.ended_at IS NULL AND s.id <> $kept SET s.ended_at = $now, s.ended_by = $by"
CLEAR_TRIES = "MATCH (t:SignInTries {id: $id}) DELETE t"


class UserExists(StateError):
    """The sign-in name is taken."""

    code = "user_exists"


class LastAdministrator(StateError):
    """Without this account nobody could manage accounts."""

    code = "last_administrator"


@dataclass(frozen=True, slots=True)
class User:
    """An account. No password leaves the graph with it; `units` are ids as they were given, empty = all."""

    id: str
    name: str
    roles: tuple[str, ...]
    units: tuple[str, ...] = ()
    person: str | None = None
    must_change: bool = False
    language: str | None = None
    created_at: str = ""
    signed_in_at: str | None = None
    disabled_at: str | None = None


def read_user(row: Mapping[str, Any]) -> User:
    """The account from its stored properties."""
    return User(
        id=row["id"],
        name=row["name"],
        roles=tuple(row["roles"]),
        units=tuple(row.get("units") or ()),
        person=row.get("person"),
        must_change=bool(row.get("must_change")),
        language=row.get("language"),
        created_at=row["created_at"],
        signed_in_at=row.get("signed_in_at"),
        disabled_at=row.get("disabled_at"),
    )


def get_user(graph: Graph, name: str) -> User:
    """The account of a sign-in name."""
    rows = graph.read(ONE, id=fold(name))
    if not rows:
        raise NotFound(f"Нет пользователя «{name}».", f"There is no user '{name}'.")
    return read_user(rows[0]["user"])


def list_users(graph: Graph) -> list[User]:
    """All accounts, closed ones too, by name."""
    return [read_user(row["user"]) for row in graph.read(ALL)]


def add_user(
    desk: Desk, name: str, roles: Sequence[str], units: Iterable[str] = (), person: str | None = None, *, by: Actor, language: str = "ru"
) -> str:
    """Make an account; the one-time password that comes back is shown once and must be changed at the first sign-in."""
    if not _NAME.fullmatch(name):
        raise UsageError(
            f"Имя «{name}» не годится: нужны буквы, цифры, точка, дефис, до 64 знаков.",
            f"The name '{name}' will not do: letters, digits, dots and hyphens, at most 64.",
        )
    password = one_time_password()
    user = {
        "id": fold(name),
        "name": name,
        "roles": list(dict.fromkeys(roles)),
        "units": list(dict.fromkeys(units)),
        "created_at": desk.stamp(),
        "language": language,
    } | _one_time(desk, password)
    if person:
        user["person"] = person
    book().check_pairs(roles)
    if not roles:
        raise UsageError("Нужна роль.", "A role is needed.")

    def work(transaction: Transaction) -> tuple[None, list[Entry]]:
        if transaction.run(ONE, id=user["id"]):
            raise UserExists(f"Пользователь «{name}» уже есть.", f"The user '{name}' exists already.")
        noted = _check_person(transaction, user["id"], person, roles)
        transaction.run(CREATE, user=user)
        return None, [Entry(by, "user.add", f"users/{name}", after=_public(user)), *_notes(by, name, noted)]

    desk.log.change(work)
    return password


def change_user(desk: Desk, name: str, *, by: Actor, roles: Sequence[str] | None = None, units: Iterable[str] | None = None,
                person: str | None = None, disabled: bool | None = None) -> User:  # fmt: skip
    """Change roles, units or person (empty text = none), close or reopen. A closed account's sessions end and its keys stop working."""
    user_id = fold(name)
    fields: dict[str, Any] = {}
    if roles is not None:
        book().check_pairs(roles)
        if not roles:
            raise UsageError("Нужна роль.", "A role is needed.")
        fields["roles"] = list(dict.fromkeys(roles))
    if units is not None:
        fields["units"] = list(dict.fromkeys(units))
    if person is not None:
        fields["person"] = person or None
    if disabled is not None:
        fields["disabled_at"] = desk.stamp() if disabled else None

    def work(transaction: Transaction) -> tuple[User, list[Entry]]:
        before = _required(transaction, user_id, name)
        after = {key: value for key, value in (before | fields).items() if value is not None}
        noted = _check_person(transaction, user_id, after.get("person"), after["roles"])
        if ADMINISTRATOR in before["roles"] and (ADMINISTRATOR not in after["roles"] or "disabled_at" in after):
            _keep_an_administrator(transaction, user_id)
        transaction.run(CHANGE, id=user_id, fields=fields)
        if disabled:
            transaction.run(END_SESSIONS, id=user_id, kept="", now=desk.stamp(), by=by.name)
        changed = Entry(by, "user.change", f"users/{name}", before=_public(before), after=_public(after))
        return read_user(after), [changed, *_notes(by, name, noted)]

    return desk.log.change(work)[0]


def reset_password(desk: Desk, name: str, *, by: Actor) -> str:
    """A new one-time password; the old one, all sessions and the lock-out end."""
    password = one_time_password()
    user_id = fold(name)
    fields = _one_time(desk, password)

    def work(transaction: Transaction) -> tuple[None, list[Entry]]:
        _required(transaction, user_id, name)
        transaction.run(CHANGE, id=user_id, fields=fields)
        transaction.run(END_SESSIONS, id=user_id, kept="", now=desk.stamp(), by=by.name)
        transaction.run(CLEAR_TRIES, id=tries_id(name))
        return None, [Entry(by, "user.reset_password", f"users/{name}")]

    desk.log.change(work)
    return password


def change_password(desk: Desk, name: str, current: str, new: str, *, by: Actor, kept_session: str = "") -> None:
    """The user's own change: the current password is asked again, all other sessions end."""
    user_id = fold(name)
    rows = desk.graph.read(ONE, id=user_id)
    stored = rows[0]["user"]["password"] if rows else None
    if not desk.hasher.verify(stored, current):
        raise UsageError("Нынешний пароль неверен.", "The current password is wrong.")
    check_strength(new, name)
    if current == new:
        raise UsageError("Новый пароль совпадает с прежним.", "The new password is the old one.")
    fields = {"password": desk.hasher.hash(new), "must_change": False, "password_until": None, "changed_at": desk.stamp()}

    def work(transaction: Transaction) -> tuple[None, list[Entry]]:
        transaction.run(CHANGE, id=user_id, fields=fields)
        transaction.run(END_SESSIONS, id=user_id, kept=kept_session, now=desk.stamp(), by=by.name)
        return None, [Entry(by, "user.change_password", f"users/{name}")]

    desk.log.change(work)


def unlock(desk: Desk, name: str, *, by: Actor) -> None:
    """End a lock-out before its time."""
    get_user(desk.graph, name)

    def work(transaction: Transaction) -> tuple[None, list[Entry]]:
        transaction.run(CLEAR_TRIES, id=tries_id(name))
        return None, [Entry(by, "user.unlock", f"users/{name}")]

    desk.log.change(work)


def _one_time(desk: Desk, password: str) -> dict[str, Any]:
    until = desk.stamp(desk.policy.one_time)
    return {"password": desk.hasher.hash(password), "must_change": True, "password_until": until, "changed_at": desk.stamp()}


def _required(transaction: Transaction, user_id: str, name: str) -> dict[str, Any]:
    rows = transaction.run(ONE, id=user_id)
    if not rows:
        raise NotFound(f"Нет пользователя «{name}».", f"There is no user '{name}'.")
    found: dict[str, Any] = rows[0]["user"]
    return found


def _check_person(transaction: Transaction, user_id: str, person: str | None, roles: Iterable[str]) -> list[ToxicPair]:
    """Toxic pairs over all open accounts of one person."""
    held = set(roles)
    if person:
        for row in transaction.run(OF_PERSON, person=person, id=user_id):
            held.update(row["roles"])

    return book().check_pairs(held)


def _keep_an_administrator(transaction: Transaction, user_id: str) -> None:
    if not transaction.run(ADMINISTRATORS, role=ADMINISTRATOR, id=user_id)[0]["others"]:
        hint = "sverka user add NAME --role administrator"
        raise LastAdministrator("Это последний администратор.", "This is the last administrator.", hint=hint)


def _notes(by: Actor, name: str, pairs: Iterable[ToxicPair]) -> list[Entry]:
    return [Entry(by, "user.roles_combined", f"users/{name}", result=f"allowed:{pair.first}+{pair.second}") for pair in pairs]


def _public(user: Mapping[str, Any]) -> dict[str, Any]:
    return {key: user[key] for key in ("roles", "units", "person", "disabled_at") if user.get(key)}


def tries_id(name: str) -> str:
    """Under what failed sign-ins of a name are remembered: hashed, since what was typed there may be a password."""
    return fingerprint(fold(name))
