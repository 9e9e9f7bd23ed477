"""Sex: stated or told by the patronymic, or guessed from surname and given name."""

from __future__ import annotations

from typing import Any

LEVELS = ("unknown", "different", "guess_differs", "equal")

_STATED, _GUESSED = 0, 1


def sex_value(facts: Any) -> tuple[str, int] | None:
    """The sex and whether it is a guess."""
    if facts.sex:
        return str(facts.sex), _STATED
    return (str(facts.sex_guess), _GUESSED) if facts.sex_guess else None


def sex_level(one: tuple[str, int], two: tuple[str, int]) -> int:
    """A guess that differs weighs less than two statements."""
    if one[0] == two[0]:
        return 3
    return 2 if _GUESSED in {one[1], two[1]} else 1
