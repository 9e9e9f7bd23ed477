"""A lease on work that only one process may do at a time; a dead holder's lease is taken over."""

from __future__ import annotations

import os
import socket
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

from domain.clock import Clock
from domain.errors import GraphBusy
from graph.client import Graph

LASTS = timedelta(minutes=10)
"""How long a holder on another machine is believed to be alive; a holder on this machine is asked by its process id."""

_HELD: set[str] = set()
"""Leases of this process that somebody still works under; one whose giving back failed with the connection is nobody's."""

_TAKE = """
MERGE (l:Lease {name: $name})
SET l.tried = $me
WITH l
WHERE l.holder IS NULL OR l.until < $now OR l.holder = $dead
SET l.holder = $me, l.host = $host, l.pid = $pid, l.until = $until
RETURN l.holder AS holder
"""
_LOOK = "MATCH (l:Lease {name: $name}) RETURN l.holder AS holder, l.host AS host, l.pid AS pid"
_GIVE = "MATCH (l:Lease {name: $name}) WHERE l.holder = $me SET l.holder = null"


@contextmanager
def lease(graph: Graph, name: str, clock: Clock) -> Iterator[None]:
    """Hold the lease for the block; GraphBusy where a living process has it."""
    me = uuid.uuid4().hex
    if not _take(graph, name, me, clock.now()):
        raise GraphBusy(
            "Сверка уже идёт в другом процессе.",
            "A check is already running in another process.",
            hint="Подождите её окончания и повторите.",
        )
    _HELD.add(me)
    try:
        yield
    finally:
        _HELD.discard(me)
        graph.write(_GIVE, name=name, me=me)


def _take(graph: Graph, name: str, me: str, now: datetime) -> bool:
    held = graph.read(_LOOK, name=name)
    dead = next((row["holder"] for row in held if row["host"] == socket.gethostname() and not _at_work(row["pid"], row["holder"])), "")
    rows = graph.write(
        _TAKE,
        name=name,
        me=me,
        now=now.isoformat(),
        until=(now + LASTS).isoformat(),
        host=socket.gethostname(),
        pid=os.getpid(),
        dead=dead or "",
    )
    return any(row["holder"] == me for row in rows)


def _at_work(pid: int | None, holder: str | None) -> bool:
    if pid == os.getpid():
        return holder in _HELD
    return pid is not None and Path(f"/proc/{pid}").exists()
