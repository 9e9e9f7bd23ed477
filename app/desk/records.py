"""Source records as they were read, numbers and names hidden where the caller may not see them; and the sources."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from app.access.masking import FIELDS
from app.desk.eyes import Eyes
from app.desk.nodes import chain_node, read_nodes, ref_node
from app.web.values import SourceRecord, SourceRow
from domain.errors import NotFound
from queries.views.records import Values, get_record, list_sources
from queries.views.scope import visible_people

_FREE = frozenset({"title", "summary", "description", "text", "notes"})


def record(eyes: Eyes, key: str) -> SourceRecord:
    """The record; NotFound where all the people it names are of other units."""
    eyes.need("entities.read")
    found = get_record(eyes.graph, key)
    people = found.people()
    if people and not visible_people(eyes.graph, people, eyes.units):
        raise NotFound("Такой записи нет или она вне ваших прав.", "There is no such record, or it is outside your rights.")
    eyes.saw(*people, action="record.read", result="shown" if eyes.open else "shown:masked")
    node = None
    if found.resolved is not None:
        read = read_nodes(eyes, [found.resolved.node], [found.resolved.label])
        node = chain_node(eyes, read.get(found.resolved.node) or ref_node(found.resolved))
    about_person = found.schema == "Person"
    return SourceRecord(
        key=found.key,
        source=found.source,
        source_kind=found.kind,
        trust=found.trust,
        schema=found.schema,
        state=found.state,
        path=found.path,
        line=found.line,
        sha256=found.sha256,
        recorded_at=datetime.fromisoformat(found.recorded_at),
        properties=tuple(_shown(eyes, found.properties, about_person=about_person)),
        resolved=node,
        versions=tuple(
            (datetime.fromisoformat(one.recorded_at), _changed(eyes, one.properties, found.properties, about_person=about_person))
            for one in reversed(found.versions)
        ),
        masked=not eyes.open and (about_person or any(name in _FREE for name in found.properties)),
    )


def sources(eyes: Eyes) -> tuple[SourceRow, ...]:
    """What the graph was built from."""
    eyes.need("entities.read")
    return tuple(
        SourceRow(row.name, row.kind, row.trust, row.records, row.quarantined, datetime.fromisoformat(row.read_at) if row.read_at else None)
        for row in list_sources(eyes.graph)
    )


def _shown(eyes: Eyes, values: Values, *, about_person: bool) -> Sequence[tuple[str, tuple[str, ...]]]:
    return [(name, tuple(_value(eyes, name, value, about_person=about_person) for value in some)) for name, some in values.items()]


def _value(eyes: Eyes, name: str, value: str, *, about_person: bool) -> str:
    if eyes.open:
        return value
    mask: Any = FIELDS.get(name) if about_person else None
    return str(mask(value)) if mask else eyes.text(value)


def _changed(eyes: Eyes, before: Values, now: Mapping[str, Sequence[str]], *, about_person: bool) -> str:
    """What the earlier version said otherwise: «startDate: 2004»."""
    differing = [name for name in {**before, **now} if tuple(before.get(name, ())) != tuple(now.get(name, ()))]
    said = dict(_shown(eyes, {name: before.get(name, ()) for name in differing}, about_person=about_person))
    return "; ".join(f"{name}: {', '.join(values) or '—'}" for name, values in said.items())
