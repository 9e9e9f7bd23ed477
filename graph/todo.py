"""What a record waits for, written in the record itself: the step's name, then the record's key.

No two records share a value, which is what makes it cheap: the embedded engine keeps all holders of one value of an index in one
list, and taking 20,000 records out of the list of one word cost ten times as much as everything else about them (2026-11-24).
A step finds its records by the beginning: `WHERE r.todo STARTS WITH 'link '`. In Cypher a record is handed on by
`SET r.todo = 'node ' + r.key`.
"""

from __future__ import annotations

from graph_models.ftm import is_a

LINK = "link"
RESOLVE = "resolve"
NODE = "node"
FACTS = "facts"
STEPS = (LINK, RESOLVE, NODE, FACTS)
"""In their order. Resolving is three queues in one: `resolve firm `, `resolve person ` and `resolve other `."""

FIRM, PERSON, OTHER = "firm", "person", "other"
TELLING = ("Employment", "IncomeDeclaration", "Family", "Directorship", "Membership")
"""Schemata of records that refer to a person and are evidence of who he is: when one changes, he is resolved again."""
OF_PERSON = ("employee", "person", "relative", "spouse", "child", "director", "member")
"""Their properties that name a person."""


def todo(step: str, key: str) -> str:
    """The value for a record that waits for the step."""
    return f"{step} {key}"


def to_resolve(schema: str, key: str) -> str:
    """The value for a record that waits to be resolved, in the queue of its kind."""
    return f"{RESOLVE} {queue_of(schema)} {key}"


def queue_of(schema: str) -> str:
    """Which of the three queues of resolving."""
    return PERSON if is_a(schema, "Person") else FIRM if is_a(schema, "Organization") else OTHER
