"""What an exporter reads from, how it is told to write, and what it answers."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import BinaryIO, Literal, Protocol, TypeVar, runtime_checkable

from graph.errors import InvalidInput
from graph.model import (
    Actor,
    ActorId,
    ArticleId,
    CodedArticle,
    Event,
    EventId,
    EventMention,
    EventQuery,
    MentionId,
    Place,
    PlaceId,
    Span,
)

DEFAULT_BASE = "https://diurna.example/"
"""A placeholder on a domain that is reserved for examples: nothing can be looked up there."""

Item = TypeVar("Item")

_BASE = re.compile(r"""[A-Za-z][A-Za-z0-9+.-]*:[^\x00-\x20<>"{}|\\^`\ud800-\udfff]*[/#:]""")
_IRI = re.compile(r"""[A-Za-z][A-Za-z0-9+.-]*:[^\x00-\x20<>"{}|\\^`\ud800-\udfff]+""")


class LinkReason(Protocol):
    """Why a mention belongs to an event, in words; ``graph.store.base.Link`` is one."""

    @property
    def mention_id(self) -> MentionId: ...

    @property
    def reason(self) -> str: ...


class ExportSource(Protocol):
    """What an export needs of a store; every ``GraphStore`` has it."""

    def events(self, query: EventQuery) -> Iterator[Event]:
        """Stream the events selected, in an order that does not change from call to call."""

    def mentions(self, event_id: str) -> Sequence[EventMention]:
        """Return the mentions of an event, the best first."""

    def article(self, article_id: str) -> CodedArticle | None:
        """Return an article as it was added."""

    def actors(self, ids: Sequence[str], *, limit: int | None) -> Sequence[Actor]:
        """Return the actors with these ids; unknown ids are left out."""

    def places(self, ids: Sequence[int]) -> Sequence[Place]:
        """Return the places with these ids; unknown ids are left out."""

    def origin_of(self, article_id: str) -> ArticleId | None:
        """Return the article of which this one is a copy (itself when it is none)."""

    def links(self, event_id: str) -> Sequence[LinkReason]:
        """Return why each mention belongs to the event."""


@runtime_checkable
class KnowsReplaced(Protocol):
    """A source that can tell which event ids, handed out earlier, now lead to an event."""

    def replaced_ids(self, event_id: str) -> Sequence[EventId]:
        """Return the ids that were given up for this event's."""


@dataclass(frozen=True, slots=True)
class ExportOptions:
    """How to write; every format takes what concerns it.

    Attributes:
        base: What the IRIs of articles, mentions, events, actors and places begin with; ends in ``/``,
            ``#`` or ``:``. Set it to an address of yours. The IRIs of terms never change: data of two
            stores shares its words (``graph.export.rdf_terms``).
        quote_length: Longest quote from an article in characters: a longer sentence is cut there and
            marked as cut, and the words before and after a quote are left out. ``None`` for whole
            sentences, 0 for no quotes. Names, time expressions and offsets are always written.
        rdf_version: ``"1.2"`` adds, in N-Quads only, one triple initiator–type–recipient for each pair
            of a mention, reified by the mention.
        vocabulary: Whether RDF carries the ontology and the code lists (about 4,500 statements).
        title: Title of the data set in RDF.
        licence: IRI of the licence that you give the data set, or ``None`` to state none.
        issued: When it is published; ``None`` writes no time, so that equal stores give equal bytes.
        guard_formulas: Whether text in CSV that a spreadsheet could take for a formula gets a leading
            apostrophe.
        compress: Whether the files of a folder are compressed (gzip).

    Raises:
        InvalidInput: If a value cannot be used.
    """

    base: str = DEFAULT_BASE
    quote_length: int | None = None
    rdf_version: Literal["1.1", "1.2"] = "1.1"
    vocabulary: bool = True
    title: str = "Events told by the news"
    licence: str | None = None
    issued: datetime | None = None
    guard_formulas: bool = True
    compress: bool = False

    def __post_init__(self) -> None:
        if not _BASE.fullmatch(self.base):
            raise InvalidInput(f"a base is an absolute IRI that ends in '/', '#' or ':', not {self.base!r}")
        if self.quote_length is not None and self.quote_length < 0:
            raise InvalidInput(f"a quote has 0 characters or more, not {self.quote_length}")
        if self.rdf_version not in ("1.1", "1.2"):
            raise InvalidInput(f"RDF has versions 1.1 and 1.2, not {self.rdf_version!r}")
        if self.licence is not None and not _IRI.fullmatch(self.licence):
            raise InvalidInput(f"a licence is given by its IRI, not {self.licence!r}")
        if self.issued is not None and self.issued.tzinfo is None:
            raise InvalidInput("a publication time needs a time zone")

    def clip(self, quote: str) -> str:
        """Return the quote, or as much of its beginning as may be written."""
        return quote if self.quote_length is None else quote[: self.quote_length]


@dataclass(frozen=True, slots=True)
class ExportReport:
    """What an export wrote.

    Attributes:
        written: Number of items by kind: events, mentions, articles, actors, places, statements…
        bytes: Size of what was written.
        next_steps: What to do with it, for people; ``""`` when that needs no saying.
    """

    written: Mapping[str, int]
    bytes: int
    next_steps: str = ""


Exporter = Callable[[ExportSource, EventQuery, BinaryIO, ExportOptions], Mapping[str, int]]
"""Writes the events selected and returns how many items of each kind it wrote."""

Progress = Callable[[int, int], None]
"""Told how many of how many steps are done."""

FolderExporter = Callable[
    [ExportSource, EventQuery, Path, ExportOptions, Progress], tuple[Mapping[str, int], str]
]
"""Fills an empty folder; returns how many items of each kind it wrote, and what to do with them."""


class Reading:
    """A source with a short memory: the same article or actor is asked for many times in a row."""

    def __init__(self, source: ExportSource) -> None:
        self.source = source
        self.article: Callable[[ArticleId], CodedArticle | None] = lru_cache(256)(source.article)
        self.origin_of: Callable[[ArticleId], ArticleId | None] = lru_cache(4096)(source.origin_of)
        self.actor: Callable[[ActorId], Actor] = lru_cache(8192)(self._actor)
        self.place: Callable[[PlaceId], Place | None] = lru_cache(8192)(self._place)

    def _actor(self, actor_id: ActorId) -> Actor:
        for actor in self.source.actors([actor_id], limit=1):
            return actor
        return Actor(id=actor_id, name=actor_id)

    def _place(self, place_id: PlaceId) -> Place | None:
        for place in self.source.places([place_id]):
            return place
        return None

    def origin(self, article_id: ArticleId) -> ArticleId:
        """Return the article of which this one is a copy, or the article itself."""
        return self.origin_of(article_id) or article_id

    def quote(self, article_id: ArticleId, span: Span | None) -> str:
        """Return the words of a span; ``""`` when there is no span or no text."""
        coded = self.article(article_id) if span is not None else None
        return "" if coded is None or span is None else span.quote(coded.article.text)


def unique(items: Iterable[Item]) -> list[Item]:
    """Return the items without repetitions, in the order of their first."""
    return list(dict.fromkeys(items))
