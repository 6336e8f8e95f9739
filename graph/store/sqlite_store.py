"""The store in one SQLite file: nothing to install or start, and fast up to millions of events."""

import json
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from datetime import date, datetime
from functools import cached_property
from types import TracebackType
from typing import Self, TypeVar

from graph.errors import InvalidInput
from graph.linking.same_actor import Judgement, Verdict
from graph.model import (
    Actor,
    ActorId,
    Article,
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
from graph.store.base import AddReport, ArticleRow, EventDetails, Link, StoreStatistics
from graph.store.collector import seldom_collected
from graph.store.cypher_query import CypherRunner
from graph.store.rows import read_annotation, read_instant, read_place
from graph.store.sqlite_connection import Connections
from graph.store.sqlite_count import count_groups
from graph.store.sqlite_events import SELECT_EVENT
from graph.store.sqlite_query import EVENT_ORDER, where_events
from graph.store.sqlite_read import (
    EventReader,
    apply_judgements,
    busiest_actors,
    countries_of,
    event_number,
    groups_of,
    integer,
    page,
    read_details,
    read_judgements,
    read_mentions,
    read_places,
    shown_actor,
    shown_actors,
    where_articles,
)
from graph.store.sqlite_write import Batch, check

BATCH_SIZE = 4000
"""Articles and mentions in one transaction: few enough to lose little, and enough that a day of which many tell is
not linked again many times."""

BATCH_SECONDS = 3.0
"""A transaction is closed after this time, so that readers see a slow ingest grow."""

Answer = TypeVar("Answer")

_EVENTS_AT_ONCE = 500
_EVERYTHING = EventQuery()


class SqliteStore:
    """A ``GraphStore`` in a SQLite file, or in memory.

    Args:
        path: The file, created when it does not exist; ``""`` for a store in memory.
        url: The URL that it goes by.
        read_only: Open an existing store without ever writing to it.

    Raises:
        BackendUnavailable: If the file cannot be opened.
        StoreMismatch: If it is not a store of this version; it is left untouched.
    """

    def __init__(self, path: str, *, url: str, read_only: bool = False) -> None:
        self._url = url
        self._read_only = read_only
        self._connections = Connections(path, read_only=read_only)

    @property
    def url(self) -> str:
        """The URL that the store was opened with."""
        return self._url

    @property
    def read_only(self) -> bool:
        """Whether writing methods raise ``InvalidInput``."""
        return self._read_only

    @cached_property
    def cypher(self) -> CypherRunner:
        """What runs Cypher on a snapshot of this store; see ``GraphStore.cypher``."""
        from graph.store.snapshot_query import SnapshotRunner

        return SnapshotRunner(self._connections)

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
        """Release the file; a closed store cannot be used again."""
        self._connections.close()

    def at_one_moment(self, work: Callable[[], Answer]) -> Answer:
        """See ``GraphStore.at_one_moment``."""
        with self._connections.together():
            return work()

    def add(self, coded: Iterable[CodedArticle]) -> AddReport:
        """See ``GraphStore.add``."""
        if self._read_only:
            raise InvalidInput(f"{self._url} was opened to be read only")
        report = AddReport()
        pending: list[CodedArticle] = []
        size, started = 0, time.monotonic()
        with seldom_collected():
            try:
                for one in coded:
                    check(one)
                    pending.append(one)
                    size += 1 + len(one.mentions)
                    if size >= BATCH_SIZE or time.monotonic() - started > BATCH_SECONDS:
                        batch, pending = pending, []
                        report += self._add_batch(batch)
                        size, started = 0, time.monotonic()
            finally:
                # Also when the iterable raised: what it yielded before is complete.
                if pending:
                    report += self._add_batch(pending)
        return report

    def _add_batch(self, coded: Sequence[CodedArticle]) -> AddReport:
        with self._connections.writing() as connection:
            batch = Batch(connection)
            for one in coded:
                batch.add(one)
            return batch.settle()

    def remove_article(self, article_id: str) -> bool:
        """See ``GraphStore.remove_article``."""
        with self._connections.writing() as connection:
            batch = Batch(connection)
            found = batch.remove(article_id)
            if found:
                batch.settle()
            return found

    def article(self, article_id: str) -> CodedArticle | None:
        """See ``GraphStore.article``."""
        with self._connections.reading() as connection:
            row = connection.execute(
                "SELECT number, id, text, title, publisher, url, published, language, file, annotation"
                " FROM article WHERE id = ?",
                (article_id,),
            ).fetchone()
            if row is None:
                return None
            mentions = read_mentions(connection, "m.article = ? ORDER BY m.position", row[0])
        actors, places, sentences, names, place_spans, times = read_annotation(json.loads(row[9]))
        article = Article(
            id=ArticleId(row[1]),
            text=row[2],
            title=row[3],
            publisher=row[4],
            url=row[5],
            published=read_instant(row[6]),
            language=row[7],
            file=row[8],
        )
        return CodedArticle(article, tuple(mentions), actors, places, sentences, names, place_spans, times)

    def articles(
        self,
        *,
        limit: int | None = 100,
        offset: int = 0,
        text: str | None = None,
        publisher: str | None = None,
    ) -> list[ArticleRow]:
        """See ``GraphStore.articles``."""
        where = where_articles(text, publisher)
        sql = (
            "SELECT a.id, a.title, a.publisher, a.url, a.published, a.language, a.origin, a.mentions,"
            f" a.characters FROM article a{where.sql} ORDER BY a.moment IS NULL, a.moment DESC, a.id"
            " LIMIT ? OFFSET ?"
        )
        with self._connections.reading() as connection:
            rows = connection.execute(sql, (*where.values, *page(limit, offset))).fetchall()
        return [
            ArticleRow(
                id=ArticleId(id),
                title=title,
                publisher=outlet,
                url=url,
                published=read_instant(published),
                language=language,
                origin=ArticleId(origin),
                mentions=mentions,
                characters=characters,
            )
            for id, title, outlet, url, published, language, origin, mentions, characters in rows
        ]

    def count_articles(self, *, text: str | None = None, publisher: str | None = None) -> int:
        """See ``GraphStore.count_articles``."""
        where = where_articles(text, publisher)
        with self._connections.reading() as connection:
            return integer(connection, f"SELECT count(*) FROM article a{where.sql}", *where.values)

    def events(self, query: EventQuery = _EVERYTHING) -> Iterator[Event]:
        """See ``GraphStore.events``."""
        where = where_events(query)
        sql = f"{SELECT_EVENT}{where.sql} ORDER BY {EVENT_ORDER} LIMIT ? OFFSET ?"
        return self._stream(sql, (*where.values, *page(query.limit, query.offset)))

    def _stream(self, sql: str, values: Sequence[object]) -> Iterator[Event]:
        with self._connections.reading() as connection:
            reader = EventReader(connection)
            with closing(connection.cursor()) as cursor:
                cursor.execute(sql, tuple(values))
                if not self._connections.shared:
                    while rows := cursor.fetchmany(_EVENTS_AT_ONCE):
                        yield from reader.read(rows)
                    return
                # The connection is given back before anybody else's code runs.
                events = reader.read(cursor.fetchall())
        yield from events

    def event(self, event_id: str) -> Event | None:
        """See ``GraphStore.event``."""
        with self._connections.reading() as connection:
            number = event_number(connection, event_id)
            if number is None:
                return None
            row = connection.execute(f"{SELECT_EVENT} WHERE e.number = ?", (number,)).fetchone()
            return EventReader(connection).read([row])[0]

    def count_events(
        self, query: EventQuery = _EVERYTHING, by: Sequence[Axis] = (), limit: int | None = None
    ) -> list[Count]:
        """See ``GraphStore.count_events``."""
        return self.count_groups(query, (Grouping(tuple(by), limit),))[0]

    def count_groups(self, query: EventQuery, groupings: Sequence[Grouping]) -> list[list[Count]]:
        """See ``GraphStore.count_groups``."""
        with self._connections.reading() as connection:
            judged = bool(integer(connection, "SELECT EXISTS (SELECT 1 FROM same_actor)"))
            return count_groups(connection, query, groupings, judged=judged)

    def mentions(self, event_id: str) -> list[EventMention]:
        """See ``GraphStore.mentions``."""
        with self._connections.reading() as connection:
            number = event_number(connection, event_id)
            found = [] if number is None else read_mentions(connection, "m.event = ? ORDER BY m.rank", number)
        return sorted(found, key=lambda mention: -mention.score)

    def details(self, event_id: str) -> EventDetails | None:
        """See ``GraphStore.details``."""
        with self._connections.reading() as connection:
            return read_details(connection, event_id)

    def mentions_of_article(self, article_id: str) -> list[EventMention]:
        """See ``GraphStore.mentions_of_article``."""
        with self._connections.reading() as connection:
            return read_mentions(connection, "a.id = ? ORDER BY m.position", article_id)

    def links(self, event_id: str) -> list[Link]:
        """See ``GraphStore.links``."""
        with self._connections.reading() as connection:
            number = event_number(connection, event_id)
            rows = connection.execute(
                "SELECT m.id, e.id, m.reason FROM mention m JOIN event e ON e.number = m.event"
                " WHERE m.event = ? ORDER BY m.alias <> e.id, m.rank",
                (number,),
            ).fetchall()
        return [Link(MentionId(mention), EventId(event), reason) for mention, event, reason in rows]

    def event_of_mention(self, mention_id: str) -> EventId | None:
        """See ``GraphStore.event_of_mention``."""
        with self._connections.reading() as connection:
            row = connection.execute(
                "SELECT e.id FROM mention m JOIN event e ON e.number = m.event WHERE m.id = ?", (mention_id,)
            ).fetchone()
        return None if row is None else EventId(row[0])

    def origin_of(self, article_id: str) -> ArticleId | None:
        """See ``GraphStore.origin_of``."""
        with self._connections.reading() as connection:
            row = connection.execute("SELECT origin FROM article WHERE id = ?", (article_id,)).fetchone()
        return None if row is None else ArticleId(row[0])

    def copies(self, origin: str) -> list[ArticleId]:
        """See ``GraphStore.copies``."""
        with self._connections.reading() as connection:
            rows = connection.execute(
                "SELECT id FROM article WHERE origin = ? ORDER BY moment IS NULL, moment, id", (origin,)
            ).fetchall()
        return [ArticleId(id) for (id,) in rows]

    def actors(
        self, ids: Sequence[str] | None = None, *, search: str | None = None, limit: int | None = 100
    ) -> list[Actor]:
        """See ``GraphStore.actors``."""
        with self._connections.reading() as connection:
            shown = shown_actors(connection)
            if ids is not None:
                wanted = list(dict.fromkeys(shown.get(id, id) for id in ids))
            else:
                wanted = busiest_actors(connection, search, shown)
            if limit is not None and ids is None:
                wanted = wanted[: max(limit, 0)]
            groups = groups_of(shown)
            found = [shown_actor(connection, id, groups.get(id, [id])) for id in wanted]
            return [actor for actor in found if actor is not None]

    def countries(self, ids: Sequence[str]) -> dict[str, str]:
        """See ``GraphStore.countries``."""
        with self._connections.reading() as connection:
            return countries_of(connection, ids)

    def places(self, ids: Sequence[int] | None = None, *, limit: int | None = None) -> list[Place]:
        """See ``GraphStore.places``."""
        with self._connections.reading() as connection:
            if ids is not None:
                return read_places(connection, ids)
            rows = connection.execute(
                "SELECT merged FROM place ORDER BY name, number LIMIT ?", (page(limit, 0)[0],)
            ).fetchall()
        return [read_place(json.loads(merged)) for (merged,) in rows]

    def publishers(self) -> list[tuple[str, int]]:
        """See ``GraphStore.publishers``."""
        with self._connections.reading() as connection:
            return connection.execute(
                "SELECT publisher, count(*) AS articles FROM article WHERE publisher IS NOT NULL"
                " GROUP BY publisher ORDER BY articles DESC, publisher"
            ).fetchall()

    def statistics(self) -> StoreStatistics:
        """See ``GraphStore.statistics``."""
        with self._connections.reading() as connection:
            counts = connection.execute(
                "SELECT (SELECT count(*) FROM article), (SELECT count(*) FROM mention),"
                " (SELECT count(*) FROM event), (SELECT count(*) FROM actor), (SELECT count(*) FROM place),"
                " (SELECT count(DISTINCT publisher) FROM article),"
                " (SELECT count(DISTINCT origin) FROM article),"
                " (SELECT min(first_day) FROM event), (SELECT max(last_day) FROM event)"
            ).fetchone()
        *sums, first, last = counts
        days = [None if day is None else date.fromisoformat(day) for day in (first, last)]
        return StoreStatistics(*sums, *days)

    def judge(
        self, left: str, right: str, verdict: Verdict, *, judge: str = "", at: datetime | None = None
    ) -> Judgement:
        """See ``GraphStore.judge``."""
        made = Judgement.of(left, right, verdict, judge=judge, at=at)
        with self._connections.writing() as connection:
            connection.execute(
                "INSERT INTO judgement (one, other, verdict, judge, at) VALUES (?, ?, ?, ?, ?)"
                " ON CONFLICT (one, other) DO UPDATE SET verdict = excluded.verdict,"
                " judge = excluded.judge, at = excluded.at",
                (made.left, made.right, made.verdict.value, judge, made.at.isoformat()),
            )
            apply_judgements(connection)
        return made

    def judgements(self) -> list[Judgement]:
        """See ``GraphStore.judgements``."""
        with self._connections.reading() as connection:
            return read_judgements(connection)

    def undo(self, left: str, right: str) -> bool:
        """See ``GraphStore.undo``."""
        with self._connections.writing() as connection:
            cursor = connection.execute(
                "DELETE FROM judgement WHERE one = ? AND other = ?", sorted((left, right))
            )
            apply_judgements(connection)
            return cursor.rowcount > 0

    def canonical_actor(self, actor_id: str) -> ActorId:
        """See ``GraphStore.canonical_actor``."""
        with self._connections.reading() as connection:
            return ActorId(shown_actors(connection).get(actor_id, actor_id))
