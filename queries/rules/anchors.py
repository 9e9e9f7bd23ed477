"""Which events, subordinates and people a rule must look at: all of them, or those that a change can touch."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from graph.client import Graph
from queries.catalog import Rule
from queries.rules.scout import tied_events

STEP = 500
MANY = 2000
"""Above this many touched events it is cheaper to see first which of all events are tied than to ask each."""
PURCHASE_POSTS = ("head", "contract_service_head", "contract_manager")

_ALL = {
    "event": "MATCH (e:Event) RETURN e.id AS id",
    "subordinate": "MATCH (b:Person)-[:SUBORDINATE_TO]->() RETURN DISTINCT b.id AS id",
    "person": """MATCH (o:Person)-[:SELF]->(:Person)-[:OWNS|DIRECTS]->(:Organization)
        WHERE (o)-[:EMPLOYED_BY]->() RETURN DISTINCT o.id AS id""",
    "subordinate:staff": "MATCH (b:Person)-[:KIN]->(:Person) WHERE EXISTS { MATCH (b)-[:EMPLOYED_BY]->() } RETURN DISTINCT b.id AS id",
    "person:kin": "MATCH (b:Person)-[:KIN]->(:Person) WHERE EXISTS { MATCH (b)-[:EMPLOYED_BY]->() } RETURN DISTINCT b.id AS id",
    "person:superior": "MATCH (f:Organization)-[:SUBORDINATE_TO]->(p:Person) RETURN DISTINCT p.id AS id",
    "person:jobs": "MATCH (p:Person)-[j:EMPLOYED_BY]->() WITH p, count(j) AS n WHERE n > 1 RETURN p.id AS id",
    "person:former": """MATCH (p:Person)-[j:EMPLOYED_BY]->() WHERE j.end_hi < 99999999
        AND coalesce(j.service, 'municipal_servant') = 'municipal_servant' RETURN DISTINCT p.id AS id""",
    "person:declarant": "MATCH (p:Person)-[:FILED]->() RETURN DISTINCT p.id AS id",
    "event:small_purchase": "MATCH (e:Event) WHERE e.item IN ['4', '5'] RETURN e.id AS id",
}
_STANDING = "MATCH (x:Finding) WHERE x.closed = false RETURN DISTINCT x.anchor AS id"
# A power that is gone is found by the findings it carried; one that is new, from the person.
_EVENTS_OF_PEOPLE = (
    "UNWIND $ids AS id MATCH (p:Person {id: id})-[:PARTICIPATES|SUPPLIES|APPLIES|REPRESENTS_IN]->(e:Event) RETURN DISTINCT e.id AS id",
    """UNWIND $ids AS id MATCH (p:Person {id: id})-[:STAKE|DIRECTS|REPRESENTS|EMPLOYED_BY]->(f:Organization)-[:SUPPLIES|APPLIES]->(e:Event)
       RETURN DISTINCT e.id AS id""",
    "UNWIND $ids AS id MATCH (p:Person {id: id})-[:REPRESENTS]->(f:Person)-[:SUPPLIES|APPLIES]->(e:Event) RETURN DISTINCT e.id AS id",
    "UNWIND $ids AS id MATCH (p:Person {id: id})-[:MEMBER_OF]->(c:Organization)<-[:RUN_BY]-(e:Event) RETURN DISTINCT e.id AS id",
    """UNWIND $ids AS id MATCH (p:Person {id: id})-[:MEMBER_OF]->(c:Organization)-[:PART_OF]->(b:Organization)<-[:FOR_AUTHORITY]-(e:Event)
       WHERE c.body_kind = 'commission' RETURN DISTINCT e.id AS id""",
    """UNWIND $ids AS id MATCH (p:Person {id: id})-[j:EMPLOYED_BY]->(b:Organization)<-[:FOR_AUTHORITY]-(e:Event)
       WHERE j.post IN $posts RETURN DISTINCT e.id AS id""",
    "UNWIND $ids AS id MATCH (p:Person {id: id})<-[:ON_PERSON]-(x:Finding) RETURN DISTINCT x.anchor AS id",
    "UNWIND $ids AS id MATCH (x:Finding {official: id}) RETURN DISTINCT x.anchor AS id",
)
_EVENTS_OF_FIRMS = (
    "UNWIND $ids AS id MATCH (f:Organization {id: id})-[:SUPPLIES|APPLIES]->(e:Event) RETURN DISTINCT e.id AS id",
    "UNWIND $ids AS id MATCH (c:Organization {id: id})<-[:RUN_BY]-(e:Event) RETURN DISTINCT e.id AS id",
    """UNWIND $ids AS id MATCH (c:Organization {id: id})-[:PART_OF]->(b:Organization)<-[:FOR_AUTHORITY]-(e:Event)
       WHERE c.body_kind = 'commission' RETURN DISTINCT e.id AS id""",
    "UNWIND $ids AS id MATCH (x:Finding {counterparty: id}) RETURN DISTINCT x.anchor AS id",
    # What is no commission of this body any more is found by the findings about its members.
    """UNWIND $ids AS id MATCH (c:Organization {id: id})<-[:MEMBER_OF]-(o:Person) MATCH (x:Finding {official: o.id})
       RETURN DISTINCT x.anchor AS id""",
)
# A further small purchase may complete a split that began with another contract, or be the one with which it now begins.
_SAME_SUPPLIER = "MATCH (f)-[:SUPPLIES]->(x:Event)"
_SAME_GROUP = "MATCH (f)<-[:STAKE|DIRECTS]-(r)-[:STAKE|DIRECTS]->(g:Organization)-[:SUPPLIES]->(x:Event)"
_SAME_FAMILY = "MATCH (f)<-[:STAKE|DIRECTS]-(r:Person)-[:KIN]->(q:Person)-[:STAKE|DIRECTS]->(g:Organization)-[:SUPPLIES]->(x:Event)"
_OWNER_OR_OWNED = "MATCH (f)-[:STAKE]-(g)-[:SUPPLIES]->(x:Event)"
_SMALL_PURCHASES = tuple(
    f"""
UNWIND $ids AS id
MATCH (e:Event {{id: id}})<-[:SUPPLIES]-(f)
WHERE e.item IN ['4', '5']
{way}
WHERE x.item IN ['4', '5'] AND x.id <> e.id
MATCH (x)-[:FOR_AUTHORITY]->(b:Organization)
WHERE b.id IN e.units
RETURN DISTINCT x.id AS id
"""
    for way in (_SAME_SUPPLIER, _SAME_GROUP, _SAME_FAMILY, _OWNER_OR_OWNED)
)
# What leaves a split, by being withdrawn or by becoming something else, is found by the finding that names it; with the others named there.
_SPLITS = """
MATCH (x:Finding {rule: 'R-24'})
WHERE x.closed = false AND any(one IN x.events WHERE one IN $ids)
UNWIND x.events AS id
RETURN DISTINCT id
"""
_LINKED = """
UNWIND $ids AS id
MATCH (e:Event {id: id})-[:UNDER_TENDER]-(o:Event)
RETURN DISTINCT o.id AS id
"""
_BELOW = """
UNWIND $ids AS id
MATCH (p:Person {id: id})<-[:SUBORDINATE_TO*1..5]-(b:Person)
WHERE EXISTS { MATCH (b)<-[:KIN]-(:Person) }
RETURN DISTINCT b.id AS id
"""
_MANAGERS_OF = "UNWIND $ids AS id MATCH (f:Organization {id: id})<-[:OWNS|DIRECTS]-(:Person)<-[:SELF]-(p:Person) RETURN DISTINCT p.id AS id"
_SERVANTS_OF = """
UNWIND $ids AS id
MATCH (b:Organization {id: id})<-[:EMPLOYED_BY]-(p:Person)-[:OWNS|DIRECTS|SUBORDINATE_TO|KIN]->()
RETURN DISTINCT p.id AS id
"""
_SECOND_JOBS_AT = """
UNWIND $ids AS id
MATCH (b:Organization {id: id})<-[j:EMPLOYED_BY]-(p:Person)
WHERE EXISTS { MATCH (p)-[o:EMPLOYED_BY]->() WHERE o.id <> j.id }
RETURN DISTINCT p.id AS id
"""
_SUPERVISORS_OF = "UNWIND $ids AS id MATCH (f:Organization {id: id})-[:SUBORDINATE_TO]->(p:Person) RETURN DISTINCT p.id AS id"
_SUPERVISORS_OF_KIN = """
UNWIND $ids AS id
MATCH (r:Person {id: id})-[:EMPLOYED_BY]->(f:Organization)-[:SUBORDINATE_TO]->(p:Person)
RETURN DISTINCT p.id AS id
"""
_KIN_OF_STAFF = "UNWIND $ids AS id MATCH (b:Organization {id: id})<-[:EMPLOYED_BY]-(:Person)-[:KIN]->(r:Person) RETURN DISTINCT r.id AS id"
_KIN_OF = "UNWIND $ids AS id MATCH (p:Person {id: id})-[:KIN]->(r:Person) RETURN DISTINCT r.id AS id"


@dataclass(slots=True)
class Changed:
    """Ids of nodes that changed, by label."""

    people: set[str] = field(default_factory=set)
    firms: set[str] = field(default_factory=set)
    events: set[str] = field(default_factory=set)


def all_anchors(graph: Graph) -> dict[str, set[str]]:
    """Every anchor there is, by kind, and those of standing findings: what they stood on may be gone.

    `event:tie` are the events for the rules that say `reach: tie`.
    """
    standing = _standing(graph)
    every = {kind: standing | {row["id"] for row in graph.stream(cypher)} for kind, cypher in _ALL.items()}
    return every | {"event:tie": standing | tied_events(graph)}


def anchors_of(rule: Rule, anchors: Mapping[str, Iterable[str]]) -> Iterable[str]:
    """Those that a rule must look at; of a change there are too few to narrow them."""
    narrowed = anchors.get(f"{rule.anchor}:{rule.reach}") if rule.reach else None
    return anchors.get(rule.anchor, ()) if narrowed is None else narrowed


def touched_anchors(graph: Graph, changed: Changed) -> dict[str, set[str]]:
    """The anchors that a change of these nodes can touch, with those of the findings that stand on them."""
    people, firms = sorted(changed.people), sorted(changed.firms)
    events = set(changed.events)
    events |= _ask(graph, _EVENTS_OF_PEOPLE, people, posts=list(PURCHASE_POSTS))
    events |= _ask(graph, _EVENTS_OF_FIRMS, firms)
    # From a contract to its tender, and to the tender's other contracts: what one of them reports the others do not repeat.
    for _ in range(2):
        events |= _ask(graph, [_LINKED], sorted(events))
    below = set(people) | _ask(graph, [_BELOW, _KIN_OF], people) | _ask(graph, [_KIN_OF_STAFF], firms)
    holders = set(people) | _ask(graph, [_MANAGERS_OF, _SERVANTS_OF, _SECOND_JOBS_AT, _SUPERVISORS_OF], firms)
    holders |= _ask(graph, [_SUPERVISORS_OF_KIN], people)
    # Findings about subordination and own business are anchored at people; ids of other kinds match nothing there.
    both = below | holders | events
    many = len(events) > MANY
    split = set(events)
    if many:
        split |= _every(graph, "event:small_purchase") | _standing(graph)
    elif events:
        split |= _ask(graph, [_SPLITS], sorted(events))
        split |= _ask(graph, _SMALL_PURCHASES, sorted(split))
    touched = {"event": events, "event:small_purchase": split, "subordinate": both, "person": both}
    return touched | {"event:tie": events & (_standing(graph) | tied_events(graph))} if many else touched


def _every(graph: Graph, kind: str) -> set[str]:
    return {row["id"] for row in graph.stream(_ALL[kind])}


def _standing(graph: Graph) -> set[str]:
    return {row["id"] for row in graph.stream(_STANDING)}


def batches(ids: Iterable[str], size: int = STEP) -> Iterator[list[str]]:
    """Sorted ids in lists of at most `size`."""
    ordered = sorted(ids)
    for start in range(0, len(ordered), size):
        yield ordered[start : start + size]


def _ask(graph: Graph, statements: Iterable[str], ids: list[str], **parameters: object) -> set[str]:
    read: Callable[..., list[dict[str, str]]] = graph.read
    return {
        row["id"]
        for statement in statements
        for batch in batches(ids)
        for row in read(statement, ids=batch, **(parameters if "$posts" in statement else {}))
    }
