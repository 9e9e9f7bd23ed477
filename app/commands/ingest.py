"""`sverka ingest` and `sverka quarantine`: files in, and what could not be used."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from app.commands.session import note_act, opened
from app.commands.shape import AsJson, Command, Purpose
from app.commands.terminal import Terminal, terminal_of
from app.demo import is_demo
from app.intake import FileReport, IngestReport, Intake, ingest_paths, quarantine, retry_quarantine
from domain.records import SourceKind
from ingest.formats import formats

SHOWN = 3
"""Examples of quarantined rows that a person sees for each file; all of them stand in `sverka quarantine`."""

cli = typer.Typer()


@cli.command(cls=Command)
def ingest(  # noqa: PLR0913 - as many options as the contract names
    ctx: typer.Context,
    *,
    paths: Annotated[list[Path], typer.Argument(metavar="PATH...")],
    format: Annotated[str, typer.Option("--format", metavar="|".join(("auto", *sorted(formats()))))] = "auto",
    source: Annotated[str | None, typer.Option("--source", metavar="NAME")] = None,
    kind: Annotated[str | None, typer.Option("--kind", metavar="|".join(SourceKind))] = None,
    mapping: Annotated[Path | None, typer.Option("--mapping", metavar="FILE")] = None,
    strict: Annotated[bool, typer.Option("--strict")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run")] = False,
    as_json: AsJson = False,
) -> int:
    """Read files, folders and archives into the graph."""
    terminal = terminal_of(ctx)
    asked = Intake(format, source, kind, str(mapping) if mapping else None, dry_run)
    with opened(terminal) as wiring:
        if is_demo(wiring.settings.home) and not dry_run:
            terminal.note(terminal.say("into_demo", home=wiring.settings.home))
        with terminal.steps() as steps:
            report = ingest_paths(wiring.graph, wiring.clock, paths, asked, steps.advance)
        if not dry_run:
            note_act(wiring, "ingest.write", source or "*", result=f"{sum(file.accepted for file in report.files)} records")
    if as_json:
        terminal.line(report.payload())
    else:
        _tell(terminal, report, dry_run=dry_run)
    return 1 if strict and report.quarantined else 0


@cli.command(cls=Command, name="quarantine")
def list_quarantine(
    ctx: typer.Context,
    *,
    source: Annotated[str | None, typer.Option("--source", metavar="NAME")] = None,
    retry: Annotated[bool, typer.Option("--retry")] = False,
    purpose: Purpose = "",
    as_json: AsJson = False,
) -> None:
    """What could not be used, line by line; `--retry` tries it again first."""
    del as_json
    terminal = terminal_of(ctx)
    with opened(terminal) as wiring:
        rows = list(quarantine(wiring.graph, source))
        if retry:
            tried = len(rows)
            retry_quarantine(wiring.graph, wiring.clock, source)
            rows = list(quarantine(wiring.graph, source))
            terminal.note(terminal.say("retried", tried=tried, passed=tried - len(rows)))
        # Whole rows are shown, and whom they are about is not known: one line for them all.
        note_act(wiring, "quarantine.read", source or "*", purpose, f"{len(rows)} rows shown")
        for row in rows:
            terminal.line({**row, "message": terminal.choose(row["message"], row["message_en"])})


def _tell(terminal: Terminal, report: IngestReport, *, dry_run: bool) -> None:
    columns = [terminal.say(f"column_{name}") for name in ("file", "format", "records", "accepted", "quarantined", "reasons")]
    terminal.table(columns, [_row(file) for file in report.files])
    for file in report.files:
        for note in file.notes[:SHOWN]:
            terminal.show(f"  {file.path}:{note.place.line}: {terminal.choose(note.message_ru, note.message_en)}")
        for sample in file.samples[:SHOWN]:
            terminal.show(f"! {sample.place.path}:{sample.place.line}: {terminal.choose(sample.message_ru, sample.message_en)}")
    if report.quarantined:
        terminal.show(terminal.say("in_quarantine", n=report.quarantined))
    key = "dry_run_done" if dry_run else "ingested"
    terminal.show(terminal.say(key, n=sum(file.accepted for file in report.files), seconds=f"{report.seconds:.1f}"))


def _row(file: FileReport) -> tuple[object, ...]:
    reasons = ", ".join(f"{code} {n}" for code, n in sorted(file.reasons.items()))
    return (file.path, file.format or "—", file.records, file.accepted, file.quarantined, reasons)
