"""FollowTheMoney's schemata with this project's additions, as one light table that is read once.

The YAML of the followthemoney package is read as it is; graph_models/ftm/*.yaml adds schemata and properties in the same
language (contract.md 1). followthemoney's own entity proxies are not used: they are too slow for the way of every record.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from yaml import CSafeLoader, YAMLError

from domain.errors import DefinitionError

OWN = Path(__file__).with_suffix("")
_WORDS = "words.yaml"
_TECHNICAL = frozenset({"createdAt", "modifiedAt", "retrievedAt"})


@dataclass(frozen=True, slots=True)
class SchemaProperty:
    """One property of a schema.

    `check` names how a value is tested (date, amount, share, year, inn, ogrn, kpp, snils, passport, account, kinship)
    or is empty.
    `single`: two different values contradict each other. `own`: added by this project.
    """

    name: str
    type: str
    label: str
    check: str = ""
    vocabulary: frozenset[str] | None = None
    single: bool = False
    own: bool = False

    @property
    def entity(self) -> bool:
        """Whether the values are ids of other records."""
        return self.type == "entity"


@dataclass(frozen=True, slots=True)
class Schema:
    """One schema with all that it inherits.

    `required`: each group needs one of its properties. `core`: named in contract.md 1, so the rules use it.
    `edge`: the two entity properties that it connects, for a relation. `periods`: pairs of dates in order.
    """

    name: str
    label: str
    ancestors: frozenset[str]
    properties: Mapping[str, SchemaProperty]
    required: tuple[tuple[str, ...], ...]
    entities: tuple[str, ...]
    dates: frozenset[str]
    edge: tuple[str, str] | None = None
    distinct: tuple[str, str] | None = None
    periods: tuple[tuple[str, str], ...] = ()
    caption: tuple[str, ...] = ()
    abstract: bool = False
    core: bool = False


@dataclass(slots=True)
class _Raw:
    """The YAML of one schema, FtM's and ours laid together."""

    config: dict[str, Any]
    properties: dict[str, dict[str, Any]] = field(default_factory=dict)
    own: set[str] = field(default_factory=set)


@cache
def schemata() -> Mapping[str, Schema]:
    """Every schema by name."""
    raw, words = _read()
    return {name: _schema(name, raw, words) for name in raw}


@cache
def schema(name: str) -> Schema | None:
    """The schema of that name, or None."""
    return schemata().get(name)


def entity_properties(name: str) -> tuple[str, ...]:
    """The entity-valued properties of a schema; none of an unknown one."""
    found = schemata().get(name)
    return found.entities if found else ()


def is_relation(name: str) -> bool:
    """Whether records of the schema connect two others (an Ownership) and are no thing of their own."""
    found = schemata().get(name)
    return found is not None and found.edge is not None


def is_a(name: str, ancestor: str) -> bool:
    """Whether a schema is the other or descends from it."""
    found = schemata().get(name)
    return found is not None and ancestor in found.ancestors


@cache
def descendants(name: str) -> frozenset[str]:
    """The schema itself and all that descend from it."""
    return frozenset(one.name for one in schemata().values() if name in one.ancestors)


def more_specific(first: str, second: str) -> str | None:
    """The schema of the two that descends from the other: what FtM makes of one id with both. None: neither does."""
    if is_a(first, second):
        return first
    return second if is_a(second, first) else None


def _read() -> tuple[dict[str, _Raw], dict[str, list[str]]]:
    spec = find_spec("followthemoney")
    if spec is None or not spec.submodule_search_locations:
        raise DefinitionError("followthemoney", 0, "the package followthemoney is not installed")
    raw: dict[str, _Raw] = {}
    for path in sorted(Path(spec.submodule_search_locations[0], "schema").glob("*.yaml")):
        for name, config in _yaml(path).items():
            raw[name] = _Raw(config, dict(config.get("properties") or {}))
    for path in sorted(OWN.glob("*.yaml")):
        if path.name != _WORDS:
            for name, config in _yaml(path).items():
                _lay(raw, name, config)
    lists = _yaml(OWN / _WORDS)["vocabularies"]
    return raw, {name: [str(word) for word in _flat(words)] for name, words in lists.items()}


def _yaml(path: Path) -> dict[str, Any]:
    loader = CSafeLoader(path.read_bytes())
    try:
        data = loader.get_single_data()
    except YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        raise DefinitionError(str(path), mark.line + 1 if mark else 0, str(error)) from error
    finally:
        loader.dispose()
    if not isinstance(data, dict):
        raise DefinitionError(str(path), 1, "a mapping of schemata is wanted")
    return data


def _lay(raw: dict[str, _Raw], name: str, config: dict[str, Any]) -> None:
    there = raw.setdefault(name, _Raw({}))
    there.config.update({key: value for key, value in config.items() if key != "properties"})
    for prop, given in (config.get("properties") or {}).items():
        if prop not in there.properties:
            there.own.add(prop)
        there.properties[prop] = {**there.properties.get(prop, {}), **given}


def _flat(words: Iterable[Any]) -> Iterator[Any]:
    for word in words:
        if isinstance(word, list):
            yield from word
        else:
            yield word


def _lineage(name: str, raw: Mapping[str, _Raw]) -> list[str]:
    """The schema after all its ancestors, so that the nearer definition of a property wins."""
    if name not in raw:
        raise DefinitionError(f"{OWN.name}/", 0, f"schema {name} is extended but not defined")
    order: list[str] = []
    for parent in raw[name].config.get("extends") or ():
        order.extend(one for one in _lineage(parent, raw) if one not in order)
    return [*order, name]


def _schema(name: str, raw: Mapping[str, _Raw], words: Mapping[str, list[str]]) -> Schema:
    lineage = _lineage(name, raw)
    config = raw[name].config
    core = bool(config.get("core"))
    given: dict[str, dict[str, Any]] = {}
    own: set[str] = set()
    for one in lineage:
        for prop, fields in raw[one].properties.items():
            given[prop] = {**given.get(prop, {}), **fields}
            if prop in raw[one].own:
                own.add(prop)
    properties = {prop: _property(prop, fields, core=core, own=prop in own, words=words) for prop, fields in given.items()}
    edge = config.get("edge")
    _check_names(name, config, properties)
    return Schema(
        name,
        str(config.get("label", name)),
        frozenset(lineage),
        properties,
        tuple((one,) for one in config.get("required") or ()) + tuple(tuple(group) for group in config.get("requiredOneOf") or ()),
        tuple(prop for prop, value in properties.items() if value.entity),
        frozenset(prop for prop, value in properties.items() if value.type == "date"),
        (edge["source"], edge["target"]) if edge else None,
        tuple(config["distinct"]) if "distinct" in config else None,
        _periods(config, properties),
        tuple(config.get("caption") or ()),
        bool(config.get("abstract")),
        core,
    )


def _property(name: str, fields: Mapping[str, Any], *, core: bool, own: bool, words: Mapping[str, list[str]]) -> SchemaProperty:
    kind = str(fields.get("type", "string"))
    check = str(fields.get("check", "date" if kind == "date" else ""))
    listed = fields.get("vocabulary")
    vocabulary = frozenset(words[listed] if isinstance(listed, str) else map(str, listed)) if listed is not None else None
    contradicting = check in ("date", "amount", "share", "year") or vocabulary is not None
    single = core and contradicting and not fields.get("many") and name not in _TECHNICAL and name != "birthDate"
    return SchemaProperty(name, kind, str(fields.get("label", name)), check, vocabulary, single, own)


def _periods(config: Mapping[str, Any], properties: Mapping[str, SchemaProperty]) -> tuple[tuple[str, str], ...]:
    known = [("startDate", "endDate"), ("birthDate", "deathDate"), ("incorporationDate", "dissolutionDate")]
    return tuple((first, last) for first, last in [*known, *map(tuple, config.get("periods") or ())] if {first, last} <= properties.keys())


def _check_names(name: str, config: Mapping[str, Any], properties: Mapping[str, SchemaProperty]) -> None:
    edge = config.get("edge") or {}
    named = [*(config.get("required") or ()), *_flat(config.get("requiredOneOf") or ()), *(config.get("distinct") or ())]
    named += [edge[end] for end in ("source", "target") if end in edge]
    missing = [prop for prop in named if prop not in properties]
    if missing:
        raise DefinitionError(f"{OWN.name}/", 0, f"schema {name} names properties that it has not: {', '.join(missing)}")
