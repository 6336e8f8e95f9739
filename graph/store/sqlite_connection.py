"""Connections to one SQLite file: one that writes, as many that read as are needed, and clear errors.

Readers never wait for a writer: the file is in WAL mode, and each read uses a connection of its own
that sees the state at its start. A store in memory has one connection, which all share in turn.
"""

import os
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from graph.errors import BackendUnavailable, InvalidInput, StoreMismatch
from graph.store import sqlite_schema, sqlite_upgrade
from graph.store.sqlite_count import SELECTION

BUSY_SECONDS = 15.0
"""How long to wait for another process that is writing."""

READ_CACHE = 32
"""MiB of pages that a connection which reads keeps at most (SQLite's own default is 2): a question that goes through
a large index finds it there the next time."""


class _Together(threading.local):
    """The connection that all reads of a thread share just now."""

    connection: sqlite3.Connection | None = None


class Connections:
    """The connections of one store.

    Args:
        path: The file, or ``""`` for a store in memory.
        read_only: Never write, not even to create the file.

    Raises:
        BackendUnavailable: If the file cannot be opened; the message says what to do.
        StoreMismatch: If the file is not a store of this version; it is left untouched.
    """

    def __init__(self, path: str, *, read_only: bool) -> None:
        self.path = path
        self.read_only = read_only
        self._immutable = False
        self._idle: list[sqlite3.Connection] = []
        self._all: list[sqlite3.Connection] = []
        self._pool_lock = threading.Lock()
        self._write_lock = threading.RLock()
        self._writer: sqlite3.Connection | None = None
        self._closed = False
        self._together = _Together()
        if path:
            self._check_path()
        with self.explained():
            try:
                self._open()
            except BaseException:
                self.close()
                raise

    @property
    def shared(self) -> bool:
        """Whether what is read now uses a connection that is used for something else too."""
        return not self.path or self._together.connection is not None

    @contextmanager
    def together(self) -> Iterator[None]:
        """Let all reads of this thread see one state of the store."""
        if self._together.connection is not None:
            yield
            return
        with self.reading() as connection:
            if self.path:
                connection.execute("BEGIN")
            self._together.connection = connection
            try:
                yield
            finally:
                self._together.connection = None
                if self.path:
                    connection.execute("ROLLBACK")

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """Lend a connection for one read; errors are explained."""
        with self.explained():
            if self._together.connection is not None:
                yield self._together.connection
                return
            if not self.path:
                with self._write_lock:
                    yield self._sure_writer()
                return
            connection = self._take()
            try:
                yield connection
            finally:
                with self._pool_lock:
                    self._idle.append(connection)

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """Lend the writing connection inside a transaction: committed at the end, or undone.

        Raises:
            InvalidInput: If the store was opened to be read only.
        """
        if self.read_only:
            raise InvalidInput(f"{self.path or 'the store'} was opened to be read only")
        if self._together.connection is not None:
            raise InvalidInput("nothing can be written while several things are read at one moment")
        with self.explained(), self._write_lock:
            connection = self._sure_writer()
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
                connection.execute("COMMIT")
            except BaseException:
                # A full disk has undone the transaction already.
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
                raise

    def close(self) -> None:
        """Close all connections; the last one folds the WAL into the file."""
        with self._pool_lock:
            self._closed = True
            connections, self._all, self._idle = self._all, [], []
        for connection in connections:
            if connection is not self._writer:
                connection.close()
        if self._writer is not None:
            self._writer.close()
            self._writer = None

    @contextmanager
    def explained(self) -> Iterator[None]:
        """Turn SQLite's errors into ones that say what to do."""
        try:
            yield
        except sqlite3.ProgrammingError as error:
            if self._closed:
                raise InvalidInput("the store is closed") from error
            raise
        except (sqlite3.OperationalError, sqlite3.DatabaseError) as error:
            if isinstance(error, (sqlite3.IntegrityError, sqlite3.DataError)):
                raise
            raise BackendUnavailable(self._explanation(error)) from error

    def _explanation(self, error: sqlite3.Error) -> str:
        name = getattr(error, "sqlite_errorname", "") or ""
        where = self.path or "the store in memory"
        if name == "SQLITE_NOTADB":
            return f"{where} is not an SQLite database: choose another path, or move that file away."
        if name.startswith("SQLITE_CORRUPT"):
            return f"{where} is damaged ({error}): restore a copy, or move the file away and ingest again."
        if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
            return f"{where} is being written by another process: wait until it has finished and try again."
        if name == "SQLITE_FULL" or name.startswith("SQLITE_IOERR_WRITE"):
            return (
                f"no space left for {where}: free some and run the same command again. "
                "What was stored before stays; articles already there are not written twice."
            )
        if name.startswith("SQLITE_READONLY"):
            return f"{where} cannot be written: make it writable, or open it read only."
        if name.startswith("SQLITE_CANTOPEN"):
            return f"{where} cannot be opened: check that it exists and that you may read its folder."
        return f"{where} cannot be used: {error}"

    def _check_path(self) -> None:
        if self.read_only and not Path(self.path).exists():
            raise BackendUnavailable(f"there is no store at {self.path}: ingest something first.")
        if not sqlite_schema.folder_exists(self.path):
            folder = Path(self.path).absolute().parent
            raise BackendUnavailable(
                f"the folder {folder} does not exist: create it, or choose another path."
            )
        if Path(self.path).is_dir():
            raise BackendUnavailable(f"{self.path} is a folder: name a file in it.")

    def _open(self) -> None:
        if self.read_only and self.path:
            connection = self._connect_read_only()
            if not sqlite_schema.verify(connection, self.path):
                raise StoreMismatch(f"{self.path} is empty: ingest something first.")
            self._idle.append(connection)
            return
        if self.path:
            # Look before touching: an existing file is checked without being opened for writing.
            if Path(self.path).exists() and Path(self.path).stat().st_size > 0:
                probe = self._connect_read_only()
                try:
                    sqlite_schema.verify(probe, self.path)
                finally:
                    self._forget(probe)
            self._writer = self._connect(_uri(self.path, "rwc"))
        else:
            self._writer = self._connect(":memory:")
        if not sqlite_schema.verify(self._writer, self.path):
            sqlite_schema.create(self._writer, self.path)
        sqlite_upgrade.upgrade(self._writer)
        sqlite_schema.mark_changes(self._writer)
        self._writer.execute(SELECTION)
        self._writer.execute("PRAGMA synchronous = NORMAL")
        self._writer.execute("PRAGMA cache_size = -65536")

    def _connect_read_only(self) -> sqlite3.Connection:
        """Open a file for reading; on media that cannot hold SQLite's side files, as immutable."""
        connection = self._connect(_uri(self.path, "ro", immutable=self._immutable))
        try:
            connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
            sqlite_upgrade.read_as_current(connection)
            connection.execute(SELECTION)
            connection.execute(f"PRAGMA cache_size = {-1024 * READ_CACHE}")
        except sqlite3.OperationalError as error:
            self._forget(connection)
            name = getattr(error, "sqlite_errorname", "") or ""
            if self._immutable or not name.startswith(("SQLITE_CANTOPEN", "SQLITE_READONLY")):
                raise
            journal = Path(f"{self.path}-wal")
            if not os.access(self.path, os.R_OK) or (journal.exists() and journal.stat().st_size > 0):
                raise
            self._immutable = True
            return self._connect_read_only()
        except BaseException:
            self._forget(connection)
            raise
        return connection

    def _connect(self, target: str) -> sqlite3.Connection:
        connection = sqlite3.connect(
            target,
            uri=target.startswith("file:"),
            timeout=BUSY_SECONDS,
            isolation_level=None,
            check_same_thread=False,
            cached_statements=256,
        )
        with self._pool_lock:
            if self._closed:
                connection.close()
                raise InvalidInput("the store is closed")
            self._all.append(connection)
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA temp_store = MEMORY")
        return connection

    def _forget(self, connection: sqlite3.Connection) -> None:
        connection.close()
        with self._pool_lock:
            if connection in self._all:
                self._all.remove(connection)

    def _take(self) -> sqlite3.Connection:
        with self._pool_lock:
            if self._closed:
                raise InvalidInput("the store is closed")
            if self._idle:
                return self._idle.pop()
        return self._connect_read_only()

    def _sure_writer(self) -> sqlite3.Connection:
        if self._writer is None:
            raise InvalidInput("the store is closed")
        return self._writer


def _uri(path: str, mode: str, *, immutable: bool = False) -> str:
    return f"{Path(path).absolute().as_uri()}?mode={mode}" + ("&immutable=1" if immutable else "")
