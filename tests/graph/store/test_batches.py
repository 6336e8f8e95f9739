"""Batches: in order, one at a time, the next one made ready meanwhile, and nothing lost that was ready."""

import threading
from collections.abc import Callable, Iterator, Sequence

import pytest

from graph.model import CodedArticle
from graph.store.base import AddReport
from graph.store.batches import add_in_batches
from graph.store.neo4j_turns import Pace
from tests.graph.store.test_sqlite import some

FOREVER = float("inf")


class Written:
    """Keeps what is written, and makes sure that no two batches are written at once."""

    def __init__(self) -> None:
        self.batches: list[list[str]] = []
        self._one = threading.Lock()

    def __call__(self, batch: Sequence[str], pace: Pace, earlier: Callable[[], object]) -> AddReport:
        assert self._one.acquire(blocking=False)
        try:
            self.batches.append(list(batch))
            return AddReport(added=len(batch))
        finally:
            self._one.release()


def name(coded: CodedArticle) -> str:
    return coded.article.id


def test_batches_come_in_order_and_are_added_up() -> None:
    write = Written()
    report = add_in_batches(some(7), name, write, most=9, seconds=FOREVER)
    assert write.batches == [
        ["a0000", "a0001", "a0002"],
        ["a0003", "a0004", "a0005"],
        ["a0006"],
    ]
    assert report == AddReport(added=7)


def test_nothing_to_add() -> None:
    write = Written()
    assert add_in_batches([], name, write, most=9, seconds=FOREVER) == AddReport()
    assert write.batches == []


def test_a_slow_stream_is_written_before_a_batch_is_full() -> None:
    write = Written()
    add_in_batches(some(3), name, write, most=100, seconds=-1.0)
    assert write.batches == [["a0000"], ["a0001"], ["a0002"]]


def test_the_next_batch_is_made_ready_while_one_is_written() -> None:
    ahead = threading.Event()

    def stream() -> Iterator[CodedArticle]:
        for number, one in enumerate(some(4)):
            if number == 3:
                ahead.set()
            yield one

    def write(batch: Sequence[str], pace: Pace, earlier: Callable[[], object]) -> AddReport:
        assert ahead.wait(30), "the stream was not read while the first batch was written"
        return AddReport(added=len(batch))

    assert add_in_batches(stream(), name, write, most=6, seconds=FOREVER) == AddReport(added=4)


def test_when_the_stream_breaks_all_before_is_written() -> None:
    def stream() -> Iterator[CodedArticle]:
        yield from some(5)
        raise OSError("the disk is gone")

    write = Written()
    with pytest.raises(OSError, match="the disk is gone"):
        add_in_batches(stream(), name, write, most=6, seconds=FOREVER)
    assert sum(write.batches, []) == ["a0000", "a0001", "a0002", "a0003", "a0004"]


def test_when_one_is_refused_all_before_is_written() -> None:
    def refuse(coded: CodedArticle) -> str:
        if coded.article.id == "a0003":
            raise ValueError("refused")
        return coded.article.id

    write = Written()
    with pytest.raises(ValueError, match="refused"):
        add_in_batches(some(5), refuse, write, most=6, seconds=FOREVER)
    assert sum(write.batches, []) == ["a0000", "a0001", "a0002"]


def test_when_writing_fails_nothing_more_is_taken() -> None:
    taken: list[str] = []

    def stream() -> Iterator[CodedArticle]:
        for one in some(100):
            taken.append(one.article.id)
            yield one

    def write(batch: Sequence[str], pace: Pace, earlier: Callable[[], object]) -> AddReport:
        raise ConnectionError("no server")

    with pytest.raises(ConnectionError, match="no server"):
        add_in_batches(stream(), name, write, most=6, seconds=FOREVER)
    assert len(taken) <= 4


def test_nothing_is_written_after_what_could_not_be() -> None:
    begun: list[list[str]] = []
    lasting: list[list[str]] = []

    def write(batch: Sequence[str], pace: Pace, earlier: Callable[[], object]) -> AddReport:
        begun.append(list(batch))
        earlier()
        if "a0001" in batch:
            raise ConnectionError("no server")
        pace.commit()
        lasting.append(list(batch))
        return AddReport(added=len(batch))

    for articles in range(2, 7):
        begun.clear()
        lasting.clear()
        with pytest.raises(ConnectionError, match="no server"):
            add_in_batches(some(articles), name, write, most=3, seconds=FOREVER)
        assert lasting == [["a0000"]]
        assert len(begun) <= 3


def test_articles_are_made_ready_while_who_writes_waits() -> None:
    rests, made, on = threading.Event(), threading.Event(), threading.Event()

    def prepare(coded: CodedArticle) -> str:
        if coded.article.id == "a0001":
            assert rests.is_set(), "made ready while the first batch is written"
            made.set()
        return coded.article.id

    def stream() -> Iterator[CodedArticle]:
        first, *others = some(3)
        yield first
        on.set()
        assert rests.wait(30), "the first batch does not wait"
        yield from others

    def write(batch: Sequence[str], pace: Pace, earlier: Callable[[], object]) -> AddReport:
        if "a0000" in batch:
            assert on.wait(30), "the stream was not read while the first batch was written"
            pace.rest(True)
            rests.set()
            assert made.wait(30), "the second was not made ready while the first batch waited"
            pace.rest(False)
        return AddReport(added=len(batch))

    report = add_in_batches(stream(), prepare, write, most=100, first=2, seconds=FOREVER)
    assert report == AddReport(added=3)


def test_the_next_batch_is_begun_while_one_is_committed() -> None:
    begun = threading.Event()

    def write(batch: Sequence[str], pace: Pace, earlier: Callable[[], object]) -> AddReport:
        if "a0000" in batch:
            pace.commit()
            assert begun.wait(30), "the second batch was not begun while the first was committed"
        else:
            begun.set()
            earlier()
        return AddReport(added=len(batch))

    report = add_in_batches(some(2), name, write, most=3, seconds=FOREVER)
    assert report == AddReport(added=2)


def test_the_first_batch_can_be_a_small_one() -> None:
    write = Written()
    add_in_batches(some(5), name, write, most=6, first=3, seconds=FOREVER)
    assert write.batches == [["a0000"], ["a0001", "a0002"], ["a0003", "a0004"]]
