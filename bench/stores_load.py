"""How fast a store takes articles in, beside the bare inserts of the very rows that it writes.

What lies between the two is what linking, finding copies, full-text words and bookkeeping cost.
"""

import contextlib
import os
import re
import resource
import sqlite3
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from bench.stores_made import MENTIONS, made
from graph.store import open_store
from graph.store.sqlite_schema import create
from graph.store.sqlite_store import BATCH_SIZE

CHUNK = 5000
"""Articles made at one time, off the clock."""

_BATCH_ARTICLES = BATCH_SIZE // (1 + MENTIONS)
"""Articles in one of the SQLite store's transactions."""


@dataclass(slots=True)
class Load:
    """What loading took, by the clock.

    Attributes:
        own: Seconds in the store's ``add``.
        floor: Seconds of the bare inserts of the same rows in the same transactions.
        peak: Most memory that this process held while the store loaded, in MiB.
        disk: Size of the store's file in MiB; ``None`` for a server.
        packed: Seconds of a bare driver that also packs what it sends as the store does; ``None`` for a file.
    """

    events: int
    articles: int
    own: float
    floor: float
    peak: float
    disk: float | None
    packed: float | None = None

    @property
    def ratio(self) -> float:
        """The store's rate as a share of the floor's."""
        return self.floor / self.own


@dataclass(slots=True)
class Clock:
    """Adds up seconds by the clock: a server works in another process."""

    seconds: float = 0.0

    @contextlib.contextmanager
    def running(self) -> Iterator[None]:
        begun = time.perf_counter()
        try:
            yield
        finally:
            self.seconds += time.perf_counter() - begun


def forget_peak() -> None:
    """Start to measure the peak of memory anew, where the system can (Linux)."""
    with contextlib.suppress(OSError):
        Path("/proc/self/clear_refs").write_text("5")


def peak() -> float:
    """Return the most memory that this process held, in MiB."""
    try:
        told = Path("/proc/self/status").read_text()
        return int(re.findall(r"VmHWM:\s+(\d+)", told)[0]) / 1024
    except (OSError, IndexError):
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _chunks(events: int) -> Iterator[list[Any]]:
    articles = made(events)
    while chunk := list(islice(articles, CHUNK)):
        yield chunk


def load_sqlite(folder: Path, events: int) -> tuple[str, Load]:
    """Load a new file, each chunk by the store and then by ``executemany``; return its URL and what it took."""
    path, bare = folder / f"store-{events}.db", folder / f"bare-{events}.db"
    own, floor = Clock(), Clock()
    copy = _Bare(path, bare)
    forget_peak()
    with open_store(f"sqlite:///{path}") as store:
        for chunk in _chunks(events):
            with own.running():
                store.add(chunk)
            for rows in copy.batches():
                with floor.running():
                    copy.write(rows)
        found = store.statistics()
    highest = peak()
    copy.close()
    copy.check()
    bare.unlink()
    size = path.stat().st_size / 2**20
    return f"sqlite:///{path}", Load(found.events, found.articles, own.seconds, floor.seconds, highest, size)


class _Bare:
    """Copies the rows that a store's file has got into another one with the same tables, indexes and triggers."""

    TABLES = ("article", "sketch", "sketched", "copy", "mention", "event", "event_actor", "event_publisher")
    """In this order; foreign keys are not checked."""

    def __init__(self, source: Path, target: Path) -> None:
        self._paths = source, target
        self._target = sqlite3.connect(target, isolation_level=None)
        create(self._target, str(target))
        self._target.execute("PRAGMA synchronous = NORMAL")
        self._target.execute("PRAGMA cache_size = -65536")
        self._source: sqlite3.Connection | None = None
        self._article = self._event = 0

    def batches(self) -> Iterator[list[tuple[str, list[tuple[object, ...]]]]]:
        """Yield what is new in the store, as rows of tables, a transaction of the store's at a time."""
        if self._source is None:
            self._source = sqlite3.connect(self._paths[0])
        read = self._source.execute
        last = read("SELECT coalesce(max(number), 0) FROM article").fetchone()[0]
        # Neither table lies in the order of the articles: both are gone through once for many batches.
        by_article: dict[str, dict[int, list[tuple[object, ...]]]] = {}
        for table, number in (("sketch", "article"), ("copy", "max(one, other)")):
            by_article[table] = defaultdict(list)
            for of, *row in read(f"SELECT {number}, * FROM {table} WHERE {number} > ?", (self._article,)):
                by_article[table][of].append(tuple(row))
        while self._article < last:
            first, self._article = self._article, min(self._article + _BATCH_ARTICLES, last)
            span = (first, self._article)
            newest = read(
                "SELECT coalesce(max(event), 0) FROM mention WHERE article > ? AND article <= ?", span
            ).fetchone()[0]
            events = (self._event, max(newest, self._event))
            self._event = events[1]
            rows = []
            for table, condition, values in (
                ("article", "number > ? AND number <= ?", span),
                ("sketch", None, span),
                ("sketched", "article > ? AND article <= ?", span),
                ("copy", None, span),
                ("mention", "article > ? AND article <= ?", span),
                ("event", "number > ? AND number <= ?", events),
                ("event_actor", "event > ? AND event <= ?", events),
                ("event_publisher", "event > ? AND event <= ?", events),
            ):
                if condition is None:
                    articles = range(span[0] + 1, span[1] + 1)
                    rows.append((table, sorted(row for one in articles for row in by_article[table][one])))
                    continue
                rows.append((table, read(f"SELECT * FROM {table} WHERE {condition}", values).fetchall()))
            yield rows

    def write(self, rows: Sequence[tuple[str, Sequence[tuple[object, ...]]]]) -> None:
        """Insert rows in one transaction."""
        self._target.execute("BEGIN IMMEDIATE")
        for table, some in rows:
            if some:
                # An event that went may have come again, by another number, with the same id.
                verb = "INSERT OR REPLACE" if table == "event" else "INSERT"
                self._target.executemany(
                    f"{verb} INTO {table} VALUES ({', '.join('?' * len(some[0]))})", some
                )
        self._target.execute("COMMIT")

    def check(self) -> None:
        """Make sure that nothing was left out."""
        with contextlib.closing(sqlite3.connect(self._paths[1])) as connection:
            connection.execute("ATTACH ? AS own", (str(self._paths[0]),))

            def number(query: str) -> int:
                return int(connection.execute(f"SELECT count(*) FROM {query}").fetchone()[0])

            for table in ("article", "mention", "sketch", "sketched", "copy"):
                assert number(f"own.{table}") == number(f"main.{table}"), table
            assert not number("own.event WHERE id NOT IN (SELECT id FROM main.event)")
            # An event that a later article dissolves was written all the same: of a day cut in two by the end of
            # a batch, and the more reports tell of a day, the more of its events are put together anew.
            for table in ("event", "event_actor"):
                own, bare = number(f"own.{table}"), number(f"main.{table}")
                assert own <= bare <= 1.01 * own, f"{table}: {own}, {bare}"

    def close(self) -> None:
        """Close both files."""
        self._target.close()
        if self._source is not None:
            self._source.close()


def processor_count() -> int:
    """Return how many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
