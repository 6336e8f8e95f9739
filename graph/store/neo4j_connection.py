"""The driver: one connection pool for one Neo4j server, and clear errors. Only this module and ``neo4j_explained`` import it.

Neo4j shows a reader whatever is committed at that moment, even while a commit is being applied: within one
process a gate keeps the two apart (``neo4j_turns``).
"""

import threading
import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import wraps
from itertools import islice
from typing import Any, Protocol, TypeVar

import neo4j
from neo4j import exceptions

from graph.errors import BackendUnavailable, InvalidInput
from graph.store import neo4j_explained
from graph.store.neo4j_address import Address
from graph.store.neo4j_ahead import Ahead
from graph.store.neo4j_explained import explanation, mistake_in, no_neo4j
from graph.store.neo4j_turns import Gate, Pace, Turn

Answer = TypeVar("Answer")

CONNECT_SECONDS = 10.0
"""How long a server may take to answer when it is called, and a pool to give a connection."""

RETRY_SECONDS = 30.0
"""How long transactions are tried again after a lost connection, a deadlock or a server that is busy."""


class Run(Protocol):
    """Runs one query inside a transaction and returns its rows.

    In a transaction that writes, a query without RETURN is run after all before it and before all after it,
    but not waited for: what it fails with is raised by a later query, or at the end.
    """

    def __call__(self, cypher: str, /, **values: object) -> list[list[Any]]: ...


_SAID = (exceptions.Neo4jError, exceptions.DriverError)
"""What the server and the driver say on purpose."""


class Clash(BackendUnavailable):
    """Something that was to be new is there already."""


class _Overtaken(Exception):
    """Somebody else writes while we have begun to: all is undone and done again in order."""


class _Shared(threading.local):
    """What runs queries in the transaction that a thread's reads share just now."""

    run: Run | None = None


class Connection:
    """A pool of connections to one database.

    Args:
        address: Where, and who.
        read_only: Ask the server for reading transactions only.

    Raises:
        BackendUnavailable: If the server cannot be reached or does not let us in.
    """

    def __init__(self, address: Address, *, read_only: bool) -> None:
        self.address = address
        self.read_only = read_only
        self._closed = False
        self._gate = Gate()
        self._shared = _Shared()
        self._turn = Turn()
        with self._explained():
            self._driver = neo4j.GraphDatabase.driver(
                address.target,
                auth=None if address.user is None else (address.user, address.password),
                user_agent="diurna",
                connection_timeout=CONNECT_SECONDS,
                connection_acquisition_timeout=CONNECT_SECONDS,
                max_transaction_retry_time=RETRY_SECONDS,
                notifications_min_severity="OFF",
            )
            try:
                self._driver.verify_connectivity()
            except BaseException as error:
                self._driver.close()
                if isinstance(error, _SAID) or not isinstance(error, Exception):
                    raise
                # The driver trips over what it cannot read: any exception may come of it.
                raise BackendUnavailable(no_neo4j(address)) from error

    def close(self) -> None:
        """Close all connections."""
        if not self._closed:
            self._closed = True
            self._driver.close()

    def read(self, work: Callable[[Run], Answer]) -> Answer:
        """Run a function in a reading transaction, again when the connection fails midway."""
        if self._shared.run is not None:
            return work(self._shared.run)

        @neo4j.unit_of_work(timeout=neo4j_explained.READ_SECONDS)
        def run_in(transaction: neo4j.ManagedTransaction) -> Answer:
            return work(_reader(transaction))

        with self._session(neo4j.READ_ACCESS) as session, self._gate.reading():
            return _surely(session.execute_read, run_in)

    def together(self, work: Callable[[], Answer]) -> Answer:
        """Run a function all of whose reads, in this thread, share one transaction.

        It may run again when the connection fails midway.
        """
        if self._shared.run is not None:
            return work()

        def sharing(run: Run) -> Answer:
            self._shared.run = run
            try:
                return work()
            finally:
                self._shared.run = None

        return self.read(sharing)

    def write(
        self,
        work: Callable[[Run], Answer],
        *,
        early: Callable[[Run], Callable[[Run], Answer]] | None = None,
        pace: Pace | None = None,
    ) -> Answer:
        """Run a function in a writing transaction, again when it fails for a passing reason.

        A connection can be lost while the server commits, and nobody knows then whether it did: the
        function runs again, and must find out by itself that its work is done.

        Args:
            work: The function.
            early: Begins the transaction while the one before is being committed, and returns the function
                to go on with. When something that it makes is there already, or somebody else writes in
                between, all is undone and ``work`` runs instead.
            pace: Told when this waits for the server, and when the server begins to commit.

        Raises:
            InvalidInput: If the store was opened to be read only.
        """
        if self.read_only:
            raise InvalidInput(f"{self.address.shown} was opened to be read only")
        if self._shared.run is not None:
            raise InvalidInput("nothing can be written while several things are read at one moment")
        writing = _Writing(self, pace or Pace())
        try:
            if early is not None:
                try:
                    return writing.run(early)
                except (_Overtaken, Clash):
                    pass
            writing.take_turn()
            return writing.run(lambda run: work)
        finally:
            writing.end()

    def ask(
        self, cypher: str, parameters: Mapping[str, object], *, timeout: float, limit: int
    ) -> tuple[list[str], list[list[Any]], bool]:
        """Run a query of somebody's own, in a reading transaction that is always undone.

        It is not kept apart from commits of this process: a long one would hold up every writer.

        Args:
            cypher: Whatever was written: a query that would do more than read is refused.
            parameters: Its parameters.
            timeout: Seconds after which the server stops it.
            limit: Highest number of rows to read.

        Returns:
            The columns, the rows in the driver's own types, and whether there were more.

        Raises:
            InvalidInput: If it would write, is not valid, or took too long.
        """
        with self._session(neo4j.READ_ACCESS) as session:
            try:
                with session.begin_transaction(timeout=timeout) as transaction:
                    planned = transaction.run(f"EXPLAIN {cypher}", dict(parameters)).consume()
                    if planned.query_type != "r":
                        raise InvalidInput("queries only read: the server says that this one would write.")
                    result = transaction.run(cypher, dict(parameters))
                    columns = list(result.keys())
                    rows = [record.values() for record in islice(result, limit)]
                    more = result.peek() is not None
                    transaction.rollback()
            except exceptions.ClientError as error:
                mistake = mistake_in(error, timeout)
                if mistake is None:
                    raise
                raise mistake from error
        return columns, rows, more

    def define(self, statements: tuple[str, ...]) -> None:
        """Run statements that change constraints and indexes, each in a transaction of its own.

        Two programs that do so at once get into each other's way: all but the statements that divide
        themselves into transactions are tried again.
        """
        for statement in statements:
            if "IN TRANSACTIONS" not in statement:
                self.write(_statement(statement))
                continue
            self._turn.take()
            try:
                with self._session(neo4j.WRITE_ACCESS) as session:
                    session.run(statement).consume()
            finally:
                self._turn.give_back()

    @contextmanager
    def _session(self, access: str) -> Iterator[neo4j.Session]:
        if self._closed:
            raise InvalidInput("the store is closed")
        with (
            self._explained(),
            self._driver.session(
                database=self.address.database,
                default_access_mode=access,
                fetch_size=2000,
            ) as session,
        ):
            yield session

    @contextmanager
    def _explained(self) -> Iterator[None]:
        """Turn the driver's errors into ones that say what to do."""
        try:
            yield
        except _SAID as error:
            if self._closed and isinstance(error, exceptions.DriverError):
                raise InvalidInput("the store is closed") from error
            kind = Clash if isinstance(error, exceptions.ConstraintError) else BackendUnavailable
            raise kind(explanation(error, self.address)) from error
        except UnicodeEncodeError as error:
            raise InvalidInput(f"a text is not Unicode text: {error}") from error


class _Writing:
    """One call of ``Connection.write``."""

    def __init__(self, connection: Connection, pace: Pace) -> None:
        self._connection = connection
        self._pace = pace
        self._has_turn = self._shut = self._refused = False
        self._threads = ThreadPoolExecutor(max_workers=1, thread_name_prefix="diurna-write")

    def take_turn(self) -> None:
        """Wait until nobody else writes."""
        if not self._has_turn:
            self._connection._turn.take()
            self._has_turn = True

    def run(self, begin: Callable[[Run], Callable[[Run], Answer]]) -> Answer:
        """Run one transaction: what begins it needs no turn, what that returns does."""

        def run_in(transaction: neo4j.ManagedTransaction) -> Answer:
            self._open_gate()
            try:
                with Ahead(transaction, self._threads, self._pace.rest) as run:
                    work = begin(run)
                    if not self._has_turn:
                        self._pace.rest(True)
                        self._has_turn = self._connection._turn.take_over()
                        self._pace.rest(False)
                        if not self._has_turn:
                            raise _Overtaken
                    answer = work(run)
            except exceptions.ForbiddenOnReadOnlyDatabase as error:
                # The driver would go on trying, which helps once: a cluster may write elsewhere now.
                if self._refused:
                    raise BackendUnavailable(explanation(error, self._connection.address)) from error
                self._refused = True
                raise
            # The driver commits when this function has returned.
            self._connection._gate.close()
            self._shut = True
            self._connection._turn.commits(True)
            self._pace.commit()
            return answer

        with self._connection._session(neo4j.WRITE_ACCESS) as session:
            return _surely(session.execute_write, run_in)

    def end(self) -> None:
        """Let others read and write."""
        self._threads.shutdown()
        self._open_gate()
        if self._has_turn:
            self._connection._turn.give_back()

    def _open_gate(self) -> None:
        if self._has_turn:
            self._connection._turn.commits(False)
        if self._shut:
            self._shut = False
            self._connection._gate.open()


def _surely(
    transact: Callable[[Callable[[neo4j.ManagedTransaction], Answer]], Answer],
    work: Callable[[neo4j.ManagedTransaction], Answer],
) -> Answer:
    """Do what a transaction does, again when the connection is lost while the server commits it.

    The driver lends a connection to others as soon as a query fails, and undoes the transaction afterwards. If
    somebody uses it by then, it raises an error of its own (seen in driver 6.4); what the work failed with is
    raised instead, or, if that may pass, the work is done again.
    """
    until = time.monotonic() + RETRY_SECONDS
    failed: Exception | None = None

    @wraps(work)  # the driver finds a time-out among the function's attributes
    def noted(transaction: neo4j.ManagedTransaction) -> Answer:
        nonlocal failed
        failed = None
        try:
            return work(transaction)
        except Exception as error:
            failed = error
            raise

    while True:
        try:
            return transact(noted)
        except exceptions.IncompleteCommit:
            if time.monotonic() > until:
                raise
        except exceptions.ResultFailedError:
            if failed is None:
                raise
            if not _may_pass(failed) or time.monotonic() > until:
                raise failed from None


def _may_pass(error: Exception) -> bool:
    return isinstance(error, (exceptions.Neo4jError, exceptions.DriverError)) and error.is_retryable()


def _statement(text: str) -> Callable[[Run], object]:
    return lambda run: run(text)


def _reader(transaction: neo4j.ManagedTransaction) -> Run:
    """Return what runs queries in a reading transaction; what has no parameters is asked once."""
    kept: dict[str, list[list[Any]]] = {}
    ask = _runner(transaction)

    def run(cypher: str, /, **values: object) -> list[list[Any]]:
        if values:
            return ask(cypher, **values)
        if cypher not in kept:
            kept[cypher] = ask(cypher)
        return kept[cypher]

    return run


def _runner(transaction: neo4j.ManagedTransaction) -> Run:
    def run(cypher: str, /, **values: object) -> list[list[Any]]:
        return transaction.run(cypher, values).values()

    return run
