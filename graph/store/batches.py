"""Articles gathered into batches; while one batch is written, the next is made ready."""

import time
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

from graph.model import CodedArticle
from graph.store.base import AddReport

Ready = TypeVar("Ready")

BREATH = 0.0001
"""Seconds between two articles in which the thread that writes can go on: the interpreter lets only one of
them run, and whoever waits for an answer of the server would else get its turn milliseconds late each time."""


def add_in_batches(
    coded: Iterable[CodedArticle],
    prepare: Callable[[CodedArticle], Ready],
    write: Callable[[Sequence[Ready]], AddReport],
    *,
    most: int,
    seconds: float,
) -> AddReport:
    """Write articles in batches, in their order and one batch at a time; return what was done.

    Articles are taken and made ready in the caller's thread, and written in another: for a store that
    waits for a server this hides the one behind the other. When the iterable or ``prepare`` raises, what
    was made ready before is written, and the exception goes on. When ``write`` raises, nothing more is
    taken.

    Args:
        coded: The articles.
        prepare: Makes one article ready; may refuse it.
        write: Writes a batch.
        most: Articles in one batch.
        seconds: A batch is written after this time even if it is not full.
    """
    report = AddReport()
    pending: list[Ready] = []
    written: Future[AddReport] | None = None
    started = time.monotonic()
    with ThreadPoolExecutor(max_workers=1, thread_name_prefix="diurna-add") as writer:
        try:
            for one in coded:
                pending.append(prepare(one))
                if written is not None and not written.done():
                    time.sleep(BREATH)
                if len(pending) >= most or time.monotonic() - started > seconds:
                    batch, pending = pending, []
                    if written is not None:
                        earlier, written = written, None
                        report += earlier.result()
                    written = writer.submit(write, batch)
                    started = time.monotonic()
        finally:
            if written is not None:
                report += written.result()
            if pending:
                report += writer.submit(write, pending).result()
    return report
