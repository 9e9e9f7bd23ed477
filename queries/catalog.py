"""Loads and checks the rule files: a header that a reader follows without Python, then one Cypher pattern."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
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
    reach: str = ""
    """To which of its anchors a rule narrows itself; `tie`: it fires only where an official with a power in the event is tied to
    a party of it (queries/rules/scout.py)."""

    def scope_cypher(self) -> str | None:
        """The part of the pattern that says which events the rule is about at all; None where it has no such part."""
        head, mark, _ = self.cypher.partition(SCOPE_ENDS)
        return f"{head}\nRETURN e.id AS event" if mark else None

    def query_parameters(self) -> dict[str, Any]:
        """The header's parameters that the pattern uses."""
        return {
            name: list(value) if isinstance(value, list) else value for name, value in self.parameters.items() if f"${name}" in self.cypher
        }


@dataclass(frozen=True, slots=True)
class Catalog:
    """All rules by id, in id order (a rule comes after those in its `unless`)."""

    rules: Mapping[str, Rule] = field(default_factory=dict)

    def get(self, rule_id: str) -> Rule:
        """The rule, or DefinitionError with the ids there are."""
        try:
            return self.rules[rule_id]
        except KeyError:
            raise DefinitionError("queries/rules", 0, f"no rule {rule_id!r}; there are: {', '.join(self.rules)}") from None


def load_catalog(own_rules: Path | None = None) -> Catalog:
    """Every `rNN_*.cypher` of the package and of the organization's own folder; a broken file raises DefinitionError with its line.

    A rule without an examples file that proves all three outcomes is refused.
    """
    found: dict[str, Rule] = {}
    folders: list[Traversable] = [resources.files("queries.rules")]
    if own_rules is not None:
        folders.append(own_rules)
    files = [(file, folder) for folder in folders for file in folder.iterdir() if file.name.endswith(".cypher")]
    for file, folder in sorted(files, key=lambda one: one[0].name):
        rule = parse_rule(file.read_text(encoding="utf-8"), str(file))
        _prove(file, folder)
        if rule.id in found:
            raise DefinitionError(rule.path, 2, f"rule id {rule.id} is already used by {found[rule.id].path}")
        found[rule.id] = rule
    ordered = dict(sorted(found.items()))
    for rule in ordered.values():
        for other in rule.unless:
            if other not in ordered or other >= rule.id:
                raise DefinitionError(rule.path, _line_of(rule.path, "unless"), f"`unless` names {other}, which is not an earlier rule")
    return Catalog(ordered)


def _prove(file: Traversable, folder: Traversable) -> None:
    examples = folder / examples_name(file.name)
    if not examples.is_file():
        raise DefinitionError(str(file), 1, f"beside the rule there must be {examples.name} with base, fires, silent, not_computable")
    parse_examples(examples.read_text(encoding="utf-8"), str(examples))


def examples_name(rule_file: str) -> str:
    """The name of the examples beside a rule file: `r05_topic.cypher` has `r05_topic.examples.yaml`."""
    return f"{rule_file.removesuffix('.cypher')}.examples.yaml"


def parse_rule(text: str, path: str) -> Rule:
    """One rule from its file's text."""
    match = _HEADER.match(text)
    if match is None:
        raise DefinitionError(path, 1, "the file must open with a `/*---` header that ends with `---*/`")
    try:
        header = load_yaml(match[1])
    except yaml.YAMLError as error:
        at = getattr(getattr(error, "problem_mark", None), "line", 0) + 2
        raise DefinitionError(path, at, f"the header is not YAML: {error}") from None
    if not isinstance(header, dict):
        raise DefinitionError(path, 2, "the header must be `name: value` lines")

    _check_header(header, text, path)
    cypher = text[match.end() :].strip()
    parameters = header.get("parameters") or {}
    _check_pattern(cypher, parameters, text, path)
    laws = tuple(Law(row["act"], row["article"], row["since"], row.get("until")) for row in header["law"])
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
        header.get("reach", ""),
    )


def _check_header(header: Mapping[str, Any], text: str, path: str) -> None:
    for name in _REQUIRED:
        if name not in header:
            raise DefinitionError(path, 1, f"`{name}` is missing from the header")
    for name, allowed in (("severity", SEVERITIES), ("anchor", ANCHORS), ("status", STATUSES)):
        if header.get(name, "") not in allowed:
            raise DefinitionError(path, _line(text, name), f"`{name}` must be one of {', '.join(allowed)}, not {header[name]!r}")
    reaches = REACHES[header["anchor"]]
    if header.get("reach") and header["reach"] not in reaches:
        raise DefinitionError(path, _line(text, "reach"), f"`reach` of `anchor: {header['anchor']}` must be one of {', '.join(reaches)}")


def _check_pattern(cypher: str, parameters: Mapping[str, Any], text: str, path: str) -> None:
    undeclared = set(re.findall(r"\$(\w+)", cypher)) - {"anchors", "official"} - set(parameters)
    if undeclared:
        raise DefinitionError(path, _line(text, "parameters"), f"the pattern uses undeclared parameters: {', '.join(sorted(undeclared))}")
    if re.search(r"\b(CREATE|MERGE|DELETE|SET|REMOVE|DROP|LOAD|FOREACH)\b", re.sub(r"'[^']*'", "", cypher)):
        raise DefinitionError(path, 1, "a rule only reads: CREATE, MERGE, SET, DELETE and the like are refused")
    if "$anchors" not in cypher or "$official" not in cypher:
        raise DefinitionError(path, 1, "the pattern must start from $anchors and filter by $official")
    missing = [name for name in COLUMNS if not re.search(rf"(\bAS {name}\b|[\s,]{name},)", cypher)]
    if missing:
        raise DefinitionError(path, 1, f"the pattern must return {', '.join(sorted(COLUMNS))}; missing: {', '.join(sorted(missing))}")


def _line(text: str, name: str) -> int:
    return next((n for n, row in enumerate(text.splitlines(), 1) if row.startswith(f"{name}:")), 1)


def _line_of(path: str, name: str) -> int:
    return _line(Path(path).read_text(encoding="utf-8") if Path(path).exists() else "", name)
