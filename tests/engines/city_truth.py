"""Compares the findings of a synthetic city with what its generator planted, people found by their numbers and not by ids."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from graph.client import Graph

_BY_KEY = "MATCH (:Key {id: $key})<-[:HAS_KEY]-(:Record)-[:RESOLVED_TO]->(c) RETURN DISTINCT c.id AS id"
_FINDINGS = """
MATCH (x:Finding) WHERE x.status <> 'CLOSED'
RETURN x.id AS id, x.rule AS rule, x.outcome AS outcome, x.event AS event, x.official AS official, x.counterparty AS counterparty,
       x.payload AS payload
"""


@dataclass(slots=True)
class Score:
    """By (rule, outcome): planted, found, and the findings that nobody planted; each miss with its line."""

    planted: Counter[tuple[str, str]] = field(default_factory=Counter)
    found: Counter[tuple[str, str]] = field(default_factory=Counter)
    raised: Counter[tuple[str, str]] = field(default_factory=Counter)
    missed: list[Mapping[str, Any]] = field(default_factory=list)
    unplanned: list[Mapping[str, Any]] = field(default_factory=list)
    broken_silence: list[Mapping[str, Any]] = field(default_factory=list)

    @property
    def recall(self) -> float:
        """Planted lines that were found, fired and not computable."""
        return sum(self.found.values()) / sum(self.planted.values())

    @property
    def precision(self) -> float:
        """Findings that were planted."""
        total = sum(self.raised.values())
        return (total - len(self.unplanned)) / total

    def table(self) -> str:
        """A line for each rule and outcome."""
        rows = []
        for key in sorted({*self.planted, *self.raised}):
            stray = sum((one["rule"], one["outcome"]) == key for one in self.unplanned)
            counts = f"planted {self.planted[key]:3}  found {self.found[key]:3}  raised {self.raised[key]:3}  unplanned {stray}"
            rows.append(f"{key[0]} {key[1]:15} {counts}")
        return "\n".join(rows)


def score(graph: Graph, truth: Path) -> Score:
    """All of truth.jsonl against all open findings."""
    made = Score()
    lines = [json.loads(line) for line in truth.read_text(encoding="utf-8").splitlines()]
    findings = [{**row, "body": json.loads(row["payload"])} for row in graph.read(_FINDINGS)]
    # Rows of the forms come of the city's ordinary families and second jobs; nobody plants them all.
    findings = [row for row in findings if row["body"]["severity"] != "INFO" or row["rule"] in {line["rule"] for line in lines}]
    for row in findings:
        made.raised[row["rule"], row["outcome"]] += 1
    planned: set[str] = set()
    for line in lines:
        hits = [row for row in findings if _same(graph, line, row)]
        if line["outcome"] == "silent":
            made.broken_silence.extend({"line": line, "finding": row["body"]} for row in hits if row["outcome"] == "fired")
            continue
        key = (line["rule"], line["outcome"])
        if line.get("ordinary"):
            planned |= {row["id"] for row in hits if row["outcome"] == line["outcome"]}
            continue
        made.planted[key] += 1
        right = [row for row in hits if row["outcome"] == line["outcome"]]
        planned |= {row["id"] for row in right}
        if right:
            made.found[key] += 1
        else:
            made.missed.append(line)
    made.unplanned = [{"rule": row["rule"], "outcome": row["outcome"], **row["body"]} for row in findings if row["id"] not in planned]
    return made


def _same(graph: Graph, line: Mapping[str, Any], row: Mapping[str, Any]) -> bool:
    if line["rule"] != row["rule"]:
        return False
    event = line["event"]["id"]
    if event is not None and event != row["body"]["event"]["id"]:
        return False
    return row["official"] in _who(graph, line["official"]) and row["counterparty"] in _who(graph, line["counterparty"])


def _who(graph: Graph, ids: Mapping[str, str]) -> set[str]:
    label = "Organization" if "ogrn" in ids else "Person"
    keys = [f"{label}:{kind}:{''.join(filter(str.isdigit, ids[kind]))}" for kind in ("inn", "snils", "ogrn") if ids.get(kind)]
    return {row["id"] for key in keys for row in graph.read(_BY_KEY, key=key)}
