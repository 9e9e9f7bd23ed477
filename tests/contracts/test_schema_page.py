"""The declared graph: its page is true, and the rules name nothing that is not declared."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from graph_models.schema import edges, fact_types, markdown, nodes, statements
from queries.catalog import load_catalog

ROOT = Path(__file__).parents[2]
RULES = list(load_catalog().rules.values())


def test_schema_page_is_what_the_declarations_say() -> None:
    """docs/schema.md is written by `make schema`."""
    assert (ROOT / "docs" / "schema.md").read_text(encoding="utf-8") == markdown()


def test_every_declaration_is_used_once() -> None:
    """A label or type is declared in one place."""
    names = [node.label for _, node in nodes()] + [edge.name for _, edge in edges()]
    assert len(names) == len(set(names))


def test_each_node_has_a_unique_key_and_facts_are_dated() -> None:
    """One constraint a label; what is a fact carries valid time, record time and source."""
    made = statements()
    for _, node in nodes():
        assert any(f"(n:{node.label}) REQUIRE n.{node.key} IS UNIQUE" in statement for statement in made)
    assert {"OWNS", "EMPLOYED_BY", "SPOUSE_OF", "PARTICIPATES"} <= fact_types()


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_rules_name_declared_things(rule) -> None:
    """Labels and relationship types of a pattern exist."""
    labels = {node.label for _, node in nodes()}
    types = {edge.name for _, edge in edges()}
    used_labels = set(re.findall(r"\(\w*:(\w+)", rule.cypher))
    used_types = {name for group in re.findall(r"\[\w*:([A-Z_|]+)", rule.cypher) for name in group.split("|")}
    assert used_labels <= labels
    assert used_types <= types
