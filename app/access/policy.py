"""The limits of sign-in and sessions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from app.access.rate import Rate

PER_ADDRESS = Rate(30, timedelta(minutes=1))
"""An office behind one address signs in within a minute; a guesser gets 30 tries."""
PER_NAME = Rate(10, timedelta(minutes=1))


@dataclass(frozen=True, slots=True)
class Policy:
    """Limits of sign-in and sessions (domain.md 7: lock after 5, 15 idle minutes)."""

    idle: timedelta = timedelta(minutes=15)
    session: timedelta = timedelta(hours=12)
    failures: int = 5
    lock: timedelta = timedelta(minutes=15)
    one_time: timedelta = timedelta(days=7)
    tries_per_address: Rate = PER_ADDRESS
    tries_per_name: Rate = PER_NAME
