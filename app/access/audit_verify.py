"""`sverka audit verify`: what was changed, removed, inserted or reordered in the audit log, and whether its tail was cut.

What it can tell: any line whose text was changed; a line removed from the middle; a line added without the writer; lines that
changed places; a tail cut off in the database (against the head node, the anchor file, or a head noted elsewhere).
What it cannot: someone who may write both the database and SVERKA_HOME can compute the whole chain anew. Against that, note the
head (number and hash), which every verdict prints, outside the machine from time to time, and give it back as `noted`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from app.access.audit import Anchor, AnchorFile
from app.access.audit_chain import GENESIS, Line, read_line
from graph.client import Graph

MOST_FAULTS = 100
"""After so many the log is not worth further counting."""
HEAD = "MATCH (h:AuditHead {id: 'audit'}) RETURN h.n AS n, h.hash AS hash"
ALL = "MATCH (a:AuditLine) RETURN properties(a) AS line ORDER BY a.n"
BETWEEN = "MATCH (a:AuditLine) WHERE a.n > $n AND a.n <= $head RETURN properties(a) AS line ORDER BY a.n"
BY_HASH = "MATCH (a:AuditLine {hash: $hash}) RETURN a.n AS n LIMIT 1"
CHANGED, REMOVED, INSERTED, REORDERED, CUT, HEAD_WRONG = "changed", "removed", "inserted", "reordered", "tail_cut", "head_wrong"


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong: `kind` is changed, removed, inserted, reordered, tail_cut or head_wrong; `n` the line it shows at."""

    kind: str
    n: int
    message_ru: str
    message_en: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """The outcome. `n` and `hash` are the last line, to be noted outside the machine; `anchored`: a file vouches for the tail."""

    ok: bool
    lines: int
    n: int
    hash: str
    anchored: bool
    faults: tuple[Fault, ...]


def verify(graph: Graph, anchor: AnchorFile | None = None, noted: tuple[int, str] | None = None) -> Verdict:
    """Read the whole chain once, in bounded memory. Lines that are appended meanwhile do not disturb it."""
    walk = _Walk(graph)
    for row in graph.stream(ALL):
        walk.see(read_line(row["line"]))
        if len(walk.faults) >= MOST_FAULTS:
            break
    head = next(iter(graph.read(HEAD)), None)
    if len(walk.faults) < MOST_FAULTS:
        walk.end(int(head["n"]) if head else 0, str(head["hash"]) if head else GENESIS)
    known, anchored = _anchor(anchor, walk)
    if noted is not None:
        known.append(("записанный вне системы конец журнала", "the head noted outside", Anchor(noted[0], noted[1], "")))
    for ru, en, point in known:
        walk.compare(ru, en, point)
    faults = tuple(walk.faults[:MOST_FAULTS])
    return Verdict(not faults, walk.count, walk.n, walk.hash, anchored, faults)


def _anchor(anchor: AnchorFile | None, walk: _Walk) -> tuple[list[tuple[str, str, Anchor]], bool]:
    if anchor is None:
        return [], False
    try:
        point = anchor.read()
    except ValueError:
        walk.fault(HEAD_WRONG, walk.n, f"Файл {anchor.path} испорчен.", f"The file {anchor.path} is spoilt.")
        return [], False
    return ([("файл в SVERKA_HOME", "the file in SVERKA_HOME", point)], True) if point else ([], False)


class _Walk:
    """Goes along the chain and keeps only the last line and the faults."""

    def __init__(self, graph: Graph) -> None:
        self._graph = graph
        self.count = 0
        self.n = 0
        self.hash = GENESIS
        self._sound = True
        self.faults: list[Fault] = []

    def fault(self, kind: str, n: int, ru: str, en: str) -> None:
        self.faults.append(Fault(kind, n, ru, en))

    def see(self, line: Line) -> None:
        self.count += 1
        if line.n <= self.n:
            self.fault(INSERTED, self.n, f"После строки {self.n} вставлена чужая.", f"A foreign line stands after line {self.n}.")
            return
        gap = line.n > self.n + 1
        if gap:
            lost = f"{self.n + 1}–{line.n - 1}"
            self.fault(REMOVED, self.n + 1, f"Удалены строки {lost}.", f"Lines {lost} were removed.")
        whole = line.computed() == line.hash
        if not whole:
            self._spoilt(line)
        elif line.previous_hash != self.hash and self._sound and not gap:
            # A line in between would have moved all numbers after it, so the line before was sealed anew.
            n = self.n
            self.fault(CHANGED, n, f"Строка {n} заменена: следующая продолжает другую.", f"Line {n} was replaced.")
        self.n, self.hash, self._sound = line.n, line.hash, whole

    def _spoilt(self, line: Line) -> None:
        """A line whose text and hash differ: if it is whole under another number, it was moved there."""
        before = self._graph.read(BY_HASH, hash=line.previous_hash)
        place = int(before[0]["n"]) + 1 if before else 1
        moved = any(replace(line, n=n).computed() == line.hash for n in {place, line.n - 1, line.n + 1} - {line.n})
        if moved and place == self.n and self._sound:
            self.fault(INSERTED, self.n, f"Строка {self.n} вставлена.", f"Line {self.n} was inserted.")
        elif moved:
            self.fault(REORDERED, line.n, f"Строка {line.n} стоит не на своём месте.", f"Line {line.n} is not in its place.")
        else:
            self.fault(CHANGED, line.n, f"Строка {line.n} изменена.", f"Line {line.n} was changed.")

    def end(self, head_n: int, head_hash: str) -> None:
        """Compare with the head node. Lines written while we read make the head later than what we saw: read those too."""
        if head_n > self.n:
            for row in self._graph.read(BETWEEN, n=self.n, head=head_n):
                self.see(read_line(row["line"]))
        here = self.n
        if head_n > here:
            self.fault(CUT, here, f"Конец отрезан: было строк {head_n}, есть {here}.", f"The tail is cut: {here} of {head_n} lines.")
        elif head_n < here:
            self.fault(INSERTED, head_n + 1, f"После строки {head_n} приписаны чужие.", f"Foreign lines follow line {head_n}.")
        elif head_hash != self.hash:
            self.fault(HEAD_WRONG, here, f"Строка {here} — не та, что была последней.", f"Line {here} is not the one that was last.")

    def compare(self, ru: str, en: str, point: Anchor) -> None:
        """Compare with a place where the chain's end was remembered earlier."""
        n = point.n
        if n > self.n:
            self.fault(CUT, self.n, f"Конец отрезан: {ru} помнит строку {n}.", f"The tail is cut: {en} remembers line {n}.")
            return
        found = self._graph.read("MATCH (a:AuditLine {n: $n}) RETURN a.hash AS hash", n=n)
        if n and (not found or found[0]["hash"] != point.hash):
            self.fault(HEAD_WRONG, n, f"Строка {n} не та, что помнит {ru}.", f"Line {n} is not the one that {en} remembers.")


def describe(faults: Iterable[Fault], language: str) -> list[str]:
    """The faults as sentences."""
    return [fault.message_en if language == "en" else fault.message_ru for fault in faults]
