"""What the page of lists shows: how a table was read, and what was found for its rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol, TypeVar

Caller_contra = TypeVar("Caller_contra", contravariant=True)


@dataclass(frozen=True, slots=True)
class ListColumn:
    """One column: its header, the field it is read as (empty: not used), and a few of its values."""

    header: str
    field: str
    sample: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ListRead:
    """A table as it was read. `fields` are all fields with their words; `bad` rows could not be read at all."""

    columns: tuple[ListColumn, ...]
    fields: Mapping[str, str]
    rows: int
    bad: int


@dataclass(frozen=True, slots=True)
class ListHit:
    """The answer to one row: what it said, and the best match; `wrong` where it could not be used."""

    line: int
    said: str
    id: str
    name: str
    grade: str
    probability: float | None
    why: str
    others: int
    wrong: str = ""


@dataclass(frozen=True, slots=True)
class ListAnswer:
    """The first rows with matches, and how many there are by grade."""

    rows: tuple[ListHit, ...]
    total: int
    grades: Mapping[str, int]


class ListDesk(Protocol[Caller_contra]):
    """Screening of lists: the part of the desk that reads tables and answers them."""

    def read_list(self, caller: Caller_contra, content: bytes, name: str, chosen: Mapping[int, str]) -> ListRead:
        """How the table is read; nobody of the graph is looked for."""
        ...

    def screen_list(self, caller: Caller_contra, content: bytes, name: str, chosen: Mapping[int, str]) -> ListAnswer:
        """The answer to be shown. Screening reads people: NoPurpose, NoRight."""
        ...

    def list_workbook(self, caller: Caller_contra, content: bytes, name: str, chosen: Mapping[int, str], site: str) -> bytes:
        """The answer as xlsx."""
        ...
