"""What a node or relationship type declares, and how all declarations are found."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from types import ModuleType

PERSONAL = "personal"
"""Marks a property that is masked unless the reader has a purpose (domain.md 7)."""


@dataclass(frozen=True, slots=True)
class Prop:
    """One property: its type in words, what it means, and whether it is indexed or personal."""

    kind: str
    meaning: str
    indexed: bool = False
    personal: bool = False


@dataclass(frozen=True, slots=True)
class NodeType:
    """A label: its key property is unique; `schemata` are the feed's schemata stored under it."""

    label: str
    meaning: str
    key: str
    properties: dict[str, Prop]
    schemata: tuple[str, ...] = ()
    seen_by: tuple[str, ...] = ("conflict",)


@dataclass(frozen=True, slots=True)
class EdgeType:
    """A relationship type between labels; a fact is dated and sourced (FACT), derived ones say from what."""

    name: str
    meaning: str
    start: tuple[str, ...]
    end: tuple[str, ...]
    properties: dict[str, Prop] = field(default_factory=dict)
    schemata: tuple[str, ...] = ()
    fact: bool = False
    derived: bool = False


SPAN: dict[str, Prop] = {
    "start_lo": Prop("day", "earliest day on which it may have begun, YYYYMMDD, 0 = unknown"),
    "start_hi": Prop("day", "latest day on which it may have begun"),
    "end_lo": Prop("day", "earliest day on which it may have ended, 99999999 = still open"),
    "end_hi": Prop("day", "latest day on which it may have ended"),
}
"""The four numbers of domain.spans.Span, half-open."""

FACT: dict[str, Prop] = {
    "id": Prop("text", "the record's key; `#n` follows where one record says several things"),
    "record": Prop("text", "key of the source record that says it"),
    "source": Prop("text", "name of the source"),
    "trust": Prop("integer", "trust of the source's kind, 0 to 100"),
    "from_key": Prop("text", "key of the record that stands for the start node"),
    "to_key": Prop("text", "key of the record that stands for the end node"),
    "start": Prop("text", "start date as the source wrote it"),
    "end": Prop("text", "end date as the source wrote it"),
    "recorded_at": Prop("instant", "since when it has been known here"),
    **SPAN,
}
"""What every fact edge carries besides its own properties: valid time, record time, source, trust."""

CANONICAL: dict[str, Prop] = {
    "id": Prop("text", "smallest key of the records that stand for it"),
    "ids": Prop("list of text", "the feed's ids of these records"),
    "keys": Prop("list of text", "keys of these records"),
    "name": Prop("text", "the name shown", personal=True),
}

Declared = NodeType | EdgeType


def declared(package: ModuleType) -> Iterator[tuple[str, Declared]]:
    """Every NodeType and EdgeType that a module below the package declares, as (subdomain, type), in name order."""
    for info in sorted(pkgutil.walk_packages(package.__path__, package.__name__ + "."), key=lambda i: i.name):
        module = importlib.import_module(info.name)
        parts = info.name.split(".")
        if len(parts) < 3:
            continue
        for name in sorted(vars(module)):
            value = vars(module)[name]
            if isinstance(value, (NodeType, EdgeType)) and vars(module).get("__name__") == info.name:
                yield parts[1], value
