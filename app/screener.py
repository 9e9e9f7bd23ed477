"""Screening with the eyes of one viewer: who is outside his units is not found, and whoever is shown stands in the audit log."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.access.guard import Reading
from app.access.viewer import visible_units
from graph.client import Graph
from queries.views.scope import visible_people
from queries.views.screen import Hit, screen
from screening.entities import Entity
from screening.verdicts import Grade, Language

MOST = 50
SURE = (Grade.CERTAIN, Grade.PROBABLE)
"""Grades that a match may have: a name alone is never one."""


@dataclass(frozen=True, slots=True)
class Screener:
    """One allowed reading."""

    reading: Reading

    @property
    def language(self) -> Language:
        """What reasons are told in."""
        return "en" if self.reading.viewer.language == "en" else "ru"

    def screen(self, graph: Graph, entities: Sequence[Entity], limit: int = MOST) -> list[list[Hit]]:
        """For each entity its best hits, the likeliest first, of those whom the viewer may open."""
        units = visible_units(self.reading.viewer)
        found = screen(graph, entities, max(limit, MOST) if units is not None else limit)
        if units is None:
            return found
        people = {hit.node for hits in found for hit in hits if is_person(hit)}
        seen = visible_people(graph, people, units)
        return [[hit for hit in hits if not is_person(hit) or hit.node in seen][:limit] for hits in found]

    def shows(self, hits: Iterable[Hit]) -> None:
        """The lines of the audit log, one for each person; call it once, before the answer leaves, whoever was found."""
        self.reading.shown(*sorted({hit.node for hit in hits if is_person(hit)}))


def is_person(hit: Hit) -> bool:
    """Whether the hit is a person, whose reading is logged."""
    return hit.record.schema == "Person"


def is_match(hit: Hit, threshold: float) -> bool:
    """Whether the hit may be taken for the entity: probable enough, and by more than a name."""
    return hit.verdict.grade in SURE and hit.verdict.probability >= threshold
