"""What all live records of a thing say of it, put together: values by property, as the sources wrote them."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping

from graph.client import Graph

_RECORDS = """
UNWIND $ids AS id
MATCH (c:%s {id: id})<-[:RESOLVED_TO]-(r:Record)
WHERE r.state = 'live'
RETURN id AS id, r.payload AS payload
ORDER BY r.key
"""
_LABELS = ("Person", "Organization")


def said(graph: Graph, nodes: Mapping[str, str]) -> dict[str, dict[str, tuple[str, ...]]]:
    """Of each node (canonical id → label, Person or Organization) what its records say; nothing of other labels."""
    found: dict[str, dict[str, dict[str, None]]] = {}
    for label in _LABELS:
        ids = sorted(node for node, its in nodes.items() if its == label)
        for row in graph.read(_RECORDS % label, ids=ids) if ids else ():
            united = found.setdefault(row["id"], defaultdict(dict))
            for name, values in _properties(row["payload"]):
                united[name].update(dict.fromkeys(values))
    return {node: {name: tuple(values) for name, values in united.items()} for node, united in found.items()}


def _properties(payload: str) -> Iterable[tuple[str, list[str]]]:
    loaded: Mapping[str, list[str]] = json.loads(payload)
    return loaded.items()
