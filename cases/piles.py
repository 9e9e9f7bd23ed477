"""How many findings lie in each tray, for the whole city or some bodies, and what people said of each rule's findings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from cases.trays import CLARIFY, HANDED, OPEN, TRIAL, Tray, read_tray
from graph.client import Graph

CONFIRMED = frozenset({"RISK_CONFIRMED", "NOTICE_REQUESTED", "NOTICE_RECEIVED", "MEASURES_TAKEN", "TO_COMMISSION", "DECIDED", "EXECUTED"})
REJECTED = frozenset({"FALSE_POSITIVE", "NO_CONFLICT"})
Piles = Counter[Tray]
"""How many findings in view lie in each tray."""

_TRAYS = "MATCH (t:Tray) WHERE t.n > 0 RETURN t.id AS id, t.n AS n"
_OF_UNITS = """
UNWIND $units AS unit
MATCH (:Organization {id: unit})<-[f:FOR_UNIT]-()
WITH DISTINCT f.finding AS finding, f.tray AS tray
RETURN tray AS id, count(finding) AS n
"""
# What was asked of the people concerned is a confirmation too; a step taken back is none.
_SAID = """
MATCH (d:Decision)
WHERE d.undone_at IS NULL AND d.new IN $steps
MATCH (x:Finding {id: d.finding})
WHERE ($all_units OR any(unit IN x.units WHERE unit IN $units)) AND coalesce(x.trial, false) = false
RETURN x.rule AS rule, x.id AS finding, d.new AS step, d.at AS at
"""


@dataclass(frozen=True, slots=True)
class RuleFigures:
    """Of one rule's findings: those that wait, of them for data only; all there ever were; what people last said of them."""

    now: int = 0
    clarify: int = 0
    ever: int = 0
    confirmed: int = 0
    rejected: int = 0


def read_piles(graph: Graph, units: Sequence[str] | None) -> Piles:
    """The whole city's trays as they are kept (`units` None); those of some bodies counted over their edges."""
    rows = graph.read(_TRAYS) if units is None else graph.read(_OF_UNITS, units=list(units))
    return Counter({read_tray(row["id"]): int(row["n"]) for row in rows if row["id"]})


def rule_figures(graph: Graph, units: Sequence[str] | None) -> Mapping[str, RuleFigures]:
    """By rule, for what these bodies may see; rules on trial have none."""
    now: Counter[str] = Counter()
    clarify: Counter[str] = Counter()
    ever: Counter[str] = Counter()
    for tray, n in read_piles(graph, units).items():
        if tray.pile == TRIAL:
            continue
        ever[tray.rule] += n
        if tray.pile in (OPEN, CLARIFY, HANDED):
            now[tray.rule] += n
        if tray.pile == CLARIFY:
            clarify[tray.rule] += n
    confirmed, rejected = _said(graph, units)
    return {rule: RuleFigures(now[rule], clarify[rule], ever[rule], confirmed[rule], rejected[rule]) for rule in ever}


def _said(graph: Graph, units: Sequence[str] | None) -> tuple[Counter[str], Counter[str]]:
    """Findings confirmed and rejected, each by the last word on it."""
    rows = graph.read(_SAID, steps=sorted(CONFIRMED | REJECTED), all_units=units is None, units=list(units or ()))
    last = {row["finding"]: row for row in sorted(rows, key=lambda row: row["at"])}
    return (
        Counter(row["rule"] for row in last.values() if row["step"] in CONFIRMED),
        Counter(row["rule"] for row in last.values() if row["step"] in REJECTED),
    )
