"""Regions in which somebody works or declares."""

from __future__ import annotations

from screening.compare.sets import LEVELS, set_level

__all__ = ["LEVELS", "region_level"]

region_level = set_level
