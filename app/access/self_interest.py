"""R-28: nobody handles a finding whose chain contains him or his kin under 273-ФЗ."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from domain.errors import StateError
from graph.client import Graph

OWN = (
    "MATCH (p:Person {id: $person}) RETURN p.id AS id, p.ids AS ids",
    "MATCH (r:Record {key: $person})-[:RESOLVED_TO]->(p:Person) RETURN p.id AS id, p.ids AS ids",
    "MATCH (r:Record {id: $person})-[:RESOLVED_TO]->(p:Person) RETURN p.id AS id, p.ids AS ids",
)
KIN = "MATCH (p:Person {id: $person})-[k:KIN]->(r:Person) WHERE '273-fz' IN k.lists RETURN DISTINCT r.id AS id, r.ids AS ids"


class SelfInterest(StateError):
    """The finding concerns the one who would handle it."""

    code = "self_interest"
    status = 403


def circle(graph: Graph, person: str | None) -> frozenset[str]:
    """Canonical and feed ids of a person and of his relatives of the 273-ФЗ list, at any time; empty without a person.

    Dates do not matter: a former wife's firm is reason enough to hand the finding on.
    """
    if not person:
        return frozenset()
    own = next((rows for rows in (graph.read(query, person=person) for query in OWN) if rows), [])
    found = {person}
    for row in own:
        kin = graph.read(KIN, person=row["id"])
        for one in (row, *kin):
            found.add(one["id"])
            found.update(one["ids"] or ())
    return frozenset(found)


def concerns(own: frozenset[str], finding: Mapping[str, Any], people: Iterable[str] = ()) -> bool:
    """Whether a finding (contract 4) names somebody of the circle: official, counterparty, an end of a hop, or one of `people`."""
    named = set(people)
    for side in (finding.get("official"), finding.get("counterparty")):
        named |= _ids(side)
    for hop in finding.get("chain") or ():
        named |= _ids(hop.get("from")) | _ids(hop.get("to"))
    return bool(own & named)


def refuse_own(own: frozenset[str], finding: Mapping[str, Any], people: Iterable[str] = ()) -> None:
    """Raise SelfInterest when the finding concerns the circle."""
    if concerns(own, finding, people):
        raise SelfInterest(
            "В цепочке сигнала — вы или ваш родственник. Сигнал передаётся другому лицу (R-28).",
            "You or a relative of yours stand on the chain of this finding. It goes to somebody else (R-28).",
        )


def _ids(side: Any) -> set[str]:
    if isinstance(side, str):
        return {side}
    if isinstance(side, Mapping):
        return {str(side.get("id")), *map(str, side.get("ids") or ())}
    return set()
