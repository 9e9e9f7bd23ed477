"""`sverka compare` and `sverka match`: pairs from outside judged, entities from outside screened against the graph; line by line."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any, BinaryIO

import typer

from app.commands.pairs import LINE_MAX, judged, loaded, shared_out
from app.commands.session import note_people, opened
from app.commands.shape import AsJson, Command, Purpose
from app.commands.terminal import Terminal, terminal_of
from domain.errors import CannotOpen, InputError, UsageError
from graph.writer import batches
from queries.views.screen import screen
from screening.entities import Entity, read_entity

AT_ONCE = 100
"""Entities of a file that are screened together; of a pipe each is answered as it comes."""

cli = typer.Typer()


@cli.command(cls=Command, name="compare")
def compare_pairs(ctx: typer.Context, *, pairs: Annotated[Path, typer.Argument(metavar="PAIRS.jsonl")], as_json: AsJson = False) -> None:
    """Judge pairs of entities, in order; the graph is not asked."""
    del as_json
    terminal = terminal_of(ctx)
    with _opened(pairs) as (file, live):
        if live:
            for line in _lines(file):
                terminal.line(judged(line, terminal.language))
                terminal.flush()
            return
        for answers in shared_out(_lines(file), terminal.language):
            terminal.lines(answers)


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
    with _opened(entities) as (file, live), opened(terminal) as wiring:
        for some in batches(_lines(file), 1 if live else AT_ONCE):
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


@contextmanager
def _opened(path: Path) -> Iterator[tuple[BinaryIO, bool]]:
    """The file, or standard input for `-`, and whether its reader waits for each answer."""
    if str(path) == "-":
        yield sys.stdin.buffer, True
        return
    try:
        with path.open("rb") as file:
            yield file, not path.is_file()
    except OSError as error:
        if error.filename is None or str(error.filename) != str(path):
            raise
        why = error.strerror or str(error)
        raise CannotOpen(f"Не открывается {path}: {why}.", f"Cannot open {path}: {why}.") from error


def _lines(file: BinaryIO) -> Iterator[bytes]:
    """Each line that is not blank; of one that is too long its beginning, which is no JSON."""
    first = True
    while line := file.readline(LINE_MAX):
        rest = line
        while len(rest) == LINE_MAX and not rest.endswith(b"\n"):
            rest = file.readline(LINE_MAX)
        if first:
            line, first = line.removeprefix(b"\xef\xbb\xbf"), False
        if not line.isspace():
            yield line
