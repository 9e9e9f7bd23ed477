"""Writing the audit log: reads of people and changes, each line sealed to the one before it, on both engines."""

from __future__ import annotations

import fcntl
import json
import os
import secrets
import threading
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TypeVar

from app.access.audit_chain import GENESIS, Entry, Line, read_line, seal
from domain.clock import Clock
from graph.client import Graph, Transaction

T = TypeVar("T")

ANCHOR_FILE = "audit.head"
TAKE_TURN = """
MERGE (h:AuditHead {id: 'audit'})
  ON CREATE SET h.n = 0, h.hash = $genesis
SET h.turn = $turn
RETURN h.n AS n, h.hash AS hash
"""
APPEND = """
UNWIND $lines AS line
CREATE (a:AuditLine)
SET a = line
"""
MOVE_HEAD = "MATCH (h:AuditHead {id: 'audit'}) SET h.n = $n, h.hash = $hash"
PAGE = """
MATCH (a:AuditLine)
WHERE a.n < $below AND ($who = '' OR a.who = $who) AND ($action = '' OR a.action = $action)
  AND ($object = '' OR a.object = $object) AND a.at >= $since
RETURN properties(a) AS line ORDER BY a.n DESC LIMIT $limit
"""


@dataclass(frozen=True, slots=True)
class Anchor:
    """The end of the chain as a file remembers it, outside the database."""

    n: int
    hash: str
    at: str


class AnchorFile:
    """Keeps the last line's number and hash in SVERKA_HOME, so that a tail cut off in the database shows.

    It only moves forward; a crash between the commit and the file leaves it behind by a line, which is no fault.
    """

    def __init__(self, path: Path) -> None:
        self.path = path

    def read(self) -> Anchor | None:
        """What the file says; None where there is none yet. An unreadable file is a ValueError."""
        try:
            return Anchor(**json.loads(self.path.read_text(encoding="utf-8")))
        except FileNotFoundError:
            return None
        except TypeError as problem:
            raise ValueError(str(problem)) from problem

    def move(self, line: Line) -> None:
        """Remember the line unless a later one is remembered already."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with self.path.with_suffix(".lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            try:
                known = self.read()
            except ValueError:
                # A spoilt anchor is evidence: it stays for `sverka audit verify` to report.
                return
            if known is None or known.n < line.n:
                fresh = self.path.with_suffix(".new")
                fresh.write_text(json.dumps(asdict(Anchor(line.n, line.hash, line.at))) + "\n", encoding="utf-8")
                os.replace(fresh, self.path)  # noqa: PTH105 - Path.replace is the same call


class AuditLog:
    """The one writer of AuditLine. Safe for many threads and many processes."""

    def __init__(self, graph: Graph, clock: Clock, anchor: AnchorFile | None = None) -> None:
        self._graph = graph
        self._clock = clock
        self.anchor = anchor
        # Threads of one process take turns here: cheaper than losing the race for the head in the database.
        self._turn = threading.Lock()

    def append(self, *entries: Entry) -> list[Line]:
        """Write the entries as the next lines, all or none."""
        return self.change(lambda _: (None, entries))[1] if entries else []

    def change(self, work: Callable[[Transaction], tuple[T, Sequence[Entry]]]) -> tuple[T, list[Line]]:
        """Run `work` and write the entries that it returns, in one transaction: no change without its line, no line without its change.

        The head is taken first, so audited changes follow one another on all processes: what `work` reads stays true until it is
        committed. `work` may run again after a lost race; keep it short, the others wait.
        """

        def run(transaction: Transaction) -> tuple[T, list[Line]]:
            head = transaction.run(TAKE_TURN, genesis=GENESIS, turn=secrets.token_hex(8))[0]
            answer, entries = work(transaction)
            return answer, self._write(transaction, entries, int(head["n"]), str(head["hash"]))

        with self._turn:
            answer, lines = self._graph.transact(run)
            if lines and self.anchor:
                self.anchor.move(lines[-1])
        return answer, lines

    def page(self, *, limit: int = 100, below: int = 2**62, who: str = "", action: str = "", item: str = "", since: str = "") -> list[Line]:
        """Lines from the newest down, numbers under `below`; empty filters take all."""
        rows = self._graph.read(PAGE, limit=limit, below=below, who=who, action=action, object=item, since=since)
        return [read_line(row["line"]) for row in rows]

    def _write(self, transaction: Transaction, entries: Sequence[Entry], n: int, previous: str) -> list[Line]:
        if not entries:
            return []
        at = self._clock.now().isoformat(timespec="microseconds")
        lines: list[Line] = []
        for entry in entries:
            n += 1
            lines.append(seal(entry, n, at, previous))
            previous = lines[-1].hash
        transaction.run(APPEND, lines=[asdict(line) for line in lines])
        transaction.run(MOVE_HEAD, n=n, hash=previous)
        return lines
