"""A small store made by hand: two outlets that disagree, a copy, a plan, and an article that means harm."""

from datetime import UTC, date, datetime
from pathlib import Path

from graph.model import (
    Actor,
    ActorId,
    ActorKind,
    Article,
    CodedArticle,
    DateRange,
    DayBasis,
    EventMention,
    Evidence,
    International,
    Modality,
    Participant,
    Place,
    PlaceId,
    Precision,
    Quantity,
    Span,
    mention_id,
)
from graph.store import open_store

RUSSIA = Actor(ActorId("RUS"), "Russia", ActorKind.COUNTRY, "RUS", sectors=("GOV",))
OSCE = Actor(ActorId("IGO-OSCE"), "OSCE", ActorKind.ORGANISATION, international=International.IGO)
UKRAINE = Actor(ActorId("UKR"), "Ukraine", ActorKind.COUNTRY, "UKR", sectors=("GOV",))
EVIL = Actor(ActorId("NAM-evil"), "<b>Evil</b> $x^2$ *Corp* _|_", ActorKind.UNKNOWN)
VIENNA = Place(PlaceId(2761369), "Vienna", "AUT", 48.2, 16.37, Precision.CITY)

HOSTILE_TITLE = "<script>window.hurt = 1</script> $\\frac{1}{2}$ **bold** [link](https://outside.example)"
HOSTILE_TEXT = (
    "<img src=https://outside.example/x.png onerror='window.hurt = 2'> Russia accused <b>Evil</b> $x^2$ *Corp* _|_ "
    "of $5 fraud & `code` :red[colour] on Thursday.\n\n<script>window.hurt = 3</script> ![x](https://outside.example/y.png)"
)


def articles() -> list[CodedArticle]:
    """Return the articles of the store."""
    talks = "Russia held talks with the OSCE in Vienna on 13 January 2022 with 30 envoys. Nothing else happened that day."
    other = "Forty envoys of Russia met the OSCE in Vienna on Thursday, 13 January 2022, officials of both sides said."
    plan = "Russia may attack Ukraine next month, an official said."
    return [
        _article(talks, "No breakthrough", "Daily One", 14, 30, "held talks", "13 January 2022"),
        _article(talks, "Talks end", "Daily Two", 15, 30, "held talks", "13 January 2022"),
        _article(other, "Envoys meet", "Third Post", 14, 40, "met", "13 January 2022"),
        _plan(plan),
        _hostile(),
    ]


def make(path: Path) -> str:
    """Fill a new store with the articles; return its URL."""
    url = f"sqlite:///{path}"
    with open_store(url) as store:
        store.add(articles())
    return url


def _article(
    text: str, title: str, publisher: str, day: int, envoys: int, act: str, when: str
) -> CodedArticle:
    article = Article.of(
        text, title=title, publisher=publisher, url=f"https://{publisher.replace(' ', '').lower()}.example/{day}",
        published=datetime(2022, 1, day, 12, tzinfo=UTC), language="en",
    )  # fmt: skip
    mention = EventMention(
        id=mention_id(article.id, text.index(act), "CONSULT"),
        article_id=article.id,
        type="CONSULT",
        mode="multilateral",
        contexts=("diplomatic",),
        cameo="042",
        modality=Modality.ASSERTED,
        reciprocal=True,
        initiators=(Participant(RUSSIA.id, _span(text, "Russia"), "Russia"),),
        recipients=(Participant(OSCE.id, _span(text, "OSCE"), "OSCE"),),
        day=DateRange(date(2022, 1, 13), date(2022, 1, 13), DayBasis.STATED, when),
        place=VIENNA.id,
        quantities=(Quantity("envoys", envoys, envoys),),
        evidence=Evidence(
            Span(0, text.index(". ") + 1 if ". " in text else len(text)),
            _span(text, act),
            _span(text, when),
            _span(text, "Vienna"),
        ),
        score=0.9,
        coder="rules 0.1",
    )
    return CodedArticle(article, (mention,), (RUSSIA, OSCE), (VIENNA,), (Span(0, len(text)),))


def _plan(text: str) -> CodedArticle:
    article = Article.of(
        text, title="Warning", publisher="Third Post", published=datetime(2022, 1, 20, tzinfo=UTC)
    )
    mention = EventMention(
        id=mention_id(article.id, text.index("attack"), "ASSAULT"),
        article_id=article.id,
        type="ASSAULT",
        modality=Modality.HYPOTHETICAL,
        initiators=(Participant(RUSSIA.id, _span(text, "Russia"), "Russia"),),
        recipients=(Participant(UKRAINE.id, _span(text, "Ukraine"), "Ukraine"),),
        day=DateRange(date(2022, 2, 1), date(2022, 2, 28), DayBasis.RELATIVE, "next month"),
        evidence=Evidence(Span(0, len(text)), _span(text, "attack"), _span(text, "next month")),
        score=0.7,
        coder="rules 0.1",
    )
    return CodedArticle(article, (mention,), (RUSSIA, UKRAINE), (), (Span(0, len(text)),))


def _hostile() -> CodedArticle:
    text = HOSTILE_TEXT
    article = Article.of(
        text, title=HOSTILE_TITLE, publisher="Evil & Sons <i>", url="javascript:window.hurt=4",
        published=datetime(2022, 1, 21, tzinfo=UTC),
    )  # fmt: skip
    end = text.index("\n\n")
    mention = EventMention(
        id=mention_id(article.id, text.index("accused"), "ACCUSE"),
        article_id=article.id,
        type="ACCUSE",
        mode="allege",
        modality=Modality.ASSERTED,
        initiators=(Participant(RUSSIA.id, _span(text, "Russia"), "Russia"),),
        recipients=(Participant(EVIL.id, _span(text, EVIL.name), EVIL.name),),
        day=DateRange(date(2022, 1, 21), date(2022, 1, 21), DayBasis.PUBLICATION),
        evidence=Evidence(Span(0, end), _span(text, "accused")),
        score=0.6,
        coder="rules 0.1",
    )
    return CodedArticle(article, (mention,), (RUSSIA, EVIL), (), (Span(0, end),))


def _span(text: str, words: str) -> Span:
    start = text.index(words)
    return Span(start, start + len(words))
