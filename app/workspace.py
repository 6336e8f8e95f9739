"""The one object that users hold: a store, and what can be put into it and read out of it.

from app.workspace import Workspace

with Workspace.open("sqlite:///diurna.db") as workspace:
    print(workspace.ingest(["articles/"]).mentions)
    for event in workspace.events(workspace.query(actors=["Russia", "NATO"])):
        print(event.day, event.summary)
"""

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from difflib import get_close_matches
from functools import cached_property
from itertools import chain
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self

from graph.analysis.change import Change, changes
from graph.analysis.disagreement import Disagreement, disagreements
from graph.analysis.neighbours import Partner, partners
from graph.analysis.network import Network, network
from graph.analysis.paths import Path as ActorPath
from graph.analysis.paths import paths
from graph.analysis.profile import Profile, profile
from graph.analysis.relations import Relation, relations
from graph.analysis.timeline import Timeline, timeline
from graph.errors import InvalidInput, ItemRejected
from graph.export import ExportOptions, ExportReport, export
from graph.model import (
    Actor,
    Article,
    Axis,
    CodedArticle,
    Count,
    Event,
    EventQuery,
    Place,
)
from graph.store import GraphStore, open_store
from graph.store.base import ArticleRow, EventDetails, StoreStatistics
from ingest.fetch import read_url
from ingest.pipeline import Pipeline, Progress, no_progress
from ingest.readers import RawItem, ReadOptions, read_item, read_paths
from ingest.report import RunReport

_NEAR_AMONG = 5000
"""Actors whose names are compared with one that nobody goes by: those with most events."""


class Workspace:
    """A store with the means to fill it and to read it.

    Args:
        store: An open store; ``Workspace.open`` opens one by its URL.
        pipeline: How articles are coded; the shipped model and coder if ``None``, loaded when first used.
    """

    def __init__(self, store: GraphStore, *, pipeline: Pipeline | None = None) -> None:
        self.store = store
        self._given = pipeline

    @classmethod
    def open(cls, url: str | None = None, *, read_only: bool = False) -> "Workspace":
        """Open a store by its URL, such as ``sqlite:///diurna.db`` (the default, see ``DIURNA_STORE``).

        Raises:
            InvalidInput: If the URL names no known store.
            BackendUnavailable: If the store cannot be opened.
            StoreMismatch: If another version wrote it.
        """
        if url is None:
            from app.settings import settings

            url = settings().store
        return cls(open_store(url, read_only=read_only))

    @cached_property
    def pipeline(self) -> Pipeline:
        """How articles are coded."""
        return self._given or Pipeline()

    # -- putting in ---------------------------------------------------------------------------

    def ingest(
        self,
        sources: Iterable[str | Path],
        *,
        format: str | None = None,
        options: ReadOptions | None = None,
        progress: Progress = no_progress,
        report: RunReport | None = None,
        allow_private: bool = False,
    ) -> RunReport:
        """Read files, folders and addresses, code them and store them; return what was done.

        Each article is stored whole as soon as it is coded: what stops the run loses nothing that
        was reported. Hand in a ``report`` to have its figures even then.

        Raises:
            InvalidInput: If a path does not exist.
            BackendUnavailable: If the store fails.
        """
        report = report if report is not None else RunReport()
        options = replace(options or ReadOptions(), note=report.note)
        items = self.read(sources, format=format, options=options, allow_private=allow_private)
        return self.ingest_articles(items, progress=progress, report=report)

    def ingest_bytes(self, name: str, data: bytes, *, progress: Progress = no_progress) -> RunReport:
        """Read what a user handed in (an upload, a pasted text), code it and store it."""
        report = RunReport()
        items = read_item(RawItem(name=name, data=data), options=ReadOptions(note=report.note))
        return self.ingest_articles(items, progress=progress, report=report)

    def ingest_articles(
        self,
        articles: Iterable[Article | ItemRejected],
        *,
        progress: Progress = no_progress,
        report: RunReport | None = None,
    ) -> RunReport:
        """Code and store articles; return what was done."""
        report = report if report is not None else RunReport()
        begun = time.monotonic()
        try:
            added = self.store.add(self.pipeline.run(articles, report=report, progress=progress))
            report.added += added.added
            report.unchanged += added.unchanged
            report.replaced += added.replaced
            report.events_more += added.events_new - added.events_gone
        finally:
            report.seconds += time.monotonic() - begun
        return report

    @staticmethod
    def read(
        sources: Iterable[str | Path],
        *,
        format: str | None = None,
        options: ReadOptions | None = None,
        allow_private: bool = False,
    ) -> Iterator[Article | ItemRejected]:
        """Return an iterator over the articles of files, folders (``-`` is standard input) and addresses."""
        parts: list[Iterator[Article | ItemRejected]] = []
        for source in sources:
            if str(source).startswith(("http://", "https://")):
                parts.append(
                    read_url(str(source), format=format, options=options, allow_private=allow_private)
                )
            else:
                parts.append(read_paths([source], format=format, options=options))
        return chain.from_iterable(parts)

    def remove_article(self, article_id: str) -> bool:
        """Take back an article with all that came from it; ``False`` when there is none."""
        return self.store.remove_article(article_id)

    # -- reading out --------------------------------------------------------------------------

    def query(
        self,
        *,
        actors: Sequence[str] = (),
        between: tuple[str, str] | None = None,
        types: Sequence[str] = (),
        modality: Sequence[str] = (),
        first_day: date | None = None,
        last_day: date | None = None,
        country: str | None = None,
        publishers: Sequence[str] = (),
        text: str | None = None,
        min_score: float = 0.0,
        min_origins: int = 1,
        limit: int | None = None,
        offset: int = 0,
    ) -> EventQuery:
        """Return a query in which actors may be given by name ("Russia", "NATO") as well as by id.

        Raises:
            InvalidInput: If no actor of the store goes by a name, or a type does not exist.
        """
        from graph.ontology import codebook

        for name in types:
            if name not in codebook.types():
                raise InvalidInput(f"{name!r} is no PLOVER type: they are {', '.join(codebook.types())}")
        return EventQuery(
            actors=tuple(self.actor_id(actor) for actor in actors),
            between=(self.actor_id(between[0]), self.actor_id(between[1])) if between else None,
            types=tuple(types),
            modality=tuple(modality),
            first_day=first_day,
            last_day=last_day,
            country=country,
            publishers=tuple(publishers),
            text=text,
            min_score=min_score,
            min_origins=min_origins,
            limit=limit,
            offset=offset,
        )

    def actor_id(self, name: str) -> str:
        """Return the id of an actor given by id, name or alias.

        Raises:
            InvalidInput: If nobody in the store goes by it; the message names who comes near.
        """
        if self.store.actors([name]):
            return name
        found = self.store.actors(search=name, limit=50)
        wanted = name.casefold()
        for actor in found:
            if wanted in (actor.id.casefold(), actor.name.casefold(), *(a.casefold() for a in actor.aliases)):
                return actor.id
        if len(found) == 1:
            return found[0].id
        near = ", ".join(f"{a.name} ({a.id})" for a in found[:5] or self._spelt_like(name))
        hint = f"; did you mean {near}?" if near else ""
        raise InvalidInput(f"no actor in the store is called {name!r}{hint}")

    def _spelt_like(self, name: str) -> list[Actor]:
        """Return up to five actors whose names, aliases or ids are spelt much like a name, the nearest first."""
        known: dict[str, Actor] = {}
        for actor in self.store.actors(limit=_NEAR_AMONG):
            # Single words too: people are asked for by their surname.
            for said in (actor.name, *actor.aliases, actor.id, *actor.name.split()):
                known.setdefault(said.casefold(), actor)
        near = get_close_matches(name.casefold(), known, n=10, cutoff=0.7)
        return list({known[said].id: known[said] for said in near}.values())[:5]

    def events(self, query: EventQuery = EventQuery()) -> list[Event]:
        """Return the events selected, the earliest first, undated ones last."""
        return list(self.store.events(query))

    def event(self, event_id: str) -> Event | None:
        """Return one event, or ``None``."""
        return self.store.event(event_id)

    def details(self, event_id: str) -> EventDetails | None:
        """Return an event with its mentions, why each belongs to it, and its place; or ``None``."""
        return self.store.details(event_id)

    def disagreements(self, event_id: str) -> list[Disagreement]:
        """Return what an event's origins tell differently."""
        return disagreements(self.store, event_id)

    def count(
        self,
        query: EventQuery = EventQuery(),
        *by: Axis,
        limit: int | None = None,
    ) -> list[Count]:
        """Count the events selected, grouped by the axes."""
        return self.store.count_events(query, by, limit)

    def timeline(
        self,
        query: EventQuery = EventQuery(),
        *,
        bucket: Axis = Axis.MONTH,
        by: Axis | None = None,
        lanes: int | None = None,
    ) -> Timeline:
        """Return counts over time, in lanes by another axis if one is given."""
        return timeline(self.store, query, bucket=bucket, by=by, lanes=lanes)

    def relations(
        self,
        query: EventQuery = EventQuery(),
        *,
        limit: int | None = 100,
    ) -> list[Relation]:
        """Return who acts on whom, the pairs with most events first."""
        return relations(self.store, query, limit=limit)

    def profile(self, actor: str, query: EventQuery = EventQuery(), *, limit: int = 20) -> Profile:
        """Return an actor at a glance; ``actor`` is an id or a name, ``limit`` the longest list."""
        return profile(self.store, self.actor_id(actor), query, limit=limit)

    def neighbours(
        self, actor: str, query: EventQuery = EventQuery(), *, limit: int | None = 100
    ) -> list[Partner]:
        """Return who stands on the other side of an actor's events; ``actor`` is an id or a name."""
        return partners(self.store, self.actor_id(actor), query, limit=limit)

    def paths(
        self,
        start: str,
        end: str,
        query: EventQuery = EventQuery(),
        *,
        most_paths: int = 5,
        most_steps: int = 4,
        most_events: int = 3,
    ) -> list[ActorPath]:
        """Return how two actors, by id or name, hang together: the shortest and best told paths first."""
        return paths(
            self.store,
            self.actor_id(start),
            self.actor_id(end),
            query,
            most_paths=most_paths,
            most_steps=most_steps,
            most_events=most_events,
        )

    def network(
        self, query: EventQuery = EventQuery(), *, least_events: int = 1, by_country: bool = False
    ) -> Network:
        """Return the network of actors with its measures."""
        return network(self.store, query, least_events=least_events, by_country=by_country)

    def changes(
        self,
        before: tuple[date, date],
        after: tuple[date, date],
        query: EventQuery = EventQuery(),
        *,
        least_events: int = 1,
        by_country: bool = False,
    ) -> list[Change]:
        """Return what became of the ties between actors from one stretch of days to another."""
        return changes(self.store, before, after, query, least_events=least_events, by_country=by_country)

    def article(self, article_id: str) -> CodedArticle | None:
        """Return an article as it was coded, or ``None``."""
        return self.store.article(article_id)

    def articles(
        self,
        *,
        limit: int | None = 100,
        offset: int = 0,
        text: str | None = None,
        publisher: str | None = None,
    ) -> list[ArticleRow]:
        """List articles, the latest published first."""
        return self.store.articles(limit=limit, offset=offset, text=text, publisher=publisher)

    def actors(
        self, ids: Sequence[str] | None = None, *, search: str | None = None, limit: int | None = 100
    ) -> list[Actor]:
        """Return actors, those with most events first, or those with the ids in that order."""
        return self.store.actors(ids, search=search, limit=limit)

    def places(self, ids: Sequence[int] | None = None) -> list[Place]:
        """Return places."""
        return self.store.places(ids)

    def publishers(self) -> list[tuple[str, int]]:
        """Return each publisher and its number of articles."""
        return self.store.publishers()

    def info(self) -> StoreStatistics:
        """Count what the store holds."""
        return self.store.statistics()

    def export(
        self,
        out: Path | BinaryIO,
        *,
        format: str,
        query: EventQuery = EventQuery(),
        options: ExportOptions | None = None,
        progress: Callable[[int, int], None] | None = None,
    ) -> ExportReport:
        """Write the events selected in a format of ``EXPORTERS`` or ``FOLDER_EXPORTERS``.

        Args:
            out: A file or stream; a folder for the latter.
            progress: Called with how many of how many are written, where the format tells.
        """
        return export(
            self.store, query, format=format, out=out, options=options or ExportOptions(), progress=progress
        )

    def close(self) -> None:
        """Release the store."""
        self.store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
