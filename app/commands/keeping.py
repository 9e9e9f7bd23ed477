"""`sverka backup`, `sverka restore`, `sverka audit verify`: keeping the data and proving the log."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated

import typer

from app.access.audit_verify import describe
from app.access.operator_door import verify_audit
from app.commands.session import note_act, opened
from app.commands.shape import AsJson, Command, Group
from app.commands.terminal import Terminal, terminal_of
from domain.errors import UsageError
from graph.backup import Backup
from graph.backup import backup as write_backup
from graph.backup import restore as read_backup
from graph.lease import lease

_HEAD = re.compile(r"(\d+):([0-9a-f]{64})")

cli = typer.Typer()
audit = typer.Typer(name="audit", cls=Group, no_args_is_help=True)
cli.add_typer(audit)


@cli.command(cls=Command)
def backup(
    ctx: typer.Context,
    *,
    path: Annotated[Path | None, typer.Argument(metavar="FILE")] = None,
    out: Annotated[Path | None, typer.Option("--out", metavar="FILE")] = None,
    as_json: AsJson = False,
) -> None:
    """Write the whole graph to one file."""
    terminal = terminal_of(ctx)
    if path is not None and out is not None and path != out:
        raise UsageError("Файл копии указан дважды.", "The backup's file is named twice.")
    with opened(terminal) as wiring:
        target = _target(path or out, wiring.settings.home, f"sverka-{wiring.clock.now():%Y%m%dT%H%M%SZ}.zip")
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        note_act(wiring, "graph.backup", str(target))
        # No check changes the graph meanwhile; ingest and hand-made facts should wait too, and docs/commands.md says so.
        with lease(wiring.graph, "check", wiring.clock):
            about = write_backup(wiring.graph, target)
    _tell(terminal, "backed_up", target, about, as_json=as_json)


@cli.command(cls=Command)
def restore(ctx: typer.Context, *, path: Annotated[Path, typer.Argument(metavar="FILE")], as_json: AsJson = False) -> None:
    """Fill an empty graph from a backup."""
    terminal = terminal_of(ctx)
    with opened(terminal) as wiring:
        about = read_backup(wiring.graph, path)
        note_act(wiring, "graph.restore", str(path))
    _tell(terminal, "restored", path, about, as_json=as_json)


@audit.command(cls=Command)
def verify(
    ctx: typer.Context,
    *,
    head: Annotated[str | None, typer.Option("--head", metavar="N:HASH")] = None,
    as_json: AsJson = False,
) -> int:
    """Check the chain of the audit log; 1 where it is broken."""
    terminal = terminal_of(ctx)
    noted = _noted(head)
    with opened(terminal) as wiring:
        verdict = verify_audit(wiring.graph, wiring.settings.home, noted)
    said = describe(verdict.faults, terminal.language)
    if as_json:
        faults = [{"kind": fault.kind, "n": fault.n, "message": text} for fault, text in zip(verdict.faults, said, strict=True)]
        terminal.line(
            {"ok": verdict.ok, "lines": verdict.lines, "n": verdict.n, "hash": verdict.hash, "anchored": verdict.anchored, "faults": faults}
        )
    else:
        for text in said:
            terminal.show(f"! {text}")
        terminal.show(terminal.say("audit_whole" if verdict.ok else "audit_broken", lines=verdict.lines))
        terminal.show(terminal.say("audit_head", head=f"{verdict.n}:{verdict.hash}"))
    return 0 if verdict.ok else 1


def _noted(head: str | None) -> tuple[int, str] | None:
    if head is None:
        return None
    found = _HEAD.fullmatch(head.strip().lower())
    if found is None:
        raise UsageError("--head: нужны номер и хеш, как их печатает audit verify.", "--head: a number and a hash, as audit verify prints.")
    return int(found[1]), found[2]


def _target(path: Path | None, home: Path, name: str) -> Path:
    if path is None:
        return home / "backups" / name
    return path / name if path.is_dir() else path


def _tell(terminal: Terminal, key: str, path: Path, about: Backup, *, as_json: bool) -> None:
    if as_json:
        terminal.line({"path": str(path), "nodes": about.nodes, "relationships": about.relationships})
    else:
        terminal.show(terminal.say(key, path=path, nodes=about.nodes, relationships=about.relationships))
