"""The stored forecast, read without the library that made it."""

from __future__ import annotations

import json
from typing import Any

from graph.client import Graph

_READ = "MATCH (f:Forecast {id: 'last'}) RETURN f.payload AS payload, f.computed_at AS at"


def read_forecast(graph: Graph) -> tuple[list[dict[str, Any]], str | None]:
    """The series with their forecasts, and when they were made; None where that never was."""
    rows = graph.read(_READ)
    return (json.loads(rows[0]["payload"]), str(rows[0]["at"])) if rows else ([], None)
