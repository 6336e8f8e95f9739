"""Small reads of the Neo4j store, each given something that runs queries."""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from graph.errors import InvalidInput
from graph.linking.merge import judged_same
from graph.linking.same_actor import Judgement, Verdict, canonical_ids, contradiction, countries_shown
from graph.model import (
    Actor,
    ActorId,
    ActorKind,
    Article,
    ArticleId,
    Axis,
    CodedArticle,
    Count,
    DateRange,
    DayBasis,
    Event,
    EventId,
    EventMention,
    EventQuery,
    International,
    MentionId,
    Modality,
    PlaceId,
)
from graph.store import cypher
from graph.store.base import ArticleRow, EventDetails, Link
from graph.store.cypher_select import key_of, page_cypher, select_events
from graph.store.neo4j_connection import Run
from graph.store.neo4j_events import read_place_columns
from graph.store.rows import read_annotation, read_instant, read_mention
from graph.store.sqlite_events import summary

TONE_DIGITS = 6
"""Decimals of a mean tone: the same in every store, whatever order it adds in."""


def read_count(row: Sequence[Any], by: Sequence[Axis]) -> Count:
    """Return the count that a row of ``count_cypher`` has."""
    events, mentions, thousandths, toned, *days = row[len(by) :]
    tone = round(thousandths / 1000 / toned, TONE_DIGITS) if toned else None
    key = tuple(map(key_of, by, row))
    return Count(key, events, mentions, tone, *(day and date.fromisoformat(day) for day in days))


def read_judgements(run: Run) -> list[Judgement]:
    """Return all judgements, by their two actors."""
    return [
        Judgement(ActorId(left), ActorId(right), Verdict(verdict), judge, datetime.fromisoformat(at))
        for left, right, verdict, judge, at in run(cypher.READ_JUDGEMENTS)
    ]


def check_judgements(judgements: Iterable[Judgement]) -> None:
    """Refuse judgements that contradict each other.

    Raises:
        InvalidInput: If they do: the message names the one that stands against the others.
    """
    against = contradiction(judgements)
    if against is not None:
        raise InvalidInput(
            f"{against.left} and {against.right} were judged different"
            f"{f' by {against.judge}' if against.judge else ''}, and this would make them one: undo that"
            " judgement first, or the ones that join them."
        )


def shown_actors(run: Run) -> dict[str, str]:
    """Return the id under which an actor is shown, for those judged the same as another."""
    return {str(actor): str(shown) for actor, shown in canonical_ids(read_judgements(run)).items()}


def read_page(run: Run, query: EventQuery, limit: int) -> list[Event]:
    """Return the first events of those selected, after the query's offset."""
    shown = shown_actors(run)
    text, values = page_cypher(select_events(query, shown=shown), limit, query.offset)
    return [_event(row, shown) for row in _renamed(run, run(text, **values), shown)]


def event_id_now(run: Run, event_id: str) -> str | None:
    """Return the id of the event that goes by an id now: its own, or that of one of its mentions."""
    rows = run(cypher.READ_EVENT_ID, id=event_id)
    return str(rows[0][0]) if rows else None


def read_event(run: Run, event_id: str) -> Event | None:
    """Return the event that goes by an id now."""
    shown = shown_actors(run)
    rows = _renamed(run, run(cypher.READ_ONE_EVENT, id=event_id), shown)
    return _event(rows[0], shown) if rows else None


def read_details(run: Run, event_id: str) -> EventDetails | None:
    """Return all that is known of the event that goes by an id now."""
    event = read_event(run, event_id)
    if event is None:
        return None
    rows = run(cypher.READ_DETAILS, id=event_id)
    links = sorted(rows, key=lambda row: (row[4], row[5]))
    places = [] if event.place is None else run(cypher.READ_PLACES, ids=[event.place])
    return EventDetails(
        event,
        tuple(read_mentions(row[:2] for row in rows)),
        tuple(Link(MentionId(id), event.id, reason) for _, _, id, reason, *_ in links),
        read_place_columns(places[0]) if places else None,
    )


def read_events(run: Run, ids: Sequence[str]) -> list[Event]:
    """Return the events with these ids that are there, in this order."""
    shown = shown_actors(run)
    found = {row[0]: row for row in _renamed(run, run(cypher.READ_EVENTS, ids=list(ids)), shown)}
    return [_event(found[id], shown) for id in ids if id in found]


def _renamed(run: Run, rows: list[list[Any]], shown: Mapping[str, str]) -> list[list[Any]]:
    """Return rows of ``cypher.READ_EVENT`` with the names of the actors as they are shown."""
    names = {id: name for row in rows for id, name in row[21]}
    missing = sorted({shown[id] for id in names if id in shown} - set(names))
    if missing:
        names.update(dict(run(cypher.READ_NAMES, ids=missing)))
    return [[*row[:21], names] for row in rows]


def countries_of(run: Run, ids: Sequence[str]) -> dict[str, str]:
    """Return the country of each actor that belongs to one, those judged the same together."""
    shown = shown_actors(run)
    judged = sorted({shown[id] for id in ids if id in shown})
    together = read_actors(run, judged, shown)
    return countries_shown(dict(run(cypher.READ_COUNTRIES, ids=list(ids))), ids, shown, together)


def _event(row: Sequence[Any], shown: Mapping[str, str]) -> Event:
    """Return the event of a row of ``_renamed``."""
    id, type, mode, modality, reciprocal, first, last, basis, cue, place, *counts = row[:14]
    score, tone, quote, first_reported, initiators, recipients, mentions, names = row[14:]
    day = None
    if first is not None:
        day = DateRange(date.fromisoformat(first), date.fromisoformat(last), DayBasis(basis), cue)
    sides = [
        tuple(ActorId(actor) for actor in dict.fromkeys(shown.get(actor, actor) for actor in side))
        for side in (initiators, recipients)
    ]
    mention_count, article_count, publisher_count, origin_count = counts
    return Event(
        id=EventId(id),
        type=type,
        mode=mode,
        modality=Modality(modality),
        reciprocal=reciprocal,
        initiators=sides[0],
        recipients=sides[1],
        day=day,
        place=None if place is None else PlaceId(place),
        mention_count=mention_count,
        article_count=article_count,
        publisher_count=publisher_count,
        origin_count=origin_count,
        score=float(score),
        tone=None if tone is None else float(tone),
        summary=summary(type, reciprocal, *[[names.get(actor, actor) for actor in side] for side in sides]),
        quote=quote,
        first_reported=read_instant(first_reported),
        mention_ids=tuple(MentionId(mention) for mention in mentions),
    )


def read_mentions(rows: Iterable[Sequence[Any]]) -> list[EventMention]:
    """Return the mentions of rows of JSON and article id."""
    return [read_mention(json.loads(told), article) for told, article in rows]


def read_article(run: Run, article_id: str) -> CodedArticle | None:
    """Return an article as it was added, or ``None``."""
    rows = run(cypher.READ_ARTICLE, id=article_id)
    if not rows:
        return None
    id, text, title, publisher, url, published, language, file, annotation, told = rows[0]
    actors, places, sentences, names, place_spans, times = read_annotation(json.loads(annotation))
    article = Article(
        id=ArticleId(id),
        text=text,
        title=title,
        publisher=publisher,
        url=url,
        published=read_instant(published),
        language=language,
        file=file,
    )
    mentions = tuple(read_mention(json.loads(one), id) for one in told)
    return CodedArticle(article, mentions, actors, places, sentences, names, place_spans, times)


def article_row(row: Sequence[Any]) -> ArticleRow:
    """Return the article of a row of ``cypher.ARTICLE_COLUMNS``."""
    id, title, publisher, url, published, language, origin, mentions, characters = row
    return ArticleRow(
        id=ArticleId(id),
        title=title,
        publisher=publisher,
        url=url,
        published=read_instant(published),
        language=language,
        origin=ArticleId(origin),
        mentions=mentions,
        characters=characters,
    )


def read_actors(run: Run, ids: Sequence[str], shown: Mapping[str, str]) -> list[Actor]:
    """Return actors, each with the names of all those judged the same as its aliases."""
    groups: dict[str, list[str]] = {id: [id] for id in ids}
    for member, stands_for in shown.items():
        if stands_for in groups and member != stands_for:
            groups[stands_for].append(member)
    wanted = sorted({member for group in groups.values() for member in group})
    known = {row[0]: _actor(row) for row in run(cypher.READ_ACTORS, ids=wanted)} if wanted else {}
    result = []
    for id in ids:
        first, *others = groups[id]
        found = [known[member] for member in (first, *sorted(others)) if member in known]
        if found:
            result.append(judged_same(id, found))
    return result


def _actor(row: Sequence[Any]) -> Actor:
    id, name, kind, country, international, sectors, aliases, same_as = row
    return Actor(
        id=ActorId(id),
        name=name,
        kind=ActorKind(kind),
        country=country,
        international=None if international is None else International(international),
        sectors=tuple(sectors),
        aliases=tuple(aliases),
        same_as=tuple(same_as),
    )
