"""Coded articles made for tests: short ways to say who did what to whom, where and when."""

from collections.abc import Sequence
from datetime import UTC, date, datetime

from graph.model import (
    Actor,
    ActorId,
    ActorKind,
    Article,
    ArticleId,
    CodedArticle,
    DateRange,
    DayBasis,
    EventMention,
    Evidence,
    Modality,
    Participant,
    Place,
    PlaceId,
    Precision,
    Quantity,
    Span,
    mention_id,
)

VIENNA = Place(PlaceId(2761369), "Vienna", "AUT", 48.21, 16.37, Precision.CITY, "Vienna")
AUSTRIA = Place(PlaceId(2782113), "Austria", "AUT", 47.33, 13.33, Precision.COUNTRY)
KHARKIV = Place(PlaceId(706483), "Kharkiv", "UKR", 49.98, 36.25, Precision.CITY, "Kharkiv")
ODESA = Place(PlaceId(698740), "Odesa", "UKR", 46.49, 30.74, Precision.CITY, "Odesa")
UKRAINE = Place(PlaceId(690791), "Ukraine", "UKR", 49.0, 32.0, Precision.COUNTRY)
PLACES: dict[int, Place] = {place.id: place for place in (VIENNA, AUSTRIA, KHARKIV, ODESA, UKRAINE)}

_KNOWN = {
    "RUS": Actor(ActorId("RUS"), "Russia", ActorKind.COUNTRY, "RUS", None, ("GOV",), ("Moscow",)),
    "UKR": Actor(ActorId("UKR"), "Ukraine", ActorKind.COUNTRY, "UKR", None, ("GOV",)),
    "USA": Actor(ActorId("USA"), "United States", ActorKind.COUNTRY, "USA", None, ("GOV",)),
    "IGO-OSCE": Actor(ActorId("IGO-OSCE"), "OSCE", ActorKind.ORGANISATION),
}


def actor(id: str) -> Actor:
    """Return an actor that its id describes: ``RUS``, ``RUS-MIL``, ``SYR-REB``, ``NAM-smith``."""
    if id in _KNOWN:
        return _KNOWN[id]
    head, _, sector = id.partition("-")
    if len(head) == 3 and head not in ("IGO", "NAM", "PER"):
        return Actor(ActorId(id), id, ActorKind.ROLE, head, None, (sector,) if sector else ())
    return Actor(ActorId(id), id)


def days(first: str | None, last: str | None = None, *, basis: str = "stated") -> DateRange | None:
    """Return a range from ISO dates."""
    if first is None:
        return None
    return DateRange(date.fromisoformat(first), date.fromisoformat(last or first), DayBasis(basis))


class Told:
    """A mention to be made: ``Told("CONSULT", "RUS", "IGO-OSCE", day=days("2022-01-13"))``.

    Args:
        by, at: Actor ids, separated by blanks.
    """

    def __init__(
        self,
        type: str,
        by: str = "",
        at: str = "",
        *,
        day: DateRange | None = None,
        place: Place | None = None,
        modality: str = "asserted",
        reciprocal: bool = False,
        score: float = 0.5,
        mode: str | None = None,
        quantities: Sequence[Quantity] = (),
        sentence: str = "",
        coder: str = "rules 0.1",
        record: bool = False,
    ) -> None:
        self.type, self.by, self.at = type, by.split(), at.split()
        self.day, self.place, self.modality = day, place, Modality(modality)
        self.reciprocal, self.score, self.mode = reciprocal, score, mode
        self.quantities, self.sentence = tuple(quantities), sentence
        self.coder, self.record = coder, record


def coded(
    key: str,
    *told: Told,
    text: str | None = None,
    title: str | None = None,
    publisher: str | None = "Example Herald",
    published: str | None = "2022-01-14T09:00:00",
    actors: Sequence[Actor] = (),
) -> CodedArticle:
    """Return an article that tells so; unless a text is given, one sentence of its own a mention."""
    sentences = [one.sentence or f"{key} sentence {number} tells it." for number, one in enumerate(told)]
    whole = text if text is not None else " ".join(sentences) or f"{key} tells nothing."
    moment = None if published is None else datetime.fromisoformat(published).replace(tzinfo=UTC)
    article = Article(
        id=ArticleId(key), text=whole, title=title, publisher=publisher, published=moment, language="en"
    )
    mentions = []
    after = 0
    for one, sentence in zip(told, sentences, strict=True):
        start = whole.find(sentence, after)
        if start < 0:
            start = whole.index(sentence)
        span = Span(start, start + len(sentence))
        after = span.end
        mentions.append(_mention(article, one, span, len(mentions)))
    named = {p.actor: actor(p.actor) for m in mentions for p in (*m.initiators, *m.recipients)}
    named.update({one.id: one for one in actors})
    places = {m.place: PLACES[m.place] for m in mentions if m.place is not None}
    return CodedArticle(
        article=article,
        mentions=tuple(mentions),
        actors=tuple(named.values()),
        places=tuple(places.values()),
        sentences=tuple(m.evidence.sentence for m in mentions if m.evidence is not None),
    )


def _mention(article: Article, told: Told, sentence: Span, number: int) -> EventMention:
    trigger = Span(sentence.start, sentence.start + 1)
    spans = Evidence(sentence, trigger)
    return EventMention(
        id=mention_id(article.id, sentence.start * 100 + number, told.type),
        article_id=article.id,
        type=told.type,
        modality=told.modality,
        initiators=tuple(Participant(ActorId(id), None, id) for id in told.by),
        recipients=tuple(Participant(ActorId(id), None, id) for id in told.at),
        evidence=None if told.record else spans,
        score=told.score,
        coder=told.coder,
        mode=told.mode,
        reciprocal=told.reciprocal,
        day=told.day,
        place=None if told.place is None else told.place.id,
        quantities=told.quantities,
    )
