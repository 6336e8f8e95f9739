"""The stores that the contract suite runs against: one row a backend.

A store that is to be added gets a row in ``BACKENDS``: a function that gives an empty store's URL, or
skips with a reason that says how to get one.
"""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from graph.store import GraphStore, open_store


def _file(folder: Path) -> str:
    return f"sqlite:///{folder / 'store.db'}"


def _memory(folder: Path) -> str:
    return "sqlite:///:memory:"


BACKENDS: dict[str, Callable[[Path], str]] = {"sqlite-file": _file, "sqlite-memory": _memory}


@pytest.fixture(params=list(BACKENDS))
def new_store(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Callable[[], GraphStore]]:
    """Give a function that opens one more empty store of the backend."""
    opened: list[GraphStore] = []

    def new() -> GraphStore:
        store = open_store(BACKENDS[request.param](tmp_path_factory.mktemp("store")))
        opened.append(store)
        return store

    yield new
    for store in opened:
        store.close()


@pytest.fixture
def store(new_store: Callable[[], GraphStore]) -> GraphStore:
    """Give an empty store."""
    return new_store()
