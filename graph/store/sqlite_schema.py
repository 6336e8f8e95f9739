"""The tables of the SQLite store, and the check that a file is one.

What an article brought (``article``, ``mention``, variants) is kept beside what was derived from it
(``event``, ``event_actor``, ``event_publisher``): the derived rows are always what ``graph.linking``
makes of the others. Numbers are internal; only ids leave the store.
"""

import sqlite3
from pathlib import Path

from graph.errors import BackendUnavailable, StoreMismatch

APPLICATION_ID = 0x44495552
"""``DIUR``: marks the file as ours (``file`` and SQLite show it)."""

SCHEMA_VERSION = 1
"""Kept in ``PRAGMA user_version``; raised whenever tables or linking rules change."""

SCHEMA = """
CREATE TABLE article (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    title TEXT,
    publisher TEXT,
    url TEXT,
    published TEXT,             -- as given, with its time zone
    moment TEXT,                -- the same in UTC: sorts
    language TEXT,
    file TEXT,
    text TEXT NOT NULL,
    characters INTEGER NOT NULL,
    annotation TEXT NOT NULL,   -- JSON: actors, places, sentences, names, place spans, times
    digest TEXT NOT NULL,       -- of all that was added: equal content is not written again
    origin TEXT NOT NULL,       -- id of the article that it is a copy of, or its own
    mentions INTEGER NOT NULL
) STRICT;
CREATE INDEX article_origin ON article (origin);
CREATE INDEX article_moment ON article (moment, id);
CREATE INDEX article_publisher ON article (publisher);

CREATE TABLE sketch (           -- sampled shingles: candidates for copies (linking/copies.py)
    shingle INTEGER NOT NULL,
    article INTEGER NOT NULL,
    PRIMARY KEY (shingle, article)
) STRICT, WITHOUT ROWID;

CREATE TABLE copy (             -- both directions
    one INTEGER NOT NULL REFERENCES article (number) ON DELETE CASCADE,
    other INTEGER NOT NULL REFERENCES article (number) ON DELETE CASCADE,
    PRIMARY KEY (one, other)
) STRICT, WITHOUT ROWID;
CREATE INDEX copy_other ON copy (other);

CREATE TABLE event (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    type TEXT NOT NULL,
    mode TEXT,
    modality TEXT NOT NULL,
    reciprocal INTEGER NOT NULL,
    first_day TEXT,
    last_day TEXT,
    basis TEXT,
    cue TEXT,
    week TEXT,                  -- ISO week of the first day: 2022-W02
    place INTEGER,
    mention_count INTEGER NOT NULL,
    article_count INTEGER NOT NULL,
    publisher_count INTEGER NOT NULL,
    origin_count INTEGER NOT NULL,
    score REAL NOT NULL,
    tone REAL,
    first_reported TEXT,
    initiators TEXT NOT NULL,   -- JSON list of actor ids, the most told first
    recipients TEXT NOT NULL,
    mentions TEXT NOT NULL,     -- JSON list of mention ids, the best first
    quote TEXT NOT NULL
) STRICT;
CREATE INDEX event_order ON event (first_day IS NULL, first_day, last_day, id);
CREATE INDEX event_count ON event
    (first_day, type, modality, mention_count, tone, last_day, score, origin_count, place, week);
CREATE INDEX event_place ON event (place);

CREATE TABLE mention (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    article INTEGER NOT NULL REFERENCES article (number) ON DELETE CASCADE,
    position INTEGER NOT NULL,  -- in its article, as coded
    payload TEXT NOT NULL,      -- JSON: the mention
    quote TEXT NOT NULL,
    place INTEGER,
    block TEXT NOT NULL,        -- the rest is what linking needs (linking/units.py)
    first INTEGER,
    last INTEGER,
    unit TEXT NOT NULL,
    rank TEXT NOT NULL,
    statement TEXT NOT NULL,
    told_by TEXT NOT NULL,      -- the mention that stands for this statement of its origin
    alias TEXT NOT NULL,        -- the event id that this mention would mint
    event INTEGER REFERENCES event (number) DEFERRABLE INITIALLY DEFERRED,
    reason TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX mention_article ON mention (article);
CREATE INDEX mention_event ON mention (event);
CREATE INDEX mention_alias ON mention (alias);
CREATE INDEX mention_told_by ON mention (told_by) WHERE told_by <> id;
CREATE INDEX mention_place ON mention (place);
CREATE INDEX mention_day ON mention (block, first) WHERE last = first;
CREATE INDEX mention_range ON mention (block, first, last) WHERE last > first;

CREATE TABLE actor (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    country TEXT,
    merged TEXT NOT NULL,       -- JSON: the actor as all its variants together describe it
    words TEXT NOT NULL         -- id, name and aliases, case folded: searched
) STRICT;
CREATE INDEX actor_country ON actor (country);

CREATE TABLE actor_variant (    -- each different description, and how many articles give it
    id TEXT NOT NULL,
    variant TEXT NOT NULL,
    uses INTEGER NOT NULL,
    PRIMARY KEY (id, variant)
) STRICT, WITHOUT ROWID;

CREATE TABLE place (
    number INTEGER PRIMARY KEY, -- GeoNames id
    name TEXT NOT NULL,
    country TEXT,
    merged TEXT NOT NULL
) STRICT;
CREATE INDEX place_country ON place (country);

CREATE TABLE place_variant (
    id INTEGER NOT NULL,
    variant TEXT NOT NULL,
    uses INTEGER NOT NULL,
    PRIMARY KEY (id, variant)
) STRICT, WITHOUT ROWID;

CREATE TABLE event_actor (
    actor INTEGER NOT NULL REFERENCES actor (number),
    event INTEGER NOT NULL REFERENCES event (number) ON DELETE CASCADE,
    roles INTEGER NOT NULL,     -- 1 initiator, 2 recipient, 3 both
    PRIMARY KEY (actor, event)
) STRICT, WITHOUT ROWID;
CREATE INDEX event_actor_event ON event_actor (event, actor, roles);

CREATE TABLE event_publisher (
    publisher TEXT NOT NULL,
    event INTEGER NOT NULL REFERENCES event (number) ON DELETE CASCADE,
    PRIMARY KEY (publisher, event)
) STRICT, WITHOUT ROWID;
CREATE INDEX event_publisher_event ON event_publisher (event);

CREATE TABLE judgement (
    one TEXT NOT NULL,
    other TEXT NOT NULL,
    verdict TEXT NOT NULL,
    judge TEXT NOT NULL,
    at TEXT NOT NULL,
    PRIMARY KEY (one, other)
) STRICT, WITHOUT ROWID;

CREATE TABLE same_actor (       -- what the judgements make of the actors: applied on reading
    actor TEXT PRIMARY KEY,
    shown TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE VIRTUAL TABLE article_words USING fts5 (
    title, text, content='article', content_rowid='number', tokenize='unicode61 remove_diacritics 2'
);
CREATE TRIGGER article_written AFTER INSERT ON article BEGIN
    INSERT INTO article_words (rowid, title, text) VALUES (new.number, new.title, new.text);
END;
CREATE TRIGGER article_removed AFTER DELETE ON article BEGIN
    INSERT INTO article_words (article_words, rowid, title, text)
    VALUES ('delete', old.number, old.title, old.text);
END;

CREATE VIRTUAL TABLE mention_words USING fts5 (
    quote, content='mention', content_rowid='number', tokenize='unicode61 remove_diacritics 2'
);
CREATE TRIGGER mention_written AFTER INSERT ON mention BEGIN
    INSERT INTO mention_words (rowid, quote) VALUES (new.number, new.quote);
END;
CREATE TRIGGER mention_removed AFTER DELETE ON mention BEGIN
    INSERT INTO mention_words (mention_words, rowid, quote) VALUES ('delete', old.number, old.quote);
END;
"""


def _number(connection: sqlite3.Connection, query: str) -> int:
    return int(connection.execute(query).fetchone()[0])


def verify(connection: sqlite3.Connection, path: str) -> bool:
    """Tell whether the file holds our tables (``False``: it is empty); nothing is written.

    Raises:
        StoreMismatch: If it is another program's file, or another version's.
    """
    application = _number(connection, "PRAGMA application_id")
    version = _number(connection, "PRAGMA user_version")
    if application == APPLICATION_ID:
        if version == SCHEMA_VERSION:
            return True
        if version > SCHEMA_VERSION:
            raise StoreMismatch(
                f"{path} was written by a newer Diurna (schema {version}; this one reads {SCHEMA_VERSION}): "
                "update Diurna, or open another store. Nothing was changed."
            )
        raise StoreMismatch(
            f"{path} was written by an older Diurna (schema {version}; this one reads {SCHEMA_VERSION}): "
            "ingest the articles again into a new store. Nothing was changed."
        )
    tables = _number(connection, "SELECT count(*) FROM sqlite_schema")
    if tables or application or version:
        raise StoreMismatch(
            f"{path} is an SQLite file of another program: choose another path. Nothing was changed."
        )
    return False


def create(connection: sqlite3.Connection, path: str) -> None:
    """Write the tables into an empty database, unless another process has just done so.

    Raises:
        BackendUnavailable: If this Python's SQLite lacks full-text search.
    """
    if path:
        connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("BEGIN IMMEDIATE")
    try:
        if not verify(connection, path):
            for statement in _statements():
                connection.execute(statement)
            connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
        connection.execute("COMMIT")
    except sqlite3.OperationalError as error:
        connection.execute("ROLLBACK")
        if "fts5" in str(error):
            raise BackendUnavailable(
                "this Python's SQLite has no full-text search (FTS5): use a Python built with it, "
                "such as python.org's, conda's or a Linux distribution's."
            ) from error
        raise
    except BaseException:
        connection.execute("ROLLBACK")
        raise


def _statements() -> list[str]:
    """Split the schema at the ends of its statements (a trigger holds semicolons of its own)."""
    statements: list[str] = []
    pending = ""
    for line in SCHEMA.splitlines(keepends=True):
        pending += line
        if sqlite3.complete_statement(pending):
            statements.append(pending)
            pending = ""
    return statements


def folder_exists(path: str) -> bool:
    """Tell whether the folder of a store's file exists."""
    return Path(path).absolute().parent.is_dir()
