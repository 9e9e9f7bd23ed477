"""A person's relatives as contract.md 2 lists them: path, term, the laws in whose lists it counts, and since when."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from typing import Any

from domain.dates import day_of, iso_of
from domain.logic import Tri
from domain.spans import Span
from graph.client import Graph
from graph.values import Row
from queries.views.ids import Resolved, feed_id

# A weak tie leads to somebody who bears a relative's name and may be another: nobody's relative until someone finds out.
_KIN = """
MATCH (p:Person {id: $id})-[k:KIN]->(r:Person)
WHERE coalesce(k.grade, 'certain') <> 'weak'
RETURN p.ids AS ids, r.id AS relative, r.ids AS relative_ids, k.path AS path, k.term AS term, k.lists AS lists, k.hops AS hops,
       k.declared AS declared, k.ambiguous AS ambiguous, k.missing AS missing,
       k.start_lo AS start_lo, k.start_hi AS start_hi, k.end_lo AS end_lo, k.end_hi AS end_hi
"""


@dataclass(frozen=True, slots=True)
class Tie:
    """A relative of a person. `holds`: on the day asked, or at all; None: what decides it is not known, `missing` names it."""

    person: str
    relative: str
    relative_ids: tuple[str, ...]
    path: str
    term: str
    lists: tuple[str, ...]
    span: Span
    declared: bool
    ambiguous: bool
    missing: tuple[str, ...]
    holds: Tri

    def payload(self) -> dict[str, Any]:
        """One line of `sverka kin`."""
        return {
            "person": self.person,
            "relative": self.relative_ids[0] if self.relative_ids else feed_id(self.relative),
            "path": self.path,
            "term": self.term,
            "lists": list(self.lists),
            "from": iso_of(self.span.start_lo) if self.span.start_lo == self.span.start_hi else None,
            "to": iso_of(self.span.end_lo) if self.span.end_lo == self.span.end_hi else None,
            "relative_ids": list(self.relative_ids),
            "declared": self.declared,
            "ambiguous": self.ambiguous,
            "missing": list(self.missing),
            "certain": self.holds is True,
        }


def kin_of(graph: Graph, person: Resolved, as_of: date | None = None, asked_as: str | None = None) -> list[Tie]:
    """The relatives, the nearest first; `as_of` leaves out who certainly was none on that day. `asked_as`: the id to answer with."""
    day = day_of(as_of) if as_of else None
    rows = graph.read(_KIN, id=person.id)
    ties = [_tie(row, day, asked_as) for row in rows if row["path"] or not _acquaintance(row)]
    return sorted(
        (tie for tie in ties if tie.holds is not False), key=lambda tie: (len(tie.path), tie.path, tie.relative, tie.span.start_lo)
    )


def _acquaintance(row: Row) -> bool:
    """A cohabitant or friend is near under 273-ФЗ's wider words, but no relative."""
    return any(hop.get("type") == "ASSOCIATED_WITH" for hop in json.loads(row["hops"] or "[]"))


def _tie(row: Row, day: int | None, asked_as: str | None) -> Tie:
    span = Span(row["start_lo"], row["start_hi"], row["end_lo"], row["end_hi"])
    ids = tuple(row["ids"] or ())
    holds = span.holds(day, day) if day is not None else None if row["missing"] or row["ambiguous"] else True
    return Tie(
        asked_as if asked_as is not None and asked_as in ids else (ids[0] if ids else ""),
        row["relative"],
        tuple(row["relative_ids"] or ()),
        row["path"] or "",
        row["term"] or "",
        tuple(row["lists"] or ()),
        span,
        bool(row["declared"]),
        bool(row["ambiguous"]),
        tuple(row["missing"] or ()),
        holds,
    )
