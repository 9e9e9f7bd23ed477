"""Birth dates: equal, partial, a slip apart, a generation apart, different."""

from __future__ import annotations

from domain.dates import PartialDate
from screening.comparison import Births, compare_births

LEVELS = ("unknown", "different", "generation", "slip_in_year", "slip", "year", "equal")

_LEVELS = {
    Births.DIFFER: 1,
    Births.GENERATION: 2,
    Births.SLIP_IN_YEAR: 3,
    Births.SLIP: 4,
    Births.UNKNOWN: 0,
    Births.COMPATIBLE: 5,
    Births.EQUAL: 6,
}


def birth_level(one: tuple[PartialDate, ...], two: tuple[PartialDate, ...]) -> int:
    """The best agreement of any two of the dates given."""
    return _LEVELS[compare_births(one, two)]
