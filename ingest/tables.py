"""Tables as text: csv in the encodings and with the separators that offices use, read row by row."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from domain.records import Place, Reject
from ingest.reasons import reject

BOM = b"\xef\xbb\xbf"
_UTF16 = {b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}
_SEPARATORS = ";,\t|"
_LINE_MAX = 4 * 1024 * 1024
_CELL_MAX = 1024 * 1024


@dataclass(frozen=True, slots=True)
class TableRow:
    """The cells of one row as text; `line` is the line of the file, or the row of the sheet, where it begins."""

    line: int
    cells: tuple[str, ...]


def looks_like_text(head: bytes) -> bool:
    """Whether the first bytes could be a csv file: no zero bytes, no other control characters."""
    if head[:2] in _UTF16:
        return True
    return bool(head.strip()) and not re.search(rb"[\x00-\x08\x0e-\x1f]", head)


def first_cells(head: bytes) -> tuple[str, ...]:
    """The cells of the first row that is not empty, for detection; none where it is no text."""
    if not looks_like_text(head):
        return ()
    text = head.decode(_encoding(head), "replace").lstrip("\ufeff")
    line = next((line for line in text.splitlines() if line.strip()), "")
    try:
        return tuple(cell.strip() for cell in next(csv.reader([line], delimiter=_separator(line)), ()))
    except csv.Error:
        return ()


def csv_rows(file: BinaryIO, path: str, head: bytes = b"") -> Iterator[TableRow | Reject]:
    """The rows of a csv file; UTF-8 (with or without a mark), UTF-16 with one, else windows-1251.

    A line that the encoding cannot hold is a reject (`bad_encoding`), the rest is read. `head`: what was read of it already.
    """
    lines = _Lines(file, path, head)
    first = next(lines, None)
    yield from lines.taken()
    if first is None:
        return
    reader = csv.reader(lines.starting_with(first), delimiter=_separator(first))
    begins = lines.number
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            break
        except csv.Error as error:
            yield reject("bad_row", Place(path, begins), detail=str(error))
            begins = lines.number + 1
            continue
        yield from lines.taken()
        if any(cell and not cell.isspace() for cell in cells):
            yield TableRow(begins, tuple(cells))
        begins = lines.number + 1
    yield from lines.taken()


class _Lines(Iterator[str]):
    """Decoded lines; the first line that is not ASCII decides between UTF-8 and windows-1251."""

    def __init__(self, file: BinaryIO, path: str, head: bytes) -> None:
        self.number = 0
        self._file = file
        self._path = path
        self._left = head if len(head) > len(BOM) else head + file.read(len(BOM) + 1)
        self._encoding = _UTF16.get(self._left[:2], "")
        self._left = self._left[2:] if self._encoding else self._left.removeprefix(BOM)
        self._bad: list[Reject] = []
        self._pushed: list[str] = []

    def __next__(self) -> str:
        if self._pushed:
            return self._pushed.pop()
        while line := self._read():
            self.number += 1
            try:
                return self._decoded(line)
            except UnicodeDecodeError as error:
                raw = line.decode("ascii", "replace").rstrip("\r\n")
                self._bad.append(reject("bad_encoding", Place(self._path, self.number), raw, encoding=error.encoding))
        raise StopIteration

    def starting_with(self, line: str) -> _Lines:
        """The same lines with one put back before them."""
        self._pushed.append(line)
        return self

    def taken(self) -> list[Reject]:
        """The lines refused since the last call."""
        bad, self._bad = self._bad, []
        return bad

    def _read(self) -> bytes:
        line = self._readline()
        if self._encoding:
            newline = "\n".encode(self._encoding) if self._encoding in _UTF16.values() else b""
            while line and newline:
                line += self._file.read(1) if len(line) % 2 else b""
                if line.endswith(newline) or not (more := self._readline()):
                    break
                line += more
        return line

    def _readline(self) -> bytes:
        if not self._left:
            return self._file.readline(_LINE_MAX)
        first, newline, rest = self._left.partition(b"\n")
        self._left = rest
        return first + newline if newline else first + self._file.readline(_LINE_MAX)

    def _decoded(self, line: bytes) -> str:
        if not self._encoding and not line.isascii():
            self._encoding = _encoding(line)
        return line.decode(self._encoding or "ascii").replace("\x00", "")


def _encoding(text: bytes) -> str:
    """UTF-8 where it can be, else windows-1251; a character cut at the very end of what was read says nothing."""
    if text[:2] in _UTF16:
        return "utf-16"
    try:
        text.decode("utf-8")
    except UnicodeDecodeError as error:
        if error.start < len(text) - 3:
            return "cp1251"
    return "utf-8"


def _separator(line: str) -> str:
    """The separator that makes most cells of the first line, outside of quotes."""
    bare = re.sub(r'"[^"]*"', "", line)
    return max(_SEPARATORS, key=lambda sign: (bare.count(sign), -_SEPARATORS.index(sign)))


csv.field_size_limit(_CELL_MAX)
