"""`sverka compare`: pairs from outside judged line by line; the graph is not asked, and not waited for."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from app.commands.lines import lines_of, opened_lines
from app.commands.pairs import judged, shared_out
from app.commands.shape import AsJson, Command
from app.commands.terminal import terminal_of

cli = typer.Typer()


@cli.command(cls=Command, name="compare")
def compare_pairs(ctx: typer.Context, *, pairs: Annotated[Path, typer.Argument(metavar="PAIRS.jsonl")], as_json: AsJson = False) -> None:
    """Judge pairs of entities, in order; the graph is not asked."""
    del as_json
    terminal = terminal_of(ctx)
    with opened_lines(pairs) as (file, live):
        if live:
            for line in lines_of(file):
                terminal.line(judged(line, terminal.language))
                terminal.flush()
            return
        for answers in shared_out(lines_of(file), terminal.language):
            terminal.lines(answers)
