"""One source format a module, found by walking this folder: NAME, KIND, detect(head, path), records(file, path, mapping)."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, BinaryIO

from domain.errors import DefinitionError
from domain.records import Row, SourceKind

Columns = Mapping[str, Any]
"""A mapping file, read: for formats whose headers vary (docs/formats/hr.md)."""


@dataclass(frozen=True, slots=True)
class Format:
    """One module of this folder.

    `detect` decides by content (the first bytes) and, where content cannot tell, by the path's ending.
    `records` reads one open file from its beginning to its end and never needs the whole of it in memory, workbooks apart.
    """

    name: str
    kind: SourceKind
    detect: Callable[[bytes, str], bool]
    records: Callable[[BinaryIO, str, Columns | None], Iterator[Row]]


@cache
def formats() -> Mapping[str, Format]:
    """Every format by name."""
    found: dict[str, Format] = {}
    for info in pkgutil.iter_modules(__path__, f"{__name__}."):
        module = importlib.import_module(info.name)
        try:
            one = Format(module.NAME, module.KIND, module.detect, module.records)
        except AttributeError as error:
            raise DefinitionError(str(module.__file__), 1, f"a format needs NAME, KIND, detect and records: {error}") from error
        found[one.name] = one
    return found


def detect(head: bytes, path: str) -> Format | None:
    """The format that knows a file by its first bytes."""
    return next((one for one in formats().values() if one.detect(head, path)), None)
