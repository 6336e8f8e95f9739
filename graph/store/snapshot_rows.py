"""What an SQLite store holds, as the rows of a snapshot's tables.

Read inside one transaction of one connection: the rows are of one moment, whatever is written meanwhile.
"""

import json
import sqlite3
from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

from graph.store.neo4j_rows import actors_named, mention_properties
from graph.store.neo4j_variants import outer_places
from graph.store.rows import read_instant, read_mention
from graph.store.sqlite_events import summary

Row = tuple[str, dict[str, Any]]
"""A table of ``snapshot_schema`` and one row of it; of a relationship ``start`` and ``end`` are keys.

To tell them from properties they are called ``_start`` and ``_end``.
"""


def count_rows(connection: sqlite3.Connection) -> int:
    """Return how many articles, mentions, events, actors and places there are: steps of the way."""
    tables = ("article", "mention", "event", "actor", "place")
    sql = " + ".join(f"(SELECT count(*) FROM {table})" for table in tables)
    return int(connection.execute(f"SELECT {sql}").fetchone()[0])


def rows(connection: sqlite3.Connection) -> Iterator[Row]:
    """Yield all rows of a snapshot."""
    yield from _places(connection)
    names: dict[str, str] = {}
    for row in _actors(connection):
        names[row[1]["id"]] = row[1]["name"]
        yield row
    yield from _articles(connection)
    yield from _mentions(connection)
    yield from _events(connection, names)
    yield from _judgements(connection)


def _between(type: str, start: object, end: object, /, **properties: object) -> Row:
    return type, {"_start": str(start), "_end": str(end), **properties}


def _moment(value: str | None) -> datetime | None:
    told = read_instant(value)
    return None if told is None else told.astimezone(UTC)


def _day(value: str | None) -> date | None:
    return None if value is None else date.fromisoformat(value)


def _places(connection: sqlite3.Connection) -> Iterator[Row]:
    nested = []
    for (merged,) in connection.execute("SELECT merged FROM place ORDER BY number"):
        place = json.loads(merged)
        yield "Place", {**place, "id": str(place["id"])}
        nested.append([place.get(key) for key in ("id", "name", "country", "precision", "admin1")])
    for inner, outer in outer_places(nested).items():
        yield _between("IN", inner, outer)


def _actors(connection: sqlite3.Connection) -> Iterator[Row]:
    for (merged,) in connection.execute("SELECT merged FROM actor ORDER BY number"):
        lists: dict[str, Any] = {"sectors": [], "aliases": [], "same_as": []}
        yield "Actor", lists | json.loads(merged)


def _articles(connection: sqlite3.Connection) -> Iterator[Row]:
    for (name,) in connection.execute(
        "SELECT DISTINCT publisher FROM article WHERE publisher IS NOT NULL ORDER BY publisher"
    ):
        yield "Publisher", {"name": name}
    keys = ("id", "title", "publisher", "url", "published", "language", "file", "text", "characters")
    for row in connection.execute(
        "SELECT id, title, publisher, url, moment, language, file, text, characters, mentions, origin"
        " FROM article ORDER BY number"
    ):
        told = dict(zip((*keys, "mention_count", "origin"), row, strict=True))
        yield "Article", {**told, "published": _moment(told["published"])}
        if told["publisher"] is not None:
            yield _between("PUBLISHED_BY", told["id"], told["publisher"])
        if told["origin"] != told["id"]:
            yield _between("COPY_OF", told["id"], told["origin"])
    for one, other in connection.execute(
        "SELECT a.id, b.id FROM copy c JOIN article a ON a.number = c.one JOIN article b ON b.number = c.other"
        " WHERE c.one < c.other ORDER BY c.one, c.other"
    ):
        yield _between("SAME_TEXT", one, other)


def _mentions(connection: sqlite3.Connection) -> Iterator[Row]:
    for article, position, payload, quote, event, reason, place in connection.execute(
        "SELECT a.id, m.position, m.payload, m.quote, e.id, m.reason, p.number FROM mention m"
        " JOIN article a ON a.number = m.article LEFT JOIN event e ON e.number = m.event"
        " LEFT JOIN place p ON p.number = m.place ORDER BY m.number"
    ):
        mention = read_mention(json.loads(payload), article)
        yield "EventMention", {**mention_properties(mention, quote), "position": position}
        yield _between("REPORTS", article, mention.id)
        if event is not None:
            yield _between("OF", mention.id, event, reason=reason)
        if place is not None:
            yield _between("NAMES_PLACE", mention.id, place)
        for type, actor, properties in actors_named(mention):
            yield _between(type, mention.id, actor, **properties)


def _events(connection: sqlite3.Connection, names: dict[str, str]) -> Iterator[Row]:
    publishers: dict[int, list[str]] = {}
    for event, publisher in connection.execute("SELECT event, publisher FROM event_publisher"):
        publishers.setdefault(event, []).append(publisher)
    columns = (
        "id type mode modality reciprocal first_day last_day basis cue week place mention_count article_count"
        " publisher_count origin_count score tone first_reported initiators recipients mentions quote"
    ).split()
    selected = ", ".join(f"e.{column}" for column in columns)
    for *row, number, place in connection.execute(
        f"SELECT {selected}, e.number, p.number FROM event e LEFT JOIN place p ON p.number = e.place"
        " ORDER BY e.number"
    ):
        told = dict(zip(columns, row, strict=True))
        sides = [json.loads(told[side]) for side in ("initiators", "recipients")]
        reciprocal = bool(told["reciprocal"])
        yield (
            "Event",
            {
                **told,
                "name": summary(told["type"], reciprocal, *[[names.get(a, a) for a in s] for s in sides]),
                "reciprocal": reciprocal,
                "first_day": _day(told["first_day"]),
                "last_day": _day(told["last_day"]),
                "day_basis": told["basis"],
                "day_cue": told["cue"],
                "first_reported": _moment(told["first_reported"]),
                "initiators": sides[0],
                "recipients": sides[1],
                "publishers": sorted(publishers.get(number, ())),
                "mentions": json.loads(told["mentions"]),
            },
        )
        for type, side in zip(("INITIATED_BY", "DIRECTED_AT"), sides, strict=True):
            for position, actor in enumerate(side):
                if actor in names:
                    yield _between(type, told["id"], actor, position=position)
        if place is not None:
            yield _between("AT", told["id"], place)


def _judgements(connection: sqlite3.Connection) -> Iterator[Row]:
    for left, right, verdict, judge, at in connection.execute(
        "SELECT one, other, verdict, judge, at FROM judgement ORDER BY one, other"
    ):
        key = json.dumps([left, right])
        yield (
            "Judgement",
            {
                "key": key,
                "left": left,
                "right": right,
                "verdict": verdict,
                "judge": judge,
                "at": _moment(at),
            },
        )
