"""Stores of older schemas: read as they are, or brought up to date without ingesting again."""

import sqlite3

from graph.linking.copies import fewest_shared
from graph.store.sqlite_schema import OLDEST_VERSION, SCHEMA_VERSION, SINCE_2, SINCE_3, number, statements

OLD_AS_CURRENT = """
CREATE TEMP VIEW event_actor AS
    SELECT x.actor, x.event, x.roles, e.type, e.mention_count, e.tone
    FROM main.event_actor x JOIN main.event e ON e.number = x.event;
CREATE TEMP VIEW event_publisher AS
    SELECT x.publisher, x.event, e.mention_count, e.tone
    FROM main.event_publisher x JOIN main.event e ON e.number = x.event;
"""

_TO_2 = f"""
ALTER TABLE event_actor RENAME TO old_event_actor;
ALTER TABLE event_publisher RENAME TO old_event_publisher;
DROP INDEX event_actor_event;
DROP INDEX event_publisher_event;
{SINCE_2}
INSERT INTO event_actor (actor, event, roles, type, mention_count, tone)
    SELECT x.actor, x.event, x.roles, e.type, e.mention_count, e.tone
    FROM old_event_actor x JOIN event e ON e.number = x.event ORDER BY x.event, x.actor;
INSERT INTO event_publisher (publisher, event, mention_count, tone)
    SELECT x.publisher, x.event, e.mention_count, e.tone
    FROM old_event_publisher x JOIN event e ON e.number = x.event ORDER BY x.publisher, x.event;
DROP TABLE old_event_actor;
DROP TABLE old_event_publisher;
"""

_TO_3 = f"""
DROP INDEX IF EXISTS article_length;
{SINCE_3}
INSERT INTO sketched (article, fewest) SELECT article, fewest_shared(count(*)) FROM sketch GROUP BY article;
"""

_UPGRADES = {2: _TO_2, 3: _TO_3}
"""What makes each version of the one before."""


def read_as_current(connection: sqlite3.Connection) -> None:
    """Let a connection that must not write read an older store's tables as if they were today's."""
    if OLDEST_VERSION <= number(connection, "PRAGMA user_version") < 2:
        for statement in statements(OLD_AS_CURRENT):
            connection.execute(statement)


def upgrade(connection: sqlite3.Connection) -> None:
    """Bring an older store's tables up to date, in one transaction; nothing when they are."""
    if number(connection, "PRAGMA user_version") == SCHEMA_VERSION:
        return
    connection.create_function("fewest_shared", 1, fewest_shared, deterministic=True)
    connection.execute("BEGIN IMMEDIATE")
    try:
        # Another process may have done it while this one waited.
        found = number(connection, "PRAGMA user_version")
        for version in range(found + 1, SCHEMA_VERSION + 1):
            for statement in statements(_UPGRADES[version]):
                connection.execute(statement)
            connection.execute(f"PRAGMA user_version = {version}")
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
