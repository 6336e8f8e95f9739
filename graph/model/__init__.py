"""The types that everything speaks in. Standard library only; frozen; nothing is mutated."""

from graph.model.event import (
    CodedArticle,
    DateRange,
    DayBasis,
    Event,
    EventMention,
    Evidence,
    Modality,
    NameSpan,
    Participant,
    PlaceSpan,
    Quantity,
    TimeSpan,
)
from graph.model.ids import (
    ActorId,
    ArticleId,
    EventId,
    MentionId,
    PlaceId,
    article_id,
    digest,
    event_id,
    mention_id,
)
from graph.model.select import Axis, Count, EventQuery
from graph.model.text import Article, Span
from graph.model.world import Actor, ActorKind, International, Place, Precision

__all__ = [
    "Actor",
    "ActorId",
    "ActorKind",
    "Article",
    "ArticleId",
    "Axis",
    "CodedArticle",
    "Count",
    "DateRange",
    "DayBasis",
    "Event",
    "EventId",
    "EventMention",
    "EventQuery",
    "Evidence",
    "International",
    "MentionId",
    "Modality",
    "NameSpan",
    "Participant",
    "Place",
    "PlaceId",
    "PlaceSpan",
    "Precision",
    "Quantity",
    "Span",
    "TimeSpan",
    "article_id",
    "digest",
    "event_id",
    "mention_id",
]
