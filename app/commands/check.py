"""`sverka check`: who is who, kinship, ownership, rules."""

from __future__ import annotations

from typing import Annotated

import typer

from app.commands.session import opened
from app.commands.shape import AsJson, Command
from app.commands.terminal import terminal_of
from app.pipeline import check as run_check

cli = typer.Typer()


@cli.command(cls=Command)
def check(ctx: typer.Context, *, full: Annotated[bool, typer.Option("--full")] = False, as_json: AsJson = False) -> None:
    """Run the check on what changed since the last one, or on everything."""
    terminal = terminal_of(ctx)
    with opened(terminal) as wiring, terminal.steps() as steps:
        report = run_check(wiring.graph, wiring.catalog, wiring.clock, full=full, progress=steps.advance)
    if as_json:
        terminal.line(report.payload())
        return
    columns = [terminal.say(f"column_{name}") for name in ("rule", "title", "fired", "not_computable", "closed")]
    titles = {rule.id: terminal.choose(rule.title_ru, rule.title_en) for rule in wiring.catalog.rules.values()}
    counts = sorted(report.rules.rules.items())
    terminal.table(columns, [(rule, titles[rule], count.fired, count.not_computable, count.closed) for rule, count in counts])
    terminal.show(terminal.say("checked", resolved=report.resolved, derived=report.derived, seconds=f"{report.seconds:.1f}"))
