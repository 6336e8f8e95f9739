"""Cypher on an SQLite store, answered from a read-only snapshot of it."""

import tempfile
import weakref
from collections.abc import Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from shutil import rmtree
from typing import Any

from graph.errors import BackendUnavailable
from graph.model import QueryResult
from graph.store import snapshot_build
from graph.store.cypher_guard import Token, check_reading, tokens
from graph.store.cypher_query import DEFAULT_LIMIT, DEFAULT_TIMEOUT, Progress, check_bounds
from graph.store.snapshot_process import SnapshotGone, ask
from graph.store.snapshot_schema import RELATIONSHIPS, shown
from graph.store.sqlite_connection import Connections

ATTEMPTS = 5
"""How often to look again when a writer replaces the snapshot just before it is opened."""

_AFTER_RETURN = frozenset({"ORDER", "SKIP", "LIMIT", "UNION"})


class SnapshotRunner:
    """A ``CypherRunner`` for the store behind some connections."""

    def __init__(self, connections: Connections) -> None:
        self._connections = connections
        self._temporary: Path | None = None

    def prepare(self, progress: Progress | None = None) -> None:
        """Build the snapshot of what the store holds now, unless it is there; see ``CypherRunner``."""
        snapshot_build.current(self._connections, self._folder(), progress)

    def run(
        self,
        query: str,
        parameters: Mapping[str, object] | None = None,
        *,
        timeout: float = DEFAULT_TIMEOUT,
        limit: int = DEFAULT_LIMIT,
    ) -> QueryResult:
        """See ``CypherRunner.run``; building the snapshot does not count for the time-out."""
        check_bounds(timeout, limit)
        given = dict(parameters or {})
        check_reading(query, given)
        written = for_engine(query)
        for _ in range(ATTEMPTS):
            path = snapshot_build.current(self._connections, self._folder())
            try:
                columns, rows, more = ask(path, written, given, timeout=timeout, limit=limit)
            except SnapshotGone:
                continue
            return QueryResult(
                column_names(query, columns), tuple(tuple(_shown(v) for v in row) for row in rows), more
            )
        raise BackendUnavailable("the store changes faster than its snapshot can be opened: try again later.")

    def _folder(self) -> Path:
        if self._connections.path:
            return snapshot_build.folder_of(self._connections.path)
        if self._temporary is None:
            self._temporary = Path(tempfile.mkdtemp(prefix="diurna-cypher-"))
            weakref.finalize(self, rmtree, self._temporary, ignore_errors=True)
        return self._temporary


def for_engine(query: str) -> str:
    """Return a query with the names that the engine takes for its own words in backticks.

    ``[:IN]`` and ``r.end`` are such; Neo4j reads them as they stand.
    """
    parts = tokens(query)
    told = [number for number, part in enumerate(parts) if part.kind not in ("space", "comment")]
    written = [part.text for part in parts]
    for before, number in pairwise(told):
        part = parts[number]
        if part.kind != "word":
            continue
        is_type = parts[before].text in (":", "|") and part.text in RELATIONSHIPS
        is_property = parts[before].text == "." and part.word == "END"
        if is_type or is_property:
            written[number] = f"`{part.text}`"
    return "".join(written)


def column_names(query: str, told: Sequence[str]) -> tuple[str, ...]:
    """Return the columns' names as Neo4j gives them: what has no ``AS`` is called as it is written.

    Args:
        query: The query.
        told: The names that the engine gives.
    """
    items = _returned([part for part in tokens(query) if part.kind != "comment"])
    written = ["".join(part.text for part in item).strip() for item in items]
    if len(items) != len(told) or "*" in written:
        return tuple(told)
    renamed = [any(part.word == "AS" for part in item) for item in items]
    return tuple(
        name if has_alias else text for name, text, has_alias in zip(told, written, renamed, strict=True)
    )


def _returned(parts: Sequence[Token]) -> list[list[Token]]:
    """Return the parts of each thing that a query returns: of the first of several queries joined."""
    items: list[list[Token]] = []
    depth = 0
    for part in parts:
        depth += (part.text in ("(", "[", "{")) - (part.text in (")", "]", "}"))
        if depth == 0 and part.word == "RETURN":
            items = [[]]
        elif items and depth == 0 and (part.word in _AFTER_RETURN or part.text == ";"):
            break
        elif items and depth == 0 and part.text == ",":
            items.append([])
        elif items and part.word != "DISTINCT":
            items[-1].append(part)
    return items


def _shown(value: Any) -> Any:
    if isinstance(value, list):
        return [_shown(one) for one in value]
    if not isinstance(value, dict):
        return value
    if set(value) == {"id", "labels", "properties"}:
        properties = shown(value["labels"], value["properties"])
        if value["labels"] == ["Place"]:
            properties["id"] = int(str(properties["id"]))  # a number in every store but not in the snapshot
        return {**value, "properties": properties}
    return {key: _shown(one) for key, one in value.items()}
