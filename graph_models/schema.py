"""What follows from the declarations: constraints, indexes and docs/schema.md."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import graph_models
from graph_models.model import FACT, EdgeType, NodeType, Prop, declared

VERSION = 1
"""Raised when the stored graph must be migrated; an older program refuses a newer graph."""


@cache
def nodes() -> tuple[tuple[str, NodeType], ...]:
    """(subdomain, node type) of every declaration."""
    return tuple((area, kind) for area, kind in declared(graph_models) if isinstance(kind, NodeType))


@cache
def edges() -> tuple[tuple[str, EdgeType], ...]:
    """(subdomain, relationship type) of every declaration."""
    return tuple((area, kind) for area, kind in declared(graph_models) if isinstance(kind, EdgeType))


def statements() -> list[str]:
    """Constraint and index statements in the dialect that both engines know."""
    made: list[str] = []
    for _, node in nodes():
        made.append(f"CREATE CONSTRAINT {node.label.lower()}_{node.key} IF NOT EXISTS FOR (n:{node.label}) REQUIRE n.{node.key} IS UNIQUE")
        made.extend(
            f"CREATE INDEX {node.label.lower()}_{name}_idx IF NOT EXISTS FOR (n:{node.label}) ON (n.{name})"
            for name, prop in node.properties.items()
            if prop.indexed
        )
    return made


def fact_types() -> frozenset[str]:
    """Relationship types that are dated facts."""
    return frozenset(edge.name for _, edge in edges() if edge.fact)


def personal_properties(label: str) -> frozenset[str]:
    """Properties of a label that are masked without a purpose."""
    return frozenset(name for _, node in nodes() if node.label == label for name, prop in node.properties.items() if prop.personal)


def markdown() -> str:
    """docs/schema.md; a test compares the file with this text."""
    parts = ["# The graph's schema\n\nWritten by `make schema` from `graph_models/`; a test compares them. Days are YYYYMMDD integers.\n"]
    for area in sorted({area for area, _ in nodes()} | {area for area, _ in edges()}):
        parts.append(f"\n## {area}\n")
        for where, node in nodes():
            if where == area:
                schemata = f" Feed: {', '.join(node.schemata)}." if node.schemata else ""
                parts.append(f"\n### (:{node.label})\n\n{node.meaning} Unique: `{node.key}`.{schemata}\n\n{_table(node.properties)}")
        for where, edge in edges():
            if where == area:
                kind = " A dated fact." if edge.fact else " Derived." if edge.derived else ""
                own = dict(edge.properties)
                table = f"\n\n{_table(own)}" if own else "\n"
                parts.append(f"\n### [:{edge.name}]\n\n{edge.meaning} {_ends(edge.start)} → {_ends(edge.end)}.{kind}{table}")
    parts.append(f"\n## What every fact carries\n\n{_table(FACT)}")
    return "".join(parts)


def _ends(labels: Sequence[str]) -> str:
    return " or ".join(labels)


def _table(properties: dict[str, Prop]) -> str:
    rows = ["| property | type | meaning |\n|---|---|---|\n"]
    for name, prop in properties.items():
        marks = ", ".join(word for word, on in (("indexed", prop.indexed), ("personal", prop.personal)) if on)
        rows.append(f"| `{name}` | {prop.kind} | {prop.meaning}{f' ({marks})' if marks else ''} |\n")
    return "".join(rows)
