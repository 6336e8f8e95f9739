"""Writing ahead: what is waited for, in which order it runs, and what becomes of errors."""

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from graph.store.neo4j_ahead import Ahead

SECONDS = 10.0


class Rows:
    """The rows of one query."""

    def values(self) -> list[list[Any]]:
        return [[1]]

    def consume(self) -> object:
        return None


class Fake:
    """A transaction that notes what it runs; some queries wait or fail."""

    def __init__(self, **special: Callable[[], object]) -> None:
        self.ran: list[str] = []
        self._special = special

    def run(self, query: str, parameters: dict[str, Any], /) -> Rows:
        self.ran.append(f"{query} {parameters}")
        self._special.get(query.split()[0], lambda: None)()
        return Rows()


@pytest.fixture
def threads() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(max_workers=1) as threads:
        yield threads


def test_who_only_writes_does_not_wait(threads: ThreadPoolExecutor) -> None:
    go = threading.Event()
    fake = Fake(SLOW=lambda: go.wait(SECONDS))
    told: list[bool] = []
    with Ahead(fake, threads, told.append) as run:
        assert run("SLOW x", rows=1) == []
        assert run("CREATE y", rows=2) == []
        assert not go.is_set(), "both came back though the first is not done"
        assert told == []
        go.set()
        assert run("MATCH z RETURN z") == [[1]]
        assert told == [True, False]
        assert fake.ran == ["SLOW x {'rows': 1}", "CREATE y {'rows': 2}", "MATCH z RETURN z {}"]
        run("CREATE last")
    assert fake.ran[-1] == "CREATE last {}", "the end of the block waits"


def _fail() -> None:
    raise ValueError("refused")


def test_an_error_is_raised_by_the_next_that_returns_rows(threads: ThreadPoolExecutor) -> None:
    fake = Fake(FAIL=_fail)
    with Ahead(fake, threads, lambda rests: None) as run:
        run("FAIL x")
        with pytest.raises(ValueError, match="refused"):
            run("MATCH z RETURN z")
    assert fake.ran == ["FAIL x {}"]


def test_an_error_is_raised_at_the_end(threads: ThreadPoolExecutor) -> None:
    with (
        pytest.raises(ValueError, match="refused"),
        Ahead(Fake(FAIL=_fail), threads, lambda rests: None) as run,
    ):
        run("FAIL x")


def test_after_an_error_nothing_uses_the_transaction(threads: ThreadPoolExecutor) -> None:
    begun, go = threading.Event(), threading.Event()
    done: list[bool] = []

    def slow() -> None:
        begun.set()
        go.wait(SECONDS)
        done.append(True)

    fake = Fake(SLOW=slow)

    def work() -> None:
        with Ahead(fake, threads, lambda rests: None) as run:
            run("SLOW x")
            run("CREATE never")
            assert begun.wait(SECONDS)
            threading.Timer(0.05, go.set).start()
            raise KeyError("own")

    with pytest.raises(KeyError, match="own"):
        work()
    assert done, "what was running has been waited for"
    threads.submit(lambda: None).result()
    assert fake.ran == ["SLOW x {}"], "what had not begun does not begin"
