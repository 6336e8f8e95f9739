"""Where the graph is kept: ``open_store(url)`` gives a ``GraphStore``, whatever is behind it."""

import re
from collections.abc import Callable

from graph.errors import InvalidInput
from graph.store.base import (
    AddReport,
    ArticleRow,
    GraphStore,
    Judgement,
    Link,
    StoreStatistics,
    Verdict,
)


def _sqlite(url: str, read_only: bool) -> GraphStore:
    from graph.store.sqlite_store import SqliteStore

    prefix = "sqlite:///"
    path = url.removeprefix(prefix)
    if not url.startswith(prefix) or not path:
        raise InvalidInput(
            f"{url!r} names no file: write sqlite:///diurna.db (in this folder), "
            "sqlite:////folder/diurna.db (from the root) or sqlite:///:memory:"
        )
    return SqliteStore("" if path == ":memory:" else path, url=url, read_only=read_only)


def _neo4j(url: str, read_only: bool) -> GraphStore:
    from graph.store.neo4j_store import Neo4jStore

    return Neo4jStore(url, read_only=read_only)


STORES: dict[str, Callable[[str, bool], GraphStore]] = {
    "sqlite": _sqlite,
    "neo4j": _neo4j,
    "bolt": _neo4j,
}
"""Scheme of a store's URL → what opens it."""


def open_store(url: str, *, read_only: bool = False) -> GraphStore:
    """Open a store, creating it when it does not exist (unless it is to be read only).

    Args:
        url: ``sqlite:///diurna.db``, ``sqlite:////absolute/path.db`` or ``sqlite:///:memory:``;
            ``neo4j://user:password@localhost:7687`` or ``bolt://…``.
        read_only: Never write; works beside a running ingest and on read-only media.

    Raises:
        InvalidInput: If no store goes by such a URL.
        BackendUnavailable: If it cannot be opened; the message says what to do.
        StoreMismatch: If it was written by another version or program; it is left untouched.
    """
    scheme, colon, _ = url.partition(":")
    opener = STORES.get(scheme.split("+")[0]) if colon else None
    if opener is None:
        shown = re.sub(r"//.*@", "//…@", url, flags=re.DOTALL)  # without a password
        raise InvalidInput(f"{shown!r} is not the URL of a store: it begins with {', '.join(STORES)}")
    return opener(url, read_only)


__all__ = [
    "STORES",
    "AddReport",
    "ArticleRow",
    "GraphStore",
    "Judgement",
    "Link",
    "StoreStatistics",
    "Verdict",
    "open_store",
]
