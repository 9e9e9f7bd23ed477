"""Sole traders and farms named after a person: such names are compared as people's."""

from __future__ import annotations

from functools import lru_cache

from screening.names.compare import PartLevel, compare_names
from screening.names.parsing import read_name
from screening.names.parts import FoldedName
from screening.names.person import fold
from screening.orgs.alike import are_two_words
from screening.orgs.names import TRADERS, OrgName

_MOST_PARTS = 4


@lru_cache(maxsize=1 << 15)
def trader_of(name: OrgName) -> FoldedName | None:
    """The folded person of a trader's core (`гарипов а р`), also where the form is not written; None where it is no person's."""
    words = name.core.split()
    if name.form not in {*TRADERS, ""} or not 2 <= len(words) <= _MOST_PARTS or not all(word.isalpha() for word in words):
        return None
    text = " ".join(f"{word.upper()}." if len(word) == 1 else word.title() for word in words)
    folded = fold(read_name(text).name)
    return folded if folded.last and folded.first else None


def same_trader(one: FoldedName, two: FoldedName) -> PartLevel:
    """The weakest agreement of surname, given name and patronymic; DIFFERENT also of two known surnames."""
    evidence = compare_names(one, two)
    if evidence.sex_conflict or (evidence.last is PartLevel.TYPO and are_two_words(one.last, two.last)):
        return PartLevel.DIFFERENT
    return min(evidence.last, evidence.first, evidence.patronymic)
