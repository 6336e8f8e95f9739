"""The snapshot of an SQLite store as a file of Ladybug: where it is, whether it is up to date, building it.

A snapshot is named after the store's change mark, so the file that belongs to what the store holds now
is there or is not; nothing else has to be kept. It is built aside and renamed into its place when it is
whole. Whoever still reads an older one keeps it open until done.
"""

import hashlib
import importlib.util
import os
import shutil
import sqlite3
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from importlib.metadata import version
from pathlib import Path
from typing import Any

import platformdirs

from graph.errors import BackendUnavailable
from graph.store import snapshot_rows, sqlite_schema
from graph.store.cypher_query import Progress
from graph.store.snapshot_process import build
from graph.store.snapshot_schema import NODES, RELATIONSHIPS, SNAPSHOT_VERSION, Kinds, table_statements
from graph.store.sqlite_connection import Connections

AT_ONCE = 2000
"""Rows held in memory for each table."""

WAIT_SECONDS = 1800.0
"""How long to wait for another process that is building."""

INSTALL = 'pip install "diurna[cypher]"'


def check_installed() -> None:
    """Refuse to go on without the snapshot's engine.

    Raises:
        BackendUnavailable: Saying what to install.
    """
    missing = [name for name in ("ladybug", "pyarrow") if importlib.util.find_spec(name) is None]
    if missing:
        raise BackendUnavailable(
            f"Cypher on an SQLite store needs {' and '.join(missing)}: {INSTALL}. (A Neo4j store needs nothing more.)"
        )


def folder_of(path: str) -> Path:
    """Return the folder for a store's snapshots, made if need be.

    Beside the store (``my.db-cypher``), so that it goes where the store goes; in the user's cache folder
    when that folder cannot be written.
    """
    store = Path(path).absolute()
    beside = store.with_name(store.name + "-cypher")
    for folder in (
        beside,
        Path(platformdirs.user_cache_dir("diurna"))
        / "cypher"
        / hashlib.sha256(str(store).encode("utf-8", "surrogatepass")).hexdigest()[:16],
    ):
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError:
            continue
        if os.access(folder, os.W_OK):
            return folder
    raise BackendUnavailable(
        f"neither {store.parent} nor the cache folder can be written: the snapshot that answers Cypher goes there."
    )


def current(connections: Connections, folder: Path, progress: Progress | None = None) -> Path:
    """Return the snapshot of what the store holds now, built if it is not there.

    Raises:
        BackendUnavailable: If it cannot be built; the message says what to do.
    """
    check_installed()
    found = _file(folder, _mark(connections))
    if found.exists():
        return found
    with _alone(folder):
        found = _file(folder, _mark(connections))
        if not found.exists():
            found = _build(connections, folder, progress or (lambda done, total: None))
            _sweep(folder, found)
    return found


def _mark(connections: Connections) -> str:
    with connections.reading() as connection:
        return sqlite_schema.change_mark(connection)


def _file(folder: Path, mark: str) -> Path:
    return folder / f"{mark}-{SNAPSHOT_VERSION}-{version('ladybug')}.lbug"


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Keep other processes and threads from building; the system lets go when this one dies."""
    lock = sqlite3.connect(folder / "lock", timeout=0.5, isolation_level=None, check_same_thread=False)
    end = time.monotonic() + WAIT_SECONDS
    try:
        while True:
            try:
                lock.execute("BEGIN EXCLUSIVE")
                break
            except sqlite3.OperationalError as error:
                if not (getattr(error, "sqlite_errorname", "") or "").startswith("SQLITE_BUSY"):
                    raise BackendUnavailable(f"{folder} cannot be written: {error}") from error
                if time.monotonic() > end:
                    raise BackendUnavailable(
                        f"another process has been building the snapshot in {folder} for too long: stop it."
                    ) from error
        yield
    finally:
        lock.close()


def _build(connections: Connections, folder: Path, progress: Progress) -> Path:
    aside = Path(tempfile.mkdtemp(prefix="building-", dir=folder))
    try:
        with connections.reading() as connection:
            connection.execute("BEGIN")  # all reads see the store as it is now
            try:
                mark = sqlite_schema.change_mark(connection)
                total = snapshot_rows.count_rows(connection)
                tables = _write_tables(connection, aside, lambda done: progress(done, 2 * total))
            finally:
                connection.execute("ROLLBACK")
        statements = [*table_statements(), *(f"COPY `{name}` FROM '{name}.parquet'" for name in tables)]
        made = aside / "graph.lbug"
        steps = len(statements)
        build(made, statements, lambda done: progress(total + total * done // steps, 2 * total))
        wanted = _file(folder, mark)
        made.replace(wanted)
        return wanted
    except OSError as error:
        raise BackendUnavailable(
            f"the snapshot that answers Cypher cannot be written in {folder}: {error}. The store is untouched."
        ) from error
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def _write_tables(connection: sqlite3.Connection, folder: Path, tell: Callable[[int], None]) -> list[str]:
    """Write a Parquet file for each table that has rows; return their names in the order to copy them."""
    steps = {"Article", "EventMention", "Event", "Actor", "Place"}
    done = 0
    with ExitStack() as stack:
        writers = {
            name: stack.enter_context(_TableWriter(folder / f"{name}.parquet", columns))
            for name, columns in _columns().items()
        }
        for name, row in snapshot_rows.rows(connection):
            writers[name].write(row)
            if name in steps:
                done += 1
                if done % 500 == 0:
                    tell(done)
    return [name for name, writer in writers.items() if writer.written]


def _columns() -> dict[str, Kinds]:
    ends: Kinds = {"_start": "string", "_end": "string"}
    return {**NODES, **{name: {**ends, **kinds} for name, (_, _, kinds) in RELATIONSHIPS.items()}}


class _TableWriter:
    """Writes rows to a Parquet file, some at a time."""

    def __init__(self, file: Path, kinds: Kinds) -> None:
        import pyarrow as pa  # type: ignore[import-untyped]

        types: dict[str, Any] = {
            "string": pa.string(),
            "strings": pa.list_(pa.string()),
            "integer": pa.int64(),
            "number": pa.float64(),
            "boolean": pa.bool_(),
            "day": pa.date32(),
            "moment": pa.timestamp("us", tz="UTC"),
        }
        self.file = file
        self.written = 0
        self._names = tuple(kinds)
        self._schema = pa.schema([(name, types[kind]) for name, kind in kinds.items()])
        self._pending: list[dict[str, Any]] = []
        self._writer: Any = None

    def write(self, row: dict[str, Any]) -> None:
        """Write a row; what is not a column of the table is left out."""
        self._pending.append({name: row.get(name) for name in self._names})
        self.written += 1
        if len(self._pending) >= AT_ONCE:
            self._flush(self._pending)
            self._pending = []

    def _flush(self, rows: Sequence[dict[str, Any]]) -> None:
        import pyarrow as pa
        import pyarrow.parquet as pq  # type: ignore[import-untyped]

        if self._writer is None:
            self._writer = pq.ParquetWriter(self.file, self._schema)
        self._writer.write_table(pa.Table.from_pylist(list(rows), schema=self._schema))

    def __enter__(self) -> "_TableWriter":
        return self

    def __exit__(self, *_: object) -> None:
        if self._pending:
            self._flush(self._pending)
        if self._writer is not None:
            self._writer.close()


def _sweep(folder: Path, kept: Path) -> None:
    """Remove older snapshots and what stopped builds left; only while nobody else builds."""
    for other in folder.iterdir():
        if other.suffix == ".lbug" and other != kept:
            try:
                other.unlink()
            except OSError:
                continue  # still open on a system that holds open files
        elif other.name.startswith("building-"):
            shutil.rmtree(other, ignore_errors=True)
