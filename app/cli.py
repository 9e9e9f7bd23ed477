"""The command line: every module of app/commands that holds `cli`, errors as sentences, exit statuses of contract.md 2."""

from __future__ import annotations

import importlib
import os
import pkgutil
import sys
import traceback
from collections.abc import Sequence
from typing import Annotated, Any

import typer
from typer.main import get_command

import app.commands
from app.commands.shape import Group, is_help, usage_sentence
from app.commands.terminal import Terminal, log_to_stderr
from app.main import VERSION
from app.settings import wants_debug
from domain.errors import SverkaError

DONE, USAGE, BROKEN, INTERRUPTED = 0, 2, 3, 130


def command_line() -> Any:
    """The tree of commands; a new module in app/commands is in it by being there."""
    root = typer.Typer(cls=Group, add_completion=False, no_args_is_help=True, pretty_exceptions_enable=False)
    root.callback()(_root)
    for module in pkgutil.iter_modules(app.commands.__path__):
        part = getattr(importlib.import_module(f"app.commands.{module.name}"), "cli", None)
        if isinstance(part, typer.Typer):
            root.add_typer(part)
    return get_command(root)


def run(arguments: Sequence[str]) -> int:
    """Run one command line; its exit status."""
    terminal = Terminal()
    log_to_stderr()
    try:
        status = command_line().main(list(arguments), prog_name="sverka", standalone_mode=False, obj=terminal)
        sys.stdout.flush()
        sys.stdout.buffer.flush()
    except KeyboardInterrupt:
        status = INTERRUPTED
    except SystemExit as end:
        status = end.code if isinstance(end.code, int) else DONE
    except typer.TyperException as problem:
        if is_help(problem):
            terminal.note(problem.message)
        else:
            _complain(terminal, usage_sentence(problem, terminal))
        status = USAGE
    except SverkaError as problem:
        _complain(terminal, _sentence(problem, terminal))
        status = problem.exit_status
    except BrokenPipeError:
        # The reader has seen enough (`sverka findings | head`); what is still in the buffer must not be tried again at the end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        status = DONE
    except Exception as problem:  # noqa: BLE001 - the outermost frame: nobody sees a traceback who did not ask for one
        why = problem.strerror if isinstance(problem, OSError) and problem.strerror else f"{type(problem).__name__}: {problem}"
        _complain(terminal, terminal.say("internal_error", why=why))
        status = BROKEN
    if status == INTERRUPTED:
        terminal.note(terminal.say("interrupted"))
    return status if isinstance(status, int) else DONE


def main() -> None:
    """`sverka`."""
    sys.exit(run(sys.argv[1:]))


def _tell_version(asked: bool) -> None:  # noqa: FBT001 - typer hands the flag over by place
    if asked:
        sys.stdout.write(f"sverka {VERSION}\n")
        raise typer.Exit


def _root(*, version: Annotated[bool, typer.Option("--version", is_eager=True, callback=_tell_version)] = False) -> None:
    """Sverka."""


def _sentence(problem: SverkaError, terminal: Terminal) -> str:
    said = terminal.choose(problem.message_ru, problem.message_en)
    return f"{said} {problem.hint}" if problem.hint else said


def _complain(terminal: Terminal, text: str) -> None:
    if wants_debug():
        terminal.note(traceback.format_exc().rstrip())
    terminal.note(terminal.say("complaint", text=text))
