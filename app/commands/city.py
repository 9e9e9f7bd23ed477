"""`sverka generate`: a synthetic city in files."""

from __future__ import annotations

import time
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from app.commands.shape import AsJson, Command
from app.commands.terminal import terminal_of
from domain.errors import CannotOpen, UsageError
from ingest.city.generate import generate as write_city

cli = typer.Typer()


@cli.command(cls=Command)
def generate(
    ctx: typer.Context,
    *,
    people: Annotated[int, typer.Option("--people", metavar="N")],
    out: Annotated[Path, typer.Option("--out", metavar="DIR")],
    seed: Annotated[int, typer.Option("--seed", metavar="S")] = 1,
    corrupted: Annotated[bool, typer.Option("--corrupted")] = False,
    as_json: AsJson = False,
) -> None:
    """Invent a city and write it in the real file formats."""
    terminal = terminal_of(ctx)
    began = time.monotonic()
    try:
        if out.exists() and (not out.is_dir() or next(out.iterdir(), None) is not None):
            raise UsageError(f"{out} не пуста: укажите новую папку.", f"{out} is not empty: name a new folder.")
        with terminal.steps() as steps:
            made = write_city(people, seed, out, steps.part, corrupted=corrupted)
    except OSError as problem:
        why = problem.strerror or str(problem)
        raise CannotOpen(f"Не записывается {out}: {why}.", f"Cannot write {out}: {why}.") from problem
    seconds = round(time.monotonic() - began, 3)
    if as_json:
        terminal.line({**asdict(made), "out": str(out), "seconds": seconds})
        return
    terminal.table([terminal.say("column_planted"), terminal.say("column_lines")], sorted(made.truth.items()))
    terminal.show(terminal.say("generated", people=made.people, firms=made.firms, contracts=made.contracts, out=out, seconds=seconds))
