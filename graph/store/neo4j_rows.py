"""A coded article as the nodes and relationships that it becomes in Neo4j.

Readable properties are for people and queries; ``told``, ``annotation``, ``unit`` and the like are what
the article is read back from and linked by.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC
from functools import lru_cache
from typing import Any

from graph.linking import copies
from graph.linking.consensus import Consensus
from graph.linking.merge import merged_actor, merged_place
from graph.linking.same_actor import Judgement
from graph.linking.sketches import Sketch
from graph.linking.units import Unit, block_of, rank_of, statement_keys, unit_of
from graph.model import Actor, ActorId, Article, CodedArticle, EventMention, Participant, Quantity, event_id
from graph.ontology import codebook
from graph.store.cypher_rows import TIMES
from graph.store.lucene import indexed_words
from graph.store.rows import (
    actor_row,
    annotation_row,
    content_digest,
    described,
    dump,
    mention_row,
    place_row,
    read_actor,
    read_place,
)
from graph.store.sqlite_events import summary, week_of
from graph.store.sqlite_units import unit_json

Properties = dict[str, Any]


@lru_cache(maxsize=1024)
def shingles(text: str) -> frozenset[int]:
    """Return a text's shingles: see ``graph.linking.copies``."""
    return copies.shingles(text)


@dataclass(frozen=True, slots=True)
class MentionNode:
    """A mention ready to be written.

    Attributes:
        statement: What it has in common with the same statement in a copy.
        teller: The mention of its article that stands for this statement.
        initiators, recipients: The relationships to the actors that it names.
    """

    mention: EventMention
    block: str
    unit: Unit
    statement: str
    teller: str
    properties: Properties
    initiators: list[Properties]
    recipients: list[Properties]


@dataclass(frozen=True, slots=True)
class ArticleNode:
    """An article ready to be written, with all that comes from it."""

    coded: CodedArticle
    digest: str
    properties: Properties
    mentions: tuple[MentionNode, ...]
    actors: tuple[tuple[str, str], ...]
    places: tuple[tuple[int, str], ...]
    sketch: Sketch

    @property
    def id(self) -> str:
        """The article's id."""
        return self.coded.article.id


def article_node(coded: CodedArticle) -> ArticleNode:
    """Return an article ready to be written."""
    article = coded.article
    annotation = dump(annotation_row(coded))
    told = [dump(mention_row(mention)) for mention in coded.mentions]
    fingerprint = content_digest(coded, annotation, told)
    actors, places = described(coded)
    sketch = Sketch(article.id, copies.sketch(shingles(article.text)))
    return ArticleNode(
        coded=coded,
        digest=fingerprint,
        properties=_article_properties(article, len(coded.mentions), annotation, fingerprint, sketch.sample),
        mentions=_mention_nodes(coded, told),
        actors=tuple(actors.items()),
        places=tuple(places.items()),
        sketch=sketch,
    )


def _article_properties(
    article: Article, mentions: int, annotation: str, digest: str, sketch: Iterable[int]
) -> Properties:
    published = article.published
    return {
        "id": article.id,
        "title": article.title,
        "publisher": article.publisher,
        "url": article.url,
        "published": None if published is None else published.astimezone(UTC),
        "published_as_given": None if published is None else published.isoformat(),
        "language": article.language,
        "file": article.file,
        "text": article.text,
        "characters": len(article.text),
        "mention_count": mentions,
        "origin": article.id,
        "annotation": annotation,
        "digest": digest,
        "sketch": " ".join(map(str, sketch)),
        "title_words": indexed_words(article.title),
        "text_words": indexed_words(article.text),
    }


def _mention_nodes(coded: CodedArticle, told: Sequence[str]) -> tuple[MentionNode, ...]:
    article = coded.article
    actors: dict[str, Actor] = {actor.id: actor for actor in coded.actors}
    places = {int(place.id): place for place in coded.places}
    statements = statement_keys(coded.mentions, article.text)
    units = [
        unit_of(
            mention, rank=rank_of(mention, article.published), actors=actors, places=places, text=article.text
        )
        for mention in coded.mentions
    ]
    tellers: dict[str, str] = {}
    for one, statement in sorted(zip(units, statements, strict=True), key=lambda pair: pair[0].rank):
        tellers.setdefault(statement, one.mention)
    nodes = []
    for position, mention in enumerate(coded.mentions):
        unit, statement = units[position], statements[position]
        quote = "" if mention.evidence is None else mention.evidence.sentence.quote(article.text)
        block = block_of(mention)
        linking = {
            "block": block,
            "link_first": unit.first,
            "link_last": unit.last,
            "link_day": unit.first if unit.one_day else None,
            "link_from": None if unit.one_day else unit.first,
            "unit": unit_json(unit),
            "rank": unit.rank,
            "statement": statement,
            "told_by": tellers[statement],
            "alias": event_id(mention.id),
        }
        readable = mention_properties(mention, quote) | {"position": position, "told": told[position]}
        nodes.append(
            MentionNode(
                mention,
                block,
                unit,
                statement,
                tellers[statement],
                readable | linking,
                participant_rows(mention, mention.initiators),
                participant_rows(mention, mention.recipients),
            )
        )
    return tuple(nodes)


def mention_properties(mention: EventMention, quote: str) -> Properties:
    """Return what people and queries see of a mention, but for its position."""
    day = mention.day
    sides = [[p.text or p.actor for p in side] for side in (mention.initiators, mention.recipients)]
    return {
        "id": mention.id,
        "name": summary(mention.type, mention.reciprocal, *sides),
        "type": mention.type,
        "mode": mention.mode,
        "contexts": list(mention.contexts),
        "cameo": mention.cameo,
        "modality": mention.modality.value,
        "reciprocal": mention.reciprocal,
        "first_day": None if day is None else day.first,
        "last_day": None if day is None else day.last,
        "day_basis": None if day is None else day.basis.value,
        "day_cue": None if day is None else day.cue,
        "place": mention.place,
        "quantities": [_quantity(quantity) for quantity in mention.quantities],
        "quote": quote,
        "words": indexed_words(quote),
        "score": float(mention.score),
        "coder": mention.coder,
        "rule": mention.rule or None,
    }


def sent(properties: Properties) -> Properties:
    """Return properties as the writing statements take them: days and moments as text."""
    times = {key: value.isoformat() for key in TIMES if (value := properties.get(key)) is not None}
    return {**properties, **times}


def _quantity(quantity: Quantity) -> str:
    if quantity.low == quantity.high:
        return f"{quantity.what} {quantity.low:g}"
    return f"{quantity.what} {quantity.low:g} to {quantity.high:g}"


def participant_rows(mention: EventMention, side: Sequence[Participant]) -> list[Properties]:
    """Return the relationships from a mention to the actors that it names."""
    return [
        {"mention": mention.id, "actor": one.actor, **_participant_properties(one, position)}
        for position, one in enumerate(side)
    ]


def actors_named(mention: EventMention) -> Iterator[tuple[str, ActorId, Properties]]:
    """Yield the relationships from a mention to the actors that it names: type, actor and properties."""
    for type, side in (("NAMES_INITIATOR", mention.initiators), ("NAMES_RECIPIENT", mention.recipients)):
        for position, one in enumerate(side):
            yield type, one.actor, _participant_properties(one, position)


def _participant_properties(participant: Participant, position: int) -> Properties:
    span = participant.span
    return {
        "position": position,
        "text": participant.text,
        "start": None if span is None else span.start,
        "end": None if span is None else span.end,
    }


def event_properties(id: str, told: Consensus, publishers: Iterable[str | None], name: str) -> Properties:
    """Return what an event's mentions agree on.

    Args:
        id: The event's.
        told: What they agree on.
        publishers: The outlets of the mentions, as often as may be.
        name: The event in one line.
    """
    day, told_at = told.day, told.first_reported
    row: Properties = {
        "id": id,
        "type": told.type,
        "mode": told.mode,
        "modality": told.modality.value,
        "reciprocal": told.reciprocal,
        "first_day": None if day is None else day.first,
        "last_day": None if day is None else day.last,
        "day_basis": None if day is None else day.basis.value,
        "day_cue": None if day is None else day.cue,
        "week": None if day is None else week_of(day.first),
        "place": told.place,
        "mention_count": len(told.mention_ids),
        "article_count": told.article_count,
        "publisher_count": told.publisher_count,
        "origin_count": told.origin_count,
        "score": float(told.score),
        "tone": codebook.tone(told.type, told.mode),
        "quote": told.quote,
        "first_reported": None if told_at is None else told_at.astimezone(UTC),
        "initiators": list(told.initiators),
        "recipients": list(told.recipients),
        "publishers": sorted({publisher for publisher in publishers if publisher is not None}),
        "mentions": list(told.mention_ids),
    }
    plain = {**row, **{key: str(row[key]) for key in TIMES if row.get(key) is not None}}
    row["fingerprint"] = hashlib.sha256(dump(plain).encode()).hexdigest()[:16]
    row["name"] = name
    return row


def actor_properties(uses: Mapping[str, int]) -> Properties:
    """Return an actor as all its descriptions together have it.

    Args:
        uses: Each description (JSON), at least one, and how many articles give it.
    """
    actor = merged_actor([read_actor(json.loads(one)) for one in sorted(uses)])
    words = "\n".join((actor.id, actor.name, *actor.aliases)).casefold()
    lists: Properties = {"sectors": [], "aliases": [], "same_as": []}
    return {**lists, **actor_row(actor), "words": words, **kept_descriptions(uses)}


def place_properties(uses: Mapping[str, int]) -> Properties:
    """Return a place as all its descriptions together have it, but for ``location``.

    Args:
        uses: Each description (JSON), at least one, and how many articles give it.
    """
    place = merged_place([read_place(json.loads(one)) for one in sorted(uses)])
    point = {"latitude": place.latitude, "longitude": place.longitude}
    degrees = {name: float(value) for name, value in point.items() if value is not None}
    return {**place_row(place), **degrees, **kept_descriptions(uses)}


def kept_descriptions(uses: Mapping[str, int]) -> Properties:
    """Return the descriptions and how many articles give each, in an order of their own."""
    ordered = sorted(uses)
    return {"descriptions": ordered, "description_uses": [uses[one] for one in ordered]}


def judgement_properties(made: Judgement) -> Properties:
    """Return all of a judgement."""
    return {
        "left": made.left,
        "right": made.right,
        "verdict": made.verdict.value,
        "judge": made.judge,
        "at": made.at.astimezone(UTC),
        "at_as_given": made.at.isoformat(),
    }
