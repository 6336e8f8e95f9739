"""Queries of one writing transaction: while the server writes down what it was sent, the next is worked out."""

import re
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from types import TracebackType
from typing import Any, Protocol, Self

from graph.store.cypher_rows import positional

_RETURNS = re.compile(r"\bRETURN\b")


class Result(Protocol):
    """What the driver gives for a query: its rows are fetched when they are asked for."""

    def values(self) -> list[list[Any]]:
        """Return all rows."""

    def consume(self) -> object:
        """Leave all rows out."""


class Transaction(Protocol):
    """The driver's transaction; used by one thread at a time."""

    def run(self, query: str, parameters: dict[str, Any], /) -> Result:
        """Run a query."""


class Ahead:
    """Runs queries in order, and waits only for those that return rows.

    What another query fails with is raised by the next that returns rows, or at the end of the ``with``
    block; when it is left, nothing uses the transaction any more.

    Args:
        transaction: Whose queries they are.
        threads: One thread, which runs what returns no rows.
        rest: Told ``True`` before this waits for such queries, and ``False`` when they are done.
    """

    def __init__(
        self, transaction: Transaction, threads: ThreadPoolExecutor, rest: Callable[[bool], None]
    ) -> None:
        self._transaction = transaction
        self._threads = threads
        self._rest = rest
        self._sent: deque[Future[object]] = deque()

    def __call__(self, cypher: str, /, **values: object) -> list[list[Any]]:
        if _RETURNS.search(cypher) is None:
            self._sent.append(self._threads.submit(self._send, cypher, values))
            return []
        self._finish()
        return self._transaction.run(cypher, positional(cypher, values)).values()

    def _send(self, cypher: str, values: dict[str, Any]) -> object:
        return self._transaction.run(cypher, positional(cypher, values)).consume()

    def _finish(self) -> None:
        if not self._sent:
            return
        self._rest(True)
        try:
            while self._sent:
                self._sent.popleft().result()
        finally:
            self._rest(False)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if error is None:
                self._finish()
        finally:
            for one in self._sent:
                one.cancel()
            wait(self._sent)
            self._sent.clear()
