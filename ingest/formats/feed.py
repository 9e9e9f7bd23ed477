"""The feed of contract.md 1: JSON Lines in the FollowTheMoney shape."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, BinaryIO

import orjson

from domain.records import Place, Record, Row, SourceKind
from ingest.formats import Columns
from ingest.reasons import reject
from ingest.tables import BOM

NAME = "feed"
KIND = SourceKind.OTHER
LINE_MAX = 16 * 1024 * 1024
"""Bytes of one line: a longer one is no entity, and would have to be kept whole in memory."""


def detect(head: bytes, path: str) -> bool:
    """Whether one of the first lines is a JSON object with `schema`, or withdraws an id.

    A line in another encoding than UTF-8 counts too: it is a feed, each such line of which will be refused.
    """
    del path
    for line in head.removeprefix(BOM).split(b"\n")[:50]:
        if line.lstrip().startswith(b"{"):
            found = _loaded(line)
            if type(found) is dict and "id" in found and ("schema" in found or "deleted" in found):
                return True
    return False


def _loaded(line: bytes) -> Any:
    for text in (line, line.decode("cp1251", "replace").encode()):
        try:
            return orjson.loads(text)
        except orjson.JSONDecodeError:
            continue
    return None


def records(file: BinaryIO, path: str, mapping: Columns | None = None) -> Iterator[Row]:
    """A record per line; blank lines are nothing."""
    del mapping
    number = 0
    while line := file.readline(LINE_MAX):
        number += 1
        place = Place(path, number)
        if len(line) == LINE_MAX and not line.endswith(b"\n"):
            yield reject("line_too_long", place, line[:20_000].decode("utf-8", "replace"), limit=LINE_MAX)
            while line and not line.endswith(b"\n"):
                line = file.readline(LINE_MAX)
            continue
        if number == 1:
            line = line.removeprefix(BOM)
        if not line.isspace():
            yield _row(line, place)


def _row(line: bytes, place: Place) -> Row:
    try:
        entity = orjson.loads(line)
    except orjson.JSONDecodeError as error:
        return _unreadable(line, place, error)
    raw = line
    if type(entity) is not dict:
        return _not_a_record(place, raw, "нужен объект JSON", "a JSON object is wanted")
    key = entity.get("id")
    if type(key) is int:
        key = str(key)
    if type(key) is not str or not key.strip():
        return _not_a_record(place, raw, "нет id", "no id")
    if entity.get("deleted") is True:
        return Record(key, "", {}, place, deleted=True)
    schema = entity.get("schema")
    properties = entity.get("properties", {})
    if type(schema) is not str or not schema:
        return _not_a_record(place, raw, "нет schema", "no schema")
    if type(properties) is not dict:
        return _not_a_record(place, raw, "properties — не объект", "properties is no object")
    kept: dict[str, tuple[str, ...]] = {}
    for name, values in properties.items():
        texts = _texts(values)
        if texts is None:
            return _not_a_record(place, raw, f"значения {name} — не строки", f"the values of {name} are no strings")
        if texts:
            kept[name] = texts
    return Record(key, schema, kept, place)


def _texts(values: Any) -> tuple[str, ...] | None:
    """The values as strings; a bare string or number counts as a list of one; None for what is no value."""
    listed = values if type(values) is list else [values]
    texts: list[str] = []
    for value in listed:
        if type(value) is str:
            text = value.strip()
        elif type(value) is bool:
            text = "true" if value else "false"
        elif type(value) is int or type(value) is float:
            text = str(value)
        elif value is None:
            continue
        else:
            return None
        if text:
            texts.append(text)
    return tuple(texts)


def _unreadable(line: bytes, place: Place, error: orjson.JSONDecodeError) -> Row:
    raw = line.decode("utf-8", "replace").rstrip("\r\n")
    last = not line.endswith(b"\n")
    if last and raw.lstrip().startswith("{") and not raw.rstrip().endswith("}"):
        return reject("truncated_file", place, raw, detail=("последняя строка неполна", "the last line is incomplete"))
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return reject("bad_encoding", place, raw, encoding="UTF-8")
    return reject("not_json", place, raw, detail=error.msg)


def _not_a_record(place: Place, raw: bytes, ru: str, en: str) -> Row:
    return reject("not_a_record", place, raw.decode("utf-8", "replace").rstrip("\r\n"), detail=(ru, en))
