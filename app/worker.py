"""The worker of a serving process: checks what was ingested, by whomever, within seconds."""

from __future__ import annotations

import threading
from types import TracebackType
from typing import Self

import structlog

from app.pipeline import check
from app.wiring import Wiring
from domain.errors import GraphBusy
from graph.client import Graph

log = structlog.get_logger(__name__)

PAUSE = 2.0
"""Seconds between two looks at the graph."""
AFTER_FAILURE = 30.0
_WAITING = (
    "MATCH (r:Record) WHERE r.todo STARTS WITH 'resolve ' RETURN 1 AS found LIMIT 1",
    "MATCH (r:Record) WHERE r.todo STARTS WITH 'node ' RETURN 1 AS found LIMIT 1",
    "MATCH (r:Record) WHERE r.todo STARTS WITH 'facts ' RETURN 1 AS found LIMIT 1",
    "MATCH (d:Dirty) RETURN 1 AS found LIMIT 1",
)


def pending(graph: Graph) -> bool:
    """Whether something waits for a check. Records of an ingest that still runs do not: they are linked at its end."""
    return any(graph.read(statement) for statement in _WAITING)


class Worker:
    """One thread that runs a check whenever something waits; a context: stopped, and its check broken off cleanly, at the end."""

    def __init__(self, wiring: Wiring, pause: float = PAUSE) -> None:
        self._wiring = wiring
        self._pause = pause
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="sverka-worker", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._stop.set()
        self._thread.join()

    def _run(self) -> None:
        wait = 0.0
        while not self._stop.wait(wait):
            wait = self._pause
            try:
                if pending(self._wiring.graph):
                    check(self._wiring.graph, self._wiring.catalog, self._wiring.clock, progress=self._go_on)
            except _Stopped:
                return
            except GraphBusy:
                # Another process is at it.
                continue
            except Exception as problem:
                # One check that breaks must not end all later ones.
                log.exception("check_failed", error=str(problem), exc_info=self._wiring.settings.debug)
                wait = AFTER_FAILURE

    def _go_on(self, _step: str, _n: int) -> None:
        if self._stop.is_set():
            raise _Stopped


class _Stopped(Exception):
    """Ends a check between two of its transactions; the next one goes on there."""
