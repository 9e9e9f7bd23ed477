"""`sverka export`: the graph for other tools."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from app.commands.session import note_act, opened
from app.commands.shape import AsJson, Command, Purpose
from app.commands.terminal import terminal_of
from app.export import FORMATS, write_csv, write_ftm, write_graphml, written
from domain.errors import UsageError

cli = typer.Typer()


@cli.command(cls=Command)
def export(
    ctx: typer.Context,
    *,
    format: Annotated[str, typer.Option("--format", metavar="|".join(FORMATS))],
    out: Annotated[Path | None, typer.Option("--out", metavar="PATH")] = None,
    purpose: Purpose = "",
    as_json: AsJson = False,
) -> None:
    """Write the graph as FtM lines, GraphML or CSV."""
    terminal = terminal_of(ctx)
    if format not in FORMATS:
        there = ", ".join(FORMATS)
        raise UsageError(f"--format: «{format}» нет; есть {there}.", f"--format: there is no {format!r}; there are {there}.")
    if format == "csv" and out is None:
        raise UsageError("csv — это два файла: укажите папку, --out ПАПКА.", "csv is two files: name a folder, --out FOLDER.")
    if as_json and out is None:
        raise UsageError(
            "--json и выгрузка в stdout мешают друг другу: укажите --out.", "--json and an export to stdout clash: give --out."
        )
    with opened(terminal) as wiring, terminal.steps() as steps:
        # Everybody is read: one line stands for them all.
        note_act(wiring, "graph.export", "*", purpose, format)
        if format == "csv" and out is not None:
            count = write_csv(wiring.graph, out, steps.advance)
        else:
            write = write_ftm if format == "ftm" else write_graphml
            if out is None:
                sys.stdout.flush()
                count = write(wiring.graph, sys.stdout.buffer, steps.advance)
            else:
                with written(out) as file:
                    count = write(wiring.graph, file, steps.advance)
    if as_json:
        terminal.line({"format": format, "out": str(out), "rows": count})
    else:
        terminal.note(terminal.say("exported", n=count))
