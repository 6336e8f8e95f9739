"""The store in a Neo4j server: the same graph to query, browse and draw with Neo4j's own tools."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime
from functools import cached_property, partial
from types import TracebackType
from typing import Any, Self, TypeVar

from graph.errors import InvalidInput
from graph.linking.same_actor import Judgement, Verdict
from graph.model import (
    Actor,
    ActorId,
    ArticleId,
    Axis,
    CodedArticle,
    Count,
    Event,
    EventId,
    EventMention,
    EventQuery,
    Grouping,
    MentionId,
    Place,
)
from graph.store import cypher
from graph.store.base import AddReport, ArticleRow, EventDetails, Link, StoreStatistics
from graph.store.batches import add_in_batches
from graph.store.collector import seldom_collected
from graph.store.cypher_query import CypherRunner
from graph.store.cypher_select import (
    articles_cypher,
    check_page,
    check_query,
    count_cypher,
    list_cypher,
    page,
    select_events,
)
from graph.store.lucene import word_query
from graph.store.neo4j_add import Adder
from graph.store.neo4j_address import Address
from graph.store.neo4j_connection import Connection, Run
from graph.store.neo4j_events import read_place_columns
from graph.store.neo4j_query import Neo4jRunner
from graph.store.neo4j_read import (
    article_row,
    check_judgements,
    countries_of,
    event_id_now,
    read_actors,
    read_article,
    read_count,
    read_details,
    read_event,
    read_events,
    read_judgements,
    read_mentions,
    read_page,
    shown_actors,
)
from graph.store.neo4j_rows import ArticleNode, article_node, judgement_properties
from graph.store.neo4j_schema import lock, prepare
from graph.store.neo4j_turns import Pace
from graph.store.neo4j_write import Batch, check_lengths
from graph.store.sqlite_write import check

Answer = TypeVar("Answer")

BATCH_SIZE = 4000
"""Articles and their mentions in one transaction: enough that round trips do not count, few enough to lose
little and to need little of the server's memory."""

FIRST_BATCH_SIZE = 500
"""The same of the first transaction, for which nothing is written while it is made ready."""

BATCH_SECONDS = 3.0
"""A transaction is begun after this time, so that readers see a slow ingest grow."""

EVENTS_AT_ONCE = 1000
"""Events read in one query while streaming."""

_EVERYTHING = EventQuery()
_NO_LIMIT = 2**62


class Neo4jStore:
    """A ``GraphStore`` in a Neo4j database.

    Args:
        url: ``neo4j://user:password@host:7687``, with ``/database`` when it is not the default one.
        read_only: Never write.

    Raises:
        InvalidInput: If the URL names no server.
        BackendUnavailable: If the server cannot be reached or does not let us in.
        StoreMismatch: If the database holds something else or another version's store.
    """

    def __init__(self, url: str, *, read_only: bool = False) -> None:
        self._connection = Connection(Address.of(url), read_only=read_only)
        self._adder = Adder(self._transact, self.url)
        try:
            prepare(self._connection)
        except BaseException:
            self._connection.close()
            raise

    @property
    def url(self) -> str:
        """The URL that the store was opened with, without the password."""
        return self._connection.address.shown

    @property
    def read_only(self) -> bool:
        """Whether writing methods raise ``InvalidInput``."""
        return self._connection.read_only

    @cached_property
    def cypher(self) -> CypherRunner:
        """What runs Cypher of a user's own on the server; see ``GraphStore.cypher``."""
        return Neo4jRunner(self._connection)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close all connections; a closed store cannot be used again."""
        self._connection.close()

    def at_one_moment(self, work: Callable[[], Answer]) -> Answer:
        """See ``GraphStore.at_one_moment``."""
        return self._connection.together(work)

    def _transact(
        self,
        work: Callable[[Run], Answer],
        *,
        early: Callable[[Run], Callable[[Run], Answer]] | None = None,
        pace: Pace | None = None,
    ) -> Answer:
        return self._connection.write(work, early=early, pace=pace)

    def _write(self, work: Callable[[Run], Answer]) -> Answer:
        def locked(run: Run) -> Answer:
            lock(run, self.url)
            return work(run)

        return self._transact(locked)

    def add(self, coded: Iterable[CodedArticle]) -> AddReport:
        """See ``GraphStore.add``."""
        if self.read_only:
            raise InvalidInput(f"{self.url} was opened to be read only")
        with seldom_collected():
            return add_in_batches(
                coded,
                _ready,
                self._adder.add,
                most=BATCH_SIZE,
                seconds=BATCH_SECONDS,
                first=FIRST_BATCH_SIZE,
            )

    def remove_article(self, article_id: str) -> bool:
        """See ``GraphStore.remove_article``."""
        found = False

        def work(run: Run) -> bool:
            nonlocal found  # by this attempt, or by one before whose commit was not confirmed
            batch = Batch(run)
            if batch.take_out([article_id]):
                found = True
                batch.settle()
            return found

        return self._write(work)

    def article(self, article_id: str) -> CodedArticle | None:
        """See ``GraphStore.article``."""
        return self._connection.read(lambda run: read_article(run, article_id))

    def articles(
        self,
        *,
        limit: int | None = 100,
        offset: int = 0,
        text: str | None = None,
        publisher: str | None = None,
    ) -> list[ArticleRow]:
        """See ``GraphStore.articles``."""
        end, values = page(limit, offset)
        rows = self._articles(cypher.ARTICLE_COLUMNS, cypher.ARTICLE_ORDER + end, values, text, publisher)
        return [article_row(row) for row in rows]

    def count_articles(self, *, text: str | None = None, publisher: str | None = None) -> int:
        """See ``GraphStore.count_articles``."""
        rows = self._articles("count(a)", "", {}, text, publisher)
        return int(rows[0][0]) if rows else 0

    def _articles(
        self, columns: str, end: str, values: dict[str, object], text: str | None, publisher: str | None
    ) -> list[list[Any]]:
        words = None
        if text is not None and text.strip():
            words = word_query(text)
            if words is None:
                return []
        query, own = articles_cypher(columns, words, publisher)
        return self._connection.read(lambda run: run(query + end, **own, **values))

    def events(self, query: EventQuery = _EVERYTHING) -> Iterator[Event]:
        """See ``GraphStore.events``."""
        check_query(query)
        return self._stream(query)

    def _stream(self, query: EventQuery) -> Iterator[Event]:
        if query.limit is not None and query.limit <= EVENTS_AT_ONCE:
            most = query.limit
            yield from self._connection.read(lambda run: read_page(run, query, most))
            return

        def listed(run: Run) -> list[str]:
            selection = select_events(query, shown=shown_actors(run))
            text, values = list_cypher(selection, query.limit, query.offset)
            return [id for (id,) in run(text, **values)]

        found = self._connection.read(listed)
        for start in range(0, len(found), EVENTS_AT_ONCE):
            some = found[start : start + EVENTS_AT_ONCE]
            yield from self._connection.read(partial(read_events, ids=some))

    def event(self, event_id: str) -> Event | None:
        """See ``GraphStore.event``."""
        return self._connection.read(lambda run: read_event(run, event_id))

    def details(self, event_id: str) -> EventDetails | None:
        """See ``GraphStore.details``."""
        return self._connection.read(lambda run: read_details(run, event_id))

    def count_events(
        self, query: EventQuery = _EVERYTHING, by: Sequence[Axis] = (), limit: int | None = None
    ) -> list[Count]:
        """See ``GraphStore.count_events``."""
        return self.count_groups(query, (Grouping(tuple(by), limit),))[0]

    def count_groups(self, query: EventQuery, groupings: Sequence[Grouping]) -> list[list[Count]]:
        """See ``GraphStore.count_groups``."""
        check_query(query)

        def work(run: Run) -> list[list[list[object]]]:
            shown = shown_actors(run)
            selection = select_events(query, shown=shown)
            asked = [count_cypher(selection, one, shown=shown) for one in groupings]
            return [run(text, **values) for text, values in asked]

        counted = self._connection.read(work)
        return [
            [read_count(row, one.by) for row in rows] for one, rows in zip(groupings, counted, strict=True)
        ]

    def mentions(self, event_id: str) -> list[EventMention]:
        """See ``GraphStore.mentions``."""
        return read_mentions(self._of_event(cypher.READ_MENTIONS_OF_EVENT, event_id))

    def mentions_of_article(self, article_id: str) -> list[EventMention]:
        """See ``GraphStore.mentions_of_article``."""
        return read_mentions(
            self._connection.read(lambda run: run(cypher.READ_MENTIONS_OF_ARTICLE, id=article_id))
        )

    def links(self, event_id: str) -> list[Link]:
        """See ``GraphStore.links``."""
        rows = self._of_event(cypher.READ_LINKS, event_id)
        return [Link(MentionId(str(m)), EventId(str(e)), str(reason)) for m, e, reason in rows]

    def _of_event(self, query: str, event_id: str) -> list[list[object]]:
        def work(run: Run) -> list[list[object]]:
            now = event_id_now(run, event_id)
            return [] if now is None else run(query, id=now)

        return self._connection.read(work)

    def _one(self, query: str, id: str) -> str | None:
        rows = self._connection.read(lambda run: run(query, id=id))
        return str(rows[0][0]) if rows else None

    def event_of_mention(self, mention_id: str) -> EventId | None:
        """See ``GraphStore.event_of_mention``."""
        found = self._one(cypher.READ_EVENT_OF_MENTION, mention_id)
        return None if found is None else EventId(found)

    def origin_of(self, article_id: str) -> ArticleId | None:
        """See ``GraphStore.origin_of``."""
        found = self._one(cypher.READ_ORIGIN, article_id)
        return None if found is None else ArticleId(found)

    def copies(self, origin: str) -> list[ArticleId]:
        """See ``GraphStore.copies``."""
        rows = self._connection.read(lambda run: run(cypher.READ_COPIES_OF, origin=origin))
        return [ArticleId(id) for (id,) in rows]

    def actors(
        self, ids: Sequence[str] | None = None, *, search: str | None = None, limit: int | None = 100
    ) -> list[Actor]:
        """See ``GraphStore.actors``."""
        words = search.strip().casefold() if search is not None and search.strip() else None

        def work(run: Run) -> list[Actor]:
            shown = shown_actors(run)
            asked = [id for id, _ in run(cypher.FIND_ACTORS, search=words)] if ids is None else ids
            wanted = list(dict.fromkeys(shown.get(id, id) for id in asked))
            if limit is not None and ids is None:
                wanted = wanted[: max(limit, 0)]
            return read_actors(run, wanted, shown)

        return self._connection.read(work)

    def countries(self, ids: Sequence[str]) -> dict[str, str]:
        """See ``GraphStore.countries``."""
        return self._connection.read(lambda run: countries_of(run, ids))

    def places(self, ids: Sequence[int] | None = None, *, limit: int | None = None) -> list[Place]:
        """See ``GraphStore.places``."""
        check_page(limit)

        def work(run: Run) -> list[Place]:
            if ids is None:
                most = _NO_LIMIT if limit is None else limit
                return [read_place_columns(row) for row in run(cypher.LIST_PLACES, limit=most)]
            wanted = list(dict.fromkeys(ids))
            found = {row[0]: read_place_columns(row) for row in run(cypher.READ_PLACES, ids=wanted)}
            return [found[id] for id in wanted if id in found]

        return self._connection.read(work)

    def publishers(self) -> list[tuple[str, int]]:
        """See ``GraphStore.publishers``."""
        return [(name, n) for name, n in self._connection.read(lambda run: run(cypher.READ_PUBLISHERS))]

    def statistics(self) -> StoreStatistics:
        """See ``GraphStore.statistics``."""
        [[*sums, first, last]] = self._connection.read(lambda run: run(cypher.READ_COUNTS))
        days = [None if day is None else date.fromisoformat(day) for day in (first, last)]
        return StoreStatistics(*sums, *days)

    def judge(
        self, left: str, right: str, verdict: Verdict, *, judge: str = "", at: datetime | None = None
    ) -> Judgement:
        """See ``GraphStore.judge``."""
        made = Judgement.of(left, right, verdict, judge=judge, at=at)

        def work(run: Run) -> None:
            others = [j for j in read_judgements(run) if (j.left, j.right) != (made.left, made.right)]
            check_judgements(sorted((*others, made), key=lambda j: (j.left, j.right)))
            run(cypher.WRITE_JUDGEMENT, **judgement_properties(made))

        self._write(work)
        return made

    def judgements(self) -> list[Judgement]:
        """See ``GraphStore.judgements``."""
        return self._connection.read(read_judgements)

    def undo(self, left: str, right: str) -> bool:
        """See ``GraphStore.undo``."""
        one, other = sorted((left, right))
        gone = False

        def work(run: Run) -> bool:
            nonlocal gone  # by this attempt, or by one before whose commit was not confirmed
            gone = int(run(cypher.DELETE_JUDGEMENT, left=one, right=other)[0][0]) > 0 or gone
            return gone

        return self._write(work)

    def canonical_actor(self, actor_id: str) -> ActorId:
        """See ``GraphStore.canonical_actor``."""
        return ActorId(self._connection.read(shown_actors).get(actor_id, actor_id))


def _ready(coded: CodedArticle) -> ArticleNode:
    check(coded)
    node = article_node(coded)
    check_lengths(node)
    return node
