"""Runs the rules over what changed, or over everything, and keeps findings in step with the facts."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import groupby

from domain.dates import FOREVER
from graph.client import Graph
from graph.values import Row
from queries.catalog import Catalog, Rule
from queries.rules.anchors import anchors_of, batches
from queries.rules.evaluate import Candidate, Evaluation, Hop, evaluate
from queries.rules.evidence import chain_hops, payload, people_of
from queries.rules.identity import read_pairs, weakest
from queries.rules.settle import settle
from queries.rules.store import Found, Stored, read_stored, write_findings
from queries.rules.things import Things

_SUPPRESSING = """
UNWIND $events AS id
MATCH (x:Finding {event: id})
WHERE x.rule IN $rules AND x.outcome = 'fired' AND x.closed = false
RETURN x.event AS event, x.official AS official, x.rule AS rule
"""


@dataclass(slots=True)
class RuleCount:
    """What one rule did in a check."""

    fired: int = 0
    not_computable: int = 0
    closed: int = 0


@dataclass(slots=True)
class Report:
    """Counts by rule."""

    rules: dict[str, RuleCount] = field(default_factory=lambda: defaultdict(RuleCount))


def run_rules(
    graph: Graph,
    catalog: Catalog,
    anchors: Mapping[str, Iterable[str]],
    at: datetime,
    progress: Callable[[str, int], None] | None = None,
) -> Report:
    """Check every rule at its anchors, in id order (a rule's `unless` are earlier); each batch is one transaction."""
    report = Report()
    for rule in catalog.rules.values():
        if rule.status in ("draft", "retired"):
            continue
        count = report.rules[rule.id]
        for batch in batches(anchors_of(rule, anchors)):
            _check_batch(graph, rule, batch, at, count)
            if progress:
                progress(rule.id, len(batch))
    return report


def evaluations(graph: Graph, rule: Rule, anchors: Sequence[str], things: Things, official: str | None = None) -> list[Evaluation]:
    """Every candidate of the rule at these anchors, evaluated."""
    rows = graph.read(rule.cypher, anchors=list(anchors), official=official, **rule.query_parameters())
    if rule.anchor == "event":
        things.read_events(graph, {row["event"] for row in rows})
    things.read_people(graph, {row["relative"] for row in rows})
    found = [evaluate(rule, one, things.window(one.event, one.role)) for one in (_candidate(row, things) for row in rows)]
    return _with_recusals(graph, rule, found, things)


def _with_recusals(graph: Graph, rule: Rule, found: list[Evaluation], things: Things) -> list[Evaluation]:
    """A role that ended by a recusal before the decision is a settled conflict, not none: it is evaluated as if it had lasted."""
    ended = [one for one in found if one.outcome == "not_fired" and one.reason == "role_ended" and rule.anchor == "event"]
    if not ended:
        return found
    things.read_notices(graph, {one.candidate.official for one in ended})
    told = [one for one in ended if things.notices.get(one.candidate.official)]
    things.read(graph, {end for one in told for end in (one.candidate.relative, one.candidate.counterparty)})
    settled: dict[int, Evaluation] = {}
    for one in told:
        candidate = one.candidate
        lasting = evaluate(rule, replace(candidate, role=tuple({**hop, **_OPEN_END} for hop in candidate.role)), one.window)
        subjects = _subjects(candidate, chain_hops(candidate), things)
        notices = things.notices[candidate.official]
        if lasting.outcome == "fired" and settle(rule, lasting, notices, subjects, None, candidate.role).settled_by:
            settled[id(one)] = replace(lasting, candidate=candidate)
    return [settled.get(id(one), one) for one in found]


_OPEN_END = {"end_lo": FOREVER, "end_hi": FOREVER}


def suppressed(graph: Graph, rule: Rule, found: Iterable[Evaluation], things: Things) -> set[tuple[str, str]]:
    """(official, event) of those that an earlier rule of `unless` already reports for the same purchase."""
    if not rule.unless:
        return set()
    events = {one.candidate.event for one in found}
    purchase = {event: {event, *things.linked.get(event, ())} for event in events}
    wanted = sorted({one for group in purchase.values() for one in group})
    fired = (
        {(row["official"], row["event"]) for row in graph.read(_SUPPRESSING, events=wanted, rules=list(rule.unless))} if wanted else set()
    )
    return {(official, event) for event, group in purchase.items() for official, at in fired if at in group}


def best_of(found: Iterable[Evaluation]) -> list[tuple[Evaluation, list[Evaluation]]]:
    """Per finding identity the strongest evaluation and the others."""
    ordered = sorted(found, key=lambda one: (one.candidate.identity, one.rank()))
    made = []
    for _, group in groupby(ordered, key=lambda one: one.candidate.identity):
        first, *rest = group
        made.append((first, rest))
    return made


def finding_id(rule: str, official: str, counterparty: str, event: str) -> str:
    """Stable as long as rule, event and the two ends are the same."""
    return "f-" + hashlib.sha256(f"{rule}|{official}|{counterparty}|{event}".encode()).hexdigest()[:20]


def _check_batch(graph: Graph, rule: Rule, anchors: list[str], at: datetime, count: RuleCount) -> None:
    things = Things()
    found = evaluations(graph, rule, anchors, things)
    silent = suppressed(graph, rule, found, things)
    kept = [
        (best, others)
        for best, others in best_of(found)
        if best.outcome != "not_fired" and (best.candidate.official, best.candidate.event) not in silent
    ]
    stored = read_stored(graph, rule.id, anchors)
    made = _findings(graph, rule, kept, things, stored)
    closed = write_findings(graph, rule, made, stored, at)
    outcomes = Counter(one.body["outcome"] for one in made)
    count.fired += outcomes["fired"]
    count.not_computable += outcomes["not_computable"]
    count.closed += closed


def _findings(
    graph: Graph,
    rule: Rule,
    kept: Sequence[tuple[Evaluation, list[Evaluation]]],
    things: Things,
    stored: Sequence[Stored],
) -> list[Found]:
    if not kept:
        return []
    things.read(graph, {one for best, _ in kept for one in (*people_of(best.candidate), *best.candidate.events)})
    things.read_notices(graph, {best.candidate.official for best, _ in kept})
    hops = [chain_hops(best.candidate) for best, _ in kept]
    pairs = read_pairs(graph, {hop[end] for chain in hops for hop in chain for end in ("from", "to")})
    powers = _powers(graph, [best for best, _ in kept])
    earlier = _earlier(rule, [best.candidate for best, _ in kept], stored, things)
    made: list[Found] = []
    for (best, others), chain in zip(kept, hops, strict=True):
        candidate = best.candidate
        link = weakest(chain, pairs)
        subjects = _subjects(candidate, chain, things)
        own_powers = powers.get((candidate.official, candidate.event)) or candidate.role
        outcome = settle(rule, best, things.notices.get(candidate.official, ()), subjects, link.grade if link else None, own_powers)
        own = _own_id(rule, candidate)
        before = earlier.get(own)
        body = payload(rule, best, others, things, link, outcome, before.id if before else own, own_powers)
        made.append(Found(body, best, _anchor(rule, candidate), sorted(_people(candidate, things)), _units(candidate, things), before))
    return made


def _own_id(rule: Rule, candidate: Candidate) -> str:
    return finding_id(rule.id, candidate.official, candidate.counterparty, candidate.event)


def _earlier(rule: Rule, found: Sequence[Candidate], stored: Sequence[Stored], things: Things) -> dict[str, Stored]:
    """By own id the finding as it stands: under that id, or after a merge of people under that of the records it was about.

    A stored finding goes to one candidate only: when a merge is undone, the other person's finding is a new one.
    """
    by_id = {one.id: one for one in stored}
    own = {_own_id(rule, candidate): candidate for candidate in found}
    made = {one: by_id[one] for one in own if one in by_id}
    free = [one for one in stored if one.id not in made]
    for one, candidate in sorted(own.items()):
        if one in made:
            continue
        officials, parties = (
            set(things.node(candidate.official).get("ids") or ()),
            set(things.node(candidate.counterparty).get("ids") or ()),
        )
        for other in free:
            if other.event == candidate.event and officials & set(other.officials) and parties & set(other.parties):
                made[one] = other
                free.remove(other)
                break
    return made


def _anchor(rule: Rule, candidate: Candidate) -> str:
    return {"event": candidate.event, "subordinate": candidate.relative, "person": candidate.official}[rule.anchor]


def _people(candidate: Candidate, things: Things) -> set[str]:
    return {one for one in people_of(candidate) if one in things.people}


def _units(candidate: Candidate, things: Things) -> list[str]:
    event = things.events.get(candidate.event, {})
    bodies = {hop["to"] for hop in candidate.role if hop["type"] == "EMPLOYED_BY"}
    return sorted(bodies | set(event.get("units") or ()) | set(things.node(candidate.official).get("units") or ()))


def _subjects(candidate: Candidate, chain: Sequence[Hop], things: Things) -> frozenset[str]:
    """Record keys that a notice may name to be about this."""
    nodes = {candidate.relative, candidate.counterparty, candidate.event, *things.linked.get(candidate.event, ())}
    nodes |= {hop[end] for hop in chain if hop.get("letter") for end in ("from", "to")} - {candidate.official}
    keys = {key for node in nodes for key in things.node(node).get("keys") or (node,)}
    return frozenset(keys | {hop["record"] for hop in chain if hop.get("record")})


_POWERS = """
UNWIND $rows AS row
MATCH (o:Person {id: row.official})-[p:PARTICIPATES]->(e:Event {id: row.event})
RETURN row.official AS official, row.event AS event, properties(p) AS hop
"""


def _powers(graph: Graph, found: Sequence[Evaluation]) -> dict[tuple[str, str], list[Hop]]:
    """All powers of each official in the event, those ended included: SETTLED asks that none is left."""
    rows = [{"official": one.candidate.official, "event": one.candidate.event} for one in found]
    made: dict[tuple[str, str], list[Hop]] = defaultdict(list)
    for row in graph.read(_POWERS, rows=rows):
        ends = {"from": row["official"], "to": row["event"]}
        made[row["official"], row["event"]].append({**row["hop"], **ends, "type": "PARTICIPATES"})
    return made


def _candidate(row: Row, things: Things) -> Candidate:
    return Candidate(
        row["official"],
        row["relative"],
        row["counterparty"],
        row["event"],
        tuple(row["role"]),
        row["kin"],
        tuple(row["tie"]),
        tuple(row["party"]),
        tuple(row["scope"]),
        row["excluded"],
        things.deaths(row["relative"]),
        things.events.get(row["event"], {}).get("kind"),
        row.get("severity"),
        tuple(row.get("events") or ()),
    )
