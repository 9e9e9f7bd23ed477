"""The people, organizations, events and notices that candidate rows name, read in a few statements per batch."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from domain.dates import FOREVER, NEVER, Day
from graph.client import Graph
from queries.rules.evaluate import ALL_TIME, Window

_PEOPLE = "UNWIND $ids AS id MATCH (n:Person {id: id}) RETURN properties(n) AS node"
_FIRMS = "UNWIND $ids AS id MATCH (n:Organization {id: id}) RETURN properties(n) AS node"
_EVENTS = "UNWIND $ids AS id MATCH (n:Event {id: id}) RETURN properties(n) AS node"
_NOTICES = """
UNWIND $ids AS id
MATCH (o:Person {id: id})-[:GAVE]->(n:Notification)
WHERE n.kind = 'personal_interest'
OPTIONAL MATCH (n)<-[:RESOLVED_TO]-(r:Record)-[x:REFERS_TO {prop: 'about'}]->(t:Record)
RETURN id AS official, n.id AS id, n.ids AS ids, n.date AS date, n.date_lo AS date_lo, n.date_hi AS date_hi, n.measure AS measure,
       n.measure_hi AS measure_hi, collect(t.key) AS about
"""
_LINKED = "UNWIND $ids AS id MATCH (e:Event {id: id})-[:UNDER_TENDER]-(o:Event) RETURN id AS id, o.id AS other"
AT_OPENING = ("inspects", "prepares", "signs")


@dataclass(frozen=True, slots=True)
class Notice:
    """A notice of personal interest."""

    id: str
    feed_id: str
    date_lo: Day
    date_hi: Day
    measure: str | None
    measure_hi: Day
    about: frozenset[str]


@dataclass(slots=True)
class Things:
    """Nodes by id; a node that is gone is simply absent."""

    people: dict[str, Mapping[str, Any]] = field(default_factory=dict)
    firms: dict[str, Mapping[str, Any]] = field(default_factory=dict)
    events: dict[str, Mapping[str, Any]] = field(default_factory=dict)
    notices: dict[str, list[Notice]] = field(default_factory=lambda: defaultdict(list))
    linked: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))

    def read(self, graph: Graph, ids: Iterable[str]) -> None:
        """Read those of the ids that are not here yet, whatever they are."""
        wanted = sorted({one for one in ids if one not in self.people and one not in self.firms and one not in self.events})
        if wanted:
            for statement, store in ((_PEOPLE, self.people), (_FIRMS, self.firms), (_EVENTS, self.events)):
                store.update({row["node"]["id"]: row["node"] for row in graph.read(statement, ids=wanted)})

    def read_events(self, graph: Graph, ids: Iterable[str]) -> None:
        """Read events and the tenders or contracts linked to them."""
        wanted = sorted(set(ids) - set(self.events))
        if wanted:
            self.events.update({row["node"]["id"]: row["node"] for row in graph.read(_EVENTS, ids=wanted)})
            for row in graph.read(_LINKED, ids=wanted):
                self.linked[row["id"]].add(row["other"])

    def read_people(self, graph: Graph, ids: Iterable[str]) -> None:
        """Read people."""
        wanted = sorted(set(ids) - set(self.people))
        if wanted:
            self.people.update({row["node"]["id"]: row["node"] for row in graph.read(_PEOPLE, ids=wanted)})

    def read_notices(self, graph: Graph, officials: Iterable[str]) -> None:
        """Read the officials' notices of personal interest."""
        wanted = sorted(set(officials) - set(self.notices))
        for official in wanted:
            self.notices[official] = []
        for row in graph.read(_NOTICES, ids=wanted) if wanted else []:
            hi = row["measure_hi"] if row["measure_hi"] is not None else FOREVER
            self.notices[row["official"]].append(
                Notice(
                    row["id"],
                    (row["ids"] or [row["id"]])[0],
                    row["date_lo"],
                    row["date_hi"],
                    row["measure"],
                    hi,
                    frozenset(row["about"] or ()),
                ),
            )

    def window(self, event: str, role: Iterable[Mapping[str, Any]] = ()) -> Window:
        """The days on which the event counts; all time where the event is a record of a post or share.

        An offence case counts on the day it was opened for those who inspect, prepare and sign, else on the day of its hearing.
        """
        node = self.events.get(event)
        if node is None:
            return ALL_TIME
        if node.get("schema") == "OffenceCase" and any(hop.get("role") in AT_OPENING for hop in role):
            return Window(node.get("file_lo", NEVER), node.get("file_hi", NEVER), any_day=False, missing=node.get("missing_file"))
        return Window(node["window_lo"], node["window_hi"], node["window_mode"] == "any", node.get("missing_date"))

    def deaths(self, person: str) -> tuple[Day, Day]:
        """(death_lo, death_hi); FOREVER while alive."""
        node = self.people.get(person, {})
        return node.get("death_lo", FOREVER), node.get("death_hi", FOREVER)

    def node(self, one: str) -> Mapping[str, Any]:
        """The node whatever it is; an empty one where it is gone."""
        return self.people.get(one) or self.firms.get(one) or self.events.get(one) or {}

    def feed_id(self, one: str) -> str:
        """The feed's own id of a node: the first of its ids."""
        ids = self.node(one).get("ids")
        return str(ids[0]) if ids else one.split(":", 1)[-1]

    def day(self, event: str) -> Day:
        """The event's first day, NEVER when unknown."""
        return int(self.events.get(event, {}).get("window_lo") or NEVER)
