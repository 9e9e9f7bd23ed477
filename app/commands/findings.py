"""`sverka findings`, `explain` and `kin`: what a check found, why a rule fired or did not, who is whose relative."""

from __future__ import annotations

from typing import Annotated

import typer

from app.commands.session import note_people, opened
from app.commands.shape import AsJson, AsOf, Command, Purpose, day
from app.commands.terminal import Terminal, terminal_of
from cases.lifecycle import signal_lifecycle
from domain.batches import batches
from domain.errors import UsageError
from queries.catalog import Catalog, Rule
from queries.rules.explain import Explanation
from queries.rules.explain import explain as evaluate
from queries.views.findings import Asked, all_findings
from queries.views.ids import LABELS, RECORD, feed_id, resolve_id
from queries.views.kin import kin_of

AT_ONCE = 200
"""Findings for which one audited transaction is made."""
Rules = Annotated[str, typer.Option("--rule", metavar="R-06")]
Person = Annotated[str, typer.Option("--person", metavar="ID")]
Event = Annotated[str | None, typer.Option("--event", metavar="ID")]

cli = typer.Typer()


@cli.command(cls=Command)
def findings(  # noqa: PLR0913 - as many options as the contract names
    ctx: typer.Context,
    *,
    rule: Annotated[str | None, typer.Option("--rule", metavar="R-06")] = None,
    event: Event = None,
    person: Annotated[str | None, typer.Option("--person", metavar="ID")] = None,
    status: Annotated[str | None, typer.Option("--status", metavar="STATUS")] = None,
    as_of: AsOf = None,
    known_on: Annotated[str | None, typer.Option("--known-on", metavar="DATE")] = None,
    purpose: Purpose = "",
    as_json: AsJson = False,
) -> None:
    """Findings of every status as JSON lines."""
    del as_json
    terminal = terminal_of(ctx)
    when, known = day(as_of, "--as-of"), day(known_on, "--known-on")
    status = _known_status(status)
    with opened(terminal) as wiring:
        asked = Asked(
            rule=_known_rule(wiring.catalog, rule).id if rule else None,
            status=status,
            event=resolve_id(wiring.graph, event, (*LABELS, RECORD)).id if event else None,
            person=resolve_id(wiring.graph, person, ("Person",)).id if person else None,
            as_of=when,
            known_on=known,
            trial=True,
        )
        for some in batches(all_findings(wiring.graph, asked), AT_ONCE):
            note_people(wiring, (one for row in some for one in row.people), "findings", purpose)
            for row in some:
                terminal.line(row.body)


@cli.command(cls=Command)
def explain(
    ctx: typer.Context, *, rule: Rules, person: Person, event: Event = None, purpose: Purpose = "", as_json: AsJson = False
) -> None:
    """One evaluation of a rule, test by test."""
    terminal = terminal_of(ctx)
    with opened(terminal) as wiring:
        wanted = _known_rule(wiring.catalog, rule)
        who = resolve_id(wiring.graph, person, ("Person",)).id
        where = resolve_id(wiring.graph, event, (*LABELS, RECORD)).id if event else None
        note_people(wiring, [who], "explain", purpose)
        found = evaluate(wiring.graph, wanted, who, where)
    if as_json or not terminal.at_a_terminal:
        terminal.line(found.payload())
    else:
        _tell(terminal, wanted, found)


@cli.command(cls=Command)
def kin(
    ctx: typer.Context,
    *,
    person: Annotated[str, typer.Argument(metavar="ID")],
    as_of: AsOf = None,
    purpose: Purpose = "",
    as_json: AsJson = False,
) -> None:
    """The relatives of a person as JSON lines."""
    del as_json
    terminal = terminal_of(ctx)
    when = day(as_of, "--as-of")
    with opened(terminal) as wiring:
        who = resolve_id(wiring.graph, person, ("Person",))
        ties = kin_of(wiring.graph, who, when, feed_id(person))
        note_people(wiring, [who.id, *(tie.relative for tie in ties)], "kin", purpose)
        for tie in ties:
            terminal.line(tie.payload())


def _known_rule(catalog: Catalog, rule: str) -> Rule:
    found = catalog.rules.get(rule.strip().upper())
    if found is None:
        there = ", ".join(catalog.rules)
        raise UsageError(f"Правила «{rule}» нет; есть {there}.", f"There is no rule {rule!r}; there are {there}.")
    return found


def _known_status(status: str | None) -> str | None:
    if status is None:
        return None
    found = status.strip().upper()
    known = signal_lifecycle().states
    if found not in known:
        there = ", ".join(known)
        raise UsageError(f"Состояния «{status}» нет; есть {there}.", f"There is no status {status!r}; there are {there}.")
    return found


def _tell(terminal: Terminal, rule: Rule, found: Explanation) -> None:
    status = f" ({found.status})" if found.status else ""
    outcome = terminal.say_of("outcome", found.outcome)
    terminal.show(f"{rule.id} {terminal.choose(rule.title_ru, rule.title_en)}: {outcome}{status}")
    for test in found.tests:
        said = f"  {terminal.say_of('test', test['test'])}: {terminal.say_of('test', test['outcome'])}"
        more = ", ".join(test["missing"]) or test["reason"]
        terminal.show(f"{said} ({more})" if more else said)
    terminal.show(terminal.say("reason", reason=found.reason))
