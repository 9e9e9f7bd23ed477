"""Look-alike letters repaired without taking house numbers and the numbers of names for letters."""

from __future__ import annotations

import re
import unicodedata

from screening.names.letters import repair

_BORDER = re.compile(r"(?<=[0-9])(?=[^\W\d_])|(?<=[^\W\d_])(?=[0-9])")
_MARK = "\x1f"
_TO_REPAIR = re.compile(r"[A-Za-z\u00ad\u200b-\u200f\u2010-\u2015\u2060\u2212\ufeff]")
"""Without any of these there is nothing to repair, as in nine texts of ten."""


def repair_words(text: str) -> str:
    """`names.letters.repair`, with digits kept apart from the letters beside them: `20А` stays twenty, `Ромашка30` thirty."""
    if _TO_REPAIR.search(text) is None:
        return unicodedata.normalize("NFC", text)
    return repair(_BORDER.sub(_MARK, text)).replace(_MARK, "")
