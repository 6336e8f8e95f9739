"""The stores that the contract suite runs against: one row a backend.

A store that is to be added gets a row in ``BACKENDS``: a function that gives an empty store's URL, or
skips with a reason that says how to get one. Where a server has a single database, a new empty store
takes the place of the one before.
"""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from graph.store import GraphStore, neo4j_store, open_store
from graph.store.neo4j_address import Address
from graph.store.neo4j_connection import Connection
from graph.store.neo4j_schema import clear
from tests import neo4j_server

BATCH = 4
"""Articles that an ingest into Neo4j writes at a time with ``small_batches``."""

_SKIPPED = pytest.StashKey[str]()


def _file(request: pytest.FixtureRequest) -> str:
    folder: Path = request.getfixturevalue("tmp_path_factory").mktemp("store")
    return f"sqlite:///{folder / 'store.db'}"


def _memory(request: pytest.FixtureRequest) -> str:
    return "sqlite:///:memory:"


def _neo4j(request: pytest.FixtureRequest) -> str:
    url: str = request.getfixturevalue("neo4j_url")
    request.getfixturevalue("empty_neo4j")()
    return url


BACKENDS: dict[str, Callable[[pytest.FixtureRequest], str]] = {
    "sqlite-file": _file,
    "sqlite-memory": _memory,
    "neo4j": _neo4j,
}


@pytest.fixture(scope="session")
def neo4j_url(request: pytest.FixtureRequest) -> Iterator[str]:
    """Give the URL of a Neo4j for tests, started when the first of them asks for it."""
    server = neo4j_server.running()
    try:
        url = server.__enter__()
    except neo4j_server.NoNeo4j as reason:
        request.config.stash[_SKIPPED] = str(reason)
        pytest.skip(f"no Neo4j: {reason}")
    try:
        yield url
    finally:
        server.__exit__(None, None, None)


@pytest.fixture(scope="session")
def empty_neo4j(neo4j_url: str) -> Iterator[Callable[[], None]]:
    """Give a function that empties the Neo4j for tests; it is left as it was found."""
    connection = Connection(Address.of(neo4j_url), read_only=False)
    yield lambda: clear(connection)
    clear(connection, forget=True)
    connection.close()


@pytest.fixture(params=list(BACKENDS))
def new_store(request: pytest.FixtureRequest) -> Iterator[Callable[[], GraphStore]]:
    """Give a function that opens one more empty store of the backend."""
    opened: list[GraphStore] = []

    def new() -> GraphStore:
        store = open_store(BACKENDS[request.param](request))
        opened.append(store)
        return store

    yield new
    for store in opened:
        store.close()


@pytest.fixture
def store(new_store: Callable[[], GraphStore]) -> GraphStore:
    """Give an empty store."""
    return new_store()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Say at the end when the Neo4j store was not tested, and how to have it tested."""
    reason = config.stash.get(_SKIPPED, None)
    if reason is not None:
        terminalreporter.write_line(f"The Neo4j store was not tested: {reason}", yellow=True)


@pytest.fixture
def small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have an ingest write ``BATCH`` articles (of two mentions each) at a time, however slow the machine is."""
    monkeypatch.setattr(neo4j_store, "BATCH_SIZE", 3 * BATCH)
    monkeypatch.setattr(neo4j_store, "BATCH_SECONDS", float("inf"))
