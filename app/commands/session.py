"""The graph as a command has it: opened, brought to this version's schema, given back; and the audit line of what it reads."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from app.access.audit_chain import Entry
from app.access.operator_door import note_reading
from app.commands.terminal import Terminal
from app.wiring import Wiring, command_line_actor, wire
from domain.errors import UsageError
from graph.migrate import migrate
from graph_models.schema import statements


@contextmanager
def opened(terminal: Terminal) -> Iterator[Wiring]:
    """The wiring over a migrated graph, closed at the end whatever happens: the embedded engine stops with its last user."""
    own_rules = terminal.settings.rules_dir
    if own_rules is not None and not own_rules.is_dir():
        raise UsageError(f"SVERKA_RULES_DIR: папки {own_rules} нет.", f"SVERKA_RULES_DIR: there is no folder {own_rules}.")
    wiring = wire(terminal.settings)
    for error in wiring.catalog.refused:
        terminal.note(terminal.choose(f"Правило не принято: {error.message_ru}", f"A rule was refused: {error.message_en}"))
    try:
        migrate(wiring.graph, statements())
        yield wiring
    finally:
        wiring.close()


def note_people(wiring: Wiring, people: Iterable[str], command: str, purpose: str) -> None:
    """A line of the audit log for each person whom the command is about to show; call it before printing."""
    named = sorted(set(people))
    if named:
        note_reading(wiring.graph, wiring.clock, named, command, purpose=purpose, by=command_line_actor(), home=wiring.settings.home)


def note_act(wiring: Wiring, action: str, item: str, purpose: str = "", result: str = "done") -> None:
    """One line of the audit log for an act that reads everybody or changes everything."""
    wiring.desk.log.append(Entry(command_line_actor(), action, item, purpose, result))
