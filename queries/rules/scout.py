"""Which events can a rule that needs a tie fire on at all: those where some official has both a power and a tie to a party.

A full check would else evaluate every pattern on every event, though hardly any event has such an official. The scout reads
each kind of edge once, in one stream, and intersects two sets per purchase: the officials with any power in it, and the officials
tied in any way to any party of it. Both are wider than what a rule asks (dates, roles, lists and shares are left to the rule), so
no finding is lost: a rule that says `reach: tie` in its header promises that its pattern ends in such a pair.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from graph.client import Graph

_OFFICIALS = "MATCH (o:Person)-[:KIN|SELF]->(r:Person) WHERE o.official = true RETURN o.id AS official, r.id AS relative"
_TIES = """
MATCH (r:Person)-[:STAKE|DIRECTS|EMPLOYED_BY|REPRESENTS]->(f:Organization)-[:SUPPLIES|APPLIES]->(:Event)
RETURN DISTINCT r.id AS relative, f.id AS party
"""
# Property ties to the party, or to whoever manages or owns it; both ends are asked for, as either may be the relative.
_PROPERTY = (
    "MATCH (a:Person)-[:OWES|LETS_TO|PAID|ASSOCIATED_WITH]->(b) RETURN DISTINCT a.id AS one, b.id AS other",
    "MATCH (a:Organization)-[:OWES|LETS_TO|PAID]->(b:Person) RETURN DISTINCT a.id AS one, b.id AS other",
    "MATCH (a:Person)-[:USES]->(q:Requisite)<-[:USES]-(b) WHERE q.firms < 5 AND a.id <> b.id RETURN DISTINCT a.id AS one, b.id AS other",
    "MATCH (a:Person)-[:OWNS]->(h:Thing)<-[:OWNS]-(b) WHERE a.id <> b.id RETURN DISTINCT a.id AS one, b.id AS other",
)
_MANAGED = """
MATCH (m)-[:STAKE|DIRECTS]->(f:Organization)-[:SUPPLIES|APPLIES]->(:Event)
RETURN DISTINCT m.id AS manager, f.id AS party
"""
_PROXIES = "MATCH (r:Person)-[:REPRESENTS]->(f:Person) RETURN DISTINCT r.id AS relative, f.id AS party"
_PARTIES = "MATCH (e:Event)<-[:SUPPLIES|APPLIES|REPRESENTS_IN]-(f) RETURN DISTINCT e.id AS event, f.id AS party"
_ROLES = "MATCH (e:Event)<-[:PARTICIPATES]-(o:Person) RETURN DISTINCT e.id AS event, o.id AS official"
_PLACES = "MATCH (e:Event)-[:FOR_AUTHORITY|RUN_BY]->(b:Organization) RETURN DISTINCT e.id AS event, b.id AS place"
_STAFF = """
MATCH (o:Person)-[:EMPLOYED_BY|MEMBER_OF]->(b:Organization)<-[:FOR_AUTHORITY|RUN_BY]-(:Event)
WHERE o.official = true
RETURN DISTINCT o.id AS official, b.id AS place
"""
_COMMISSIONS = """
MATCH (o:Person)-[:MEMBER_OF]->(c:Organization)-[:PART_OF]->(b:Organization)
WHERE o.official = true AND c.body_kind = 'commission'
RETURN DISTINCT o.id AS official, b.id AS place
"""
_LINKS = "MATCH (e:Event)-[:UNDER_TENDER]->(t:Event) RETURN DISTINCT e.id AS event, t.id AS tender"


def tied_events(graph: Graph) -> set[str]:
    """Ids of the events where an official with a power in the purchase is tied to a party of it.

    A purchase is a tender with its contracts: a power in the one counts in the other.
    """
    tied = _tied_officials(graph)
    group = {row["event"]: row["tender"] for row in graph.stream(_LINKS)}
    parties: dict[str, set[str]] = defaultdict(set)
    for row in graph.stream(_PARTIES):
        event: str = row["event"]
        if row["party"] in tied:
            parties[group.get(event, event)].add(row["party"])
    powers = _powers(graph, group, set(parties))
    found = {purchase for purchase, some in parties.items() if any(not tied[party].isdisjoint(powers[purchase]) for party in some)}
    return found | {event for event, tender in group.items() if tender in found}


def _tied_officials(graph: Graph) -> dict[str, set[str]]:
    """By party (a firm or a person) the officials who are it, are its kin, or are tied to it through themselves or kin."""
    officials: dict[str, set[str]] = defaultdict(set)
    for row in graph.stream(_OFFICIALS):
        officials[row["relative"]].add(row["official"])
    tied: dict[str, set[str]] = {relative: set(some) for relative, some in officials.items()}
    for statement in (_TIES, _PROXIES):
        for row in graph.stream(statement):
            if row["relative"] in officials:
                tied.setdefault(row["party"], set()).update(officials[row["relative"]])
    near = _near_by_property(graph, officials)
    for party, some in near.items():
        tied.setdefault(party, set()).update(some)
    for row in graph.stream(_MANAGED) if near else ():
        if row["manager"] in near:
            tied.setdefault(row["party"], set()).update(near[row["manager"]])
    return tied


def _near_by_property(graph: Graph, officials: Mapping[str, set[str]]) -> dict[str, set[str]]:
    """By the other end of a debt, lease, payment, declared or common property the officials who are at this end, or whose kin is."""
    near: dict[str, set[str]] = defaultdict(set)
    for statement in _PROPERTY:
        for row in graph.stream(statement):
            for one, other in ((row["one"], row["other"]), (row["other"], row["one"])):
                if one in officials:
                    near[other] |= officials[one]
    return near


def _powers(graph: Graph, group: dict[str, str], wanted: set[str]) -> dict[str, set[str]]:
    """By purchase the officials with a role in it, a post at its customer, or a seat on its commission or one of the customer's."""
    powers: dict[str, set[str]] = defaultdict(set)
    staff: dict[str, set[str]] = defaultdict(set)
    for statement in (_STAFF, _COMMISSIONS):
        for row in graph.stream(statement):
            staff[row["place"]].add(row["official"])
    for row in graph.stream(_ROLES):
        purchase = group.get(row["event"], row["event"])
        if purchase in wanted:
            powers[purchase].add(row["official"])
    for row in graph.stream(_PLACES):
        purchase = group.get(row["event"], row["event"])
        if purchase in wanted:
            powers[purchase] |= staff.get(row["place"], set())
    return powers
