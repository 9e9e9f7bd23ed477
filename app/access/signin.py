"""Sign-in: rate limits, a lock-out after five failures, and one answer for a wrong name and a wrong password."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from app.access.audit_chain import Actor, Entry
from app.access.desk import Desk, fold, stamp
from app.access.rate import RateLimit
from app.access.sessions import begin, forget_old
from app.access.users import CHANGE, CLEAR_TRIES, ONE, User, read_user, tries_id
from domain.errors import NotSignedIn, TooManyAttempts
from graph.client import Transaction

# Written before it is read: the lock, or the conflict at commit, is what makes parallel guesses count one after another.
TRIES = "MERGE (t:SignInTries {id: $id}) SET t.turn = $turn RETURN properties(t) AS tries"
KEEP_TRIES = "MATCH (t:SignInTries {id: $id}) SET t.failures = $failures, t.last_at = $now, t.locked_until = $until"
FORGET_TRIES = "MATCH (t:SignInTries) WHERE t.last_at < $before DELETE t"


class WrongPassword(NotSignedIn):
    """Name or password is wrong; which, is not said."""

    code = "wrong_password"


class PasswordExpired(NotSignedIn):
    """A one-time password that was not used in time."""

    code = "password_expired"


class Wait(TooManyAttempts):
    """Too many tries; `seconds` says how long to wait, for Retry-After."""

    def __init__(self, message_ru: str, message_en: str, seconds: int, *, code: str) -> None:
        super().__init__(message_ru, message_en)
        self.code = code
        self.seconds = seconds


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A new session: the token goes into the cookie and nowhere else."""

    token: str
    user: User


@dataclass(frozen=True, slots=True)
class Caller:
    """Where a sign-in comes from."""

    address: str
    agent: str = ""


def sign_in(desk: Desk, limit: RateLimit, name: str, password: str, caller: Caller) -> SignedIn:
    """Open a session, or raise Wait (429), WrongPassword or PasswordExpired (401)."""
    _rates(desk, limit, name, caller)
    left = _reserve(desk, name, caller)
    rows = desk.graph.read(ONE, id=fold(name))
    stored: Mapping[str, Any] = rows[0]["user"] if rows else {}
    # An unknown name and a closed account cost one Argon2 run too, as a wrong password does.
    usable = stored.get("password") if not stored.get("disabled_at") else None
    if not desk.hasher.verify(usable, password):
        _refused(desk, stored, caller, "wrong_password")
        if left == 0:
            raise _locked(desk.policy.lock)
        raise WrongPassword(f"Имя или пароль неверны. Осталось попыток: {left}.", f"The name or the password is wrong. Tries left: {left}.")
    if stored.get("must_change") and (stored.get("password_until") or "") < desk.stamp():
        _refused(desk, stored, caller, "password_expired")
        raise PasswordExpired(
            "Одноразовый пароль просрочен. Попросите у администратора новый.",
            "The one-time password has expired. Ask an administrator for a new one.",
        )
    return _open(desk, stored, password, caller)


def _rates(desk: Desk, limit: RateLimit, name: str, caller: Caller) -> None:
    now = desk.clock.now()
    for key, rate in ((f"a {caller.address}", desk.policy.tries_per_address), (f"n {tries_id(name)}", desk.policy.tries_per_name)):
        seconds = limit.wait(key, rate, now)
        if seconds:
            raise Wait(
                f"Слишком много попыток входа. Подождите {seconds} с.",
                f"Too many sign-in attempts. Wait {seconds} s.",
                seconds,
                code="too_many_attempts",
            )


def _reserve(desk: Desk, name: str, caller: Caller) -> int:
    """Count the try before the password is looked at, so that parallel guesses cannot outrun the lock; the tries that are left."""
    now, policy = desk.clock.now(), desk.policy
    key = tries_id(name)

    def work(transaction: Transaction) -> tuple[int, datetime | None]:
        tries: Mapping[str, Any] = transaction.run(TRIES, id=key, turn=secrets.token_hex(8))[0]["tries"]
        until = tries.get("locked_until")
        if until and until > stamp(now):
            return 0, datetime.fromisoformat(until)
        fresh = (tries.get("last_at") or "") > stamp(now - policy.lock) and not until
        failures = (int(tries["failures"]) if fresh else 0) + 1
        lock = stamp(now + policy.lock) if failures >= policy.failures else None
        transaction.run(KEEP_TRIES, id=key, failures=failures, now=stamp(now), until=lock)
        return policy.failures - failures, None

    left, locked_until = desk.graph.transact(work)
    if locked_until:
        rows = desk.graph.read(ONE, id=fold(name))
        _refused(desk, rows[0]["user"] if rows else {}, caller, "locked")
        raise _locked(locked_until - now)
    return left


def _locked(left: timedelta) -> Wait:
    seconds = max(1, -(-left // timedelta(seconds=1)))
    minutes = -(-seconds // 60)
    return Wait(
        f"Вход под этим именем закрыт после пяти неудачных попыток. Повторите через {minutes} мин или обратитесь к администратору.",
        f"Sign-in under this name is locked after five failures. Try again in {minutes} min or ask an administrator.",
        seconds,
        code="locked_out",
    )


def _refused(desk: Desk, stored: Mapping[str, Any], caller: Caller, code: str) -> None:
    """A line for the log; a name that no account has is not written, since people type passwords there."""
    name = str(stored.get("name") or "?")
    desk.log.append(Entry(Actor(name), "session.sign_in", f"users/{name}", result=f"refused:{code}", after={"address": caller.address}))


def _open(desk: Desk, stored: Mapping[str, Any], password: str, caller: Caller) -> SignedIn:
    user = read_user(stored)
    fields: dict[str, Any] = {"signed_in_at": desk.stamp()}
    if desk.hasher.outdated(stored["password"]):
        fields["password"] = desk.hasher.hash(password)

    def work(transaction: Transaction) -> tuple[str, list[Entry]]:
        transaction.run(CHANGE, id=user.id, fields=fields)
        transaction.run(CLEAR_TRIES, id=tries_id(user.name))
        token = begin(desk, transaction, user.id, caller.address, caller.agent)
        done = Entry(Actor(user.name, "+".join(user.roles)), "session.sign_in", f"users/{user.name}", after={"address": caller.address})
        return token, [done]

    token = desk.log.change(work)[0]
    desk.graph.write(FORGET_TRIES, before=desk.stamp(-timedelta(days=1)))
    forget_old(desk)
    return SignedIn(token, user)
