"""What the readers of time expressions share: what they return, and what they may ask of the text around."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from graph.model import DayBasis
from ingest.resolve import date_values as values
from ingest.resolve import date_words as words
from ingest.resolve.date_values import Days

STATED, RELATIVE = DayBasis.STATED, DayBasis.RELATIVE


@dataclass(frozen=True, slots=True)
class Reading:
    """What a time expression stands for: TIMEX3 kind and value, and the days it covers, if any."""

    kind: str
    value: str
    days: Days | None = None
    basis: DayBasis = RELATIVE


class Context(Protocol):
    """What a reader may ask of the text around the words."""

    published: date | None

    def is_future(self, start: int, end: int) -> bool:
        """Tell whether the clause around the words speaks of what is to come."""
        ...

    def is_past(self, start: int, end: int) -> bool:
        """Tell whether the clause around the words speaks of what is over."""
        ...

    def before(self, start: int, length: int = 40) -> str:
        """Return the characters before the words."""
        ...

    def after(self, end: int, length: int = 40) -> str:
        """Return the characters after the words."""
        ...

    def anchor(self, start: int) -> date | None:
        """Return the day named last before the words, not too far back."""
        ...

    def stated_year(self, start: int) -> int | None:
        """Return the year that the sentence named last before the words, or ``None``."""
        ...

    def is_person_called_may(self) -> bool:
        """Tell whether the article speaks of someone called May."""
        ...


Reader = Callable[[re.Match[str], Context], Reading | None]


def month_number(word: str) -> int:
    """Return the number of a month by its name or abbreviation."""
    return words.MONTHS[word.rstrip(".").capitalize()]


def dated(kind: str, letter: str, day: date, basis: DayBasis = RELATIVE) -> Reading:
    """Return the reading of the day, week, month or year (``letter``) that a day lies in."""
    value, days = values.value_of(day, letter)
    return Reading(kind, value, days, basis)


def tense_of(match: re.Match[str], context: Context) -> int:
    """Return 1 where the clause looks ahead, -1 where it looks back, else 0."""
    if context.is_future(match.start(), match.end()):
        return 1
    return -1 if context.is_past(match.start(), match.end()) else 0


def stated_year_of(match: re.Match[str], context: Context) -> int | None:
    """Return the year of the sentence where it is not the publication year."""
    year = context.stated_year(match.start())
    return year if year and context.published and year < context.published.year else None
