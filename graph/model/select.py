"""Which events: one object from command-line flags, sidebar and URL down to SQL and Cypher."""

from dataclasses import dataclass, fields
from datetime import date
from enum import StrEnum
from typing import NamedTuple


class Axis(StrEnum):
    """What ``count_events`` can group by."""

    TYPE = "type"
    MODALITY = "modality"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"
    INITIATOR = "initiator"
    RECIPIENT = "recipient"
    ACTOR = "actor"
    COUNTRY = "country"
    PLACE = "place"
    PUBLISHER = "publisher"


@dataclass(frozen=True, slots=True)
class EventQuery:
    """A selection of events; every field narrows it, an empty query selects all.

    Attributes:
        actors: Actor ids; an event is selected when any of them takes part on either side. A country
            id (``RUS``) also stands for its bodies and people (``RUS-MIL``, ``PER-…`` of Russia).
        between: Two actor ids that must stand on opposite sides, in either direction.
        types: PLOVER types.
        modality: Modalities.
        first_day: The event's range must end on or after this day.
        last_day: The event's range must begin on or before this day.
        country: ISO 3166-1 alpha-3 of the event's place.
        publishers: Outlets, any of which mentions it.
        text: Words that a sentence telling the event, or its article's title, contains.
        min_score: Lowest score.
        min_origins: Lowest number of independent origins.
        limit: Highest number of events returned, or ``None`` for all.
        offset: How many to skip first.
    """

    actors: tuple[str, ...] = ()
    between: tuple[str, str] | None = None
    types: tuple[str, ...] = ()
    modality: tuple[str, ...] = ()
    first_day: date | None = None
    last_day: date | None = None
    country: str | None = None
    publishers: tuple[str, ...] = ()
    text: str | None = None
    min_score: float = 0.0
    min_origins: int = 1
    limit: int | None = None
    offset: int = 0

    def narrows(self) -> bool:
        """Tell whether any field but ``limit`` and ``offset`` differs from its default."""
        return any(
            getattr(self, f.name) != f.default for f in fields(self) if f.name not in ("limit", "offset")
        )


class Count(NamedTuple):
    """One row of an aggregate: the values on the axes asked for, in order, and the sums.

    Attributes:
        key: One value an axis; ``None`` where the event has none (no place, no recipient).
        events: Number of events.
        mentions: Number of mentions of those events.
        tone: Mean tone of the events, −10 to 10, or ``None`` when none has one.
        first_day, last_day: First days of the earliest and of the latest event, where they were asked for
            and any event has a day.
    """

    key: tuple[str | None, ...]
    events: int
    mentions: int
    tone: float | None
    first_day: date | None = None
    last_day: date | None = None


@dataclass(frozen=True, slots=True)
class Grouping:
    """One way to count events.

    Attributes:
        by: The axes, in the order of the keys.
        limit: Only the groups with most events, or ``None`` for all.
        days: Tell the first days of each group's earliest and latest event too.
    """

    by: tuple[Axis, ...] = ()
    limit: int | None = None
    days: bool = False


@dataclass(frozen=True, slots=True)
class QueryResult:
    """The answer to a query in a query language.

    Attributes:
        columns: Names of the columns, in order.
        rows: One value a column.
        truncated: Whether there were more rows than the limit.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[object, ...], ...]
    truncated: bool
