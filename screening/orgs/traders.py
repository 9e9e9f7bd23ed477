"""Sole traders and farms named after a person: such names are compared as people's."""

from __future__ import annotations

from functools import lru_cache

from rapidfuzz.distance import OSA

from screening.names.parsing import read_name
from screening.names.person import FoldedName, fold
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


def same_trader(one: FoldedName, two: FoldedName) -> int:
    """0 another person, 1 a slip of one letter, 2 initials or no patronymic on a side, 3 the same name in full."""
    if not (_fits(one.first, two.first) and _fits(one.patronymic, two.patronymic)):
        return 0
    if one.last != two.last:
        return int(
            min(len(one.last), len(two.last)) > 4 and OSA.distance(one.last, two.last, score_cutoff=1) == 1 and one.first == two.first
        )
    return 3 if (one.first, one.patronymic) == (two.first, two.patronymic) and not one.abbreviated and one.patronymic else 2


def _fits(one: str, two: str) -> bool:
    """Equal, one is the other's initial, or one is unknown."""
    if one == two or not one or not two:
        return True
    return (one[-1] == "." and two.startswith(one[:-1])) or (two[-1] == "." and one.startswith(two[:-1]))
