"""Rows of plain values: no driver object leaves `graph`."""

from __future__ import annotations

from typing import Any

from graph.driver import neo4j

Row = dict[str, Any]

_SCALARS = frozenset({str, int, float, bool, type(None), bytes})


def plain_row(record: neo4j.Record) -> Row:
    """A record as a dict of plain values."""
    return {key: value if type(value) in _SCALARS else plain(value) for key, value in zip(record.keys(), record.values(), strict=True)}


def plain(value: Any) -> Any:
    """Lists and maps are copied, nodes and relationships become the map of their properties, times become Python's own."""
    kind = type(value)
    if kind in _SCALARS:
        return value
    if kind is list:
        return [item if type(item) in _SCALARS else plain(item) for item in value]
    if kind is dict:
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, neo4j.graph.Entity):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, neo4j.graph.Path):
        return [plain(step) for step in value.nodes]
    if isinstance(value, neo4j.time.DateTime | neo4j.time.Date | neo4j.time.Time):
        return value.to_native()
    return value
