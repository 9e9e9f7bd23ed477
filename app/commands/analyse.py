"""`sverka analyse`: what many ties and signals say together, found anew: communities, and the forecast of signals."""

from __future__ import annotations

import importlib

import typer

from app.commands.session import opened
from app.commands.shape import AsJson, Command
from app.commands.terminal import terminal_of
from queries.analysis.community_read import list_communities

SHOWN = 20

cli = typer.Typer()


@cli.command(cls=Command)
def analyse(ctx: typer.Context, *, as_json: AsJson = False) -> None:
    """Find the communities of people, firms and bodies anew, and forecast the signals of the next four quarters."""
    terminal = terminal_of(ctx)
    # Their libraries take a while to load, that of the forecast seconds: no other command is to wait for them.
    refresh_communities = importlib.import_module("queries.analysis.community_run").refresh_communities
    refresh_forecast = importlib.import_module("queries.analysis.forecast_run").refresh_forecast
    with opened(terminal) as wiring:
        with terminal.steps() as steps:
            at = wiring.clock.now()
            found = refresh_communities(wiring.graph, at, lambda n: steps.advance("communities", n))
            series = refresh_forecast(wiring.graph, wiring.clock.today(), at, lambda n: steps.advance("forecast", n))
        listed = list_communities(wiring.graph, SHOWN)
    changes = found.changes.values()
    new = sum(change.is_new for change in changes)
    moved = sum(bool(change.joined or change.left) and not change.is_new for change in changes)
    if as_json:
        terminal.line(
            {
                "communities": len(found.communities),
                "new": new,
                "changed": moved,
                "modularity": round(found.modularity, 4),
                "forecasts": series,
            }
        )
        return
    columns = [terminal.say(f"column_{name}") for name in ("community", "members", "officials", "money_inside")]
    rows = [
        (one.body["name"] or one.body["id"], one.body["size"], len(one.body["officials"]), f"{one.body['money_inside']:,.0f}")
        for one in listed
    ]
    terminal.table(columns, rows)
    terminal.show(terminal.say("analysed", communities=len(found.communities), new=new, changed=moved, series=series))
