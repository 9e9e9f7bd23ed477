"""A subgraph as a scene: which shape, lines of text and class each node and edge gets, and where on the date axis things change."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TypedDict

from domain.dates import FOREVER, NEVER, Day, iso_of
from domain.spans import Span
from visualizations.axis import axis_over
from visualizations.chain import Family, SourceLink


@dataclass(frozen=True, slots=True)
class SceneNode:
    """A thing on the canvas; `note` is the second, quieter line."""

    id: str
    name: str
    family: Family
    note: str = ""
    hypothesis: bool = False


@dataclass(frozen=True, slots=True)
class SceneEdge:
    """A dated fact between two things, with the words to write on it."""

    id: str
    source: str
    target: str
    words: str
    span: Span
    sources: tuple[SourceLink, ...] = ()
    hypothesis: bool = False


@dataclass(frozen=True, slots=True)
class Bundle:
    """Links of one kind of one thing, left closed: drawn as a grey disc with their number."""

    owner: str
    kind: str
    count: int
    words: str


@dataclass(frozen=True, slots=True)
class Subgraph:
    """What was asked of the graph. `path`: ids of the edges of the strongest path, in order from its first node."""

    nodes: tuple[SceneNode, ...]
    edges: tuple[SceneEdge, ...] = ()
    bundles: tuple[Bundle, ...] = ()
    path: tuple[str, ...] = ()
    focus: str | None = None
    more: str | None = field(default=None)


class NodeLook(TypedDict):
    """A node as the canvas script reads it."""

    id: str
    label: str
    name: str
    note: str
    family: str
    classes: str
    count: int
    owner: str
    kind: str


class EdgeLook(TypedDict):
    """An edge as the canvas script reads it; the four numbers are its span."""

    id: str
    source: str
    target: str
    label: str
    classes: str
    span: list[int]
    start: str | None
    end: str | None
    sources: list[dict[str, str | None]]


class ChangeLook(TypedDict):
    """A day on which something begins or ends, and how tall its tick is (0–1)."""

    day: int
    x: float
    height: float


class SceneLook(TypedDict):
    """A whole scene."""

    nodes: list[NodeLook]
    edges: list[EdgeLook]
    changes: list[ChangeLook]
    path: list[str]
    focus: str | None
    more: str | None


def scene(subgraph: Subgraph) -> SceneLook:
    """The look of a subgraph; edges to nodes that are not in it are left out."""
    ids = {node.id for node in subgraph.nodes}
    edges = [edge for edge in subgraph.edges if edge.source in ids and edge.target in ids]
    hot = set(subgraph.path)
    on_path = {end for edge in edges if edge.id in hot for end in (edge.source, edge.target)}
    nodes = [_node(node, on_path=node.id in on_path, focus=node.id == subgraph.focus) for node in subgraph.nodes]
    looks = [_edge(edge, hot=edge.id in hot) for edge in edges]
    for bundle in subgraph.bundles:
        if bundle.owner in ids and bundle.count > 0:
            nodes.append(_disc(bundle))
            looks.append(_tether(bundle))
    path = [edge_id for edge_id in subgraph.path if any(edge.id == edge_id for edge in edges)]
    return {"nodes": nodes, "edges": looks, "changes": changes(edges), "path": path, "focus": subgraph.focus, "more": subgraph.more}


def changes(edges: Iterable[SceneEdge]) -> list[ChangeLook]:
    """Days on which known facts begin or end, with ticks as tall as what changes on them."""
    days = Counter(day for edge in edges for day in _known_days(edge.span))
    if not days:
        return []
    axis, most = axis_over(days), max(days.values())
    return [{"day": day, "x": axis.at(day), "height": round(0.35 + 0.65 * days[day] / most, 2)} for day in sorted(days)]


def _known_days(span: Span) -> Sequence[Day]:
    starts = [span.start_lo] if span.start_lo == span.start_hi else []
    ends = [span.end_lo] if span.end_lo == span.end_hi else []
    return [day for day in starts + ends if NEVER < day < FOREVER]


def _node(node: SceneNode, *, on_path: bool, focus: bool) -> NodeLook:
    marks = [node.family.value, "hypothesis" if node.hypothesis else "", "path" if on_path else "", "focus" if focus else ""]
    name = f"{node.name}?" if node.hypothesis else node.name
    return {
        "id": node.id,
        "label": f"{name}\n{node.note}" if node.note else name,
        "name": name,
        "note": node.note,
        "family": node.family.value,
        "classes": " ".join(mark for mark in marks if mark),
        "count": 0,
        "owner": "",
        "kind": "",
    }


def _edge(edge: SceneEdge, *, hot: bool) -> EdgeLook:
    marks = ["hot" if hot else "", "hypothesis" if edge.hypothesis else ""]
    return {
        "id": edge.id,
        "source": edge.source,
        "target": edge.target,
        "label": f"{edge.words}?" if edge.hypothesis and not edge.words.endswith("?") else edge.words,
        "classes": " ".join(mark for mark in marks if mark),
        "span": [edge.span.start_lo, edge.span.start_hi, edge.span.end_lo, edge.span.end_hi],
        "start": iso_of(edge.span.start_lo) if edge.span.start_lo == edge.span.start_hi else None,
        "end": iso_of(edge.span.end_lo) if edge.span.end_lo == edge.span.end_hi else None,
        "sources": [{"label": source.label, "record": source.record} for source in edge.sources],
    }


def _disc(bundle: Bundle) -> NodeLook:
    return {
        "id": f"bundle:{bundle.owner}:{bundle.kind}",
        "label": bundle.words,
        "name": bundle.words,
        "note": "",
        "family": "hub",
        "classes": "hub",
        "count": bundle.count,
        "owner": bundle.owner,
        "kind": bundle.kind,
    }


def _tether(bundle: Bundle) -> EdgeLook:
    disc = f"bundle:{bundle.owner}:{bundle.kind}"
    return {
        "id": f"tether:{bundle.owner}:{bundle.kind}",
        "source": bundle.owner,
        "target": disc,
        "label": "",
        "classes": "tether",
        "span": [NEVER, NEVER, FOREVER, FOREVER],
        "start": None,
        "end": None,
        "sources": [],
    }
