"""Finds the communities of the graph, keeps their names, and stores them."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from domain.batches import batches
from domain.dates import day_of
from graph.client import Graph, Transaction
from graph.values import Row
from queries.analysis.communities import Change, Community, Partition, find_communities, inherit
from queries.analysis.community_read import label_checked, read_names
from queries.analysis.projection import read_projection, weights

NAMED = 3
"""Members in a community's name."""
SHOWN = 200
"""Members that a card lists by name; the rest are counted."""
LISTED = 50
"""Members of whose comings and goings a card tells by name."""

_BEFORE = "MATCH (n)-[:IN_COMMUNITY]->(c:Community) RETURN c.id AS community, n.id AS id"
_OFFICIALS = "MATCH (p:Person) WHERE p.official = true RETURN p.id AS id"
_CLEAR = "MATCH (c:Community) RETURN c.id AS id"
_UNTIE = "UNWIND $ids AS id MATCH (c:Community {id: id})<-[t:IN_COMMUNITY]-() DELETE t"
_DROP = "UNWIND $ids AS id MATCH (c:Community {id: id}) DETACH DELETE c"
_WRITE = "UNWIND $rows AS row MERGE (c:Community {id: row.id}) SET c += row"
_TIE = (
    "UNWIND $rows AS row MATCH (n:%s {id: row.id}), (c:Community {id: row.community}) CREATE (n)-[:IN_COMMUNITY {weight: row.weight}]->(c)"
)


def refresh_communities(graph: Graph, at: datetime, progress: Callable[[int], None] | None = None) -> Partition:
    """Find, name and store the communities anew; what was stored before is replaced in steps that may be repeated."""
    said = weights()
    projection = read_projection(graph, day_of(at.date()))
    before: dict[str, set[str]] = defaultdict(set)
    for row in graph.stream(_BEFORE):
        before[row["community"]].add(row["id"])
    partition = inherit(find_communities(projection, int(said["smallest"]), float(said["resolution"])), before, float(said["heir"]))
    officials = {row["id"] for row in graph.stream(_OFFICIALS)}
    ordered = sorted(partition.communities, key=lambda one: _order(one, officials))
    kept = {one.id for one in ordered}
    for some in batches([row["id"] for row in graph.stream(_CLEAR)], 50):
        gone = [one for one in some if one not in kept]
        graph.transact(lambda tx, some=some, gone=gone: _clear(tx, some, gone))  # type: ignore[misc]
    for first in range(0, len(ordered), 100):
        some = ordered[first : first + 100]
        _store(graph, some, first, partition, officials, at)
        if progress:
            progress(len(some))
    return partition


def _order(one: Community, officials: set[str]) -> tuple[Any, ...]:
    """Those with officials and money inside first: there the commission looks."""
    held = sum(member.id in officials for member in one.members)
    return (not (held and one.money_inside), -one.money_inside, -held, -len(one.members), one.id)


def _clear(tx: Transaction, ids: Sequence[str], gone: Sequence[str]) -> None:
    tx.run(_UNTIE, ids=list(ids))
    if gone:
        tx.run(_DROP, ids=list(gone))


def _store(graph: Graph, some: Sequence[Community], first: int, partition: Partition, officials: set[str], at: datetime) -> None:
    shown = {member.id: member.label for one in some for member in one.members[:SHOWN]}
    shown |= {member.id: member.label for one in some for member in one.members if member.id in officials}
    names = read_names(graph, shown)
    rows = [
        {
            "id": one.id,
            "rank": first + n + 1,
            "size": len(one.members),
            "payload": json.dumps(_body(one, partition.changes.get(one.id, Change()), officials, names), ensure_ascii=False),
            "computed_at": at.isoformat(),
        }
        for n, one in enumerate(some)
    ]
    ties: dict[str, list[Row]] = defaultdict(list)
    for one in some:
        for member in one.members:
            ties[member.label].append({"id": member.id, "community": one.id, "weight": member.weight})
    graph.write(_WRITE, rows=rows)
    for label, held in sorted(ties.items()):
        for batch in batches(held, 2000):
            graph.write(_TIE % label_checked(label), rows=batch)


def _body(one: Community, change: Change, officials: set[str], names: dict[str, Row]) -> dict[str, Any]:
    def told(node: str, label: str, weight: float) -> dict[str, Any]:
        row = names.get(node, {})
        return {
            "node": node,
            "id": (row.get("ids") or [node.partition(":")[2] or node])[0],
            "label": label,
            "schema": row.get("schema") or label,
            "name": row.get("name") or "",
            "weight": round(weight, 3),
            "official": node in officials,
        }

    members = [told(member.id, member.label, member.weight) for member in one.members[:SHOWN]]
    labels = [member.label for member in one.members]
    named = [member["name"] for member in members if member["label"] == "Organization" and member["name"]][:NAMED]
    return {
        "id": one.id,
        "name": " · ".join(named),
        "size": len(labels),
        "people": labels.count("Person"),
        "organizations": labels.count("Organization"),
        "officials": [told(m.id, m.label, m.weight) for m in one.members if m.id in officials][:SHOWN],
        "members": members,
        "ties": dict(one.ties),
        "contracts_inside": one.contracts_inside,
        "contracts_touching": one.contracts_touching,
        "money_inside": round(one.money_inside, 2),
        "money_touching": round(one.money_touching, 2),
        "share_inside": None if one.share_inside is None else round(one.share_inside, 4),
        "change": {"new": change.is_new, "joined": list(change.joined[:LISTED]), "left": list(change.left[:LISTED]),
                   "joined_count": len(change.joined), "left_count": len(change.left)},
    }  # fmt: skip
