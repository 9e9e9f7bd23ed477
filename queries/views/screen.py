"""Screening: the people and organizations of the graph that an entity from outside may be, with score and reasons."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from domain.records import Record
from graph.client import Graph
from queries.views.candidates import Found, find_candidates
from queries.views.ids import feed_id
from queries.views.whole import People, Whole, read_firms, read_people
from screening.comparison import Outcome
from screening.decisive import judge_orgs, judge_people
from screening.entities import ORGANIZATION, PERSON, Entity, org_of, person_of, told
from screening.facts import PersonFacts
from screening.frozen import left_out, thaw
from screening.keys import org_keys, person_keys
from screening.verdicts import Grade, Language, Verdict

MOST = 50
"""Candidates of one entity that are judged."""
LEAST = 0.2
"""Probability from which on somebody is shown whom no test names."""
_HITS = (Grade.CERTAIN, Grade.PROBABLE, Grade.WEAK, Grade.DATA_ERROR)
_MATCH = (Grade.CERTAIN, Grade.PROBABLE)
_OUTCOME = {Outcome.EQUAL: 1.0, Outcome.COMPATIBLE: 0.8, Outcome.NEAR: 0.7, Outcome.DIFFERS: 0.0}


@dataclass(frozen=True, slots=True)
class Hit:
    """One candidate; `verdict.left` is the entity asked about."""

    node: str
    ids: tuple[str, ...]
    caption: str
    record: Record
    verdict: Verdict

    def payload(self, language: Language) -> dict[str, Any]:
        """One result as contract.md 3 has it; `features` are yente's numbers, the words stand in `explanation`."""
        answer = told(self.verdict, language)
        return {
            "id": self.ids[0] if self.ids else feed_id(self.node),
            "caption": self.caption,
            "schema": self.record.schema,
            "score": self.verdict.probability,
            "match": self.verdict.grade in _MATCH,
            "features": {row.feature: _OUTCOME[row.outcome] for row in self.verdict.compared if row.outcome in _OUTCOME},
            "properties": {name: list(values) for name, values in self.record.properties.items()},
            "ids": list(self.ids),
            "explanation": {
                "grade": answer["grade"],
                "decisive": answer["decisive"],
                "sentence": answer["explanation"],
                "compared": answer["features"],
                "waterfall": answer["waterfall"],
            },
        }


@dataclass(frozen=True, slots=True)
class _Judged:
    """A node that may be the entity, before its records are read for showing."""

    node: str
    verdict: Verdict

    @property
    def place(self) -> tuple[float, str]:
        """The likeliest first."""
        return (-self.verdict.probability, self.node)


def screen(graph: Graph, entities: Sequence[Entity], limit: int) -> list[list[Hit]]:
    """For each entity its best hits, the likeliest first, of at most 50 candidates that its keys name.

    Works by batch: a hundred entities cost little more than one. A name that thousands share finds some of them only.
    """
    found: list[list[Hit]] = [[] for _ in entities]
    for label, judge, whole in ((PERSON, _people, read_people), (ORGANIZATION, _firms, read_firms)):
        asked = {number: entity for number, entity in enumerate(entities) if label in entity.kinds}
        judged = {number: sorted(some, key=lambda one: one.place)[:limit] for number, some in judge(graph, asked).items()} if asked else {}
        shown = whole(graph, {one.node for some in judged.values() for one in some})
        for number, some in judged.items():
            found[number] += [_hit(one, shown[one.node]) for one in some if one.node in shown]
    return [sorted(hits, key=lambda hit: (-hit.verdict.probability, hit.node))[:limit] for hits in found]


def _hit(one: _Judged, whole: Whole) -> Hit:
    return Hit(one.node, whole.ids, whole.name, whole.record, one.verdict)


def _worth_showing(verdict: Verdict) -> bool:
    return verdict.grade in _HITS or (verdict.grade is Grade.NONE and verdict.probability >= LEAST)


def _people(graph: Graph, asked: Mapping[int, Entity]) -> dict[int, list[_Judged]]:
    facts = {number: person_of("query", entity) for number, entity in asked.items()}
    found = find_candidates(graph, PERSON, {number: person_keys(one) for number, one in facts.items()}, MOST)
    known = _Known(graph, found.values())
    return {
        number: [_Judged(node, verdict) for node, verdict in _judged_people(facts[number], some, known)] for number, some in found.items()
    }


def _judged_people(one: PersonFacts, some: Sequence[Found], known: _Known) -> Iterable[tuple[str, Verdict]]:
    wanted = left_out(one)
    for other in known.facts(some, wanted):
        verdict = judge_people(one, other)
        if _worth_showing(verdict):
            yield other.key, verdict


class _Known:
    """Facts of candidates: thawed from the node, or from the records where the entity asks for more than is frozen."""

    def __init__(self, graph: Graph, found: Iterable[Sequence[Found]]) -> None:
        texts = {one.node: one.facts for some in found for one in some}
        self._thawed = {node: thawed for node, text in texts.items() if text and (thawed := thaw(node, text))}
        self._people = People(graph)
        self._unread = [node for node in texts if node not in self._thawed]

    def facts(self, some: Iterable[Found], wanted: frozenset[str]) -> list[PersonFacts]:
        """Of each node once."""
        nodes = list(dict.fromkeys(one.node for one in some))
        whole = [node for node in nodes if node not in self._thawed or wanted & self._thawed[node].left_out]
        read = self._people.facts([*whole, *self._unread]) if whole else {}
        self._unread = [] if whole else self._unread
        return [read[node] if node in read else self._thawed[node].facts for node in nodes if node in read or node in self._thawed]


def _firms(graph: Graph, asked: Mapping[int, Entity]) -> dict[int, list[_Judged]]:
    facts = {number: org_of("query", entity) for number, entity in asked.items()}
    found = find_candidates(graph, ORGANIZATION, {number: org_keys(one) for number, one in facts.items()}, MOST)
    known = {node: one.firm for node, one in read_firms(graph, {one.node for some in found.values() for one in some}).items()}
    judged: dict[int, list[_Judged]] = defaultdict(list)
    for number, some in found.items():
        for node in dict.fromkeys(one.node for one in some):
            if node in known and _worth_showing(verdict := judge_orgs(facts[number], known[node])):
                judged[number].append(_Judged(node, verdict))
    return judged
