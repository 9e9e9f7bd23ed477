"""Who owns how much of what, directly and through firms, piece by piece in time."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from fractions import Fraction

from domain.logic import Tri
from domain.spans import Span
from queries.derive.ownership_facts import MAX_DEPTH, Link, OwnershipFact, Stake, ids
from queries.derive.ownership_flow import Flow, Piece
from queries.derive.ownership_links import OwnershipIndex

__all__ = ["MAX_DEPTH", "Link", "OwnershipFact", "OwnershipIndex", "Stake", "affected_owners", "stakes_in", "stakes_of"]


def stakes_of(owner: str, index: OwnershipIndex, *, depth: int = MAX_DEPTH) -> list[Stake]:
    """Every firm in which an owner has a share, through at most `depth` links, by firm and time."""
    found = Flow(owner, index.assets_of, depth, forward=True).run()
    return [stake for asset, (whole, pieces) in sorted(found.items()) for stake in _stakes(owner, asset, pieces, whole)]


def stakes_in(asset: str, index: OwnershipIndex, *, depth: int = MAX_DEPTH) -> list[Stake]:
    """Everyone who has a share in a firm, firms in between included; the same stakes as `stakes_of` gives each owner."""
    found = Flow(asset, index.owners_of, depth, forward=False).run()
    return [stake for owner, (whole, pieces) in sorted(found.items()) for stake in _stakes(owner, asset, pieces, whole)]


def affected_owners(changed: Iterable[str], index: OwnershipIndex, *, depth: int = MAX_DEPTH) -> set[str]:
    """Every owner whose stakes may differ when these owners or firms, or facts that name them, change.

    Both ends of each added or removed fact belong into `changed`; the index may be from before or after.
    """
    found = set(changed)
    level = set(found)
    for _ in range(depth):
        level = {owner for asset in level for owner in index.owners_on_record(asset)} - found
        found |= level
    return found


def _stakes(owner: str, asset: str, pieces: Iterable[Piece], whole: int) -> list[Stake]:
    found: list[Stake] = []
    for piece in pieces:
        stake = _stake(owner, asset, piece, whole)
        if found and found[-1].span.end_lo == piece.start and _same(found[-1], stake):
            found[-1] = _longer(found[-1], stake)
        else:
            found.append(stake)
    return found


def _stake(owner: str, asset: str, piece: Piece, whole: int) -> Stake:
    chains = tuple(chain[-1] for chain in piece.chains)
    links = [link for chain in chains for link in chain]
    low = high = Fraction(min(piece.low, whole), whole)
    if piece.low < piece.high:
        high = Fraction(min(piece.high, whole), whole)
    controls: Tri = True if piece.surely_controls else (None if piece.may_control else False)
    missing = ids(name for link in links for name in link.missing) if low < high else ()
    return Stake(
        owner=owner,
        asset=asset,
        share_lo=low,
        share_hi=high,
        span=Span(piece.start, piece.start, piece.end, piece.end),
        via=ids(fact for link in links for fact in link.facts),
        direct=piece.direct,
        links=chains[0] if chains else (),
        missing=missing or (("Ownership.percentage",) if low < high else ()),
        controls=controls,
        trust_management=piece.in_trust,
        chains=chains,
        paths=piece.paths,
    )


def _same(one: Stake, other: Stake) -> bool:
    """Equal but for the dates and the ids of the facts."""

    def key(stake: Stake) -> tuple[object, ...]:
        chains = [[(link.owner, link.asset, link.share_lo, link.share_hi) for link in chain] for chain in stake.chains]
        return (stake.share_lo, stake.share_hi, stake.direct, stake.missing, stake.controls, stake.trust_management, stake.paths, chains)

    return key(one) == key(other)


def _longer(one: Stake, other: Stake) -> Stake:
    chains = tuple(
        tuple(replace(a, facts=ids((*a.facts, *b.facts))) for a, b in zip(left, right, strict=True))
        for left, right in zip(one.chains, other.chains, strict=True)
    )
    span = Span(one.span.start_lo, one.span.start_hi, other.span.end_lo, other.span.end_hi)
    return replace(one, span=span, via=ids((*one.via, *other.via)), links=chains[0] if chains else (), chains=chains)
