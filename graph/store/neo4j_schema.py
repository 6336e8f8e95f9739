"""The check that a database is ours, and making an empty one so."""

import logging
from collections.abc import Sequence
from functools import partial

from graph.errors import BackendUnavailable, StoreMismatch
from graph.store import cypher_schema
from graph.store.neo4j_connection import Connection, Run

SCHEMA_VERSION = 1
"""Kept in the ``DiurnaStore`` node; raised whenever the graph's shape or linking rules change."""

CLEAR_AT_ONCE = 5000

_MADE_MEANWHILE = (
    "Schema.EquivalentSchemaRuleAlreadyExists",
    "Schema.IndexAlreadyExists",
    "Schema.ConstraintAlreadyExists",
    "Schema.IndexWithNameAlreadyExists",
    "Schema.ConstraintWithNameAlreadyExists",
)

_log = logging.getLogger(__name__)


def prepare(connection: Connection) -> None:
    """Make sure that the database is a store of this version; make an empty one into a store.

    One that was imported from files (``graph.export.neo4j_import``) gets its constraints and indexes.

    Raises:
        StoreMismatch: If it holds something else, or another version's store, or is to be read only and
            cannot be yet; it is left untouched.
    """
    shown = connection.address.shown
    ours, unfinished = connection.read(
        lambda run: (verify(run, shown), bool(run(cypher_schema.READ_UNFINISHED))),
    )
    if ours:
        if unfinished:
            _finish(connection)
        return
    if connection.read_only:
        raise StoreMismatch(f"{shown} is empty: ingest something first.")
    _define(connection, (*cypher_schema.SCHEMA_STATEMENTS, cypher_schema.AWAIT_INDEXES))
    connection.write(lambda run: run(cypher_schema.MARK, schema=SCHEMA_VERSION))


def _finish(connection: Connection) -> None:
    shown = connection.address.shown
    if connection.read_only:
        raise StoreMismatch(
            f"{shown} was imported and has no indexes yet: run the finish.cypher of the folder that it was "
            "imported from (cypher-shell --file finish.cypher), or open it once with diurna app."
        )
    _log.warning("%s was imported and has no indexes yet: making them, which can take minutes", shown)
    _define(connection, cypher_schema.FINISH)


def _define(connection: Connection, statements: Sequence[str]) -> None:
    """Make constraints and indexes; one that another program makes at this moment is there too.

    ``IF NOT EXISTS`` looks before it makes, and what another transaction makes in between is told as an
    error, whose cause has one of these codes.
    """
    for statement in statements:
        try:
            connection.define((statement,))
        except BackendUnavailable as error:
            code = str(getattr(error.__cause__, "code", ""))
            if not code.endswith(_MADE_MEANWHILE):
                raise


def verify(run: Run, shown: str) -> bool:
    """Tell whether the database is a store of this version (``False``: it is empty).

    Raises:
        StoreMismatch: If it holds something else, or another version's store.
    """
    marks = run(cypher_schema.READ_SCHEMA)
    if not marks:
        if run(cypher_schema.ANYTHING):
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


def lock(run: Run, shown: str) -> int:
    """Wait for other writers, and keep new ones waiting until the transaction ends.

    Returns:
        How many transactions have written to the store, this one included.
    """
    writes = run(cypher_schema.LOCK)
    if not writes:
        raise BackendUnavailable(f"{shown} was emptied while it was open: open it again.")
    return int(writes[0][0])


def clear(connection: Connection, *, forget: bool = False) -> None:
    """Remove everything from a store; its constraints and indexes stay unless it is to be forgotten.

    Args:
        connection: Where; a database that is not a store of this version is refused.
        forget: Leave the database as it was before it became a store.
    """
    shown = connection.address.shown
    if not connection.read(lambda run: verify(run, shown)):
        return

    def clear_some(run: Run, statement: str) -> int:
        lock(run, shown)  # who fills the store remembers what it held at this count of writes
        return int(run(statement, limit=CLEAR_AT_ONCE)[0][0])

    for statement in cypher_schema.CLEARS:
        while connection.write(partial(clear_some, statement=statement)):
            pass
    if forget:
        connection.write(lambda run: run(cypher_schema.UNMARK))
        connection.define(cypher_schema.DROPS)
