"""Source records as every reader yields them: the feed's shape, with the place they came from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

Properties = Mapping[str, tuple[str, ...]]


class SourceKind(StrEnum):
    """What a source is; sets its trust and lets sources be compared."""

    HR = "hr"
    EGRUL = "egrul"
    CIVIL_REGISTRY = "civil_registry"
    DECLARATION = "declaration"
    PROCUREMENT = "procurement"
    APPEALS = "appeals"
    OFFENCES = "offences"
    OTHER = "other"


TRUST: Mapping[SourceKind, int] = {
    SourceKind.CIVIL_REGISTRY: 90,
    SourceKind.EGRUL: 90,
    SourceKind.PROCUREMENT: 80,
    SourceKind.OFFENCES: 80,
    SourceKind.HR: 70,
    SourceKind.APPEALS: 60,
    SourceKind.DECLARATION: 50,
    SourceKind.OTHER: 30,
}
"""Which source counts when two disagree about one fact at one time: the higher number."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a record was read. `line` counts from 1: a line of text, a sheet's row, or the n-th element of an XML file."""

    path: str
    line: int


@dataclass(frozen=True, slots=True)
class Extract:
    """A whole picture of one thing on one day (a register extract); its records carry one and the same Extract.

    Each of them has the id `scope` or one that starts with `scope + "-"`. Of two extracts of one scope in one source
    the one issued later stands, in whichever order they come: an older one changes nothing, a newer or equal one
    replaces record by record (no merging), and what it no longer lists has ended between the two.
    `changes` are the ISO days of changes that the register itself names, in order; the end of a vanished fact lies
    on one of those after the older extract.
    """

    scope: str
    issued: str
    changes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Record:
    """One entity of the feed (contract 1): id unique within the source, FtM schema, lists of strings."""

    id: str
    schema: str
    properties: Properties
    place: Place
    deleted: bool = False
    extract: Extract | None = None

    def first(self, name: str) -> str | None:
        """The first value of a property, or None."""
        values = self.properties.get(name)
        return values[0] if values else None

    def all(self, name: str) -> tuple[str, ...]:
        """All values of a property; empty where absent."""
        return self.properties.get(name, ())


@dataclass(frozen=True, slots=True)
class Reject:
    """A row that could not be used: goes to quarantine, never stops the rest."""

    place: Place
    reason: str
    message_ru: str
    message_en: str
    raw: str = ""


@dataclass(frozen=True, slots=True)
class Note:
    """Something said about a file or a row that was loaded all the same (a restored zero, an unknown property)."""

    place: Place
    code: str
    message_ru: str
    message_en: str


Row = Record | Reject | Note


@dataclass(frozen=True, slots=True)
class SourceInfo:
    """A named source and its kind."""

    name: str
    kind: SourceKind = SourceKind.OTHER
    trust: int = field(default=-1)

    def __post_init__(self) -> None:
        if self.trust < 0:
            object.__setattr__(self, "trust", TRUST[self.kind])


def make(schema: str, key: str, place: Place, **properties: str | tuple[str, ...] | list[str] | None) -> Record:
    """A record from single values or lists; None and empty values are left out."""
    kept: dict[str, tuple[str, ...]] = {}
    for name, value in properties.items():
        values = (value,) if isinstance(value, str) else tuple(value or ())
        cleaned = tuple(v for v in values if v)
        if cleaned:
            kept[name] = cleaned
    return Record(key, schema, kept, place)
