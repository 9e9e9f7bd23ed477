"""The command line: every module of app/commands that holds `cli`, errors as sentences, exit statuses of contract.md 2."""

from __future__ import annotations

import errno
import importlib
import os
import pkgutil
import shutil
import sys
import traceback
from collections.abc import Sequence
from contextlib import suppress
from typing import Annotated, Any

import typer
from typer.main import get_command

import app.commands
from app.commands.shape import Group, is_help, usage_sentence
from app.commands.terminal import Terminal, log_to_stderr
from app.settings import wants_debug
from app.version import VERSION
from domain.errors import GraphError, GraphUnavailable, SverkaError, interrupted

LITTLE_SPACE = 64 * 1024 * 1024
DONE, USAGE, BROKEN, INTERRUPTED = 0, 2, 3, 130


def command_line(name: str = "") -> Any:
    """The tree of commands, or of those that share a module with the one named; a new module in app/commands is in it by being there."""
    root = typer.Typer(cls=Group, add_completion=False, no_args_is_help=True, pretty_exceptions_enable=False)
    root.callback()(_root)
    home = app.commands.MODULES.get(name)
    for module in [home] if home else [found.name for found in pkgutil.iter_modules(app.commands.__path__)]:
        part = getattr(importlib.import_module(f"app.commands.{module}"), "cli", None)
        if isinstance(part, typer.Typer):
            root.add_typer(part)
    return get_command(root)


def run(arguments: Sequence[str]) -> int:
    """Run one command line; its exit status."""
    _open_streams()
    terminal = Terminal()
    log_to_stderr()
    try:
        status = command_line(next(iter(arguments), "")).main(list(arguments), prog_name="sverka", standalone_mode=False, obj=terminal)
        sys.stdout.flush()
        sys.stdout.buffer.flush()
    except BaseException as problem:  # noqa: BLE001 - the outermost frame: nobody sees a traceback who did not ask for one
        # An error on the way out of a Ctrl-C (a session that closes on a broken connection) is no news.
        status = INTERRUPTED if interrupted(problem) else _told(problem, terminal)
    if status == INTERRUPTED:
        terminal.note(terminal.say("interrupted"))
    return status if isinstance(status, int) else DONE


def _told(problem: BaseException, terminal: Terminal) -> int:
    """Say what went wrong, if anything did; the exit status."""
    match problem:
        case SystemExit():
            if isinstance(problem.__context__, BrokenPipeError):
                # typer turns a reader who has seen enough (`sverka findings | head`) into a failure.
                _write_no_more()
                return DONE
            return problem.code if isinstance(problem.code, int) else DONE
        case typer.TyperException():
            if is_help(problem):
                terminal.note(problem.message)
            else:
                _complain(terminal, usage_sentence(problem, terminal))
            return USAGE
        case SverkaError():
            _complain(terminal, _sentence(problem, terminal))
            return problem.exit_status
        case BrokenPipeError():
            _write_no_more()
            return DONE
        case OSError():
            _complain(terminal, terminal.say("system_error", why=_why(problem, terminal)))
            _write_no_more()
        case _:
            _complain(terminal, terminal.say("internal_error", why=f"{type(problem).__name__}: {problem}"))
    return BROKEN


def _open_streams() -> None:
    """Whoever closed stdout or stderr (`>&-`) wants to hear nothing."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115, PTH123 - open until the process ends


def _write_no_more() -> None:
    """What is still in the buffer must not be tried again at the end."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _tell_version(asked: bool) -> None:  # noqa: FBT001 - typer hands the flag over by place
    if asked:
        sys.stdout.write(f"sverka {VERSION}\n")
        raise typer.Exit


def _root(*, version: Annotated[bool, typer.Option("--version", is_eager=True, callback=_tell_version)] = False) -> None:
    """Sverka."""


def _sentence(problem: SverkaError, terminal: Terminal) -> str:
    said = terminal.choose(problem.message_ru, problem.message_en)
    cause = problem.__cause__
    if isinstance(cause, OSError) and cause.strerror:
        said = said.replace(cause.strerror, _why(cause, terminal))
    said = said if said.endswith((".", "!", "?", "…")) else f"{said}."
    hint = problem.hint or _advice(problem, terminal)
    return f"{said} {hint}" if hint else said


def _advice(problem: SverkaError, terminal: Terminal) -> str:
    if isinstance(problem, GraphUnavailable):
        return terminal.say("check_graph")
    if isinstance(problem, GraphError):
        # The embedded engine does not say why a commit failed; a full disk is the reason that a user can do something about.
        with suppress(OSError, SverkaError):
            home = terminal.settings.home
            if shutil.disk_usage(home).free < LITTLE_SPACE:
                return terminal.say("little_space", home=home)
    return ""


def _why(problem: OSError, terminal: Terminal) -> str:
    """What the system says, in the user's language where it is a common thing."""
    name = errno.errorcode.get(problem.errno or 0, "")
    said = terminal.say_of("system", name)
    return said if said != name else problem.strerror or str(problem)


def _complain(terminal: Terminal, text: str) -> None:
    if wants_debug():
        terminal.note(traceback.format_exc().rstrip())
    terminal.note(terminal.say("complaint", text=text))
