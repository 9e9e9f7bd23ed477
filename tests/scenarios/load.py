"""Stories as data: reads tests/scenarios/*.yaml into cases with full feed records and exact expectations (schema: README.md)."""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

FOLDER = Path(__file__).parent
ALWAYS = ("R-01", "R-04", "R-05", "R-06", "R-09", "R-10")
"""The rules whose findings every story names in full."""
RULES = (*ALWAYS, *(f"R-{number:02d}" for number in range(1, 28) if f"R-{number:02d}" not in ALWAYS))
"""The others are compared where the story speaks of them."""
"""A case says everything that these rules find, and nothing of others."""
REASONS = frozenset(
    [
        "not_in_scope",
        "not_official",
        "took_no_part",
        "role_ended",
        "namesake",
        "no_path",
        "not_listed_kin",
        "not_kin_at_date",
        "share_below_threshold",
        "below_amount",
        "outside_window",
        "natural_monopoly",
        "consent_given",
        "notified",
        "data_error",
    ]
)
KINDS = frozenset(["hr", "egrul", "civil_registry", "declaration", "procurement", "appeals", "offences", "other"])
SEVERITIES = frozenset(["BLOCK", "HIGH", "MEDIUM", "LOW", "INFO"])
GRADES = frozenset(["certain", "probable", "weak"])
STATUSES = frozenset({"NEW", "NEED_DATA", "SETTLED"})
BASE = "base"

Line = dict[str, Any]


class BadScenario(ValueError):
    """A scenario file does not follow README.md; the text says where."""


@dataclass(frozen=True, slots=True)
class Source:
    """One source of a case; `lines` are complete lines of the contract's feed."""

    name: str
    kind: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Finding:
    """A finding that must be there. Fields that are None are not compared; `kin` and `share` say so with `given`."""

    rule: str
    official: str
    counterparty: str
    event: str | None = None
    outcome: str = "fired"
    severity: str | None = None
    status: str | None = None
    path: str | None = None
    term: str | None = None
    share: float | None = None
    modifiers: tuple[str, ...] | None = None
    missing: tuple[str, ...] | None = None
    grade: str | None = None
    decisive: tuple[str, ...] = ()
    """Any of these tests may be named as the weakest of the chain."""
    settled_by: str | None = None
    given: frozenset[str] = frozenset()
    """Keys that the file states, so that `kin: null` (no kinship: the official himself) differs from an unsaid kin."""


@dataclass(frozen=True, slots=True)
class Silence:
    """What `sverka explain` must answer where nothing fires. No reasons: any."""

    rule: str
    person: str
    event: str | None
    outcome: str = "not_fired"
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class KinLine:
    """What `sverka kin PERSON --as-of DATE` must (path) or must not (None) say of the relative."""

    person: str
    relative: str
    as_of: str
    path: str | None


@dataclass(frozen=True, slots=True)
class Case:
    """One story or one variant of it."""

    story: str
    variant: str
    title: str
    sources: tuple[Source, ...]
    expect: tuple[Finding, ...]
    may: tuple[tuple[str, str | None], ...]
    """(rule, event) of findings that are neither required nor forbidden."""
    silent: tuple[Silence, ...]
    kin: tuple[KinLine, ...] = field(default=())

    @property
    def name(self) -> str:
        """`s1_brother_of_wife/divorced on the day`."""
        return f"{self.story}/{self.variant}"


def cases(folder: Path = FOLDER) -> Iterator[Case]:
    """Every case of every file, sorted by file; raises BadScenario for a file that does not follow the schema."""
    for path in sorted(folder.glob("*.yaml")):
        yield from read(path)


def read(path: Path) -> list[Case]:
    """The cases of one file: its base first."""
    story = yaml.safe_load(path.read_text(encoding="utf-8"))
    where = path.name
    _keys(story, {"title", "law", "sources", "expect", "may", "silent", "kin", "variants", "shared"}, where)
    if not story.get("title") or not story.get("law"):
        raise BadScenario(f"{where}: a story needs title and law")
    sources = [_source(one, where) for one in story.get("sources") or []]
    _unique(sources, where)
    found = [_case(path.stem, BASE, story["title"], sources, story, story, where)]
    for name, variant in (story.get("variants") or {}).items():
        at = f"{where}: {name}"
        _keys(variant, {"change", "remove", "add", "expect", "may", "silent", "kin"}, at)
        changed = _changed(sources, variant, at)
        _unique(changed, at)
        found.append(_case(path.stem, str(name), f"{story['title']} — {name}", changed, variant, story, at))
    return found


# ---------------------------------------------------------------------------------------------------- records
def _source(one: Mapping[str, Any], where: str) -> dict[str, Any]:
    _keys(one, {"name", "kind", "records"}, where)
    if one["kind"] not in KINDS:
        raise BadScenario(f"{where}: {one['name']}: unknown kind {one['kind']}")
    return {"name": one["name"], "kind": one["kind"], "records": [dict(record) for record in one["records"]]}


def _unique(sources: Sequence[Mapping[str, Any]], where: str) -> None:
    seen: set[str] = set()
    for source in sources:
        for record in source["records"]:
            if "id" not in record or "schema" not in record:
                raise BadScenario(f"{where}: a record of {source['name']} lacks id or schema: {record}")
            if str(record["id"]) in seen:
                raise BadScenario(f"{where}: the id {record['id']} stands twice; ids are unique in a story")
            seen.add(str(record["id"]))


def _changed(sources: Sequence[dict[str, Any]], variant: Mapping[str, Any], where: str) -> list[dict[str, Any]]:
    changed = copy.deepcopy(list(sources))
    records = {record["id"]: record for source in changed for record in source["records"]}
    for key, values in (variant.get("change") or {}).items():
        if key not in records:
            raise BadScenario(f"{where}: there is no record {key} to change")
        for name, value in values.items():
            if value is None:
                if name not in records[key]:
                    raise BadScenario(f"{where}: {key} has no {name} to take away")
                del records[key][name]
            else:
                records[key][name] = value
    gone = set(variant.get("remove") or [])
    if missing := gone - set(records):
        raise BadScenario(f"{where}: there is no record {sorted(missing)} to remove")
    names = {source["name"]: source for source in changed}
    for source in changed:
        source["records"] = [record for record in source["records"] if record["id"] not in gone]
    for name, added in (variant.get("add") or {}).items():
        if name not in names:
            raise BadScenario(f"{where}: there is no source {name} to add to")
        names[name]["records"] += [dict(record) for record in added]
    return changed


def feed_line(record: Mapping[str, Any]) -> Line:
    """A line of the contract's feed from the short form {id, schema, property: value or list}."""
    properties = {
        name: [str(one) for one in (value if isinstance(value, list) else [value])]
        for name, value in record.items()
        if name not in ("id", "schema")
    }
    return {"id": str(record["id"]), "schema": record["schema"], "properties": properties}


# ---------------------------------------------------------------------------------------------------- expectations
def _case(
    story: str, variant: str, title: str, sources: list[dict[str, Any]], own: Mapping[str, Any], base: Mapping[str, Any], where: str
) -> Case:
    if "expect" not in own:
        raise BadScenario(f"{where}: every case says what it expects, be it []")
    ids = {str(record["id"]) for source in sources for record in source["records"]}
    kin = own.get("kin", base.get("kin") if own is base else None) or []
    case = Case(
        story,
        variant,
        title,
        tuple(Source(one["name"], one["kind"], tuple(feed_line(record) for record in one["records"])) for one in sources),
        tuple(_finding(one, ids, where) for one in own["expect"]),
        tuple((str(one["rule"]), one.get("event")) for one in own.get("may") or []),
        tuple(_silence(one, ids, where) for one in own.get("silent") or []),
        tuple(KinLine(one["person"], one["relative"], str(one["as_of"]), one["path"]) for one in kin),
    )
    if not case.expect and not case.silent:
        raise BadScenario(f"{where}: expects nothing and says not why")
    return case


def _finding(one: Mapping[str, Any], ids: set[str], where: str) -> Finding:
    _keys(
        one,
        {
            "rule",
            "official",
            "counterparty",
            "event",
            "outcome",
            "severity",
            "status",
            "kin",
            "share",
            "modifiers",
            "missing",
            "match",
            "settled_by",
        },
        where,
    )
    for key in ("official", "counterparty", "event", "settled_by"):
        if one.get(key) is not None and one[key] not in ids:
            raise BadScenario(f"{where}: {key} {one[key]} is no record of the case")
    kin, match = one.get("kin") or {}, one.get("match") or {}
    decisive = match.get("decisive", [])
    finding = Finding(
        one["rule"],
        one["official"],
        one["counterparty"],
        one.get("event"),
        one.get("outcome", "fired"),
        one.get("severity"),
        one.get("status"),
        kin.get("path"),
        kin.get("term"),
        one.get("share"),
        tuple(one["modifiers"]) if "modifiers" in one else None,
        tuple(one["missing"]) if "missing" in one else None,
        match.get("grade"),
        tuple(decisive if isinstance(decisive, list) else [decisive]),
        one.get("settled_by"),
        frozenset(one),
    )
    checks = (
        (finding.rule in RULES, "rule"),
        (finding.outcome in ("fired", "not_computable"), "outcome"),
        (finding.severity is None or finding.severity in SEVERITIES, "severity"),
        (finding.status is None or finding.status in STATUSES, "status"),
        (finding.grade is None or finding.grade in GRADES, "match.grade"),
        (finding.outcome == "fired" or finding.missing, "missing (a finding that is not computable names what is missing)"),
    )
    for holds, name in checks:
        if not holds:
            raise BadScenario(f"{where}: {one['rule']}: bad {name}")
    return finding


def _silence(one: Mapping[str, Any], ids: set[str], where: str) -> Silence:
    _keys(one, {"rule", "person", "event", "outcome", "reason"}, where)
    reason = one.get("reason", [])
    reasons = tuple(reason if isinstance(reason, list) else [reason])
    if one["rule"] not in RULES or not REASONS.issuperset(reasons):
        raise BadScenario(f"{where}: silent {one['rule']}: unknown rule or reason {reasons}")
    for key in ("person", "event"):
        if one.get(key) is not None and one[key] not in ids:
            raise BadScenario(f"{where}: silent {one['rule']}: {key} {one[key]} is no record of the case")
    return Silence(one["rule"], one["person"], one.get("event"), one.get("outcome", "not_fired"), reasons)


def _keys(one: Mapping[str, Any], allowed: set[str], where: str) -> None:
    if unknown := set(one) - allowed:
        raise BadScenario(f"{where}: unknown key {sorted(unknown)}; allowed: {sorted(allowed)}")
