"""Addresses: one flat, one house, one street, one city."""

from __future__ import annotations

from collections.abc import Sequence

from screening.places.compare import AddressLevel, compare_addresses
from screening.places.reading import Address

LEVELS = ("unknown", "different_city", "same_city", "same_street", "other_flat", "same_house", "same_flat")

_LEVELS = {level: 0 if level is AddressLevel.UNKNOWN else LEVELS.index(level.name.lower()) for level in AddressLevel}


def address_level(one: Sequence[Address], two: Sequence[Address]) -> int:
    """The best agreement of any two addresses; an address that says too little is unknown."""
    levels = [_LEVELS[compare_addresses(left, right)] for left in one for right in two]
    return max(levels, default=0)
