"""Coded articles and actors as JSON: the output of ``diurna code`` and ``diurna actor``.

The shape is a contract that other programs rely on; docs/data-model.md describes it.
"""

from collections.abc import Mapping
from typing import Any

from graph.model import Actor, CodedArticle, EventMention, Participant, Place, Span

Json = dict[str, Any]


def coded_article(coded: CodedArticle, *, explain: bool = False) -> Json:
    """Return an article with its sentences, names, places, times and mentions.

    Args:
        explain: Whether each mention also says which rule or head made it.
    """
    article = coded.article
    actors: dict[str, Actor] = {actor.id: actor for actor in coded.actors}
    return {
        "id": article.id,
        "title": article.title,
        "publisher": article.publisher,
        "url": article.url,
        "published": article.published.date().isoformat() if article.published else None,
        "language": article.language,
        "sentences": [[span.start, span.end] for span in coded.sentences],
        "names": [{**_span(n.span), "text": n.text, "kind": n.kind} for n in coded.names],
        "places": [{**_span(p.span), "text": p.text, **_place(p.place)} for p in coded.place_spans],
        "times": [
            {
                **_span(t.span),
                "text": t.text,
                "kind": t.kind,
                "value": t.value,
                "first": t.day.first.isoformat() if t.day else None,
                "last": t.day.last.isoformat() if t.day else None,
            }
            for t in coded.times
        ],
        "mentions": [_mention(m, actors, explain=explain) for m in coded.mentions],
    }


def actor(found: Actor | None) -> Json:
    """Return an actor, with nulls where nothing is known."""
    return {
        "actor": found.id if found else None,
        "name": found.name if found else None,
        "country": found.country if found else None,
        "international": found.international.value if found and found.international else None,
        "sectors": list(found.sectors) if found else [],
    }


def _span(span: Span) -> Json:
    return {"start": span.start, "end": span.end}


def _place(place: Place) -> Json:
    return {
        "geonames_id": place.id,
        "name": place.name,
        "country": place.country,
        "latitude": place.latitude,
        "longitude": place.longitude,
        "precision": place.precision.value,
    }


def _participant(participant: Participant, actors: Mapping[str, Actor]) -> Json:
    span = _span(participant.span) if participant.span else {"start": None, "end": None}
    return {**actor(actors.get(participant.actor)), **span, "text": participant.text}


def _mention(mention: EventMention, actors: Mapping[str, Actor], *, explain: bool) -> Json:
    evidence = mention.evidence
    day: Json | None = None
    if mention.day is not None:
        day = {
            "first": mention.day.first.isoformat(),
            "last": mention.day.last.isoformat(),
            "basis": mention.day.basis.value,
        }
        if evidence and evidence.day:
            day |= _span(evidence.day)
    place: Json | None = None
    if mention.place is not None:
        place = {"geonames_id": mention.place}
        if evidence and evidence.place:
            place |= _span(evidence.place)
    return {
        "id": mention.id,
        "type": mention.type,
        "mode": mention.mode,
        "contexts": list(mention.contexts),
        "cameo": mention.cameo,
        "modality": mention.modality.value,
        "reciprocal": mention.reciprocal,
        "initiators": [_participant(p, actors) for p in mention.initiators],
        "recipients": [_participant(p, actors) for p in mention.recipients],
        "day": day,
        "place": place,
        "quantities": [
            {"what": q.what, "low": q.low, "high": q.high, **(_span(q.span) if q.span else {})}
            for q in mention.quantities
        ],
        "sentence": _span(evidence.sentence) if evidence else None,
        "trigger": _span(evidence.trigger) if evidence else None,
        "score": round(mention.score, 4),
        "coder": mention.coder,
        **({"rule": mention.rule} if explain else {}),
    }
