"""Finds the change token in the first bytes of a form, so that a large upload need not be held in memory to be checked."""

from __future__ import annotations

import re
from urllib.parse import parse_qs

CHUNK = 64 * 1024
"""How far into a form the field may stand; forms put it first."""
FIELD = "csrf"
_PART = re.compile(
    rb'content-disposition:[^\r\n]*\bname=(?:"csrf"|csrf(?=[;\r]))[^\r\n]*\r\n(?:[^\r\n]+\r\n)*\r\n([0-9a-f]+)\r\n', re.IGNORECASE
)


def find_token(content_type: str, start: bytes) -> str:
    """The token, or an empty text."""
    if content_type.startswith("multipart/form-data"):
        found = _PART.search(start)
        return found[1].decode("ascii") if found else ""
    fields = parse_qs(start.decode("utf-8", "replace"), max_num_fields=1000)
    return fields.get(FIELD, [""])[0]
