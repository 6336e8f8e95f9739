"""Events with everything that a flat format tells of them, resolved: names instead of ids, quotes, sources."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from graph.export.source import ExportOptions, ExportSource, Reading, unique
from graph.model import Actor, Article, ArticleId, Event, EventMention, EventQuery, Place
from graph.ontology import codebook

_SURROGATE = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class MentionRecord:
    """A mention with its article.

    Attributes:
        article: The article, or ``None`` when the store has lost it.
        origin: The article of which it is a copy, or its own id.
        quote: The sentence, as much of it as may be written.
        trigger: The words that carry the act.
    """

    mention: EventMention
    article: Article | None
    origin: ArticleId
    quote: str
    trigger: str
    place: Place | None
    initiators: tuple[Actor, ...]
    recipients: tuple[Actor, ...]


@dataclass(frozen=True, slots=True)
class EventRecord:
    """An event with its actors, its place and its mentions, the best first.

    Attributes:
        reasons: Mention id → why it belongs to the event.
    """

    event: Event
    initiators: tuple[Actor, ...]
    recipients: tuple[Actor, ...]
    place: Place | None
    quote: str
    mentions: tuple[MentionRecord, ...]
    reasons: dict[str, str]

    @property
    def urls(self) -> list[str]:
        """The addresses of the articles that mention the event, the best mention's first."""
        return unique(m.article.url for m in self.mentions if m.article and m.article.url)


def records(source: ExportSource, query: EventQuery, options: ExportOptions) -> Iterator[EventRecord]:
    """Stream the events selected, each with its mentions."""
    reading = Reading(source)
    for event in source.events(query):
        yield EventRecord(
            event=event,
            initiators=tuple(reading.actor(actor) for actor in event.initiators),
            recipients=tuple(reading.actor(actor) for actor in event.recipients),
            place=None if event.place is None else reading.place(event.place),
            quote=options.clip(event.quote),
            mentions=tuple(_mention(reading, mention, options) for mention in source.mentions(event.id)),
            reasons={link.mention_id: link.reason for link in source.links(event.id)},
        )


def _mention(reading: Reading, mention: EventMention, options: ExportOptions) -> MentionRecord:
    coded = reading.article(mention.article_id)
    evidence = mention.evidence
    return MentionRecord(
        mention=mention,
        article=None if coded is None else coded.article,
        origin=reading.origin(mention.article_id),
        quote=options.clip(reading.quote(mention.article_id, evidence.sentence if evidence else None)),
        trigger=options.clip(reading.quote(mention.article_id, evidence.trigger if evidence else None)),
        place=None if mention.place is None else reading.place(mention.place),
        initiators=tuple(reading.actor(participant.actor) for participant in mention.initiators),
        recipients=tuple(reading.actor(participant.actor) for participant in mention.recipients),
    )


def sound(text: str) -> str:
    """Return the text without lone surrogates, which UTF-8 cannot hold: each becomes U+FFFD."""
    return text if text.isascii() else _SURROGATE.sub("\ufffd", text)


def goldstein(code: str | None) -> float | None:
    """Return the Goldstein score of a CAMEO code, -10 (conflict) to 10, or ``None``."""
    known = codebook.cameo().get(code) if code else None
    return known.goldstein if known else None
