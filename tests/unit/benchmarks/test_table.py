"""The table of benchmarks: which side of a budget is good, and that rows survive being printed as JSON."""

import pytest

from benchmarks.table import Better, Row, dump, load, number, show


@pytest.mark.parametrize(
    ("row", "kept", "headroom"),
    [
        (Row("rate", 300, "1/s", budget=200), True, 1.5),
        (Row("rate", 100, "1/s", budget=200), False, 0.5),
        (Row("p99", 50, "ms", budget=200, better=Better.LOWER), True, 4),
        (Row("p99", 400, "ms", budget=200, better=Better.LOWER), False, 0.5),
        (Row("on the budget", 200, "ms", budget=200, better=Better.LOWER), True, 1),
        (Row("only reported", 7, "s"), None, None),
    ],
)
def test_a_budget_has_a_good_side(row, kept, headroom):
    assert row.kept is kept
    assert row.headroom == headroom


def test_ratio_is_to_the_reference_of_the_same_run():
    assert Row("ingest", 12_000, "nodes/s", reference=24_000).ratio == 0.5
    assert Row("ingest", 12_000, "nodes/s").ratio is None


def test_rows_survive_json():
    rows = [Row("ingest", 12_000.5, "nodes/s", 0.6, reference=24_000), Row("p99", 3.25, "ms", 200, Better.LOWER, note="на хабе")]
    assert load(dump(rows)) == rows


def test_the_table_names_the_machine_and_every_row():
    shown = show([Row("ingest", 33_000, "nodes/s", budget=20_000), Row("neighbours", 450, "ms", budget=200, better=Better.LOWER)])
    assert "cores" in shown.splitlines()[0]
    assert "33 000 nodes/s" in shown
    assert "BROKEN" in shown
    assert "≤ 200 ms" in shown


@pytest.mark.parametrize(("value", "shown"), [(None, "–"), (1234567.0, "1 234 567"), (12.345, "12.3"), (0.00123, "0.00123")])
def test_numbers_are_short(value, shown):
    assert number(value) == shown
