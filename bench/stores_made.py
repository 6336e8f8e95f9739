"""Articles made up from a fixed seed, as many as are wanted, one after the other: what ``bench.stores`` loads.

A tenth are reprints; actors, places, outlets and topics are as unevenly common as in the news, and of two
sentences of different articles one pair in ten has a rare word in common (in the bundled corpus one in
fourteen): topics and towns have invented names, all else is told in common words. The days reach over five
years, whatever the number of events.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import accumulate

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
    Modality,
    Participant,
    Place,
    PlaceId,
    Precision,
    Span,
    mention_id,
)

SEED = 7
FIRST_DAY = date(2019, 1, 1)
DAYS = 1826
MENTIONS = 3
"""Mentions in one article."""

WORDS = 150
"""Words in one article beside its sentences that tell events."""

_COUNTRIES = (
    "Russia:RUS Ukraine:UKR China:CHN Iran:IRN Israel:ISR Syria:SYR France:FRA Germany:DEU Turkey:TUR"
    " India:IND Pakistan:PAK Japan:JPN Iraq:IRQ Egypt:EGY Poland:POL Afghanistan:AFG Lebanon:LBN Libya:LBY"
    " Italy:ITA Spain:ESP Canada:CAN Australia:AUS Brazil:BRA Mexico:MEX Venezuela:VEN Cuba:CUB Georgia:GEO"
    " Armenia:ARM Azerbaijan:AZE Belarus:BLR Moldova:MDA Serbia:SRB Greece:GRC Hungary:HUN Romania:ROU"
    " Bulgaria:BGR Finland:FIN Sweden:SWE Norway:NOR Denmark:DNK Estonia:EST Latvia:LVA Lithuania:LTU"
    " Jordan:JOR Yemen:YEM Oman:OMN Qatar:QAT Kuwait:KWT Sudan:SDN Ethiopia:ETH Somalia:SOM Kenya:KEN"
    " Nigeria:NGA Mali:MLI Niger:NER Chad:TCD Algeria:DZA Tunisia:TUN Morocco:MAR Vietnam:VNM Thailand:THA"
    " Myanmar:MMR Indonesia:IDN Malaysia:MYS"
)
COUNTRY_NAMES = {code: name for name, code in (one.split(":") for one in _COUNTRIES.split())}
TYPES = ("CONSULT", "ASSAULT", "THREATEN", "AID", "PROTEST", "ACCUSE", "AGREE", "SUPPORT", "REJECT", "COERCE")
OUTLETS = [f"Outlet {number}" for number in range(120)]


_SYLLABLES = [f"{consonant}{vowel}" for consonant in "bdfgklmnprtvz" for vowel in "aeiou"]


def _invented(number: int) -> str:
    """Return a word of three syllables that is no other number's."""
    number = number * 7919 % 65**3
    return "".join(_SYLLABLES[number // 65**power % 65] for power in range(3))


_VOCABULARY = [_invented(number) for number in range(20_000)]
TOPICS = [_invented(number) for number in range(20_000, 22_000)]
_PHRASES = [" ".join(_invented(30_000 + 7 * number + word) for word in range(7)) for number in range(200)]
"""What unrelated articles have in common, one of them in each: "told reporters on Tuesday that"."""
_COMMON = (
    "government officials security president minister military forces people country state national"
    " international foreign leaders talks meeting statement agreement support attack border region capital"
    " police court economic political party election reports week month years day time public group members"
).split()
ACTORS = [
    actor
    for country, name in COUNTRY_NAMES.items()
    for actor in (
        Actor(ActorId(country), name, ActorKind.COUNTRY, country, sectors=("GOV",)),
        Actor(ActorId(f"{country}-MIL"), f"Army of {name}", ActorKind.ROLE, country, sectors=("MIL",)),
        Actor(ActorId(f"{country}-OPP"), f"Opposition of {name}", ActorKind.ROLE, country, sectors=("OPP",)),
        Actor(ActorId(f"NAM-{country.lower()}"), f"Minister {name}", ActorKind.PERSON),
    )
]
PLACES = [
    Place(
        PlaceId(9_000_000 + 10 * n + k),
        _invented(25_000 + 8 * n + k).title(),
        country,
        1.0 * n,
        20.0 + k,
        Precision.CITY,
    )
    for n, country in enumerate(COUNTRY_NAMES)
    for k in range(8)
]


def _uneven(number: int) -> list[float]:
    """Return running weights: the n-th of a list is chosen in proportion to 1/n."""
    return list(accumulate(1 / rank for rank in range(1, number + 1)))


_ACTOR_WEIGHTS = _uneven(len(ACTORS))
_PLACE_WEIGHTS = _uneven(len(PLACES))
_OUTLET_WEIGHTS = _uneven(len(OUTLETS))
_TOPIC_WEIGHTS = _uneven(len(TOPICS))


@dataclass(frozen=True, slots=True)
class _Told:
    type: str
    initiator: Actor
    recipient: Actor
    place: Place
    day: date
    span: Span


def made(events: int) -> Iterator[CodedArticle]:
    """Yield articles of three mentions each until about so many events are told, by day."""
    draw = random.Random(SEED)
    told = number = 0
    text: str = ""
    mentions: list[_Told] = []
    while told < events:
        day = FIRST_DAY + timedelta(days=told * DAYS // events)
        if number % 10 != 9:  # else the article before is printed again
            text, mentions = _story(draw, day)
            told += len(mentions)
        yield _article(draw, number, text, mentions, day)
        number += 1


def _story(draw: random.Random, day: date) -> tuple[str, list[_Told]]:
    text = ""
    mentions: list[_Told] = []
    for _ in range(MENTIONS):
        one, other = draw.choices(ACTORS, cum_weights=_ACTOR_WEIGHTS, k=2)
        if one is other:
            other = ACTORS[(ACTORS.index(one) + 4) % len(ACTORS)]
        [place] = draw.choices(PLACES, cum_weights=_PLACE_WEIGHTS)
        [topic] = draw.choices(TOPICS, cum_weights=_TOPIC_WEIGHTS)
        said = draw.choices(_COMMON, k=4)
        sentence = f"{one.name} {said[0]} met {other.name} {said[1]} over {topic} {said[2]} in {place.name} {said[3]}. "
        span = Span(len(text), len(text) + len(sentence) - 1)
        mentions.append(_Told(draw.choice(TYPES), one, other, place, day, span))
        text += sentence
    return f"{text}{draw.choice(_PHRASES)} {' '.join(draw.choices(_VOCABULARY, k=WORDS))}", mentions


def _article(draw: random.Random, number: int, text: str, mentions: list[_Told], day: date) -> CodedArticle:
    article = Article.of(
        text,
        title=f"Report {number}",
        publisher=draw.choices(OUTLETS, cum_weights=_OUTLET_WEIGHTS)[0],
        published=datetime(day.year, day.month, day.day, number % 24, tzinfo=UTC),
        language="en",
    )
    found = tuple(
        EventMention(
            id=mention_id(article.id, told.span.start, told.type),
            article_id=article.id,
            type=told.type,
            modality=Modality.ASSERTED,
            initiators=(Participant(told.initiator.id, None, told.initiator.name),),
            recipients=(Participant(told.recipient.id, None, told.recipient.name),),
            evidence=Evidence(told.span, Span(told.span.start, told.span.start + 4)),
            score=round(0.5 + told.span.start % 50 / 100, 2),
            coder="bench",
            day=DateRange(told.day, told.day, DayBasis.STATED),
            place=told.place.id,
        )
        for told in mentions
    )
    actors = {actor.id: actor for told in mentions for actor in (told.initiator, told.recipient)}
    places = {told.place.id: told.place for told in mentions}
    return CodedArticle(article, found, tuple(actors.values()), tuple(places.values()))
