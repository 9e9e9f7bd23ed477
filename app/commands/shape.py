"""How a command is declared and how its help and its usage errors are told: in the user's language, from texts.yaml."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Annotated, Any

import typer
from typer.core import TyperCommand, TyperGroup

from app.commands.terminal import Terminal
from app.commands.texts import TEXTS
from app.settings import Language, spoken_language
from domain.errors import UsageError

AsJson = Annotated[bool, typer.Option("--json")]
Purpose = Annotated[str, typer.Option("--purpose", metavar="TEXT")]
AsOf = Annotated[str | None, typer.Option("--as-of", metavar="DATE")]

_HEADINGS = {
    "usage": {"ru": "Использование: ", "en": "Usage: "},
    "commands": {"ru": "Команды", "en": "Commands"},
    "arguments": {"ru": "Что указать", "en": "Arguments"},
    "options": {"ru": "Ключи", "en": "Options"},
    "command": {"ru": "КОМАНДА", "en": "COMMAND"},
    "some_options": {"ru": "[КЛЮЧИ]", "en": "[OPTIONS]"},
}


def _language(ctx: typer.Context) -> Language:
    return ctx.obj.language if isinstance(ctx.obj, Terminal) else spoken_language()


def path_of(ctx: typer.Context) -> str:
    """`user add` for the context of that command; empty for the root."""
    return " ".join(ctx.command_path.split()[1:])


def parameter_names(param: Any) -> str:
    """`--rule R-06` or `PATH…` as a reader types it."""
    if param.param_type_name == "argument":
        return str(param.metavar or param.name.upper()).replace("...", "…")
    value = "" if getattr(param, "is_flag", False) else f" {param.metavar or param.type.name.upper()}"
    return ", ".join(param.opts) + value


def _needed(param: Any) -> bool:
    return bool(param.param_type_name == "argument" or param.required)


def _write_parameters(ctx: typer.Context, formatter: Any, language: Language) -> None:
    path = path_of(ctx)
    for kind in ("argument", "option"):
        listed = [param for param in ctx.command.get_params(ctx) if param.param_type_name == kind]
        rows = [(parameter_names(param), TEXTS.option(path, str(param.name), language)) for param in listed]
        if rows:
            with formatter.section(_HEADINGS[f"{kind}s"][language]):
                formatter.write_dl(rows)


def _write_head(ctx: typer.Context, formatter: Any, language: Language) -> None:
    pieces = [parameter_names(param) for param in ctx.command.get_params(ctx) if _needed(param)]
    if isinstance(ctx.command, Group):
        pieces.append(_HEADINGS["command"][language])
    pieces.append(_HEADINGS["some_options"][language])
    formatter.write_usage(ctx.command_path, " ".join(pieces), prefix=_HEADINGS["usage"][language])
    formatter.write_paragraph()
    formatter.write_text(TEXTS.command(path_of(ctx), language))


class Command(TyperCommand):
    """A command whose help is read from texts.yaml."""

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Usage, what it does, arguments, options."""
        language = _language(ctx)
        _write_head(ctx, formatter, language)
        _write_parameters(ctx, formatter, language)


class Group(TyperGroup):
    """A group of commands whose help is read from texts.yaml."""

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Usage, what it is for, its commands, options."""
        language = _language(ctx)
        _write_head(ctx, formatter, language)
        path = path_of(ctx)
        rows = [(name, TEXTS.command(f"{path} {name}".strip(), language).partition("\n")[0]) for name in self.list_commands(ctx)]
        with formatter.section(_HEADINGS["commands"][language]):
            formatter.write_dl(rows)
        _write_parameters(ctx, formatter, language)

    def list_commands(self, ctx: Any) -> list[str]:
        """In the order of texts.yaml, which goes as the work does."""
        order = {path.split()[-1]: number for number, path in enumerate(TEXTS.commands) if path}
        return sorted(super().list_commands(ctx), key=lambda name: order.get(name, len(order)))


def is_help(problem: typer.TyperException) -> bool:
    """Whether a group was called without a command: its help is the answer."""
    return type(problem).__name__ == "NoArgsIsHelpError"


def usage_sentence(problem: typer.TyperException, terminal: Terminal) -> str:
    """What is wrong with the call, and where to read how it is right."""
    ctx = getattr(problem, "ctx", None)
    said = " ".join(part for part in _wrong(problem, terminal) if part)
    command = ctx.command_path if ctx is not None else "sverka"
    return f"{said} {terminal.say('see_help', command=command)}"


def _wrong(problem: Any, terminal: Terminal) -> Iterator[str]:
    kind, message = type(problem).__name__, problem.message
    param = getattr(problem, "param", None)
    if kind == "NoSuchOption":
        yield terminal.say("no_such_option", option=problem.option_name)
        if problem.possibilities:
            yield terminal.say("perhaps", names=", ".join(sorted(problem.possibilities)))
    elif kind == "MissingParameter" and param is not None:
        yield terminal.say("missing_parameter", name=parameter_names(param))
    elif kind == "BadParameter" and param is not None:
        yield terminal.say("bad_parameter", name=parameter_names(param), detail=terminal.choose("", message)).strip()
    elif kind == "BadOptionUsage":
        yield terminal.say("option_without_value", option=problem.option_name)
    elif found := re.match(r"No such command '(.+?)'", message):
        yield terminal.say("no_such_command", name=found[1])
        if problem.ctx is not None:
            yield terminal.say("there_are", names=", ".join(problem.ctx.command.list_commands(problem.ctx)))
    elif found := re.match(r"Got unexpected extra argument\S* \((.*)\)", message):
        yield terminal.say("extra_argument", names=found[1])
    else:
        yield message


def day(text: str | None, option: str) -> date | None:
    """The date of an option; UsageError for what is none."""
    if text is None:
        return None
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        raise UsageError(
            f"{option}: «{text}» — не дата; нужна как 2025-05-12.", f"{option}: {text!r} is no date; write it like 2025-05-12."
        ) from None
