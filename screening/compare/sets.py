"""Numbers and contacts as sets: one in common agrees, none differs."""

from __future__ import annotations

LEVELS = ("unknown", "different", "equal")
DIFFERENT, EQUAL = 1, 2


def set_level(one: frozenset[str], two: frozenset[str]) -> int:
    """Two sets that are not empty."""
    return DIFFERENT if one.isdisjoint(two) else EQUAL
