"""Addresses: one flat, one house, one street, one city."""

from __future__ import annotations

from screening.compare.sets import LEVELS, set_level

__all__ = ["LEVELS", "address_level"]

address_level = set_level
