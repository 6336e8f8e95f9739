"""The check that a database is ours, and making an empty one so."""

from graph.errors import BackendUnavailable, StoreMismatch
from graph.store import cypher
from graph.store.neo4j_connection import Connection, Run

SCHEMA_VERSION = 1
"""Kept in the ``DiurnaStore`` node; raised whenever the graph's shape or linking rules change."""

CLEAR_AT_ONCE = 5000


def prepare(connection: Connection) -> None:
    """Make sure that the database is a store of this version; make an empty one into a store.

    Raises:
        StoreMismatch: If it holds something else, or another version's store; it is left untouched.
    """
    if connection.read(lambda run: verify(run, connection.address.shown)):
        return
    if connection.read_only:
        raise StoreMismatch(f"{connection.address.shown} is empty: ingest something first.")
    connection.define((*cypher.SCHEMA_STATEMENTS, cypher.AWAIT_INDEXES))
    connection.write(lambda run: run(cypher.MARK, schema=SCHEMA_VERSION))


def verify(run: Run, shown: str) -> bool:
    """Tell whether the database is a store of this version (``False``: it is empty).

    Raises:
        StoreMismatch: If it holds something else, or another version's store.
    """
    marks = run(cypher.READ_SCHEMA)
    if not marks:
        if run(cypher.ANYTHING):
            raise StoreMismatch(
                f"{shown} holds another program's graph: use another database or server. Nothing was changed."
            )
        return False
    version = marks[0][0]
    if len(marks) == 1 and version == SCHEMA_VERSION:
        return True
    if isinstance(version, int) and version > SCHEMA_VERSION:
        raise StoreMismatch(
            f"{shown} was written by a newer Diurna (schema {version}; this one reads {SCHEMA_VERSION}): "
            "update Diurna, or open another store. Nothing was changed."
        )
    raise StoreMismatch(
        f"{shown} was written by an older Diurna (schema {version}; this one reads {SCHEMA_VERSION}): "
        "ingest the articles again into a new store. Nothing was changed."
    )


def lock(run: Run, shown: str) -> None:
    """Wait for other writers, and keep new ones waiting until the transaction ends."""
    if not run(cypher.LOCK):
        raise BackendUnavailable(f"{shown} was emptied while it was open: open it again.")


def clear(connection: Connection, *, forget: bool = False) -> None:
    """Remove everything from a store; its constraints and indexes stay unless it is to be forgotten.

    Args:
        connection: Where; a database that is not a store of this version is refused.
        forget: Leave the database as it was before it became a store.
    """
    if not connection.read(lambda run: verify(run, connection.address.shown)):
        return
    while connection.write(lambda run: run(cypher.CLEAR_SOME, limit=CLEAR_AT_ONCE))[0][0]:
        pass
    if forget:
        connection.write(lambda run: run(cypher.UNMARK))
        connection.define(cypher.DROPS)
