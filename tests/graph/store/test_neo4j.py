"""What is Neo4j's own: the graph as people see it, what can go wrong with a server, and equal results."""

import os
import re
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import neo4j
import pytest
from hypothesis import HealthCheck, given, settings
from neo4j.exceptions import ClientError, ConfigurationError, ServiceUnavailable

from bench.stores_replay import Recorded, Statement
from graph.errors import BackendUnavailable, InvalidInput, StoreMismatch
from graph.model import Actor, ActorId, CodedArticle, EventQuery, Place, PlaceId, Precision
from graph.store import GraphStore, cypher, cypher_schema, neo4j_add, neo4j_store, open_store
from graph.store.neo4j_address import Address
from graph.store.neo4j_explained import explanation
from graph.store.neo4j_schema import SCHEMA_VERSION
from tests import neo4j_server
from tests.graph.made import AUSTRIA, KHARKIV, UKRAINE, VIENNA, Told, coded, days
from tests.graph.store.content import content, groups
from tests.graph.store.test_sqlite import some
from tests.graph.strategies import corpus

ROOT = Path(__file__).parents[3]


@pytest.fixture
def url(neo4j_url: str, empty_neo4j: Callable[[], None]) -> str:
    """Give the URL of an empty store."""
    empty_neo4j()
    return neo4j_url


@pytest.fixture
def store(url: str) -> Iterator[GraphStore]:
    """Give an empty Neo4j store."""
    with open_store(url) as opened:
        yield opened


@pytest.fixture
def ask(neo4j_url: str) -> Iterator[Callable[..., list[dict[str, Any]]]]:
    """Give a function that runs a query as anybody might, without our code."""
    with neo4j_server.driver(neo4j_url) as driver:
        yield lambda query, **values: [
            record.data() for record in driver.execute_query(query, values, database_="neo4j").records
        ]


def talks() -> list[CodedArticle]:
    story = " ".join(f"Sentence {n} tells of matter{n} and of matter{n + 1}." for n in range(14))
    told = Told(
        "CONSULT",
        "RUS",
        "IGO-OSCE",
        day=days("2022-01-13"),
        place=VIENNA,
        reciprocal=True,
        sentence=story.split(". ")[0],
    )
    return [
        coded("a1", told, text=story, title="Talks open", publisher="Herald"),
        coded(
            "a2",
            told,
            text=f"{story} By our staff.",
            publisher="Gazette",
            published="2022-01-15T00:00:00",
        ),
        coded("a3", Told("CONSULT", "IGO-OSCE", "RUS", day=days("2022-01-13"), place=AUSTRIA)),
    ]


def test_the_graph_reads_as_it_is_drawn(store: GraphStore, ask: Callable[..., Any]) -> None:
    store.add(talks())
    (event,) = ask(
        "MATCH (e:Event)-[:INITIATED_BY]->(one:Actor), (e)-[:DIRECTED_AT]->(other:Actor),"
        " (e)-[:AT]->(p:Place)-[:IN]->(c:Place)"
        " RETURN e.name AS name, e.type AS type, e.first_day AS first, e.mention_count AS mentions,"
        " one.name AS one, other.name AS other, p.name AS place, c.name AS country, p.location AS point"
    )
    assert event["name"] == "Russia ↔ OSCE · CONSULT"
    assert (event["type"], event["mentions"], event["one"], event["other"]) == (
        "CONSULT",
        3,
        "Russia",
        "OSCE",
    )
    assert isinstance(event["first"], neo4j.time.Date)
    assert event["first"].to_native().isoformat() == "2022-01-13"
    assert (event["place"], event["country"]) == ("Vienna", "Austria")
    assert (event["point"].longitude, event["point"].latitude) == (16.37, 48.21)
    told = ask(
        "MATCH (p:Publisher)<-[:PUBLISHED_BY]-(a:Article)-[:REPORTS]->(m:EventMention)-[of:OF]->(:Event),"
        " (m)-[i:NAMES_INITIATOR]->(one:Actor), (m)-[:NAMES_RECIPIENT]->(other:Actor),"
        " (m)-[:NAMES_PLACE]->(place:Place)"
        " RETURN p.name AS publisher, a.published AS published, one.id AS one, of.reason AS reason,"
        " m.quote AS quote, i.text AS text ORDER BY a.id"
    )
    assert [row["publisher"] for row in told] == ["Herald", "Gazette", "Example Herald"]
    assert [row["one"] for row in told] == ["RUS", "RUS", "IGO-OSCE"]
    assert told[0]["published"].to_native().isoformat() == "2022-01-14T09:00:00+00:00"
    assert told[0]["quote"].startswith("Sentence 0")
    assert told[1]["reason"].startswith("the same sentence in a copy")
    assert ask("MATCH (a:Article)-[:COPY_OF]->(b:Article) RETURN a.id AS a, b.id AS b") == [
        {"a": "a2", "b": "a1"}
    ]
    near = ask(
        "MATCH (p:Place) WHERE point.distance(p.location, point({latitude: 48.2, longitude: 16.4})) < 5000"
        " RETURN p.name AS name"
    )
    assert near == [{"name": "Vienna"}]
    words = ask("CALL db.index.fulltext.queryNodes('article_words', 'talks') YIELD node RETURN node.id AS id")
    assert words == [{"id": "a1"}]


def test_who_acted_on_whom_is_worked_out_and_never_stored(store: GraphStore, ask: Callable[..., Any]) -> None:
    store.add(talks())
    assert ask(cypher.ACTED_ON) == [{"initiator": "Russia", "recipient": "OSCE", "events": 1, "tone": 2.5}]
    assert ask("MATCH ()-[r:ACTED_ON]->() RETURN count(r) AS n") == [{"n": 0}]


def test_constraints_and_indexes_are_there(store: GraphStore, ask: Callable[..., Any]) -> None:
    found = ask("SHOW INDEXES YIELD name, type, state RETURN name, type, state")
    ours = {row["name"]: row["type"] for row in found if row["name"] in cypher_schema.OUR_NAMES}
    assert set(ours) == set(cypher_schema.OUR_NAMES)
    assert set(ours.values()) == {"RANGE", "FULLTEXT", "POINT"}
    assert all(row["state"] == "ONLINE" for row in found)
    assert ask("MATCH (s:DiurnaStore) RETURN s.schema AS schema") == [{"schema": SCHEMA_VERSION}]


def test_removing_everything_leaves_nothing(store: GraphStore, ask: Callable[..., Any]) -> None:
    for one in talks():
        store.add([one])
    for one in talks():
        assert store.remove_article(one.article.id)
    assert ask("MATCH (n) WHERE NOT n:DiurnaStore RETURN labels(n) AS labels") == []


def test_adding_again_writes_nothing(store: GraphStore, ask: Callable[..., Any]) -> None:
    store.add(talks())
    before = ask("MATCH (s:DiurnaStore) RETURN s.writes AS writes")
    assert store.add(talks()).unchanged == 3
    assert ask("MATCH (s:DiurnaStore) RETURN s.writes AS writes") == before


def test_names_follow_their_actors(store: GraphStore, ask: Callable[..., Any]) -> None:
    for number, name in enumerate(("Lavrov", "Sergey Lavrov", "Sergey Lavrov")):
        actor = Actor(ActorId("PER-lavrov"), name, aliases=(f"alias {number}",))
        day = days(f"2022-0{number + 1}-01")
        store.add([coded(f"a{number}", Told("ACCUSE", "PER-lavrov", "USA", day=day), actors=(actor,))])
    names = {row["name"] for row in ask("MATCH (e:Event) RETURN e.name AS name")}
    assert names == {"Sergey Lavrov → United States · ACCUSE"}


def test_places_lie_in_places_whatever_came_first(store: GraphStore, ask: Callable[..., Any]) -> None:
    def inside() -> dict[str, str]:
        rows = ask("MATCH (p:Place)-[:IN]->(o:Place) RETURN p.name AS place, o.name AS outer")
        return {row["place"]: row["outer"] for row in rows}

    kharkiv = coded("city", Told("ASSAULT", "RUS", "UKR", place=KHARKIV))
    ukraine = coded("land", Told("ASSAULT", "RUS", "UKR", place=UKRAINE))
    store.add([kharkiv])
    assert inside() == {}
    store.add([ukraine])
    assert inside() == {"Kharkiv": "Ukraine"}
    division = Place(PlaceId(706482), "Kharkiv", "UKR", 49.5, 36.5, Precision.ADMIN1)
    store.add([CodedArticle(ukraine.article, ukraine.mentions, ukraine.actors, (UKRAINE, division))])
    assert ask(
        "MATCH (:Place {id: 706483})-[:IN]->(d:Place)-[:IN]->(c:Place) RETURN d.id AS d, c.name AS c"
    ) == [{"d": 706482, "c": "Ukraine"}]
    store.remove_article("land")
    assert inside() == {}


@settings(
    max_examples=8,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
@given(articles=corpus(largest=6))
def test_both_stores_hold_the_same(
    neo4j_url: str, empty_neo4j: Callable[[], None], articles: list[CodedArticle]
) -> None:
    empty_neo4j()
    with open_store(neo4j_url) as ours, open_store("sqlite:///:memory:") as theirs:
        half = len(articles) // 2
        for some_articles in (articles[half:], articles[:half], articles):
            assert ours.add(some_articles) == theirs.add(some_articles)
        assert content(ours) == content(theirs)
        for gone in articles[::2]:
            assert ours.remove_article(gone.article.id) == theirs.remove_article(gone.article.id)
        assert content(ours) == content(theirs)


def test_two_writers_at_once_lose_nothing(url: str) -> None:
    articles = list(some(24))
    problems: list[BaseException] = []

    def write(part: list[CodedArticle]) -> None:
        try:
            with open_store(url) as store:
                for one in part:
                    store.add([one])
        except BaseException as error:
            problems.append(error)

    open_store(url).close()
    writers = [threading.Thread(target=write, args=(articles[n::2],)) for n in range(2)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert problems == []
    with open_store(url) as store, open_store("sqlite:///:memory:") as expected:
        expected.add(articles)
        assert groups(store) == groups(expected)
        assert store.actors(limit=None) == expected.actors(limit=None)


_INGEST = """
import sys
from graph.store import neo4j_store, open_store
from tests.graph.store.test_sqlite import some
neo4j_store.BATCH_SIZE = 21

def stream():
    for number, one in enumerate(some(2000)):
        if number and number % 7 == 0:
            print(number, flush=True)
        yield one

with open_store(sys.stdin.readline().strip()) as store:
    store.add(stream())
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs POSIX signals")
def test_a_killed_ingest_leaves_whole_articles(url: str) -> None:
    child = subprocess.Popen(
        [sys.executable, "-c", _INGEST], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert child.stdin is not None
    assert child.stdout is not None
    child.stdin.write(url + "\n")
    child.stdin.flush()
    for _ in range(3):
        child.stdout.readline()
    os.kill(child.pid, signal.SIGKILL)
    child.wait()
    child.stdin.close()
    child.stdout.close()
    expected = {one.article.id: one for one in some(2000)}
    with open_store(url) as store:
        found = [row.id for row in store.articles(limit=None)]
        assert found
        assert len(found) % 7 == 0
        for id in found:
            assert store.article(id) == expected[id]
        mentions = sum(len(event.mention_ids) for event in store.events(EventQuery()))
        assert mentions == 2 * len(found)


def test_a_transaction_that_fails_midway_leaves_nothing(
    store: GraphStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.add(talks()[:1])
    before = content(store)

    def broken(*given: object, **more: object) -> None:
        raise RuntimeError("in the middle")

    with monkeypatch.context() as patch:
        patch.setattr("graph.store.neo4j_events.EventWriter.settle", broken)
        with pytest.raises(RuntimeError):
            store.add(talks()[1:])
        with pytest.raises(RuntimeError):
            store.remove_article("a1")
    assert content(store) == before
    assert store.add(talks()).added == 2


def test_copies_are_searched_before_anything_is_deleted(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    # A full-text search misses nodes that have the number of a relationship deleted before it: one in sixty
    # times a copy of an article that was put in again was not found.
    sentences = [f"The envoy{n} went from place{n} to place{n + 1} by road{n} at once." for n in range(9)]
    copy = coded("copy", text=" ".join(sentences), published=None)
    monkeypatch.setattr(neo4j_add, "MOST_ARTICLES", -1)  # who remembers the store does not search it
    early, whole = (coded("first", text=" ".join(sentences[:n]), published="2022-01-01") for n in (6, 9))
    told: list[Sequence[Statement]] = []
    with Recorded(url, told.append) as store:
        store.add([copy, early])
        told.clear()
        store.add([whole])
        assert store.copies("first") == ["first", "copy"]
        sent = [query for transaction in told for query, _ in transaction]
    assert sent.index(cypher.FIND_SKETCHES) < sent.index(cypher.DELETE_ARTICLES)
    writing = re.compile(r"\b(CREATE|MERGE|SET|DELETE)\b")
    assert [q for q in sent[: sent.index(cypher.FIND_SKETCHES)] if writing.search(q)] == [cypher_schema.LOCK]


def test_another_versions_store_is_left_untouched(url: str, ask: Callable[..., Any]) -> None:
    open_store(url).close()
    try:
        for version, word in ((SCHEMA_VERSION + 1, "newer"), (0, "older")):
            ask("MATCH (s:DiurnaStore) SET s.schema = $version", version=version)
            for read_only in (False, True):
                with pytest.raises(StoreMismatch, match=f"{word} Diurna.*Nothing was changed"):
                    open_store(url, read_only=read_only)
            found = ask("MATCH (n) RETURN labels(n) AS labels, n.schema AS schema")
            assert found == [{"labels": ["DiurnaStore"], "schema": version}]
    finally:
        ask("MATCH (s:DiurnaStore) SET s.schema = $version", version=SCHEMA_VERSION)


def test_another_programs_graph_is_left_untouched(url: str, ask: Callable[..., Any]) -> None:
    ask("MATCH (n) DETACH DELETE n")
    ask("CREATE (:Precious {thing: 1})")
    try:
        for read_only in (False, True):
            with pytest.raises(StoreMismatch, match="another program's graph.*Nothing was changed"):
                open_store(url, read_only=read_only)
        assert ask("MATCH (n) RETURN labels(n) AS labels") == [{"labels": ["Precious"]}]
    finally:
        ask("MATCH (n:Precious) DELETE n")


def test_an_empty_database_opened_to_be_read_says_so(url: str, ask: Callable[..., Any]) -> None:
    ask("MATCH (n) DETACH DELETE n")
    with pytest.raises(StoreMismatch, match="ingest something first"):
        open_store(url, read_only=True)
    assert ask("MATCH (n) RETURN n") == []


def test_a_read_only_store_refuses_to_be_written(store: GraphStore, url: str) -> None:
    store.add(talks())
    with open_store(url, read_only=True) as reader:
        assert reader.read_only
        assert content(reader) == content(store)
        for write in (
            lambda: reader.add(talks()),
            lambda: reader.remove_article("a1"),
            lambda: reader.undo("RUS", "USA"),
        ):
            with pytest.raises(InvalidInput, match="read only"):
                write()


def test_a_wrong_password_says_so_and_is_not_repeated(neo4j_url: str) -> None:
    address = Address.of(neo4j_url)
    host = address.target.partition("://")[2]
    with pytest.raises(BackendUnavailable, match="does not accept") as caught:
        open_store(f"bolt://neo4j:wrong-secret@{host}")
    assert "wrong-secret" not in str(caught.value)
    with pytest.raises(BackendUnavailable, match="asks for a name and a password"):
        open_store(f"bolt://{host}")
    with pytest.raises(BackendUnavailable, match="no such database"):
        open_store(f"{neo4j_url}/elsewhere")


def test_the_url_does_not_show_the_password(store: GraphStore, neo4j_url: str) -> None:
    address = Address.of(neo4j_url)
    assert address.password
    assert address.password not in store.url
    assert store.url == address.shown


def test_a_server_that_goes_away_says_what_to_do(store: GraphStore, monkeypatch: pytest.MonkeyPatch) -> None:
    def gone(*given: object, **more: object) -> None:
        raise ServiceUnavailable("connection lost")

    monkeypatch.setattr("neo4j.Session.execute_read", gone)
    with pytest.raises(BackendUnavailable, match="start it"):
        store.statistics()


def test_batches_are_whole_articles(store: GraphStore, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(neo4j_store, "BATCH_SIZE", 6)
    report = store.add(some(5))
    assert (report.added, report.mentions, store.statistics().articles) == (5, 10, 5)


# --- what needs no server ----------------------------------------------------------------------------------


@pytest.mark.parametrize("scheme", ["neo4j", "bolt"])
def test_no_server_says_what_to_start(scheme: str) -> None:
    with pytest.raises(BackendUnavailable, match="docker compose up") as caught:
        open_store(f"{scheme}://neo4j:secret-word@127.0.0.1:1")
    assert "secret-word" not in str(caught.value)


@pytest.mark.parametrize(
    "url",
    [
        "neo4j:localhost",
        "bolt://",
        "neo4j://user:secret-word@",
        "neo4j://u:secret-word@host:port",
        "bolt://u:secret-word@h/a/b",
        "bolt://u:secret-word@h?x=1",
    ],
)
def test_urls_that_name_no_server(url: str) -> None:
    with pytest.raises(InvalidInput, match="://user:password@localhost:7687") as caught:
        open_store(url)
    assert "secret-word" not in str(caught.value)


def test_a_urls_parts() -> None:
    address = Address.of("neo4j+s://ana:p%40ss%3Aword@db.example.org/news")
    assert address.target == "neo4j+s://db.example.org:7687"
    assert (address.user, address.password, address.database) == ("ana", "p@ss:word", "news")
    assert address.shown == "neo4j+s://ana@db.example.org:7687/news"
    assert Address.of("bolt://[::1]").target == "bolt://[::1]:7687"
    assert Address.of("bolt://[::1]").user is None


@pytest.mark.parametrize(
    ("code", "message"),
    [
        ("Neo.ClientError.General.ForbiddenOnReadOnlyDatabase", "server.databases.read_only"),
        ("Neo.ClientError.Statement.AccessMode", "read only"),
        ("Neo.ClientError.Security.CredentialsExpired", "ALTER CURRENT USER"),
        ("Neo.ClientError.Security.AuthenticationRateLimit", "wait a few seconds"),
        ("Neo.TransientError.General.MemoryPoolOutOfMemoryError", "heap.max_size"),
        ("Neo.ClientError.Statement.SyntaxError", "cannot be used"),
    ],
)
def test_errors_of_the_server_say_what_to_do(code: str, message: str) -> None:
    error = ClientError._hydrate_neo4j(code=code, message="said the server")
    assert message in explanation(error, Address.of("bolt://u:p@h"))


def test_two_modules_know_the_driver() -> None:
    found = {
        path.name
        for package in ("graph", "ingest", "app")
        for path in (ROOT / package).rglob("*.py")
        if re.search(r"^\s*(import|from) neo4j\b", path.read_text(encoding="utf-8"), re.MULTILINE)
    }
    assert found == {"neo4j_connection.py", "neo4j_explained.py"}


def test_an_old_server_is_told_apart() -> None:
    assert "5.7 or newer" in explanation(ConfigurationError("notifications"), Address.of("bolt://h"))
