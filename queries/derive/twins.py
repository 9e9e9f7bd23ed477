"""People who may be one, until someone finds out."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Twin:
    """A person who may be the same (S6): weak, until someone finds out. `apart`: all that is known of the two tells them apart."""

    person: str
    test: str
    probability: float
    apart: bool = False
