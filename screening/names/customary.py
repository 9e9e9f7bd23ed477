"""Names that are put for one another: short forms, other customary forms, and spellings that are heard alike."""

from __future__ import annotations

import re

from screening.names.folding import fold_word, spellings
from screening.names.lexicon import PET_NAMES, VARIANTS, is_formal


def _customary() -> dict[str, frozenset[str]]:
    """Folded given name → the marks of the groups whose members are put for one another."""
    found: dict[str, set[str]] = {}
    for number, line in enumerate(VARIANTS["customary"]):
        for name in line.split():
            found.setdefault(fold_word(name, "given"), set()).add(str(number))
    for form, names in PET_NAMES.items():
        for name in names:
            found.setdefault(form, set()).add(name)
            found.setdefault(name, set()).add(name)
    return {name: frozenset(marks) for name, marks in found.items()}


CUSTOMARY = _customary()
SPELLINGS = spellings()
"""Folded given name → its spellings as the rules leave them, where there are several."""

_LOOSE = str.maketrans({"ы": "и", "щ": "ш", "я": "а", "ю": "у", "ж": "з", "ц": "с"})
SURNAME = re.compile(r"..(?:ов|ев|ин|ын|ски|цки|енко|ян|ук|юк|ко|дзе|швили)$")
"""How a half of a double surname ends, folded."""
_CERTAIN = re.compile(r"..(?:ов|ев|ин|ын|ски|цки|енко)$")


def loosely(folded: str) -> str:
    """Letters that are heard alike written alike."""
    return folded.translate(_LOOSE)


def spelled(folded: str) -> tuple[str, ...]:
    """All spellings of a folded given name."""
    return SPELLINGS.get(folded, (folded,))


def are_halves(one: str, two: str) -> bool:
    """Two folded surnames written together make a double one; `Коновалов` and `Зайнуллин` are not such."""
    if len(one) < 4 or len(two) < (5 if two[:1] in "аеиоуыюя" else 4) or two.startswith("утдинов"):
        return False
    return bool(_CERTAIN.search(one) and SURNAME.search(two))


def halves(folded: str) -> tuple[str, ...]:
    """The halves of a double surname that was folded into one word, for every place where two surnames may meet."""
    places = (place for place in range(4, len(folded) - 3) if are_halves(folded[:place], folded[place:]))
    return tuple(half for place in places for half in (folded[:place], folded[place:]))


def double_given(folded: str) -> tuple[str, ...]:
    """The two names of a double given name that is none of the list itself (Анна-Мария), for every place where they may meet."""
    if is_formal(folded):
        return ()
    places = (place for place in range(3, len(folded) - 2) if is_formal(folded[:place]) and is_formal(folded[place:]))
    return tuple(name for place in places for name in (folded[:place], folded[place:]))
