"""Lists screened: over HTTP, at the desk and on the command line; odd tables, formulas, bad rows, and the audit log; on both engines."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import Any

import pytest
import xlsxwriter
from fastapi import FastAPI
from python_calamine import CalamineWorkbook
from starlette.testclient import TestClient

from app.access import keys, users
from app.access.desk import Desk
from app.lists.reading import read_list
from app.lists.served import XLSX
from domain.errors import InputError

from tests.access_setup import ROOT, add_signed_user, client_of

HEADER = ["№", "ФИО сотрудника", "Дата рождения", "ИНН", "Организация", "Примечание"]
ROWS: list[list[Any]] = [
    [1, "Хайруллин Айдар Ринатович", "14.03.1979", 1234567887, "МБОУ «Школа № 999»", "=1+1"],
    [2, "САФИН ТИМУР МАРАТОВИЧ", "02.11.1984", "", "", "@SUM(A1)"],
    [3, "", "", "", "", "строка без имени"],
    [4, "", "", "0012345673", "ООО «Идел-Строй Тест»", ""],
    [5, "Никитин Пётр Петрович", "01.01.1990", "1,66E+09", "", "+79991234567"],
    [6, "Ы" * 5000, "когда-то", "abc", "", "\x01\x02"],
]


def workbook(rows: list[list[Any]], title: str = "") -> bytes:
    made = io.BytesIO()
    book = xlsxwriter.Workbook(made, {"strings_to_formulas": False})
    sheet = book.add_worksheet()
    lines = [*([[title]] if title else []), HEADER, *rows]
    for number, line in enumerate(lines):
        for column, cell in enumerate(line):
            (sheet.write_string if isinstance(cell, str) else sheet.write_number)(number, column, cell)
    book.close()
    return made.getvalue()


@pytest.fixture
def client(app: FastAPI, desk: Desk) -> Iterator[TestClient]:
    add_signed_user(desk, "shop", ["service"])
    key = keys.create_key(desk, users.get_user(desk.graph, "shop"), "shop", ["match"], by=ROOT, purpose="case 7")[1]
    with client_of(app) as client:
        client.headers["Authorization"] = f"Bearer {key}"
        yield client


def send(client: TestClient, content: bytes, name: str = "Список.xlsx", **query: Any) -> Any:
    return client.post("/api/v1/match/list", files={"file": (name, content)}, params=query)


def cells(content: bytes, sheet: int = 0) -> list[list[Any]]:
    return CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(sheet).to_python()


def test_the_same_rows_come_back_with_matches_and_reasons(client: TestClient, desk: Desk) -> None:
    answer = send(client, workbook(ROWS, "Сведения о работниках на 01.11.2026"))
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == XLSX
    header, *rows = cells(answer.content)
    assert header == [*HEADER, "Найдено", "Вероятность", "Уверенность", "Почему", "Ещё похожих", "Номер в графе", "Ссылка", "Замечание"]
    assert [row[1] for row in rows] == [row[1] for row in ROWS]
    khairullin, safin, empty, firm, nobody, odd = rows
    assert (khairullin[6], khairullin[8]) == ("Хайруллин Айдар Ринатович", "точно")
    assert khairullin[7] > 0.95
    assert khairullin[9]
    assert "/entities/" in khairullin[12]
    assert safin[8] == "точно"
    assert empty[6] == ""
    assert "ни имени, ни номера" in empty[13]
    assert firm[6] == "ООО «Идел-Строй Тест»"
    assert nobody[6] == odd[6] == "никого похожего"
    assert (khairullin[5], safin[5], nobody[5]) == ("=1+1", "@SUM(A1)", "+79991234567")
    how = dict(tuple(row[:2]) for row in cells(answer.content, 1)[1:] if row[0])
    assert how["ФИО сотрудника"] == "ФИО"
    assert how["Примечание"] == "не используется"
    lines = [(line.object, line.result) for line in desk.log.page() if line.action == "person.use"]
    assert ("match/list", "allowed") in lines
    assert sum(result == "shown" for _, result in lines) == 2


def test_formulas_stay_text(client: TestClient) -> None:
    content = send(client, workbook(ROWS)).content
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
        assert "<f>" not in sheet
        assert 'quotePrefix="1"' in book.read("xl/styles.xml").decode()


def test_csv_in_office_encodings_and_columns_by_hand(client: TestClient) -> None:
    text = "Кто;Год\nХайруллин Айдар Ринатович;1979\n"
    assert send(client, text.encode("cp1251"), "list.csv").status_code == 422
    for encoding in ("utf-8", "utf-8-sig", "cp1251"):
        answer = send(client, text.encode(encoding), "list.csv", column=["Кто=name", "Год=birthDate"])
        assert answer.status_code == 200, answer.text
        (row,) = cells(answer.content)[1:]
        assert (row[2], row[4]) == ("Хайруллин Айдар Ринатович", "вероятно"), encoding
    assert send(client, text.encode(), "list.csv", column=["Кто=who"]).status_code == 400
    assert send(client, text.encode(), "list.csv", column=["Нет=name"]).status_code == 422
    assert send(client, text.encode(), "list.csv", column=["name"]).status_code == 400


def test_what_is_no_list_is_refused_clearly(client: TestClient, desk: Desk) -> None:
    whole = workbook(ROWS)
    for content in (
        whole[: len(whole) // 2],
        b"",
        b"\x00\x01\x02",
        b"PK\x03\x04broken",
        b"%PDF-1.7",
        "просто текст".encode(),
        b"a;b\n1;2\n",
    ):
        answer = send(client, content)
        assert answer.status_code == 422, content[:10]
        assert answer.json()["detail"]
    many = "ФИО\n" + "Иванов Иван Иванович\n" * 5001
    assert "5000" in send(client, many.encode(), "many.csv").json()["detail"]
    assert client.post("/api/v1/match/list", json={"file": "x"}).status_code == 400
    assert client.post("/api/v1/match/list", files={"other": ("a.csv", b"x")}).status_code == 400
    key = keys.create_key(desk, users.get_user(desk.graph, "shop"), "bare", ["match"], by=ROOT)[1]
    refused = client.post("/api/v1/match/list", files={"file": ("a.csv", many.encode())}, headers={"Authorization": f"Bearer {key}"})
    assert refused.status_code == 428


def test_headers_are_known_however_they_are_written() -> None:
    table = read_list("№ п/п;Ф.И.О.;Д.Р.;СНИЛС;Место работы\n1;а;б;в;г\n".encode(), "a.csv", 10)
    assert table.fields == {1: "name", 2: "birthDate", 3: "socialSecurityNumber", 4: "organization"}
    table = read_list("Фамилия,Имя,Отчество,Должность\nа,б,в,г\n".encode(), "a.csv", 10)
    assert set(table.fields.values()) == {"lastName", "firstName", "fatherName", "role"}
    assert read_list("Наименование\tИНН\tОГРН\nа\t1\t2\n".encode(), "a.csv", 10).fields[0] == "organization"
    with pytest.raises(InputError):
        read_list("что-то;иное\n".encode(), "a.csv", 10)
