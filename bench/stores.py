"""Load rate of the Neo4j store beside the plain driver's, in one run on one server.

    python -m bench.stores [--events N] [--url neo4j://user:password@localhost:7687]

The plain driver writes the same articles, mentions, events, actors and places with ``UNWIND … MERGE`` in
batches of 5,000 rows, and knows beforehand which event each mention belongs to: it finds no copies, links
nothing, keeps no evidence and is not searchable by word. Without ``--url`` a Neo4j is found as for the
tests (``tests/neo4j_server.py``); the database must be empty, and is again afterwards.
"""

import argparse
import contextlib
import random
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

from graph.model import (
    Actor,
    ActorId,
    ActorKind,
    Article,
    CodedArticle,
    DateRange,
    DayBasis,
    EventMention,
    EventQuery,
    Evidence,
    Modality,
    Participant,
    Place,
    PlaceId,
    Precision,
    Span,
    mention_id,
)
from graph.store import GraphStore, open_store
from graph.store.neo4j_connection import Address, Connection
from graph.store.neo4j_schema import clear
from tests import neo4j_server

FIRST_DAY = date(2022, 1, 1)
DAYS = 730
ACTORS = [
    Actor(ActorId(f"{a}{b}{c}"), f"Land {a}{b}{c}", ActorKind.COUNTRY, f"{a}{b}{c}", sectors=("GOV",))
    for a in "KLM"
    for b in "AEI"
    for c in "NRST"
]
PLACES = [
    Place(PlaceId(number), f"Town {number}", actor.country, 10.0 + n, 20.0 + k, Precision.CITY)
    for n, actor in enumerate(ACTORS)
    for k in range(5)
    for number in [9_000_000 + 10 * n + k]
]
TYPES = ("CONSULT", "ASSAULT", "THREATEN", "AID", "PROTEST", "ACCUSE")

MERGE = """
UNWIND $rows AS row
MERGE (a:Article {id: row.article}) ON CREATE SET a.title = row.title, a.text = row.text
MERGE (m:EventMention {id: row.mention}) ON CREATE SET m.quote = row.quote, m.score = row.score
MERGE (e:Event {id: row.event}) ON CREATE SET e.type = row.type, e.first_day = row.day
MERGE (i:Actor {id: row.initiator}) MERGE (r:Actor {id: row.recipient}) MERGE (p:Place {id: row.place})
MERGE (a)-[:REPORTS]->(m) MERGE (m)-[:OF]->(e)
MERGE (e)-[:INITIATED_BY]->(i) MERGE (e)-[:DIRECTED_AT]->(r) MERGE (e)-[:AT]->(p)
"""


def made(events: int) -> Iterator[CodedArticle]:
    """Yield articles of two mentions each, a tenth of them reprints, until so many events are told."""
    draw = random.Random(7)
    told = number = 0
    text: str = ""
    mentions: Made = []
    while told < events:
        day = FIRST_DAY + timedelta(days=number * DAYS // events)
        if number % 10 != 9:  # else the article before is printed again
            text, mentions = _story(draw, number, day)
            told += len(mentions)
        yield _article(number, text, mentions, day)
        number += 1


Made = list[tuple[str, Actor, Actor, Place, date, Span]]


def _story(draw: random.Random, number: int, day: date) -> tuple[str, Made]:
    text = ""
    mentions: Made = []
    for position in range(2):
        one, other = draw.sample(ACTORS, 2)
        place = draw.choice(PLACES)
        act = draw.choice(TYPES)
        sentence = f"{one.name} and {other.name} met matter {number} number {position} in {place.name}. "
        mentions.append((act, one, other, place, day, Span(len(text), len(text) + len(sentence) - 1)))
        text += sentence
    filler = " ".join(f"word{draw.randrange(5000)}" for _ in range(250))
    return text + filler, mentions


def _article(number: int, text: str, mentions: Made, day: date) -> CodedArticle:
    article = Article.of(
        text,
        title=f"Report {number}",
        publisher=f"Outlet {number % 40}",
        published=datetime(day.year, day.month, day.day, number % 24, tzinfo=UTC),
        language="en",
    )
    found = tuple(
        EventMention(
            id=mention_id(article.id, span.start, act),
            article_id=article.id,
            type=act,
            modality=Modality.ASSERTED,
            initiators=(Participant(one.id, None, one.name),),
            recipients=(Participant(other.id, None, other.name),),
            evidence=Evidence(span, Span(span.start, span.start + 4)),
            score=0.8,
            coder="bench",
            day=DateRange(when, when, DayBasis.STATED),
            place=place.id,
        )
        for act, one, other, place, when, span in mentions
    )
    actors = {actor.id: actor for _, one, other, *_ in mentions for actor in (one, other)}
    places = {place.id: place for _, _, _, place, _, _ in mentions}
    return CodedArticle(article, found, tuple(actors.values()), tuple(places.values()))


def seconds(run: Callable[[], object]) -> float:
    """Return how long a call takes by the clock: the server works in another process."""
    begun = time.perf_counter()
    run()
    return time.perf_counter() - begun


def plain_rows(coded: list[CodedArticle], store: GraphStore) -> list[dict[str, Any]]:
    """Return what the plain driver writes: a row a mention, its event known beforehand."""
    event_of = {m: event.id for event in store.events(EventQuery()) for m in event.mention_ids}
    return [
        {
            "article": one.article.id,
            "title": one.article.title,
            "text": one.article.text,
            "mention": mention.id,
            "quote": mention.evidence.sentence.quote(one.article.text) if mention.evidence else "",
            "score": mention.score,
            "event": event_of[mention.id],
            "type": mention.type,
            "day": None if mention.day is None else mention.day.first,
            "initiator": mention.initiators[0].actor,
            "recipient": mention.recipients[0].actor,
            "place": mention.place,
        }
        for one in coded
        for mention in one.mentions
    ]


def load_plainly(url: str, rows: list[dict[str, Any]]) -> None:
    """Write rows with the driver alone."""
    with neo4j_server.driver(url) as driver, driver.session() as session:
        for start in range(0, len(rows), 5000):
            session.execute_write(
                lambda tx, some: tx.run(MERGE, rows=some).consume(), rows[start : start + 5000]
            )


def compare(url: str, events: int) -> None:
    """Load with the plain driver and with the store, into the same emptied database; print the rates."""
    coded = list(made(events))
    with open_store("sqlite:///:memory:") as memory:
        in_memory = seconds(lambda: memory.add(coded))
        rows = plain_rows(coded, memory)
        found = memory.statistics()
    print(f"{found.events} events, {found.mentions} mentions in {found.articles} articles")
    connection = Connection(Address.of(url), read_only=False)
    try:
        with open_store(url) as store:
            store.add(coded[:50])  # the server compiles what it runs for the first time
            clear(connection)
            load_plainly(url, rows[:100])
            clear(connection)
            plain = seconds(lambda: load_plainly(url, rows))
            clear(connection)
            own = seconds(lambda: store.add(coded))
            again = seconds(lambda: store.add(coded))
            listed = seconds(lambda: list(store.events(EventQuery())))
            assert store.statistics() == found
    finally:
        clear(connection, forget=True)
        connection.close()
    for name, took in (
        ("plain driver, UNWIND … MERGE", plain),
        ("Neo4j store", own),
        ("Neo4j store, all there already", again),
        ("Neo4j store, all events read", listed),
        ("SQLite store in memory", in_memory),
    ):
        print(f"{name:32} {found.events / took:8.0f} events/s  {took:6.1f} s")
    print(f"  the Neo4j store loads at {100 * plain / own:.0f} % of the plain driver's rate")


def main() -> None:
    """Run the comparison."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--events", type=int, default=10_000)
    parser.add_argument("--url", help="an empty Neo4j database")
    options = parser.parse_args()
    with contextlib.ExitStack() as stack:
        url = options.url
        if url is None:
            url = stack.enter_context(neo4j_server.running(brief=False))
        else:
            neo4j_server.refuse_unless_empty(url)
        compare(url, options.events)


if __name__ == "__main__":
    main()
