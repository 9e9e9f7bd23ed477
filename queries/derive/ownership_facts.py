"""The facts that ownership is derived from, and the stakes that come out."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from domain.logic import Tri
from domain.spans import UNKNOWN_START, Span
from queries.derive.kin_facts import ids

__all__ = ["MAX_DEPTH", "TRUST_MANAGEMENT", "Link", "OwnershipFact", "Stake", "ids"]

MAX_DEPTH = 5
"""Firms on a chain of ownership, the last one included (R-18)."""
TRUST_MANAGEMENT = "trust_management"


@dataclass(frozen=True, slots=True)
class OwnershipFact:
    """One record: the owner has a share of the asset; a share of None is unknown.

    `trust` decides between sources that speak of one pair at one time; within a source shares add up.
    """

    owner: str
    asset: str
    id: str
    share: Fraction | None = None
    span: Span = UNKNOWN_START
    source: str = ""
    trust: int = 0
    basis: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """A direct share during one piece of time: somewhere in [share_lo, share_hi]; `missing` says why not exact."""

    owner: str
    asset: str
    share_lo: Fraction
    share_hi: Fraction
    facts: tuple[str, ...]
    missing: tuple[str, ...] = ()
    in_trust: bool = False


@dataclass(frozen=True, slots=True)
class Stake:
    """What an owner has in a firm during one piece of time, over all chains together.

    The true share lies in [share_lo, share_hi] whatever the unknowns are; the span's dates are definite.
    `direct`: he is an owner of record himself (there may be chains besides). `links`: the largest chain, from owner to
    asset. `chains`: the largest ones, `paths`: how many there are in all. `controls`: a chain of links each over 50 %.
    `trust_management`: whatever he holds at the start of the chains is in trust.
    """

    owner: str
    asset: str
    share_lo: Fraction
    share_hi: Fraction
    span: Span
    via: tuple[str, ...]
    direct: bool
    links: tuple[Link, ...]
    missing: tuple[str, ...] = ()
    controls: Tri = False
    trust_management: bool = False
    chains: tuple[tuple[Link, ...], ...] = ()
    paths: int = 1
