"""Why a person is read: `case NUMBER` or `reason TEXT`, from a header, the session or a key."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import unquote

from domain.errors import UsageError

LONGEST_CASE = 64
LONGEST_REASON = 500
_CASE = re.compile(r"case\s+(\S(?:.*\S)?)", re.IGNORECASE | re.DOTALL)
_REASON = re.compile(r"reason\s+(\S(?:.*\S)?)", re.IGNORECASE | re.DOTALL)


class BadPurpose(UsageError):
    """A purpose that is neither a case nor a reason."""

    code = "bad_purpose"


@dataclass(frozen=True, slots=True)
class Purpose:
    """Why. `kind` is case or reason."""

    kind: str
    text: str

    def __str__(self) -> str:
        return f"{self.kind} {self.text}"


def parse(text: str) -> Purpose:
    """Read `case NUMBER` or `reason TEXT`; anything else is BadPurpose (400)."""
    text = text.strip()
    if any(not sign.isprintable() for sign in text):
        raise _bad()
    if case := _CASE.fullmatch(text):
        number = case[1]
        if len(number) <= LONGEST_CASE and any(sign.isalnum() for sign in number):
            return Purpose("case", number)
    if reason := _REASON.fullmatch(text):
        words = reason[1]
        if len(words) <= LONGEST_REASON and sum(sign.isalpha() for sign in words) >= 3:
            return Purpose("reason", words)
    raise _bad()


def parse_header(raw: str) -> Purpose:
    """The same from a header value.

    HTTP hands headers over as Latin-1: Russian text comes as UTF-8 bytes (curl) or percent-encoded (browsers).
    """
    try:
        text = raw.encode("latin-1").decode("utf-8")
    except (UnicodeEncodeError, UnicodeDecodeError):
        text = raw
    return parse(unquote(text) if re.search(r"%[0-9A-Fa-f]{2}", text) else text)


def _bad() -> BadPurpose:
    return BadPurpose(
        "Цель указана не в том виде: нужно «case НОМЕР» или «reason ТЕКСТ».",
        "The purpose is not in the right form: 'case NUMBER' or 'reason TEXT' is needed.",
        hint="X-Purpose: case 12-2026",
    )
