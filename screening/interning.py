"""Distinct values as small numbers, so that equal values are compared by number and each distinct pair once."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

Codes = npt.NDArray[np.int64]


@dataclass(slots=True)
class Column:
    """Distinct values of one kind by code; code 0 says nothing."""

    values: list[Any] = field(default_factory=lambda: [None])
    codes: dict[Hashable, int] = field(default_factory=dict)

    def code(self, value: Any) -> int:
        """The code of a value, a new one where it is new."""
        if not value:
            return 0
        found = self.codes.get(value)
        if found is None:
            found = self.codes[value] = len(self.values)
            self.values.append(value)
        return found

    def all(self, values: Iterable[Any]) -> Codes:
        """The codes of many."""
        return np.fromiter(map(self.code, values), dtype=np.int64)


def distinct(one: Codes, two: Codes, width: int) -> tuple[Codes, Codes, Codes]:
    """The distinct pairs, smaller code first, and which of them stands at each place; `width` is greater than every code."""
    low, high = np.minimum(one, two), np.maximum(one, two)
    if width * width <= 4 * len(one):  # few codes: a table of flags is quicker than sorting
        seen = np.zeros(width * width, dtype=bool)
        keys = low * width + high
        seen[keys] = True
        found = np.flatnonzero(seen)
        place = np.zeros(width * width, dtype=np.int64)
        place[found] = np.arange(len(found))
        return found // width, found % width, place[keys]
    keys, back = np.unique(low * width + high, return_inverse=True)
    return keys // width, keys % width, back
