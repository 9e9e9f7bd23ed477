"""Birth dates: equal, partial, a slip apart, a generation apart, different."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from domain.dates import PartialDate
from screening.comparison import GENERATION, Births, compare_births

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


def births_many(one: npt.NDArray[np.int64], two: npt.NDArray[np.int64]) -> npt.NDArray[np.int8]:
    """The levels of many single complete dates (YYYYMMDD), as `birth_level` gives them."""
    apart = np.zeros(len(one), dtype=np.int8)
    in_year = np.zeros(len(one), dtype=bool)
    left, right = one.copy(), two.copy()
    for digit in range(8):
        differs = left % 10 != right % 10
        apart += differs
        if digit >= 4:
            in_year |= differs
        left //= 10
        right //= 10
    near = np.abs(one // 10000 - two // 10000) < GENERATION
    slip = np.where(in_year, np.where(near, _AT["slip_in_year"], _AT["generation"]), _AT["slip"])
    day, month, other_day, other_month = one % 100, one // 100 % 100, two % 100, two // 100 % 100
    swapped = (one // 10000 == two // 10000) & (day == other_month) & (month == other_day)
    found = np.where(apart == 1, slip, np.where(swapped, _AT["slip"], _AT["different"]))
    return np.where(apart == 0, _AT["equal"], found).astype(np.int8)


_AT = {name: LEVELS.index(name) for name in LEVELS}
