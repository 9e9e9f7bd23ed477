"""One page of a list and the cursor to the next: an opaque text that stays valid when rows come and go."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from domain.errors import UsageError

MOST = 500
"""Rows of a page at most."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """Rows in order; `next_cursor` None: these were the last."""

    rows: tuple[T, ...]
    next_cursor: str | None = None


def encode(*place: Any) -> str:
    """The cursor after a row with these sort values."""
    return base64.urlsafe_b64encode(json.dumps(place, ensure_ascii=False, separators=(",", ":")).encode()).decode().rstrip("=")


def decode(cursor: str | None, kinds: Sequence[type]) -> list[Any] | None:
    """The sort values of a cursor; None for no cursor, UsageError for one that is not ours."""
    if not cursor:
        return None
    try:
        raw = base64.urlsafe_b64decode(cursor.encode("ascii") + b"=" * (-len(cursor) % 4))
        place = json.loads(raw)
    except (UnicodeError, binascii.Error, ValueError):
        place = None
    if not isinstance(place, list) or [type(one) for one in place] != list(kinds):
        raise UsageError("Курсор не отсюда.", "The cursor is not from here.", hint="Начните без cursor / start without a cursor")
    return place
