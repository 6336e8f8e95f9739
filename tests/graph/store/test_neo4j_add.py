"""What one process remembers of a Neo4j store, what it begins early, and how the server finds what it asks."""

import contextlib
import itertools
import threading
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

import pytest
from neo4j import exceptions

from bench.stores_replay import Recorded, Statement
from graph.errors import InvalidInput
from graph.model import ArticleId, CodedArticle, MentionId
from graph.store import cypher, neo4j_add, open_store
from graph.store.neo4j_address import Address
from graph.store.neo4j_connection import Connection, Run
from graph.store.neo4j_events import EventWriter
from tests import neo4j_server
from tests.graph.made import Told, coded, days
from tests.graph.store.content import content
from tests.graph.store.test_neo4j_faults import articles, expected
from tests.graph.store.test_sqlite import some

SECONDS = 10.0


@pytest.fixture
def url(neo4j_url: str, empty_neo4j: Any) -> str:
    """Give the URL of an empty store."""
    empty_neo4j()
    return neo4j_url


def queries(transaction: Sequence[Statement]) -> list[str]:
    return [query for query, _ in transaction]


@pytest.mark.parametrize("most", [-1, neo4j_add.MOST_ARTICLES])
def test_two_that_take_turns_link_as_one(
    url: str, small_batches: None, monkeypatch: pytest.MonkeyPatch, most: int
) -> None:
    monkeypatch.setattr(neo4j_add, "MOST_ARTICLES", most)
    everything = articles()
    with open_store(url) as one, open_store(url) as other:
        for store, start in zip(
            itertools.cycle((one, one, other)), range(0, len(everything), 3), strict=False
        ):
            assert store.add(everything[start : start + 3]).added == len(everything[start : start + 3])
        assert other.remove_article(everything[0].article.id)
        assert one.add(everything).added == 1
        assert content(one) == content(other) == expected(everything)


def test_who_fills_a_store_does_not_search_it(url: str, small_batches: None) -> None:
    sent: list[Sequence[Statement]] = []
    with Recorded(url, sent.append) as store:
        store.add(articles())
        assert len(sent) > 1
        assert not any(cypher.FIND_SKETCHES in queries(one) for one in sent)
        assert not any(cypher.READ_DIGESTS in queries(one) for one in sent[1:])
        assert content(store) == expected(articles())


def test_who_adds_a_few_to_a_full_store_searches_it(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with open_store(url) as store:
        store.add(articles()[:-1])
    monkeypatch.setattr(neo4j_add, "SHARE", 2)
    sent: list[Sequence[Statement]] = []
    with Recorded(url, sent.append) as store:
        store.add(articles()[-1:])
        assert cypher.FIND_SKETCHES in queries(sent[0])
        assert content(store) == expected(articles())


def test_what_somebody_else_has_added_meanwhile_is_not_added_again(url: str) -> None:
    with open_store(url) as one, open_store(url) as other:
        one.add(some(5))
        other.add(some(8))
        report = one.add(some(10))
        assert (report.added, report.unchanged) == (2, 8)
        assert one.add(some(3, first=20)).added == 3
        assert content(one) == content(other) == expected([*some(10), *some(3, first=20)])


def test_what_was_remembered_of_a_store_that_is_emptied_does_not_count(url: str, empty_neo4j: Any) -> None:
    everything = articles()
    with open_store(url) as store:
        store.add(everything)
        empty_neo4j()
        # Of other ids: each would be a copy of what is no longer there.
        again = [renamed(one) for one in everything]
        assert store.add(again).added == len(again)
        assert content(store) == expected(again)


def test_what_somebody_took_out_by_a_query_of_their_own_is_no_copy(url: str) -> None:
    everything = articles()
    with open_store(url) as store, neo4j_server.driver(url) as driver:
        store.add(everything)
        driver.execute_query("MATCH (n) WHERE NOT n:DiurnaStore DETACH DELETE n")
        again = [renamed(one) for one in everything]
        assert store.add(again).added == len(again)
        assert content(store) == expected(again)


def renamed(one: CodedArticle) -> CodedArticle:
    """Return an article with another id, and mentions with other ids."""
    article = replace(one.article, id=ArticleId(f"{one.article.id}-again"))
    mentions = [replace(m, id=MentionId(f"{m.id}-again"), article_id=article.id) for m in one.mentions]
    return replace(one, article=article, mentions=tuple(mentions))


def test_an_article_twice_in_a_row_of_batches_is_the_last_one(url: str, small_batches: None) -> None:
    told = Told("CONSULT", "USA", "UKR", day=days("2022-01-05"), sentence="They met.")
    again = [coded("a0001", told, text="They met. And parted."), *some(2)]
    with open_store(url) as store:
        report = store.add([*some(5), *again])
        assert (report.added, report.replaced) == (5, 2)
        assert content(store) == expected(list(some(5)))


def test_a_mention_that_another_article_has_is_refused(url: str, small_batches: None) -> None:
    [first, *more] = some(7)
    thief = more[-1]
    taken = tuple(replace(one, article_id=thief.article.id) for one in first.mentions)
    thief = replace(thief, mentions=taken)
    with open_store(url) as store:
        with pytest.raises(InvalidInput, match=f"article {thief.article.id}: .* already stored"):
            store.add([first, *more[:-1], thief])
        assert content(store) == expected([first, *more[:3]])


def test_what_was_begun_is_undone_when_the_batch_before_it_fails(
    url: str, small_batches: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    settled = EventWriter.settle
    calls: list[int] = []

    def broken(self: EventWriter, *given: Any, **more: Any) -> tuple[int, int]:
        calls.append(1)
        if len(calls) == 2:
            raise RuntimeError("in the middle of the second batch")
        return settled(self, *given, **more)

    with open_store(url) as store:
        with monkeypatch.context() as patch:
            patch.setattr(EventWriter, "settle", broken)
            with pytest.raises(RuntimeError):
                store.add(some(16))
        assert len(calls) == 2
        assert content(store) == expected(list(some(4)))
        assert store.add(some(16)).added == 12
        assert content(store) == expected(list(some(16)))


def test_threads_that_add_the_same_to_one_store_do_not_wait_for_each_other(
    url: str, small_batches: None
) -> None:
    # Each begins what the other has begun too, and only one of them can go on.
    everything = articles()
    with open_store(url) as store:
        for start in range(0, len(everything), 7):
            some_more = everything[start : start + 7]
            with ThreadPoolExecutor(3) as threads:
                given = (some_more, some_more[::-1], some_more)
                reports = list(threads.map(store.add, given))
            assert sum(report.added for report in reports) == len(some_more)
        assert content(store) == expected(everything)


# --- failures ----------------------------------------------------------------------------------------------


class Taken:
    """Has a query fail in a transaction, and has somebody else use its connection before that is undone.

    The driver lends a connection out as soon as a query fails.
    """

    def __init__(self, connection: Connection, threads: ThreadPoolExecutor) -> None:
        self._connection = connection
        self._threads = threads
        self.done = threading.Event()

    def __call__(self, run: Run) -> None:
        run("CREATE (:Article {id: 'a'})")
        with pytest.raises(exceptions.ConstraintError):
            run("RETURN 1")
        taken = threading.Event()

        def hold(run: Run) -> bool:
            run("RETURN 1")
            taken.set()
            return self.done.wait(SECONDS)

        self._threads.submit(self._connection.read, hold)
        assert taken.wait(SECONDS)


@pytest.fixture
def taken(url: str) -> Iterator[tuple[Connection, Taken]]:
    open_store(url).close()
    with (
        contextlib.closing(Connection(Address.of(url), read_only=False)) as connection,
        ThreadPoolExecutor(1) as threads,
    ):
        connection.write(lambda run: run("CREATE (:Article {id: 'a'})"))
        fails = Taken(connection, threads)
        try:
            yield connection, fails
        finally:
            fails.done.set()


def test_what_a_transaction_fails_with_is_told(taken: tuple[Connection, Taken]) -> None:
    connection, fails = taken

    def work(run: Run) -> None:
        fails(run)
        raise InvalidInput("said by the work")

    with pytest.raises(InvalidInput, match="said by the work"):
        connection.write(work)


def test_what_fails_for_a_passing_reason_is_done_again(taken: tuple[Connection, Taken]) -> None:
    connection, fails = taken
    attempts = itertools.count()

    def work(run: Run) -> list[list[Any]]:
        if not next(attempts):
            fails(run)
            raise exceptions.SessionExpired("the server is restarted")
        return run("RETURN 7")

    assert connection.write(work) == [[7]]
    assert next(attempts) == 2


# --- plans -------------------------------------------------------------------------------------------------

LOOK_UPS = {
    name: text
    for name, text in vars(cypher).items()
    if name.isupper() and isinstance(text, str) and text.lstrip().startswith(("UNWIND", "MATCH"))
    and ("$id" in text or "$rows" in text or "$asked" in text or "$tellers" in text or "$countries" in text)
    and "{{" not in text
}  # fmt: skip


def _operators(plan: Mapping[str, Any]) -> Iterator[str]:
    yield plan["operatorType"].partition("@")[0]
    for child in plan.get("children", ()):
        yield from _operators(child)


def test_no_look_up_goes_through_all_nodes(url: str) -> None:
    # Planned when a store has just been filled and nothing has been counted, most were: each article added
    # cost as many steps as there were mentions.
    with open_store(url) as store:
        store.add(some(400))
    values: dict[str, Sequence[Any]] = {
        name: [] for name in ("rows", "ids", "asked", "tellers", "countries", "names")
    }
    scans: dict[str, list[str]] = {}
    assert len(LOOK_UPS) > 40
    with neo4j_server.driver(url) as driver:
        for name, text in LOOK_UPS.items():
            if name in ("EVENT_OF_ID",):  # a part of others
                continue
            query = f"CYPHER replan=force EXPLAIN {text}"
            given = {**values, "id": "x", "origin": "x", "longest": 3}
            plan = driver.execute_query(query, given, database_="neo4j").summary.plan
            assert plan is not None
            found = [one for one in _operators(plan) if "Scan" in one or "Join" in one]
            if found:
                scans[name] = found
    assert scans == {}
