"""Cypher of a user's own: the one protocol behind it, and what an answer looks like.

Every store has a ``CypherRunner``. Neo4j answers itself; the SQLite store answers from a read-only
snapshot of itself (``snapshot_query``). Both speak of the labels, relationship types and properties of
``docs/data-model.md``, and give the same plain values:

==============  ===============================================================================
node            ``{"id": "…", "labels": ["Event"], "properties": {…}}``
relationship    ``{"id": "…", "type": "AT", "start": "…", "end": "…", "properties": {…}}``
path            ``{"nodes": [node, …], "relationships": [relationship, …]}``
list, map       ``list`` and ``dict`` of such values
the rest        ``str``, ``int``, ``float``, ``bool``, ``date``, aware ``datetime`` or ``None``
==============  ===============================================================================

The ``id`` of a node or relationship is good within one answer only; properties that are ``None`` are
left out, and so are those that a store keeps for itself.
"""

from collections.abc import Callable, Mapping
from typing import Protocol

from graph.errors import InvalidInput
from graph.model import QueryResult

DEFAULT_TIMEOUT = 30.0
"""Seconds."""

DEFAULT_LIMIT = 1000
"""Rows."""

LONGEST_TIMEOUT = 24 * 3600.0

Progress = Callable[[int, int], None]
"""Called with how many of how many steps are done."""


class CypherRunner(Protocol):
    """Runs queries that read, and no others."""

    def prepare(self, progress: Progress | None = None) -> None:
        """Do what must be done before the next query can be answered; ``run`` does it too.

        Raises:
            BackendUnavailable: If what answers queries is not installed or cannot be used.
        """

    def run(
        self,
        query: str,
        parameters: Mapping[str, object] | None = None,
        *,
        timeout: float = DEFAULT_TIMEOUT,
        limit: int = DEFAULT_LIMIT,
    ) -> QueryResult:
        """Run one query.

        Args:
            query: Cypher that reads.
            parameters: Values for ``$name``: text, numbers, booleans, days, lists and maps of them.
            timeout: Seconds after which the query is stopped.
            limit: Highest number of rows returned.

        Raises:
            InvalidInput: If the query would write, is not valid, lacks a parameter, or took too long.
            BackendUnavailable: If what answers queries is not installed or cannot be used.
        """


def check_bounds(timeout: float, limit: int) -> None:
    """Refuse a time-out or limit that makes no sense.

    Raises:
        InvalidInput: If one of them is not above 0, or the time-out is above a day.
    """
    if not 0 < timeout <= LONGEST_TIMEOUT:
        raise InvalidInput(f"the time-out is above 0 and at most {LONGEST_TIMEOUT:.0f} seconds")
    if limit < 1:
        raise InvalidInput("the limit is 1 row or more")


def too_long(timeout: float) -> InvalidInput:
    """Return what to raise when a query was stopped at its time-out."""
    return InvalidInput(
        f"the query ran longer than {timeout:g} seconds and was stopped: narrow it (more labels and "
        "conditions, shorter paths), or allow it more time."
    )
