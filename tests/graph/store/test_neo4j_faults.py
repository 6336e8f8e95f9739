"""What can go wrong with a Neo4j server, made to go wrong: outages, lost commits, wrong addresses, bounds."""

import contextlib
import json
import os
import re
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from graph.errors import BackendUnavailable, InvalidInput
from graph.model import CodedArticle, EventQuery
from graph.store import GraphStore, Verdict, neo4j_connection, neo4j_explained, open_store
from graph.store.neo4j_address import Address
from graph.store.neo4j_connection import Connection
from graph.store.neo4j_events import EventWriter
from graph.store.neo4j_schema import clear
from graph.store.neo4j_store import Neo4jStore
from tests import neo4j_server
from tests.graph.made import Told, coded, days
from tests.graph.store.conftest import BATCH
from tests.graph.store.content import content
from tests.graph.store.relay import relayed
from tests.graph.store.test_sqlite import some

ROOT = Path(__file__).parents[3]
LEFT = "(no Neo4j answers .* start it|is starting or stopping: try again).* not written twice"
AN_HOUR = "UNWIND range(1, 2000000000) AS x WITH x WHERE x % 7 = 8 RETURN count(x)"


@pytest.fixture
def url(neo4j_url: str, empty_neo4j: Callable[[], None]) -> str:
    """Give the URL of an empty store."""
    empty_neo4j()
    return neo4j_url


@pytest.fixture
def home(neo4j_url: str) -> Iterator[neo4j_server.Home]:
    """Give what stops and starts the server; it runs as usual afterwards."""
    try:
        found = neo4j_server.home_of(neo4j_url)
    except neo4j_server.NoNeo4j as reason:
        pytest.skip(str(reason))
    yield found
    if not found.runs_as_usual:
        found.stop()
        found.start_again()


def articles() -> list[CodedArticle]:
    """Return articles that are linked with each other within and across batches, with reprints."""
    found = list(some(18))
    for one in found[::6]:
        told = Told("AID", "USA", "UKR", day=days("2022-01-20"), sentence=one.article.text.split(". ")[0])
        text = f"{one.article.text} By our staff."
        found.append(coded(f"{one.article.id}-reprint", told, text=text, publisher="Gazette"))
    return found


def expected(added: list[CodedArticle]) -> dict[str, Any]:
    """Return what a store holds to which nothing happened."""
    with open_store("sqlite:///:memory:") as store:
        store.add(added)
        return content(store)


def graph(url: str) -> list[str]:
    """Return every node and relationship, whatever the store's own reading makes of them."""
    nodes = "MATCH (n) WHERE NOT n:DiurnaStore RETURN labels(n) AS labels, properties(n) AS has"
    name = "labels({0}) + coalesce({0}.id, {0}.name)"
    edges = (
        f"MATCH (a)-[r]->(b) RETURN {name.format('a')} AS start, type(r) AS type, properties(r) AS has,"
        f" {name.format('b')} AS end"
    )
    with neo4j_server.driver(url) as driver:
        rows = [
            record.data()
            for query in (nodes, edges)
            for record in driver.execute_query(query, database_="neo4j").records
        ]
    for row in rows:
        if row.get("type") == "SAME_TEXT":
            row["start"], row["end"] = sorted((row["start"], row["end"]))
    return sorted(json.dumps(row, sort_keys=True, default=str) for row in rows)


def added_at_once(url: str) -> list[str]:
    """Return the graph of all articles when nothing happens to it; the store is empty afterwards."""
    with contextlib.closing(Connection(Address.of(url), read_only=False)) as connection:
        clear(connection)
        with open_store(url) as store:
            store.add(articles())
        found = graph(url)
        clear(connection)
    return found


# --- the server goes away ----------------------------------------------------------------------------------


@pytest.mark.timeout(1200)
def test_an_ingest_outlasts_a_restart_and_an_outage(
    url: str,
    home: neo4j_server.Home,
    small_batches: None,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    untroubled = added_at_once(url)
    monkeypatch.setattr(neo4j_connection, "RETRY_SECONDS", 900.0)
    settle = EventWriter.settle
    starting = threading.Thread(target=home.start_again)
    outages: list[str] = []

    def stream() -> Iterator[CodedArticle]:
        for number, one in enumerate(articles()):
            if number == BATCH + 1:
                home.stop()
                home.start_again()
                outages.append("restarted between two transactions")
            if number == 3 * BATCH:
                monkeypatch.setattr(EventWriter, "settle", killing)
            yield one

    def killing(*given: Any, **more: Any) -> tuple[int, int]:
        if len(outages) == 1:
            outages.append("killed in the middle of a transaction")
            home.stop(kill=True)
            starting.start()
        return settle(*given, **more)

    with open_store(url) as store:
        report = store.add(stream())
        starting.join()
        assert len(outages) == 2
        assert "will be retried" in caplog.text
        assert (report.added, report.unchanged) == (len(articles()), 0)
        assert content(store) == expected(articles())
        assert store.add(articles()).unchanged == len(articles())
    assert graph(url) == untroubled


@pytest.mark.timeout(1200)
def test_an_ingest_that_the_server_leaves_says_so_and_goes_on_later(
    url: str, home: neo4j_server.Home, small_batches: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    untroubled = added_at_once(url)

    def stream() -> Iterator[CodedArticle]:
        for number, one in enumerate(articles()):
            if number == 2 * BATCH:
                home.stop()
            yield one

    monkeypatch.setattr(neo4j_connection, "RETRY_SECONDS", 1.0)
    with open_store(url) as store:
        begun = time.monotonic()
        with pytest.raises(BackendUnavailable, match=LEFT) as told:
            store.add(stream())
        assert time.monotonic() - begun < 120
    assert str(Address.of(url).password) not in str(told.value)
    with pytest.raises(BackendUnavailable, match="no Neo4j answers"):
        open_store(url)
    # It comes back, but takes nothing in.
    home.start_again(settings="server.databases.read_only=neo4j\n")
    monkeypatch.setattr(neo4j_connection, "RETRY_SECONDS", 300.0)
    with open_store(url) as store:
        kept = store.statistics().articles
        assert kept in (BATCH, 2 * BATCH)
        half = expected(articles()[:kept])
        assert content(store) == half
        begun = time.monotonic()
        for write in (lambda: store.add(articles()), lambda: store.remove_article("a0000")):
            with pytest.raises(BackendUnavailable, match=r"is read only.*server\.databases\.read_only"):
                write()
        assert time.monotonic() - begun < 60
    with open_store(url, read_only=True) as store:
        assert content(store) == half
    # And now it does.
    home.stop()
    home.start_again()
    with open_store(url) as store:
        report = store.add(articles())
        assert (report.added, report.unchanged) == (len(articles()) - kept, kept)
        assert content(store) == expected(articles())
    assert graph(url) == untroubled


@pytest.mark.parametrize("committed", [True, False], ids=["done", "not-done"])
def test_a_lost_commit_is_made_sure_of(url: str, small_batches: None, committed: bool) -> None:
    with relayed(url) as (through, relay), open_store(through) as store:
        for part in range(2):
            relay.lose(committed=committed)
            own = articles()[part::2]
            report = store.add(own)
            assert (relay.lost, report.added, report.unchanged) == (part + 1, len(own), 0)
        assert content(store) == expected(articles())
        relay.lose(committed=committed)
        assert store.remove_article("a0003")
        assert not store.remove_article("a0003")
        relay.lose(committed=committed, reading=True)
        assert store.statistics().articles == len(articles()) - 1
        relay.lose(committed=committed)
        store.judge("USA", "UKR", Verdict.DIFFERENT)
        relay.lose(committed=committed)
        assert store.undo("USA", "UKR")
        assert (relay.lost, store.judgements()) == (6, [])


# --- the wrong address -------------------------------------------------------------------------------------


@pytest.fixture
def stranger() -> Iterator[Callable[[bytes | None], int]]:
    """Give a function that starts a server which is no Neo4j and returns its port.

    It answers whatever is said to it with some bytes and closes; with ``None`` it never answers.
    """
    opened: list[socket.socket] = []

    def start(answer: bytes | None) -> int:
        listening = socket.create_server(("127.0.0.1", 0))
        opened.append(listening)

        def serve() -> None:
            while True:
                try:
                    client, _ = listening.accept()
                    opened.append(client)
                    if answer is not None:
                        client.recv(100)
                        client.sendall(answer)
                        client.close()
                except OSError:
                    return

        threading.Thread(target=serve, daemon=True).start()
        return int(listening.getsockname()[1])

    yield start
    for one in opened:
        one.close()


STRANGERS = {
    "closes": (b"", "no Neo4j answers"),
    "web": (b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n", "no Neo4j answers"),
    "ssh": (b"SSH-2.0-OpenSSH_9.6\r\n", "is no Neo4j of version 5.7 or newer"),
    "babble": (b"\x00\x00\x04\x05\x00\x02\x81a\x00\x00", "is no Neo4j of version 5.7 or newer"),
    "silent": (None, "no Neo4j answers"),
}


@pytest.mark.parametrize("scheme", ["bolt", "neo4j"])
@pytest.mark.parametrize("name", STRANGERS)
def test_a_server_that_is_no_neo4j(
    stranger: Callable[[bytes | None], int], monkeypatch: pytest.MonkeyPatch, name: str, scheme: str
) -> None:
    monkeypatch.setattr(neo4j_connection, "CONNECT_SECONDS", 1.0)
    answer, message = STRANGERS[name]
    address = f"127.0.0.1:{stranger(answer)}"
    begun = time.monotonic()
    with pytest.raises(BackendUnavailable, match=f"{message}.*correct host and port") as told:
        open_store(f"{scheme}://neo4j:secret-word@{address}")
    assert time.monotonic() - begun < 20
    assert address in str(told.value)
    assert "secret-word" not in str(told.value)


def test_a_host_that_is_not_known() -> None:
    begun = time.monotonic()
    with pytest.raises(BackendUnavailable, match="neo4j@no-such-host.invalid:7687: no computer") as told:
        open_store("neo4j://neo4j:secret-word@no-such-host.invalid")
    assert time.monotonic() - begun < 60
    assert "secret-word" not in str(told.value)


def test_encryption_that_the_server_has_not_is_hinted_at(stranger: Callable[[bytes | None], int]) -> None:
    with pytest.raises(BackendUnavailable, match=r"no Neo4j answers.*\+s if the server has no certificate"):
        open_store(f"bolt+s://neo4j:secret-word@127.0.0.1:{stranger(b'')}")


@pytest.mark.parametrize(
    "url",
    [
        "neo4j://neo4j:mellon/friend@localhost",
        "neo4j://neo4j:x@mellon/friend@localhost",
        "neo4j://neo4j:mellon#friend@localhost",
        "neo4j://neo4j:mellon?friend@localhost",
        "neo4j://neo4j:mellon-friend@host..name",
        f"neo4j://neo4j:mellon-friend@{'a' * 70}.example",
        "noe4j://neo4j:mellon-friend@localhost",
        "neo4j+x://neo4j:mellon-friend@localhost",
        "://neo4j:mellon-friend@localhost",
    ],
)
def test_a_url_that_is_wrong_is_not_repeated_with_its_password(url: str) -> None:
    with pytest.raises((InvalidInput, BackendUnavailable)) as told:
        open_store(url)
    assert not re.search(r"mellon|friend", str(told.value))


def run_info(url: str) -> tuple[int, str]:
    """Run ``diurna info`` on a store; return its exit status and what it says on standard error."""
    done = subprocess.run(
        [sys.executable, "-c", "from app.cli import main; main()", "info", "--store", url],
        cwd=ROOT,
        capture_output=True,
        text=True,
        env={**os.environ, "COLUMNS": "1000"},
    )
    return done.returncode, done.stderr


def test_the_command_line_says_it_in_one_line() -> None:
    status, said = run_info("bolt://neo4j:secret-word@127.0.0.1:1")
    assert (status, said.count("\n")) == (1, 1)
    assert said.startswith("diurna: no Neo4j answers at bolt://neo4j@127.0.0.1:1: start it")


def test_the_command_line_does_not_repeat_a_wrong_password(neo4j_url: str) -> None:
    host = neo4j_url.rpartition("@")[2]
    status, said = run_info(f"bolt://ana:secret-word@{host}")
    assert (status, said.count("\n")) == (1, 1)
    assert said.startswith(f"diurna: bolt://ana@{host} does not accept this name and password: check them")
    status, said = run_info(f"bolt://{host}")
    assert (status, said.count("\n")) == (1, 1)
    assert f"bolt://{host} asks for a name and a password: write bolt://user:password@" in said


# --- bounds of time ----------------------------------------------------------------------------------------


def test_a_read_of_the_stores_own_is_stopped(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with Neo4jStore(url) as store:
        store.add(some(3))
        before = store.statistics()
        with monkeypatch.context() as patch:
            patch.setattr(neo4j_explained, "READ_SECONDS", 0.5)
            with pytest.raises(BackendUnavailable, match=r"worked longer than 0\.5 seconds.*stopped"):
                store._connection.read(lambda run: run(AN_HOUR))
        assert store.statistics() == before
        assert store.add(some(5)).added == 2


def test_a_query_that_is_stopped_leaves_nothing_running(url: str) -> None:
    with open_store(url) as store:
        store.add(some(3))
        with pytest.raises(InvalidInput, match="ran longer than 1 seconds and was stopped"):
            store.cypher.run(AN_HOUR, timeout=1)
        assert store.add(some(5)).added == 2
        assert store.cypher.run("MATCH (a:Article) RETURN count(a)").rows == ((5,),)
    with neo4j_server.driver(url) as driver:
        running = driver.execute_query("SHOW TRANSACTIONS YIELD currentQuery RETURN currentQuery").records
    assert not any("2000000000" in str(row["currentQuery"]) for row in running)


# --- two writers -------------------------------------------------------------------------------------------


def test_two_that_open_and_fill_a_new_database_double_nothing(url: str, small_batches: None) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(neo4j_connection, "RETRY_SECONDS", 240.0)
        with contextlib.closing(Connection(Address.of(url), read_only=False)) as connection:
            clear(connection, forget=True)
        together = threading.Barrier(2)
        reports: list[Any] = []
        problems: list[BaseException] = []

        def write(own: list[CodedArticle]) -> None:
            try:
                together.wait()
                with open_store(url) as store:
                    reports.append(store.add(own))
            except BaseException as error:
                problems.append(error)

        orders = (articles(), articles()[::-1])
        writers = [threading.Thread(target=write, args=(order,)) for order in orders]
        for writer in writers:
            writer.start()
        for writer in writers:
            writer.join()
    assert problems == []
    assert sum(report.added for report in reports) == len(articles())
    assert sum(report.unchanged for report in reports) == len(articles())
    with open_store(url) as store:
        assert content(store) == expected(articles())
    found = graph(url)
    assert len(found) == len(set(found))
    assert found == added_at_once(url)


def test_one_removes_what_another_adds(url: str, small_batches: None) -> None:
    with open_store(url) as one, open_store(url) as other:
        one.add(articles())
        problems: list[BaseException] = []

        def work(store: GraphStore, first: int) -> None:
            try:
                for coded_article in articles()[first::8]:
                    store.remove_article(coded_article.article.id)
                    store.add([coded_article])
            except BaseException as error:
                problems.append(error)

        workers = [
            threading.Thread(target=work, args=(store, first)) for first, store in enumerate((one, other))
        ]
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join()
        assert problems == []
        assert content(one) == content(other) == expected(articles())
        assert sum(len(event.mention_ids) for event in one.events(EventQuery())) == sum(
            len(coded_article.mentions) for coded_article in articles()
        )
