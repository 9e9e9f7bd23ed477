"""Communities as the last analysis stored them, with the words that explain them; read without the library that found them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from domain.batches import batches
from domain.errors import NotFound
from graph.client import Graph
from graph.values import Row
from queries.analysis.projection import weights

_NAMES = """
UNWIND $ids AS id
MATCH (n:%s {id: id})
RETURN id AS id, n.name AS name, n.ids AS ids%s
"""
_LIST = """
MATCH (c:Community) WHERE c.rank > $after
RETURN c.payload AS payload, c.rank AS rank, c.computed_at AS at ORDER BY c.rank LIMIT $limit
"""
_ONE = "MATCH (c:Community {id: $id}) RETURN c.payload AS payload, c.rank AS rank, c.computed_at AS at"
_OF = "UNWIND $ids AS id MATCH (n:%s {id: id})-[:IN_COMMUNITY]->(c:Community) RETURN id AS id, c.id AS community"


@dataclass(frozen=True, slots=True)
class Stored:
    """A community as it was stored: `body` is the JSON that the interface shows."""

    body: dict[str, Any]
    rank: int
    computed_at: str


def list_communities(graph: Graph, limit: int, after: int = 0) -> list[Stored]:
    """Communities in the order of their rank, from the one after `after`."""
    return [_stored(row) for row in graph.read(_LIST, after=after, limit=limit)]


def get_community(graph: Graph, community: str) -> Stored:
    """One community; NotFound where there is none of this id."""
    rows = graph.read(_ONE, id=community)
    if not rows:
        raise NotFound(f"Сообщества «{community}» нет.", f"There is no community {community!r}.")
    return _stored(rows[0])


def names_of(graph: Graph, organizations: Iterable[str]) -> dict[str, str]:
    """By organization its name."""
    return {node: row["name"] or "" for node, row in read_names(graph, dict.fromkeys(organizations, "Organization")).items()}


def community_of(graph: Graph, label: str, ids: Sequence[str]) -> dict[str, str]:
    """By node the id of its community; nodes without one are left out."""
    return {row["id"]: row["community"] for row in graph.read(_OF % label_checked(label), ids=list(ids))}


def describe(body: Mapping[str, Any], language: Literal["ru", "en"]) -> str:
    """What the community is, in one paragraph."""
    said = weights()
    texts = said["texts"]
    words = {**said["ties"], "money": said["money"]}
    ties = ", ".join(f"{words[kind][language]} {n}" for kind, n in sorted(body["ties"].items(), key=lambda one: (-one[1], one[0])))
    parts = [
        texts["members"][language].format(people=body["people"], organizations=body["organizations"], officials=len(body["officials"]))
    ]
    if ties:
        parts.append(texts["ties"][language].format(ties=ties))
    if body["contracts_touching"]:
        share = f"{100 * (body['share_inside'] or 0):.0f}"
        money = f"{body['money_inside']:,.0f}".replace(",", " ")
        parts.append(
            texts["money"][language].format(money=money, inside=body["contracts_inside"], all=body["contracts_touching"], share=share)
        )
    change = body["change"]
    if change["new"]:
        parts.append(texts["new"][language])
    elif change["joined_count"] or change["left_count"]:
        parts.append(texts["changed"][language].format(joined=change["joined_count"], left=change["left_count"]))
    return " ".join(parts)


def read_names(graph: Graph, nodes: Mapping[str, str]) -> dict[str, Row]:
    """By node its name, feed ids and schema; `nodes`: canonical id → `Person` or `Organization`."""
    found: dict[str, Row] = {}
    for label, more in (("Person", ", 'Person' AS schema"), ("Organization", ", n.schema AS schema, n.body_kind AS body")):
        wanted = sorted(node for node, kind in nodes.items() if kind == label)
        for some in batches(wanted, 1000):
            found |= {row["id"]: row for row in graph.read(_NAMES % (label, more), ids=some)}
    return found


def _stored(row: Row) -> Stored:
    return Stored(json.loads(row["payload"]), row["rank"], str(row["at"]))


def label_checked(label: str) -> str:
    """A label that may stand in a statement; ValueError for any other."""
    if label not in ("Person", "Organization"):
        raise ValueError(label)
    return label
