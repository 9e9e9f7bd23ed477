"""Risk of a person, firm, body or event: the probability that a check confirms a conflict, with contributions in words."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import exp

from graph.client import Graph
from graph.values import Row
from queries.analysis.risk_model import Body, Language, Model, Part, band, features_of, fit, hazard, prior

CONFIRMED = frozenset({"RISK_CONFIRMED", "NOTICE_REQUESTED", "NOTICE_RECEIVED", "MEASURES_TAKEN", "TO_COMMISSION", "DECIDED", "EXECUTED"})
DISMISSED = frozenset({"FALSE_POSITIVE", "NO_CONFLICT"})
_GONE = DISMISSED | {"CLOSED"}
_BATCH = 500
_COLUMNS = "x.id AS finding, x.payload AS payload, x.official AS official, x.counterparty AS counterparty, x.units AS units"
_OF = {
    "Person": f"UNWIND $ids AS id MATCH (:Person {{id: id}})<-[:ON_PERSON]-(x:Finding) RETURN DISTINCT id AS id, {_COLUMNS}",
    "Event": f"UNWIND $ids AS id MATCH (x:Finding {{event: id}}) RETURN DISTINCT id AS id, {_COLUMNS}",
    "Organization": f"UNWIND $ids AS id MATCH (x:Finding {{counterparty: id}}) RETURN DISTINCT id AS id, {_COLUMNS}",
    "unit": f"UNWIND $ids AS id MATCH (x:Finding) WHERE id IN x.units RETURN DISTINCT id AS id, {_COLUMNS}",
}
_OPEN = (
    f"MATCH (x:Finding) WHERE x.closed = false AND coalesce(x.trial, false) = false RETURN x.id AS id, {_COLUMNS}, x.assignee AS assignee"
)
_DECISIONS = "MATCH (d:Decision) WHERE d.undone_at IS NULL RETURN d.finding AS finding, d.new AS status, d.at AS at"
_BODIES = f"UNWIND $ids AS id MATCH (x:Finding {{id: id}}) RETURN id AS id, {_COLUMNS}"
_VERSIONS = """
UNWIND $ids AS id
MATCH (v:FindingVersion {finding: id})
RETURN id AS finding, v.payload AS payload, v.recorded_at AS recorded_at, v.superseded_at AS superseded_at
"""
_SINCE = "UNWIND $ids AS id MATCH (x:Finding {id: id}) RETURN id AS finding, x.recorded_at AS recorded_at"


@dataclass(frozen=True, slots=True)
class Contribution:
    """One pair of official and party: `weight` is −ln(1 − p); the weights of all add up to −ln(1 − score)."""

    rule: str | None
    finding: str | None
    probability: float
    weight: float
    ru: str
    en: str
    parts: tuple[Part, ...] = ()


@dataclass(frozen=True, slots=True)
class Risk:
    """The answer for one node. `decided`: on how many decisions the weights rest."""

    node: str
    score: float
    contributions: tuple[Contribution, ...]
    decided: int
    measured: bool

    @property
    def band(self) -> str:
        """`high`, `medium`, `low`."""
        return band(self.score)


def learnt(graph: Graph, today: date) -> Model:
    """The model after all decisions that stand: confirmed once and not taken back is confirmed; else what was said last."""
    said: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for row in graph.stream(_DECISIONS):
        said[row["finding"]].append((str(row["at"]), row["status"]))
    outcome: dict[str, bool] = {}
    for finding, steps in said.items():
        last = max((one for one in steps if one[1] in CONFIRMED | DISMISSED), default=None)
        if last is not None:
            outcome[finding] = last[1] in CONFIRMED
    rows = _bodies(graph, outcome)
    repeated = _repeated(rows)
    # What a finding said when it was decided is in its payload but for its status, which is the outcome itself.
    decided = []
    for row in sorted(rows, key=lambda row: str(row["finding"])):
        body = {**row["body"], "status": "NEW"}
        decided.append((features_of(body, repeated=row["finding"] in repeated, today=today), outcome[row["finding"]]))
    return fit(decided)


def risk_of(graph: Graph, nodes: Mapping[str, str], model: Model, today: date) -> dict[str, Risk]:
    """The risk of each node; `nodes`: canonical id → `Person`, `Organization`, `Event`, or `unit` for a body as the place of its events."""
    found: dict[str, list[Row]] = {node: [] for node in nodes}
    for kind, statement in _OF.items():
        ids = sorted(node for node, label in nodes.items() if label == kind)
        for start in range(0, len(ids), _BATCH):
            for row in _read(graph.read(statement, ids=ids[start : start + _BATCH])):
                found[row["id"]].append(row)
    return {node: _combined(node, rows, model, today) for node, rows in found.items()}


def history_of(graph: Graph, node: str, kind: str, model: Model, days: Sequence[date]) -> list[tuple[date, Risk]]:
    """The risk as it would have been told at the end of each day, from what was recorded by then (weights: today's)."""
    rows = _read(graph.read(_OF[kind], ids=[node]))
    ids = sorted({row["finding"] for row in rows})
    now = {row["finding"]: row for row in rows}
    since = {row["finding"]: str(row["recorded_at"]) for row in graph.read(_SINCE, ids=ids)} if ids else {}
    versions = _read(graph.read(_VERSIONS, ids=ids)) if ids else []
    made = []
    for day in days:
        until = f"{day.isoformat()}T24"
        then = [now[one] for one in ids if since[one] < until]
        then += [
            {**now[row["finding"]], "body": row["body"]} for row in versions if str(row["recorded_at"]) < until <= str(row["superseded_at"])
        ]
        made.append((day, _combined(node, then, model, day)))
    return made


@dataclass(frozen=True, slots=True)
class Waiting:
    """A finding in the order of what its check yields."""

    finding: str
    body: Body
    official: str
    units: tuple[str, ...]
    assignee: str | None
    probability: float
    worth: float
    parts: tuple[Part, ...]


def queue(graph: Graph, model: Model, today: date, units: Sequence[str] | None = None) -> list[Waiting]:
    """Open findings, the one whose check yields most first: the probability that it confirms, times what a confirmed one is worth.

    `units`: only findings of these bodies (None: all). What a person has confirmed already no longer waits for a check.
    """
    rows = _read(row for row in graph.stream(_OPEN) if units is None or not set(units).isdisjoint(row["units"] or ()))
    repeated = _repeated(rows)
    worth: Mapping[str, float] = prior()["value"]
    made = []
    for row in rows:
        body = row["body"]
        if body["status"] in CONFIRMED | _GONE:
            continue
        names = features_of(body, repeated=row["finding"] in repeated, today=today)
        p = model.probability(names)
        made.append(
            Waiting(
                row["finding"],
                body,
                row["official"],
                tuple(row["units"] or ()),
                row["assignee"],
                p,
                p * worth[body["severity"]],
                model.parts(names),
            )
        )
    return sorted(made, key=lambda one: (-one.worth, one.finding))


def sentence(contribution: Contribution, language: Language) -> str:
    """The contribution in words."""
    return contribution.en if language == "en" else contribution.ru


def standing(model: Model, language: Language) -> str:
    """Whether the weights are presumed or measured, in words."""
    text: str = prior()["texts"]["measured" if model.measured else "presumed"][language]
    return text.format(n=model.decided)


def _combined(node: str, rows: Sequence[Row], model: Model, today: date) -> Risk:
    """Findings about one official and one party are one matter: the likeliest stands for it. Different matters are taken as independent."""
    matters: dict[tuple[str, str], list[tuple[float, Row, Body, tuple[Part, ...]]]] = defaultdict(list)
    repeated = _repeated(rows)
    for row in rows:
        body = row["body"]
        if body["status"] in _GONE:
            continue
        names = features_of(body, repeated=row["finding"] in repeated, today=today)
        sure = body["status"] in CONFIRMED
        p = float(prior()["confirmed"]) if sure else model.probability(names)
        matters[row["official"], row["counterparty"]].append((p, row, body, () if sure else model.parts(names)))
    base = float(prior()["base"])
    text = prior()["texts"]["base"]
    made = [Contribution(None, None, base, hazard(base), text["ru"], text["en"])] if not matters else []
    for group in matters.values():
        p, row, body, parts = max(group, key=lambda one: (one[0], one[1]["finding"]))
        said = {language: _words(body, parts, len(group) - 1, language) for language in ("ru", "en")}
        made.append(Contribution(body["rule"], row["finding"], p, hazard(p), said["ru"], said["en"], parts))
    made.sort(key=lambda one: (-one.weight, one.finding or ""))
    score = 1 - exp(-sum(one.weight for one in made))
    return Risk(node, score, tuple(made), model.decided, model.measured)


def _words(body: Body, parts: Sequence[Part], more: int, language: Language) -> str:
    texts = prior()["texts"]
    if not parts:
        why = texts["confirmed"][language]
    else:
        why = ", ".join((part.en if language == "en" else part.ru) for part in parts if not part.name.startswith("rule:"))
    said: str = texts["finding"][language].format(rule=body["rule"], title=(body.get("event") or {}).get("title") or "", why=why)
    return f"{said}; {texts['more'][language].format(n=more)}" if more else said


def _repeated(rows: Iterable[Row]) -> set[str]:
    """Findings whose official and party met in another event too."""
    events: dict[tuple[str, str], set[str]] = defaultdict(set)
    members: dict[tuple[str, str], list[str]] = defaultdict(list)
    for row in rows:
        pair = row["official"], row["counterparty"]
        events[pair].add(str((row["body"].get("event") or {}).get("id")))
        members[pair].append(row["finding"])
    return {one for pair, some in members.items() if len(events[pair]) > 1 for one in some}


def _bodies(graph: Graph, ids: Iterable[str]) -> list[Row]:
    wanted = sorted(ids)
    return [row for start in range(0, len(wanted), _BATCH) for row in _read(graph.read(_BODIES, ids=wanted[start : start + _BATCH]))]


def _read(rows: Iterable[Row]) -> list[Row]:
    """The rows with their findings' JSON read, once."""
    return [{**row, "body": json.loads(row["payload"])} for row in rows]
