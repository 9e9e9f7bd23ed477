"""Several records of one couple read together: what one record leaves open, another may know."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from domain.dates import FOREVER
from queries.derive.bounds import Bounds, bounds_of
from queries.derive.kin_facts import SpouseFact, ids


@dataclass(frozen=True, slots=True)
class Marriage:
    """A marriage with the records that it was read from."""

    a: str
    b: str
    bounds: Bounds
    facts: tuple[str, ...]


def marriages(records: Iterable[SpouseFact]) -> list[Marriage]:
    """Read the records of each couple together.

    A divorce known to one record ends the same marriage in a record that leaves the end open: for certain where the
    one that knows is trusted as much, else the end becomes unknown. A record without a start takes it from a record
    of the couple that has one. Records that do not overlap are marriages of their own.
    """
    couples: dict[tuple[str, str], list[SpouseFact]] = defaultdict(list)
    for record in records:
        if record.a != record.b:
            couples[min(record.a, record.b), max(record.a, record.b)].append(record)
    found = []
    for (a, b), group in couples.items():
        for record in group:
            bounds = bounds_of(record.span)
            facts: tuple[str, ...] = (record.id,)
            if len(group) > 1:
                bounds, facts = _start(*_end(record, bounds, facts, group), group)
            found.append(Marriage(a, b, bounds, facts))
    return found


def _end(record: SpouseFact, bounds: Bounds, facts: tuple[str, ...], group: list[SpouseFact]) -> tuple[Bounds, tuple[str, ...]]:
    if bounds[2] < FOREVER:
        return bounds, facts
    dated = bounds[1] < FOREVER
    ended = [one for one in group if one.span.end_hi < FOREVER and (not dated or one.span.end_lo > bounds[1])]
    if not ended:
        return bounds, facts
    last = max(ended, key=lambda one: (one.span.end_hi, one.trust, one.id))
    end_hi = last.span.end_hi if last.trust >= record.trust else FOREVER
    return (bounds[0], bounds[1], last.span.end_lo, end_hi), ids((*facts, last.id))


def _start(bounds: Bounds, facts: tuple[str, ...], group: list[SpouseFact]) -> tuple[Bounds, tuple[str, ...]]:
    if bounds[1] < FOREVER:
        return bounds, facts
    begun = [one for one in group if one.span.start_hi < FOREVER and one.span.start_hi < bounds[2]]
    if not begun:
        return bounds, facts
    last = max(begun, key=lambda one: (one.span.start_lo, one.id))
    return (last.span.start_lo, last.span.start_hi, bounds[2], bounds[3]), ids((last.id, *facts))
