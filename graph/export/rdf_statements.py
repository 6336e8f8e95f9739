"""The graph as N-Quads, streamed: what is said in RDF, and in which graph.

    graph/article-…   what one article says: its mentions, with roles, time, place and quantities
    graph/provenance  the articles, who coded them with what, and where in the text each part stands
    graph/reconciled  the events as all their mentions tell them; the actors and places
    graph/vocabulary  the ontology and the code lists
    graph/dataset     what this data set is and how much it holds

No statement is written twice. Memory grows only by the ids of articles, actors and places met.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import islice

from graph.export.rdf_concepts import vocabulary_lines
from graph.export.rdf_dataset import put_dataset
from graph.export.rdf_mention import MODALITY, put_day, put_evidence, put_mention, put_roles
from graph.export.rdf_sheet import Sheet
from graph.export.rdf_terms import TRUE, dct, decimal, integer, literal, moment, own, prov, rdf, rdfs, sem
from graph.export.rdf_world import (
    coder_iri,
    put_actor,
    put_article,
    put_coder,
    put_coding,
    put_place,
    put_publisher,
)
from graph.export.source import ExportOptions, ExportSource, Item, KnowsReplaced, Reading, unique
from graph.model import Actor, ActorId, ArticleId, Event, EventMention, EventQuery, PlaceId

BATCH = 500
"""Actors or places asked for at once: below SQLite's oldest limit of 999 parameters."""


class Statements:
    """The statements of one export, to be streamed once.

    Attributes:
        written: How many events, mentions, articles, actors, places and statements went by so far.
    """

    def __init__(self, source: ExportSource, query: EventQuery, options: ExportOptions) -> None:
        self.written: Counter[str] = Counter(
            dict.fromkeys(("events", "mentions", "articles", "actors", "places", "statements"), 0)
        )
        self._source = source
        self._query = query
        self._reading = Reading(source)
        self._sheet = Sheet(options)
        self._seen: set[tuple[str, ...]] = set()
        self._actors: set[ActorId] = set()
        self._places: set[PlaceId] = set()
        self._first: date | None = None
        self._last: date | None = None

    def __iter__(self) -> Iterator[str]:
        """Stream the statements as strings of whole lines."""
        if self._sheet.options.vocabulary:
            lines = vocabulary_lines(self._sheet.names.vocabulary)
            self.written["statements"] += len(lines)
            yield "".join(lines)
        for event in self._source.events(self._query):
            self._put_event(event)
            yield self._taken()
        for actors in _batches(sorted(self._actors)):
            known = {actor.id: actor for actor in self._source.actors(actors, limit=None)}
            for actor_id in actors:
                put_actor(self._sheet, known.get(actor_id) or Actor(id=actor_id, name=actor_id))
            self.written["actors"] += len(actors)
            yield self._taken()
        for places in _batches(sorted(self._places)):
            for place in self._source.places(places):
                put_place(self._sheet, place)
                self.written["places"] += 1
            yield self._taken()
        self._sheet.put_coined()
        yield self._taken()
        put_dataset(self._sheet, self._query, dict(self.written), self._first, self._last)
        yield self._taken()

    def _taken(self) -> str:
        lines = self._sheet.take()
        self.written["statements"] += len(lines)
        return "".join(lines)

    def _is_new(self, *key: str) -> bool:
        if key in self._seen:
            return False
        self._seen.add(key)
        return True

    def _put_event(self, event: Event) -> None:
        mentions = self._source.mentions(event.id)
        subject = self._sheet.names.thing("event", event.id)
        for mention in mentions:
            self._put_mention(mention, subject)
        self.written["events"] += 1
        self._put_reconciled(event, subject, mentions)
        for link in sorted(self._source.links(event.id), key=lambda link: link.mention_id):
            self._sheet.put(
                self._sheet.names.reconciled,
                self._sheet.names.thing("mention", link.mention_id),
                (own.linkReason, literal(link.reason)),
            )

    def _put_mention(self, mention: EventMention, event: str) -> None:
        self.written["mentions"] += 1
        self._put_article_once(mention.article_id, mention.coder)
        put_mention(self._sheet, mention, event, coder_iri(self._sheet, mention.coder))
        coded = self._reading.article(mention.article_id)
        put_evidence(self._sheet, mention, coded.article.text if coded else "")
        self._actors.update(p.actor for p in (*mention.initiators, *mention.recipients))
        if mention.place is not None:
            self._places.add(mention.place)

    def _put_article_once(self, article_id: ArticleId, coder: str) -> None:
        if not self._is_new("coding", article_id, coder):
            return
        if self._is_new("article", article_id):
            coded = self._reading.article(article_id)
            if coded is not None:
                put_article(self._sheet, coded.article, self._reading.origin(article_id))
                self.written["articles"] += 1
                publisher = coded.article.publisher
                if publisher and self._is_new("publisher", publisher):
                    put_publisher(self._sheet, publisher)
        if self._is_new("coder", coder):
            put_coder(self._sheet, coder)
        put_coding(self._sheet, article_id, coder)

    def _put_reconciled(self, event: Event, subject: str, mentions: Sequence[EventMention]) -> None:
        sheet, names = self._sheet, self._sheet.names
        graph = names.reconciled
        actors = unique((*event.initiators, *event.recipients))
        self._actors.update(actors)
        if event.place is not None:
            self._places.add(event.place)
        sheet.put(
            graph,
            subject,
            (rdf.type, sem.Event),
            (rdf.type, own.Event),
            (rdfs.label, literal(event.summary) if event.summary else None),
            (sem.eventType, sheet.term("type", event.type)),
            (own.mode, sheet.term("mode", f"{event.type}-{event.mode}") if event.mode else None),
            (own.modality, MODALITY[event.modality]),
            (own.reciprocal, TRUE if event.reciprocal else None),
            *[(sem.hasActor, names.thing("actor", actor)) for actor in actors],
            (sem.hasPlace, None if event.place is None else names.thing("place", str(event.place))),
            (own.mentionCount, integer(event.mention_count)),
            (own.articleCount, integer(event.article_count)),
            (own.publisherCount, integer(event.publisher_count)),
            (own.independentOrigins, integer(event.origin_count)),
            (own.confidence, decimal(event.score)),
            (own.tone, None if event.tone is None else decimal(event.tone)),
            (own.firstReported, moment(event.first_reported) if event.first_reported else None),
            *[(prov.wasDerivedFrom, names.graph(m)) for m in sorted({m.article_id for m in mentions})],
        )
        put_roles(sheet, graph, subject, "initiator", event.initiators)
        put_roles(sheet, graph, subject, "recipient", event.recipients)
        if event.day is not None:
            put_day(sheet, graph, subject, event.day)
            self._first = min(self._first or event.day.first, event.day.first)
            self._last = max(self._last or event.day.last, event.day.last)
        if isinstance(self._source, KnowsReplaced):
            for replaced in sorted(set(self._source.replaced_ids(event.id)) - {event.id}):
                former = names.thing("event", replaced)
                sheet.put(graph, former, (dct.isReplacedBy, subject))
                sheet.put(graph, subject, (dct.replaces, former))


def _batches(items: Iterable[Item]) -> Iterator[list[Item]]:
    remaining = iter(items)
    while batch := list(islice(remaining, BATCH)):
        yield batch
