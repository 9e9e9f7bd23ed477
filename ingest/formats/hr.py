"""Personnel tables: employees, their relatives, who is above whom; xlsx, xls or csv (docs/formats/hr.md)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from importlib.resources import files
from pathlib import PurePath
from typing import Any, BinaryIO

from domain.errors import BadValue
from domain.records import Place, Reject, Row, SourceKind
from domain.yaml_text import load_yaml
from ingest.formats import Columns
from ingest.layout import HeaderMap, Table, field_rows, folded, read_mapping, tables, with_columns
from ingest.personnel import Personnel, Words
from ingest.reasons import note, reject, reject_value
from ingest.tables import TableRow, csv_rows, first_cells
from ingest.workbooks import OLE, ZIP, is_workbook, sheets

NAME = "hr"
KIND = SourceKind.HR

_SEVERAL = 3
"""Headers that must be known before a csv with a foreign name is taken for a personnel table."""


def detect(head: bytes, path: str) -> bool:
    """A workbook; or a csv whose first row is the header of one of the tables."""
    if is_workbook(head, path):
        return True
    cells = first_cells(head)
    table = _kind_of(PurePath(path).stem, cells, _tables())
    return table is not None and (folded(PurePath(path).stem) in table.titles or len(table.recognize(cells)) >= _SEVERAL)


def records(file: BinaryIO, path: str, mapping: Columns | None = None) -> Iterator[Row]:
    """Persons, their employers and Employments; relatives and Families; Subordinations.

    Of a workbook the employees are read first, whatever the order of its sheets, so that the other sheets may name them by
    ФИО. A csv file is one table, told by its name (`employees.csv`) or its header.
    """
    header_map = read_mapping(mapping, _tables())
    known = {name: with_columns(table, header_map.columns.get(name, {})) for name, table in _tables().items()}
    personnel = Personnel(_words(header_map))
    head = file.read(len(OLE))
    if head.startswith((ZIP, OLE)):
        try:
            found, ignored = _choose(head + file.read(), path, known, header_map)
        except BadValue as error:
            yield reject_value(error, Place(path, 1))
            return
        yield from ignored
        if not found:
            yield reject("nothing_found", Place(path, 1), format=NAME)
    else:
        table, rows = _csv_table(csv_rows(file, path, head), path, known, header_map)
        if table is None:
            yield from (row for row in rows if isinstance(row, Reject))
            yield reject("nothing_found", Place(path, 1), format=NAME)
        found = [(table, rows, "")] if table else []
    for table, rows, title in found:
        yield from personnel.read(table.name, field_rows(rows, table, path, header_map, title))


Found = list[tuple[Table, Iterable[TableRow | Reject], str]]


def _choose(content: bytes, path: str, known: Mapping[str, Table], header_map: HeaderMap) -> tuple[Found, list[Row]]:
    """The sheets that are tables of ours, employees first; what is said of the others."""
    found: dict[str, Found] = {name: [] for name in known}
    said: list[Row] = []
    for sheet in sheets(content):
        rows = sheet.rows
        name = header_map.sheets.get(folded(sheet.name))
        table = known[name] if name else _by_rows(sheet.name, rows, known)
        if table is not None:
            found[table.name].append((table, rows, sheet.name))
            said += [note("merged_cells", Place(path, 1), range=f"{sheet.name}!{one}") for one in sheet.merged]
        elif rows:
            said.append(note("unknown_sheet", Place(path, 1), name=sheet.name))
    return [one for name in known for one in found[name]], said


def _by_rows(title: str, rows: list[TableRow], known: Mapping[str, Table]) -> Table | None:
    """The table by the sheet's title; else by the first row that can be the header of one."""
    named = next((table for table in known.values() if folded(title) in table.titles), None)
    return named or next((table for row in rows[:25] if (table := _kind_of("", row.cells, known)) is not None), None)


def _csv_table(
    rows: Iterator[TableRow | Reject], path: str, known: Mapping[str, Table], header_map: HeaderMap
) -> tuple[Table | None, Iterable[TableRow | Reject]]:
    stem = PurePath(path).stem
    name = header_map.sheets.get(folded(stem))
    before: list[TableRow | Reject] = []
    table = known[name] if name else next((one for one in known.values() if folded(stem) in one.titles), None)
    while table is None and len(before) < 25 and (row := next(rows, None)) is not None:
        before.append(row)
        if isinstance(row, TableRow):
            table = _kind_of(stem, row.cells, known)
    return table, _chained(before, rows)


def _chained(before: list[TableRow | Reject], rows: Iterator[TableRow | Reject]) -> Iterator[TableRow | Reject]:
    yield from before
    yield from rows


def _kind_of(title: str, cells: Iterable[str], known: Mapping[str, Table]) -> Table | None:
    """The table whose header this row is: by title where it is one, else the one that knows most of the columns."""
    listed = tuple(cells)
    counts = {name: len(table.recognize(listed)) + 100 * (folded(title) in table.titles) for name, table in known.items()}
    best = max(counts, key=lambda name: (bool(known[name].recognize(listed)), counts[name]))
    return known[best] if known[best].recognize(listed) else None


@cache
def _description() -> dict[str, Any]:
    loaded: dict[str, Any] = load_yaml((files("ingest.formats") / "hr.yaml").read_text(encoding="utf-8"))
    return loaded


@cache
def _tables() -> dict[str, Table]:
    return tables(_description()["tables"])


def _words(header_map: HeaderMap) -> Words:
    """The offices' words for the feed's, with those of the mapping file before them."""
    known: dict[str, dict[str, str]] = {}
    for section, words in _description()["words"].items():
        flat = {folded(str(word)): word_of for word_of, listed in words.items() for word in _flat(listed)}
        known[section] = flat | dict(header_map.words.get(section, {}))
    titles = {folded(str(title)): post for post, listed in _description()["titles"].items() for title in listed}
    return Words(known, titles)


def _flat(words: Iterable[Any]) -> Iterator[Any]:
    for word in words:
        if isinstance(word, list):
            yield from word
        else:
            yield word
