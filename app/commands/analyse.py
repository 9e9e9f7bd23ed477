"""`sverka analyse`: what many ties say together, found anew: communities."""

from __future__ import annotations

import typer

from app.commands.session import opened
from app.commands.shape import AsJson, Command
from app.commands.terminal import terminal_of
from queries.analysis.community_run import list_communities, refresh_communities

SHOWN = 20

cli = typer.Typer()


@cli.command(cls=Command)
def analyse(ctx: typer.Context, *, as_json: AsJson = False) -> None:
    """Find the communities of people, firms and bodies anew."""
    terminal = terminal_of(ctx)
    with opened(terminal) as wiring:
        with terminal.steps() as steps:
            found = refresh_communities(wiring.graph, wiring.clock.now(), lambda n: steps.advance("communities", n))
        listed = list_communities(wiring.graph, SHOWN)
    changes = found.changes.values()
    new = sum(change.is_new for change in changes)
    moved = sum(bool(change.joined or change.left) and not change.is_new for change in changes)
    if as_json:
        terminal.line({"communities": len(found.communities), "new": new, "changed": moved, "modularity": round(found.modularity, 4)})
        return
    columns = [terminal.say(f"column_{name}") for name in ("community", "members", "officials", "money_inside")]
    rows = [
        (one.body["name"] or one.body["id"], one.body["size"], len(one.body["officials"]), f"{one.body['money_inside']:,.0f}")
        for one in listed
    ]
    terminal.table(columns, rows)
    terminal.show(terminal.say("analysed", communities=len(found.communities), new=new, changed=moved))
