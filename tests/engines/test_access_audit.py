"""The audit chain on both engines: what tampering is found, and that parallel writers keep one chain."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from app.access.audit import ANCHOR_FILE, AnchorFile, AuditLog
from app.access.audit_chain import SYSTEM, Entry, read_line
from app.access.audit_verify import Verdict, verify
from app.access.desk import Desk
from domain.errors import NotFound
from graph.client import Graph, Transaction

from tests.access_setup import constrain, later, make_desk


@pytest.fixture
def desk(graph: Graph, tmp_path: Path) -> Desk:
    constrain(graph)
    return make_desk(graph, tmp_path)


def fill(desk: Desk, lines: int = 6) -> None:
    for number in range(1, lines + 1):
        desk.log.append(Entry(SYSTEM, "person.read", f"entities/p{number}", "case 1", after={"n": number}))
        later(desk, seconds=1)


def kinds(verdict: Verdict) -> list[tuple[str, int]]:
    return [(fault.kind, fault.n) for fault in verdict.faults]


def test_whole_chain_is_whole(desk: Desk, graph: Graph) -> None:
    assert verify(graph).ok
    fill(desk)
    found = verify(graph, desk.log.anchor)
    assert (found.ok, found.lines, found.n, found.anchored) == (True, 6, 6, True)
    assert desk.log.page(limit=2)[0].hash == found.hash


@pytest.mark.parametrize(
    ("field", "value"), [("who", "other"), ("purpose", "case 2"), ("result", ""), ("after", '{"n":9}'), ("at", "2020-01-01"), ("n", 99)]
)
def test_changed_line_is_found(desk: Desk, graph: Graph, field: str, value: object) -> None:
    fill(desk)
    graph.write("MATCH (a:AuditLine {n: 3}) SET a += $fields", fields={field: value})
    assert not verify(graph, desk.log.anchor).ok
    if field != "n":
        assert kinds(verify(graph)) == [("changed", 3)]


def test_changed_and_sealed_anew(desk: Desk, graph: Graph) -> None:
    fill(desk)
    graph.write("MATCH (a:AuditLine {n: 3}) SET a.who = 'other'")
    line = read_line(graph.read("MATCH (a:AuditLine {n: 3}) RETURN properties(a) AS line")[0]["line"])
    graph.write("MATCH (a:AuditLine {n: 3}) SET a.hash = $hash", hash=line.computed())
    assert kinds(verify(graph)) == [("changed", 3)]


def test_removed_line_is_found(desk: Desk, graph: Graph) -> None:
    fill(desk)
    graph.write("MATCH (a:AuditLine) WHERE a.n IN [3, 4] DELETE a")
    assert kinds(verify(graph)) == [("removed", 3)]


def test_first_line_removed(desk: Desk, graph: Graph) -> None:
    fill(desk)
    graph.write("MATCH (a:AuditLine {n: 1}) DELETE a")
    assert kinds(verify(graph)) == [("removed", 1)]


def test_cut_tail_is_found_by_head_and_by_file(desk: Desk, graph: Graph) -> None:
    fill(desk)
    noted = verify(graph)
    graph.write("MATCH (a:AuditLine) WHERE a.n > 4 DELETE a")
    assert kinds(verify(graph)) == [("tail_cut", 4)]
    last = desk.log.page(limit=1)[0]
    graph.write("MATCH (h:AuditHead {id: 'audit'}) SET h.n = $n, h.hash = $hash", n=4, hash=last.hash)
    assert verify(graph).ok, "with the head mended the database alone cannot tell"
    assert kinds(verify(graph, desk.log.anchor)) == [("tail_cut", 4)]
    assert kinds(verify(graph, noted=(noted.n, noted.hash))) == [("tail_cut", 4)]


def test_everything_removed(desk: Desk, graph: Graph) -> None:
    fill(desk)
    graph.write("MATCH (a:AuditLine) DELETE a")
    graph.write("MATCH (h:AuditHead) DELETE h")
    assert verify(graph).ok
    assert kinds(verify(graph, desk.log.anchor)) == [("tail_cut", 0)]


def test_chain_built_anew_is_found_by_the_file(desk: Desk, graph: Graph) -> None:
    fill(desk)
    graph.write("MATCH (a:AuditLine) DELETE a")
    graph.write("MATCH (h:AuditHead) DELETE h")
    fill(Desk(graph, desk.clock, AuditLog(graph, desk.clock)), 7)
    assert verify(graph).ok
    assert kinds(verify(graph, desk.log.anchor)) == [("head_wrong", 6)]


def test_swapped_lines_are_found(desk: Desk, graph: Graph) -> None:
    fill(desk)
    for old, new in ((2, 102), (5, 2), (102, 5)):
        graph.write("MATCH (a:AuditLine {n: $old}) SET a.n = $new", old=old, new=new)
    assert kinds(verify(graph)) == [("reordered", 2), ("reordered", 5)]


def test_foreign_lines_are_found(desk: Desk, graph: Graph) -> None:
    fill(desk)
    foreign = graph.read("MATCH (a:AuditLine {n: 6}) RETURN properties(a) AS line")[0]["line"] | {"n": 7}
    graph.write("CREATE (b:AuditLine) SET b = $line", line=foreign)
    assert ("inserted", 7) in kinds(verify(graph))
    graph.write("MATCH (b:AuditLine {n: 7}) SET b.n = -1")
    assert kinds(verify(graph)) == [("inserted", 0)]


def test_spoilt_anchor_is_reported_and_left(desk: Desk, graph: Graph, tmp_path: Path) -> None:
    fill(desk)
    (tmp_path / ANCHOR_FILE).write_text("{")
    fill(desk, 1)
    assert (tmp_path / ANCHOR_FILE).read_text() == "{"
    assert kinds(verify(graph, AnchorFile(tmp_path / ANCHOR_FILE))) == [("head_wrong", 7)]


def test_change_and_its_line_stand_or_fall_together(desk: Desk, graph: Graph) -> None:
    def refused(transaction: Transaction) -> tuple[None, list[Entry]]:
        transaction.run("CREATE (:User {id: 'ghost', name: 'ghost', roles: []})")
        raise NotFound("Нет.", "No.")

    with pytest.raises(NotFound):
        desk.log.change(refused)
    assert graph.read("MATCH (u:User) RETURN count(u) AS n") == [{"n": 0}]
    assert verify(graph).lines == 0


def together(work: Callable[[int], None], threads: int) -> None:
    failures: list[BaseException] = []

    def run(number: int) -> None:
        try:
            work(number)
        except BaseException as problem:  # noqa: BLE001 - a thread's failure must reach the test
            failures.append(problem)

    workers = [threading.Thread(target=run, args=(number,)) for number in range(threads)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert not failures


def test_parallel_writers_keep_one_chain(desk: Desk, graph: Graph, tmp_path: Path) -> None:
    """Each thread has a log of its own, as processes have: they meet only in the database."""

    def write(number: int) -> None:
        log = AuditLog(graph, desk.clock, AnchorFile(tmp_path / ANCHOR_FILE))
        for one in range(10):
            log.append(Entry(SYSTEM, "person.read", f"{number}/{one}"))

    together(write, 6)
    found = verify(graph, desk.log.anchor)
    assert (found.ok, found.lines, found.n) == (True, 60, 60), kinds(found)


def test_page_filters(desk: Desk) -> None:
    fill(desk, 5)
    assert [line.n for line in desk.log.page(limit=2, below=4)] == [3, 2]
    assert [line.n for line in desk.log.page(item="entities/p2")] == [2]
    assert [line.n for line in desk.log.page(who="system", action="person.read", since="2026-03-02T12:00:03")] == [5, 4]
