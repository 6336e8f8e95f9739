"""The questions that the app asks a store, timed beside the same questions written by hand.

Each is drawn some twenty times from a fixed seed, and quick ones are asked again and again; the store and the
hand-written query are asked in turn, so that what else the machine does weighs on both. Every answer is compared.
"""

import random
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import chain, cycle
from typing import Any, Protocol

from bench.stores_answers import (
    Draw,
    buckets,
    card_said,
    card_told,
    counts_said,
    event_rows,
    events_said,
    first_said,
    held_said,
    months_told,
    pairs_said,
    partners_said,
    partners_told,
    profile_said,
    profile_told,
    rows_told,
)
from bench.stores_made import ACTORS, DAYS, FIRST_DAY, SEED, TOPICS, TYPES
from graph.analysis.neighbours import partners
from graph.analysis.profile import profile
from graph.analysis.relations import relations
from graph.analysis.timeline import timeline
from graph.model import Axis, EventQuery
from graph.store.base import GraphStore

DRAWS = 20
UNFILTERED_DRAWS = 7
"""What has nothing to draw is asked less often."""

QUICK = 1.0
"""Seconds for which all draws of a question are asked over again, so that a moment's disturbance does not decide."""

MOST_ROUNDS = 10


class Hand(Protocol):
    """The questions written by hand: ``stores_sql.Sql`` or ``stores_cypher.Cypher``."""

    def held(self) -> Any: ...
    def counted(self, **draw: object) -> Any: ...
    def months(self) -> Any: ...
    def months_of(self, **draw: object) -> Any: ...
    def pairs(self, **draw: object) -> Any: ...
    def page(self, **draw: object) -> Any: ...
    def page_of(self, **draw: object) -> Any: ...
    def found(self, **draw: object) -> Any: ...
    def actors_and_types(self) -> Any: ...
    def busiest(self, **draw: object) -> Any: ...
    def outlets(self) -> Any: ...
    def card(self, **draw: object) -> Any: ...
    def profile(self, **draw: object) -> Any: ...
    def neighbours(self, **draw: object) -> Any: ...


@dataclass(frozen=True, slots=True)
class Question:
    """One question of the app.

    Attributes:
        draw: What is asked for, each time something else.
        own: Asks the store.
        hand: Asks by hand.
        said: The store's answer as values that can be compared.
        told: The other answer as the same values.
    """

    name: str
    draw: Callable[[random.Random], Draw] | None
    own: Callable[[GraphStore, Draw], Any]
    hand: Callable[[Hand, Draw], Any]
    said: Callable[[Any], Any]
    told: Callable[[Any], Any]


@dataclass(frozen=True, slots=True)
class Times:
    """Milliseconds of one question: median and 95th percentile."""

    name: str
    own: tuple[float, float]
    hand: tuple[float, float]

    @property
    def ratio(self) -> float:
        """The store's median in medians of the query written by hand."""
        return self.own[0] / self.hand[0]


def _window(draw: random.Random) -> Draw:
    first = FIRST_DAY + timedelta(days=draw.randrange(DAYS - 60))
    return {"first": first, "last": first + timedelta(days=draw.choice((30, 91, 365)))}


def _window_and_type(draw: random.Random) -> Draw:
    return {**_window(draw), "type": draw.choice(TYPES)}


def _actor(draw: random.Random) -> Draw:
    return {"actor": draw.choice(ACTORS[: 4 * 20]).id}


def _paged(drawn: Callable[[random.Random], Draw]) -> Callable[[random.Random], Draw]:
    return lambda draw: {**drawn(draw), "offset": draw.choice((0, 0, 25, 100))}


def _topic(draw: random.Random) -> Draw:
    return {"word": draw.choice(TOPICS[:400])}


def _query(draw: Draw, **more: Any) -> EventQuery:
    return EventQuery(
        actors=(draw["actor"],) if "actor" in draw else (),
        types=(draw["type"],) if "type" in draw else (),
        first_day=draw.get("first"),
        last_day=draw.get("last"),
        text=draw.get("word"),
        offset=draw.get("offset", 0),
        **more,
    )


def questions(store: GraphStore) -> list[Question]:
    """Return what the app asks of a store that holds what ``stores_made.made`` yields."""
    ids = _some_ids(store)

    def id_of_one(draw: random.Random) -> Draw:
        return {"id": draw.choice(ids)}

    by_type, month, actor = (Axis.ACTOR, Axis.TYPE), Axis.MONTH, (Axis.ACTOR,)
    return [
        Question(
            "overview: what the store holds",
            None,
            lambda s, d: s.statistics(),
            lambda h, d: h.held(),
            held_said,
            lambda rows: tuple(rows[0]),
        ),
        Question(
            "overview: number of events of a window and type",
            _window_and_type,
            lambda s, d: s.count_events(_query(d)),
            lambda h, d: h.counted(**d),
            counts_said,
            rows_told,
        ),
        Question(
            "overview: actors and types, all events",
            None,
            lambda s, d: s.count_events(EventQuery(), by_type),
            lambda h, d: h.actors_and_types(),
            counts_said,
            rows_told,
        ),
        Question(
            "timeline: months and types, all events",
            None,
            lambda s, d: timeline(s, bucket=month, by=Axis.TYPE),
            lambda h, d: h.months(),
            buckets,
            months_told,
        ),
        Question(
            "timeline: months of one actor",
            _actor,
            lambda s, d: timeline(s, _query(d), bucket=month),
            lambda h, d: h.months_of(**d),
            buckets,
            months_told,
        ),
        Question(
            "relations: all events",
            None,
            lambda s, d: relations(s, limit=100),
            lambda h, d: h.pairs(),
            pairs_said,
            rows_told,
        ),
        Question(
            "relations: a window",
            _window,
            lambda s, d: relations(s, _query(d), limit=100),
            lambda h, d: h.pairs(**d),
            pairs_said,
            rows_told,
        ),
        Question(
            "events: a page of a window and type",
            _paged(_window_and_type),
            lambda s, d: list(s.events(_query(d, limit=25))),
            lambda h, d: h.page(**d),
            events_said,
            event_rows,
        ),
        Question(
            "events: a page of one actor",
            _paged(_actor),
            lambda s, d: list(s.events(_query(d, limit=25))),
            lambda h, d: h.page_of(**d),
            events_said,
            event_rows,
        ),
        Question(
            "events: the first page with a word",
            _topic,
            lambda s, d: list(s.events(_query(d, limit=25))),
            lambda h, d: h.found(**d),
            events_said,
            event_rows,
        ),
        Question(
            "busiest actors: all events",
            None,
            lambda s, d: s.count_events(EventQuery(), actor, 21),
            lambda h, d: h.busiest(),
            first_said(20),
            rows_told,
        ),
        Question(
            "busiest actors: a window",
            _window,
            lambda s, d: s.count_events(_query(d), actor, 21),
            lambda h, d: h.busiest(**d),
            first_said(20),
            rows_told,
        ),
        Question(
            "busiest publishers: all events",
            None,
            lambda s, d: s.count_events(EventQuery(), (Axis.PUBLISHER,), 21),
            lambda h, d: h.outlets(),
            first_said(20),
            rows_told,
        ),
        Question(
            "event card: event, mentions, reasons, place",
            id_of_one,
            lambda s, d: s.details(d["id"]),
            lambda h, d: h.card(**d),
            card_said,
            card_told,
        ),
        Question(
            "profile of one actor",
            _actor,
            lambda s, d: profile(s, d["actor"], limit=20),
            lambda h, d: (d, h.profile(**d)),
            profile_said,
            profile_told,
        ),
        Question(
            "neighbours of one actor",
            _actor,
            lambda s, d: partners(s, d["actor"]),
            lambda h, d: (d, h.neighbours(**d)),
            partners_said,
            partners_told,
        ),
    ]


def ask(store: GraphStore, hand: Hand) -> list[Times]:
    """Ask everything, of the store and by hand; compare each answer; return the times.

    Raises:
        AssertionError: If two answers differ.
    """
    found = []
    for question in questions(store):
        draw = random.Random(question.name)
        number = UNFILTERED_DRAWS if question.draw is None else DRAWS
        drawn = [{} if question.draw is None else question.draw(draw) for _ in range(number)]
        own: list[float] = []
        by_hand: list[float] = []
        started = time.perf_counter()
        for count, one in enumerate(chain(drawn[:1], cycle(drawn))):  # the first once more, off the clock
            rounds, begins = divmod(count - 1, number)
            if not begins and rounds and (rounds == MOST_ROUNDS or time.perf_counter() - started > QUICK):
                break
            # Whoever is asked second finds what the first has read: so they take turns.
            first, second = (question.own, question.hand) if count % 2 else (question.hand, question.own)
            begun = time.perf_counter()
            early = first(store if count % 2 else hand, one)  # type: ignore[arg-type]
            between = time.perf_counter()
            late = second(hand if count % 2 else store, one)  # type: ignore[arg-type]
            ended = time.perf_counter()
            answer, rows = (early, late) if count % 2 else (late, early)
            said, told = question.said(answer), question.told(rows)
            assert said == told, f"{question.name}, {one}:\n{str(said)[:600]}\n{str(told)[:600]}"
            if count:
                times = [1000 * (between - begun), 1000 * (ended - between)]
                own.append(times[0 if count % 2 else 1])
                by_hand.append(times[1 if count % 2 else 0])
        found.append(Times(question.name, _percentiles(own), _percentiles(by_hand)))
    return found


def _percentiles(times: Sequence[float]) -> tuple[float, float]:
    ordered = sorted(times)
    return statistics.median(ordered), ordered[min(round(0.95 * len(ordered)), len(ordered) - 1)]


def _some_ids(store: GraphStore) -> list[str]:
    draw = random.Random(SEED)
    days = [FIRST_DAY + timedelta(days=draw.randrange(DAYS)) for _ in range(60)]
    return [
        event.id
        for day in days
        for event in store.events(EventQuery(first_day=day, last_day=day + timedelta(days=60), limit=3))
    ]
