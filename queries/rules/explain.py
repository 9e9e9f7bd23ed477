"""Why a rule fired or did not for one person: the tests in order, the last one reached is the reason."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from graph.client import Graph
from queries.catalog import Rule
from queries.rules.engine import best_of, evaluations, suppressed
from queries.rules.evaluate import Evaluation
from queries.rules.things import Things

_EVENTS_OF = (
    "MATCH (p:Person {id: $id})-[:PARTICIPATES]->(e:Event) RETURN DISTINCT e.id AS id LIMIT 5000",
    "MATCH (p:Person {id: $id})-[:PARTICIPATES]->(:Event)-[:UNDER_TENDER]-(e:Event) RETURN DISTINCT e.id AS id LIMIT 5000",
    "MATCH (p:Person {id: $id})-[:MEMBER_OF]->(:Organization)<-[:RUN_BY]-(e:Event) RETURN DISTINCT e.id AS id LIMIT 5000",
    """MATCH (p:Person {id: $id})-[:MEMBER_OF]->(:Organization)-[:PART_OF]->(:Organization)<-[:FOR_AUTHORITY]-(e:Event)
       RETURN DISTINCT e.id AS id LIMIT 5000""",
    "MATCH (p:Person {id: $id})-[:EMPLOYED_BY]->(:Organization)<-[:FOR_AUTHORITY]-(e:Event) RETURN DISTINCT e.id AS id LIMIT 5000",
)
_KIN_OF = "MATCH (p:Person {id: $id})-[:KIN]->(b:Person) RETURN DISTINCT b.id AS id LIMIT 5000"
_BELOW = "MATCH (b:Person)-[:SUBORDINATE_TO*1..5]->(p:Person {id: $id}) RETURN DISTINCT b.id AS id LIMIT 5000"
_TENDER_OF = "UNWIND $ids AS id MATCH (e:Event {id: id})-[:UNDER_TENDER]-(o:Event) RETURN DISTINCT o.id AS id"
_SEAT = """
MATCH (p:Person {id: $person})-[r:MEMBER_OF]->(:Organization)<-[:RUN_BY]-(e:Event {id: $event})
RETURN r.start_lo AS start_lo
UNION
MATCH (p:Person {id: $person})-[r:MEMBER_OF]->(c:Organization)-[:PART_OF]->(:Organization)<-[:FOR_AUTHORITY]-(e:Event {id: $event})
WHERE c.body_kind = 'commission' AND c.classification = 'procurement'
RETURN r.start_lo AS start_lo
UNION
MATCH (p:Person {id: $person})-[r:PARTICIPATES]->(e:Event {id: $event})
WHERE r.role IN ['commission_member', 'votes']
RETURN r.start_lo AS start_lo
"""
_TAKES_PART = """
MATCH (p:Person {id: $person})-[r:PARTICIPATES]->(e:Event {id: $event})
RETURN r.start_lo AS start_lo
UNION
MATCH (p:Person {id: $person})-[r:PARTICIPATES]->(:Event)-[:UNDER_TENDER]-(e:Event {id: $event})
RETURN r.start_lo AS start_lo
UNION
MATCH (p:Person {id: $person})-[r:MEMBER_OF]->(:Organization)<-[:RUN_BY]-(e:Event {id: $event})
RETURN r.start_lo AS start_lo
UNION
MATCH (p:Person {id: $person})-[r:MEMBER_OF]->(c:Organization)-[:PART_OF]->(:Organization)<-[:FOR_AUTHORITY]-(e:Event {id: $event})
WHERE c.body_kind = 'commission'
RETURN r.start_lo AS start_lo
"""
_HOLDS_POST = """
MATCH (p:Person {id: $person})-[j:EMPLOYED_BY]->(:Organization)<-[:FOR_AUTHORITY]-(e:Event {id: $event})
WHERE j.post IN $posts
RETURN j.post AS post
"""
_SERVANT = "MATCH (p:Person {id: $person})-[j:EMPLOYED_BY]->(:Organization) RETURN j.service AS service"
# The official's relatives and the people behind the party who bear one name and are two people: a namesake was told apart.
_NAMESAKES = """
MATCH (p:Person {id: $person})-[:KIN|SELF]->(r:Person)
MATCH (e:Event {id: $event})<-[:SUPPLIES|APPLIES]-(f)<-[:STAKE|DIRECTS|SELF]-(t:Person)
WHERE r.fold = t.fold AND r.id <> t.id
RETURN r.id AS relative, t.id AS other
"""
_NAMESAKES_PARTY = """
MATCH (p:Person {id: $person})-[:KIN|SELF]->(r:Person)
MATCH (e:Event {id: $event})<-[:SUPPLIES|APPLIES]-(t:Person)
WHERE r.fold = t.fold AND r.id <> t.id
RETURN r.id AS relative, t.id AS other
"""
# Relatives who have to do with the party in another way than the rule asks for.
_OTHER_TIES = """
MATCH (p:Person {id: $person})-[k:KIN]->(r:Person)
MATCH (r)-[:STAKE|DIRECTS|EMPLOYED_BY|MEMBER_OF|REPRESENTS]->(f)-[:SUPPLIES|APPLIES]->(e:Event {id: $event})
RETURN k.lists AS lists
"""
_FINDING = """
MATCH (x:Finding {official: $official})
WHERE x.rule = $rule AND x.event IN $events
RETURN x.status AS status
"""


@dataclass(frozen=True, slots=True)
class Explanation:
    """One evaluation, as `sverka explain` prints it."""

    outcome: str
    status: str | None
    reason: str
    missing: tuple[str, ...]
    tests: tuple[Mapping[str, Any], ...]
    event: str | None = None

    def payload(self) -> dict[str, Any]:
        """The JSON of contract.md 2."""
        return {
            "outcome": self.outcome,
            "status": self.status,
            "reason": self.reason,
            "missing": list(self.missing),
            "tests": [dict(test) for test in self.tests],
        }


def explain(graph: Graph, rule: Rule, person: str, event: str | None, counterparty: str | None = None) -> Explanation:
    """Evaluate one rule for a person (canonical id) and, where given, one event; the strongest answer over his events otherwise.

    `counterparty` (canonical id) narrows to one party where the event has several.
    """
    anchors = _anchors(graph, rule, person, event)
    things = Things()
    found = evaluations(graph, rule, anchors, things, official=person) if anchors else []
    if event is not None and rule.anchor != "event":
        found = [one for one in found if event in {one.candidate.event, one.candidate.counterparty}] or found
    if counterparty is not None:
        found = [one for one in found if one.candidate.counterparty == counterparty]
    silent = suppressed(graph, rule, found, things)
    if found:
        kept = [one for one, _ in best_of(found)]
        best = min(kept, key=lambda one: one.rank())
        if best.outcome != "not_fired" and (best.candidate.official, best.candidate.event) in silent:
            return Explanation("not_fired", None, "not_in_scope", (), tuple(_tests(best)), best.candidate.event)
        status = _status(graph, rule, best)
        return Explanation(best.outcome, status, best.reason, best.missing if best.outcome == "not_computable" else (), tuple(_tests(best)))
    return _nothing(graph, rule, person, event)


def _anchors(graph: Graph, rule: Rule, person: str, event: str | None) -> list[str]:
    if rule.anchor == "person":
        return [person]
    if rule.reach == "staff":
        return sorted(row["id"] for row in graph.read(_KIN_OF, id=person))
    if rule.anchor == "subordinate":
        return sorted(row["id"] for row in graph.read(_BELOW, id=person))
    events = {event} if event else {row["id"] for statement in _EVENTS_OF for row in graph.read(statement, id=person)}
    if event:
        # A rule may report the tender where the contract is asked about, and the other way round.
        events |= {row["id"] for row in graph.read(_TENDER_OF, ids=[event])}
    return sorted(events)


def _tests(best: Evaluation) -> Iterable[dict[str, Any]]:
    for test in best.tests:
        word = {True: "passed", False: "failed", None: "unknown"}[test.outcome]
        reason = test.reason if test.outcome is False else ""
        yield {"test": test.name, "outcome": word, "reason": reason, "missing": list(test.missing) if test.outcome is None else []}
        if test.outcome is False:
            return


def _status(graph: Graph, rule: Rule, best: Evaluation) -> str | None:
    rows = graph.read(_FINDING, official=best.candidate.official, rule=rule.id, events=[best.candidate.event])
    wanted = [row for row in rows if best.outcome != "not_fired" or row["status"] == "CLOSED"]
    return str(wanted[0]["status"]) if wanted else None


def _nothing(graph: Graph, rule: Rule, person: str, event: str | None) -> Explanation:
    """No tie was found at all: which of the tests before the tie is the reason."""
    steps: list[tuple[str, str]] = []
    if rule.official == "servant":
        services = [row["service"] for row in graph.read(_SERVANT, person=person)]
        if not any(service in (None, "municipal_servant", "municipal_post") for service in services):
            return _stopped([], "scope", "not_official")
        return _stopped([("scope", ""), ("role", ""), ("identity", "")], "kin", "no_path")
    if event is not None and rule.anchor == "event":
        scope = rule.scope_cypher()
        events = [event, *(row["id"] for row in graph.read(_TENDER_OF, ids=[event]))]
        if scope is None or not graph.read(
            scope, anchors=events, **{name: value for name, value in rule.query_parameters().items() if f"${name}" in scope}
        ):
            return _stopped([], "scope", "not_in_scope")
        steps.append(("scope", ""))
        reason = _power(graph, rule, person, event)
        if reason:
            return _stopped(steps, "role", reason)
        steps.append(("role", ""))
        if graph.read(_NAMESAKES, person=person, event=event) or graph.read(_NAMESAKES_PARTY, person=person, event=event):
            return _stopped(steps, "identity", "namesake")
        steps.append(("identity", ""))
        kin = [row["lists"] for row in graph.read(_OTHER_TIES, person=person, event=event)]
        if kin and not any(rule.kin in lists for lists in kin):
            return _stopped(steps, "kin", "not_listed_kin")
    return _stopped(steps, "kin", "no_path")


def _power(graph: Graph, rule: Rule, person: str, event: str) -> str:
    if rule.official == "post":
        held = graph.read(_HOLDS_POST, person=person, event=event, posts=list(rule.parameters["posts"]))
        return "" if held or graph.read(_SEAT, person=person, event=event) else "not_official"
    return "" if graph.read(_TAKES_PART, person=person, event=event) else "took_no_part"


def _stopped(passed: Sequence[tuple[str, str]], test: str, reason: str) -> Explanation:
    tests = [{"test": name, "outcome": "passed", "reason": "", "missing": []} for name, _ in passed]
    tests.append({"test": test, "outcome": "failed", "reason": reason, "missing": []})
    return Explanation("not_fired", None, reason, (), tuple(tests))
