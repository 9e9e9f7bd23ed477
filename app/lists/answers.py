"""From the rows of a list to entities, and to what was found for each; a row that cannot be used answers for itself."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from app.lists.reading import ListTable, words
from domain.batches import batches
from domain.errors import InputError
from ingest.cells import date_text
from ingest.tables import TableRow
from queries.views.screen import Hit
from screening.entities import Entity, read_entity
from screening.verdicts import Language

AT_ONCE = 100
ASKED = 5
"""Candidates of a row: the best is shown, the others are counted."""
LONGEST_CELL = 2000
_OWN = frozenset({"gender", "organization", "role", "region"})
_PERSONAL = ("name", "lastName", "firstName", "socialSecurityNumber", "passportNumber")
_SEXES = {"м": "male", "муж": "male", "мужской": "male", "m": "male", "male": "male", "ж": "female", "жен": "female", "женский": "female",
          "f": "female", "female": "female"}  # fmt: skip

Screen = Callable[[Sequence[Entity]], list[list[Hit]]]


@dataclass(frozen=True, slots=True)
class Answer:
    """One row with its hits, the best first; `wrong` where the row could not be used."""

    row: TableRow
    hits: Sequence[Hit] = ()
    wrong: InputError | None = None

    @property
    def best(self) -> Hit | None:
        """The likeliest."""
        return self.hits[0] if self.hits else None


def answers(table: ListTable, screen: Screen) -> Iterator[list[Answer]]:
    """The rows in order, a batch at a time; `screen` looks for a batch of entities."""
    for rows in batches(iter(table.rows), AT_ONCE):
        read = [_read(row, table.fields) for row in rows]
        found = iter(screen([one for one in read if isinstance(one, Entity)]))
        yield [
            Answer(row, wrong=one) if isinstance(one, InputError) else Answer(row, tuple(next(found)))
            for row, one in zip(rows, read, strict=True)
        ]


def shown(some: Iterable[Answer]) -> Iterator[Hit]:
    """The hits that are told of, one a row."""
    return (one.best for one in some if one.best)


def remark(answer: Answer, language: Language) -> str:
    """What is wrong with the row, in words."""
    if answer.wrong is None:
        return ""
    return answer.wrong.message_en if language == "en" else answer.wrong.message_ru


def _read(row: TableRow, fields: Mapping[int, str]) -> Entity | InputError:
    values: dict[str, list[str]] = {}
    for column, name in sorted(fields.items()):
        text = row.cells[column].strip()[:LONGEST_CELL] if column < len(row.cells) else ""
        if text:
            values.setdefault(name, []).append(text)
    try:
        return _entity(values)
    except InputError as error:
        return error


def _entity(values: Mapping[str, list[str]]) -> Entity:
    """A person where the row names one; else the organization."""
    person = any(values.get(name) for name in _PERSONAL)
    properties = {name: list(some) for name, some in values.items() if name not in _OWN}
    if not person and not (values.get("organization") or values.get("innCode") or values.get("ogrnCode")):
        raise InputError(words()["empty"]["ru"], words()["empty"]["en"])
    if not person:
        kind = "Organization" if values.get("organization") or values.get("ogrnCode") else "LegalEntity"
        return read_entity({"schema": kind, "properties": properties | {"name": values.get("organization", [])}})
    if "birthDate" in properties:
        properties["birthDate"] = [date_text(text) for text in properties["birthDate"]]
    sexes = [_SEXES[text.casefold().rstrip(".")] for text in values.get("gender", ()) if text.casefold().rstrip(".") in _SEXES]
    work = {"employerName": values.get("organization", []), "role": values.get("role", []), "region": values.get("region", [])}
    related = [{"schema": "IncomeDeclaration", "properties": work}] if any(work.values()) else []
    return read_entity({"schema": "Person", "properties": properties | {"gender": sexes}, "related": related})
