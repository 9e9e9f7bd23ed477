"""What every act of access needs in hand: the graph, the clock, the audit log, the hasher and the policy."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from app.access.audit import AuditLog
from app.access.passwords import Hasher
from app.access.policy import Policy
from domain.clock import Clock
from graph.client import Graph


@dataclass(frozen=True, slots=True)
class Desk:
    """Handed to every function that signs in, makes, changes or revokes."""

    graph: Graph
    clock: Clock
    log: AuditLog
    hasher: Hasher = field(default_factory=Hasher)
    policy: Policy = field(default_factory=Policy)

    def stamp(self, ahead: timedelta = timedelta()) -> str:
        """Now, or some time from now, as stored."""
        return stamp(self.clock.now() + ahead)


def stamp(instant: datetime) -> str:
    """An instant in UTC as text that sorts as time does."""
    return instant.isoformat(timespec="microseconds")


def fold(name: str) -> str:
    """The form under which a sign-in name is unique."""
    return unicodedata.normalize("NFKC", name).casefold().strip()
