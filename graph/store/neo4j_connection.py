"""The driver: one connection pool for one Neo4j server, and clear errors. Only this module imports it.

Neo4j shows a reader whatever is committed at that moment, even while a commit is being applied. Within
one process a gate keeps reads and commits apart, so that a read sees whole transactions only.
"""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar
from urllib.parse import unquote, urlsplit

import neo4j
from neo4j import exceptions

from graph.errors import BackendUnavailable, InvalidInput

Answer = TypeVar("Answer")

CONNECT_SECONDS = 10.0
RETRY_SECONDS = 30.0
"""How long transactions are tried again after a lost connection, a deadlock or a server that is busy."""

PORT = 7687


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
        except ValueError:
            host, port = None, PORT
        database = parts.path.strip("/")
        if not host or parts.query or parts.fragment or "/" in database:
            raise InvalidInput(
                f"the {parts.scheme} URL names no server: write "
                f"{parts.scheme}://user:password@localhost:{PORT}, with /database at the end if it is not "
                "the default one, and %40 for an @ in the password."
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
                connection_acquisition_timeout=RETRY_SECONDS,
                max_transaction_retry_time=RETRY_SECONDS,
                notifications_min_severity="OFF",
            )
            try:
                self._driver.verify_connectivity()
            except BaseException:
                self._driver.close()
                raise

    def close(self) -> None:
        """Close all connections."""
        if not self._closed:
            self._closed = True
            self._driver.close()

    def read(self, work: Callable[[Run], Answer]) -> Answer:
        """Run a function in a reading transaction, again when the connection fails midway."""

        def run_in(transaction: neo4j.ManagedTransaction) -> Answer:
            return work(_runner(transaction))

        with self._session(neo4j.READ_ACCESS) as session, self._gate.reading():
            return session.execute_read(run_in)

    def write(self, work: Callable[[Run], Answer]) -> Answer:
        """Run a function in a writing transaction, again when it fails for a passing reason.

        Raises:
            InvalidInput: If the store was opened to be read only.
        """
        if self.read_only:
            raise InvalidInput(f"{self.address.shown} was opened to be read only")
        shut = False

        def open_gate() -> None:
            nonlocal shut
            if shut:
                shut = False
                self._gate.open()

        def run_in(transaction: neo4j.ManagedTransaction) -> Answer:
            nonlocal shut
            open_gate()
            answer = work(_runner(transaction))
            # The driver commits when this function has returned.
            self._gate.close()
            shut = True
            return answer

        with self._write_lock, self._session(neo4j.WRITE_ACCESS) as session:
            try:
                return session.execute_write(run_in)
            finally:
                open_gate()

    def define(self, statements: tuple[str, ...]) -> None:
        """Run statements that change constraints and indexes, each in a transaction of its own."""
        with self._write_lock, self._session(neo4j.WRITE_ACCESS) as session:
            for statement in statements:
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
        except (exceptions.Neo4jError, exceptions.DriverError) as error:
            if self._closed and isinstance(error, exceptions.DriverError):
                raise InvalidInput("the store is closed") from error
            raise BackendUnavailable(_explanation(error, self.address)) from error
        except UnicodeEncodeError as error:
            raise InvalidInput(f"a text is not Unicode text: {error}") from error


def _runner(transaction: neo4j.ManagedTransaction) -> Run:
    def run(cypher: str, **values: object) -> list[list[Any]]:
        return transaction.run(cypher, values).values()

    return run


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
    if isinstance(error, exceptions.ConfigurationError):
        return f"{where} cannot be used: {error} (Neo4j 5.7 or newer is needed)."
    if isinstance(error, (exceptions.ServiceUnavailable, exceptions.SessionExpired)):
        return (
            f"no Neo4j answers at {where}: start it (docker compose up -d neo4j), or correct host and port. "
            "What was stored before stays; articles already there are not written twice."
        )
    if "DatabaseNotFound" in code:
        return f"{where}: there is no such database: Neo4j Community has one, neo4j; leave its name out."
    if "ReadOnly" in code or "AccessMode" in code:
        return (
            f"{where} is read only: open it to be read only, or take server.databases.read_only out of "
            "neo4j.conf and start the server again."
        )
    if "OutOfMemory" in code or "MemoryPool" in code:
        return f"{where} has too little memory: raise server.memory.heap.max_size in neo4j.conf ({code})."
    message = getattr(error, "message", None) or str(error)
    return f"{where} cannot be used: {message}"
