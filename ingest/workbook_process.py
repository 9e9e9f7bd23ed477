"""A program of its own that prints a workbook as JSON lines: a damaged file may abort it, and takes nobody with it.

Run by ingest/workbooks.py as `python -I workbook_process.py FILE`; so it imports nothing of this project.
Lines: {"sheet": name, "start": [row, column], "merged": [[top, left, bottom, right], …]}, then one list a row, dates as
{"day": ISO}; or one {"error": "encrypted" | "damaged", "detail": text}.
"""

from __future__ import annotations

import contextlib
import json
import sys
from datetime import date, datetime

from python_calamine import (
    CalamineError,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    WorksheetNotFound,
    XmlError,
    ZipError,
)

MEMORY = 4 * 1024**3
SECONDS = 900


def _limit() -> None:
    """A single cell in the last corner of a sheet makes the library ask for 400 GB; a loop may never end."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource  # noqa: PLC0415 - not on every system

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return {"day": value.date().isoformat()}
    if isinstance(value, date):
        return {"day": value.isoformat()}
    return value if isinstance(value, (str, int, float, bool)) else str(value)


def _write(value: object) -> None:
    sys.stdout.write(json.dumps(value, ensure_ascii=True) + "\n")


def main(path: str) -> None:
    """Print the workbook."""
    _limit()
    try:
        book = CalamineWorkbook.from_path(path)
        for meta in book.sheets_metadata:
            if meta.typ == SheetTypeEnum.WorkSheet:
                sheet = book.get_sheet_by_name(meta.name)
                merged = [[*start, *end] for start, end in sheet.merged_cell_ranges or []]
                _write({"sheet": meta.name, "start": sheet.start or [0, 0], "merged": merged})
                for row in sheet.iter_rows():
                    _write([_plain(value) for value in row])
    except PasswordError as error:
        _write({"error": "encrypted", "detail": str(error)})
    except (CalamineError, XmlError, ZipError, WorksheetNotFound, MemoryError) as error:
        _write({"error": "encrypted" if "password" in str(error).lower() else "damaged", "detail": str(error)})


if __name__ == "__main__":
    main(sys.argv[1])
