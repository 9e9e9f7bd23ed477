"""Look-alike letters repaired without taking house numbers and the numbers of names for letters."""

from __future__ import annotations

import re

from screening.names.letters import repair

_BORDER = re.compile(r"(?<=[0-9])(?=[^\W\d_])|(?<=[^\W\d_])(?=[0-9])")
_MARK = "\x1f"


def repair_words(text: str) -> str:
    """`names.letters.repair`, with digits kept apart from the letters beside them: `20А` stays twenty, `Ромашка30` thirty."""
    return repair(_BORDER.sub(_MARK, text)).replace(_MARK, "")
