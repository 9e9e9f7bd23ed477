"""Files of JSON lines as commands read them: a line at a time, a bad one an error in its place."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO

import orjson

from domain.errors import CannotOpen, InputError

LINE_MAX = 16 * 1024 * 1024


@contextmanager
def opened_lines(path: Path) -> Iterator[tuple[BinaryIO, bool]]:
    """The file, or standard input for `-`, and whether its reader waits for each answer."""
    if str(path) == "-":
        yield sys.stdin.buffer, True
        return
    try:
        with path.open("rb") as file:
            yield file, not path.is_file()
    except OSError as error:
        if error.filename is None or str(error.filename) != str(path):
            raise
        why = error.strerror or str(error)
        raise CannotOpen(f"Не открывается {path}: {why}.", f"Cannot open {path}: {why}.") from error


def lines_of(file: BinaryIO) -> Iterator[bytes]:
    """Each line that is not blank; of one that is too long its beginning, which is no JSON."""
    first = True
    while line := file.readline(LINE_MAX):
        rest = line
        while len(rest) == LINE_MAX and not rest.endswith(b"\n"):
            rest = file.readline(LINE_MAX)
        if first:
            line, first = line.removeprefix(b"\xef\xbb\xbf"), False
        if not line.isspace():
            yield line


def loaded(line: bytes) -> Any:
    """The JSON value of a line."""
    if len(line) >= LINE_MAX:
        raise InputError("Строка длиннее 16 МБ.", "The line is longer than 16 MB.")
    try:
        return orjson.loads(line)
    except orjson.JSONDecodeError as error:
        raise InputError(f"Строка — не JSON: {error.msg}.", f"The line is no JSON: {error.msg}.") from None
