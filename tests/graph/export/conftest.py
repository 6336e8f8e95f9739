"""A store that holds three articles, four mentions and three events, one of them at a place without a point."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime

import pytest

from graph.model import (
    Actor,
    ActorId,
    ActorKind,
    Article,
    ArticleId,
    CodedArticle,
    DateRange,
    DayBasis,
    Event,
    EventId,
    EventMention,
    EventQuery,
    Evidence,
    International,
    MentionId,
    Modality,
    Participant,
    Place,
    PlaceId,
    Precision,
    Quantity,
    Span,
    event_id,
    mention_id,
)

RUSSIA = Actor(
    ActorId("RUS"),
    "Russia",
    ActorKind.COUNTRY,
    "RUS",
    sectors=("GOV",),
    aliases=("the Kremlin", "Moscow"),
    same_as=("https://www.wikidata.org/wiki/Q159", "not an iri"),
)
OSCE = Actor(
    ActorId("IGO-OSCE"),
    "OSCE",
    ActorKind.ORGANISATION,
    international=International.IGO,
    sectors=("GOV", "XYZ"),
)
TROOPS = Actor(ActorId("RUS-MIL"), "Russian troops", ActorKind.ROLE, "RUS", sectors=("MIL",))
UKRAINE = Actor(ActorId("UKR"), "Ukraine", ActorKind.COUNTRY, "UKR")
NAMED = Actor(ActorId("NAM-Jiří <Novák>"), '=HYPERLINK("x") Jiří', ActorKind.PERSON)

VIENNA = Place(PlaceId(2761369), "Vienna", "AUT", 48.20849, 16.37208, Precision.CITY, "Vienna")
NOWHERE = Place(PlaceId(9000001), "Somewhere", "UKR", precision=Precision.UNKNOWN)

FIRST = Article.of(
    'Snow fell.\nRussia and the OSCE held "frank" talks in Vienna on Thursday, an aide said\\. '
    "Russian troops shelled Somewhere, killing more than 12 people 😀. The end.",
    title="=Talks in Vienna, 'frank'",
    publisher="The Daily | News",
    url="https://news.example/a/1?q=a b&c=<d>",
    published=datetime(2022, 1, 14, 6, 10, tzinfo=UTC),
    language="en",
)
COPY = Article.of(
    FIRST.text,
    title="Talks",
    publisher="Copy Post",
    url="not an address",
    published=datetime(2022, 1, 15, tzinfo=UTC),
)
OTHER = Article.of("Jiří Novák would meet nobody.\x00\x07 \ud800 Fin.", language="cs")


def span(text: str, words: str) -> Span:
    """Return where the words stand."""
    start = text.index(words)
    return Span(start, start + len(words))


def side(actor: Actor, article: Article, words: str) -> Participant:
    """Return a participant named by these words."""
    return Participant(actor.id, span(article.text, words), words)


def talks(article: Article) -> EventMention:
    """Return the mention of talks in an article."""
    text = article.text
    sentence = 'Russia and the OSCE held "frank" talks in Vienna on Thursday, an aide said\\.'
    return EventMention(
        id=mention_id(article.id, text.index("talks"), "CONSULT"),
        article_id=article.id,
        type="CONSULT",
        mode="visit",
        contexts=("diplomatic",),
        cameo="046",
        modality=Modality.ASSERTED,
        reciprocal=True,
        initiators=(side(RUSSIA, article, "Russia"),),
        recipients=(side(OSCE, article, "the OSCE"),),
        day=DateRange(date(2022, 1, 13), date(2022, 1, 13), DayBasis.RELATIVE, "on Thursday"),
        place=VIENNA.id,
        evidence=Evidence(
            span(text, sentence), span(text, "talks"), span(text, "on Thursday"), span(text, "Vienna")
        ),
        score=0.86,
        coder="rules 0.1",
        rule="talks.with",
    )


def shelling() -> EventMention:
    """Return a mention of an assault at a place without a point, with a number."""
    text = FIRST.text
    sentence = "Russian troops shelled Somewhere, killing more than 12 people 😀."
    return EventMention(
        id=mention_id(FIRST.id, text.index("shelled"), "ASSAULT"),
        article_id=FIRST.id,
        type="ASSAULT",
        modality=Modality.ASSERTED,
        initiators=(side(TROOPS, FIRST, "Russian troops"),),
        recipients=(Participant(UKRAINE.id, None, ""),),
        day=DateRange(date(2022, 1, 10), date(2022, 1, 14), DayBasis.PUBLICATION),
        place=NOWHERE.id,
        quantities=(
            Quantity("killed", 12, float("inf"), span(text, "more than 12 people")),
            Quantity("cattle lost", 1.5, 2),
        ),
        evidence=Evidence(span(text, sentence), span(text, "shelled"), place=span(text, "Somewhere")),
        score=1.0,
        coder="rules 0.1",
    )


def meeting() -> EventMention:
    """Return a mention with neither day nor place nor recipient, of a type that no code list has."""
    return EventMention(
        id=mention_id(OTHER.id, 17, "X TYPE"),
        article_id=OTHER.id,
        type="X TYPE",
        mode="odd mode",
        cameo="9999",
        modality=Modality.HYPOTHETICAL,
        reciprocal=True,
        initiators=(side(NAMED, OTHER, "Jiří Novák"), Participant(UKRAINE.id, None, "")),
        recipients=(),
        evidence=Evidence(Span(0, 30), span(OTHER.text, "meet")),
        score=0.0,
        coder="model",
    )


def event(*mentions: EventMention, **fields: object) -> Event:
    """Return the event of some mentions: the fields of the first, unless others are given."""
    first = mentions[0]
    made = Event(
        id=event_id(first.id),
        type=first.type,
        mode=first.mode,
        modality=first.modality,
        reciprocal=first.reciprocal,
        initiators=tuple(p.actor for p in first.initiators),
        recipients=tuple(p.actor for p in first.recipients),
        day=first.day,
        place=first.place,
        mention_count=len(mentions),
        article_count=len({m.article_id for m in mentions}),
        publisher_count=len({m.article_id for m in mentions}),
        origin_count=1,
        score=max(m.score for m in mentions),
        tone=None,
        summary="Russia – CONSULT ↔ OSCE",
        quote="",
        first_reported=None,
        mention_ids=tuple(m.id for m in mentions),
    )
    return replace(made, **fields)  # type: ignore[arg-type]


@dataclass(frozen=True)
class Link:
    """A reason."""

    mention_id: MentionId
    reason: str


@dataclass
class Shelf:
    """A source in memory."""

    articles: list[CodedArticle] = field(default_factory=list)
    told: list[Event] = field(default_factory=list)
    known_actors: list[Actor] = field(default_factory=list)
    known_places: list[Place] = field(default_factory=list)
    origins: dict[str, ArticleId] = field(default_factory=dict)
    replaced: dict[str, list[EventId]] = field(default_factory=dict)

    def events(self, query: EventQuery) -> Iterator[Event]:
        yield from (event for event in self.told if event.score >= query.min_score)

    def mentions(self, event_id: str) -> list[EventMention]:
        by_id = {m.id: m for coded in self.articles for m in coded.mentions}
        return [by_id[m] for event in self.told if event.id == event_id for m in event.mention_ids]

    def article(self, article_id: str) -> CodedArticle | None:
        return next((coded for coded in self.articles if coded.article.id == article_id), None)

    def actors(self, ids: Sequence[str], *, limit: int | None) -> list[Actor]:
        return [actor for actor in self.known_actors if actor.id in ids][:limit]

    def places(self, ids: Sequence[int]) -> list[Place]:
        return [place for place in self.known_places if place.id in ids]

    def origin_of(self, article_id: str) -> ArticleId | None:
        return self.origins.get(article_id)

    def links(self, event_id: str) -> list[Link]:
        return [Link(m.id, "same type CONSULT; both RUS") for m in self.mentions(event_id)]

    def replaced_ids(self, event_id: str) -> list[EventId]:
        return self.replaced.get(event_id, [])


@pytest.fixture
def shelf() -> Shelf:
    """Return the store."""
    return made_shelf()


def made_shelf() -> Shelf:
    """Make the store."""
    told, copied, shelled, hoped = talks(FIRST), talks(COPY), shelling(), meeting()
    consult = event(
        told,
        copied,
        tone=4.0,
        origin_count=1,
        quote=told.evidence.sentence.quote(FIRST.text) if told.evidence else "",
        first_reported=FIRST.published,
    )
    return Shelf(
        articles=[
            CodedArticle(FIRST, (told, shelled)),
            CodedArticle(COPY, (copied,)),
            CodedArticle(OTHER, (hoped,)),
        ],
        told=[event(shelled, tone=-10.0, summary="-Russian troops ASSAULT"), consult, event(hoped)],
        known_actors=[RUSSIA, OSCE, TROOPS, NAMED],
        known_places=[VIENNA, NOWHERE],
        origins={COPY.id: FIRST.id, FIRST.id: FIRST.id},
        replaced={consult.id: [event_id(copied.id)]},
    )
