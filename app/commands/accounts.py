"""`sverka user …`: accounts, made, changed and closed by whoever runs the machine."""

from __future__ import annotations

from typing import Annotated

import typer

from app.access import users
from app.access.operator_door import list_users, split_roles
from app.access.roles import book
from app.access.users import User
from app.commands.session import opened
from app.commands.shape import AsJson, Command, Group
from app.commands.terminal import Terminal, terminal_of
from app.wiring import Wiring, command_line_actor
from domain.errors import NotFound
from queries.views.ids import SeveralMatch, resolve_id

Name = Annotated[str, typer.Argument(metavar="NAME")]
Units = Annotated[list[str] | None, typer.Option("--unit", metavar="ID")]
PersonId = Annotated[str | None, typer.Option("--person", metavar="ID")]

cli = typer.Typer(name="user", cls=Group, no_args_is_help=True)


@cli.command(cls=Command)
def add(
    ctx: typer.Context,
    *,
    name: Name,
    role: Annotated[str, typer.Option("--role", metavar="ROLE")],
    unit: Units = None,
    person: PersonId = None,
    as_json: AsJson = False,
) -> None:
    """Make an account and print its one-time password."""
    terminal = terminal_of(ctx)
    with opened(terminal) as wiring:
        _check_ids(terminal, wiring, unit, person)
        actor, language = command_line_actor(), terminal.language
        password = users.add_user(wiring.desk, name, split_roles(role), unit or (), person, by=actor, language=language)
    _tell_password(terminal, name, password, as_json=as_json)


@cli.command(cls=Command, name="list")
def list_all(ctx: typer.Context, *, as_json: AsJson = False) -> None:
    """All accounts."""
    terminal = terminal_of(ctx)
    with opened(terminal) as wiring:
        found = list_users(wiring.graph)
    if as_json:
        terminal.line({"users": [_shown(user) for user in found]})
        return
    columns = [terminal.say(f"column_{name}") for name in ("name", "roles", "units", "person", "signed_in", "state")]
    terminal.table(columns, [_row(terminal, user) for user in found])


@cli.command(cls=Command)
def change(
    ctx: typer.Context,
    *,
    name: Name,
    role: Annotated[str | None, typer.Option("--role", metavar="ROLE")] = None,
    unit: Units = None,
    person: PersonId = None,
    as_json: AsJson = False,
) -> None:
    """Give an account other roles, units or another person."""
    terminal = terminal_of(ctx)
    with opened(terminal) as wiring:
        units = None if unit is None else [one for one in unit if one]
        _check_ids(terminal, wiring, units, person)
        roles = None if role is None else split_roles(role)
        user = users.change_user(wiring.desk, name, by=command_line_actor(), roles=roles, units=units, person=person)
    _tell_user(terminal, user, as_json=as_json)


@cli.command(cls=Command)
def close(ctx: typer.Context, *, name: Name, as_json: AsJson = False) -> None:
    """Close an account: its sessions end, its keys stop working."""
    terminal = terminal_of(ctx)
    with opened(terminal) as wiring:
        user = users.change_user(wiring.desk, name, by=command_line_actor(), disabled=True)
    _tell_user(terminal, user, as_json=as_json)


@cli.command(cls=Command)
def reopen(ctx: typer.Context, *, name: Name, as_json: AsJson = False) -> None:
    """Open a closed account again."""
    terminal = terminal_of(ctx)
    with opened(terminal) as wiring:
        user = users.change_user(wiring.desk, name, by=command_line_actor(), disabled=False)
    _tell_user(terminal, user, as_json=as_json)


@cli.command(cls=Command, name="reset-password")
def reset_password(ctx: typer.Context, *, name: Name, as_json: AsJson = False) -> None:
    """Print a new one-time password; the old one and all sessions end."""
    terminal = terminal_of(ctx)
    with opened(terminal) as wiring:
        password = users.reset_password(wiring.desk, name, by=command_line_actor())
    _tell_password(terminal, name, password, as_json=as_json)


@cli.command(cls=Command)
def unlock(ctx: typer.Context, *, name: Name, as_json: AsJson = False) -> None:
    """End a lock-out after wrong passwords before its time."""
    terminal = terminal_of(ctx)
    with opened(terminal) as wiring:
        users.unlock(wiring.desk, name, by=command_line_actor())
        user = users.get_user(wiring.graph, name)
    _tell_user(terminal, user, as_json=as_json)


def _check_ids(terminal: Terminal, wiring: Wiring, units: list[str] | None, person: str | None) -> None:
    """An id that the graph does not know yet is allowed, an account may come before the data; but it is said."""
    asked = [*((unit, "Organization") for unit in units or ()), *([(person, "Person")] if person else [])]
    for text, label in asked:
        try:
            resolve_id(wiring.graph, text, (label,))
        except (NotFound, SeveralMatch) as problem:
            terminal.note(terminal.say("unknown_id", detail=terminal.choose(problem.message_ru, problem.message_en)))


def _tell_password(terminal: Terminal, name: str, password: str, *, as_json: bool) -> None:
    if as_json:
        terminal.line({"name": name, "one_time_password": password})
    else:
        terminal.show(terminal.say("one_time_password", name=name, password=password))


def _tell_user(terminal: Terminal, user: User, *, as_json: bool) -> None:
    if as_json:
        terminal.line(_shown(user))
    else:
        roles = ", ".join(book().roles[role].title.get(terminal.language) for role in user.roles)
        state = terminal.say("user_closed" if user.disabled_at else "user_open")
        terminal.show(f"{user.name}: {roles}; {state}")


def _shown(user: User) -> dict[str, object]:
    return {
        "name": user.name,
        "roles": list(user.roles),
        "units": list(user.units),
        "person": user.person,
        "must_change_password": user.must_change,
        "created_at": user.created_at,
        "signed_in_at": user.signed_in_at,
        "closed_at": user.disabled_at,
    }


def _row(terminal: Terminal, user: User) -> tuple[object, ...]:
    state = terminal.say("user_closed" if user.disabled_at else "user_one_time" if user.must_change else "user_open")
    units = ", ".join(user.units) or terminal.say("all_units")
    return (user.name, ", ".join(user.roles), units, user.person or "", (user.signed_in_at or "")[:16].replace("T", " "), state)
