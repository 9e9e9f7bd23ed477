"""What offices and spreadsheets do to personnel tables."""

import io
from datetime import date

import pytest
import xlsxwriter

from domain.errors import UsageError

from tests.formats.rows import read, reasons, records

STAFF = ["Табельный номер", "ФИО", "Дата рождения", "Организация", "Должность", "Дата приёма"]


def xlsx(path, sheets, **choices):
    book = xlsxwriter.Workbook(str(path), choices)
    for title, rows in sheets.items():
        sheet = book.add_worksheet(title)
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    book.close()
    return path


def csv(path, *lines, encoding="utf-8"):
    path.write_bytes("\n".join(lines).encode(encoding))
    return path


def test_a_date_system_of_1904_is_the_workbooks_own(tmp_path):
    path = tmp_path / "mac.xlsx"
    book = xlsxwriter.Workbook(str(path), {"date_1904": True, "default_date_format": "dd.mm.yyyy"})
    sheet = book.add_worksheet("employees")
    sheet.write_row(0, 0, ["ФИО", "Дата рождения"])
    sheet.write(1, 0, "Иванов Иван")
    sheet.write_datetime(1, 1, date(1979, 3, 14))
    book.close()
    assert records(read(path)[1], "Person")[0].first("birthDate") == "1979-03-14"


def test_employees_are_named_by_name_in_other_sheets(tmp_path):
    sheets = {
        "Родственники": [["ФИО сотрудника", "Степень родства", "ФИО родственника"], ["Иванов Иван", "брат", "Иванов Пётр"]],
        "Сотрудники": [["Табельный номер", "ФИО"], ["7", "ИВАНОВ ИВАН"], ["8", "Сидоров Пётр"]],
    }
    _, rows = read(xlsx(tmp_path / "book.xlsx", sheets))
    assert records(rows, "Family")[0].first("person") == "person-7"
    sheets["Сотрудники"].append(["9", "Иванов Иван"])
    _, rows = read(xlsx(tmp_path / "book.xlsx", sheets))
    assert reasons(rows) == ["ambiguous_name"]


def test_one_number_of_two_people(tmp_path):
    lines = ("Табельный номер;ФИО;Дата рождения", "7;Иванов Иван;01.01.1980", "07;Иванов И.;01.01.1980", "7;Петров Пётр;02.02.1990")
    _, rows = read(csv(tmp_path / "employees.csv", *lines))
    assert reasons(rows) == ["ambiguous_number"]
    assert {record.id for record in records(rows, "Person")} == {"person-7"}


def test_without_numbers_people_are_told_by_name_and_birth_date(tmp_path):
    lines = ("Фамилия,Имя,Отчество,Дата рождения", "Иванов,Иван,Иванович,01.01.1980", "Иванов,Иван,Иванович,02.02.1990")
    _, rows = read(csv(tmp_path / "сотрудники.csv", *lines, encoding="cp1251"))
    name = "person-иванов.иван.иванович"
    assert [record.id for record in records(rows, "Person")] == [f"{name}-1980-01-01", f"{name}-1990-02-02"]
    header = "ФИО сотрудника;Дата рождения сотрудника;Степень родства;ФИО родственника"
    _, rows = read(csv(tmp_path / "relatives.csv", header, "Иванов Иван Иванович;01.01.1980;жена;Иванова Анна"))
    assert records(rows, "Family")[0].first("person") == f"{name}-1980-01-01"


def test_subordination_of_bodies(tmp_path):
    header = "Вышестоящая организация;ИНН вышестоящей организации;Подведомственная организация;Вид подчинения"
    _, rows = read(csv(tmp_path / "subordination.csv", header, "Управление культуры;0000000040;МБУ «Дворец»;контроль"))
    (line,) = records(rows, "Subordination")
    assert (line.first("superior"), line.first("subordinate"), line.first("kind")) == ("org-0000000040", "org-мбу.дворец", "controls")


def test_mapping(tmp_path):
    table = [["Отчёт"], ["Работник (полностью)", "Начало работы", "Статус"], ["Иванов Иван", "2020", "МС"]]
    path = xlsx(tmp_path / "book.xlsx", {"Лист1": table})
    name, rows = read(path)
    assert name == "hr"
    assert reasons(rows) == ["nothing_found"]
    mapping = {
        "sheets": {"Лист1": "employees"},
        "columns": {"employees": {"Работник (полностью)": "name", "Начало работы": "startDate"}},
        "constants": {"employees": {"employerName": "МБУ «Дворец»", "employerInn": "0000000032"}},
        "words": {"service": {"МС": "municipal_servant"}},
    }
    _, rows = read(path, mapping=mapping)
    assert reasons(rows) == []
    (job,) = records(rows, "Employment")
    assert {name: values[0] for name, values in job.properties.items()} == {
        "employee": "person-иванов.иван",
        "employer": "org-0000000032",
        "service": "municipal_servant",
        "startDate": "2020",
    }
    with pytest.raises(UsageError):
        read(path, mapping={"columns": {"employees": {"x": "нет такого поля"}}})


def test_a_cell_in_the_last_corner_stops_nobody(tmp_path):
    path = xlsx(tmp_path / "book.xlsx", {"employees": [["ФИО"], ["Иванов Иван"]]})
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet("employees")
    sheet.write(0, 0, "ФИО")
    sheet.write(1_048_575, 16_383, "x")
    book.close()
    assert reasons(read(path)[1]) == ["damaged_file"]


def test_other_tables_are_not_taken_for_ours(tmp_path):
    assert read(csv(tmp_path / "a.csv", "region;ID", "Татарстан;16"))[0] == ""
    assert read(csv(tmp_path / "a.csv", "Фамилия;Рост", "Иванов;180"))[0] == ""
    content = io.BytesIO(b"name;x\n1;2\n")
    (tmp_path / "b.csv").write_bytes(content.getvalue())
    assert read(tmp_path / "b.csv")[0] == ""
