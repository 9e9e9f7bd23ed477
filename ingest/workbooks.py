"""Workbooks (xlsx, xls) as tables of text: merged cells repeated, sheets in order."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    WorksheetNotFound,
    XmlError,
    ZipError,
)

from ingest.cells import cell_text
from ingest.reasons import bad_value
from ingest.tables import TableRow

ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
UNPACKED_MAX = 2 * 1024**3
RATIO_MAX = 400
"""A workbook is unpacked in memory; one that would unpack beyond this, and this many times its size, is a bomb."""

_ERRORS = (CalamineError, PasswordError, XmlError, ZipError, WorksheetNotFound)


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet; `merged` names the ranges of more than one row that were filled."""

    name: str
    rows: Iterator[TableRow]
    merged: tuple[str, ...]


def is_workbook(head: bytes, path: str) -> bool:
    """Whether the file is an xlsx (by the name of its first member) or, with such an ending, an xls or a locked xlsx."""
    if head.startswith(ZIP):
        length = int.from_bytes(head[26:28], "little")
        return head[30 : 30 + length].startswith((b"[Content_Types].xml", b"_rels/", b"xl/", b"docProps/"))
    return head.startswith(OLE) and path.lower().endswith((".xls", ".xlsx", ".xlsm"))


def sheets(content: bytes) -> Iterator[Sheet]:
    """The sheets of a workbook. Raises BadValue (`damaged_file`, `encrypted_file`, `zip_bomb`)."""
    data = io.BytesIO(content)
    _refuse_bomb(data)
    try:
        book = CalamineWorkbook.from_filelike(data)
        for meta in book.sheets_metadata:
            if meta.typ == SheetTypeEnum.WorkSheet:
                yield _sheet(book.get_sheet_by_name(meta.name))
    except PasswordError as error:
        raise bad_value("encrypted_file") from error
    except _ERRORS as error:
        text = str(error)
        raise bad_value("encrypted_file" if "password" in text.lower() else "damaged_file", detail=text) from error


def _sheet(sheet: CalamineSheet) -> Sheet:
    ranges = sheet.merged_cell_ranges or []
    fills: dict[tuple[int, int], tuple[int, int]] = {}
    names = []
    for (top, left), (bottom, right) in ranges:
        if bottom > top and left == right:
            names.append(f"{_column(left)}{top + 1}:{_column(right)}{bottom + 1}")
            fills.update({(row, left): (top, left) for row in range(top + 1, bottom + 1)})
    return Sheet(sheet.name, _rows(sheet, fills), tuple(names))


def _rows(sheet: CalamineSheet, fills: dict[tuple[int, int], tuple[int, int]]) -> Iterator[TableRow]:
    first_row, first_column = sheet.start or (0, 0)
    held: dict[tuple[int, int], str] = {}
    sources = set(fills.values())
    for number, values in enumerate(sheet.iter_rows(), first_row):
        cells = [cell_text(value) for value in values]
        for column, text in enumerate(cells):
            at = (number, column + first_column)
            if at in sources:
                held[at] = text
            elif at in fills and not text:
                cells[column] = held.get(fills[at], "")
        if any(cells):
            yield TableRow(number + 1, tuple(cells))


def _column(number: int) -> str:
    name = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        name = chr(65 + rest) + name
    return name


def _refuse_bomb(data: io.BytesIO) -> None:
    if data.getbuffer()[:4] != ZIP:
        return
    try:
        with zipfile.ZipFile(data) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise bad_value("damaged_file", detail=str(error)) from error
    unpacked = sum(one.file_size for one in members)
    if unpacked > UNPACKED_MAX or unpacked > max(64 * 1024**2, RATIO_MAX * data.getbuffer().nbytes):
        raise bad_value("zip_bomb", detail=f"{unpacked} B")
    data.seek(0)
