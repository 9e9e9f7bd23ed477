"""`sverka screen-list`: a table of people or organizations screened against the graph, answered as a workbook."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Annotated

import typer

from app.commands.session import note_people, opened
from app.commands.shape import AsJson, Command, Purpose
from app.commands.terminal import Terminal, terminal_of
from app.lists.answers import ASKED, answers, shown
from app.lists.reading import ListTable, columns_by_header, read_list
from app.lists.workbook import ListWorkbook
from app.screener import is_person
from app.wiring import Wiring
from domain.errors import CannotOpen, UsageError
from queries.views.screen import Hit, screen
from screening.entities import Entity

MOST_ROWS = 1_000_000
"""A sheet takes 1,048,576 rows."""

cli = typer.Typer()


@cli.command(cls=Command, name="screen-list")
def screen_list(
    ctx: typer.Context,
    *,
    table: Annotated[Path, typer.Argument(metavar="TABLE")],
    out: Annotated[Path, typer.Option("--out", metavar="OUT.xlsx")],
    column: Annotated[list[str] | None, typer.Option("--column", metavar="HEADER=FIELD")] = None,
    purpose: Purpose = "",
    as_json: AsJson = False,
) -> None:
    """Screen a table; the same rows come back with the best match, its probability and the reasons."""
    terminal = terminal_of(ctx)
    if out.suffix.lower() != ".xlsx":
        raise UsageError(f"--out: нужно имя .xlsx, не {out.name}.", f"--out: a name that ends in .xlsx is wanted, not {out.name}.")
    read = _read(table, column or ())
    terminal.note(terminal.say("list_read", rows=len(read.rows), columns=_told(read)))
    with opened(terminal) as wiring, terminal.steps() as steps:
        counts = _written(wiring, terminal, read, out, purpose, lambda n: steps.advance("screen", n))
    if as_json:
        fields = {read.headers[number]: name for number, name in sorted(read.fields.items())}
        terminal.line({"out": str(out), "rows": len(read.rows), "bad": len(read.bad), "columns": fields, "grades": dict(counts)})
    else:
        sure = counts["certain"] + counts["probable"]
        terminal.note(terminal.say("list_screened", rows=len(read.rows), sure=sure, weak=counts["weak"], out=out))


def _read(path: Path, columns: Sequence[str]) -> ListTable:
    try:
        content = path.read_bytes()
    except OSError as error:
        why = error.strerror or str(error)
        raise CannotOpen(f"Не открывается {path}: {why}.", f"Cannot open {path}: {why}.") from error
    chosen = [one.rpartition("=") for one in columns]
    if not all(header and field for header, _, field in chosen):
        raise UsageError("--column: нужно ЗАГОЛОВОК=поле.", "--column: HEADER=field is wanted.")
    table = read_list(content, path.name, MOST_ROWS, certain_header=[header for header, _, _ in chosen])
    return table.with_fields(columns_by_header(table, {header: field for header, _, field in chosen}))


def _told(table: ListTable) -> str:
    return ", ".join(f"{table.headers[number]} → {name}" for number, name in sorted(table.fields.items()))


def _written(wiring: Wiring, terminal: Terminal, table: ListTable, out: Path, purpose: str, advance: Callable[[int], None]) -> Counter[str]:
    """The workbook, complete or not at all; whoever stands in it is in the audit log before."""
    counts: Counter[str] = Counter()
    begun = out.with_name(f".{out.name}.part")
    try:
        with begun.open("wb") as file:
            book = ListWorkbook(file, table, terminal.language, wiring.settings.public_url)
            for some in answers(table, lambda entities: _screened(wiring, entities)):
                note_people(wiring, (hit.node for hit in shown(some) if is_person(hit)), "screen-list", purpose)
                book.add(some)
                counts.update(str(one.best.verdict.grade) if one.best else "wrong" if one.wrong else "none" for one in some)
                advance(len(some))
            book.close()
        os.replace(begun, out)  # noqa: PTH105 - Path.replace is the same call
    except OSError as error:
        why = error.strerror or str(error)
        raise CannotOpen(f"Не записывается {out}: {why}.", f"Cannot write {out}: {why}.") from error
    finally:
        begun.unlink(missing_ok=True)
    return counts


def _screened(wiring: Wiring, entities: Sequence[Entity]) -> list[list[Hit]]:
    return screen(wiring.graph, entities, ASKED)
