"""The derived rows: which event each mention belongs to, and what each event's mentions agree on."""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from graph.linking.consensus import Consensus, Told, consensus
from graph.model import (
    ActorId,
    DateRange,
    DayBasis,
    Event,
    EventId,
    EventMention,
    MentionId,
    Modality,
    Place,
    PlaceId,
)
from graph.ontology import codebook
from graph.store.base import AddReport
from graph.store.rows import dump, instant, read_instant, read_mention, read_place
from graph.store.sqlite_units import parts

EVENT_COLUMNS = (
    "id",
    "type",
    "mode",
    "modality",
    "reciprocal",
    "first_day",
    "last_day",
    "basis",
    "cue",
    "week",
    "place",
    "mention_count",
    "article_count",
    "publisher_count",
    "origin_count",
    "score",
    "tone",
    "first_reported",
    "initiators",
    "recipients",
    "mentions",
    "quote",
)
SELECT_EVENT = "SELECT " + ", ".join(f"e.{column}" for column in EVENT_COLUMNS) + " FROM event e"

_INSERT = (
    f"INSERT INTO event ({', '.join(EVENT_COLUMNS)}, number)"
    f" VALUES ({', '.join('?' * (len(EVENT_COLUMNS) + 1))})"
    f" ON CONFLICT (number) DO UPDATE SET {', '.join(f'{c} = excluded.{c}' for c in EVENT_COLUMNS)}"
)

_AT_ONCE = 500
_ASSIGNED = "SELECT id, event, reason FROM mention WHERE id IN"
_NUMBERED = "SELECT id, number FROM event WHERE id IN"
_FOLLOWING = "SELECT id, told_by FROM mention WHERE told_by <> id AND told_by IN"


@lru_cache(maxsize=8192)
def week_of(day: date) -> str:
    """Return a day's ISO week: ``2022-W02``."""
    year, week, _ = day.isocalendar()
    return f"{year:04d}-W{week:02d}"


def event_row(id: str, told: Consensus) -> tuple[object, ...]:
    """Return the values of ``EVENT_COLUMNS``."""
    day = told.day
    return (
        id,
        told.type,
        told.mode,
        told.modality.value,
        int(told.reciprocal),
        None if day is None else day.first.isoformat(),
        None if day is None else day.last.isoformat(),
        None if day is None else day.basis.value,
        None if day is None else day.cue,
        None if day is None else week_of(day.first),
        told.place,
        len(told.mention_ids),
        told.article_count,
        told.publisher_count,
        told.origin_count,
        told.score,
        codebook.tone(told.type, told.mode),
        instant(told.first_reported),
        dump(told.initiators),
        dump(told.recipients),
        dump(told.mention_ids),
        told.quote,
    )


def read_event(row: Sequence[Any], names: Mapping[str, str], shown: Mapping[str, str]) -> Event:
    """Return the event of a row of ``EVENT_COLUMNS``.

    Args:
        row: What ``SELECT_EVENT`` gives.
        names: The names of actors, by id.
        shown: The id under which an actor is shown, for those that were judged the same as another.
    """
    (
        id,
        type,
        mode,
        modality,
        reciprocal,
        first_day,
        last_day,
        basis,
        cue,
        _,
        place,
        mention_count,
        article_count,
        publisher_count,
        origin_count,
        score,
        tone,
        first_reported,
        initiators,
        recipients,
        mentions,
        quote,
    ) = row
    day = None
    if first_day is not None:
        day = DateRange(date.fromisoformat(first_day), date.fromisoformat(last_day), DayBasis(basis), cue)
    sides = [actors_of(side) for side in (initiators, recipients)]
    if shown:
        sides = [tuple(dict.fromkeys(ActorId(shown.get(actor, actor)) for actor in side)) for side in sides]
    return Event(
        id=EventId(id),
        type=type,
        mode=mode,
        modality=Modality(modality),
        reciprocal=bool(reciprocal),
        initiators=sides[0],
        recipients=sides[1],
        day=day,
        place=None if place is None else PlaceId(place),
        mention_count=mention_count,
        article_count=article_count,
        publisher_count=publisher_count,
        origin_count=origin_count,
        score=score,
        tone=tone,
        summary=summary(type, bool(reciprocal), *[[names.get(a, a) for a in side] for side in sides]),
        quote=quote,
        first_reported=read_instant(first_reported),
        mention_ids=tuple(MentionId(mention) for mention in json.loads(mentions)),
    )


@lru_cache(maxsize=8192)
def actors_of(listed: str) -> tuple[ActorId, ...]:
    """Return the actors of a column that lists a side of an event."""
    return tuple(ActorId(actor) for actor in json.loads(listed))


def summary(type: str, reciprocal: bool, initiators: list[str], recipients: list[str]) -> str:
    """Return an event in one line: ``Russia → OSCE · CONSULT``; ``↔`` for an act of both sides."""
    sides = [", ".join(side) for side in (initiators, recipients) if side]
    if not sides:
        return type
    if not recipients:
        return f"{sides[0]} · {type}"
    arrow = " ↔ " if reciprocal else " → "
    return f"{arrow.join(sides) if initiators else arrow.lstrip() + sides[0]} · {type}"


class EventWriter:
    """Keeps the event rows true to their mentions; for one transaction."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._new: dict[int, str] = {}
        self._next = 0
        self._mentions: dict[str, EventMention] = {}
        self._places: dict[int, Place] = {}

    def remember(self, mentions: Iterable[EventMention]) -> None:
        """Keep mentions that are written now, so that they need not be read back."""
        self._mentions.update((mention.id, mention) for mention in mentions)

    def assign(self, found: Mapping[MentionId, tuple[EventId, str]], retold: Iterable[str]) -> set[int]:
        """Write to which event mentions belong; return the events that gained or lost one.

        Args:
            found: For mentions that stand for a statement: their event and the reason.
            retold: Mentions whose copies of the same statement may have changed.
        """
        touched: set[int] = set()
        before = {id: (event, reason) for id, event, reason in self._in(_ASSIGNED, sorted(found))}
        numbers = dict(self._in(_NUMBERED, sorted({event for event, _ in found.values()})))
        after: dict[str, tuple[int, str]] = {}
        for mention, (event, reason) in sorted(found.items()):
            if event not in numbers:
                numbers[event] = self._mint(event)
            after[mention] = (numbers[event], reason)
        moved = {id for id, (event, _) in after.items() if before[id][0] != event}
        tellers = sorted(moved.union(retold))
        self._write(before, after, touched)
        events = {id: event for id, event, _ in self._in(_ASSIGNED, tellers)}
        followers = list(self._in(_FOLLOWING, tellers))
        copies = {id: (events[teller], f"the same sentence in a copy: {teller}") for id, teller in followers}
        self._write({id: (e, r) for id, e, r in self._in(_ASSIGNED, sorted(copies))}, copies, touched)
        return touched

    def settle(self, touched: Iterable[int]) -> AddReport:
        """Work out again the events that gained, lost or changed a mention; return what became of them."""
        new = changed = gone = 0
        actors: list[tuple[object, ...]] = []
        publishers: list[tuple[object, ...]] = []
        for number in sorted(touched):
            told = self._told(number)
            if not told:
                self._connection.execute("DELETE FROM event WHERE number = ?", (number,))
                gone += number not in self._new
            elif self._work_out(number, told, actors, publishers):
                new += number in self._new
                changed += number not in self._new
        self._connection.executemany(
            "INSERT INTO event_actor (actor, event, roles, type, mention_count, tone)"
            " SELECT number, ?, ?, ?, ?, ? FROM actor WHERE id = ?",
            actors,
        )
        self._connection.executemany(
            "INSERT INTO event_publisher (publisher, event, mention_count, tone) VALUES (?, ?, ?, ?)",
            publishers,
        )
        return AddReport(events_new=new, events_touched=changed + gone, events_gone=gone)

    def _in(self, sql: str, ids: Sequence[str]) -> Iterator[tuple[Any, ...]]:
        """Run a query that ends in ``IN`` for ids, some hundreds at a time."""
        for start in range(0, len(ids), _AT_ONCE):
            some = ids[start : start + _AT_ONCE]
            marks = ", ".join("?" * len(some))
            yield from self._connection.execute(f"{sql} ({marks})", some).fetchall()

    def _mint(self, event: str) -> int:
        """Return a number for a new event; its row is written when its mentions are known."""
        if not self._next:
            (self._next,) = self._connection.execute(
                "SELECT coalesce(max(number), 0) + 1 FROM event"
            ).fetchone()
        number, self._next = self._next, self._next + 1
        self._new[number] = event
        return number

    def _write(
        self,
        before: Mapping[str, tuple[int | None, str]],
        after: Mapping[str, tuple[int, str]],
        touched: set[int],
    ) -> None:
        changed = [(*after[id], id) for id in sorted(after) if before[id] != after[id]]
        self._connection.executemany("UPDATE mention SET event = ?, reason = ? WHERE id = ?", changed)
        for event, _, id in changed:
            previous = before[id][0]
            if previous != event:
                touched.add(event)
                if previous is not None:
                    touched.add(previous)

    def _told(self, number: int) -> list[Told]:
        told = []
        for id, payload, article, origin, publisher, published, rank, quote, unit in self._connection.execute(
            "SELECT m.id, m.payload, a.id, a.origin, a.publisher, a.published, m.rank, m.quote, m.unit"
            " FROM mention m JOIN article a ON a.number = m.article WHERE m.event = ? ORDER BY m.rank",
            (number,),
        ):
            kept = parts(unit)
            mention = self._mentions.get(id)
            told.append(
                Told(
                    mention=mention or read_mention(json.loads(payload), article),
                    origin=origin,
                    publisher=publisher,
                    published=None if published is None else datetime.fromisoformat(published),
                    rank=rank,
                    quote=quote,
                    bases={p.actor: p.base for p in (*kept.initiators, *kept.recipients)},
                )
            )
        return told

    def _work_out(
        self,
        number: int,
        told: Sequence[Told],
        actors: list[tuple[object, ...]],
        publishers: list[tuple[object, ...]],
    ) -> bool:
        """Write an event's row and note its lists; tell whether anything in them differs from before."""
        agreed = consensus(told, self._described(told))
        names = sorted({one.publisher for one in told if one.publisher is not None})
        if number in self._new:
            row = event_row(self._new[number], agreed)
        else:
            before = self._connection.execute(f"{SELECT_EVENT} WHERE e.number = ?", (number,)).fetchone()
            row = event_row(before[0], agreed)
            known = self._connection.execute(
                "SELECT publisher FROM event_publisher WHERE event = ? ORDER BY publisher", (number,)
            ).fetchall()
            if row == before and names == [name for (name,) in known]:
                return False
            self._connection.execute("DELETE FROM event_actor WHERE event = ?", (number,))
            self._connection.execute("DELETE FROM event_publisher WHERE event = ?", (number,))
        self._connection.execute(_INSERT, (*row, number))
        roles: dict[str, int] = dict.fromkeys(agreed.initiators, 1)
        for actor in agreed.recipients:
            roles[actor] = roles.get(actor, 0) | 2
        type, mentions, tone = (row[EVENT_COLUMNS.index(name)] for name in ("type", "mention_count", "tone"))
        actors.extend((number, role, type, mentions, tone, actor) for actor, role in roles.items())
        publishers.extend((name, number, mentions, tone) for name in names)
        return True

    def _described(self, told: Iterable[Told]) -> dict[int, Place]:
        places: dict[int, Place] = {}
        for one in told:
            place = one.mention.place
            if place is None or place in places:
                continue
            if place not in self._places:
                row = self._connection.execute(
                    "SELECT merged FROM place WHERE number = ?", (place,)
                ).fetchone()
                if row is None:
                    continue
                self._places[place] = read_place(json.loads(row[0]))
            places[place] = self._places[place]
        return places
