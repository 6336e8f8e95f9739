"""The gold of the example corpus as coded articles: a store that looks real, without the coder.

Used by the tests of pages and to look at them::

    python -m tests.app.gold_store sqlite:///gold.db
"""

import json
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from graph.model import (
    Actor,
    ActorId,
    Article,
    CodedArticle,
    DateRange,
    DayBasis,
    EventMention,
    Evidence,
    Modality,
    Participant,
    Place,
    Span,
    TimeSpan,
    mention_id,
)
from graph.ontology import codebook
from graph.store import open_store

_OF = {
    "RUS": "Russian",
    "UKR": "Ukrainian",
    "USA": "American",
    "GBR": "British",
    "DEU": "German",
    "KAZ": "Kazakh",
}

GOLD = Path(__file__).parents[2] / "bench" / "gold" / "corpus.jsonl"


def gold_articles(path: Path = GOLD) -> Iterator[CodedArticle]:
    """Yield the gold's articles with their mentions, actors and places."""
    from ingest.resolve.actors import default_resolver

    resolver = default_resolver()
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            yield _coded(json.loads(line), resolver)


def _coded(row: dict[str, Any], resolver: Any) -> CodedArticle:
    from ingest.resolve.dates import find_times

    published = datetime.fromisoformat(row["published"])
    published = published if published.tzinfo else published.replace(tzinfo=UTC)
    article = Article.of(
        row["text"],
        title=row["title"],
        publisher=row["publisher"],
        url=row["url"],
        published=published,
        language="en",
        file=row["file"],
    )
    times = find_times(article.text, published=published.date())
    actors: dict[str, Actor] = {}
    places: dict[int, Place] = {}
    mentions: dict[str, EventMention] = {}
    for number, raw in enumerate(row["mentions"]):
        mention = _mention(article, raw, resolver, times, actors, places, number)
        mentions.setdefault(mention.id, mention)
    return CodedArticle(
        article=article,
        mentions=tuple(mentions.values()),
        actors=tuple(actors.values()),
        places=tuple(places.values()),
        sentences=tuple(Span(start, end) for start, end in row["sentences"]),
        times=tuple(times),
    )


def _mention(
    article: Article,
    raw: dict[str, Any],
    resolver: Any,
    times: list[TimeSpan],
    actors: dict[str, Actor],
    places: dict[int, Place],
    number: int,
) -> EventMention:
    sentence = Span(raw["sentence"]["start"], raw["sentence"]["end"])
    trigger = Span(raw["trigger"]["start"], raw["trigger"]["end"])
    day, day_span = _day(article, raw["day"], sentence, times)
    place, place_span = _place(article, raw["place"], sentence)
    if place is not None:
        places[place.id] = place
    return EventMention(
        id=mention_id(article.id, trigger.start, raw["type"]),
        article_id=article.id,
        type=raw["type"],
        mode=raw["mode"],
        cameo=raw.get("cameo") or codebook.cameo_of(raw["type"], raw["mode"]),
        modality=Modality(raw["modality"]),
        reciprocal=raw["reciprocal"],
        initiators=_participants(raw["initiators"], resolver, actors),
        recipients=_participants(raw["recipients"], resolver, actors),
        day=day,
        place=place.id if place else None,
        evidence=Evidence(sentence=sentence, trigger=trigger, day=day_span, place=place_span),
        score=round(0.55 + 0.4 * ((number * 37 + trigger.start * 11) % 100) / 100, 2),
        coder="gold 1",
        rule="hand",
    )


def _participants(
    raw: list[dict[str, Any]], resolver: Any, actors: dict[str, Actor]
) -> tuple[Participant, ...]:
    found = []
    for item in raw:
        actor = resolver.resolve(item["text"]) or Actor(ActorId("NAM-" + item["text"].lower()), item["text"])
        if actor.id.startswith("ROLE-") and item["country"] and item["sectors"]:
            sector = item["sectors"][0]
            label = codebook.sectors().get(sector, sector.lower())
            name = f"{_OF.get(item['country'], item['country'])} {label}"
            actor = Actor(
                ActorId(f"{item['country']}-{sector}"),
                name,
                kind=actor.kind,
                country=item["country"],
                sectors=(sector,),
            )
        actors[actor.id] = actor
        found.append(Participant(actor.id, Span(item["start"], item["end"]), item["text"]))
    return tuple(found)


def _day(
    article: Article, told: str | None, sentence: Span, times: list[TimeSpan]
) -> tuple[DateRange | None, Span | None]:
    if told is None:
        if article.published is None:
            return None, None
        day = article.published.date()
        return DateRange(day, day, DayBasis.PUBLICATION), None
    first, _, last = told.partition("/")
    days = (_date(first), _date(last or first, end=True))
    for time in times:
        if time.span in sentence and time.day and time.day.first <= days[1] and days[0] <= time.day.last:
            return DateRange(*days, basis=time.day.basis, cue=time.text), time.span
    return DateRange(*days, basis=DayBasis.RELATIVE), None


def _date(text: str, *, end: bool = False) -> date:
    if len(text) == 10:
        return date.fromisoformat(text)
    year, month = int(text[:4]), int(text[5:7] or (12 if end else 1)) if len(text) > 4 else (12 if end else 1)
    if not end:
        return date(year, month, 1)
    following = date(year + month // 12, month % 12 + 1, 1)
    return date.fromordinal(following.toordinal() - 1)


def _place(article: Article, told: str | None, sentence: Span) -> tuple[Place | None, Span | None]:
    if told is None:
        return None, None
    from ingest.resolve.places import default_resolver

    at = article.text.find(told, sentence.start, sentence.end)
    start = at if at >= 0 else article.text.find(told)
    if start < 0:
        return None, None
    span = Span(start, start + len(told))
    resolved = default_resolver().resolve([(span, told, "place")], text=article.text)
    return (resolved[0].place, span if at >= 0 else None) if resolved else (None, None)


if __name__ == "__main__":
    with open_store(sys.argv[1]) as store:
        print(store.add(gold_articles()))
        print(store.statistics())
