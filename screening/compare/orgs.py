"""Organizations' names: the core, and the legal form beside it."""

from __future__ import annotations

from collections.abc import Sequence

from screening.organizations import OrgName
from screening.orgs.compare import CoreLevel, OrgNameEvidence, compare_org_names
from screening.orgs.forms import FormLevel

CORES = (
    "unknown",
    "different",
    "overlap",
    "numbers_differ",
    "places_differ",
    "kind_differs",
    "suffix",
    "generic",
    "abbreviation",
    "typo",
    "spelling",
    "equal",
)
CORE_CHAINS = (
    ("different", "overlap", "suffix", "generic", "abbreviation", "typo", "spelling", "equal"),
    ("numbers_differ", "suffix"),
    ("places_differ", "suffix"),
    ("kind_differs", "suffix"),
)
"""How bad a contradiction of numbers, places or kinds is beside words that differ is left to the data."""
FORMS = ("unknown", "different", "successor", "equal")

_FORM = {FormLevel.COMPATIBLE: 0, FormLevel.DIFFERENT: 1, FormLevel.SUCCESSOR: 2, FormLevel.EQUAL: 3}
_CORE = {level: CORES.index(level.name.lower()) for level in CoreLevel}


def best_evidence(one: Sequence[OrgName], two: Sequence[OrgName]) -> OrgNameEvidence | None:
    """The best agreement of any two of their names."""
    found = [compare_org_names(left, right) for left in one for right in two]
    return max(found, key=lambda each: (each.core, each.form), default=None)


def core_level(one: Sequence[OrgName], two: Sequence[OrgName]) -> int:
    """The level of the cores; unknown where a name says nothing."""
    best = best_evidence(one, two)
    return _CORE[best.core] if best else 0


def form_level(one: Sequence[OrgName], two: Sequence[OrgName]) -> int:
    """The level of the forms of the names that agree best."""
    best = best_evidence(one, two)
    return _FORM[best.form] if best else 0


def shared_words(one: Sequence[OrgName], two: Sequence[OrgName], level: int) -> Sequence[tuple[str, str]]:
    """Naming words that agree, where the cores do."""
    if level < CORES.index("generic"):
        return ()
    best = best_evidence(one, two)
    return tuple(("word", word) for word in best.shared) if best else ()
