"""Nodes of the graph as the pages draw them: family, name as far as it may be seen, and the line under it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from app.desk.eyes import Eyes
from queries.views.links import NodeRef
from visualizations.chain import ChainNode, Family
from visualizations.scene import SceneNode

LABELS = ("Person", "Organization", "Event", "Notification", "Thing")
_READ = "UNWIND $ids AS id MATCH (o:%s {id: id}) RETURN id AS id, properties(o) AS properties"


@dataclass(frozen=True, slots=True)
class Node:
    """A node with its own properties."""

    id: str
    label: str
    properties: Mapping[str, Any] = field(default_factory=dict)

    def get(self, name: str) -> Any:
        """A property, or None."""
        return self.properties.get(name)

    @property
    def name(self) -> str:
        """Its name, whole."""
        return str(self.get("name") or self.get("title") or self.id)

    @property
    def family(self) -> Family:
        """What it looks like."""
        return family_of(self.label, str(self.get("schema") or ""), official=bool(self.get("official")))


def family_of(label: str, schema: str, *, official: bool) -> Family:
    """The family of a node by its label and schema."""
    if label == "Person":
        return Family.OFFICIAL if official else Family.PERSON
    if label == "Organization":
        return Family.BODY if schema == "PublicBody" else Family.FIRM
    if label == "Event":
        return Family.CASE if schema == "OffenceCase" else Family.EVENT
    return Family.THING


def read_nodes(eyes: Eyes, ids: Iterable[str], labels: Iterable[str] = LABELS) -> dict[str, Node]:
    """Those of the nodes that are there, by id."""
    found: dict[str, Node] = {}
    for label in labels:
        left = sorted({one for one in ids if one not in found})
        if left:
            found.update({row["id"]: Node(row["id"], label, row["properties"]) for row in eyes.graph.read(_READ % label, ids=left)})
    return found


def shown_name(eyes: Eyes, node: Node, *, full: bool | None = None) -> str:
    """The name in full, or masked; an event by its kind, subject and sum."""
    if node.label == "Person":
        return eyes.person(node.name, full=full)
    if node.label == "Event":
        return event_name(eyes, node)
    return eyes.firm(node.name, full=full)


def event_name(eyes: Eyes, node: Node) -> str:
    """«Договор: ремонт кровли, 598 000 ₽»."""
    kind = eyes.say.of("schema", node.get("schema"))
    title = str(node.get("title") or node.get("number") or "")
    amount = node.get("amount")
    subject = eyes.text(title[:1].lower() + title[1:] if title[1:2].islower() else title)
    parts = [part for part in (subject, eyes.say.w.money(float(amount)) if amount else "") if part]
    return f"{kind}: {', '.join(parts)}" if parts else kind


def note_of(eyes: Eyes, node: Node, *, full: bool | None = None) -> str:
    """The quiet line: a firm's ИНН, an event's date, a person's year of birth."""
    if node.label == "Organization":
        inn = next(iter(node.get("inn") or ()), "")
        shown = eyes.open if full is None else full
        if node.get("sole_trader") and not shown:
            return ""
        return eyes.say.fill("inn", inn=inn) if inn else ""
    if node.label == "Event":
        return eyes.say.w.day(node.get("date")) if node.get("date") else ""
    if node.label == "Person":
        return str(node.get("birth") or "")[:4]
    return ""


def chain_node(eyes: Eyes, node: Node, note: str | None = None, *, full: bool | None = None) -> ChainNode:
    """The node with its whole name, as cards and chains show it."""
    return ChainNode(node.id, shown_name(eyes, node, full=full), node.family, note_of(eyes, node, full=full) if note is None else note)


def scene_node(eyes: Eyes, node: Node, note: str | None = None, *, near: bool = True) -> SceneNode:
    """The node with a short name, as the canvas shows it; masked where it is not `near` enough for the caller."""
    return SceneNode(node.id, short_name(eyes, node, near=near), node.family, note_of(eyes, node) if note is None else note)


def short_name(eyes: Eyes, node: Node, *, near: bool = True) -> str:
    """«Хайруллин А. Р.», «Идел-Строй Тест», «Договор 12.05.2025»."""
    if node.label == "Person":
        return short_person(node.name) if eyes.open and near else eyes.person(node.name, full=False)
    if node.label == "Event":
        return f"{eyes.say.of('schema', node.get('schema'))} {eyes.say.w.day(node.get('date'))}".strip()
    return short_firm(eyes.firm(node.name))


def short_person(name: str) -> str:
    """Surname and initials of a name in the usual order; other names stay whole."""
    last, *rest = name.split()
    return " ".join([last, *(f"{word[0].upper()}." for word in rest[:2])]) if rest else name


def short_firm(name: str) -> str:
    """The name within the quotes, where there are any."""
    for opening, closing in ("«»", '""'):
        start, end = name.find(opening), name.rfind(closing)
        if 0 <= start < end:
            return name[start + 1 : end]
    return name


def ref_node(ref: NodeRef) -> Node:
    """A node from a row of queries.views."""
    properties = {"name": ref.name, "schema": ref.schema, "ids": list(ref.ids), **ref.extra}
    return Node(ref.node, ref.label, properties)
