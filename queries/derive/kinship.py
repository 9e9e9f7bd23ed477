"""Kin ties of a person, walked along the table of paths; and whose ties a change may touch."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from operator import attrgetter

from domain.dates import FOREVER
from domain.kin import inverse_path, lists_of, paths, term
from domain.spans import Span
from queries.derive.bounds import ALL_TIME, Bounds, cut, definite, maximal, possible, subtract
from queries.derive.kin_facts import (
    DeclaredFact,
    GuardianFact,
    KinFacts,
    KinTie,
    ParentFact,
    PersonFact,
    SiblingFact,
    SpouseFact,
    ids,
)
from queries.derive.kin_index import Edge, KinIndex, Spoken, unsure_fields

__all__ = [
    "DeclaredFact",
    "GuardianFact",
    "KinFacts",
    "KinIndex",
    "KinTie",
    "ParentFact",
    "PersonFact",
    "SiblingFact",
    "SpouseFact",
    "affected_egos",
    "kin_of",
]

Route = tuple[Bounds, tuple[Edge, ...]]


@dataclass(slots=True)
class _Node:
    """A prefix of paths; `path` is empty at the root and on the way to no path."""

    path: str = ""
    next: dict[str, _Node] = field(default_factory=dict)


def _tree(words: Iterable[str]) -> _Node:
    root = _Node()
    for word in words:
        node = root
        for letter in word:
            node = node.next.setdefault(letter, _Node())
        node.path = word
    return root


_PATHS = _tree(paths())
# A tie of an ego may depend on everyone on its path and on every parent of those (shared parents, adopters),
# so a changed person touches whoever reaches him so. The tree reads these ways from the changed person.
_BY_RELATIVE = attrgetter("relative", "path")
_TOUCHED = _tree(inverse_path(way) for path in ("", *paths()) for way in (path, path + "P"))


def kin_of(ego: str, index: KinIndex) -> list[KinTie]:
    """Every tie of a person, by relative, path and time.

    Blood ties outlive people, ties by marriage end with it. People on a path are distinct. Several routes of one path
    to one relative are one tie for each interval; together the ties of a path are exact for each day: certain where
    any route is, unknown where none is certain and any is unknown. A step-child is no own child, a step-parent no own
    parent, a step-sibling no sibling, each for the days on which it is not so.
    """
    routes: dict[tuple[str, str], list[Route]] = {}
    _walk(index, ego, _PATHS, ALL_TIME, (), {ego}, routes)
    ties: list[KinTie] = []
    for (relative, path), walked in routes.items():
        found, barred = walked, _BARRED[path](index, ego, relative) if path in _BARRED else []
        if barred:
            found = [(part, edges) for bounds, edges in walked for part in _without(bounds, barred)]
        if len(found) > 1:
            found.sort(key=_route_order)
        for bounds, parts in maximal(found):
            ties.append(_tie(index, ego, relative, path, bounds, parts, barred))
    ties += _declared(index, ego, ties)
    ties.sort(key=_BY_RELATIVE)
    return ties


def affected_egos(changed_people: Iterable[str], index: KinIndex) -> set[str]:
    """Everyone whose ties may differ when these people, or facts that name them, change.

    Both ends of each added or removed fact belong into `changed_people`; the index may be from before or after.
    """
    found: set[str] = set()
    for changed in changed_people:
        done: set[tuple[str, int]] = set()
        open_ends = [(changed, _TOUCHED)]
        while open_ends:
            person, node = open_ends.pop()
            if (person, id(node)) in done:
                continue
            done.add((person, id(node)))
            found.add(person)
            for letter, below in node.next.items():
                open_ends += [(edge.to, below) for edge in index.step(letter, person)]
        found.update(spoken.other for spoken in index.spoken.get(changed, ()))
    return found


def _walk(
    index: KinIndex,
    person: str,
    node: _Node,
    bounds: Bounds,
    edges: tuple[Edge, ...],
    seen: set[str],
    routes: dict[tuple[str, str], list[Route]],
) -> None:
    for letter, below in node.next.items():
        for edge in index.step(letter, person):
            to = edge.to
            if to in seen:
                continue
            both = cut(bounds, edge.bounds)
            if both[0] >= both[3]:
                continue
            walked = (*edges, edge)
            routes.setdefault((to, below.path), []).append((both, walked))
            if below.next:
                seen.add(to)
                _walk(index, to, below, both, walked, seen, routes)
                seen.discard(to)


def _own_child(index: KinIndex, ego: str, relative: str) -> list[Edge]:
    return index.own(ego, relative)


def _own_parent(index: KinIndex, ego: str, relative: str) -> list[Edge]:
    return index.own(relative, ego)


def _sibling(index: KinIndex, ego: str, relative: str) -> list[Edge]:
    declared = [edge for edge in index.declared_siblings(ego) if edge.to == relative]
    return declared + [edge for _, edge in _shared_parents(index, ego, relative)]


_BARRED = {"SC": _own_child, "PS": _own_parent, "PSC": _sibling}


def _shared_parents(index: KinIndex, one: str, other: str) -> Iterator[tuple[str, Edge]]:
    """Each parent on record of both, with the time for which both are his children."""
    for parent in index.parents_of(one):
        for first in index.own(parent, one):
            for second in index.own(parent, other):
                edge = Edge(other, cut(first.bounds, second.bounds), first.facts + second.facts, cut(first.lifelong, second.lifelong))
                edge.unsure_start = ids(first.unsure_start + second.unsure_start)
                edge.unsure_end = ids(first.unsure_end + second.unsure_end)
                yield parent, edge


def _without(bounds: Bounds, barred: list[Edge]) -> list[Bounds]:
    left = [bounds]
    for edge in barred:
        left = [part for one in left for part in subtract(one, edge.lifelong)]
    return left


def _route_order(route: Route) -> tuple[bool, Bounds, int, tuple[str, ...]]:
    bounds, edges = route
    facts = tuple(fact for edge in edges for fact in edge.facts)
    return (not definite(bounds), bounds, len(facts), facts)


def _tie(
    index: KinIndex, ego: str, relative: str, path: str, bounds: Bounds, parts: tuple[tuple[Edge, ...], ...], barred: list[Edge]
) -> KinTie:
    missing: tuple[str, ...] = ()
    if not definite(bounds):
        start, end = unsure_fields(bounds, [edge for edges in parts for edge in edges])
        missing = start + end
        for edge in barred:
            missing += edge.unsure_start if bounds[2] < bounds[3] else ()
            missing += edge.unsure_end if bounds[0] < bounds[1] else ()
        missing = ids(missing)
    first = parts[0]
    return KinTie(
        ego=ego,
        relative=relative,
        path=path,
        term_ru=term(path, index.gender(ego), index.gender(relative)),
        lists=lists_of(path),
        span=Span(*bounds),
        via=first[0].facts if len(first) == len(parts) == 1 else ids([fact for edges in parts for edge in edges for fact in edge.facts]),
        full=_full(index, ego, relative) if path == "B" else None,
        missing=missing,
        people=tuple([edge.to for edge in first[:-1]]) if len(first) > 1 else (),
    )


def _full(index: KinIndex, one: str, other: str) -> str | None:
    """`full` with two shared parents; `half` with one, where both have another on record; else not known."""
    shared = {parent for parent, edge in _shared_parents(index, one, other) if possible(edge.bounds)}
    if len(shared) > 1:
        return "full"
    others = min(len(index.parents_of(one)), len(index.parents_of(other)))
    return "half" if shared and others > 1 else None


def _declared(index: KinIndex, ego: str, derived: list[KinTie]) -> list[KinTie]:
    """Ties that a word states by itself.

    An ambiguous word is dropped where something else says which of its paths it is; a word without any date
    where the same tie is derived from dated facts.
    """
    spoken = index.spoken.get(ego, [])
    known = {(tie.relative, tie.path) for tie in derived}
    dated = {(tie.relative, tie.path) for tie in derived if tie.span.start_hi < FOREVER}
    certain = known | {(one.other, one.paths[0]) for one in spoken if len(one.paths) == 1}
    routes: dict[tuple[str, str, bool], list[tuple[Bounds, Spoken]]] = {}
    for one in spoken:
        ambiguous = len(one.paths) > 1
        if ambiguous and any((one.other, path) in certain for path in one.paths):
            continue
        if one.undated and (one.other, one.paths[0]) in dated:
            continue
        for path in one.paths:
            routes.setdefault((one.other, path, ambiguous), []).append((one.bounds, one))
    return [
        _spoken_tie(index, ego, relative, path, bounds, parts, ambiguous=ambiguous)
        for (relative, path, ambiguous), found in routes.items()
        for bounds, parts in maximal(sorted(found, key=lambda route: (not definite(route[0]), route[1].fact)))
    ]


def _spoken_tie(
    index: KinIndex, ego: str, relative: str, path: str, bounds: Bounds, parts: tuple[Spoken, ...], *, ambiguous: bool
) -> KinTie:
    missing = ids(name for part in parts for name in part.missing) if not definite(bounds) else ()
    return KinTie(
        ego=ego,
        relative=relative,
        path=path,
        term_ru=term(path, index.gender(ego), index.gender(relative)),
        lists=lists_of(path),
        span=Span(*bounds),
        via=ids(part.fact for part in parts),
        declared=True,
        ambiguous=ambiguous,
        missing=("Family.relationship", *missing) if ambiguous else missing,
    )
