"""The driver: one connection pool for one Neo4j server, and clear errors. Only this module imports it.

Neo4j shows a reader whatever is committed at that moment, even while a commit is being applied. Within
one process a gate keeps reads and commits apart, so that a read sees whole transactions only.
"""

import re
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from typing import Any, Protocol, TypeVar
from urllib.parse import unquote, urlsplit

import neo4j
from neo4j import exceptions

from graph.errors import BackendUnavailable, InvalidInput
from graph.store.cypher_query import too_long

Answer = TypeVar("Answer")

CONNECT_SECONDS = 10.0
"""How long a server may take to answer when it is called, and a pool to give a connection."""

RETRY_SECONDS = 30.0
"""How long transactions are tried again after a lost connection, a deadlock or a server that is busy."""

READ_SECONDS = 600.0
"""How long the server may work on one reading transaction of the store's own."""

PORT = 7687

_DATABASE = re.compile(r"[A-Za-z][A-Za-z0-9.-]{0,62}")


class Run(Protocol):
    """Runs one query inside a transaction and returns its rows."""

    def __call__(self, cypher: str, **values: object) -> list[list[Any]]: ...


@dataclass(frozen=True, slots=True)
class Address:
    """A URL's parts: ``neo4j://user:password@host:7687/database``.

    Attributes:
        target: What the driver connects to.
        shown: The URL without its password: what people and messages see.
        database: The database, or ``None`` for the server's default.
    """

    target: str
    shown: str
    user: str | None
    password: str
    database: str | None

    @classmethod
    def of(cls, url: str) -> "Address":
        """Return a URL's parts.

        Raises:
            InvalidInput: If it names no server; the message does not repeat a password.
        """
        parts = urlsplit(url)
        try:
            host, port = parts.hostname, parts.port or PORT
            (host or "").encode("idna")
        except ValueError:
            host, port = None, PORT
        database = parts.path.strip("/")
        # What looks like a database may be the rest of a password with a / in it: no message shows it.
        named = not database or _DATABASE.fullmatch(database) is not None
        if not host or parts.query or parts.fragment or not named:
            raise InvalidInput(
                f"the {parts.scheme} URL names no server: write "
                f"{parts.scheme}://user:password@localhost:{PORT}, with /database at the end if it is not "
                "the default one, and %40 %2F %23 %3F for @ / # ? in the password."
            )
        at = f"[{host}]" if ":" in host else host
        user = None if parts.username is None else unquote(parts.username)
        who = f"{parts.username}@" if parts.username else ""
        where = f"/{database}" if database else ""
        return cls(
            target=f"{parts.scheme}://{at}:{port}",
            shown=f"{parts.scheme}://{who}{at}:{port}{where}",
            user=user,
            password=unquote(parts.password or ""),
            database=database or None,
        )


_KEPT = "What was stored before stays; articles already there are not written twice."

_SAID = (exceptions.Neo4jError, exceptions.DriverError)
"""What the server and the driver say on purpose."""


class _Gate:
    """Many readers or one committing writer; a waiting writer goes before new readers."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._readers = 0
        self._waiting = 0
        self._committing = False

    @contextmanager
    def reading(self) -> Iterator[None]:
        with self._changed:
            self._changed.wait_for(lambda: not self._committing and not self._waiting)
            self._readers += 1
        try:
            yield
        finally:
            with self._changed:
                self._readers -= 1
                self._changed.notify_all()

    def close(self) -> None:
        with self._changed:
            self._waiting += 1
            self._changed.wait_for(lambda: not self._committing and not self._readers)
            self._waiting -= 1
            self._committing = True

    def open(self) -> None:
        with self._changed:
            self._committing = False
            self._changed.notify_all()


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
        self._gate = _Gate()
        self._write_lock = threading.RLock()
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
                raise BackendUnavailable(_no_neo4j(address)) from error

    def close(self) -> None:
        """Close all connections."""
        if not self._closed:
            self._closed = True
            self._driver.close()

    def read(self, work: Callable[[Run], Answer]) -> Answer:
        """Run a function in a reading transaction, again when the connection fails midway."""

        @neo4j.unit_of_work(timeout=READ_SECONDS)
        def run_in(transaction: neo4j.ManagedTransaction) -> Answer:
            return work(_runner(transaction))

        with self._session(neo4j.READ_ACCESS) as session, self._gate.reading():
            return _surely(session.execute_read, run_in)

    def write(self, work: Callable[[Run], Answer]) -> Answer:
        """Run a function in a writing transaction, again when it fails for a passing reason.

        A connection can be lost while the server commits, and nobody knows then whether it did: the
        function runs again, and must find out by itself that its work is done.

        Raises:
            InvalidInput: If the store was opened to be read only.
        """
        if self.read_only:
            raise InvalidInput(f"{self.address.shown} was opened to be read only")
        shut = refused = False

        def open_gate() -> None:
            nonlocal shut
            if shut:
                shut = False
                self._gate.open()

        def run_in(transaction: neo4j.ManagedTransaction) -> Answer:
            nonlocal shut, refused
            open_gate()
            try:
                answer = work(_runner(transaction))
            except exceptions.ForbiddenOnReadOnlyDatabase as error:
                # The driver would go on trying, which helps once: a cluster may write elsewhere now.
                if refused:
                    raise BackendUnavailable(_explanation(error, self.address)) from error
                refused = True
                raise
            # The driver commits when this function has returned.
            self._gate.close()
            shut = True
            return answer

        with self._write_lock, self._session(neo4j.WRITE_ACCESS) as session:
            try:
                return _surely(session.execute_write, run_in)
            finally:
                open_gate()

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
                mistake = _mistake(error, timeout)
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
            with self._write_lock, self._session(neo4j.WRITE_ACCESS) as session:
                session.run(statement).consume()

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
            raise BackendUnavailable(_explanation(error, self.address)) from error
        except UnicodeEncodeError as error:
            raise InvalidInput(f"a text is not Unicode text: {error}") from error


def _surely(
    transact: Callable[[Callable[[neo4j.ManagedTransaction], Answer]], Answer],
    work: Callable[[neo4j.ManagedTransaction], Answer],
) -> Answer:
    """Do what a transaction does, again when the connection is lost while the server commits it."""
    until = time.monotonic() + RETRY_SECONDS
    while True:
        try:
            return transact(work)
        except exceptions.IncompleteCommit:
            if time.monotonic() > until:
                raise


def _statement(text: str) -> Callable[[Run], object]:
    return lambda run: run(text)


def _runner(transaction: neo4j.ManagedTransaction) -> Run:
    def run(cypher: str, **values: object) -> list[list[Any]]:
        return transaction.run(cypher, values).values()

    return run


def _mistake(error: exceptions.ClientError, timeout: float) -> InvalidInput | None:
    """Return what to raise when it is the query that is wrong, ``None`` when it is something else."""
    code = error.code or ""
    if "TransactionTimedOut" in code:
        return too_long(timeout)
    if "AccessMode" in code or "Security.Forbidden" in code:
        return InvalidInput(f"queries only read: the server refuses this one ({error.message})")
    if ".Statement." in code or ".Procedure." in code:
        return InvalidInput(f"the query cannot be run: {error.message}")
    return None


def _no_neo4j(address: Address) -> str:
    return (
        f"what answers at {address.shown} is no Neo4j of version 5.7 or newer: correct host and port "
        f"(Bolt's is {PORT}, not that of Neo4j's web page)."
    )


def _explanation(error: Exception, address: Address) -> str:
    where = address.shown
    code = getattr(error, "code", "") or ""
    if "CredentialsExpired" in code:
        return (
            f"{where}: the password must be changed first: ALTER CURRENT USER SET PASSWORD in cypher-shell."
        )
    if "AuthenticationRateLimit" in code:
        return f"{where}: too many wrong passwords: wait a few seconds, then try again with the right one."
    if isinstance(error, exceptions.AuthError):
        scheme = address.target.partition(":")[0]
        if address.user is None:
            return (
                f"{where} asks for a name and a password: write {scheme}://user:password@… "
                "(the user of a new server is neo4j)."
            )
        return (
            f"{where} does not accept this name and password: check them; signs such as @ : / in a password "
            "are written %40 %3A %2F in the URL."
        )
    if isinstance(error, exceptions.UnsupportedServerProduct):
        return _no_neo4j(address)
    if isinstance(error, exceptions.ConfigurationError):
        return f"{where} cannot be used: {error} (Neo4j 5.7 or newer is needed)."
    if "DNS resolve" in str(error):
        return f"{where}: no computer of this name is known: correct the host, or wait for the network."
    if isinstance(error, (exceptions.ServiceUnavailable, exceptions.SessionExpired)):
        hint = ", and the +s if the server has no certificate (+ssc: one of its own making)"
        return (
            f"no Neo4j answers at {where}: start it (docker compose up -d neo4j), or correct host and port"
            f"{hint if '+s' in address.target else ''}. "
            f"{_KEPT}"
        )
    if "DatabaseUnavailable" in code:
        return f"{where} is starting or stopping: try again when it is up, or look into its logs. {_KEPT}"
    if "DatabaseNotFound" in code:
        return f"{where}: there is no such database: Neo4j Community has one, neo4j; leave its name out."
    if "ReadOnly" in code or "AccessMode" in code:
        return (
            f"{where} is read only: open it to be read only, or take server.databases.read_only out of "
            "neo4j.conf and start the server again."
        )
    if "TransactionTimedOut" in code:
        return (
            f"{where} worked longer than {READ_SECONDS:g} seconds on one question and was stopped: narrow it."
        )
    if "OutOfMemory" in code or "MemoryPool" in code:
        return f"{where} has too little memory: raise server.memory.heap.max_size in neo4j.conf ({code})."
    message = getattr(error, "message", None) or str(error)
    return f"{where} cannot be used: {message}"
