"""What every store can do, and the small records it answers with.

A backend implements ``GraphStore``; the contract suite in ``tests/graph/store`` runs against all of
them. What links mentions to events is pure and shared (``graph.linking``); a backend keeps rows,
finds candidates and answers queries.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from types import TracebackType
from typing import Protocol, Self, TypeVar

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
    PlaceId,
)
from graph.store.cypher_query import CypherRunner

Answer = TypeVar("Answer")


@dataclass(frozen=True, slots=True)
class AddReport:
    """What one call of ``add`` did.

    Attributes:
        added: Articles that were not in the store before.
        unchanged: Articles that were there already, with the same content: nothing was written.
        mentions: Mentions written, of new and of replaced articles.
        events_new: Events that did not exist before, by id.
        events_touched: Events that existed before and changed or went.
        events_gone: Events that existed before and went: what they told belongs to others now, or to none.
        replaced: Articles whose content or coding had changed and was replaced.
    """

    added: int = 0
    unchanged: int = 0
    mentions: int = 0
    events_new: int = 0
    events_touched: int = 0
    events_gone: int = 0
    replaced: int = 0

    def __add__(self, other: "AddReport") -> "AddReport":
        return AddReport(
            self.added + other.added,
            self.unchanged + other.unchanged,
            self.mentions + other.mentions,
            self.events_new + other.events_new,
            self.events_touched + other.events_touched,
            self.events_gone + other.events_gone,
            self.replaced + other.replaced,
        )


@dataclass(frozen=True, slots=True)
class ArticleRow:
    """One line of a list of articles: all but its text.

    Attributes:
        origin: The id of the article that this one is a copy of, or its own id.
        mentions: Number of mentions coded from it.
        characters: Length of its text in Unicode characters.
    """

    id: ArticleId
    title: str | None
    publisher: str | None
    url: str | None
    published: datetime | None
    language: str | None
    origin: ArticleId
    mentions: int
    characters: int


@dataclass(frozen=True, slots=True)
class Link:
    """Why a mention belongs to an event.

    Attributes:
        reason: For people: "same type CONSULT; both RUS and IGO-OSCE; day 2022-01-13; place Vienna".
    """

    mention_id: MentionId
    event_id: EventId
    reason: str


@dataclass(frozen=True, slots=True)
class EventDetails:
    """All that the store holds of one event.

    Attributes:
        mentions: The best first.
        links: Why each mention belongs to the event, the founding mention first.
        place: ``None`` where the event has none.
    """

    event: Event
    mentions: tuple[EventMention, ...]
    links: tuple[Link, ...]
    place: Place | None


@dataclass(frozen=True, slots=True)
class StoreStatistics:
    """How much the store holds.

    Attributes:
        origins: Number of independent texts, copies folded.
        first_day: First day of the earliest dated event, or ``None``.
        last_day: Last day of the latest dated event, or ``None``.
    """

    articles: int
    mentions: int
    events: int
    actors: int
    places: int
    publishers: int
    origins: int
    first_day: date | None
    last_day: date | None


class GraphStore(Protocol):
    """Articles, mentions and events, kept.

    Every method may raise ``BackendUnavailable`` when the disk or server fails; its message says what
    to do. Objects are safe to share between threads.
    """

    @property
    def url(self) -> str:
        """The URL that the store was opened with."""

    @property
    def read_only(self) -> bool:
        """Whether writing methods raise ``InvalidInput``."""

    @property
    def cypher(self) -> CypherRunner:
        """What runs Cypher of a user's own on this store, reading only."""

    def add(self, coded: Iterable[CodedArticle]) -> AddReport:
        """Store articles with what was read out of them, and link their mentions to events.

        Articles are written in transactions of whole articles: whatever stops the process, each
        article is in the store whole or not at all. When the iterable raises, what it yielded before
        is stored, and the exception goes on.

        An article with a known id replaces what was stored under that id, unless it is equal to it.
        The events, as sets of mentions, do not depend on the order in which articles arrive.

        Raises:
            InvalidInput: If the store is read only, or an article's mentions name another article.
        """

    def remove_article(self, article_id: str) -> bool:
        """Take back an article with all that came from it; ``False`` when it is not in the store.

        Afterwards the store holds exactly what it would hold had the article never been added.
        """

    def article(self, article_id: str) -> CodedArticle | None:
        """Return an article as it was added, or ``None``."""

    def articles(
        self,
        *,
        limit: int | None = 100,
        offset: int = 0,
        text: str | None = None,
        publisher: str | None = None,
    ) -> list[ArticleRow]:
        """List articles, the latest published first, undated ones last.

        Args:
            limit: Highest number of articles, or ``None`` for all.
            offset: How many to skip first.
            text: Words that title or body contain, all of them.
            publisher: Only those of this outlet.
        """

    def count_articles(self, *, text: str | None = None, publisher: str | None = None) -> int:
        """Return how many articles ``articles`` would list without a limit."""

    def events(self, query: EventQuery = EventQuery()) -> Iterator[Event]:
        """Stream the events selected, by first day, then last day, then id; undated ones last."""

    def event(self, event_id: str) -> Event | None:
        """Return the event that goes by this id now.

        An id once given to any of its mentions stays good when events merge or split: it leads to
        the event that this mention belongs to now.
        """

    def count_events(
        self,
        query: EventQuery = EventQuery(),
        by: Sequence[Axis] = (),
        limit: int | None = None,
    ) -> list[Count]:
        """Count the events selected, grouped by the axes: the one aggregate of every view.

        An event counts once for each different key it has: a meeting of three counts under each of
        its three actors. Days, weeks (``2022-W02``), months and years are those of its first day; a
        key is ``None`` where the event has no value. ``query.limit`` and ``query.offset`` do not count.

        Args:
            query: Which events.
            by: The axes, in the order of the keys.
            limit: Only the groups with most events.

        Returns:
            Groups with most events first, then by key; without axes, one row with an empty key.
        """

    def count_groups(self, query: EventQuery, groupings: Sequence[Grouping]) -> list[list[Count]]:
        """Count the events selected in several ways at once: each as ``count_events``.

        All answers are of one moment, and the events are selected once.
        """

    def mentions(self, event_id: str) -> list[EventMention]:
        """Return the mentions of an event, the best first; an empty list for an unknown id."""

    def details(self, event_id: str) -> EventDetails | None:
        """Return an event with its mentions, their links and its place, as they are at one moment.

        Args:
            event_id: Any id that ``event`` takes.
        """

    def mentions_of_article(self, article_id: str) -> list[EventMention]:
        """Return an article's mentions in the order they were coded."""

    def links(self, event_id: str) -> list[Link]:
        """Return why each mention belongs to the event, the founding mention first."""

    def event_of_mention(self, mention_id: str) -> EventId | None:
        """Return the event that a mention belongs to, or ``None`` for an unknown mention."""

    def origin_of(self, article_id: str) -> ArticleId | None:
        """Return the first article of which this one is a copy (itself when it is none), or ``None``."""

    def copies(self, origin: str) -> list[ArticleId]:
        """Return the articles of one origin, the first published first."""

    def actors(
        self, ids: Sequence[str] | None = None, *, search: str | None = None, limit: int | None = 100
    ) -> list[Actor]:
        """Return actors as all articles together describe them, those with most events first.

        Args:
            ids: Only these, in this order; unknown ids are left out.
            search: Part of an id, name or alias, in any case.
            limit: Highest number of actors found without ``ids``, or ``None`` for all.
        """

    def countries(self, ids: Sequence[str]) -> dict[str, str]:
        """Return the country of each of these actors that belongs to one, by the id asked for.

        It is that of the actor under which this one is shown, after judgements.
        """

    def places(self, ids: Sequence[int] | None = None, *, limit: int | None = None) -> list[Place]:
        """Return places, by name, or those with the ids in that order; unknown ids are left out."""

    def publishers(self) -> list[tuple[str, int]]:
        """Return each publisher and its number of articles, the most articles first."""

    def statistics(self) -> StoreStatistics:
        """Count what the store holds."""

    def judge(
        self, left: str, right: str, verdict: Verdict, *, judge: str = "", at: datetime | None = None
    ) -> Judgement:
        """Keep somebody's word that two actors are the same, or are not. Applied on reading only.

        A second judgement of the same two replaces the first.

        Raises:
            InvalidInput: If it contradicts other judgements: the message names them.
        """

    def judgements(self) -> list[Judgement]:
        """Return all judgements, by their two actors."""

    def undo(self, left: str, right: str) -> bool:
        """Forget the judgement on two actors; ``False`` when there is none."""

    def canonical_actor(self, actor_id: str) -> ActorId:
        """Return the id under which an actor is shown, after judgements; itself without any."""

    def at_one_moment(self, work: Callable[[], Answer]) -> Answer:
        """Run a function all of whose reads of this store, in this thread, see one state of it.

        It must not write, and may run again when the connection is lost midway. A Neo4j server may show
        what another program commits meanwhile.
        """

    def close(self) -> None:
        """Release everything; a closed store cannot be used again."""

    def __enter__(self) -> Self: ...

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None: ...


__all__ = [
    "AddReport",
    "ArticleRow",
    "EventDetails",
    "GraphStore",
    "Judgement",
    "Link",
    "PlaceId",
    "StoreStatistics",
    "Verdict",
]
