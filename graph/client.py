"""The graph as the rest of Sverka sees it: Cypher in, plain rows out, transactions that are retried by name of the failure."""

from __future__ import annotations

import threading
import time
from asyncio import CancelledError
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any, Protocol, Self, TypeVar

from domain.errors import ConcurrentChange, GraphError, GraphUnavailable, interrupted
from graph.driver import AuthError, DriverError, Neo4jError, ServiceUnavailable, SessionExpired, neo4j
from graph.embedded import Lease
from graph.retry import CONSTRAINT, LOST_CONNECTION, RETRIED, Again, pause
from graph.settings import EMBEDDED, GraphSettings
from graph.values import Row, plain_row

DATABASE = "neo4j"
FETCH_ROWS = 1000
CONNECT_SECONDS = 10.0
CONNECT_AGAIN_SECONDS = 0.05
WAIT_FOR_CONNECTION_SECONDS = 60.0

T = TypeVar("T")


class Transaction(Protocol):
    """Several statements that become true together or not at all."""

    def run(self, cypher: str, /, **parameters: Any) -> list[Row]:
        """Run one statement and return all its rows."""
        ...


class _Running:
    """A driver transaction that gives plain rows."""

    def __init__(self, transaction: neo4j.Transaction) -> None:
        self._transaction = transaction

    def run(self, cypher: str, /, **parameters: Any) -> list[Row]:
        result = self._transaction.run(cypher, parameters)
        return [plain_row(record) for record in result]


class Graph:
    """One process's connection to the graph; safe to use from many threads."""

    def __init__(self, settings: GraphSettings) -> None:
        self.engine = settings.engine
        self._settings = settings
        self._lease = Lease(settings.directory, settings.heap) if settings.engine == EMBEDDED else None
        self._guard = threading.Lock()
        self._closed = False
        self._driver = self._connect()

    def read(self, cypher: str, /, **parameters: Any) -> list[Row]:
        """All rows of a reading statement."""
        return self._retried(lambda: self._read(cypher, parameters))

    def write(self, cypher: str, /, **parameters: Any) -> list[Row]:
        """One statement as one retried transaction; its rows."""
        return self.transact(lambda transaction: transaction.run(cypher, **parameters))

    def transact(self, work: Callable[[Transaction], T]) -> T:
        """Run `work` in one transaction and commit it.

        It runs again from its start after a lost race, so it must have no effects outside the transaction.
        A unique key that is there already and was created instead of merged raises `ConcurrentChange`.
        """
        return self._retried(lambda: self._transact(work))

    def stream(self, cypher: str, /, **parameters: Any) -> Iterator[Row]:
        """The rows of a reading statement one by one, in bounded memory; it is not retried once the first row is out."""
        stack = ExitStack()
        rows = self._retried(lambda: self._open_stream(stack, cypher, parameters))
        return self._streamed(stack, rows)

    def close(self) -> None:
        """Give the connections back; the embedded engine stops when this was its last user."""
        with self._guard:
            if self._closed:
                return
            self._closed = True
            self._driver.close()
            if self._lease:
                self._lease.release()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _connect(self) -> neo4j.Driver:
        if self._lease is None:
            return self._dial(self._settings.address, self._settings.auth)
        deadline = time.monotonic() + CONNECT_SECONDS
        try:
            while True:
                endpoint = self._lease.acquire()
                try:
                    return self._dial(endpoint.url, (endpoint.user, endpoint.password))
                except GraphUnavailable:
                    # A killed engine's threads hold its lock for some moments after its port is dead.
                    if time.monotonic() > deadline:
                        raise
                    time.sleep(CONNECT_AGAIN_SECONDS)
        except BaseException:
            self._lease.release()
            raise

    def _dial(self, url: str, auth: tuple[str, str]) -> neo4j.Driver:
        driver = neo4j.GraphDatabase.driver(
            url,
            auth=auth,
            connection_timeout=CONNECT_SECONDS,
            connection_acquisition_timeout=WAIT_FOR_CONNECTION_SECONDS,
            # Codes of notifications change between engines and versions; nobody reads them.
            notifications_min_severity="OFF",
            user_agent="sverka",
        )
        try:
            driver.verify_connectivity()
        except (DriverError, Neo4jError) as problem:
            driver.close()
            raise _explained(problem, url) from problem
        # Reads see this process's own writes on a cluster too, whichever session or replica serves them.
        self._bookmarks = neo4j.GraphDatabase.bookmark_manager()
        return driver

    def _open_session(self, access: str) -> neo4j.Session:
        if self._closed:
            raise GraphUnavailable("Соединение с базой уже закрыто.", "The graph is closed already.")
        return self._driver.session(database=DATABASE, default_access_mode=access, fetch_size=FETCH_ROWS, bookmark_manager=self._bookmarks)

    @contextmanager
    def _session(self, access: str) -> Iterator[neo4j.Session]:
        session = self._open_session(access)
        with _dropped_when_broken_off(session):
            yield session
        session.close()

    # Reads are auto-committed, which saves two round trips. Writes never are: the embedded engine would commit each row by itself.
    def _read(self, cypher: str, parameters: dict[str, Any]) -> list[Row]:
        with self._session(neo4j.READ_ACCESS) as session:
            return [plain_row(record) for record in session.run(cypher, parameters)]

    def _transact(self, work: Callable[[Transaction], T]) -> T:
        with self._session(neo4j.WRITE_ACCESS) as session:
            transaction = session.begin_transaction()
            try:
                answer = work(_Running(transaction))
            except Exception as problem:
                if not interrupted(problem):
                    _abandon(transaction)
                raise
            with _commit_is_final():
                transaction.commit()
            return answer

    def _open_stream(self, stack: ExitStack, cypher: str, parameters: dict[str, Any]) -> neo4j.Result:
        session = self._open_session(neo4j.READ_ACCESS)
        with _dropped_when_broken_off(session):
            result = session.run(cypher, parameters)
            result.peek()
        stack.callback(session.close)
        stack.enter_context(_dropped_when_broken_off(session))
        return result

    def _streamed(self, stack: ExitStack, rows: neo4j.Result) -> Iterator[Row]:
        with stack:
            try:
                for record in rows:
                    yield plain_row(record)
            except (DriverError, Neo4jError) as problem:
                raise _explained(problem, self._where()) from problem

    def _retried(self, run: Callable[[], T]) -> T:
        attempt = 0
        while True:
            driver = self._driver
            try:
                return run()
            except _OutcomeUnknown as unknown:
                raise _explained(unknown.problem, self._where(), unknown=True) from unknown.problem
            except (DriverError, Neo4jError) as problem:
                if interrupted(problem):
                    # Ctrl-C broke the connection; the driver's complaint about it must not be taken for a failure to try again.
                    raise KeyboardInterrupt from problem
                attempt += 1
                again = _again(problem)
                if again is None or attempt >= again.attempts or self._closed:
                    raise _explained(problem, self._where()) from problem
                time.sleep(pause(attempt))
                if again is LOST_CONNECTION:
                    self._reconnect(driver)

    def _reconnect(self, lost: neo4j.Driver) -> None:
        """Find or restart the embedded engine after its process died; a driver to a server reconnects by itself."""
        if self._lease is None:
            return
        with self._guard:
            if self._driver is lost and not self._closed:
                lost.close()
                self._driver = self._connect()

    def _where(self) -> str:
        return str(self._settings.directory) if self._lease else self._settings.address


class _OutcomeUnknown(Exception):
    """The connection broke while the commit was on its way: nobody knows whether it holds, so it must not run again."""

    def __init__(self, problem: DriverError) -> None:
        super().__init__(str(problem))
        self.problem = problem


@contextmanager
def _commit_is_final() -> Iterator[None]:
    try:
        yield
    except (ServiceUnavailable, SessionExpired) as problem:
        raise _OutcomeUnknown(problem) from problem


@contextmanager
def _dropped_when_broken_off(session: neo4j.Session) -> Iterator[None]:
    """Closes the session after a failure.

    Ctrl-C may have come in the middle of a message: whoever then asks the server to roll back waits for an answer that has been half
    read, for ever. The driver knows this of its asynchronous tasks; told of the same here, it drops the connection, and the server
    rolls back by itself.
    """
    try:
        yield
    except BaseException as problem:
        if isinstance(problem, SystemExit) or interrupted(problem):
            session.__exit__(CancelledError, None, None)  # type: ignore[no-untyped-call]  # the driver's own has no types
        session.close()
        raise


def _abandon(transaction: neo4j.Transaction) -> None:
    try:
        transaction.close()
    except (DriverError, Neo4jError):
        # What made us give up is the news; a connection that is gone has rolled back by itself.
        return


def _again(problem: Exception) -> Again | None:
    if isinstance(problem, Neo4jError):
        return RETRIED.get(problem.code or "")
    return LOST_CONNECTION if isinstance(problem, ServiceUnavailable | SessionExpired) else None


def _explained(problem: Exception, where: str, *, unknown: bool = False) -> GraphError | ConcurrentChange:
    if isinstance(problem, AuthError):
        return GraphUnavailable(
            f"База {where} не приняла имя или пароль.",
            f"The graph at {where} refused the user or the password.",
            hint="SVERKA_GRAPH_USER, SVERKA_GRAPH_PASSWORD",
        )
    if unknown:
        return GraphUnavailable(
            f"Связь с базой {where} прервалась при записи: неизвестно, записано ли последнее. Повторите действие.",
            f"The connection to {where} broke during a commit: whether it was written is not known. Repeat the step.",
        )
    if isinstance(problem, Neo4jError):
        if problem.code == CONSTRAINT:
            return ConcurrentChange("Запись с таким ключом уже есть.", f"A record with this key exists: {problem.message}")
        return GraphError(f"База отказала: {problem.message}", f"The graph refused ({problem.code}): {problem.message}")
    return GraphUnavailable(f"База {where} недоступна.", f"The graph at {where} is not reachable: {problem}")


def open_graph(settings: GraphSettings) -> Graph:
    """Connect; the embedded engine is found or started first (1-2 seconds)."""
    return Graph(settings)
