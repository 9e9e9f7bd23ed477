"""Two addresses compared by part: flat, house, street, city; what one of them leaves out is neither for nor against."""

from __future__ import annotations

from enum import IntEnum
from functools import lru_cache

from rapidfuzz.distance import OSA

from screening.places.reading import Address, read_address
from screening.places.words import APART, city_of, root

_LONG = 6
_ANY_KIND = {"пр": frozenset(["пр-кт", "проезд"])}


class AddressLevel(IntEnum):
    """How well two addresses agree; more is better.

    UNKNOWN: as far as both go they agree, but one stops before the house. SAME_CITY: the streets differ, or the city's
    settlements. SAME_STREET: the houses do. OTHER_FLAT: one house, two flats. SAME_HOUSE: a flat is not told on both sides.
    """

    DIFFERENT_CITY = 0
    SAME_CITY = 1
    SAME_STREET = 2
    UNKNOWN = 3
    OTHER_FLAT = 4
    SAME_HOUSE = 5
    SAME_FLAT = 6


def compare_addresses(one: str | Address, two: str | Address) -> AddressLevel:
    """The level of two addresses, as written or as `read_address` gives them."""
    left = read_address(one) if isinstance(one, str) else one
    right = read_address(two) if isinstance(two, str) else two
    return _compared(left, right)


@lru_cache(maxsize=1 << 16)
def _compared(one: Address, two: Address) -> AddressLevel:
    if _different_cities(one, two):
        return AddressLevel.DIFFERENT_CITY
    if bool(one.street) != bool(two.street) or not (one.street or (one.city and two.city)):
        return AddressLevel.UNKNOWN
    if one.part and two.part and not _same_names(tuple(one.part.split()), tuple(two.part.split())):
        return AddressLevel.SAME_CITY
    if one.street and not same_street(one, two):
        return AddressLevel.SAME_CITY
    if not one.house or not two.house:
        return AddressLevel.UNKNOWN
    if one.house != two.house or (one.structure and two.structure and one.structure != two.structure):
        return AddressLevel.SAME_STREET
    if not one.flat or not two.flat:
        return AddressLevel.SAME_HOUSE
    return AddressLevel.SAME_FLAT if one.flat == two.flat else AddressLevel.OTHER_FLAT


def same_street(one: Address, two: Address) -> bool:
    """One street of one city, as far as words can tell: the kinds agree where both are given, and so do the words.

    A given name or its initial may be left out («Мусы Джалиля», «М. Джалиля», «Джалиля»); «Большая», «Новая», «2-я» may not.
    """
    return _same_kind(one.street_kind, two.street_kind) and _same_names(one.street, two.street)


@lru_cache(maxsize=1 << 15)
def _same_names(one: tuple[str, ...], two: tuple[str, ...]) -> bool:
    if one == two:
        return True
    if _telling(one) != _telling(two):
        return False
    left, right = _roots(one), _roots(two)
    if not left or not right or not _same_word(left[-1], right[-1]):
        return bool(left) and set(left) == set(right)
    if len(left) == len(right):
        return all(_same_word(a, b) for a, b in zip(left, right, strict=True))
    return True


def _telling(words: tuple[str, ...]) -> frozenset[str]:
    """Words and ordinals that make another street of it."""
    return frozenset("".join(char for char in word if char.isdigit()) or root(word) for word in words if word in APART or word[0].isdigit())


def _roots(words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(root(word) for word in words if not (word in APART or word[0].isdigit()))


def _same_word(one: str, two: str) -> bool:
    """Equal, an initial of the other, or a slip of one letter in a long word."""
    if one == two or (min(len(one), len(two)) == 1 and one[0] == two[0]):
        return True
    return min(len(one), len(two)) >= _LONG and one[0] == two[0] and OSA.distance(one, two, score_cutoff=1) <= 1


def _same_kind(one: str, two: str) -> bool:
    return one == two or not one or not two or two in _ANY_KIND.get(one, ()) or one in _ANY_KIND.get(two, ())


def _different_cities(one: Address, two: Address) -> bool:
    if one.region and two.region and one.region != two.region:
        return True
    if not one.city or not two.city:
        return False
    if not _same_names(tuple(one.city.split()), tuple(two.city.split())):
        return True
    known = bool(city_of((one.city,))[0] or city_of((two.city,))[0])
    return bool(not known and one.district and two.district and one.district != two.district)
