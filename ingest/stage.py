"""Validation, once for all formats: what comes out may be stored, the rest is a reject that says why."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping

import orjson

from domain.errors import BadValue
from domain.records import Note, Record, Reject, Row
from graph_models.ftm import Schema, more_specific
from ingest.checks import Context, Plan, day, plan, single
from ingest.reasons import bad_value, reject, reject_value
from ingest.values import parse_amount, parse_share

__all__ = ["Staged", "feed_line", "merge", "parse_amount", "parse_share", "stage"]

Staged = Record
"""A record that passed: schema known, required properties there, values possible, identifiers and amounts in one spelling."""


def stage(rows: Iterable[Row]) -> Iterator[Staged | Reject | Note]:
    """Test the rows of one file; rejects and notes of the reader pass through.

    Remarks that repeat (an unknown property, an unknown word) are made once, so call it once for each file.
    """
    said: set[Hashable] = set()
    for row in rows:
        if not isinstance(row, Record):
            yield row
            continue
        context = Context(row, said, [])
        try:
            kept = _examine(row, context)
        except BadValue as error:
            yield reject_value(error, row.place, feed_line(row))
            continue
        yield from context.notes
        yield kept


def merge(first: Record, second: Record) -> Record | Reject:
    """One id twice in one command, as FtM unites them: the more specific schema, the values of both.

    A contradiction (`several_values`, `schema_conflict`, `bad_period`) is a reject. A withdrawal stands against a record.
    Of two extracts of one scope the newer one's record stands instead, or the second if they are of one day; what one
    extract says twice (a director who is a founder) is united like anything else.
    """
    if first.extract and second.extract and first.extract.scope == second.extract.scope and first.place != second.place:
        return first if first.extract.issued > second.extract.issued else second
    if first.deleted or second.deleted:
        return first if first.deleted else second
    name = more_specific(first.schema, second.schema)
    found = plan(name) if name else None
    if name is None or found is None:
        return reject("schema_conflict", second.place, feed_line(second), first=first.schema, second=second.schema)
    united = {one: first.all(one) for one in first.properties}
    for one, values in second.properties.items():
        there = united.get(one, ())
        united[one] = there if there == values else tuple(dict.fromkeys((*there, *values)))
    record = Record(first.id, name, united, first.place, extract=second.extract or first.extract)
    try:
        properties = {one: _agreed(found, one, values) for one, values in united.items()}
        _test_whole(found.schema, properties)
    except BadValue as error:
        return reject_value(error, second.place, feed_line(record))
    return Record(record.id, name, properties, record.place, extract=record.extract)


def feed_line(record: Record) -> str:
    """The record as one line of the feed."""
    if record.deleted:
        return orjson.dumps({"id": record.id, "deleted": True}).decode()
    return orjson.dumps({"id": record.id, "schema": record.schema, "properties": record.properties}).decode()


def _examine(record: Record, context: Context) -> Record:
    if not record.id:
        raise bad_value("not_a_record", detail="id")
    if record.deleted:
        return record
    found = plan(record.schema)
    if found is None:
        raise bad_value("unknown_schema", schema=record.schema)
    checks, plain = found.checks, found.plain
    changed: dict[str, tuple[str, ...]] = {}
    for name, values in record.properties.items():
        if name in plain:
            continue
        known = checks.get(name)
        if known is None:
            context.say_once("unknown_property", schema=record.schema, name=name)
            continue
        kept = known[1](context, known[0], values)
        if kept is not values:
            changed[name] = kept
    properties = record.properties
    if changed:
        properties = {name: kept for name, values in properties.items() if (kept := changed.get(name, values))}
        record = Record(record.id, record.schema, properties, record.place, extract=record.extract)
    _test_whole(found.schema, properties)
    return record


def _test_whole(schema: Schema, properties: Mapping[str, tuple[str, ...]]) -> None:
    for group in schema.required:
        if not any(name in properties for name in group):
            raise bad_value("missing_property", names=" / ".join(f"{schema.name}.{name}" for name in group))
    for start, end in schema.periods:
        if start in properties and end in properties:
            _test_period(start, properties[start], end, properties[end])
    if schema.distinct:
        first, second = (properties.get(name, ()) for name in schema.distinct)
        if first and first == second:
            raise bad_value("self_reference", value=first[0])


def _test_period(start: str, starts: tuple[str, ...], end: str, ends: tuple[str, ...]) -> None:
    """Impossible only if every end lies before every start; parts of a date may still fit."""
    if max(day(value).last for value in ends) < min(day(value).first for value in starts):
        raise bad_value("bad_period", first=start, start=starts[0], last=end, end=ends[0])


def _agreed(found: Plan, name: str, values: tuple[str, ...]) -> tuple[str, ...]:
    known = found.checks.get(name)
    return single(known[0], values) if known and len(values) > 1 else values
