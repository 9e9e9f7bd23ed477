"""`sverka match`: entities from outside screened against the graph, line by line."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from app.commands.lines import lines_of, loaded, opened_lines
from app.commands.session import note_people, opened
from app.commands.shape import AsJson, Command, Purpose
from app.commands.terminal import Terminal, terminal_of
from domain.batches import batches
from domain.errors import InputError, UsageError
from queries.views.screen import screen
from screening.entities import Entity, read_entity

AT_ONCE = 100
"""Entities of a file that are screened together; of a pipe each is answered as it comes."""

cli = typer.Typer()


@cli.command(cls=Command)
def match(
    ctx: typer.Context,
    *,
    entities: Annotated[Path, typer.Argument(metavar="ENTITIES.jsonl")],
    limit: Annotated[int, typer.Option("--limit", metavar="N")] = 5,
    purpose: Purpose = "",
    as_json: AsJson = False,
) -> None:
    """Screen entities against the graph's people and organizations, in order."""
    del as_json
    terminal = terminal_of(ctx)
    if limit < 1:
        raise UsageError(f"--limit: нужно число от 1, не {limit}.", f"--limit: a number from 1 is wanted, not {limit}.")
    with opened_lines(entities) as (file, live), opened(terminal) as wiring:
        for some in batches(lines_of(file), 1 if live else AT_ONCE):
            asked = [_entity(line, terminal) for line in some]
            hits = iter(screen(wiring.graph, [one for one in asked if isinstance(one, Entity)], limit))
            answers = [(one, next(hits) if isinstance(one, Entity) else []) for one in asked]
            shown = (hit.node for _, found in answers for hit in found if hit.record.schema == "Person")
            note_people(wiring, shown, "match", purpose)
            for one, found in answers:
                if not isinstance(one, Entity):
                    terminal.line(one)
                    continue
                query = {"id": one.record.id or None, "schema": one.record.schema, "properties": one.record.properties}
                terminal.line({"results": [hit.payload(terminal.language) for hit in found], "query": query})
            if live:
                terminal.flush()


def _entity(line: bytes, terminal: Terminal) -> Entity | dict[str, Any]:
    try:
        return read_entity(loaded(line))
    except InputError as error:
        return {"error": terminal.choose(error.message_ru, error.message_en)}
