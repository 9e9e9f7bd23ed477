"""Passwords: Argon2id hashes, one-time passwords and the rules a chosen one must meet."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from pathlib import Path
from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError

from domain.errors import InputError

MINIMUM = 12
LONGEST = 256
"""Longer input is refused before it is hashed, so that nobody can buy our time with a megabyte of password."""
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
"""Without i, l, o, 0, 1: a one-time password is read aloud and copied by hand."""
_WEAK = frozenset(Path(__file__).with_name("weak_passwords.txt").read_text(encoding="utf-8").split())


class WeakPassword(InputError):
    """The chosen password does not meet the rules."""

    code = "weak_password"


@dataclass(frozen=True, slots=True)
class Hasher:
    """Argon2id with RFC 9106's second recommended set (64 MiB, 3 passes, 4 lanes) unless told otherwise.

    At most four hashes run at once: 256 MiB is the most that a storm of sign-ins can take.
    """

    memory_kib: int = 64 * 1024
    passes: int = 3
    lanes: int = 4
    _argon: PasswordHasher = field(init=False, repr=False)
    _decoy: str = field(init=False, repr=False)
    _turn: BoundedSemaphore = field(init=False, repr=False)

    def __post_init__(self) -> None:
        argon = PasswordHasher(time_cost=self.passes, memory_cost=self.memory_kib, parallelism=self.lanes)
        object.__setattr__(self, "_argon", argon)
        object.__setattr__(self, "_decoy", argon.hash(secrets.token_urlsafe(16)))
        object.__setattr__(self, "_turn", BoundedSemaphore(4))

    def hash(self, password: str) -> str:
        """The PHC string to store."""
        with self._turn:
            return self._argon.hash(password)

    def verify(self, stored: str | None, password: str) -> bool:
        """Whether the password is right. An absent hash costs the same time as a wrong password."""
        with self._turn:
            try:
                self._argon.verify(stored or self._decoy, password[:LONGEST])
            except (VerifyMismatchError, InvalidHashError):
                return False
        return stored is not None and len(password) <= LONGEST

    def outdated(self, stored: str) -> bool:
        """Whether the hash was made with weaker parameters than today's."""
        return self._argon.check_needs_rehash(stored)


def one_time_password() -> str:
    """Twelve letters and digits in three groups: 59 bits, for one sign-in."""
    return "-".join("".join(secrets.choice(_LETTERS) for _ in range(4)) for _ in range(3))


def check_strength(password: str, name: str) -> None:
    """Refuse a password that is short, long, of few signs, widely known, or the user's own name."""
    folded = password.casefold()
    plain = "".join(sign for sign in folded if sign.isalnum())
    if len(password) < MINIMUM:
        raise WeakPassword(f"Пароль короче {MINIMUM} знаков.", f"The password is shorter than {MINIMUM} characters.")
    if len(password) > LONGEST:
        raise WeakPassword(f"Пароль длиннее {LONGEST} знаков.", f"The password is longer than {LONGEST} characters.")
    if len(set(folded)) < 5:
        raise WeakPassword("В пароле меньше пяти разных знаков.", "The password has fewer than five different characters.")
    if len(name) >= 3 and name.casefold() in folded:
        raise WeakPassword("Пароль содержит имя пользователя.", "The password contains the user name.")
    if plain in _WEAK or plain.rstrip("0123456789") in _WEAK:
        raise WeakPassword("Такой пароль есть в списках распространённых.", "The password is on the lists of common ones.")
