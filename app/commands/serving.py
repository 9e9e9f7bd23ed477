"""`sverka serve` and `sverka demo`: the pages and the interface, over one's own data or over an invented city."""

from __future__ import annotations

from typing import Annotated

import typer

from app.commands.session import opened
from app.commands.shape import AsJson, Command
from app.commands.terminal import Terminal, terminal_of
from app.demo import Account, Demo
from app.serving import listen, serve_on
from app.settings import Settings

Host = Annotated[str, typer.Option("--host", metavar="H")]
Port = Annotated[int, typer.Option("--port", metavar="P")]
HOST, PORT = "127.0.0.1", 8000

cli = typer.Typer()


@cli.command(cls=Command)
def serve(ctx: typer.Context, *, host: Host = HOST, port: Port = PORT, as_json: AsJson = False) -> None:
    """Serve pages and interface, and check what is ingested."""
    terminal = terminal_of(ctx)
    socket = listen(host, port)
    with socket, opened(terminal) as wiring:
        serve_on(wiring, socket, lambda url: _tell_serving(terminal, url, as_json=as_json))


@cli.command(cls=Command)
def demo(
    ctx: typer.Context,
    *,
    host: Host = HOST,
    port: Port = PORT,
    people: Annotated[int, typer.Option("--people", metavar="N")] = 3000,
    no_serve: Annotated[bool, typer.Option("--no-serve")] = False,
    as_json: AsJson = False,
) -> None:
    """Invent a city, ingest it, check it and serve it; the next time serve what is there."""
    terminal = terminal_of(ctx)
    socket = None if no_serve else listen(host, port)
    with opened(terminal) as wiring:
        made = Demo(wiring, people, terminal.note, terminal.say)
        with terminal.steps() as steps:
            made.prepare(steps)
        accounts = made.accounts()
        if socket is None:
            _tell_demo(terminal, "", accounts, wiring.settings, as_json=as_json)
            return
        with socket:
            serve_on(wiring, socket, lambda url: _tell_demo(terminal, url, accounts, wiring.settings, as_json=as_json))


def _tell_serving(terminal: Terminal, url: str, *, as_json: bool) -> None:
    if as_json:
        terminal.line({"url": url})
        terminal.flush()
    else:
        terminal.show(terminal.say("serving", url=url))


def _tell_demo(terminal: Terminal, url: str, accounts: list[Account], settings: Settings, *, as_json: bool) -> None:
    if as_json:
        listed = [{"name": one.name, "roles": [one.role], "one_time_password": one.password} for one in accounts]
        terminal.line({"url": url or None, "home": str(settings.home), "accounts": listed})
        terminal.flush()
        return
    lines = ["", terminal.say("demo_ready", url=url) if url else terminal.say("demo_made")]
    for one in accounts:
        key = "demo_password" if one.password else "demo_known"
        lines.append(terminal.say(key, name=one.name, role=one.title(terminal.language), password=one.password))
    if any(one.password for one in accounts):
        lines.append(terminal.say("demo_change"))
    lines.append(terminal.say("demo_home", home=settings.home))
    if url:
        lines.append(terminal.say("stop"))
    terminal.show("\n".join(lines))
