"""Names of organizations: whether two cores are one, and how much of the shorter stands in the longer."""

from __future__ import annotations

from rapidfuzz import fuzz

from screening.orgs.names import OrgName, read_org_name

__all__ = ["OrgName", "likeness", "read_org_name", "same_core"]


def same_core(one: OrgName, two: OrgName) -> bool:
    """Equal cores, written together or apart («Идел Строй», «Идел-Строй», «ИделСтрой»), and forms that don't contradict each other."""
    if one.form and two.form and one.form != two.form:
        return False
    return one.core == two.core or (one.core.replace(" ", "") == two.core.replace(" ", "") and one.numbers == two.numbers)


def likeness(one: OrgName, two: OrgName) -> float:
    """How much of the shorter core stands in the longer, 0–1, as words or as initials («ЦВТ»); 0 where their numbers differ."""
    if one.numbers != two.numbers and one.numbers and two.numbers:
        return 0.0
    if _abbreviates(one.core, two.core) or _abbreviates(two.core, one.core):
        return 1.0
    return float(fuzz.token_set_ratio(one.core, two.core)) / 100


def _abbreviates(short: str, long: str) -> bool:
    """Every word of the short core stands in the long one, or spells initials of words that follow each other there."""
    words = long.split()
    initials = "".join(word[0] for word in words)
    return bool(short) and all(word in words or (len(word) > 1 and word in initials) for word in short.split())
