"""No driver object leaves the graph."""

from __future__ import annotations

from datetime import UTC, date, datetime

import neo4j
import neo4j.time

from graph.values import plain, plain_row


def test_scalars_lists_and_maps_stay_what_they_are() -> None:
    value = {"a": [1, 2.5, "x", None, True, b"y", {"b": []}]}
    assert plain(value) == value
    assert plain(value) is not value


def test_times_become_python_s_own() -> None:
    assert plain(neo4j.time.Date(2024, 2, 29)) == date(2024, 2, 29)
    assert plain([neo4j.time.DateTime(2024, 2, 29, 1, 2, 3, tzinfo=UTC)]) == [datetime(2024, 2, 29, 1, 2, 3, tzinfo=UTC)]


def test_a_row_keeps_the_order_of_its_columns() -> None:
    assert list(plain_row(neo4j.Record({"z": 1, "a": [2]})).items()) == [("z", 1), ("a", [2])]
