"""Finding columns by their headers: which table a sheet is, where its header row stands, and its rows by field."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from domain.errors import UsageError
from domain.records import Note, Place, Reject
from ingest.reasons import note, reject
from ingest.tables import TableRow

_HEADER_ROWS = 25
_NOT_LETTER = re.compile(r"[^0-9a-zа-я]+")


@dataclass(frozen=True, slots=True)
class Table:
    """One kind of table: the names of its sheet or file, its fields with their headers, groups of which one field must be there."""

    name: str
    titles: frozenset[str]
    headers: Mapping[str, str]
    fields: frozenset[str]
    needed: tuple[frozenset[str], ...]

    def recognize(self, cells: Iterable[str]) -> dict[int, str]:
        """The fields by column, or nothing where a needed one is missing. A field named twice counts where it stands first."""
        found: dict[int, str] = {}
        for column, text in enumerate(cells):
            name = self.headers.get(folded(text))
            if name is not None and name not in found.values():
                found[column] = name
        present = set(found.values())
        return found if all(group & present for group in self.needed) else {}


@dataclass(slots=True)
class FieldRow:
    """One row by field; absent fields are not in it."""

    place: Place
    values: dict[str, str]

    def get(self, *names: str) -> str | None:
        """The first of the fields that is there."""
        return next((self.values[name] for name in names if name in self.values), None)

    @property
    def raw(self) -> str:
        """The row as text, for quarantine."""
        return "; ".join(f"{name}={value}" for name, value in self.values.items())


@dataclass(frozen=True, slots=True)
class HeaderMap:
    """A mapping file (docs/formats/hr.md): sheets by title, columns by header, constants for absent columns, words."""

    sheets: Mapping[str, str] = field(default_factory=dict)
    header_row: int | None = None
    columns: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    constants: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    words: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


def folded(text: str) -> str:
    """A header without case, ё, spaces, line breaks and punctuation."""
    return _NOT_LETTER.sub("", text.casefold().replace("ё", "е"))


def tables(data: Mapping[str, Any]) -> dict[str, Table]:
    """The kinds of tables from their description in YAML."""
    made = {}
    for name, one in data.items():
        fields = {key: [key, *headers] for key, headers in one["columns"].items()}
        headers = {folded(header): key for key, listed in reversed(fields.items()) for header in listed}
        titles = frozenset(folded(title) for title in (name, *one["titles"]))
        needed = tuple(frozenset([group] if isinstance(group, str) else group) for group in one["needed"])
        made[name] = Table(name, titles, headers, frozenset(fields), needed)
    return made


def read_mapping(data: Mapping[str, Any] | None, known: Mapping[str, Table]) -> HeaderMap:
    """A mapping file, checked. Raises UsageError that names what may stand there."""
    if data is None:
        return HeaderMap()
    allowed = {"sheets", "header_row", "columns", "constants", "words"}
    if not isinstance(data, dict) or set(data) - allowed:
        raise _usage(sorted(set(data) - allowed) if isinstance(data, dict) else [type(data).__name__], sorted(allowed))
    for section in ("columns", "constants"):
        for table, entries in (data.get(section) or {}).items():
            if table not in known:
                raise _usage([table], sorted(known))
            used = entries.values() if section == "columns" else entries.keys()
            if wrong := [str(name) for name in used if name not in known[table].fields]:
                raise _usage(wrong, sorted(known[table].fields))
    sheets = {folded(str(title)): str(table) for title, table in (data.get("sheets") or {}).items()}
    if wrong := [table for table in sheets.values() if table not in known]:
        raise _usage(wrong, sorted(known))
    constants, given = data.get("constants") or {}, data.get("words") or {}
    texts = {name: {key: str(value) for key, value in entries.items()} for name, entries in constants.items()}
    words = {name: {folded(str(word)): str(value) for word, value in entries.items()} for name, entries in given.items()}
    row = data.get("header_row")
    if row is not None and not (isinstance(row, int) and row > 0):
        raise _usage([f"header_row: {row}"], ["1", "2", "…"])
    return HeaderMap(sheets, row, data.get("columns") or {}, texts, words)


def _usage(wrong: list[str], allowed: list[str]) -> UsageError:
    listed = ", ".join(allowed)
    return UsageError(
        f"В файле соответствий непонятно: {', '.join(wrong)}. Допустимо: {listed}.",
        f"The mapping file holds what is not known: {', '.join(wrong)}. Known are: {listed}.",
    )


def with_columns(table: Table, columns: Mapping[str, str]) -> Table:
    """The table with the headers of a mapping file beside its own; those win."""
    extra = {folded(str(header)): name for header, name in columns.items()}
    taken = set(extra.values())
    headers = {header: name for header, name in table.headers.items() if name not in taken} | extra
    return Table(table.name, table.titles, headers, table.fields, table.needed)


def field_rows(
    rows: Iterable[TableRow | Reject], table: Table, path: str, mapping: HeaderMap, title: str = ""
) -> Iterator[FieldRow | Reject | Note]:
    """The rows below the header; what stands above it, a row of column numbers and «итого» are no rows.

    A table without a recognizable header in its first rows is one reject.
    """
    columns: dict[int, str] = {}
    constants = mapping.constants.get(table.name, {})
    seen = 0
    for row in rows:
        if isinstance(row, Reject):
            yield row
            continue
        if not columns:
            seen += 1
            if mapping.header_row is None or row.line == mapping.header_row:
                columns = _with_constants(table, constants).recognize(row.cells)
            if columns:
                yield from _unknown(row, columns, path)
            elif seen > _HEADER_ROWS:
                break
            continue
        if not _numbering(row.cells) and not _total(row.cells):
            values = {name: row.cells[column] for column, name in columns.items() if column < len(row.cells)}
            kept = {name: text for name, cell in values.items() if (text := cell.strip())}
            if kept:
                yield FieldRow(Place(path, row.line), {**constants, **kept})
    if not columns:
        yield reject("nothing_found", Place(path, 1), title, format=table.name)


def _with_constants(table: Table, constants: Mapping[str, str]) -> Table:
    """A field that the mapping fills need not stand in the header."""
    needed = tuple(group for group in table.needed if not group & constants.keys())
    return Table(table.name, table.titles, table.headers, table.fields, needed)


def _unknown(row: TableRow, columns: Mapping[int, str], path: str) -> Iterator[Note]:
    for column, text in enumerate(row.cells):
        if column not in columns and text.strip() and folded(text) not in ("", "пп", "nпп"):
            yield note("unknown_column", Place(path, row.line), name=text.strip())


def _numbering(cells: tuple[str, ...]) -> bool:
    """A row 1, 2, 3 … under the header, as official forms have it."""
    filled = [cell.strip() for cell in cells if cell.strip()]
    return len(filled) > 2 and filled == [str(number) for number in range(1, len(filled) + 1)]


def _total(cells: tuple[str, ...]) -> bool:
    return any(folded(cell).startswith(("итого", "всего")) for cell in cells[:2])
