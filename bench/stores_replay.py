"""How fast a Neo4j takes articles in, beside the bare driver that sends again what the store has sent."""

import gc
import pickle
import re
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

import neo4j

from bench.stores_load import Clock, Load, forget_peak, peak
from bench.stores_made import made
from graph.store import cypher, open_store
from graph.store.cypher_rows import TIMES, Rows, positional
from graph.store.neo4j_address import Address
from graph.store.neo4j_connection import Connection, Run
from graph.store.neo4j_schema import clear
from graph.store.neo4j_store import Neo4jStore
from graph.store.neo4j_turns import Pace
from tests import neo4j_server

Answer = TypeVar("Answer")
Statement = tuple[str, Mapping[str, Any]]

WARM_UP = 1500
"""Events loaded first, off the clock: the server plans and compiles what it runs for the first time."""

_WRITES = re.compile(r"\b(CREATE|MERGE|SET|DELETE)\b")


class Recorded(Neo4jStore):
    """A store that tells all that it sends in writing transactions.

    Args:
        url: Of the store.
        keep: Told the statements of each transaction.
    """

    def __init__(self, url: str, keep: Callable[[Sequence[Statement]], None]) -> None:
        self._keep = keep
        super().__init__(url)

    def _transact(
        self,
        work: Callable[[Run], Answer],
        *,
        early: Callable[[Run], Callable[[Run], Answer]] | None = None,
        pace: Pace | None = None,
    ) -> Answer:
        statements: list[Statement] = []

        def noting(run: Run) -> Run:
            def noted(statement: str, /, **values: object) -> list[list[Any]]:
                statements.append((statement, values))
                return run(statement, **values)

            return noted

        def done(run: Run, work: Callable[[Run], Answer] = work) -> Answer:
            answer = work(noting(run))
            self._keep(statements.copy())
            return answer

        def whole(run: Run) -> Answer:
            statements.clear()  # of an attempt that failed
            return done(run)

        def begun(run: Run) -> Callable[[Run], Answer]:
            statements.clear()
            assert early is not None
            return partial(done, work=early(noting(run)))

        return super()._transact(whole, early=None if early is None else begun, pace=pace)


@dataclass(slots=True)
class Replay:
    """Transactions kept in a file, to be sent again by the bare driver."""

    path: Path

    def keep(self, transaction: Sequence[Statement]) -> None:
        """Append a transaction."""
        with self.path.open("ab") as out:
            pickle.dump(transaction, out, protocol=pickle.HIGHEST_PROTOCOL)

    def _kept(self) -> Iterator[list[Statement]]:
        with self.path.open("rb") as file:
            while True:
                try:
                    yield pickle.load(file)
                except EOFError:
                    return

    def send(self, url: str, *, packed: bool = False) -> float:
        """Send what writes of what was kept; return the seconds that it took.

        Args:
            url: Where to.
            packed: As the store packs it; else as who uses the driver would write it.
        """
        written = _as_packed if packed else plainly
        clock = Clock()
        with (
            neo4j_server.driver(url) as driver,
            driver.session(database=Address.of(url).database, fetch_size=2000) as session,
        ):
            for transaction in self._kept():
                wanted = [written(*one) for one in transaction if _WRITES.search(one[0])]
                with clock.running():
                    session.execute_write(_run_all, wanted)
        return clock.seconds


_PLAIN: dict[str, str] = {
    cypher.CREATE_ARTICLES: "UNWIND $rows AS row CREATE (a:Article) SET a = row",
    cypher.CREATE_MENTIONS: "UNWIND $rows AS row MATCH (a:Article {id: row.article})"
    " USING INDEX SEEK a:Article(id) CREATE (a)-[:REPORTS]->(m:EventMention) SET m = row.properties",
    cypher.CREATE_EVENTS: "UNWIND $rows AS row CREATE (e:Event) SET e = row",
    cypher.WRITE_EVENTS: "UNWIND $rows AS row MATCH (e:Event {id: row.id}) USING INDEX SEEK e:Event(id)"
    " SET e = row",
}
"""The store's statements that make nodes, as who uses the driver would write them."""


def plainly(statement: str, values: Mapping[str, Any]) -> Statement:
    """Return a statement of the store's as who uses the driver would write it.

    Its rows are maps, with days and moments as Python's own types; the store sends lists and texts.
    """
    if statement in _PLAIN:
        return _PLAIN[statement], {**values, "rows": [_plain_row(row) for row in values["rows"]]}
    return (statement.named if isinstance(statement, Rows) else statement), values


def _as_packed(statement: str, values: Mapping[str, Any]) -> Statement:
    return statement, positional(statement, values)


def _plain_row(row: Mapping[str, Any]) -> dict[str, Any]:
    plain = dict(row)
    for key in TIMES:
        told = row.get(key)
        if told is not None:
            plain[key] = (datetime if "T" in told else date).fromisoformat(told)
    if "article" in plain:
        return {"article": plain.pop("article"), "properties": plain}
    return plain


def _run_all(
    transaction: neo4j.ManagedTransaction, statements: Sequence[tuple[str, Mapping[str, Any]]]
) -> None:
    for statement, values in statements:
        transaction.run(statement, dict(values)).values()


def load_neo4j(url: str, events: int) -> Load:
    """Load an empty database by the store and by the bare driver; return what it took.

    What is in the database at the end is what either of them makes.
    """
    connection = Connection(Address.of(url), read_only=False)
    own = Clock()
    # Made beforehand and added at once, as a load is: the server need not wait between the batches.
    articles = list(made(events))
    gc.collect()
    gc.freeze()
    try:
        with tempfile.TemporaryDirectory() as folder:
            replay = Replay(Path(folder) / "sent")
            with Recorded(url, replay.keep) as store:
                store.add(made(WARM_UP))
                clear(connection)
                replay.path.unlink()
                store.add(articles)
                expected = store.statistics()
            clear(connection)
            floor = replay.send(url)
            clear(connection)
            gc.collect()
            forget_peak()
            with open_store(url) as loaded:
                with own.running():
                    loaded.add(articles)
                assert loaded.statistics() == expected
            highest = peak()
            clear(connection)
            packed = replay.send(url, packed=True)
            clear(connection)
            # Once before and once after: the server gets faster, and other work comes and goes.
            floor = (floor + replay.send(url)) / 2
            with open_store(url, read_only=True) as sent:
                assert sent.statistics() == expected
    finally:
        gc.unfreeze()
        connection.close()
    return Load(expected.events, expected.articles, own.seconds, floor, highest, None, packed)
