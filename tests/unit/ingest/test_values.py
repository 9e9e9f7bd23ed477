"""Shares, amounts, dates in cells, encodings of tables."""

import io
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.dates import iso_of
from domain.errors import BadValue, UsageError
from domain.records import Place, Reject
from ingest.cells import cell_text, date_text, integer_text
from ingest.formats import detect
from ingest.layout import read_mapping, tables
from ingest.parties import Party, party_records, schema_of
from ingest.tables import TableRow, csv_rows, first_cells
from ingest.values import amount_text, extract_of, parse_share


@pytest.mark.parametrize(
    ("text", "share"),
    [("60", "3/5"), ("60 %", "3/5"), ("60,5%", "121/200"), ("3/5", "3/5"), ("0,6", "6/1000"), ("100", "1"), ("0", "0"), ("10.00", "1/10")],
)
def test_share(text, share):
    assert parse_share(text) == Fraction(share)


@pytest.mark.parametrize("text", ["", "140 %", "100.01", "7/5", "1/0", "-5", "половина", "1e1", "60 % 5", "٦٠ x"])
def test_no_share(text):
    with pytest.raises(BadValue) as error:
        parse_share(text)
    assert error.value.code == "bad_share"


@given(st.integers(0, 50), st.integers(1, 50))
def test_any_fraction_up_to_one_is_a_share(part, whole):
    if part <= whole:
        assert parse_share(f"{part}/{whole}") == Fraction(part, whole)


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("598 000,00", "598000.00"),
        ("598000", "598000"),
        ("1,234.50", "1234.50"),
        ("1.234,50", "1234.50"),
        ("1 234 567,8 руб.", "1234567.8"),
        ("1\u00a0000 ₽", "1000"),
        ("1,000,000", "1000000"),
    ],
)
def test_amount(text, plain):
    assert amount_text(text) == plain


@pytest.mark.parametrize("text", ["", "-5", "abc", "1e5", "1.2.3", "NaN", "Infinity"])
def test_no_amount(text):
    with pytest.raises(BadValue) as error:
        amount_text(text)
    assert error.value.code == "bad_amount"


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("14.03.1979", "1979-03-14"),
        ("1.2.2020", "2020-02-01"),
        ("14 марта 1979 г.", "1979-03-14"),
        ("«14» марта 1979 года", "1979-03-14"),
        ("март 1979", "1979-03"),
        ("03.1979", "1979-03"),
        ("1979 г.", "1979"),
        ("28928", "1979-03-14"),
        ("1", "1"),
        ("43344", "2018-09-01"),
        ("н.в.", ""),
        ("по настоящее время", ""),
        ("-", ""),
        ("14.03.79", "14.03.79"),
        ("31 февраля 1979", "1979-02-31"),
        ("когда-то", "когда-то"),
        ("2020-01-01", "2020-01-01"),
    ],
)
def test_date_in_a_cell(text, iso):
    assert date_text(text) == iso


@given(st.dates())
def test_every_day_survives_the_russian_form(day):
    if day.year >= 1000:
        assert date_text(f"{day:%d.%m.}{day.year}") == iso_of(day.year * 10000 + day.month * 100 + day.day)


@pytest.mark.parametrize(
    ("value", "text"),
    [(17.0, "17"), (0.5, "0.5"), (4.0702810062e19, "4.07028100620000e+19"), (True, "да"), (None, ""), ("#Н/Д", ""), ("  а\n б ", "а б")],
)
def test_cell(value, text):
    assert cell_text(value) == text


def test_integer_text():
    assert integer_text("17,0") == "17"
    assert integer_text("17,5") == "17,5"


# ---- csv


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1251", "utf-16", "utf-16-le-mark"])
@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_csv(encoding, separator, newline):
    text = newline.join([separator.join(["ФИО", "Дата"]), separator.join(['"Иванов\nИван"', "1"]), "", separator.join(["Ёлкин", "2"])])
    content = b"\xff\xfe" + text.encode("utf-16-le") if encoding == "utf-16-le-mark" else text.encode(encoding)
    rows = list(csv_rows(io.BytesIO(content), "p"))
    assert rows == [TableRow(1, ("ФИО", "Дата")), TableRow(2, ("Иванов\nИван", "1")), TableRow(5, ("Ёлкин", "2"))]


def test_a_line_that_the_encoding_cannot_hold_is_refused_alone():
    content = "ФИО;Дата\nИванов;1\n".encode() + b"\xff\xfe\xfd;2\n" + "Петров;3\n".encode()
    rows = list(csv_rows(io.BytesIO(content), "p"))
    assert [row.cells[0] for row in rows if isinstance(row, TableRow)] == ["ФИО", "Иванов", "Петров"]
    (bad,) = [row for row in rows if isinstance(row, Reject)]
    assert (bad.reason, bad.place.line) == ("bad_encoding", 3)


def test_first_cells_are_none_of_binary():
    assert first_cells(b"\x00\x01\x02") == ()
    assert first_cells(b"a;b\n1;2") == ("a", "b")


# ---- mapping, parties, extracts


KNOWN = tables({"employees": {"titles": [], "needed": ["name"], "columns": {"name": ["ФИО"], "startDate": []}}})


WRONG: list[dict[str, Any]] = [
    {"колонки": {}},
    {"columns": {"нет": {}}},
    {"columns": {"employees": {"Кто": "нет"}}},
    {"sheets": {"Лист": "нет"}},
    {"header_row": "x"},
]


def test_mapping_is_checked():
    made = read_mapping({"columns": {"employees": {"Кто": "name"}}, "header_row": 2, "sheets": {"Лист 1": "employees"}}, KNOWN)
    assert made.header_row == 2
    for wrong in WRONG:
        with pytest.raises(UsageError):
            read_mapping(wrong, KNOWN)


@pytest.mark.parametrize(
    ("name", "schema"),
    [
        ("ООО «Школа вождения»", "Company"),
        ("МБОУ «Школа № 999»", "PublicBody"),
        ("МБДОУ «Детский сад № 1»", "PublicBody"),
        ("Исполнительный комитет города", "PublicBody"),
        ("АО «Администрация рынков»", "Company"),
        ("Ромашка", "Company"),
    ],
)
def test_bodies_and_firms(name, schema):
    assert schema_of(name) == schema


def test_parties():
    def made(party):
        return [record.schema for record in party_records(party, Place("p", 1))]

    assert made(Party("ИП Иванов Иван", "001234567887")) == ["Company", "Person", "Ownership"]
    assert made(Party("Иванов Иван Иванович", "001234567887")) == ["Person"]
    assert made(Party("ООО «Тест»", "0012345673")) == ["Company"]
    assert made(Party(None, None)) == []
    assert Party("ООО  «Тест»", None).id == Party("ооо тест", None).id


def test_extract_needs_a_day():
    assert extract_of("1", "2025-02-31") is None
    assert extract_of("1", None) is None
    made = extract_of("1", "2025-02-28", ["2025-02-01", "нет"])
    assert made is not None
    assert made.changes == ("2025-02-01",)


def test_detection_wants_more_than_a_name_in_passing():
    assert detect(b"# VO_RUGFO and VO_RIGFO are formats", "README.md") is None
    assert detect(b'{"ocid": "x", "id": "1"}\n', "a.jsonl") is None
    found = detect('{"id": "1", "schema": "Person", "properties": {"name": ["Иванов"]}}\n'.encode("cp1251"), "a.jsonl")
    assert found is not None
    assert found.name == "feed"
