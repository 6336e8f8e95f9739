"""Starting and stopping the process in which the snapshot's engine runs (``snapshot_worker``)."""

import pickle
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, cast

from graph.errors import BackendUnavailable, InvalidInput
from graph.store import snapshot_worker
from graph.store.cypher_query import too_long

START_SECONDS = 120.0
"""How long the process may take to start and open the snapshot, on a busy machine."""

GRACE_SECONDS = 1.0
"""What the engine gets to stop by itself before its process is killed."""

_ENDED = (
    "its process ended: the query needed too much memory or is more than the engine can do; "
    "narrow it, or write it in another way"
)


class SnapshotGone(Exception):
    """The snapshot was replaced by a newer one before it was opened."""


def build(path: Path, statements: Sequence[str], progress: Callable[[int], None]) -> None:
    """Make a database by statements; ``progress`` is told how many are done.

    Raises:
        BackendUnavailable: If one of them fails.
    """
    with _process({"do": "build", "path": str(path), "statements": list(statements)}) as process:
        done = 0
        while True:
            byte = process.stdout.read(1) if process.stdout is not None else b""
            if byte != b".":
                break
            done += 1
            progress(done)
        answer = _answer(byte + (process.stdout.read() if process.stdout is not None else b""))
    if answer != ("built",):
        raise BackendUnavailable(
            f"the snapshot that answers Cypher could not be built: {answer[1]}. The store is untouched."
        )


def ask(
    path: Path, query: str, parameters: Mapping[str, object], *, timeout: float, limit: int
) -> tuple[list[str], list[list[Any]], bool]:
    """Run a query on a snapshot; return columns, rows and whether there were more.

    Raises:
        InvalidInput: If the query is not valid, or was stopped at its time-out.
        SnapshotGone: If there is no such snapshot any more.
        BackendUnavailable: If the process cannot be started.
    """
    request = {
        "do": "ask",
        "path": str(path),
        "query": query,
        "parameters": dict(parameters),
        "timeout": timeout,
        "limit": limit,
    }
    with _process(request) as process:
        assert process.stdout is not None
        with _killed_after(process, START_SECONDS) as late:
            first = process.stdout.read(1)
        if late.is_set():
            raise BackendUnavailable(f"the query engine did not start within {START_SECONDS:g} seconds.")
        with _killed_after(process, timeout + GRACE_SECONDS) as late:
            rest = process.stdout.read()
        if late.is_set():
            raise too_long(timeout)
    answer = _answer(rest if first == b"." else first + rest)
    if answer[0] == "gone":
        raise SnapshotGone
    if answer[0] == "error":
        raise _explained(str(answer[1]), timeout)
    _, columns, rows, more = answer
    return cast("list[str]", columns), cast("list[list[Any]]", rows), bool(more)


def _answer(data: bytes) -> tuple[Any, ...]:
    if not data:
        return ("error", _ENDED)
    return cast("tuple[Any, ...]", pickle.loads(data))


def _explained(message: str, timeout: float) -> InvalidInput:
    if message.startswith("Interrupted"):
        return too_long(timeout)
    if "Buffer manager exception" in message or "bad_alloc" in message:
        return InvalidInput(
            "the query needs more memory than one is given: narrow it, or collect and sort fewer rows."
        )
    return InvalidInput(f"the query cannot be run: {message.strip()}")


@contextmanager
def _process(request: Mapping[str, object]) -> Iterator[subprocess.Popen[bytes]]:
    """Start the process with a request; whatever happens, it is gone afterwards."""
    # -P: the folder of the worker is no place to import from.
    command = [sys.executable, "-P", str(Path(snapshot_worker.__file__))]
    try:
        process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
    except OSError as error:
        raise BackendUnavailable(f"the query engine's process cannot be started: {error}") from error
    try:
        assert process.stdin is not None
        try:
            process.stdin.write(pickle.dumps(request))
            process.stdin.close()
        except BrokenPipeError:
            pass  # it ended at once: reading finds nothing
        yield process
    finally:
        process.kill()
        process.wait()
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                pipe.close()


@contextmanager
def _killed_after(process: subprocess.Popen[bytes], seconds: float) -> Iterator[threading.Event]:
    """Kill the process when the time is over; the event tells that it was."""
    late = threading.Event()

    def kill() -> None:
        late.set()
        process.kill()

    timer = threading.Timer(seconds, kill)
    timer.daemon = True
    timer.start()
    try:
        yield late
    finally:
        timer.cancel()
