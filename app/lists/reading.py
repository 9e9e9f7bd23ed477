"""Reading a list: the table of a workbook or csv file, its header row, and which column is what."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Any

from domain.errors import InputError, UsageError
from domain.records import Reject
from domain.yaml_text import load_yaml
from ingest.layout import Table, folded, tables
from ingest.tables import TableRow, csv_rows, looks_like_text
from ingest.workbooks import is_workbook, sheets

HEADER_ROWS = 25
"""The header stands within so many rows: offices put titles above it."""
MOST_COLUMNS = 200
HEAD = 64 * 1024


@dataclass(frozen=True, slots=True)
class ListTable:
    """A list as it was read. `fields` says what a column is, by its number; `bad` are rows that no text could be made of."""

    headers: tuple[str, ...]
    fields: Mapping[int, str]
    rows: Sequence[TableRow]
    bad: Sequence[Reject] = ()

    def with_fields(self, chosen: Mapping[int, str]) -> ListTable:
        """The same list read otherwise: `""` for a column means that it is not used."""
        known = words()["fields"]
        wrong = [name for name in chosen.values() if name and name not in known]
        if wrong:
            listed = ", ".join(known)
            raise UsageError(f"Нет поля «{wrong[0]}». Есть: {listed}.", f"There is no field {wrong[0]!r}. There are: {listed}.")
        fields = {**self.fields, **chosen}
        return replace(self, fields={column: name for column, name in fields.items() if name and column < len(self.headers)})


@cache
def words() -> Mapping[str, Any]:
    """Everything that lists.yaml says."""
    loaded: Mapping[str, Any] = load_yaml(Path(__file__).with_name("lists.yaml").read_text(encoding="utf-8"))
    return loaded


@cache
def _table() -> Table:
    return tables(words()["tables"])["list"]


def read_list(content: bytes, name: str, most: int, certain_header: Iterable[str] = ()) -> ListTable:
    """The first sheet, or csv file, that has a header of a list. InputError where there is none, or more than `most` rows.

    `certain_header` are headers that the caller knows to be there, whatever they are called.
    """
    wanted = {folded(header) for header in certain_header}
    for rows, bad in _tables(content, name):
        for number, row in enumerate(rows[:HEADER_ROWS]):
            fields = _table().recognize(row.cells)
            if fields or (wanted and wanted <= {folded(cell) for cell in row.cells}):
                return _found(row, fields, rows[number + 1 :], bad, most)
    known = ", ".join(words()["fields"][name]["ru"] for name in ("name", "birthDate", "innCode", "organization"))
    raise InputError(
        f"Не нашлось строки заголовков: нужен столбец ФИО, ИНН, СНИЛС или организации (узнаются {known} и другие).",
        "There is no header row: a column with a full name, INN, SNILS or organization is needed.",
    )


def columns_by_header(table: ListTable, wanted: Mapping[str, str]) -> dict[int, str]:
    """`{"Кто": "name"}` as column numbers; UsageError for a header that is not there."""
    places = {folded(header): number for number, header in reversed(list(enumerate(table.headers)))}
    missing = [header for header in wanted if folded(header) not in places]
    if missing:
        listed = ", ".join(table.headers)
        raise UsageError(f"Нет столбца «{missing[0]}». Есть: {listed}.", f"There is no column {missing[0]!r}. There are: {listed}.")
    return {places[folded(header)]: field for header, field in wanted.items()}


def _tables(content: bytes, name: str) -> Iterable[tuple[list[TableRow], list[Reject]]]:
    head = content[:HEAD]
    if is_workbook(head, name):
        for sheet in sheets(content):
            yield sheet.rows, []
    elif looks_like_text(head):
        rows: list[TableRow] = []
        bad: list[Reject] = []
        for one in csv_rows(io.BytesIO(content), name):
            (bad if isinstance(one, Reject) else rows).append(one)  # type: ignore[arg-type]
        yield rows, bad
    elif content:
        raise InputError("Это не таблица: нужен файл .xlsx, .xls или .csv.", "This is no table: an .xlsx, .xls or .csv file is needed.")
    else:
        raise InputError("Файл пуст.", "The file is empty.")


def _found(header: TableRow, fields: Mapping[int, str], rows: Sequence[TableRow], bad: Sequence[Reject], most: int) -> ListTable:
    if len(rows) > most:
        raise InputError(
            f"В списке {len(rows)} строк, здесь можно до {most}: разделите его или запустите sverka screen-list.",
            f"The list has {len(rows)} rows, {most} at most here: split it, or run `sverka screen-list`.",
        )
    headers = tuple(" ".join(cell.split())[:200] for cell in islice(header.cells, MOST_COLUMNS))
    return ListTable(headers, {column: name for column, name in fields.items() if column < MOST_COLUMNS}, rows, bad)
