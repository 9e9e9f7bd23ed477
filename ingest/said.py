"""A record as projection sees it: its values, and the keys of the records that it names."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from domain.dates import PartialDate, parse_date

Refs = Mapping[str, tuple[str, ...]]
"""Property → keys of the records it names."""


@dataclass(frozen=True, slots=True)
class Said:
    """A record as projection sees it: values and the keys of the records it refers to."""

    key: str
    schema: str
    values: Mapping[str, tuple[str, ...]]
    refs: Refs

    def first(self, name: str) -> str | None:
        """The first value of a property, or None."""
        found = self.values.get(name)
        return found[0] if found else None

    def date(self, name: str) -> PartialDate | None:
        """The first value as a date, or None."""
        text = self.first(name)
        return parse_date(text) if text else None
