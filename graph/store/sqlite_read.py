"""Small reads of the SQLite store, each given a connection."""

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from functools import lru_cache

from graph.errors import InvalidInput
from graph.linking.merge import judged_same
from graph.linking.same_actor import Judgement, Verdict, canonical_ids, contradiction, countries_shown
from graph.model import Actor, ActorId, Event, EventMention, MentionId, Place
from graph.store.base import EventDetails, Link
from graph.store.rows import read_actor, read_mention, read_place
from graph.store.sqlite_events import EVENT_COLUMNS, SELECT_EVENT, actors_of, read_event
from graph.store.sqlite_query import Where, match_expression

_AT_ONCE = 500
_OF_ALIAS = "SELECT event FROM mention WHERE alias = ? AND event IS NOT NULL"
"""The number of the event of a mention that has founded another, or does."""
_SIDES = slice(EVENT_COLUMNS.index("initiators"), EVENT_COLUMNS.index("recipients") + 1)


class EventReader:
    """Reads events; the names of their actors are looked up for many at once, and kept."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._names: dict[str, str] = {}
        self._shown: dict[str, str] = {}

    def read(self, rows: Sequence[tuple[object, ...]]) -> list[Event]:
        """Return the events of rows of ``EVENT_COLUMNS``."""
        self._look_up({actor for row in rows for side in row[_SIDES] for actor in actors_of(str(side))})
        return [read_event(row, self._names, self._shown) for row in rows]

    def _look_up(self, named: Iterable[str]) -> None:
        unknown = sorted(set(named) - self._names.keys())
        for start in range(0, len(unknown), _AT_ONCE):
            some = unknown[start : start + _AT_ONCE]
            # Read as JSON here: SQLite's own functions end a text at a NUL.
            found = self._connection.execute(
                "SELECT a.id, a.merged, s.shown FROM actor a LEFT JOIN same_actor s ON s.actor = a.id"
                f" WHERE a.id IN ({', '.join('?' * len(some))})",
                some,
            ).fetchall()
            self._names.update((id, _name(merged)) for id, merged, _ in found)
            shown = {id: other for id, _, other in found if other is not None}
            if shown:
                self._shown.update(shown)
                self._look_up(shown.values())


@lru_cache(maxsize=8192)
def _name(merged: str) -> str:
    return str(json.loads(merged)["name"])


@lru_cache(maxsize=8192)
def _place(merged: str) -> Place:
    return read_place(json.loads(merged))


def integer(connection: sqlite3.Connection, sql: str, *values: object) -> int:
    """Return the one number that a query gives."""
    return int(connection.execute(sql, values).fetchone()[0])


def page(limit: int | None, offset: int) -> tuple[int, int]:
    """Return LIMIT and OFFSET; -1 is SQLite's word for no limit.

    Raises:
        InvalidInput: If one of them is negative.
    """
    if offset < 0 or (limit is not None and limit < 0):
        raise InvalidInput("a limit and an offset are 0 or more")
    return (-1 if limit is None else limit, offset)


def where_articles(text: str | None, publisher: str | None) -> Where:
    """Return the conditions on articles ``a``."""
    where = Where()
    if text is not None and text.strip():
        expression = match_expression(text)
        if expression is None:
            where.add("0")
        else:
            where.add("a.number IN (SELECT rowid FROM article_words WHERE article_words MATCH ?)", expression)
    if publisher is not None:
        where.add("a.publisher = ?", publisher)
    return where


def read_mentions(connection: sqlite3.Connection, condition: str, value: object) -> list[EventMention]:
    """Return the mentions ``m`` of articles ``a`` for which a condition holds."""
    rows = connection.execute(
        f"SELECT m.payload, a.id FROM mention m JOIN article a ON a.number = m.article WHERE {condition}",
        (value,),
    ).fetchall()
    return [read_mention(json.loads(payload), article) for payload, article in rows]


def event_number(connection: sqlite3.Connection, event_id: str) -> int | None:
    """Return the number of the event that goes by an id now: its own, or that of one of its mentions."""
    row = connection.execute("SELECT number FROM event WHERE id = ?", (event_id,)).fetchone()
    if row is None:
        row = connection.execute(_OF_ALIAS, (event_id,)).fetchone()
    return None if row is None else int(row[0])


def shown_actors(connection: sqlite3.Connection) -> dict[str, str]:
    """Return the id under which an actor is shown, for those judged the same as another."""
    return dict(connection.execute("SELECT actor, shown FROM same_actor").fetchall())


def read_judgements(connection: sqlite3.Connection) -> list[Judgement]:
    """Return all judgements, by their two actors."""
    return [
        Judgement(ActorId(one), ActorId(other), Verdict(verdict), judge, datetime.fromisoformat(at))
        for one, other, verdict, judge, at in connection.execute(
            "SELECT one, other, verdict, judge, at FROM judgement ORDER BY one, other"
        )
    ]


def apply_judgements(connection: sqlite3.Connection) -> None:
    """Write what the judgements make of the actors.

    Raises:
        InvalidInput: If they contradict each other.
    """
    judgements = read_judgements(connection)
    against = contradiction(judgements)
    if against is not None:
        raise InvalidInput(
            f"{against.left} and {against.right} were judged different"
            f"{f' by {against.judge}' if against.judge else ''}, and this would make them one: undo that"
            " judgement first, or the ones that join them."
        )
    connection.execute("DELETE FROM same_actor")
    connection.executemany(
        "INSERT INTO same_actor (actor, shown) VALUES (?, ?)", sorted(canonical_ids(judgements).items())
    )


def read_details(connection: sqlite3.Connection, event_id: str) -> EventDetails | None:
    """Return all that is known of the event that goes by an id now, or ``None``."""
    row = (
        connection.execute(f"{SELECT_EVENT} WHERE e.id = ?", (event_id,)).fetchone()
        or connection.execute(f"{SELECT_EVENT} WHERE e.number = ({_OF_ALIAS})", (event_id,)).fetchone()
    )
    if row is None:
        return None
    [event] = EventReader(connection).read([row])
    told = connection.execute(
        "SELECT m.id, m.alias, m.reason, m.payload, a.id FROM mention m JOIN article a ON a.number = m.article"
        " WHERE m.event = (SELECT number FROM event WHERE id = ?) ORDER BY m.rank",
        (event.id,),
    ).fetchall()
    mentions = [read_mention(json.loads(payload), article) for *_, payload, article in told]
    links = [
        Link(MentionId(mention), event.id, reason)
        for mention, alias, reason, *_ in sorted(told, key=lambda row: row[1] != event.id)
    ]
    places = [] if event.place is None else read_places(connection, [event.place])
    return EventDetails(
        event,
        tuple(sorted(mentions, key=lambda mention: -mention.score)),
        tuple(links),
        places[0] if places else None,
    )


def read_places(connection: sqlite3.Connection, ids: Iterable[int]) -> list[Place]:
    """Return the places with these ids that are there, in this order."""
    found = [
        connection.execute("SELECT merged FROM place WHERE number = ?", (id,)).fetchone()
        for id in dict.fromkeys(ids)
    ]
    return [_place(row[0]) for row in found if row is not None]


def countries_of(connection: sqlite3.Connection, ids: Sequence[str]) -> dict[str, str]:
    """Return the country of each actor that belongs to one, those judged the same together."""
    shown = shown_actors(connection)
    groups = groups_of(shown)
    own: dict[str, str] = {}
    for start in range(0, len(ids), _AT_ONCE):
        some = ids[start : start + _AT_ONCE]
        marks = ", ".join("?" * len(some))
        own.update(
            connection.execute(
                f"SELECT id, country FROM actor WHERE country IS NOT NULL AND id IN ({marks})", some
            )
        )
    judged = sorted({shown[id] for id in ids if id in shown})
    together = [shown_actor(connection, id, groups[id]) for id in judged]
    return countries_shown(own, ids, shown, [actor for actor in together if actor is not None])


def groups_of(shown: Mapping[str, str]) -> dict[str, list[str]]:
    """Return, by the id that they are shown under, the actors that were judged the same."""
    groups: dict[str, list[str]] = {}
    for member, stands_for in shown.items():
        groups.setdefault(stands_for, []).append(member)
    return groups


def busiest_actors(connection: sqlite3.Connection, search: str | None, shown: dict[str, str]) -> list[str]:
    """Return the ids to show of the actors found, those with most events first."""
    condition, values = "", []
    if search is not None and search.strip():
        condition = " WHERE instr(a.words, ?) > 0"
        values.append(search.strip().casefold())
    rows = connection.execute(
        "SELECT a.id, (SELECT count(*) FROM event_actor x WHERE x.actor = a.number) AS events"
        f" FROM actor a{condition} ORDER BY events DESC, a.id",
        values,
    )
    return list(dict.fromkeys(shown.get(id, id) for id, _ in rows))


def shown_actor(connection: sqlite3.Connection, id: str, group: Sequence[str]) -> Actor | None:
    """Return an actor, with the names of all those judged the same as its aliases."""
    found = [
        read_actor(json.loads(row[0]))
        for member in sorted(group, key=lambda member: (member != id, member))
        if (row := connection.execute("SELECT merged FROM actor WHERE id = ?", (member,)).fetchone())
    ]
    return judged_same(id, found) if found else None
