"""The client: values, streams, transactions, retries."""

from __future__ import annotations

import gc
import signal
from concurrent.futures import ThreadPoolExecutor
from itertools import islice

import pytest
from neo4j.exceptions import ClientError, ServiceUnavailable, TransientError

from domain.errors import ConcurrentChange, GraphError, GraphUnavailable
from graph.client import Graph, Transaction, open_graph
from graph.retry import RETRIED
from graph.settings import GraphSettings
from graph.wipe import wipe


class Deadlock(TransientError):
    code = "Neo.TransientError.Transaction.DeadlockDetected"


class Refused(ClientError):
    code = "Neo.ClientError.Statement.SemanticError"


def test_it_writes_and_reads_plain_values(graph: Graph) -> None:
    graph.write("CREATE (:Person {id: $id, names: $names, share: 0.5, official: true})", id="a:1", names=["Иванова", "Ёлкина"])
    rows = graph.read("MATCH (p:Person) RETURN p.id AS id, p.names AS names, properties(p) AS all, null AS nothing")
    whole = {"id": "a:1", "names": ["Иванова", "Ёлкина"], "share": 0.5, "official": True}
    assert rows == [{"id": "a:1", "names": ["Иванова", "Ёлкина"], "all": whole, "nothing": None}]


def test_nodes_relationships_and_paths_come_as_maps(graph: Graph) -> None:
    graph.write("CREATE (:A {id: 'a'})-[:R {w: 1}]->(:A {id: 'b'})")
    row = graph.read("MATCH p = (a:A)-[r:R]->(b:A) RETURN a, r, p, [a, b] AS both, {x: a} AS map")[0]
    a, b = {"id": "a"}, {"id": "b"}
    assert row == {"a": a, "r": {"w": 1}, "p": [a, b], "both": [a, b], "map": {"x": a}}


def test_a_stream_gives_rows_one_by_one_and_may_be_left(graph: Graph) -> None:
    graph.write("UNWIND range(1, 3500) AS n CREATE (:Row {n: n})")
    assert sum(row["n"] for row in graph.stream("MATCH (r:Row) RETURN r.n AS n")) == 3500 * 3501 // 2
    for _ in range(150):  # more than the pool has connections
        assert len(list(islice(graph.stream("MATCH (r:Row) RETURN r.n AS n"), 2))) == 2
    assert list(graph.stream("MATCH (r:Row {n: $n}) RETURN r.n AS n", n=0)) == []


def test_a_wrong_stream_fails_when_it_is_opened(graph: Graph) -> None:
    with pytest.raises(GraphError):
        graph.stream("MATCH (n RETURN n")


def test_reading_and_writing_while_a_stream_is_open(graph: Graph) -> None:
    graph.write("UNWIND range(1, 2500) AS n CREATE (:Row {n: n})")
    for row in graph.stream("MATCH (r:Row) RETURN r.n AS n ORDER BY n"):
        if row["n"] % 500 == 0:
            graph.write("MERGE (:Mark {n: $n})", n=row["n"])
    assert graph.read("MATCH (m:Mark) RETURN count(m) AS n") == [{"n": 5}]


def test_a_lost_race_runs_the_whole_work_again(graph: Graph) -> None:
    runs: list[int] = []

    def work(transaction: Transaction) -> int:
        transaction.run("CREATE (:Once {run: $run})", run=len(runs))
        runs.append(1)
        if len(runs) < 3:
            raise Deadlock("lost")
        return len(runs)

    assert graph.transact(work) == 3
    assert graph.read("MATCH (n:Once) RETURN n.run AS run") == [{"run": 2}]


def test_retries_end(graph: Graph) -> None:
    runs: list[int] = []

    def work(_: Transaction) -> None:
        runs.append(1)
        raise Deadlock("always")

    with pytest.raises(GraphError):
        graph.transact(work)
    assert len(runs) == RETRIED[Deadlock.code].attempts


@pytest.mark.parametrize("problem", [Refused("no"), ValueError("mine")])
def test_what_is_not_named_is_not_retried(graph: Graph, problem: Exception) -> None:
    runs: list[int] = []

    def work(_: Transaction) -> None:
        runs.append(1)
        raise problem

    with pytest.raises((GraphError, ValueError)):
        graph.transact(work)
    assert runs == [1]


def test_an_unknown_outcome_of_a_commit_is_not_retried(graph: Graph, monkeypatch: pytest.MonkeyPatch) -> None:
    runs: list[int] = []

    def broken(_: object) -> None:
        raise ServiceUnavailable("cut")

    monkeypatch.setattr("neo4j.Transaction.commit", broken)
    with pytest.raises(GraphUnavailable, match="not known"):
        graph.transact(lambda tx: runs.append(len(tx.run("RETURN 1 AS x"))))
    assert runs == [1]


def test_threads_that_merge_the_same_keys_all_succeed(graph: Graph) -> None:
    graph.write("CREATE CONSTRAINT client_raced IF NOT EXISTS FOR (n:ClientRaced) REQUIRE n.id IS UNIQUE")

    def merge(start: int) -> None:
        ids = [f"k{(start + step) % 12}" for step in range(12)]
        graph.write("UNWIND $ids AS id MERGE (k:ClientRaced {id: id}) SET k.n = coalesce(k.n, 0) + 1", ids=ids)

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(merge, range(12)))
    rows = graph.read("MATCH (k:ClientRaced) RETURN k.n AS n")
    assert [row["n"] for row in rows] == [12] * 12


def test_a_key_that_was_created_instead_of_merged_says_so(graph: Graph) -> None:
    graph.write("CREATE CONSTRAINT client_raced IF NOT EXISTS FOR (n:ClientRaced) REQUIRE n.id IS UNIQUE")
    graph.write("CREATE (:ClientRaced {id: 'a'})")
    with pytest.raises(ConcurrentChange):
        graph.write("CREATE (:ClientRaced {id: 'a'})")


def test_wiping_takes_more_than_one_batch(graph: Graph) -> None:
    graph.write("UNWIND range(1, 5100) AS n CREATE (:Row {n: n})-[:NEXT]->(:Row)")
    assert wipe(graph) == 10200
    assert graph.read("MATCH (n) RETURN count(n) AS n") == [{"n": 0}]


def test_no_server_is_unavailable() -> None:
    with pytest.raises(GraphUnavailable):
        open_graph(GraphSettings("bolt://127.0.0.1:1"))


def test_ctrl_c_that_breaks_the_connection_is_not_tried_again(graph: Graph) -> None:
    runs = []

    def work(transaction: Transaction) -> None:
        runs.append(transaction.run("RETURN 1 AS one"))
        try:
            raise KeyboardInterrupt
        finally:
            raise ServiceUnavailable("the connection broke in the middle of a message")

    with pytest.raises(KeyboardInterrupt):
        graph.transact(work)
    assert len(runs) == 1
    assert graph.read("RETURN 1 AS one") == [{"one": 1}]


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning", "ignore::ResourceWarning")
def test_ctrl_c_in_the_middle_of_an_answer_waits_for_nobody(graph: Graph) -> None:
    struck: list[bool] = []

    def strike(*_: object) -> None:
        struck.append(True)
        raise KeyboardInterrupt

    def go_on() -> None:
        before = len(struck)
        while len(struck) == before:
            graph.transact(lambda transaction: transaction.run("UNWIND range(1, 1000) AS n RETURN n, 'Гарипов Айдар' AS name"))
            list(graph.stream("UNWIND range(1, 1000) AS n RETURN n, 'Гарипов Айдар' AS name"))
        raise KeyboardInterrupt  # it came while an object was cleared away, where Python drops it

    before = signal.signal(signal.SIGVTALRM, strike)
    try:
        for milliseconds in range(2, 32):  # of computing, which is the reading of answers
            signal.setitimer(signal.ITIMER_VIRTUAL, milliseconds / 1000)
            with pytest.raises(KeyboardInterrupt):
                go_on()
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)
        gc.collect()  # what a blow left between two lines is cleared away here, not under the next test
    assert graph.read("RETURN 1 AS one") == [{"one": 1}]
