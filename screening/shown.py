"""How an organization's name is shown: as people write it, not as a register shouts it."""

from __future__ import annotations

import re
from collections.abc import Iterable

from screening.organizations import read_org_name

_WORD = re.compile(r"[^\W\d_]+")
_QUOTED = re.compile(r"[\"«“„](.+)[\"»”]", re.DOTALL)
_SMALL = frozenset(["и", "в", "во", "на", "по", "с", "со", "для", "из", "от", "до", "при", "за", "о", "об", "под"])
_CAPITALS_MAX = 3
"""Words of so few letters without a vowel, or in a form, are abbreviations and stay in capitals."""


def shown_name(names: Iterable[str]) -> str:
    """The first name that is not all capitals; else the first, with its form in short and its core in quotes («ООО «Кояш Тест»»)."""
    known = [" ".join(name.split()) for name in names if name.strip()]
    written = next((name for name in known if not _shouted(name)), None)
    return written if written is not None else _lowered(known[0]) if known else ""


def _shouted(name: str) -> bool:
    letters = [char for char in name if char.isalpha()]
    return len(letters) > _CAPITALS_MAX and all(char == char.upper() for char in letters)


def _lowered(name: str) -> str:
    form = read_org_name(name).form
    quoted = _QUOTED.search(name)
    if quoted is None or not form:
        return _WORD.sub(_word, name)
    core = quoted[1].replace('"', "").strip()
    return f"{form} «{_WORD.sub(_word, core)}»"


def _word(match: re.Match[str]) -> str:
    word = match[0]
    if word.lower() in _SMALL:
        return word.lower()
    if len(word) <= _CAPITALS_MAX and not re.search("[АЕЁИОУЫЭЮЯӘӨҮAEIOUY]", word.upper()):
        return word
    return word[0] + word[1:].lower()
