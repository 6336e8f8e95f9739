"""The folder for ``neo4j-admin database import``: what the real tool makes of it, and what is refused."""

import csv
import gc
import gzip
import io
import os
import tracemalloc
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from itertools import islice
from pathlib import Path
from typing import Any

import pytest

from graph.errors import BackendUnavailable, InvalidInput, StoreMismatch
from graph.export import FOLDER_EXPORTERS, ExportOptions, ExportReport, export, neo4j_import, neo4j_scratch
from graph.export.neo4j_csv import DELIMITERS, NODES, RELATIONSHIPS
from graph.linking import happenings, likeness, relink
from graph.model import (
    Actor,
    ActorId,
    CodedArticle,
    DateRange,
    DayBasis,
    EventQuery,
    Place,
    PlaceId,
    Precision,
    Quantity,
)
from graph.store import (
    GraphStore,
    Verdict,
    cypher,
    cypher_schema,
    neo4j_rows,
    open_store,
    rows,
    sqlite_store,
    sqlite_units,
)
from graph.store.copying import copy_store
from graph.store.neo4j_address import Address
from graph.store.neo4j_connection import Connection
from graph.store.neo4j_schema import clear
from tests import neo4j_server
from tests.app.gold_store import gold_articles
from tests.graph.export.conftest import Shelf
from tests.graph.made import KHARKIV, UKRAINE, Told, coded, days
from tests.graph.store.content import content
from tests.graph.store.test_copying import judged, some

ODD = 'He said "no", then\nleft;\r\nthe \\ path\\" \t\u2028 ended \x1f\x00 with "" 😀, Žižek — "'
LAST = date(9999, 12, 31)


def odd() -> list[CodedArticle]:
    """Return articles with everything that a CSV file could spoil."""
    told = Told(
        "ASSAULT",
        "RUS NAM-odd",
        "",
        day=DateRange(date(1, 1, 1), date(999, 2, 3), DayBasis.STATED, 'in "the\nyear" 1'),
        place=KHARKIV,
        sentence=ODD,
        quantities=(Quantity('dead; or "lost"', 1, float("inf")),),
        mode="",
        coder="",
    )
    whole = Told("AID", "USA", "UKR", day=DateRange(LAST, LAST), sentence="The long one tells it.", score=1)
    long = f"{'long' * 1250} " * 900
    names = Actor(ActorId("NAM-odd"), ' "Odd", Jr.\n', aliases=("a;b", 'c,"d"', "e|f", " ", "ö\n"))
    one = coded(
        "odd;1", told, text=f"{ODD} And more.", title="", publisher=' "The; Daily, News" ', actors=[names]
    )
    article = replace(
        one.article,
        published=datetime(2022, 3, 1, 1, 2, 3, 4567, tzinfo=timezone(timedelta(hours=5, minutes=45))),
        url="https://news.example/?a=b,c;d",
        file="",
    )
    mention = replace(one.mentions[0], contexts=("x;y", "", "z\n"), cameo="", rule="")
    nowhere = Place(PlaceId(-7), 'Nowhere,\n"there"', None)
    beyond = Place(PlaceId(-8), "Beyond", "UKR", 91.0, 0.0, Precision.EXACT)
    division = Place(PlaceId(-9), "Kharkiv", "UKR", -0.0, 1e-7, Precision.ADMIN1)
    return [
        CodedArticle(article, (mention,), one.actors, (KHARKIV, UKRAINE, nowhere, beyond, division)),
        coded("long", whole, text=f"The long one tells it. {long}", publisher=None, published=None),
        coded("quiet", publisher="Herald", published=None),
    ]


def chain() -> list[CodedArticle]:
    """Return prints of which the second is a copy of both others, and these not of each other."""

    def words(first: int, last: int) -> str:
        return " ".join(f"Word{n}" for n in range(first, last))

    statement = Told("PROTEST", "UKR-CVL", "UKR", day=days("2022-06-01"), sentence="Word150 Word151")
    return [
        coded(
            f"chain{n}", statement, text=words(75 * n, 75 * n + 200), published=f"2022-06-0{3 - n}T00:00:00"
        )
        for n in (0, 1, 2)
    ]


@pytest.fixture(scope="module")
def source() -> Iterator[GraphStore]:
    """Give a store of the example corpus, reprints, judgements and what a CSV file could spoil."""
    with open_store("sqlite:///:memory:") as store:
        store.add(islice(gold_articles(), 12))
        store.add([*some(), *chain(), *odd()])
        judged(store)
        store.judge("USA", "NAM-odd", Verdict.UNSURE, at=datetime(2022, 1, 1, tzinfo=UTC))
        yield store


@pytest.fixture(scope="module")
def small() -> Iterator[GraphStore]:
    """Give a store with few articles."""
    with open_store("sqlite:///:memory:") as store:
        store.add(some())
        judged(store)
        yield store


def fill(store: GraphStore, folder: Path, **more: Any) -> ExportReport:
    return export(store, EventQuery(), format="neo4j-import", out=folder, **more)


# --- with the real tool ------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def folder(source: GraphStore, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the folder that the store was written to."""
    made: Path = tmp_path_factory.mktemp("export") / "for neo4j"
    fill(source, made)
    return made


@pytest.fixture(scope="module")
def imported(folder: Path) -> Iterator[str]:
    """Give the URL of the database that ``neo4j-admin`` made of the folder."""
    server = neo4j_server.imported(folder)
    try:
        url = server.__enter__()
    except neo4j_server.NoNeo4j as reason:
        pytest.skip(f"no Neo4j: {reason}")
    try:
        yield url
    finally:
        server.__exit__(None, None, None)


def everything(url: str) -> dict[str, Counter[Any]]:
    """Return all nodes and relationships with their labels, properties and the types of these."""
    values = "[k IN keys(x) | [k, valueType(x[k]), x[k]]]"

    def plain(rows: list[list[Any]]) -> frozenset[tuple[str, str, str]]:
        # A point's and a time's words name its type and all of its value.
        return frozenset((key, kind, repr(value)) for key, kind, value in rows)

    with neo4j_server.driver(url) as driver:
        nodes = {
            record["id"]: (tuple(record["labels"]), plain(record["values"]))
            for record in driver.execute_query(
                f"MATCH (x) RETURN elementId(x) AS id, labels(x) AS labels, {values} AS values"
            ).records
        }
        relationships = Counter(
            (record["type"], nodes[record["one"]], nodes[record["other"]], plain(record["values"]))
            for record in driver.execute_query(
                "MATCH (a)-[x]->(b) RETURN type(x) AS type, elementId(a) AS one, elementId(b) AS other,"
                f" {values} AS values"
            ).records
        )
    ours = Counter(node for node in nodes.values() if node[0] != ("DiurnaStore",))
    return {"nodes": ours, "relationships": relationships}


def ask(url: str, query: str) -> list[dict[str, Any]]:
    with neo4j_server.driver(url) as driver:
        return [record.data() for record in driver.execute_query(query).records]


@pytest.mark.timeout(3000)
def test_the_import_is_what_a_copy_would_have_made(
    source: GraphStore, folder: Path, imported: str, caplog: pytest.LogCaptureFixture
) -> None:
    # Before Diurna has opened it there are no indexes, and a reader does not make them.
    with pytest.raises(StoreMismatch, match="finish.cypher"):
        open_store(imported, read_only=True)
    with open_store(imported) as store:
        assert "has no indexes yet" in caplog.text
        assert content(store) == content(source)
    caplog.clear()
    indexes = ask(imported, "SHOW INDEXES YIELD name, state WHERE state = 'ONLINE' RETURN name")
    assert set(cypher_schema.OUR_NAMES) <= {row["name"] for row in indexes}
    (mark,) = ask(imported, "MATCH (s:DiurnaStore) RETURN s")
    assert mark["s"].keys() == {"name", "schema", "writes", "created"}
    with open_store(imported, read_only=True) as store:
        assert caplog.text == ""
        assert [row.id for row in store.articles(text="zizek")] == ["odd;1"]
        query = EventQuery(text="zizek")
        assert len(list(store.events(query))) == 1
        assert list(store.events(query)) == list(source.events(query))
        assert store.count_events(EventQuery(country="UKR")) == source.count_events(EventQuery(country="UKR"))
    assert ask(imported, cypher.ACTED_ON)
    found = everything(imported)

    # Taking an article out and putting it back finds all that linking needs.
    with open_store(imported) as store:
        again = source.article("a0")
        assert again is not None
        assert store.remove_article("a0")
        assert store.add([again]).added == 1
        assert content(store) == content(source)

    # The same server, emptied and filled by diurna copy.
    connection = Connection(Address.of(imported), read_only=False)
    clear(connection)
    connection.close()
    with open_store(imported) as store:
        copy_store(source, store)
    copied = everything(imported)
    for kind in ("nodes", "relationships"):
        assert found[kind] - copied[kind] == Counter()
        assert copied[kind] - found[kind] == Counter()
    assert {labels for labels, _ in found["nodes"]} == {(label,) for label in NODES if label != "DiurnaStore"}
    assert {row[0] for row in found["relationships"]} == set(RELATIONSHIPS)


# --- without it --------------------------------------------------------------------------------------------


def test_nothing_is_overwritten_and_an_empty_folder_is_filled(small: GraphStore, tmp_path: Path) -> None:
    taken = tmp_path / "taken"
    taken.mkdir()
    (taken / "mine.txt").write_text("mine")
    with pytest.raises(InvalidInput, match="is not empty"):
        fill(small, taken)
    with pytest.raises(InvalidInput, match="is a file"):
        fill(small, taken / "mine.txt")
    with pytest.raises(InvalidInput, match="there is no directory"):
        fill(small, tmp_path / "no" / "folder")
    assert [file.name for file in taken.iterdir()] == ["mine.txt"]
    free = tmp_path / "free"
    free.mkdir()
    report = fill(small, free)
    assert report.written["articles"] == 5
    assert report.bytes == sum(file.stat().st_size for file in free.iterdir())
    assert "neo4j-admin database import full neo4j" in report.next_steps
    assert os.access(free / "import.sh", os.X_OK)
    assert sorted(found.name for found in tmp_path.iterdir()) == ["free", "taken"]
    names = {f"nodes-{label}.csv" for label in NODES} | {
        f"relationships-{type}.csv" for type in RELATIONSHIPS
    }
    assert {file.name for file in free.iterdir()} == names | {"import.sh", "finish.cypher"}
    for name in names:
        assert name in report.next_steps
        assert name in (free / "import.sh").read_text()


def test_a_part_of_a_store_is_refused(small: GraphStore, shelf: Shelf, tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    for query in (EventQuery(types=("AID",)), EventQuery(limit=3)):
        with pytest.raises(InvalidInput, match="whole store"):
            export(small, query, format="neo4j-import", out=folder)
    with pytest.raises(InvalidInput, match="quotes"):
        fill(small, folder, options=ExportOptions(quote_length=0))
    with pytest.raises(InvalidInput, match="folder"):
        export(small, EventQuery(), format="neo4j-import", out=io.BytesIO())
    with pytest.raises(InvalidInput, match="whole store"):
        export(shelf, EventQuery(), format="neo4j-import", out=folder)
    assert not list(tmp_path.iterdir())


def test_ctrl_c_leaves_nothing_and_progress_counts_articles_and_events(
    small: GraphStore, tmp_path: Path
) -> None:
    told: list[tuple[int, int]] = []
    fill(small, tmp_path / "whole", progress=lambda done, total: told.append((done, total)))
    total = small.statistics().articles + small.statistics().events
    assert told == [(number, total) for number in range(1, total + 1)]

    def stop(done: int, total: int) -> None:
        if done == total:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fill(small, tmp_path / "half", progress=stop)
    assert [found.name for found in tmp_path.iterdir()] == ["whole"]


def test_equal_stores_give_equal_bytes_and_pages_do_not_matter(
    small: GraphStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(small, tmp_path / "one")
    fill(small, tmp_path / "packed", options=ExportOptions(compress=True))
    monkeypatch.setattr(neo4j_import, "PAGE", 2)
    with open_store("sqlite:///:memory:") as other:
        for one in reversed(some()):
            other.add([one])
        judged(other)
        fill(other, tmp_path / "other")
    for file in (tmp_path / "one").iterdir():
        assert (tmp_path / "other" / file.name).read_bytes() == file.read_bytes()
        if file.suffix == ".csv":
            packed = (tmp_path / "packed" / f"{file.name}.gz").read_bytes()
            assert gzip.decompress(packed) == file.read_bytes()
    assert "=nodes-Article.csv.gz" in (tmp_path / "packed" / "import.sh").read_text()


def test_an_empty_text_differs_from_none(small: GraphStore, tmp_path: Path) -> None:
    fill(small, tmp_path / "folder")
    with (tmp_path / "folder" / "nodes-Article.csv").open(encoding="utf-8", newline="") as lines:
        rows = {row["id:string"]: row for row in csv.DictReader(lines)}
    assert rows.keys() == {row.id for row in small.articles()}
    assert rows["a3"]["publisher:string"] == rows["a3"]["published:datetime"] == ""
    judgements = (tmp_path / "folder" / "nodes-Judgement.csv").read_text().splitlines()
    assert (
        judgements[0] == "left:string,right:string,verdict:string,judge:string,at:datetime,at_as_given:string"
    )
    assert '"RUS","RUS-MIL","same","ana",2022-05-01T09:30:00+00:00,"2022-05-01T12:30:00+03:00"' in judgements
    small.judge("IGO-A", "IGO-B", Verdict.UNSURE, at=datetime(2022, 1, 1, tzinfo=UTC))
    try:
        fill(small, tmp_path / "again")
        assert '"IGO-A","IGO-B","unsure","",' in (tmp_path / "again" / "nodes-Judgement.csv").read_text()
    finally:
        small.undo("IGO-A", "IGO-B")


def aliased(*aliases: str) -> CodedArticle:
    actor = Actor(ActorId("NAM-x"), "X", aliases=aliases)
    return coded("x", Told("AID", "NAM-x", "UKR"), actors=[actor])


def test_lists_are_joined_by_a_sign_that_stands_in_none_of_them(tmp_path: Path) -> None:
    first, second, third, *_ = DELIMITERS
    with open_store("sqlite:///:memory:") as store:
        store.add([aliased(f"a{first}b", "c;d", f"e{second}")])
        fill(store, tmp_path / "folder")
        assert (
            f'"a{first}b{third}c;d{third}e{second}"' in (tmp_path / "folder" / "nodes-Actor.csv").read_text()
        )
        assert f"--array-delimiter=U+{ord(third):04X}" in (tmp_path / "folder" / "import.sh").read_text()
        store.add([aliased(*(f"a{sign}b" for sign in DELIMITERS))])
        with pytest.raises(InvalidInput, match="use diurna copy"):
            fill(store, tmp_path / "none")
        # A list of one empty text and an empty list are the same in CSV.
        store.add([aliased("")])
        with pytest.raises(InvalidInput, match="use diurna copy"):
            fill(store, tmp_path / "none")
    assert [found.name for found in tmp_path.iterdir()] == ["folder"]


def test_a_store_that_changes_meanwhile_is_told(tmp_path: Path) -> None:
    def change(done: int, total: int) -> None:
        if done == 5:
            store.add([coded("late", Told("AID", "USA", "UKR"))])

    def remove(done: int, total: int) -> None:
        if done == 1:
            store.remove_article("a2")

    with open_store(f"sqlite:///{tmp_path / 'changing.db'}") as store:
        store.add(some())
        for disturb in (change, remove):
            with pytest.raises(BackendUnavailable, match="changed while it was read"):
                fill(store, tmp_path / "folder", progress=disturb)
    assert not (tmp_path / "folder").exists()


def peak(path: Path, articles: int) -> int:
    """Return the highest number of bytes that Python holds while it writes a store of so many articles."""
    day = date(2020, 1, 1)
    with open_store(f"sqlite:///{path}.db") as store:
        store.add(
            coded(
                f"a{number}",
                *(
                    Told(
                        "AID",
                        f"NAM-{number % 10}-{n}",
                        "UKR",
                        day=DateRange(day + timedelta(40 * number), day + timedelta(40 * number)),
                    )
                    for n in range(4)
                ),
                text=" ".join(f"a{number} sentence {n} tells it." for n in range(40)),
            )
            for number in range(articles)
        )
        # The collector waits for a share of all that it knows: what other tests left would let rubbish pile up.
        gc.collect()
        gc.freeze()
        tracemalloc.start()
        try:
            fill(store, path)
            return tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()
            gc.unfreeze()


def test_memory_does_not_grow_with_the_store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(neo4j_import, "PAGE", 5)
    monkeypatch.setattr(sqlite_store, "_EVENTS_AT_ONCE", 5)
    # What is kept of the last texts and actors has a bound that these stores do not reach.
    for room, name in (
        (neo4j_rows, "shingles"),
        (neo4j_rows, "week_of"),
        (neo4j_scratch, "shingles"),
        (neo4j_scratch, "parts"),
        (happenings, "_rare"),
        (happenings, "agreement"),
        (happenings, "dyads"),
        (happenings, "log_odds"),
        (likeness, "_seen"),
        (relink, "dyads"),
        (rows, "actor_text"),
        (rows, "place_text"),
        (sqlite_units, "_whole"),
    ):
        monkeypatch.setattr(room, name, getattr(room, name).__wrapped__)
    few = peak(tmp_path / "few", 60)
    many = peak(tmp_path / "many", 240)
    assert many < 1.3 * few, (few, many)


def test_the_table_of_folder_formats_loads() -> None:
    assert all(callable(load()) for load in FOLDER_EXPORTERS.values())
