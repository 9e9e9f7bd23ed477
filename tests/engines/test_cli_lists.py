"""`sverka screen-list` over a graph: the workbook, the columns, the exit statuses and the audit log; on both engines."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from app.access.audit import AuditLog
from domain.clock import SystemClock
from graph.client import Graph

from tests.engines.test_cli_reading import Cli, cli, graph

__all__ = ["cli", "graph"]

PEOPLE = [
    {"id": "a", "schema": "Person", "properties": {"name": ["Гыймадиев Айрат Шамилевич"], "birthDate": ["1979-03-14"]}},
    {"id": "f", "schema": "Company", "properties": {"name": ["ООО «Идел-Строй Тест»"], "innCode": ["0012345673"]}},
]


@pytest.fixture
def loaded(cli: Cli) -> Cli:
    assert cli("ingest", cli.feed("hr", *PEOPLE)).status == 0
    assert cli("check").status == 0
    return cli


def rows_of(path: Path) -> list[list[Any]]:
    rows: list[list[Any]] = CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()
    return rows


def test_a_list_comes_back_as_a_workbook(loaded: Cli, graph: Graph, tmp_path: Path) -> None:
    table, out = tmp_path / "list.csv", tmp_path / "out.xlsx"
    table.write_bytes("Кто;Д.р.;ИНН\nГыймадиев Айрат Шамилевич;14.03.1979;\n;;0012345673\n;;\nНикитин Пётр;;=1+1\n".encode("cp1251"))
    said = loaded("screen-list", table, "--out", out, "--column", "Кто=name", "--purpose", "case 7", "--json")
    assert said.status == 0, said.err
    body = json.loads(said.out)
    assert body["columns"] == {"Кто": "name", "Д.р.": "birthDate", "ИНН": "innCode"}
    assert (body["rows"], body["grades"]["certain"]) == (3, 2)
    header, *rows = rows_of(out)
    assert header[:5] == ["Кто", "Д.р.", "ИНН", "Найдено", "Вероятность"]
    assert [row[3] for row in rows] == ["Гыймадиев Айрат Шамилевич", "ООО «Идел-Строй Тест»", "никого похожего"]
    read = [line for line in AuditLog(graph, SystemClock()).page() if line.purpose == "case 7"]
    assert len(read) == 1
    assert not list(tmp_path.glob(".*.part"))


def test_what_is_wrong_is_said_and_nothing_is_written(loaded: Cli, tmp_path: Path) -> None:
    table, out = tmp_path / "list.csv", tmp_path / "out.xlsx"
    table.write_text("a;b\n1;2\n", encoding="utf-8")
    for arguments in (
        (table, "--out", out),
        (tmp_path / "none.csv", "--out", out),
        (table, "--out", tmp_path / "out.csv"),
        (table, "--out", out, "--column", "a"),
        (table, "--out", out, "--column", "c=name"),
        (table, "--out", out, "--column", "a=who"),
        (table, "--out", tmp_path / "no" / "out.xlsx", "--column", "a=name"),
    ):
        said = loaded("screen-list", *arguments)
        assert said.status == 2, (arguments, said.err)
        assert said.err
        assert not said.out
    assert not out.exists()
    assert not list(tmp_path.glob(".*.part"))
