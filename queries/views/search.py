"""Search by words of names, by numbers and by ids; every step starts at an index and is bounded."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from graph.client import Graph
from queries.views.links import NODE, NodeRef, node_ref
from queries.views.page import MOST, decode, encode
from queries.views.scope import visible_people
from queries.views.words import Token, given_names, tokens

KINDS: Mapping[str, str] = {"people": "Person", "organizations": "Organization", "events": "Event"}
LONGEST = 200
"""Signs of a query that are read."""
HITS = 500
"""Hits that are looked at; more is a query to be narrowed, and said so."""
SCANNED = 20_000
"""Nodes of one word that are looked at for the other words."""
WORDS = 60
"""Words that one beginning stands for."""
_KEYED = ("Person", "Organization")
"""Labels that have candidate keys, which begin with the label (`screening.matcher`)."""
_LEAST = 2
"""Signs from which on a beginning counts."""

_WORDS = "MATCH (w:Word) WHERE w.id STARTS WITH $start RETURN w.id AS id LIMIT $limit"
_WEIGH = "UNWIND $words AS word MATCH (:Word {id: word})<-[h:HAS_WORD]-() WITH h LIMIT $limit RETURN count(h) AS n"
_HOLDERS = (
    """
UNWIND $words AS word
MATCH (:Word {id: word})<-[:HAS_WORD]-(o)
WITH DISTINCT o LIMIT $scanned
WHERE labels(o)[0] IN $labels
  AND all(t IN $others WHERE o.words CONTAINS t.raw OR coalesce(o.fold, '') CONTAINS t.surname OR coalesce(o.fold, '') CONTAINS t.given)
RETURN """
    + NODE
    + " AS node, o.words AS words, o.former AS former LIMIT $limit"
)
_BY_KEY = f"UNWIND $keys AS key MATCH (:Key {{id: key}})<-[:HAS_KEY]-(:Record)-[:RESOLVED_TO]->(o) RETURN key AS matched, {NODE} AS node"
_BY_NUMBER = (
    "MATCH (o:Event {number: $text}) RETURN 'number:' AS matched, " + NODE + " AS node LIMIT $limit "
    "UNION MATCH (o:Event {procedure: $text}) RETURN 'number:' AS matched, " + NODE + " AS node LIMIT $limit "
    "UNION MATCH (:Record {id: $text})-[:RESOLVED_TO]->(o) RETURN 'id:' AS matched, " + NODE + " AS node LIMIT $limit "
    "UNION MATCH (:Record {key: $text})-[:RESOLVED_TO]->(o) RETURN 'id:' AS matched, " + NODE + " AS node LIMIT $limit"
)
_FINDINGS = (
    "UNWIND $ids AS id MATCH (:Person {id: id})<-[:ON_PERSON]-(x:Finding) WHERE %s RETURN id AS id, count(x) AS n",
    "UNWIND $ids AS id MATCH (x:Finding {event: id}) WHERE %s RETURN id AS id, count(x) AS n",
    "UNWIND $ids AS id MATCH (x:Finding {counterparty: id}) WHERE %s RETURN id AS id, count(x) AS n",
)
_OPEN = "x.closed = false AND coalesce(x.trial, false) = false AND ($all_units OR any(unit IN x.units WHERE unit IN $units))"


@dataclass(frozen=True, slots=True)
class Hit:
    """A thing found. `matched`: name, former (a former name), inn, ogrn, snils, number or id; `findings`: open ones it stands in."""

    node: NodeRef
    matched: str
    findings: int = 0


@dataclass(frozen=True, slots=True)
class Found:
    """A page of hits, the surest first. `counts` by kind over all; `truncated`: there are more than were looked at, add a word."""

    hits: tuple[Hit, ...]
    counts: Mapping[str, int]
    truncated: bool
    next_cursor: str | None = None


def search(
    graph: Graph,
    text: str,
    *,
    kind: str | None = None,
    units: Sequence[str] | None = None,
    limit: int = 20,
    cursor: str | None = None,
) -> Found:
    """People (those whom `units` may open; None = all), organizations and events. `kind`: one of KINDS, None = all."""
    text = " ".join(text[:LONGEST].split())
    place = decode(cursor, (int, str))
    hits: dict[str, tuple[tuple[Any, ...], Hit]] = {}
    for rank, hit in [*_by_number(graph, text), *_by_words(graph, text)]:
        if hit.node.label in KINDS.values():
            hits.setdefault(hit.node.node, ((*rank, hit.node.label != "Person", hit.node.name, hit.node.node), hit))
    truncated = len(hits) >= HITS
    seen = visible_people(graph, (one for one, (_, hit) in hits.items() if hit.node.label == "Person"), units)
    kept = [(rank, hit) for one, (rank, hit) in hits.items() if hit.node.label != "Person" or one in seen]
    counted = Counter(hit.node.label for _, hit in kept)
    ordered = [hit for _, hit in sorted(kept, key=lambda pair: pair[0]) if kind is None or hit.node.label == KINDS.get(kind)]
    start = _after(ordered, place)
    page = ordered[start : start + max(1, min(limit, MOST))]
    after = start + len(page)
    following = encode(after, page[-1].node.node) if page and after < len(ordered) else None
    return Found(tuple(_with_findings(graph, page, units)), {name: counted[label] for name, label in KINDS.items()}, truncated, following)


def _after(ordered: Sequence[Hit], place: Sequence[Any] | None) -> int:
    """Behind the last hit of the page before; where that has gone, at its number."""
    if place is None:
        return 0
    number, last = place
    return next((n + 1 for n, hit in enumerate(ordered) if hit.node.node == last), max(0, number))


def _by_number(graph: Graph, text: str) -> Iterable[tuple[tuple[Any, ...], Hit]]:
    digits = re.sub(r"[\s-]", "", text)
    rows = []
    if digits.isdecimal():
        kinds = {10: ("inn",), 12: ("inn",), 13: ("ogrn",), 15: ("ogrn",), 11: ("snils",)}.get(len(digits), ())
        rows += graph.read(_BY_KEY, keys=[f"{label}:{kind}:{digits}" for kind in kinds for label in _KEYED]) if kinds else []
    if text:
        rows += graph.read(_BY_NUMBER, text=text, limit=HITS)
    for row in rows:
        yield (0,), Hit(node_ref(row["node"]), row["matched"].split(":")[-2])


def _by_words(graph: Graph, text: str) -> Iterable[tuple[tuple[Any, ...], Hit]]:
    wanted = tokens(text)
    anchor = _anchor(graph, wanted)
    if anchor is None:
        return
    words, used = anchor
    others = [{"raw": t.raw, "surname": t.surname, "given": t.given} for t in wanted if t.raw not in used]
    rows = graph.read(_HOLDERS, words=words, others=others, labels=list(KINDS.values()), scanned=SCANNED, limit=HITS)
    for row in rows:
        node = node_ref(row["node"])
        have = set(str(row["words"] or "").split())
        whole = sum(token.raw not in have for token in wanted)
        former = {word for name in row["former"] or () for word in name.lower().replace("ё", "е").split()}
        now = set(re.findall(r"\w+", node.name.lower().replace("ё", "е")))
        by_former = any(token.raw in former and token.raw not in now for token in wanted)
        yield (1 + whole,), Hit(node, "former" if by_former else "name")


def _anchor(graph: Graph, wanted: Sequence[Token]) -> tuple[list[str], set[str]] | None:
    """The Words of the rarest word of the query, and which words of the query they stand for."""
    choices: list[tuple[int, list[str], set[str]]] = []
    for pair, both in zip(given_names(token.raw for token in wanted), pairwise(wanted), strict=True):
        choices.extend(_weighed(graph, [pair], {both[0].raw, both[1].raw}))
    for token in wanted:
        if len(token.raw) >= _LEAST or token.raw.isdecimal():
            found = {row["id"] for start in token.starts() for row in graph.read(_WORDS, start=start, limit=WORDS)}
            exact = [start for start in token.starts() if start in found]
            choices.extend(_weighed(graph, exact or sorted(found), {token.raw}))
            if exact and len(found) > len(exact):
                # «Иванов» means Ivanovs first; Ivanovskys come behind them where there is room.
                choices.extend((n + SCANNED, words, used) for n, words, used in _weighed(graph, sorted(found), {token.raw}))
    if not choices:
        return None
    least = min(n for n, _, _ in choices)
    n, words, used = next(choice for choice in choices if choice[0] == least)
    wider = [choice for choice in choices if choice[2] == used and n < HITS // 5 and choice[0] >= SCANNED]
    return (wider[0][1] if wider else words), used


def _weighed(graph: Graph, words: Sequence[str], used: set[str]) -> list[tuple[int, list[str], set[str]]]:
    if not words:
        return []
    n = int(graph.read(_WEIGH, words=list(words), limit=SCANNED)[0]["n"])
    return [(n, list(words), used)] if n else []


def _with_findings(graph: Graph, hits: Sequence[Hit], units: Sequence[str] | None) -> list[Hit]:
    ids = [hit.node.node for hit in hits]
    counts: Counter[str] = Counter()
    for statement in _FINDINGS if ids else ():
        for row in graph.read(statement % _OPEN, ids=ids, all_units=units is None, units=list(units or ())):
            counts[row["id"]] = max(counts[row["id"]], row["n"])
    return [Hit(hit.node, hit.matched, counts[hit.node.node]) for hit in hits]
