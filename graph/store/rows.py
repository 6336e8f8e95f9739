"""The types as rows: compact JSON that any backend can keep in a column or property, and back.

Keys are short because a store holds millions of them; what is ``None`` or empty is left out. Reading
what was written gives an equal object.
"""

import hashlib
import json
from collections.abc import Iterable
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Any

from graph.model import (
    Actor,
    ActorId,
    ActorKind,
    ArticleId,
    CodedArticle,
    DateRange,
    DayBasis,
    EventMention,
    Evidence,
    International,
    MentionId,
    Modality,
    NameSpan,
    Participant,
    Place,
    PlaceId,
    PlaceSpan,
    Precision,
    Quantity,
    Span,
    TimeSpan,
)

type_of_json = dict[str, Any]


_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def dump(value: object) -> str:
    """Return compact JSON with sorted keys: equal values give equal strings."""
    return _ENCODER.encode(value)


def _span(span: Span | None) -> list[int] | None:
    return None if span is None else [span.start, span.end]


def _read_span(value: list[int] | None) -> Span | None:
    return None if value is None else Span(value[0], value[1])


def _sure_span(value: list[int]) -> Span:
    return Span(value[0], value[1])


def _kept(row: type_of_json) -> type_of_json:
    return {key: value for key, value in row.items() if value is not None and value != []}


def day_row(day: DateRange | None) -> list[str | None] | None:
    """Return ``[first, last, basis, cue]``."""
    return None if day is None else [day.first.isoformat(), day.last.isoformat(), day.basis.value, day.cue]


def read_day(value: list[Any] | None) -> DateRange | None:
    """Return the range that ``day_row`` wrote."""
    if value is None:
        return None
    first, last, basis, cue = value
    return DateRange(date.fromisoformat(first), date.fromisoformat(last), DayBasis(basis), cue)


def _participants(side: tuple[Participant, ...]) -> list[list[Any]]:
    return [[p.actor, _span(p.span), p.text] for p in side]


def _read_participants(rows: list[list[Any]]) -> tuple[Participant, ...]:
    return tuple(Participant(ActorId(actor), _read_span(span), text) for actor, span, text in rows)


def mention_row(mention: EventMention) -> type_of_json:
    """Return everything of a mention but its article's id."""
    evidence = mention.evidence
    spans = None
    if evidence is not None:
        spans = [
            _span(evidence.sentence),
            _span(evidence.trigger),
            _span(evidence.day),
            _span(evidence.place),
        ]
    return _kept(
        {
            "id": mention.id,
            "type": mention.type,
            "modality": mention.modality.value,
            "initiators": _participants(mention.initiators),
            "recipients": _participants(mention.recipients),
            "evidence": spans,
            "score": mention.score,
            "coder": mention.coder,
            "mode": mention.mode,
            "contexts": list(mention.contexts),
            "cameo": mention.cameo,
            "reciprocal": mention.reciprocal or None,
            "day": day_row(mention.day),
            "place": mention.place,
            "quantities": [[q.what, q.low, q.high, _span(q.span)] for q in mention.quantities],
            "rule": mention.rule or None,
        }
    )


def read_mention(row: type_of_json, article_id: str) -> EventMention:
    """Return the mention that ``mention_row`` wrote."""
    spans = row.get("evidence")
    evidence = None
    if spans is not None:
        evidence = Evidence(
            _sure_span(spans[0]), _sure_span(spans[1]), _read_span(spans[2]), _read_span(spans[3])
        )
    place = row.get("place")
    return EventMention(
        id=MentionId(row["id"]),
        article_id=ArticleId(article_id),
        type=row.get("type", ""),
        modality=Modality(row["modality"]),
        initiators=_read_participants(row.get("initiators", [])),
        recipients=_read_participants(row.get("recipients", [])),
        evidence=evidence,
        score=row["score"],
        coder=row.get("coder", ""),
        mode=row.get("mode"),
        contexts=tuple(row.get("contexts", ())),
        cameo=row.get("cameo"),
        reciprocal=row.get("reciprocal", False),
        day=read_day(row.get("day")),
        place=None if place is None else PlaceId(place),
        quantities=tuple(
            Quantity(what, low, high, _read_span(span)) for what, low, high, span in row.get("quantities", ())
        ),
        rule=row.get("rule", ""),
    )


def actor_row(actor: Actor) -> type_of_json:
    """Return everything of an actor."""
    return _kept(
        {
            "id": actor.id,
            "name": actor.name,
            "kind": actor.kind.value,
            "country": actor.country,
            "international": None if actor.international is None else actor.international.value,
            "sectors": list(actor.sectors),
            "aliases": list(actor.aliases),
            "same_as": list(actor.same_as),
        }
    )


@lru_cache(maxsize=2**14)
def actor_text(actor: Actor) -> str:
    """Return an actor as JSON; kept, for many articles describe the same actors."""
    return dump(actor_row(actor))


@lru_cache(maxsize=2**14)
def _bare(id: str) -> str:
    """Return, as JSON, an actor of which an article gives the id only."""
    return actor_text(Actor(id=ActorId(id), name=id))


def read_actor(row: type_of_json) -> Actor:
    """Return the actor that ``actor_row`` wrote."""
    international = row.get("international")
    return Actor(
        id=ActorId(row["id"]),
        name=row.get("name", ""),
        kind=ActorKind(row["kind"]),
        country=row.get("country"),
        international=None if international is None else International(international),
        sectors=tuple(row.get("sectors", ())),
        aliases=tuple(row.get("aliases", ())),
        same_as=tuple(row.get("same_as", ())),
    )


def place_row(place: Place) -> type_of_json:
    """Return everything of a place."""
    return _kept(
        {
            "id": place.id,
            "name": place.name,
            "country": place.country,
            "latitude": place.latitude,
            "longitude": place.longitude,
            "precision": place.precision.value,
            "admin1": place.admin1,
        }
    )


@lru_cache(maxsize=2**14)
def place_text(place: Place) -> str:
    """Return a place as JSON; kept, for many articles describe the same places."""
    return dump(place_row(place))


def read_place(row: type_of_json) -> Place:
    """Return the place that ``place_row`` wrote."""
    return Place(
        id=PlaceId(row["id"]),
        name=row.get("name", ""),
        country=row.get("country"),
        latitude=row.get("latitude"),
        longitude=row.get("longitude"),
        precision=Precision(row["precision"]),
        admin1=row.get("admin1"),
    )


def annotation_row(coded: CodedArticle) -> type_of_json:
    """Return what a coded article holds beside the article's own fields and its mentions."""
    return _kept(
        {
            "actors": [actor_row(actor) for actor in coded.actors],
            "places": [place_row(place) for place in coded.places],
            "sentences": [_span(span) for span in coded.sentences],
            "names": [[_span(name.span), name.text, name.kind] for name in coded.names],
            "place_spans": [[_span(p.span), p.text, place_row(p.place)] for p in coded.place_spans],
            "times": [[_span(t.span), t.text, t.kind, t.value, day_row(t.day)] for t in coded.times],
        }
    )


def read_annotation(
    row: type_of_json,
) -> tuple[
    tuple[Actor, ...],
    tuple[Place, ...],
    tuple[Span, ...],
    tuple[NameSpan, ...],
    tuple[PlaceSpan, ...],
    tuple[TimeSpan, ...],
]:
    """Return actors, places, sentences, names, place spans and times, as ``annotation_row`` wrote them."""
    return (
        tuple(read_actor(actor) for actor in row.get("actors", ())),
        tuple(read_place(place) for place in row.get("places", ())),
        tuple(_sure_span(span) for span in row.get("sentences", ())),
        tuple(NameSpan(_sure_span(span), text, kind) for span, text, kind in row.get("names", ())),
        tuple(
            PlaceSpan(_sure_span(span), text, read_place(place))
            for span, text, place in row.get("place_spans", ())
        ),
        tuple(
            TimeSpan(_sure_span(span), text, kind, value, read_day(day))
            for span, text, kind, value, day in row.get("times", ())
        ),
    )


def instant(moment: datetime | None) -> str | None:
    """Return a moment in UTC with microseconds: strings sort as the moments do."""
    return None if moment is None else moment.astimezone(UTC).isoformat(timespec="microseconds")


def read_instant(value: str | None) -> datetime | None:
    """Return the moment that ``instant`` or ``datetime.isoformat`` wrote."""
    return None if value is None else datetime.fromisoformat(value)


def content_digest(coded: CodedArticle, annotation: str, mentions: list[str]) -> str:
    """Return a hash of all that a coded article holds: equal for equal content."""
    article = coded.article
    published = None if article.published is None else article.published.isoformat()
    head = dump(
        [
            article.id,
            article.title,
            article.publisher,
            article.url,
            published,
            article.language,
            article.file,
        ]
    )
    parts = (head, article.text, annotation, *mentions)
    return hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:32]


def described(coded: CodedArticle) -> tuple[dict[str, str], dict[int, str]]:
    """Return each actor and place with the description (JSON) that an article gives of it, each once."""
    actors: dict[str, str] = {actor.id: actor_text(actor) for actor in coded.actors}
    for mention in coded.mentions:
        for participant in (*mention.initiators, *mention.recipients):
            if participant.actor not in actors:
                actors[participant.actor] = _bare(participant.actor)
    return actors, {place.id: place_text(place) for place in coded.places}


def described_in(annotation: str, named: Iterable[str]) -> tuple[dict[str, str], dict[int, str]]:
    """Return what ``described`` returned for a stored article.

    Args:
        annotation: What was kept of ``annotation_row``.
        named: The actors that its mentions name.
    """
    row = json.loads(annotation)
    actors = {actor["id"]: dump(actor) for actor in row.get("actors", ())}
    for id in named:
        if id not in actors:
            actors[id] = _bare(id)
    return actors, {place["id"]: dump(place) for place in row.get("places", ())}
