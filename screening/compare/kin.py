"""Relatives that both records name."""

from __future__ import annotations

from screening.circumstances import SPOUSE, Relative

LEVELS = ("unknown", "different", "equal")


def kin_level(one: frozenset[Relative], two: frozenset[Relative]) -> int:
    """One relative in common agrees; two spouses of different names differ; relatives of different kinds say nothing."""
    left, right = {each.name for each in one}, {each.name for each in two}
    if not left.isdisjoint(right):
        return 2
    spouses = {each.name for each in one if each.kind == SPOUSE}, {each.name for each in two if each.kind == SPOUSE}
    return 1 if all(spouses) else 0
