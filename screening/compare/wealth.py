"""Declared incomes, areas of real estate and vehicles, over the years."""

from __future__ import annotations

from collections.abc import Sequence
from math import log

from rapidfuzz import fuzz

INCOMES = ("unknown", "contradicts", "far", "apart", "near", "equal")
ESTATES = ("unknown", "different", "some", "all")
VEHICLES = ("unknown", "different", "make", "some", "all")

Incomes = tuple[tuple[int, int], ...]

_SAME = 0.005
_SLOW, _FAST = -0.12, 0.30
"""Plausible yearly growth of an income, as ln; a third more or an eighth less a year."""
_WILD = 1.0
_MODEL = 88


def income_level(one: Incomes, two: Incomes) -> int:
    """Incomes of one year must be one number; of near years they grow as incomes do."""
    years = dict(one).keys() & dict(two).keys()
    left, right = dict(one), dict(two)
    same_year = [year for year in years if year]
    if same_year:
        agree = sum(_same(left[year], right[year]) for year in same_year)
        return 5 if agree * 2 > len(same_year) else 1
    if any(_same(a, b) for a in left.values() for b in right.values()):
        return 5
    return max(_growth(*a, *b) for a in one for b in two)


def estate_level(one: frozenset[int], two: frozenset[int]) -> int:
    """Areas in tenths of a square metre."""
    return 1 if one.isdisjoint(two) else 3 if one <= two or two <= one else 2


def shared_areas(one: frozenset[int], two: frozenset[int], level: int) -> Sequence[tuple[str, str]]:
    """The areas both have."""
    return tuple(("area", str(area)) for area in sorted(one & two)) if level > 1 else ()


def vehicle_level(one: frozenset[str], two: frozenset[str]) -> int:
    """Makes and models; a model may be spelled a little otherwise."""
    left = {car for car in one if _in(car, two)}
    right = {car for car in two if _in(car, one)}
    if left:
        return 4 if left == one or right == two else 3
    return 2 if not {car.split()[0] for car in one}.isdisjoint(car.split()[0] for car in two) else 1


def shared_vehicles(one: frozenset[str], two: frozenset[str], level: int) -> Sequence[tuple[str, str]]:
    """The vehicles both have."""
    return tuple(("vehicle", car) for car in sorted(one) if _in(car, two)) if level > 2 else ()


def _same(one: int, two: int) -> bool:
    return abs(one - two) <= _SAME * max(one, two)


def _growth(year: int, amount: int, other_year: int, other: int) -> int:
    if not amount or not other:
        return 0
    if other_year < year:
        year, amount, other_year, other = other_year, other, year, amount
    gap = other_year - year if year and other_year else 2
    ratio = log(other / amount)
    if not (year and other_year):
        return 4 if abs(ratio) <= _FAST else 3 if abs(ratio) <= _WILD else 2
    if _SLOW * gap - 0.05 <= ratio <= _FAST * gap + 0.05:
        return 4
    return 3 if abs(ratio) <= _WILD else 2


def _in(car: str, cars: frozenset[str]) -> bool:
    if car in cars:
        return True
    make, _, model = car.partition(" ")
    if not model:
        return False
    rest = [other.partition(" ")[2] for other in cars if other.partition(" ")[0] == make]
    return any(_models(model, other) for other in rest if other)


def _models(one: str, two: str) -> bool:
    """A model with and without its version; numbers must not differ (Веста, Веста кросс; but X5, X6)."""
    if [char for char in one if char.isdigit()] != [char for char in two if char.isdigit()]:
        return False
    if min(len(one), len(two)) >= 4 and (one.startswith(two) or two.startswith(one)):
        return True
    return fuzz.ratio(one, two) >= _MODEL and min(len(one), len(two)) >= 4
