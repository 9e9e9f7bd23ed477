"""Marks of what changed, written with the change itself, so that a broken check goes on where it stopped."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from graph.client import Graph, Transaction

_MARK = "UNWIND $rows AS row MERGE (d:Dirty {id: row.id}) SET d.step = row.step, d.kind = row.kind, d.node = row.node, d.stamp = row.stamp"
# A walk over the marks that there are. An index on the step would keep all of one step in one list, and taking them out of it is slow;
# the unique id's own index would walk every mark that there ever was.
_READ = "MATCH (d:Dirty) WHERE d.step = $step RETURN d.id AS id, d.kind AS kind, d.node AS node, d.stamp AS stamp"
_CLEAR = "UNWIND $rows AS row MATCH (d:Dirty {id: row.id}) WHERE d.stamp = row.stamp DELETE d"
_BATCH = 2000


@dataclass(frozen=True, slots=True)
class Mark:
    """One node that a step must look at again."""

    id: str
    kind: str
    node: str
    stamp: str


def mark(tx: Transaction, step: str, nodes: Iterable[tuple[str, str]]) -> None:
    """Say that `step` must look at these (label, id) again; a newer mark survives the clearing of an older one."""
    stamp = uuid.uuid4().hex
    rows = [{"id": f"{step}:{kind}:{node}", "step": step, "kind": kind, "node": node, "stamp": stamp} for kind, node in sorted(nodes)]
    if rows:
        tx.run(_MARK, rows=rows)


def read_marks(graph: Graph, step: str) -> list[Mark]:
    """What waits for a step."""
    return [Mark(row["id"], row["kind"], row["node"], row["stamp"]) for row in graph.stream(_READ, step=step)]


def clear_marks(graph: Graph, marks: Sequence[Mark]) -> None:
    """Take the marks away that the step has dealt with; those renewed meanwhile stay."""
    for start in range(0, len(marks), _BATCH):
        rows = [{"id": one.id, "stamp": one.stamp} for one in marks[start : start + _BATCH]]
        graph.write(_CLEAR, rows=rows)
