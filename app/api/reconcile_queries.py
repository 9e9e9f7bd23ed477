"""Reading what OpenRefine sends: queries, properties and requests for values; each query by itself, so that a bad one spoils no other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl

import orjson

from app.api.match import MOST_QUERIES, TooMany, read_query
from app.api.screening_words import words
from app.screener import MOST
from domain.errors import InputError, UsageError
from screening.entities import Entity

FORM = "application/x-www-form-urlencoded"
FIELDS = 20
EITHER = "LegalEntity"
"""What a query without a type is: a person or an organization."""
DEFAULT_LIMIT = 5


@dataclass(frozen=True, slots=True)
class ReconQuery:
    """One query as an entity to screen."""

    entity: Entity
    limit: int


@dataclass(frozen=True, slots=True)
class ExtendQuery:
    """Values wanted: of which ids, which properties."""

    ids: tuple[str, ...]
    properties: tuple[str, ...]


def fields_of(kind: str, body: bytes) -> dict[str, str]:
    """The fields of a form, or the members of a JSON object as JSON texts."""
    if kind.split(";", maxsplit=1)[0].strip().lower() == FORM:
        try:
            return dict(parse_qsl(body.decode(), max_num_fields=FIELDS, strict_parsing=bool(body)))
        except ValueError:
            raise UsageError("Форма не читается.", "The form cannot be read.") from None
    found = _json(body)
    if not isinstance(found, dict):
        raise UsageError("Нужна форма или объект JSON.", "A form or a JSON object is needed.")
    return {name: value if isinstance(value, str) else orjson.dumps(value).decode() for name, value in found.items()}


def read_queries(text: str) -> dict[str, ReconQuery | InputError]:
    """The queries of a batch by their names."""
    found = _json(text)
    if not isinstance(found, dict):
        raise UsageError('queries: нужен объект {"q0": {…}}.', 'queries: an object {"q0": {…}} is needed.')
    if len(found) > MOST_QUERIES:
        raise TooMany(
            f"В запросе {len(found)} записей, а можно не больше {MOST_QUERIES}.",
            f"{len(found)} queries in one request; {MOST_QUERIES} at most.",
        )
    return {name: _read(one) for name, one in found.items()}


def read_extend(text: str) -> ExtendQuery:
    """A request for values."""
    found = _json(text)
    ids = found.get("ids") if isinstance(found, dict) else None
    wanted = found.get("properties") if isinstance(found, dict) else None
    if not isinstance(ids, list) or not isinstance(wanted, list) or not all(isinstance(one, dict) for one in wanted):
        raise UsageError("extend: нужны ids и properties.", "extend: ids and properties are needed.")
    if len(ids) > MOST_QUERIES:
        raise TooMany(f"Записей больше {MOST_QUERIES}.", f"More than {MOST_QUERIES} ids.")
    known = words()["properties"]
    named = [_bare(str(one.get("id"))) for one in wanted]
    return ExtendQuery(tuple(dict.fromkeys(str(one) for one in ids)), tuple(name for name in dict.fromkeys(named) if name in known))


def _read(value: Any) -> ReconQuery | InputError:
    try:
        return _query(value)
    except InputError as error:
        return error


def _query(value: Any) -> ReconQuery:
    if not isinstance(value, dict):
        raise InputError("Запрос — не объект.", "The query is no object.")
    text, kinds = value.get("query"), value.get("type")
    if text is not None and not isinstance(text, str):
        raise InputError("query: нужна строка.", "query: a string is wanted.")
    given = value.get("properties") or []
    if not isinstance(given, list) or not all(isinstance(one, dict) for one in given):
        raise InputError("properties: нужен список.", "properties: a list is wanted.")
    limit = value.get("limit", DEFAULT_LIMIT)
    properties: dict[str, list[str]] = {"name": [text]} if text else {}
    for one in given:
        properties.setdefault(_bare(str(one.get("pid"))), []).extend(_texts(one.get("v")))
    schema = kinds[0] if isinstance(kinds, list) and kinds else kinds or EITHER
    if isinstance(schema, Mapping):
        schema = schema.get("id")
    whole = isinstance(limit, int) and not isinstance(limit, bool)
    return ReconQuery(read_query({"schema": schema, "properties": properties}), min(max(limit, 1), MOST) if whole else DEFAULT_LIMIT)


def _texts(value: Any) -> Iterator[str]:
    """A property's values; an entity already reconciled counts by its name."""
    for one in value if isinstance(value, list) else [value]:
        said = one.get("name") or one.get("id") if isinstance(one, Mapping) else one
        if said is not None and not isinstance(said, bool | list | dict):
            yield str(said)


def _bare(name: str) -> str:
    """`birthDate` of `Person:birthDate`."""
    return name.rpartition(":")[2]


def _json(text: str | bytes) -> Any:
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError as error:
        raise UsageError(f"Запрос — не JSON: {error.msg}.", f"The request is no JSON: {error.msg}.") from None
