"""What the command line calls: accounts and the audit check, done as `cli:USER`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import Path

from app.access import users
from app.access.audit import ANCHOR_FILE, AnchorFile, AuditLog
from app.access.audit_chain import Actor, Entry, operator
from app.access.audit_verify import Verdict, verify
from app.access.desk import Desk
from app.access.users import User
from domain.clock import Clock
from graph.client import Graph

UNNAMED = operator("?")


def desk(graph: Graph, clock: Clock, home: Path | None = None) -> Desk:
    """A desk without the application around it; with `home` the audit log keeps its anchor file there."""
    return Desk(graph, clock, AuditLog(graph, clock, AnchorFile(home / ANCHOR_FILE) if home else None))


def add_user(graph: Graph, clock: Clock, name: str, role: str, units: Iterable[str] = (), person: str | None = None, *,
             by: Actor = UNNAMED, home: Path | None = None) -> str:  # fmt: skip
    """Make an account; the one-time password. `role` may be several: `officer,secretary`."""
    return users.add_user(desk(graph, clock, home), name, split_roles(role), units, person, by=by)


def reset_password(graph: Graph, clock: Clock, name: str, *, by: Actor = UNNAMED, home: Path | None = None) -> str:
    """A new one-time password."""
    return users.reset_password(desk(graph, clock, home), name, by=by)


def list_users(graph: Graph) -> list[User]:
    """All accounts."""
    return users.list_users(graph)


def verify_audit(graph: Graph, home: Path | None = None, noted: tuple[int, str] | None = None) -> Verdict:
    """Check the chain against itself, the head node, the anchor file in `home`, and a head noted elsewhere."""
    return verify(graph, AnchorFile(home / ANCHOR_FILE) if home else None, noted)


def note_reading(graph: Graph, clock: Clock, people: Sequence[str], command: str, *, purpose: str, by: Actor,
                 home: Path | None = None) -> None:  # fmt: skip
    """A line for each person that a command shows; call it before printing."""
    AuditLog(graph, clock, AnchorFile(home / ANCHOR_FILE) if home else None).append(
        *(Entry(by, "person.read", one, purpose, f"shown by {command}") for one in people)
    )


def split_roles(text: str) -> list[str]:
    """`officer,secretary` or `officer+secretary` as names."""
    return [name for name in re.split(r"[,+\s]+", text) if name]
