"""Counting: every aggregate of the SQLite store is one GROUP BY, made here."""

import sqlite3
from collections.abc import Sequence
from datetime import date

from graph.errors import InvalidInput
from graph.model import Axis, Count, EventQuery, Grouping
from graph.store.sqlite_query import Where, where_events

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


_ACTORS = (Axis.ACTOR, Axis.INITIATOR, Axis.RECIPIENT)

_SELECTED = "number, type, modality, first_day, week, place, mention_count, tone"
"""What grouping needs of an event."""

SELECTION = (
    "CREATE TEMP TABLE selected (number INTEGER PRIMARY KEY, type TEXT, modality TEXT, first_day TEXT, week TEXT,"
    " place INTEGER, mention_count INTEGER, tone REAL)"
)
"""Made once in each connection: a table that comes and goes has every statement prepared again."""


def count_groups(
    connection: sqlite3.Connection, query: EventQuery, groupings: Sequence[Grouping], *, judged: bool
) -> list[list[Count]]:
    """Return the groups of each grouping; the events are selected once.

    Args:
        connection: Where to read; it has the table ``SELECTION``.
        query: Which events.
        groupings: By what.
        judged: Some actors are judged the same: show them as one, and count an event of both once.

    Raises:
        InvalidInput: If a number or the days make no sense.
    """
    where = where_events(query)
    if len(groupings) < 2 or not where.conditions:
        return [_counts(connection, one, where, "event", judged) for one in groupings]
    try:
        connection.execute(
            f"INSERT INTO temp.selected SELECT {_SELECTED} FROM main.event e{where.sql}", where.values
        )
        return [_counts(connection, one, Where(), "temp.selected", judged) for one in groupings]
    finally:
        connection.execute("DELETE FROM temp.selected")


def _counts(
    connection: sqlite3.Connection, grouping: Grouping, where: Where, source: str, judged: bool
) -> list[Count]:
    sql, values = count_sql(grouping, where, source=source, judged=judged)
    width = len(grouping.by)
    rows = connection.execute(sql, values).fetchall()
    if not grouping.days:
        return [Count(row[:width], row[width], row[width + 1] or 0, row[width + 2]) for row in rows]
    return [
        Count(row[:width], row[width], row[width + 1] or 0, row[width + 2], *map(_day, row[width + 3 :]))
        for row in rows
    ]


def _day(told: str | None) -> date | None:
    return None if told is None else date.fromisoformat(told)


def count_sql(
    grouping: Grouping, where: Where, *, source: str = "event", judged: bool = False
) -> tuple[str, list[object]]:
    """Return the one GROUP BY that a grouping is, and its values.

    Args:
        grouping: By what.
        where: Which events ``e``.
        source: The table of events: all, or some that were selected.
        judged: Some actors are judged the same: show them as one, and count an event of both once.
    """
    by, limit = grouping.by, grouping.limit
    if limit is not None and limit < 0:
        raise InvalidInput(f"a limit is 0 or more, not {limit}")
    names = [f"k{number}" for number in range(len(by))]
    if not grouping.days:
        if all(axis in _OWN for axis in by):
            return _shown(_own_counts(where, by, source), where, names, grouping)
        if source == "event" and not where.conditions:
            if _counted_alone(by):
                return _shown(_listed_counts(by, judged), where, names, grouping)
            if by == (Axis.INITIATOR, Axis.RECIPIENT) and not judged:
                return _shown(_PAIRS, where, [_id_of(name) for name in names], grouping)
    shown = [
        _id_of(name) if axis in _ACTORS and not judged else name for axis, name in zip(by, names, strict=True)
    ]
    return _shown(_joined_counts(grouping, where, source, judged), where, shown, grouping)


def _id_of(name: str) -> str:
    return f"(SELECT id FROM actor WHERE number = {name})"


def _joined_counts(grouping: Grouping, where: Where, source: str, judged: bool) -> str:
    """Group events with the tables that hold what they are grouped by."""
    joins: list[str] = []
    keys: list[str] = []
    distinct = False
    for number, axis in enumerate(grouping.by):
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
    columns = [f"{key} AS k{number}" for number, key in enumerate(keys)]
    columns += ["e.mention_count AS n", "e.tone AS tone"]
    sums = ["count(*) AS events", "sum(n) AS mentions", "round(avg(tone), 6) AS tone"]
    if grouping.days:
        columns.append("e.first_day AS day")
        sums += ["min(day) AS earliest", "max(day) AS latest"]
    if distinct:
        columns.insert(0, "DISTINCT e.number")
    names = [f"k{number}" for number in range(len(keys))]
    groups = f" GROUP BY {', '.join(names)}" if names else ""
    return (
        f"SELECT {', '.join([*names, *sums])} FROM"
        f" (SELECT {', '.join(columns)} FROM {source} e {' '.join(joins)}{where.sql}){groups}"
    )


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


def _own_counts(where: Where, by: Sequence[Axis], source: str) -> str:
    """Group by day and type first, the order of the covering index: at a million events no sorting."""
    if not by:
        return (
            "SELECT count(*) AS events, sum(e.mention_count) AS mentions, round(avg(e.tone), 6) AS tone"
            f" FROM {source} e{where.sql}"
        )
    finest = ["e.first_day", "e.type"]
    finest += [
        column for axis, column in ((Axis.MODALITY, "e.modality"), (Axis.PLACE, "e.place")) if axis in by
    ]
    inner = (
        "SELECT e.first_day, e.type, e.modality, e.place, e.week, count(*) AS events,"
        " sum(e.mention_count) AS mentions, sum(e.tone) AS tones, count(e.tone) AS toned"
        f" FROM {source} e{where.sql} GROUP BY {', '.join(finest)}"
    )
    columns = "".join(f"{_OWN[axis]} AS k{number}, " for number, axis in enumerate(by))
    names = ", ".join(f"k{number}" for number in range(len(by)))
    if source != "event" or any("e.number IN" in condition for condition in where.conditions):
        # Some events by their numbers: the index gives them in no order.
        sums = "count(*) AS events, sum(e.mention_count) AS mentions, round(avg(e.tone), 6) AS tone"
        return f"SELECT {columns}{sums} FROM {source} e{where.sql} GROUP BY {names}"
    counted = f"sum(events) AS events, sum(mentions) AS mentions, {_MEAN_TONE} AS tone"
    return f"SELECT {columns}{counted} FROM ({inner}) e GROUP BY {names}"


def _shown(sql: str, where: Where, shown: Sequence[str], grouping: Grouping) -> tuple[str, list[object]]:
    """Put counts in their order, the largest first."""
    outer = ", ".join(
        [
            *(f"{key} AS v{number}" for number, key in enumerate(shown)),
            "events, mentions, tone",
            *(("earliest, latest",) if grouping.days else ()),
        ]
    )
    order = ["events DESC", *(f"v{number} IS NULL, v{number}" for number in range(len(shown)))]
    values = list(where.values)
    sql = f"SELECT {outer} FROM ({sql}) ORDER BY {', '.join(order)}"
    if grouping.limit is not None:
        sql += " LIMIT ?"
        values.append(grouping.limit)
    return sql, values
