"""Loads and checks the rule files: a header that a reader follows without Python, then one Cypher pattern."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

import yaml

from domain.dates import FOREVER, Day, day_of
from domain.errors import DefinitionError
from domain.yaml_text import load_yaml
from queries.examples import parse_examples

SEVERITIES = ("INFO", "LOW", "MEDIUM", "HIGH", "BLOCK")
ANCHORS = ("event", "subordinate", "person")
STATUSES = ("draft", "trial", "active", "retired")
REACHES = {"event": ("tie", "small_purchase"), "person": ("jobs", "kin", "superior", "former", "declarant"), "subordinate": ("staff",)}
"""By anchor what a rule may narrow it to (queries/rules/anchors.py)."""
COLUMNS = frozenset({"official", "relative", "counterparty", "event", "role", "kin", "tie", "party", "scope", "excluded"})
SCOPE_ENDS = "// --- scope ends"
_HEADER = re.compile(r"\A/\*---\n(.*?)\n---\*/\n", re.DOTALL)
_ORGANIZATION, _LAWYER = "set by the organization", "требует проверки юристом"
_NOTE = re.compile(r"^  (\w+):.*?\s#\s*(.*)$", re.MULTILINE)
_WRITES = re.compile(r"\b(CREATE|MERGE|DELETE|SET|REMOVE|DROP|LOAD|FOREACH)\b|\bCALL\s+\w|\bIN\s+(\d+\s+)?TRANSACTIONS\b", re.IGNORECASE)
_SILENT = re.compile(r"'(?:\\.|[^'\\])*'|\"(?:\\.|[^\"\\])*\"|//[^\n]*|/\*.*?\*/|`[^`]*`|\.\w+|\$\w+|:\w+", re.DOTALL)
"""What of a pattern is no keyword: strings, comments, names of properties, parameters, labels."""
_REQUIRED = (
    "id",
    "version",
    "title_ru",
    "title_en",
    "severity",
    "status",
    "law",
    "anchor",
    "official",
    "kin",
    "identity",
    "next_ru",
    "next_en",
)


@dataclass(frozen=True, slots=True)
class Law:
    """One provision, in force on [since, until)."""

    act: str
    article: str
    since: date
    until: date | None = None

    def in_force(self, day: Day) -> bool:
        """Whether it was in force on the day (unknown day 0: the present text)."""
        if day == 0:
            return self.until is None
        return day_of(self.since) <= day < (day_of(self.until) if self.until else FOREVER)


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule file, checked."""

    id: str
    version: str
    title_ru: str
    title_en: str
    severity: str
    status: str
    law: tuple[Law, ...]
    anchor: str
    official: str
    kin: str
    kin_both_ways: bool
    parameters: Mapping[str, Any]
    unless: tuple[str, ...]
    identity: tuple[str, ...]
    next_ru: str
    next_en: str
    cypher: str
    path: str
    notes: Mapping[str, str] = field(default_factory=dict)
    """What the header's comment says beside a parameter."""
    own: bool = False
    """From the organization's folder, not from the package."""
    reach: str = ""
    """To which of its anchors a rule narrows itself; `tie`: it fires only where an official with a power in the event is tied to
    a party of it (queries/rules/scout.py)."""

    def scope_cypher(self) -> str | None:
        """The part of the pattern that says which events the rule is about at all; None where it has no such part."""
        head, mark, _ = self.cypher.partition(SCOPE_ENDS)
        return f"{head}\nRETURN e.id AS event" if mark else None

    def marks(self, name: str) -> tuple[str, ...]:
        """Who sets a parameter: `law` or `organization`, and `lawyer` where a lawyer must look. The law knows no grades of severity."""
        note = self.notes.get(name, "")
        organization = self.own or _ORGANIZATION in note or "severity" in name
        return ("organization" if organization else "law", *(("lawyer",) if _LAWYER in note else ()))

    @property
    def examples(self) -> Path:
        """The file that proves the rule."""
        return Path(self.path).with_name(examples_name(Path(self.path).name))

    def query_parameters(self) -> dict[str, Any]:
        """The header's parameters that the pattern uses."""
        return {
            name: list(value) if isinstance(value, list) else value for name, value in self.parameters.items() if f"${name}" in self.cypher
        }


@dataclass(frozen=True, slots=True)
class Catalog:
    """All rules by id, in id order (a rule comes after those in its `unless`)."""

    rules: Mapping[str, Rule] = field(default_factory=dict)
    refused: tuple[DefinitionError, ...] = ()
    """Files of the organization's folder that were not taken, each with its line and reason; the other rules work without them."""

    def get(self, rule_id: str) -> Rule:
        """The rule, or DefinitionError with the ids there are."""
        try:
            return self.rules[rule_id]
        except KeyError:
            raise DefinitionError("queries/rules", 0, f"no rule {rule_id!r}; there are: {', '.join(self.rules)}") from None


def load_catalog(own_rules: Path | None = None) -> Catalog:
    """Every rule file of the package and of the organization's own folder.

    A broken file of the package raises DefinitionError with its line. One of the organization's is refused and the others work.
    A rule without an examples file that proves all three outcomes is broken.
    """
    found = {rule.id: rule for rule in _read_folder(resources.files("queries.rules"))}
    refused: list[DefinitionError] = []
    for file, folder in [(file, own_rules) for file in _files(own_rules)] if own_rules is not None else ():
        try:
            rule = _read_rule(file, folder, own=True)
            _not_twice(rule, found)
            _after_its_unless(rule, found)
        except DefinitionError as error:
            refused.append(error)
        else:
            found[rule.id] = rule
    return Catalog(dict(sorted(found.items())), tuple(refused))


def _files(folder: Traversable) -> list[Traversable]:
    return sorted((file for file in folder.iterdir() if file.name.endswith(".cypher")), key=lambda one: one.name)


def _read_folder(folder: Traversable) -> list[Rule]:
    found: dict[str, Rule] = {}
    for file in _files(folder):
        rule = _read_rule(file, folder)
        _not_twice(rule, found)
        found[rule.id] = rule
    for rule in found.values():
        _after_its_unless(rule, found)
    return list(found.values())


def _read_rule(file: Traversable, folder: Traversable, *, own: bool = False) -> Rule:
    rule = parse_rule(_text_of(file), str(file))
    _prove(file, folder)
    return replace(rule, own=own)


def _text_of(file: Traversable) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise DefinitionError(str(file), 1, f"the file cannot be read as UTF-8: {error}", "файл не читается как текст UTF-8") from None


def _not_twice(rule: Rule, found: Mapping[str, Rule]) -> None:
    if rule.id in found:
        other = found[rule.id].path
        raise DefinitionError(rule.path, 2, f"rule id {rule.id} is already used by {other}", f"номер {rule.id} уже занят правилом {other}")


def _after_its_unless(rule: Rule, found: Mapping[str, Rule]) -> None:
    for other in rule.unless:
        if other not in found or other >= rule.id:
            at = _line_of(rule.path, "unless")
            said = f"`unless` names {other}, which is not an earlier rule", f"в `unless` назван {other}, а это не более раннее правило"
            raise DefinitionError(rule.path, at, *said)


def _prove(file: Traversable, folder: Traversable) -> None:
    examples = folder / examples_name(file.name)
    if not examples.is_file():
        said = f"beside the rule there must be {examples.name} with base, fires, silent, not_computable"
        said_ru = f"рядом с правилом нужен файл {examples.name} с разделами base, fires, silent, not_computable"
        raise DefinitionError(str(file), 1, said, said_ru)
    parse_examples(_text_of(examples), str(examples))


def examples_name(rule_file: str) -> str:
    """The name of the examples beside a rule file: `r05_topic.cypher` has `r05_topic.examples.yaml`."""
    return f"{rule_file.removesuffix('.cypher')}.examples.yaml"


def parse_rule(text: str, path: str) -> Rule:
    """One rule from its file's text."""
    match = _HEADER.match(text)
    if match is None:
        said = "the file must open with a `/*---` header that ends with `---*/`"
        raise DefinitionError(path, 1, said, "файл начинается с заголовка от `/*---` до `---*/`")
    try:
        header = load_yaml(match[1])
    except yaml.YAMLError as error:
        at = getattr(getattr(error, "problem_mark", None), "line", 0) + 2
        raise DefinitionError(path, at, f"the header is not YAML: {error}", f"заголовок не читается как YAML: {error}") from None
    if not isinstance(header, dict):
        raise DefinitionError(path, 2, "the header must be `name: value` lines", "заголовок состоит из строк `имя: значение`")

    _check_header(header, text, path)
    cypher = text[match.end() :].strip()
    parameters = header.get("parameters") or {}
    _check_pattern(cypher, parameters, text, path)
    laws = tuple(Law(row["act"], row["article"], row["since"], row.get("until")) for row in header["law"])
    notes = {name: note for name, note in _NOTE.findall(match[1]) if name in parameters}
    return Rule(
        header["id"],
        str(header["version"]),
        header["title_ru"],
        header["title_en"],
        header["severity"],
        header["status"],
        laws,
        header["anchor"],
        header["official"],
        header["kin"],
        bool(header.get("kin_both_ways")),
        parameters,
        tuple(header.get("unless") or ()),
        tuple(header["identity"]),
        header["next_ru"],
        header["next_en"],
        cypher,
        path,
        notes,
        reach=header.get("reach", ""),
    )


def _check_header(header: Mapping[str, Any], text: str, path: str) -> None:
    for name in _REQUIRED:
        if name not in header:
            raise DefinitionError(path, 1, f"`{name}` is missing from the header", f"в заголовке нет `{name}`")
    for name, allowed in (("severity", SEVERITIES), ("anchor", ANCHORS), ("status", STATUSES)):
        if header.get(name, "") not in allowed:
            said = f"`{name}` must be one of {', '.join(allowed)}, not {header[name]!r}"
            said_ru = f"`{name}` — одно из {', '.join(allowed)}, а не {header[name]!r}"
            raise DefinitionError(path, _line(text, name), said, said_ru)
    _check_lists(header, text, path)
    reaches = REACHES[header["anchor"]]
    if header.get("reach") and header["reach"] not in reaches:
        said = f"`reach` of `anchor: {header['anchor']}` must be one of {', '.join(reaches)}"
        said_ru = f"`reach` при `anchor: {header['anchor']}` — одно из {', '.join(reaches)}"
        raise DefinitionError(path, _line(text, "reach"), said, said_ru)


def _check_lists(header: Mapping[str, Any], text: str, path: str) -> None:
    """The parts that are read by name: a number for a title or a law without its day is the writer's slip, not a crash."""
    for name in ("id", "title_ru", "title_en", "official", "kin", "next_ru", "next_en"):
        if not isinstance(header[name], str):
            raise DefinitionError(path, _line(text, name), f"`{name}` must be text", f"`{name}` должно быть текстом")
    if not isinstance(header.get("parameters") or {}, dict):
        said = "`parameters` must be `name: value` lines"
        raise DefinitionError(path, _line(text, "parameters"), said, "`parameters` — строки `имя: значение`")
    for name in ("identity", "unless"):
        if not isinstance(header.get(name) or [], list):
            raise DefinitionError(path, _line(text, name), f"`{name}` must be a list", f"`{name}` должно быть списком")
    for row in header["law"] if isinstance(header["law"], list) else [None]:
        if not isinstance(row, dict) or not {"act", "article"} <= set(row) or not _is_span(row):
            said = "each line of `law` is {act, article, since: YYYY-MM-DD}, and `until` is such a day too"
            said_ru = "каждая строка `law` — {act, article, since: ГГГГ-ММ-ДД}; `until` — тоже день"
            raise DefinitionError(path, _line(text, "law"), said, said_ru)


def _is_span(row: Mapping[str, Any]) -> bool:
    return isinstance(row.get("since"), date) and isinstance(row.get("until"), date | None)


def _check_pattern(cypher: str, parameters: Mapping[str, Any], text: str, path: str) -> None:
    undeclared = sorted(set(re.findall(r"\$(\w+)", cypher)) - {"anchors", "official"} - set(parameters))
    if undeclared:
        at = text.count("\n", 0, text.index(f"${undeclared[0]}", text.index("---*/"))) + 1
        names = ", ".join(undeclared)
        said = f"the pattern uses undeclared parameters: {names}"
        raise DefinitionError(path, at, said, f"в запросе есть параметры, не объявленные в заголовке: {names}")
    plain = _SILENT.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), cypher)
    if write := _WRITES.search(plain):
        at = text.count("\n", 0, text.index(cypher) + write.start()) + 1
        word = write[0].split()[0].upper()
        said = f"a rule only reads: {word} is refused, as are CREATE, MERGE, SET, DELETE, procedures and the like"
        raise DefinitionError(path, at, said, f"правило только читает: {word} не допускается, как и CREATE, MERGE, SET, DELETE, процедуры")
    if "$anchors" not in cypher or "$official" not in cypher:
        said = "the pattern must start from $anchors and filter by $official"
        raise DefinitionError(path, 1, said, "запрос начинается с $anchors и отбирает по $official")
    missing = ", ".join(sorted(name for name in COLUMNS if not re.search(rf"(\bAS {name}\b|[\s,]{name},)", cypher)))
    if missing:
        said = f"the pattern must return {', '.join(sorted(COLUMNS))}; missing: {missing}"
        raise DefinitionError(path, 1, said, f"запрос возвращает {', '.join(sorted(COLUMNS))}; не хватает: {missing}")


def _line(text: str, name: str) -> int:
    return next((n for n, row in enumerate(text.splitlines(), 1) if row.startswith(f"{name}:")), 1)


def _line_of(path: str, name: str) -> int:
    return _line(Path(path).read_text(encoding="utf-8") if Path(path).exists() else "", name)
