"""The graph canvas: counts first, neighbours by kind with hubs closed, paths strongest first, a finding's chain as a scene."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from app.desk.card import read_one
from app.desk.chain import chain_of, hop_words, power_words, tell
from app.desk.eyes import Eyes
from app.desk.labels import Labels
from app.desk.nodes import Node, chain_node, read_nodes, ref_node, scene_node
from app.desk.rows import read_of, rows_of
from app.desk.ties import FAMILY, KINDS, ORDER, Ties
from app.web.values import FoundPath, LinkCount, LinkCounts, When
from domain.dates import FOREVER, NEVER
from domain.errors import NotFound, UsageError
from domain.spans import Span
from queries.views import links as view
from queries.views.ids import Resolved, resolve_id
from queries.views.neighbours import expand, link_counts
from queries.views.paths import find_paths
from queries.views.scope import visible_people
from visualizations.scene import Bundle, SceneEdge, SceneNode, Subgraph

HUB = 25
"""From here on a kind stays a closed disc until it is asked for."""
STEP = 40
"""Links of one kind opened at once."""
HOPS = 5
_KIN_FIRMS = """
MATCH (:Person {id: $id})-[k:KIN]->(r:Person)
WHERE coalesce(k.grade, '') <> 'weak' AND ($day IS NULL OR (k.start_lo <= $day AND $day < k.end_hi))
MATCH (r)-[f:OWNS|DIRECTS]->(o:Organization)
WHERE ($day IS NULL OR (f.start_lo <= $day AND $day < f.end_hi))
RETURN r.id AS relative, o.id AS firm, properties(k) AS kin, type(f) AS type, properties(f) AS tie LIMIT $limit
"""
_MOST_FIRMS = 200


def links(eyes: Eyes, text: str, when: When) -> LinkCounts:
    """How much hangs on a node, by kind."""
    resolved = _reach(eyes, text)
    node = _node(eyes, resolved)
    counts = _counts(eyes, resolved, when)
    what = {"Person": "person", "Event": "event", "Organization": "counterparty"}.get(resolved.label)
    findings = read_of(eyes, what, resolved.id) if what else []
    if resolved.label == "Person":
        eyes.saw(resolved.id)
    made = tuple(LinkCount(kind, counts[kind], counts[kind] > HUB) for kind in ORDER if kind in counts)
    open_ones = [one for one in findings if one.row["status"] != "CLOSED"]
    return LinkCounts(chain_node(eyes, node), str(node.get("schema") or resolved.label), made, rows_of(eyes, open_ones[:5]))


def neighbours(eyes: Eyes, text: str, kinds: Sequence[str], when: When, cursor: str | None) -> Subgraph:
    """The node with its neighbours of these kinds; without kinds all small ones, the others as closed discs."""
    resolved = _reach(eyes, text)
    counts = _counts(eyes, resolved, when)
    wanted = [kind for kind in kinds if kind in counts] or ([] if kinds else [kind for kind, n in counts.items() if n <= HUB])
    canvas = _Canvas(eyes, when)
    canvas.nodes[resolved.id] = _node(eyes, resolved)
    places = _places(cursor)
    following: dict[str, str] = {}
    for kind in wanted:
        if kind == "kin_firms":
            canvas.kin_firms(resolved.id)
            continue
        for type_, direction in (pair for pair, name in KINDS.items() if name == kind):
            key = f"{type_}:{direction}"
            if cursor and key not in places:
                continue
            if not any(one.type == type_ and one.direction == direction for one in view.kinds_of(resolved.label)):
                continue
            page = expand(eyes.graph, resolved, type_, direction, view.When(None, when.known_on), STEP, places.get(key))
            canvas.take((fact.link, fact.other) for fact in page.rows)
            if page.next_cursor:
                following[key] = page.next_cursor
    closed = [kind for kind in counts if kind not in wanted] if not kinds else []
    bundles = tuple(Bundle(resolved.id, kind, counts[kind], eyes.say.of("bundle", kind)) for kind in closed)
    return canvas.subgraph(focus=resolved.id, bundles=bundles, more=json.dumps(following) if following else None)


def paths(eyes: Eyes, source: str, target: str, when: When) -> tuple[FoundPath, ...]:
    """Paths between two, the strongest first."""
    one, other = _reach(eyes, source), _reach(eyes, target)
    found = find_paths(eyes.graph, one, other, hops=HOPS, when=view.When(when.as_of, when.known_on))
    by_id = {link.id: link for link in found.links}
    refs = {ref.node: ref for ref in found.nodes}
    made: list[FoundPath] = []
    for path in found.paths:
        canvas = _Canvas(eyes, when)
        for one_id in path.nodes:
            canvas.nodes[one_id] = ref_node(refs[one_id])
        for number, link_id in enumerate(path.links):
            link = by_id[link_id]
            canvas.take([(link, refs[path.nodes[number + 1]]), (link, refs[path.nodes[number]])])
        words = [canvas.ties.words(by_id[one]) for one in path.links]
        made.append(FoundPath(canvas.subgraph(focus=one.id, path=path.links), ", ".join(words), path.strength))
    return tuple(made)


def finding_scene(eyes: Eyes, finding: str) -> Subgraph:
    """The chain of a finding on the canvas, its hops as the strongest path; a finding on the caller himself is not there for him."""
    held = read_one(eyes, finding)
    if eyes.own(held.body, held.people):
        raise NotFound("Сигнал касается вас: его разбирает другой.", "The finding is about you: somebody else handles it.")
    told = tell(eyes, held)
    eyes.saw(*told.people(), result="shown" if eyes.open else "shown:masked")
    notes = {node.id: node.note for node in chain_of(eyes, told).nodes}
    if told.event is not None:
        amount = told.event.get("amount")
        notes[told.event.id] = eyes.say.w.money(float(amount)) if amount else ""
    nodes = [scene_node(eyes, told.node(one), _brief(notes.get(told.node(one).id, ""))) for one in told.order]
    edges: list[SceneEdge] = []
    for number, hop in enumerate(told.path):
        beside = [one for one in told.also if {one["from"], one["to"]} == {hop["from"], hop["to"]}]
        words = ", ".join(hop_words(eyes, told, one)[0] for one in (hop, *beside))
        start, end = told.node(hop["from"]).id, told.node(hop["to"]).id
        sources = told.labels.links(key for one in (hop, *beside) for key in one.get("records") or ())
        edges.append(SceneEdge(f"hop{number}", start, end, words, _span(hop), sources))
    path = tuple(edge.id for edge in edges)
    for number, hop in enumerate(told.role):
        first, last = told.node(hop["from"]), told.node(hop["to"])
        shown = {node.id for node in nodes}
        nodes.extend(scene_node(eyes, node) for node in (first, last) if node.id not in shown)
        words = power_words(eyes, told) if hop["type"] == "PARTICIPATES" else hop_words(eyes, told, hop)[0]
        edges.append(SceneEdge(f"role{number}", first.id, last.id, words, _span(hop), told.labels.links(hop.get("records") or ())))
    return Subgraph(tuple(_once(nodes)), tuple(edges), (), path, focus=told.official.id)


@dataclass(slots=True)
class _Canvas:
    """What is being put on the canvas."""

    eyes: Eyes
    when: When
    nodes: dict[str, Node] = field(default_factory=dict)
    edges: dict[str, tuple[view.Link, str]] = field(default_factory=dict)
    extra: list[SceneEdge] = field(default_factory=list)
    ties: Ties = field(init=False)
    labels: Labels = field(init=False)

    def __post_init__(self) -> None:
        self.ties, self.labels = Ties(self.eyes), Labels(self.eyes)

    def take(self, facts: Iterable[tuple[view.Link, view.NodeRef]]) -> None:
        """Edges with the node at their other end."""
        for link, ref in facts:
            self.nodes.setdefault(ref.node, ref_node(ref))
            self.edges[link.id] = (link, ref.node)

    def kin_firms(self, person: str) -> None:
        """Relatives with their firms: the kin as one edge, the firm as another."""
        day = self.when.as_of
        number = day.year * 10000 + day.month * 100 + day.day if day else None
        rows = self.eyes.graph.read(_KIN_FIRMS, id=person, day=number, limit=_MOST_FIRMS)
        self.ties.learn([person, *(row["relative"] for row in rows)])
        found = read_nodes(self.eyes, {row[end] for row in rows for end in ("relative", "firm")}, ("Person", "Organization"))
        for row in rows:
            for end in ("relative", "firm"):
                if row[end] in found:
                    self.nodes.setdefault(row[end], found[row[end]])
            kin = view.link_of("KIN", person, row["relative"], row["kin"], view.When())
            words = self.eyes.say.term(
                str(row["kin"].get("path") or ""), self.ties.genders.get(person), self.ties.genders.get(row["relative"]), row["kin"]["term"]
            )
            records = sorted({one.split("#", 1)[0] for one in row["kin"].get("via") or ()})
            self.extra.append(SceneEdge(kin.id, person, row["relative"], words, kin.span, self.labels.links(records)))
            tie = view.link_of(row["type"], row["relative"], row["firm"], row["tie"], view.When())
            self.edges[tie.id] = (tie, row["firm"])

    def subgraph(self, focus: str, bundles: tuple[Bundle, ...] = (), path: Sequence[str] = (), more: str | None = None) -> Subgraph:
        """What was taken, in words; people of other units stay masked, the others are written down as read."""
        full = read_nodes(self.eyes, self.nodes)
        nodes = {one: full.get(one, node) for one, node in self.nodes.items()}
        people = [node.id for node in nodes.values() if node.label == "Person"]
        self.ties.learn(people)
        self.labels.read(link.record for link, _ in self.edges.values())
        near = visible_people(self.eyes.graph, people, self.eyes.units)
        self.eyes.saw(*sorted(near), result="shown" if self.eyes.open else "shown:masked")
        edges = [
            SceneEdge(
                link.id, link.start, link.end, self.ties.words(link), link.span, self.labels.links([link.record] if link.record else [])
            )
            for link, _ in self.edges.values()
        ]
        drawn = _merged([*edges, *self._unknown_kin()], set(path))
        shown = tuple(scene_node(self.eyes, node, near=node.label != "Person" or node.id in near) for node in nodes.values())
        return Subgraph(shown, tuple(drawn), bundles, tuple(path), focus, more)

    def _unknown_kin(self) -> list[SceneEdge]:
        """Derived kin between people whom no fact on the canvas ties already."""
        tied = {frozenset((link.start, link.end)) for link, _ in self.edges.values() if link.type in FAMILY}
        return [edge for edge in self.extra if frozenset((edge.source, edge.target)) not in tied]


def _merged(edges: Iterable[SceneEdge], kept: set[str]) -> list[SceneEdge]:
    """One edge for what several sources say of the same two; those of a path stay themselves."""
    made: dict[tuple[Any, ...], SceneEdge] = {}
    for edge in edges:
        both = (edge.source, edge.target) if edge.words not in _MUTUAL else tuple(sorted((edge.source, edge.target)))
        key = (edge.id,) if edge.id in kept else (both, edge.words, edge.span.end_lo)
        held = made.get(key)
        if held is None:
            made[key] = edge
        else:
            span = held.span if held.span.start_lo == held.span.start_hi else edge.span
            made[key] = replace(held, span=span, sources=tuple(dict.fromkeys((*held.sources, *edge.sources))))
    return list(made.values())


_MUTUAL = frozenset({"брат", "сестра", "brother", "sister"})


def _reach(eyes: Eyes, text: str) -> Resolved:
    eyes.need("graph.explore")
    resolved = resolve_id(eyes.graph, text)
    eyes.need_reach(resolved.id, resolved.label)
    return resolved


def _node(eyes: Eyes, resolved: Resolved) -> Node:
    found = read_nodes(eyes, [resolved.id], [resolved.label]).get(resolved.id)
    if found is None:
        raise NotFound("Здесь никого нет или это вне ваших прав.", "There is nobody here, or it is outside your rights.")
    return found


def _counts(eyes: Eyes, resolved: Resolved, when: When) -> dict[str, int]:
    found: dict[str, int] = {}
    for one in link_counts(eyes.graph, resolved, view.When(when.as_of, when.known_on)):
        kind = KINDS.get((one.type, one.direction))
        if kind:
            found[kind] = found.get(kind, 0) + one.count
    if resolved.label == "Person" and "kin" in found:
        day = when.as_of
        number = day.year * 10000 + day.month * 100 + day.day if day else None
        firms = {row["firm"] for row in eyes.graph.read(_KIN_FIRMS, id=resolved.id, day=number, limit=_MOST_FIRMS)}
        if firms:
            found["kin_firms"] = len(firms)
    return {kind: found[kind] for kind in ORDER if kind in found}


def _places(cursor: str | None) -> Mapping[str, str]:
    if not cursor:
        return {}
    try:
        found = json.loads(cursor)
    except ValueError:
        found = None
    if not isinstance(found, dict) or not all(isinstance(one, str) for one in found.values()):
        raise UsageError("Курсор не отсюда.", "The cursor is not from here.")
    return found


def _span(hop: Mapping[str, Any]) -> Span:
    return Span(*hop["span"]) if hop.get("span") else Span(NEVER, FOREVER, FOREVER, FOREVER)


def _brief(note: str) -> str:
    return note.split(",", 1)[0]


def _once(nodes: Iterable[SceneNode]) -> Iterable[SceneNode]:
    return {node.id: node for node in nodes}.values()
