"""Random tokens of sessions and keys; the graph holds only their hashes."""

from __future__ import annotations

import hashlib
import hmac
import secrets

KEY_PREFIX = "svk"
"""Lets scanners of leaked secrets recognise a key of ours."""


def new_token() -> str:
    """256 random bits as URL-safe text."""
    return secrets.token_urlsafe(32)


def fingerprint(token: str) -> str:
    """What is stored in place of a token. SHA-256 is enough: a token is random, so there is nothing to guess."""
    return hashlib.sha256(token.encode()).hexdigest()


def csrf_token(session_token: str) -> str:
    """The change token of a session: derived from the cookie, which a foreign page cannot read, so it needs no storing."""
    return hmac.new(session_token.encode(), b"sverka csrf 1", hashlib.sha256).hexdigest()


def same(left: str, right: str) -> bool:
    """Equality in constant time."""
    return hmac.compare_digest(left.encode(), right.encode())


def new_key() -> tuple[str, str, str]:
    """A key as (id, secret, what the user is shown)."""
    key_id, secret = secrets.token_hex(6), secrets.token_urlsafe(32)
    return key_id, secret, f"{KEY_PREFIX}_{key_id}_{secret}"


def split_key(shown: str) -> tuple[str, str] | None:
    """Id and secret of a shown key, or None when it is not one of ours."""
    parts = shown.split("_", 2)
    return (parts[1], parts[2]) if len(parts) == 3 and parts[0] == KEY_PREFIX and parts[1] and parts[2] else None
