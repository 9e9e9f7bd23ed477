"""Direct shares: what the records of one pair say together, piece by piece in time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from fractions import Fraction
from itertools import groupby, pairwise

from domain.dates import Day
from domain.logic import Tri
from queries.derive.ownership_facts import TRUST_MANAGEMENT, Link, OwnershipFact, ids

NONE, ALL = Fraction(0), Fraction(1)
DatedLink = tuple[Day, Day, Link]
_NOBODY: Mapping[str, list[DatedLink]] = {}


class OwnershipIndex:
    """Facts by owner and by asset; the pieces of a pair are made when first asked for."""

    def __init__(self, facts: Iterable[OwnershipFact]) -> None:
        self._down: dict[str, dict[str, list[OwnershipFact]]] = defaultdict(dict)
        self._up: dict[str, dict[str, list[OwnershipFact]]] = defaultdict(dict)
        self._links: dict[tuple[str, str], list[DatedLink]] = {}
        self._assets: dict[str, Mapping[str, list[DatedLink]]] = {}
        self._owners: dict[str, Mapping[str, list[DatedLink]]] = {}
        for fact in sorted(facts, key=lambda one: one.id):
            if fact.owner != fact.asset:
                pair = self._down[fact.owner].setdefault(fact.asset, [])
                pair.append(fact)
                self._up[fact.asset][fact.owner] = pair

    def assets_of(self, owner: str) -> Mapping[str, list[DatedLink]]:
        """The direct shares of an owner, by asset."""
        if owner not in self._down:
            return _NOBODY
        found = self._assets.get(owner)
        if found is None:
            found = self._assets[owner] = {asset: links for asset in self._down[owner] if (links := self._pair(owner, asset))}
        return found

    def owners_of(self, asset: str) -> Mapping[str, list[DatedLink]]:
        """The direct shares in an asset, by owner."""
        if asset not in self._up:
            return _NOBODY
        found = self._owners.get(asset)
        if found is None:
            found = self._owners[asset] = {owner: links for owner in self._up[asset] if (links := self._pair(owner, asset))}
        return found

    def owners_on_record(self, asset: str) -> set[str]:
        """Everyone whom a record names as an owner, at any time."""
        return set(self._up.get(asset, ()))

    def assets(self) -> list[str]:
        """Everything that is owned."""
        return list(self._up)

    def _pair(self, owner: str, asset: str) -> list[DatedLink]:
        found = self._links.get((owner, asset))
        if found is None:
            found = self._links[owner, asset] = direct_links(self._down[owner][asset])
        return found


def direct_links(facts: list[OwnershipFact]) -> list[DatedLink]:
    """The pieces of one pair; those on which the share is nil for certain are left out."""
    facts = [fact for fact in facts if fact.span.start_lo < fact.span.end_hi]
    if len(facts) == 1 and facts[0].share is not None and facts[0].span.definite:
        return _plain(facts[0], facts[0].share)
    days = sorted({day for fact in facts for day in (fact.span.start_lo, fact.span.start_hi, fact.span.end_lo, fact.span.end_hi)})
    found: list[DatedLink] = []
    for start, end in pairwise(days):
        link = _at(facts, start)
        if link is None:
            continue
        if found and found[-1][1] == start and found[-1][2] == link:
            found[-1] = (found[-1][0], end, link)
        else:
            found.append((start, end, link))
    return found


def _plain(fact: OwnershipFact, share: Fraction) -> list[DatedLink]:
    """The one record of a pair, with everything known: nearly all of a register."""
    if share == NONE:
        return []
    link = Link(fact.owner, fact.asset, share, share, (fact.id,), (), fact.basis == TRUST_MANAGEMENT)
    return [(fact.span.start_lo, fact.span.end_lo, link)]


def _at(facts: list[OwnershipFact], day: Day) -> Link | None:
    """The share on a day.

    The most trusted source that speaks of the day counts. While it is not certain that it speaks, the next one may
    count as well; sources trusted alike that differ leave the share between them.
    """
    present: list[tuple[OwnershipFact, Tri]] = [(fact, here) for fact in facts if (here := fact.span.holds(day, day)) is not False]
    if not present:
        return None
    present.sort(key=lambda one: (-one[0].trust, one[0].source))
    ranges: list[tuple[Fraction, Fraction]] = []
    used: list[tuple[OwnershipFact, Tri]] = []
    certain = False
    for _, level in groupby(present, key=lambda one: one[0].trust):
        for _, said in groupby(level, key=lambda one: one[0].source):
            source = list(said)
            used += source
            ranges.append(_sum(source))
            certain = certain or any(here for _, here in source)
        if certain:
            break
    low = min(one for one, _ in ranges) if certain else NONE
    high = max(one for _, one in ranges)
    if high == NONE:
        return None
    first = used[0][0]
    return Link(
        first.owner,
        first.asset,
        low,
        high,
        ids(fact.id for fact, _ in used),
        _missing(used, day) if low < high else (),
        all(fact.basis == TRUST_MANAGEMENT for fact, _ in used),
    )


def _sum(source: list[tuple[OwnershipFact, Tri]]) -> tuple[Fraction, Fraction]:
    """The least and the greatest sum of one source's records, given that at least one of them is there."""
    least = [NONE if fact.share is None else fact.share for fact, here in source if here]
    if not least:
        least = [min(NONE if fact.share is None else fact.share for fact, _ in source)]
    most = sum((ALL if fact.share is None else fact.share for fact, _ in source), NONE)
    return min(ALL, sum(least, NONE)), min(ALL, most)


def _missing(used: list[tuple[OwnershipFact, Tri]], day: Day) -> tuple[str, ...]:
    names: list[str] = []
    for fact, here in used:
        if fact.share is None:
            names.append("Ownership.percentage")
        if here is None and day < fact.span.start_hi:
            names.append("Ownership.startDate")
        if here is None and day >= fact.span.end_lo:
            names.append("Ownership.endDate")
    return ids(names) or ("Ownership.percentage",)
