"""Workbooks (xlsx, xls) as tables of text: merged cells repeated, sheets in order."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import IO, Any

from ingest.cells import cell_text
from ingest.reasons import bad_value
from ingest.tables import TableRow

ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
UNPACKED_MAX = 2 * 1024**3
RATIO_MAX = 400
"""A workbook is unpacked in memory; one that would unpack beyond this, or this many times its size, is a bomb."""

_PROGRAM = Path(__file__).with_name("workbook_process.py")


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet; `merged` names the ranges of more than one row that were filled."""

    name: str
    rows: list[TableRow]
    merged: tuple[str, ...]


def is_workbook(head: bytes, path: str) -> bool:
    """Whether the file is an xlsx (by the name of its first member) or, with such an ending, an xls or a locked xlsx."""
    if head.startswith(ZIP):
        length = int.from_bytes(head[26:28], "little")
        return head[30 : 30 + length].startswith((b"[Content_Types].xml", b"_rels/", b"xl/", b"docProps/"))
    return head.startswith(OLE) and path.lower().endswith((".xls", ".xlsx", ".xlsm"))


def sheets(content: bytes) -> Iterator[Sheet]:
    """The sheets of a workbook, read by a process of its own, for damaged files abort the library that reads them.

    Raises BadValue (`damaged_file`, `encrypted_file`, `zip_bomb`).
    """
    _refuse_bomb(content)
    with tempfile.NamedTemporaryFile(suffix=".workbook") as file:
        file.write(content)
        file.flush()
        command = [sys.executable, "-I", str(_PROGRAM), file.name]
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, stdin=subprocess.DEVNULL) as process:
            finished = False
            try:
                yield from _sheets(process.stdout or BytesIO())
                finished = True
            finally:
                if not finished:
                    process.kill()
        if process.returncode != 0:
            why = f"({process.returncode})"
            raise bad_value("damaged_file", detail=(f"книга не читается {why}", f"the workbook cannot be read {why}"))


def _sheets(lines: IO[bytes]) -> Iterator[Sheet]:
    """Every whole line; the process that stops in the middle leaves half a line."""
    head: dict[str, Any] | None = None
    values: list[list[Any]] = []
    for line in lines:
        if not line.endswith(b"\n"):
            break
        said = json.loads(line)
        if isinstance(said, list):
            values.append(said)
            continue
        if head is not None:
            yield _sheet(head, values)
        if "error" in said:
            raise bad_value("encrypted_file" if said["error"] == "encrypted" else "damaged_file", detail=said["detail"])
        head, values = said, []
    if head is not None:
        yield _sheet(head, values)


def _sheet(head: dict[str, Any], values: list[list[Any]]) -> Sheet:
    first_row, first_column = head["start"]
    names, fills = [], {}
    for top, left, bottom, right in sorted(head["merged"]):
        if bottom > top and left == right and bottom - top < len(values) + 1:
            names.append(f"{_column(left)}{top + 1}:{_column(right)}{bottom + 1}")
            fills.update({(row, left): (top, left) for row in range(top + 1, bottom + 1)})
    texts: dict[tuple[int, int], str] = {}
    sources = set(fills.values())
    rows = []
    for number, cells in enumerate(values, first_row):
        line = [cell_text(value["day"] if isinstance(value, dict) else value) for value in cells]
        for column, text in enumerate(line):
            at = (number, column + first_column)
            if at in sources:
                texts[at] = text
            elif at in fills and not text:
                line[column] = texts.get(fills[at], "")
        if any(line):
            rows.append(TableRow(number + 1, tuple(line)))
    return Sheet(head["sheet"], rows, tuple(names))


def _column(number: int) -> str:
    name = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        name = chr(65 + rest) + name
    return name


def _refuse_bomb(content: bytes) -> None:
    if not content.startswith(ZIP):
        return
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            unpacked = sum(one.file_size for one in archive.infolist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OverflowError, OSError) as error:
        raise bad_value("damaged_file", detail=str(error)) from error
    if unpacked > UNPACKED_MAX or unpacked > max(64 * 1024**2, RATIO_MAX * len(content)):
        raise bad_value("zip_bomb", detail=f"{unpacked} B")
