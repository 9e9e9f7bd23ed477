"""A graph within one open transaction: several calls that become true together, or that are tried and leave no trace."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Generic, TypeVar

from graph.client import Graph, Transaction
from graph.values import Row

T = TypeVar("T")


class _Undone(Exception, Generic[T]):
    """Carries the answer out of the transaction that it rolls back."""

    def __init__(self, answer: T) -> None:
        super().__init__("undone")
        self.answer = answer


class Within(Graph):
    """A Graph bound to one open transaction: reads see its writes, nobody else does before it is committed. Not for several threads."""

    def __init__(self, graph: Graph, transaction: Transaction) -> None:
        self.engine = graph.engine
        self._transaction = transaction

    def read(self, cypher: str, /, **parameters: Any) -> list[Row]:
        """All rows of a statement."""
        return self._transaction.run(cypher, **parameters)

    def write(self, cypher: str, /, **parameters: Any) -> list[Row]:
        """The same; it shares the transaction's fate."""
        return self._transaction.run(cypher, **parameters)

    def transact(self, work: Callable[[Transaction], T]) -> T:
        """Part of the one transaction; no part can be undone alone, so a failure ends the whole attempt."""
        return work(self._transaction)

    def stream(self, cypher: str, /, **parameters: Any) -> Iterator[Row]:
        """The rows one by one; a statement that writes may follow while they are read."""
        yield from self._transaction.run(cypher, **parameters)

    def close(self) -> None:
        """The graph behind it stays open."""


def rehearse(graph: Graph, work: Callable[[Graph], T]) -> T:
    """Run `work` in a transaction that is never committed, so that not even a killed process leaves a trace; its answer.

    It runs again from its start after a lost race, as `Graph.transact` does, so it must have no effects outside the graph.
    On Neo4j it holds locks on what it writes until it is done: keep it short.
    """

    def run(transaction: Transaction) -> T:
        raise _Undone(work(Within(graph, transaction)))

    try:
        return graph.transact(run)
    except _Undone as undone:
        answer: T = undone.answer
        return answer
