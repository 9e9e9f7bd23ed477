"""From any id that a caller may know to the node it means: canonical id, record key, feed id, or an id from before a merge."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from domain.errors import NotFound, UsageError
from graph.client import Graph
from graph.values import Row

LABELS = ("Person", "Organization", "Event", "Notification", "Thing")
RECORD = "Record"
"""The label of what is no node: an Employment, an Ownership … that is the event of a finding (contract 1, «Time»)."""
SHOWN = 20

_EXACT = """
MATCH (n:Person {id: $id}) RETURN n.id AS id, 'Person' AS label, n.id AS key
UNION
MATCH (n:Organization {id: $id}) RETURN n.id AS id, 'Organization' AS label, n.id AS key
UNION
MATCH (n:Event {id: $id}) RETURN n.id AS id, 'Event' AS label, n.id AS key
UNION
MATCH (n:Notification {id: $id}) RETURN n.id AS id, 'Notification' AS label, n.id AS key
UNION
MATCH (n:Thing {id: $id}) RETURN n.id AS id, 'Thing' AS label, n.id AS key
UNION
MATCH (r:Record {key: $id})-[:RESOLVED_TO]->(n) RETURN n.id AS id, labels(n)[0] AS label, r.key AS key
"""
_FEED = "MATCH (r:Record {id: $id})-[:RESOLVED_TO]->(n) RETURN n.id AS id, labels(n)[0] AS label, r.key AS key"
_RELATION = """
MATCH (r:Record {key: $id}) WHERE r.state IN ['live', 'dangling'] RETURN r.key AS id, r.key AS key
UNION
MATCH (r:Record {id: $id}) WHERE r.state IN ['live', 'dangling'] RETURN r.key AS id, r.key AS key
"""


@dataclass(frozen=True, slots=True)
class Resolved:
    """A node, by its canonical id and label; for a relation's record the key and RECORD."""

    id: str
    label: str


class SeveralMatch(UsageError):
    """One id means several things: `choices` are the keys that mean one each."""

    code = "ambiguous_id"

    def __init__(self, text: str, choices: Sequence[str]) -> None:
        shown = ", ".join(choices[:SHOWN])
        super().__init__(
            f"«{text}» есть в нескольких источниках: {shown}.",
            f"{text!r} is an id of several sources: {shown}.",
            hint=f"ИСТОЧНИК:ID / SOURCE:ID: {shown}",
        )
        self.choices = tuple(choices)


def resolve_id(graph: Graph, text: str, labels: Sequence[str] = LABELS) -> Resolved:
    """The one node of these labels that the text means; add RECORD to take relations too.

    Raises NotFound, or SeveralMatch with the `SOURCE:ID` choices where one feed id of several sources means different things.
    """
    for statement in (_EXACT, _FEED):
        found = [row for row in graph.read(statement, id=text) if row["label"] in labels]
        if found:
            return _one(text, found)
    if RECORD in labels:
        found = [{**row, "label": RECORD} for row in graph.read(_RELATION, id=text)]
        if found:
            return _one(text, found)
    raise NotFound(f"«{text}» не найдено.", f"There is no {text!r}.", hint="ID или ИСТОЧНИК:ID / ID or SOURCE:ID")


def feed_id(key: str) -> str:
    """The feed's own id in a record key."""
    return key.split(":", 1)[-1]


def _one(text: str, rows: Sequence[Row]) -> Resolved:
    keys: dict[tuple[str, str], str] = {}
    for row in sorted(rows, key=lambda row: str(row["key"])):
        keys.setdefault((row["id"], row["label"]), row["key"])
    if len(keys) > 1:
        raise SeveralMatch(text, sorted(keys.values()))
    node, label = next(iter(keys))
    return Resolved(node, label)
