"""Articles gathered into batches; while a server is busy with one, the next is made ready and begun."""

import time
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Generic, Protocol, TypeVar

from graph.model import CodedArticle
from graph.store.base import AddReport
from graph.store.neo4j_turns import Pace

Ready = TypeVar("Ready")
Given = TypeVar("Given", contravariant=True)


class Write(Protocol[Given]):
    """Writes a batch whole or not at all."""

    def __call__(self, batch: Sequence[Given], /, pace: Pace, earlier: Callable[[], object]) -> AddReport:
        """Write a batch.

        Args:
            batch: What was made ready.
            pace: To be told when the server has work to do and we have not.
            earlier: Waits for the batch before, and raises what it raised: to be called before anything is
                done that depends on it, and before anything is made to last.
        """


def add_in_batches(
    coded: Iterable[CodedArticle],
    prepare: Callable[[CodedArticle], Ready],
    write: Write[Ready],
    *,
    most: int,
    seconds: float,
    first: int | None = None,
) -> AddReport:
    """Write articles in batches, in their order; return what was done.

    Articles are taken and made ready in the caller's thread, and written in others. The interpreter lets
    one of them run at a time, and who talks to a server needs it at every word: so articles are made ready, one
    by one, while who writes waits for the server, and the next batch is begun when it commits. When the
    iterable or ``prepare`` raises, what came before is written, and the exception goes on. When ``write``
    raises, nothing more is taken.

    Args:
        coded: The articles.
        prepare: Makes one article ready; may refuse it.
        write: Writes a batch.
        most: A batch is full with so many articles and mentions together: some articles tell one event,
            others fifty.
        seconds: A batch is written after this time even if it is not full.
        first: The first batch is full with so many: nothing is written before it is ready.
    """
    taken: deque[CodedArticle] = deque()
    ready: list[Ready] = []

    def make_ready(*, wait: bool) -> None:
        try:
            while taken and (wait or writer.pace.rests.is_set()):
                writer.pace.rests.wait()
                ready.append(prepare(taken.popleft()))
        except BaseException:
            taken.clear()
            raise

    started, size = time.monotonic(), 0
    full = most if first is None else min(first, most)
    with ThreadPoolExecutor(max_workers=2, thread_name_prefix="diurna-add") as threads:
        writer = _Writer(write, threads)
        try:
            for one in coded:
                taken.append(one)
                size += 1 + len(one.mentions)
                make_ready(wait=False)
                if size >= full or time.monotonic() - started > seconds:
                    make_ready(wait=True)
                    writer.pace.commits.wait()
                    writer.submit(ready)
                    ready = []
                    started, size, full = time.monotonic(), 0, most
        finally:
            writer.finish()
            if not writer.failed:
                try:
                    make_ready(wait=True)
                finally:
                    if ready:
                        writer.submit(ready)
                        writer.finish()
    return writer.report


class _Writer(Generic[Ready]):
    """Writes one batch after the other, and lets the next begin when one is being committed."""

    def __init__(self, write: Write[Ready], threads: ThreadPoolExecutor) -> None:
        self.report = AddReport()
        self.pace = Pace()
        """Of the last batch."""
        self.pace.commit()
        self.failed = False
        """A batch could not be written: nothing that comes after it may be."""
        self._write = write
        self._threads = threads
        self._pending: deque[Future[AddReport]] = deque()

    def submit(self, batch: Sequence[Ready]) -> None:
        """Begin to write a batch, when all but the one before it are finished."""
        while self._pending and (len(self._pending) > 1 or self._pending[0].done()):
            self._collect()
        self.pace = Pace()
        earlier = self._pending[0].result if self._pending else _nothing
        self._pending.append(self._threads.submit(self._freely, batch, self.pace, earlier))

    def finish(self) -> None:
        """Wait for all that was begun."""
        while self._pending:
            self._collect()

    def _collect(self) -> None:
        try:
            self.report += self._pending.popleft().result()
        except BaseException:
            self.failed = True
            raise

    def _freely(self, batch: Sequence[Ready], pace: Pace, earlier: Callable[[], object]) -> AddReport:
        try:
            return self._write(batch, pace, earlier)
        finally:
            pace.commit()


def _nothing() -> None:
    """No batch before: nothing to wait for."""
