"""Small reads of the Neo4j store, each given something that runs queries."""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from graph.errors import InvalidInput
from graph.linking.merge import merged_actor
from graph.linking.same_actor import Judgement, Verdict, canonical_ids, contradiction
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
    International,
    MentionId,
    Modality,
    PlaceId,
)
from graph.store import cypher
from graph.store.base import ArticleRow
from graph.store.cypher_select import Selection, select_events, words_cypher
from graph.store.lucene import word_query
from graph.store.neo4j_connection import Run
from graph.store.rows import read_annotation, read_instant, read_mention
from graph.store.sqlite_events import summary


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


def select(run: Run, query: EventQuery, shown: Mapping[str, str]) -> Selection:
    """Return the clauses that select events, after looking up the words that the query asks for."""
    by_words: list[str] | None = None
    if query.text is not None and query.text.strip():
        words = word_query(query.text)
        found: set[str] = set()
        if words is not None:
            *queries, values = words_cypher(words)
            for one in queries:
                found.update(id for (id,) in run(str(one), **dict(values)))
        by_words = sorted(found)
    return select_events(query, shown=shown, by_words=by_words)


def event_id_now(run: Run, event_id: str) -> str | None:
    """Return the id of the event that goes by an id now: its own, or that of one of its mentions."""
    rows = run(cypher.READ_EVENT_ID, id=event_id) or run(cypher.READ_EVENT_ID_BY_ALIAS, id=event_id)
    return str(rows[0][0]) if rows else None


def read_events(run: Run, ids: Sequence[str], shown: Mapping[str, str]) -> list[Event]:
    """Return the events with these ids that are there, in this order."""
    rows = {row[0]: row for row in run(cypher.READ_EVENTS, ids=list(ids))}
    actors = {shown.get(actor, actor) for row in rows.values() for side in row[18:20] for actor in side}
    names = dict(run(cypher.READ_NAMES, ids=sorted(actors))) if actors else {}
    return [_event(rows[id], names, shown) for id in ids if id in rows]


def _event(row: Sequence[Any], names: Mapping[str, str], shown: Mapping[str, str]) -> Event:
    id, type, mode, modality, reciprocal, first, last, basis, cue, place, *counts = row[:14]
    score, tone, quote, first_reported, initiators, recipients, mentions = row[14:]
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
            result.append(_together(id, found))
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


def _together(id: str, found: Sequence[Actor]) -> Actor:
    own, *others = found
    if not others:
        return own
    together = merged_actor(found)
    names = {name for actor in found for name in (actor.name, *actor.aliases)} - {own.name}
    return Actor(
        id=ActorId(id),
        name=own.name,
        kind=own.kind,
        country=own.country or together.country,
        international=own.international or together.international,
        sectors=own.sectors or together.sectors,
        aliases=tuple(sorted(names)),
        same_as=together.same_as,
    )
