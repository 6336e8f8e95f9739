"""Each question of ``bench.stores_queries``, written by hand for SQLite as well as the tables allow.

Each function gives the rows of the answer and nothing else: no objects, no filters that could have been
asked for and were not, nothing of judgements on actors.
"""

import json
import sqlite3
from datetime import date
from typing import Any

Rows = list[tuple[Any, ...]]

SUMS = "count(*) AS events, sum(mention_count) AS mentions, round(avg(tone), 6) AS tone"
OWN = (
    "number IN (SELECT event FROM event_actor WHERE actor IN"
    " (SELECT number FROM actor WHERE id = :actor OR country = :actor))"
)
WINDOW = "last_day >= :first AND first_day <= :last"
EVENT = (
    "id, type, mode, modality, reciprocal, first_day, last_day, basis, cue, place, mention_count,"
    " article_count, publisher_count, origin_count, score, tone, first_reported, initiators, recipients,"
    " mentions, quote"
)
ORDER = "first_day IS NULL, first_day, last_day, id"


class Sql:
    """A file, asked by ``sqlite3`` alone."""

    def __init__(self, path: str) -> None:
        self.connection = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
        self.connection.execute("PRAGMA temp_store = MEMORY")

    def ask(self, sql: str, **values: object) -> Rows:
        return self.connection.execute(sql, _texts(values)).fetchall()

    def held(self) -> Rows:
        return self.ask(
            "SELECT (SELECT count(*) FROM article), (SELECT count(*) FROM mention),"
            " (SELECT count(*) FROM event), (SELECT count(*) FROM actor), (SELECT count(*) FROM place),"
            " (SELECT count(DISTINCT publisher) FROM article), (SELECT count(DISTINCT origin) FROM article),"
            " (SELECT min(first_day) FROM event), (SELECT max(last_day) FROM event)"
        )

    def counted(self, **draw: object) -> Rows:
        return self.ask(f"SELECT {SUMS} FROM event WHERE {WINDOW} AND type = :type", **draw)

    def months(self) -> Rows:
        return self.ask(
            "SELECT substr(first_day, 1, 7) AS month, type, sum(events), sum(mentions),"
            " round(sum(tones) / sum(toned), 6) FROM (SELECT first_day, type, count(*) AS events,"
            " sum(mention_count) AS mentions, sum(tone) AS tones, count(tone) AS toned FROM event"
            " GROUP BY first_day, type) GROUP BY month, type"
        )

    def months_of(self, **draw: object) -> Rows:
        return self.ask(
            f"SELECT substr(first_day, 1, 7) AS month, {SUMS} FROM event WHERE {OWN} GROUP BY month", **draw
        )

    def pairs(self, **draw: object) -> Rows:
        if draw:
            source = (
                "FROM event e CROSS JOIN event_actor x ON x.event = e.number"
                " CROSS JOIN event_actor y ON y.event = e.number"
                f" WHERE {WINDOW} AND x.roles & 1 AND y.roles & 2"
            )
            sums = "count(*) AS events, sum(e.mention_count) AS mentions, round(avg(e.tone), 6) AS tone"
        else:
            source = (
                "FROM event_actor x JOIN event_actor y ON y.event = x.event WHERE x.roles & 1 AND y.roles & 2"
            )
            sums = "count(*) AS events, sum(x.mention_count) AS mentions, round(avg(x.tone), 6) AS tone"
        return self.ask(
            "SELECT i.id AS one, r.id AS other, events, mentions, tone FROM"
            f" (SELECT x.actor AS a, y.actor AS b, {sums} {source} GROUP BY a, b)"
            " JOIN actor i ON i.number = a JOIN actor r ON r.number = b"
            " ORDER BY events DESC, one, other LIMIT 100",
            **draw,
        )

    def page(self, **draw: object) -> Rows:
        return self._events(f"{WINDOW} AND type = :type", f"ORDER BY {ORDER} LIMIT 25 OFFSET :offset", **draw)

    def page_of(self, **draw: object) -> Rows:
        return self._events(OWN, f"ORDER BY {ORDER} LIMIT 25 OFFSET :offset", **draw)

    def found(self, **draw: object) -> Rows:
        return self._events(
            "number IN (SELECT m.event FROM mention_words w JOIN mention m ON m.number = w.rowid"
            " WHERE mention_words MATCH :word UNION SELECT m.event FROM article_words w"
            " JOIN mention m ON m.article = w.rowid WHERE article_words MATCH 'title : ' || :word)",
            f"ORDER BY {ORDER} LIMIT 25",
            **draw,
        )

    def _events(self, where: str, end: str, **values: object) -> Rows:
        """Return whole events, the lists read and the actors' names looked up."""
        rows = self.ask(f"SELECT {EVENT} FROM event WHERE {where} {end}", **values)
        read = [(*row[:17], *(json.loads(one) for one in row[17:20]), row[20]) for row in rows]
        ids = sorted({actor for row in read for actor in (*row[17], *row[18])})
        names = dict(
            self.connection.execute(
                "SELECT id, json_extract(merged, '$.name') FROM actor"
                f" WHERE id IN ({', '.join('?' * len(ids))})",
                ids,
            )
        )
        return [(*row, [names[a] for a in row[17]], [names[a] for a in row[18]]) for row in read]

    def actors_and_types(self) -> Rows:
        return self.ask(
            f"SELECT a.id, x.type, events, mentions, tone FROM (SELECT actor, type, {SUMS} FROM event_actor"
            " GROUP BY actor, type) x JOIN actor a ON a.number = x.actor ORDER BY events DESC, a.id, x.type"
        )

    def busiest(self, **draw: object) -> Rows:
        inner = f"SELECT actor, {SUMS} FROM event_actor GROUP BY actor"
        if draw:
            inner = (
                "SELECT x.actor, count(*) AS events, sum(e.mention_count) AS mentions,"
                " round(avg(e.tone), 6) AS tone FROM event e CROSS JOIN event_actor x ON x.event = e.number"
                f" WHERE {WINDOW} GROUP BY x.actor"
            )
        return self.ask(
            f"SELECT a.id, events, mentions, tone FROM ({inner}) JOIN actor a ON a.number = actor"
            " ORDER BY events DESC, a.id LIMIT 20",
            **draw,
        )

    def outlets(self) -> Rows:
        return self.ask(
            f"SELECT publisher, {SUMS} FROM event_publisher GROUP BY publisher"
            " ORDER BY events DESC, publisher LIMIT 20"
        )

    def card(self, **draw: object) -> Rows:
        event = self._events("id = :id", "", **draw)
        told = self.ask(
            "SELECT m.payload, a.id, m.reason, m.id FROM mention m JOIN article a ON a.number = m.article"
            " WHERE m.event = (SELECT number FROM event WHERE id = :id) ORDER BY m.rank",
            **draw,
        )
        place = self.ask("SELECT merged FROM place WHERE number = :place", place=event[0][9])
        read = [(json.loads(payload), *rest) for payload, *rest in told]
        return [*event, *read, *((json.loads(merged),) for (merged,) in place)]

    def profile(self, **draw: object) -> Rows:
        """Return all parts, each row with its name before it."""
        self.connection.execute(
            "CREATE TEMP TABLE own AS SELECT number, type, first_day, place, mention_count, tone"
            f" FROM main.event WHERE {OWN}",
            _texts(draw),
        )
        try:
            rows = self.ask(f"SELECT 'total', NULL, {SUMS} FROM own")
            for name, key in (("type", "type"), ("place", "place"), ("month", "substr(first_day, 1, 7)")):
                limit = " ORDER BY events DESC, CAST(place AS TEXT) LIMIT 20" if name == "place" else ""
                rows += self.ask(f"SELECT '{name}', {key}, {SUMS} FROM own GROUP BY {key}{limit}")
            rows += self.ask(
                "SELECT 'publisher', publisher, count(*) AS events, sum(o.mention_count), round(avg(o.tone), 6)"
                " FROM own o CROSS JOIN event_publisher p ON p.event = o.number GROUP BY publisher"
                " ORDER BY events DESC, publisher LIMIT 20"
            )
            return rows + self._pairs_of_own()
        finally:
            self.connection.execute("DROP TABLE temp.own")

    def neighbours(self, **draw: object) -> Rows:
        self.connection.execute(
            f"CREATE TEMP TABLE own AS SELECT number, first_day, mention_count, tone FROM main.event WHERE {OWN}",
            _texts(draw),
        )
        try:
            return self._pairs_of_own()
        finally:
            self.connection.execute("DROP TABLE temp.own")

    def _pairs_of_own(self) -> Rows:
        return self.ask(
            "SELECT i.id, r.id, i.country, r.country, events, mentions, tone, first, last FROM"
            " (SELECT x.actor AS a, y.actor AS b, count(*) AS events, sum(o.mention_count) AS mentions,"
            " avg(o.tone) AS tone, min(o.first_day) AS first, max(o.first_day) AS last FROM own o"
            " CROSS JOIN event_actor x ON x.event = o.number CROSS JOIN event_actor y ON y.event = o.number"
            " WHERE x.roles & 1 AND y.roles & 2 GROUP BY a, b)"
            " JOIN actor i ON i.number = a JOIN actor r ON r.number = b"
        )


def _texts(values: dict[str, object]) -> dict[str, object]:
    return {name: str(value) if isinstance(value, date) else value for name, value in values.items()}
