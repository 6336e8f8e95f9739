"""One event a line as JSON, with its mentions, their quotes and offsets, and their articles."""

import json
import math
from collections import Counter
from collections.abc import Mapping
from typing import Any, BinaryIO

from graph.export.records import EventRecord, MentionRecord, goldstein, records, sound
from graph.export.source import ExportOptions, ExportSource
from graph.model import Actor, DateRange, EventQuery, Participant, Place, Quantity, Span


def write(
    source: ExportSource, query: EventQuery, out: BinaryIO, options: ExportOptions
) -> Mapping[str, int]:
    """Write the events; keys stand in one order, a field without a value is ``null``."""
    written = Counter({"events": 0, "mentions": 0})
    for record in records(source, query, options):
        line = json.dumps(_event(record), ensure_ascii=False, allow_nan=False)
        out.write(sound(line).encode() + b"\n")
        written["events"] += 1
        written["mentions"] += len(record.mentions)
    return written


def _event(record: EventRecord) -> dict[str, Any]:
    event = record.event
    return {
        "id": event.id,
        "type": event.type,
        "mode": event.mode,
        "modality": event.modality.value,
        "reciprocal": event.reciprocal,
        "initiators": [_actor(actor) for actor in record.initiators],
        "recipients": [_actor(actor) for actor in record.recipients],
        "day": _day(event.day),
        "place": _place(record.place),
        "score": event.score,
        "tone": event.tone,
        "summary": event.summary,
        "quote": record.quote,
        "mention_count": event.mention_count,
        "article_count": event.article_count,
        "publisher_count": event.publisher_count,
        "origin_count": event.origin_count,
        "first_reported": event.first_reported.isoformat() if event.first_reported else None,
        "mentions": [_mention(mention, record.reasons) for mention in record.mentions],
    }


def _mention(record: MentionRecord, reasons: Mapping[str, str]) -> dict[str, Any]:
    mention, article, evidence = record.mention, record.article, record.mention.evidence
    spans = None
    if evidence is not None:
        spans = {
            "sentence": _span(evidence.sentence),
            "trigger": _span(evidence.trigger),
            "day": _span(evidence.day),
            "place": _span(evidence.place),
        }
    return {
        "id": mention.id,
        "quote": record.quote,
        "trigger": record.trigger,
        "type": mention.type,
        "mode": mention.mode,
        "contexts": list(mention.contexts),
        "cameo": mention.cameo,
        "goldstein": goldstein(mention.cameo),
        "modality": mention.modality.value,
        "reciprocal": mention.reciprocal,
        "initiators": [_participant(participant) for participant in mention.initiators],
        "recipients": [_participant(participant) for participant in mention.recipients],
        "day": _day(mention.day),
        "place": _place(record.place),
        "quantities": [_quantity(quantity) for quantity in mention.quantities],
        "evidence": spans,
        "score": mention.score,
        "coder": mention.coder,
        "rule": mention.rule or None,
        "link": reasons.get(mention.id),
        "article": {
            "id": mention.article_id,
            "origin": record.origin,
            "title": article.title if article else None,
            "publisher": article.publisher if article else None,
            "url": article.url if article else None,
            "published": article.published.isoformat() if article and article.published else None,
            "language": article.language if article else None,
        },
    }


def _actor(actor: Actor) -> dict[str, Any]:
    return {"id": actor.id, "name": actor.name, "kind": actor.kind.value, "country": actor.country}


def _participant(participant: Participant) -> dict[str, Any]:
    return {"actor": participant.actor, "text": participant.text, "span": _span(participant.span)}


def _quantity(quantity: Quantity) -> dict[str, Any]:
    return {
        "what": quantity.what,
        "low": quantity.low if math.isfinite(quantity.low) else None,
        "high": quantity.high if math.isfinite(quantity.high) else None,
        "span": _span(quantity.span),
    }


def _day(day: DateRange | None) -> dict[str, Any] | None:
    if day is None:
        return None
    return {
        "first": day.first.isoformat(),
        "last": day.last.isoformat(),
        "basis": day.basis.value,
        "cue": day.cue,
    }


def _place(place: Place | None) -> dict[str, Any] | None:
    if place is None:
        return None
    return {
        "id": place.id,
        "name": place.name,
        "country": place.country,
        "admin1": place.admin1,
        "latitude": place.latitude,
        "longitude": place.longitude,
        "precision": place.precision.value,
    }


def _span(span: Span | None) -> list[int] | None:
    return None if span is None else [span.start, span.end]
