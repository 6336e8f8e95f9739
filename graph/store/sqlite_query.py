"""An ``EventQuery`` as SQL: one place where every field of it becomes a condition."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from graph.errors import InvalidInput
from graph.model import EventQuery, is_country_code

_PHRASE_OR_WORD = re.compile(r'"([^"]*)"|(\S+)')

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
    if is_country_code(actor):
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
