"""A feature: what of two records is compared, by which levels, and in which group its evidence hangs together with others'."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

UNKNOWN = 0

Level = int
Shared = Sequence[tuple[str, str]]
Value = Any
"""Whatever a comparison compares: hashable, equal when it says the same, falsy when it says nothing."""


@dataclass(frozen=True, slots=True)
class Feature:
    """`levels` are named from the worst to the best after `unknown`; `chains` say which may not weigh more than which.

    `value` takes it from the facts; `level` compares two values that both say something, the same from either side.
    `shared` gives the values that agree at a level, as (part, value) of the frequency tables: rare ones weigh more.
    `several`: each shared value is evidence of its own (two flats), else they are spellings of one and the commonest counts.
    """

    name: str
    group: str
    levels: tuple[str, ...]
    value: Callable[[Any], Value]
    level: Callable[[Value, Value], Level]
    chains: tuple[tuple[str, ...], ...] = ()
    shared: Callable[[Value, Value, Level], Shared] | None = None
    several: bool = False

    def compare(self, one: Any, two: Any) -> Level:
        """The level of two records' facts."""
        left, right = self.value(one), self.value(two)
        return self.level(left, right) if left and right else UNKNOWN

    def at(self, name: str) -> Level:
        """The number of a level by its name."""
        return self.levels.index(name)

    @property
    def orders(self) -> tuple[tuple[int, ...], ...]:
        """The chains as numbers; without any, all levels in their order."""
        named = self.chains or (self.levels[1:],)
        return tuple(tuple(self.levels.index(name) for name in chain) for chain in named)
