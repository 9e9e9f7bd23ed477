"""Examples of a rule as data beside it: a base of feed lines, then what makes the rule fire, stay silent, or be not computable."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import yaml

from domain.errors import DefinitionError
from domain.yaml_text import load_yaml

KINDS = ("fires", "silent", "not_computable")
_KEYS = frozenset({"change", "remove", "add", "expect", "missing", "severity"})

Line = Mapping[str, Any]
Identity = tuple[str, str, str]
"""Official, counterparty, event: feed ids."""


@dataclass(frozen=True, slots=True)
class Example:
    """One example with complete feed lines. `missing`: what a not computable one must name."""

    kind: str
    title: str
    lines: tuple[Line, ...]
    expect: tuple[Identity, ...] = ()
    missing: tuple[str, ...] = ()
    severity: str | None = None
    """What every finding of a firing example must have, modifiers included; None: not asked."""


def parse_examples(text: str, path: str) -> tuple[Example, ...]:
    """The examples of one rule; DefinitionError where one of the three kinds is absent or a row is not as it should be."""
    try:
        data = load_yaml(text)
    except yaml.YAMLError as error:
        at = getattr(getattr(error, "problem_mark", None), "line", 0) + 1
        raise DefinitionError(path, at, f"the examples are not YAML: {error}") from None
    if not isinstance(data, dict) or set(data) - {"base", *KINDS}:
        raise DefinitionError(path, 1, f"an examples file has the keys base, {', '.join(KINDS)} and no other")
    base = _records(data.get("base"), text, path)
    made: list[Example] = []
    for kind in KINDS:
        if not isinstance(data.get(kind), dict) or not data[kind]:
            raise DefinitionError(path, line_of(text, kind), f"`{kind}` needs at least one example: a rule proves that it {_PROVES[kind]}")
        for title, row in data[kind].items():
            made.append(_example(kind, str(title), row or {}, base, text, path))
    return tuple(made)


_PROVES = {"fires": "fires", "silent": "stays silent", "not_computable": "says what is missing"}


def feed_line(record: Mapping[str, Any]) -> Line:
    """A line of the contract's feed from the short form {id, schema, property: value or list}."""
    properties = {
        name: [_text(one) for one in (value if isinstance(value, list) else [value])]
        for name, value in record.items()
        if name not in ("id", "schema")
    }
    return {"id": str(record["id"]), "schema": record["schema"], "properties": properties}


def _text(value: Any) -> str:
    """YAML's yes and no are the vocabulary words of the feed."""
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value)


def _records(base: Any, text: str, path: str) -> dict[str, Mapping[str, Any]]:
    if not isinstance(base, list) or not base:
        raise DefinitionError(
            path, line_of(text, "base"), "`base` must be a list of records in short form: {id: …, schema: …, property: value}"
        )
    found: dict[str, Mapping[str, Any]] = {}
    for record in base:
        if not isinstance(record, dict) or "id" not in record or "schema" not in record:
            raise DefinitionError(path, line_of(text, "base"), f"a record needs id and schema: {record!r}")
        if str(record["id"]) in found:
            raise DefinitionError(path, line_of(text, "base"), f"the id {record['id']} stands twice")
        found[str(record["id"])] = record
    return found


def _example(kind: str, title: str, row: Any, base: Mapping[str, Mapping[str, Any]], text: str, path: str) -> Example:
    at = line_of(text, title)
    if not isinstance(row, dict) or set(row) - _KEYS:
        raise DefinitionError(path, at, f"«{title}» may say {', '.join(sorted(_KEYS))} and nothing else")
    for name, (shape, called) in _SHAPES.items():
        if row.get(name) and not isinstance(row[name], shape):
            raise DefinitionError(path, at, f"«{title}»: `{name}` must be a {called}, not {row[name]!r}")
    if (kind == "fires") != bool(row.get("expect")):
        raise DefinitionError(path, at, f"«{title}»: `expect` lists [official, counterparty, event] of what fires, and only there")
    if (kind == "not_computable") != bool(row.get("missing")):
        raise DefinitionError(path, at, f"«{title}»: `missing` names what is not known, in not_computable and only there")
    return Example(
        kind,
        title,
        tuple(feed_line(record) for record in _changed(base, row, at, path).values()),
        tuple(_identity(one, at, path) for one in row.get("expect") or ()),
        tuple(str(one) for one in row.get("missing") or ()),
        row.get("severity"),
    )


_LIST = (list, "list")
_SHAPES = {"change": (dict, "map"), "remove": _LIST, "add": _LIST, "expect": _LIST, "missing": _LIST}


def _identity(one: Any, at: int, path: str) -> Identity:
    if not isinstance(one, list) or len(one) != 3:
        raise DefinitionError(path, at, f"`expect` wants lists of three ids [official, counterparty, event], not {one!r}")
    official, counterparty, event = (str(part) for part in one)
    return official, counterparty, event


def _changed(base: Mapping[str, Mapping[str, Any]], row: Mapping[str, Any], at: int, path: str) -> Mapping[str, Mapping[str, Any]]:
    changes: Mapping[str, Any] = row.get("change") or {}
    gone: Sequence[Any] = row.get("remove") or ()
    for key in (*changes, *gone):
        if str(key) not in base:
            raise DefinitionError(path, at, f"there is no record {key} in `base`")
    for key, change in changes.items():
        if change is not None and not isinstance(change, dict):
            raise DefinitionError(path, at, f"the change of {key} must be a map of properties, not {change!r}")
    made: dict[str, Mapping[str, Any]] = {}
    for key, record in base.items():
        if key not in {str(one) for one in gone}:
            values = {**record, **(changes.get(key) or {})}
            made[key] = {name: value for name, value in values.items() if value is not None}
    return made | _records_added(row, at, path)


def _records_added(row: Mapping[str, Any], at: int, path: str) -> dict[str, Mapping[str, Any]]:
    added = row.get("add") or []
    if not all(isinstance(record, dict) and "id" in record and "schema" in record for record in added):
        raise DefinitionError(path, at, "every record of `add` needs id and schema")
    return {str(record["id"]): record for record in added}


def line_of(text: str, name: str) -> int:
    """The line where a key of an examples file stands; 1 where it does not."""
    found = re.search(rf"^\s*\"?{re.escape(name)}\"?\s*:", text, re.MULTILINE)
    return text.count("\n", 0, found.start()) + 1 if found else 1
