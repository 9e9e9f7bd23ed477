"""Writing the answer to a list: its own columns as they were, what was found beside them, and a sheet that says how it was read."""

from __future__ import annotations

from collections.abc import Iterable
from typing import IO, Any

import xlsxwriter

from app.lists.answers import Answer, remark
from app.lists.reading import ListTable, words
from screening.verdicts import Language

ADDED = ("match", "probability", "grade", "why", "others", "id", "link", "remark")
WIDTHS = {"match": 34, "why": 48, "link": 40, "remark": 30, "grade": 22, "id": 18}
LONGEST = 32_000
"""Signs of a cell; a workbook takes 32,767."""
MOST_LINKS = 60_000
"""A sheet takes 65,530 links; the rest are written as text."""
_DANGEROUS = ("=", "+", "-", "@", "\t", "\r")


class ListWorkbook:
    """An xlsx file, written row by row: `add` batches, then `close`. Cells are text or numbers, never formulas."""

    def __init__(self, target: IO[bytes], table: ListTable, language: Language, site: str) -> None:
        options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
        self._book = xlsxwriter.Workbook(target, options)
        self._table = table
        self._language = language
        self._site = site.rstrip("/")
        self._plain = self._book.add_format({"text_wrap": True, "valign": "top"})
        self._quoted = self._book.add_format({"text_wrap": True, "valign": "top", "quote_prefix": True})
        self._percent = self._book.add_format({"num_format": "0.0%", "valign": "top"})
        self._number = self._book.add_format({"valign": "top"})
        self._head = self._book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1, "bg_color": "#EFEDE8"})
        self._link = self._book.add_format({"font_color": "#0B5D66", "underline": 1, "valign": "top"})
        self._sheet = self._book.add_worksheet(self._say("sheets", "result"))
        self._next = 1
        self._links = 0
        self._start()

    def add(self, some: Iterable[Answer]) -> None:
        """The next rows."""
        width = len(self._table.headers)
        for answer in some:
            for column in range(width):
                self._text(self._next, column, answer.row.cells[column] if column < len(answer.row.cells) else "")
            for column, name in enumerate(ADDED, width):
                self._added(self._next, column, name, answer)
            self._next += 1

    def close(self) -> None:
        """Write what remains, and the sheet that says how the list was read."""
        self._sheet.autofilter(0, 0, max(self._next - 1, 1), len(self._table.headers) + len(ADDED) - 1)
        sheet = self._book.add_worksheet(self._say("sheets", "read"))
        sheet.set_column(0, 1, 36)
        sheet.write_string(0, 0, self._say("sheets", "column"), self._head)
        sheet.write_string(0, 1, self._say("sheets", "field"), self._head)
        for number, header in enumerate(self._table.headers):
            field = self._table.fields.get(number)
            sheet.write_string(number + 1, 0, header, self._format(header))
            sheet.write_string(number + 1, 1, self._say("fields", field) if field else self._say("sheets", "unread"))
        for number, bad in enumerate(self._table.bad, len(self._table.headers) + 2):
            said = bad.message_en if self._language == "en" else bad.message_ru
            sheet.write_string(number, 0, str(bad.place.line))
            sheet.write_string(number, 1, said[:LONGEST])
        self._book.close()

    def _start(self) -> None:
        width = len(self._table.headers)
        self._sheet.freeze_panes(1, 0)
        self._sheet.set_column(0, max(width - 1, 0), 22)
        for column, name in enumerate(ADDED, width):
            self._sheet.set_column(column, column, WIDTHS.get(name, 13))
        for column, header in enumerate(self._table.headers):
            self._sheet.write_string(0, column, header[:LONGEST], self._head)
        for column, name in enumerate(ADDED, width):
            self._sheet.write_string(0, column, self._say("added", name), self._head)

    def _added(self, row: int, column: int, name: str, answer: Answer) -> None:
        hit = answer.best
        if name == "remark":
            self._text(row, column, remark(answer, self._language))
        elif hit is None:
            self._text(row, column, words()["nobody"][self._language] if name == "match" and answer.wrong is None else "")
        elif name == "match":
            self._text(row, column, hit.caption)
        elif name == "probability":
            self._sheet.write_number(row, column, hit.verdict.probability, self._percent)
        elif name == "grade":
            self._text(row, column, grade_words(str(hit.verdict.grade), self._language))
        elif name == "why":
            self._text(row, column, hit.verdict.explain(self._language))
        elif name == "others":
            self._sheet.write_number(row, column, len(answer.hits) - 1, self._number)
        elif name == "id":
            self._text(row, column, hit.ids[0] if hit.ids else hit.node)
        else:
            self._address(row, column, f"{self._site}/entities/{hit.ids[0] if hit.ids else hit.node}" if self._site else "")

    def _address(self, row: int, column: int, address: str) -> None:
        if address and self._links < MOST_LINKS:
            self._links += 1
            self._sheet.write_url(row, column, address, self._link)
        else:
            self._text(row, column, address)

    def _text(self, row: int, column: int, text: str) -> None:
        self._sheet.write_string(row, column, text[:LONGEST], self._format(text))

    def _format(self, text: str) -> Any:
        """Text that another program might take for a formula keeps its quote when the sheet is saved as something else."""
        return self._quoted if text.startswith(_DANGEROUS) else self._plain

    def _say(self, group: str, name: str) -> str:
        return str(words()[group][name][self._language])


def grade_words(grade: str, language: Language) -> str:
    """A grade as the list says it."""
    known = words()["grades"]
    return str(known[grade][language]) if grade in known else grade
