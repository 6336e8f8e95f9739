"""An ``EventQuery`` as SQL: one place where every field of it becomes a condition."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from graph.errors import InvalidInput
from graph.model import Axis, EventQuery

_PHRASE_OR_WORD = re.compile(r'"([^"]*)"|(\S+)')
_COUNTRY = re.compile(r"[A-Z]{3}")

EVENT_ORDER = "e.first_day IS NULL, e.first_day, e.last_day, e.id"


@dataclass(slots=True)
class Where:
    """Conditions joined by AND, and their values in order."""

    conditions: list[str] = field(default_factory=list)
    values: list[object] = field(default_factory=list)

    def add(self, condition: str, *values: object) -> None:
        """Narrow by one more condition."""
        self.conditions.append(condition)
        self.values.extend(values)

    @property
    def sql(self) -> str:
        """The WHERE clause, or nothing."""
        return " WHERE " + " AND ".join(f"({c})" for c in self.conditions) if self.conditions else ""


def match_expression(text: str) -> str | None:
    """Return words as an FTS5 expression that cannot be mistaken for its syntax; ``None`` without words.

    All words must occur; ``"two words"`` in quotes is a phrase; a ``*`` at the end stands for any ending.
    """
    parts: list[str] = []
    for phrase, word in _PHRASE_OR_WORD.findall(text.replace("\x00", " ")):
        term = phrase or word
        if not any(character.isalnum() for character in term):
            continue
        prefix = "*" if term.endswith("*") else ""
        quoted = term.replace('"', " ")
        parts.append(f'"{quoted}"{prefix}')
    return " ".join(parts) or None


def actor_condition(actor: str) -> tuple[str, list[object]]:
    """Return a condition on ``actor`` rows: the actor, those judged the same, a country's people."""
    condition = (
        "id = ? OR id IN (SELECT s.actor FROM same_actor s WHERE s.shown ="
        " (SELECT shown FROM same_actor WHERE actor = ?))"
    )
    values: list[object] = [actor, actor]
    if _COUNTRY.fullmatch(actor):
        condition += " OR country = ?"
        values.append(actor)
    return condition, values


def _actor_numbers(actors: Sequence[str]) -> tuple[str, list[object]]:
    conditions: list[str] = []
    values: list[object] = []
    for actor in actors:
        condition, own = actor_condition(actor)
        conditions.append(condition)
        values.extend(own)
    return f"SELECT number FROM actor WHERE {' OR '.join(conditions)}", values


def where_events(query: EventQuery) -> Where:
    """Return the conditions on events ``e`` that a query sets.

    Raises:
        InvalidInput: If limit, offset or the days make no sense.
    """
    if query.limit is not None and query.limit < 0:
        raise InvalidInput(f"a limit is 0 or more, not {query.limit}")
    if query.offset < 0:
        raise InvalidInput(f"an offset is 0 or more, not {query.offset}")
    if query.first_day and query.last_day and query.last_day < query.first_day:
        raise InvalidInput(f"the last day {query.last_day} lies before the first {query.first_day}")
    where = Where()
    if query.actors:
        numbers, values = _actor_numbers(query.actors)
        where.add(f"e.number IN (SELECT event FROM event_actor WHERE actor IN ({numbers}))", *values)
    if query.between is not None:
        one, one_values = _actor_numbers([query.between[0]])
        other, other_values = _actor_numbers([query.between[1]])
        where.add(
            "e.number IN (SELECT x.event FROM event_actor x JOIN event_actor y ON y.event = x.event"
            f" WHERE x.actor IN ({one}) AND y.actor IN ({other})"
            " AND ((x.roles & 1 AND y.roles & 2) OR (x.roles & 2 AND y.roles & 1)))",
            *one_values,
            *other_values,
        )
    if query.types:
        where.add(f"e.type IN ({_marks(query.types)})", *query.types)
    if query.modality:
        where.add(f"e.modality IN ({_marks(query.modality)})", *map(str, query.modality))
    if query.first_day is not None:
        where.add("e.last_day >= ?", query.first_day.isoformat())
    if query.last_day is not None:
        where.add("e.first_day <= ?", query.last_day.isoformat())
    if query.country is not None:
        where.add("e.place IN (SELECT number FROM place WHERE country = ?)", query.country)
    if query.publishers:
        where.add(
            "e.number IN (SELECT event FROM event_publisher"
            f" WHERE publisher IN ({_marks(query.publishers)}))",
            *query.publishers,
        )
    if query.text is not None and query.text.strip():
        _where_text(where, query.text)
    if query.min_score > 0.0:
        where.add("e.score >= ?", query.min_score)
    if query.min_origins > 1:
        where.add("e.origin_count >= ?", query.min_origins)
    return where


def _where_text(where: Where, text: str) -> None:
    expression = match_expression(text)
    if expression is None:
        where.add("0")
        return
    where.add(
        "e.number IN (SELECT m.event FROM mention_words w JOIN mention m ON m.number = w.rowid"
        " WHERE mention_words MATCH ?"
        " UNION SELECT m.event FROM article_words w JOIN mention m ON m.article = w.rowid"
        " WHERE article_words MATCH ?)",
        expression,
        f"{{title}} : ({expression})",
    )


def _marks(values: Sequence[object]) -> str:
    return ", ".join("?" * len(values))


_OWN = {
    Axis.TYPE: "e.type",
    Axis.MODALITY: "e.modality",
    Axis.DAY: "e.first_day",
    Axis.WEEK: "e.week",
    Axis.MONTH: "substr(e.first_day, 1, 7)",
    Axis.YEAR: "substr(e.first_day, 1, 4)",
    Axis.PLACE: "CAST(e.place AS TEXT)",
}
"""Axes whose value is the event's own, so that nothing is to be joined."""

_LISTED = {
    Axis.ACTOR: ("event_actor", "actor", "1", "initiators = '[]' AND recipients = '[]'"),
    Axis.INITIATOR: ("event_actor", "actor", "roles & 1", "initiators = '[]'"),
    Axis.RECIPIENT: ("event_actor", "actor", "roles & 2", "recipients = '[]'"),
    Axis.PUBLISHER: ("event_publisher", "publisher", "1", "publisher_count = 0"),
}
"""Axes of which an event has several values: their table, its column, which rows of it, and the events
that have no value."""

_MEAN_TONE = "round(sum(tones) / sum(toned), 6)"


def count_sql(
    query: EventQuery, by: Sequence[Axis], *, judged: bool, limit: int | None
) -> tuple[str, list[object]]:
    """Return the one GROUP BY that ``count_events`` is, and its values.

    Args:
        query: Which events.
        by: The axes, in the order of the keys.
        limit: Only the groups with most events.
        judged: Some actors are judged the same: show them as one, and count an event of both once.
    """
    if limit is not None and limit < 0:
        raise InvalidInput(f"a limit is 0 or more, not {limit}")
    where = where_events(query)
    if all(axis in _OWN for axis in by):
        return _shown(_own_counts(where, by), where, [f"k{number}" for number in range(len(by))], limit)
    if not where.conditions and _counted_alone(by):
        return _shown(_listed_counts(by, judged), where, [f"k{number}" for number in range(len(by))], limit)
    if not where.conditions and tuple(by) == (Axis.INITIATOR, Axis.RECIPIENT) and not judged:
        return _shown(_PAIRS, where, [f"(SELECT id FROM actor WHERE number = k{n})" for n in range(2)], limit)
    joins: list[str] = []
    keys: list[str] = []
    distinct = False
    for number, axis in enumerate(by):
        if axis in _OWN:
            keys.append(_OWN[axis])
        elif axis is Axis.COUNTRY:
            joins.append(f"LEFT JOIN place p{number} ON p{number}.number = e.place")
            keys.append(f"p{number}.country")
        elif axis is Axis.PUBLISHER:
            joins.append(f"LEFT JOIN event_publisher o{number} ON o{number}.event = e.number")
            keys.append(f"o{number}.publisher")
        else:
            roles = {Axis.INITIATOR: " AND x{0}.roles & 1", Axis.RECIPIENT: " AND x{0}.roles & 2"}
            on = roles.get(axis, "").format(number)
            joins.append(f"LEFT JOIN event_actor x{number} ON x{number}.event = e.number{on}")
            if judged:
                joins.append(f"LEFT JOIN actor a{number} ON a{number}.number = x{number}.actor")
                joins.append(f"LEFT JOIN same_actor s{number} ON s{number}.actor = a{number}.id")
                keys.append(f"coalesce(s{number}.shown, a{number}.id)")
                distinct = True
            else:
                keys.append(f"x{number}.actor")
    source = f"FROM event e {' '.join(joins)}{where.sql}"
    columns = ", ".join(f"{key} AS k{number}" for number, key in enumerate(keys))
    names = ", ".join(f"k{number}" for number in range(len(keys)))
    inner = f"SELECT {columns}, e.mention_count AS n, e.tone AS tone {source}"
    if distinct:
        inner = f"SELECT DISTINCT e.number, {columns}, e.mention_count AS n, e.tone AS tone {source}"
    sql = (
        f"SELECT {names}, count(*) AS events, sum(n) AS mentions, round(avg(tone), 6) AS tone"
        f" FROM ({inner}) GROUP BY {names}"
    )
    actors = (Axis.ACTOR, Axis.INITIATOR, Axis.RECIPIENT)
    shown = [
        f"(SELECT id FROM actor WHERE number = k{number})" if axis in actors and not judged else f"k{number}"
        for number, axis in enumerate(by)
    ]
    return _shown(sql, where, shown, limit)


def _counted_alone(by: Sequence[Axis]) -> bool:
    """Tell whether one table has all that is asked: an axis of several values, and a participant's type."""
    listed = [axis for axis in by if axis in _LISTED]
    others = [axis for axis in by if axis not in _LISTED]
    return len(listed) == 1 and (not others or (others == [Axis.TYPE] and listed != [Axis.PUBLISHER]))


def _listed_counts(by: Sequence[Axis], judged: bool) -> str:
    """Group all rows of one table in the order they lie in, and the few events that have none there."""
    [axis] = [axis for axis in by if axis in _LISTED]
    table, column, rows, without = _LISTED[axis]
    type = ", type" if Axis.TYPE in by else ""
    by_actor = axis is not Axis.PUBLISHER
    judged = judged and by_actor
    others = " AND actor NOT IN (SELECT a.number FROM same_actor s JOIN actor a ON a.id = s.actor)"
    counted = (
        f"SELECT {column} AS value{type}, {_SUMS} FROM {table}"
        f" WHERE {rows}{others if judged else ''} GROUP BY {column}{type}"
    )
    shown = "(SELECT id FROM actor WHERE number = value)" if by_actor else "value"
    parts = [f"SELECT {shown} AS value{type}, events, mentions, tone FROM ({counted})"]
    parts.append(f"SELECT NULL{type}, {_SUMS} FROM event WHERE {without} GROUP BY 1{type}")
    if judged:
        # An event of two actors that are one counts once for it.
        of_judged = (
            f"SELECT DISTINCT s.shown AS value{type}, x.event, x.mention_count, x.tone FROM same_actor s"
            f" JOIN actor a ON a.id = s.actor JOIN event_actor x ON x.actor = a.number WHERE {rows}"
        )
        parts.append(f"SELECT value{type}, {_SUMS} FROM ({of_judged}) GROUP BY value{type}")
    keys = ", ".join(f"{'type' if one is Axis.TYPE else 'value'} AS k{n}" for n, one in enumerate(by))
    return f"SELECT {keys}, events, mentions, tone FROM ({' UNION ALL '.join(parts)})"


_SUMS = "count(*) AS events, sum(mention_count) AS mentions, round(avg(tone), 6) AS tone"

_PAIRS = f"""
SELECT x.actor AS k0, y.actor AS k1, count(*) AS events, sum(x.mention_count) AS mentions,
       round(avg(x.tone), 6) AS tone
FROM event_actor x CROSS JOIN event_actor y ON y.event = x.event
WHERE x.roles & 1 AND y.roles & 2 GROUP BY k0, k1
UNION ALL
SELECT x.actor, NULL, count(*), sum(x.mention_count), round(avg(x.tone), 6)
FROM event e CROSS JOIN event_actor x ON x.event = e.number
WHERE e.recipients = '[]' AND e.initiators <> '[]' GROUP BY x.actor
UNION ALL
SELECT NULL, x.actor, count(*), sum(x.mention_count), round(avg(x.tone), 6)
FROM event e CROSS JOIN event_actor x ON x.event = e.number
WHERE e.initiators = '[]' AND e.recipients <> '[]' GROUP BY x.actor
UNION ALL
SELECT NULL, NULL, {_SUMS} FROM event WHERE initiators = '[]' AND recipients = '[]' GROUP BY 1
"""
"""Who acts on whom in all events, from the one table; then the events that lack a side."""


def _own_counts(where: Where, by: Sequence[Axis]) -> str:
    """Group by day and type first, the order of the covering index: at a million events no sorting."""
    if not by:
        return (
            "SELECT count(*) AS events, sum(e.mention_count) AS mentions, round(avg(e.tone), 6) AS tone"
            f" FROM event e{where.sql}"
        )
    finest = ["e.first_day", "e.type"]
    finest += [
        column for axis, column in ((Axis.MODALITY, "e.modality"), (Axis.PLACE, "e.place")) if axis in by
    ]
    inner = (
        "SELECT e.first_day, e.type, e.modality, e.place, e.week, count(*) AS events,"
        " sum(e.mention_count) AS mentions, sum(e.tone) AS tones, count(e.tone) AS toned"
        f" FROM event e{where.sql} GROUP BY {', '.join(finest)}"
    )
    columns = "".join(f"{_OWN[axis]} AS k{number}, " for number, axis in enumerate(by))
    names = ", ".join(f"k{number}" for number in range(len(by)))
    if any("e.number IN" in condition for condition in where.conditions):
        # Some events by their numbers: the index gives them in no order.
        sums = "count(*) AS events, sum(e.mention_count) AS mentions, round(avg(e.tone), 6) AS tone"
        return f"SELECT {columns}{sums} FROM event e{where.sql} GROUP BY {names}"
    counted = f"sum(events) AS events, sum(mentions) AS mentions, {_MEAN_TONE} AS tone"
    return f"SELECT {columns}{counted} FROM ({inner}) e GROUP BY {names}"


def _shown(sql: str, where: Where, shown: Sequence[str], limit: int | None) -> tuple[str, list[object]]:
    """Put counts in their order, the largest first."""
    outer = ", ".join(
        [*(f"{key} AS v{number}" for number, key in enumerate(shown)), "events, mentions, tone"]
    )
    order = ["events DESC", *(f"v{number} IS NULL, v{number}" for number in range(len(shown)))]
    values = list(where.values)
    sql = f"SELECT {outer} FROM ({sql}) ORDER BY {', '.join(order)}"
    if limit is not None:
        sql += " LIMIT ?"
        values.append(limit)
    return sql, values
