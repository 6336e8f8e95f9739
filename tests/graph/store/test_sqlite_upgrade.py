"""A store of a schema before is read as it is, and brought up to date by whoever opens it to write."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from graph.model import Axis, Count, EventQuery
from graph.store import GraphStore, open_store
from graph.store.base import Verdict
from graph.store.sqlite_schema import SCHEMA_VERSION
from tests.graph.made import Told, coded, days
from tests.graph.store.content import content
from tests.graph.store.test_sqlite import some, url

TO_2 = """
DROP TABLE sketched;
CREATE INDEX article_length ON article (number, characters);
PRAGMA user_version = 2;
"""

TO_1 = """
CREATE TABLE old_actor (
    actor INTEGER NOT NULL REFERENCES actor (number),
    event INTEGER NOT NULL REFERENCES event (number) ON DELETE CASCADE,
    roles INTEGER NOT NULL,
    PRIMARY KEY (actor, event)
) STRICT, WITHOUT ROWID;
INSERT INTO old_actor SELECT actor, event, roles FROM event_actor;
CREATE TABLE old_publisher (
    publisher TEXT NOT NULL,
    event INTEGER NOT NULL REFERENCES event (number) ON DELETE CASCADE,
    PRIMARY KEY (publisher, event)
) STRICT, WITHOUT ROWID;
INSERT INTO old_publisher SELECT publisher, event FROM event_publisher;
DROP TABLE event_actor;
DROP TABLE event_publisher;
ALTER TABLE old_actor RENAME TO event_actor;
ALTER TABLE old_publisher RENAME TO event_publisher;
CREATE INDEX event_actor_event ON event_actor (event, actor, roles);
CREATE INDEX event_publisher_event ON event_publisher (event);
DROP INDEX article_length;
DROP INDEX event_without_initiator;
DROP INDEX event_without_recipient;
DROP INDEX event_without_publisher;
PRAGMA user_version = 1;
"""

DOWNGRADES = {1: TO_2 + TO_1, 2: TO_2}
"""What makes a store of today into one of an older schema."""

Content = tuple[dict[str, Any], list[list[Count]]]

PAIRS = ((Axis.ACTOR, Axis.TYPE), (Axis.INITIATOR, Axis.RECIPIENT), (Axis.PUBLISHER, Axis.MONTH))


def told(store: GraphStore) -> Content:
    return content(store), [store.count_events(EventQuery(), pair) for pair in PAIRS]


def schema(path: Path) -> list[tuple[str, str]]:
    with closing(sqlite3.connect(path)) as connection:
        rows = connection.execute("SELECT name, sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY name")
        return [(name, sql.replace('"', "")) for name, sql in rows]


@pytest.fixture(params=DOWNGRADES)
def old(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[Path, Content, list[tuple[str, str]]]:
    """Give a store of an older schema, what it told and which tables it had as one of today."""
    path = tmp_path / "old.db"
    with open_store(url(path)) as store:
        store.add(some(12))
        store.add(
            [
                coded("b1", Told("PROTEST", day=days("2022-02-01"), sentence="There were protests.")),
                coded("b2", Told("ASSAULT", "", "UKR", day=days("2022-02-02"), sentence="Ukraine was hit.")),
                coded("b3", Told("ACCUSE", "RUS", sentence="Russia accused."), publisher=None),
            ]
        )
        store.judge("USA", "RUS", Verdict.SAME)
        before = told(store)
    tables = schema(path)
    connection = sqlite3.connect(path)
    connection.executescript(DOWNGRADES[request.param])
    connection.execute("PRAGMA journal_mode = DELETE")
    connection.close()
    return path, before, tables


def test_it_is_read_without_being_changed(old: tuple[Path, Content, object]) -> None:
    path, before, _ = old
    found = path.read_bytes()
    with open_store(url(path), read_only=True) as store:
        assert told(store) == before
    assert path.read_bytes() == found


def test_it_is_brought_up_to_date(old: tuple[Path, Content, list[tuple[str, str]]]) -> None:
    path, before, tables = old
    with open_store(url(path)) as store:
        assert told(store) == before
    assert schema(path) == tables
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (SCHEMA_VERSION,)
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_it_goes_on_as_a_new_store_would(old: tuple[Path, Content, object], tmp_path: Path) -> None:
    path, before, _ = old
    with open_store(url(path)) as store:
        store.add(some(4, first=12))
        store.remove_article("b1")
        store.undo("USA", "RUS")
        for number in range(12, 16):
            assert store.remove_article(f"a{number:04d}")
        store.add([coded("b1", Told("PROTEST", day=days("2022-02-01"), sentence="There were protests."))])
        store.judge("USA", "RUS", Verdict.SAME)
        kept, counts = told(store)
    expected, expected_counts = before
    assert counts == expected_counts
    assert {**kept, "judgements": None} == {**expected, "judgements": None}


def test_who_reads_while_another_process_brings_it_up_to_date_reads_on(
    old: tuple[Path, Content, object],
) -> None:
    path, before, _ = old
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
    with open_store(url(path), read_only=True) as reader:
        assert told(reader) == before
        with open_store(url(path)):
            assert told(reader) == before
        assert told(reader) == before
