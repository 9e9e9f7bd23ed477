"""Makes the forecast of every series of signals and stores it."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from graph.client import Graph
from queries.analysis.forecast import Forecast, forecast
from queries.analysis.series import Series, name_of, read_series

_WRITE = "MERGE (f:Forecast {id: 'last'}) SET f.payload = $payload, f.computed_at = $at"


def refresh_forecast(graph: Graph, today: date, at: datetime, progress: Callable[[int], None] | None = None) -> int:
    """Forecast every series anew; returns how many of them had enough data."""
    rows = []
    for series in read_series(graph, today):
        rows.append(_row(series, forecast(series.counts)))
        if progress:
            progress(1)
    graph.write(_WRITE, payload=json.dumps(rows, ensure_ascii=False), at=at.isoformat())
    return sum(bool(row["points"]) for row in rows)


def _row(series: Series, told: Forecast) -> dict[str, Any]:
    last = series.first + len(series.counts) - 1
    return {
        "unit": series.unit,
        "rule": series.rule,
        "history": [{"quarter": name_of(series.first + n), "signals": count} for n, count in enumerate(series.counts)],
        "points": [
            {"quarter": name_of(last + point.ahead), "expected": point.expected, "low": point.low, "high": point.high}
            for point in told.points
        ],
        "method": told.method,
        "judged": [{"method": one.method, "error": round(one.error, 4)} for one in told.judged],
        "coverage": None if told.coverage is None else round(told.coverage, 3),
    }
