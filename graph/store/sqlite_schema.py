"""The tables of the SQLite store, and the check that a file is one.

What an article brought (``article``, ``mention``, variants) is kept beside what was derived from it
(``event``, ``event_actor``, ``event_publisher``): the derived rows are always what ``graph.linking``
makes of the others. Numbers are internal; only ids leave the store.
"""

import hashlib
import sqlite3
from pathlib import Path

from graph.errors import BackendUnavailable, StoreMismatch

APPLICATION_ID = 0x44495552
"""``DIUR``: marks the file as ours (``file`` and SQLite show it)."""

SCHEMA_VERSION = 3
"""Kept in ``PRAGMA user_version``; raised whenever tables or linking rules change."""

OLDEST_VERSION = 1
"""The oldest that can be brought up to date without ingesting again: see ``sqlite_upgrade``."""

SINCE_2 = """
CREATE TABLE event_actor (
    actor INTEGER NOT NULL REFERENCES actor (number),
    event INTEGER NOT NULL REFERENCES event (number) ON DELETE CASCADE,
    roles INTEGER NOT NULL,     -- 1 initiator, 2 recipient, 3 both
    type TEXT NOT NULL,         -- this and what follows is its event's: counts read this table alone
    mention_count INTEGER NOT NULL,
    tone REAL,
    PRIMARY KEY (event, actor)
) STRICT, WITHOUT ROWID;
CREATE INDEX event_actor_actor ON event_actor (actor, type, event, roles, mention_count, tone);

CREATE TABLE event_publisher (
    publisher TEXT NOT NULL,
    event INTEGER NOT NULL REFERENCES event (number) ON DELETE CASCADE,
    mention_count INTEGER NOT NULL,
    tone REAL,
    PRIMARY KEY (publisher, event)
) STRICT, WITHOUT ROWID;
CREATE INDEX event_publisher_event ON event_publisher (event);

CREATE INDEX event_without_initiator ON event (recipients, type, mention_count, tone) WHERE initiators = '[]';
CREATE INDEX event_without_recipient ON event (initiators, type, mention_count, tone) WHERE recipients = '[]';
CREATE INDEX event_without_publisher ON event (mention_count, tone) WHERE publisher_count = 0;
"""
"""What schema 2 added: what is counted of events beside who takes part in them and who prints them, and
indexes for what an event lacks."""

SINCE_3 = """
CREATE TABLE sketched (         -- what an article's sketch shares with that of a copy as long, at least
    article INTEGER PRIMARY KEY REFERENCES article (number) ON DELETE CASCADE,
    fewest INTEGER NOT NULL
) STRICT;
"""
"""What schema 3 added, so that no text is read for what articles share by chance."""

SCHEMA = (
    """
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

"""
    + SINCE_2
    + SINCE_3
    + """
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
)

CHANGE = """
CREATE TABLE IF NOT EXISTS change (     -- one row: a mark that every change replaces by a new random one
    mark TEXT NOT NULL
) STRICT;
INSERT INTO change (mark) SELECT lower(hex(randomblob(8))) WHERE NOT EXISTS (SELECT 1 FROM change);
CREATE TRIGGER IF NOT EXISTS article_insert_marked AFTER INSERT ON article BEGIN
    UPDATE change SET mark = lower(hex(randomblob(8)));
END;
CREATE TRIGGER IF NOT EXISTS article_delete_marked AFTER DELETE ON article BEGIN
    UPDATE change SET mark = lower(hex(randomblob(8)));
END;
CREATE TRIGGER IF NOT EXISTS judgement_insert_marked AFTER INSERT ON judgement BEGIN
    UPDATE change SET mark = lower(hex(randomblob(8)));
END;
CREATE TRIGGER IF NOT EXISTS judgement_update_marked AFTER UPDATE ON judgement BEGIN
    UPDATE change SET mark = lower(hex(randomblob(8)));
END;
CREATE TRIGGER IF NOT EXISTS judgement_delete_marked AFTER DELETE ON judgement BEGIN
    UPDATE change SET mark = lower(hex(randomblob(8)));
END;
"""
"""What tells a copy made elsewhere that it is out of date. All else in a store follows from its articles
and judgements. A mark and not a number: two stores that went apart never have the same one."""


def number(connection: sqlite3.Connection, query: str) -> int:
    return int(connection.execute(query).fetchone()[0])


def verify(connection: sqlite3.Connection, path: str) -> bool:
    """Tell whether the file holds our tables (``False``: it is empty); nothing is written.

    Tables that ``sqlite_upgrade`` can deal with are ours.

    Raises:
        StoreMismatch: If it is another program's file, or another version's.
    """
    application = number(connection, "PRAGMA application_id")
    version = number(connection, "PRAGMA user_version")
    if application == APPLICATION_ID:
        if OLDEST_VERSION <= version <= SCHEMA_VERSION:
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
    tables = number(connection, "SELECT count(*) FROM sqlite_schema")
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
            for statement in (*statements(SCHEMA), *statements(CHANGE)):
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


def mark_changes(connection: sqlite3.Connection) -> None:
    """Let a store that was made before changes were marked mark them from now on."""
    if number(connection, "SELECT count(*) FROM sqlite_schema WHERE name = 'judgement_delete_marked'"):
        return
    connection.execute("BEGIN IMMEDIATE")
    try:
        for statement in statements(CHANGE):
            connection.execute(statement)
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def change_mark(connection: sqlite3.Connection) -> str:
    """Return what differs whenever the store's content does.

    A store that no writer has opened since changes are marked is told by the hash of what it holds.
    """
    if number(connection, "SELECT count(*) FROM sqlite_schema WHERE name = 'judgement_delete_marked'"):
        return str(connection.execute("SELECT mark FROM change").fetchone()[0])
    hashed = hashlib.sha256()
    for row in connection.execute("SELECT id, digest FROM article ORDER BY id"):
        hashed.update(repr(row).encode("utf-8", "surrogatepass"))
    for row in connection.execute("SELECT * FROM judgement ORDER BY one, other"):
        hashed.update(repr(row).encode("utf-8", "surrogatepass"))
    return hashed.hexdigest()[:16]


def statements(schema: str) -> list[str]:
    """Split a schema at the ends of its statements (a trigger holds semicolons of its own)."""
    statements: list[str] = []
    pending = ""
    for line in schema.splitlines(keepends=True):
        pending += line
        if sqlite3.complete_statement(pending):
            statements.append(pending)
            pending = ""
    return statements


def folder_exists(path: str) -> bool:
    """Tell whether the folder of a store's file exists."""
    return Path(path).absolute().parent.is_dir()
