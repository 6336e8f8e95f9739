"""What became of the ties between actors from one stretch of time to another."""

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from graph.analysis.relations import relations
from graph.analysis.ties import Tie, countries, folded, ties
from graph.errors import InvalidInput
from graph.model import EventQuery
from graph.store.base import GraphStore

MARGIN = 1.0
"""Smallest difference of two mean tones that counts: a point, as from refusing (-2) to accusing (-3)."""


class ChangeKind(StrEnum):
    """What became of a tie."""

    NEW = "new"
    """Events in the later window only."""
    ENDED = "ended"
    """Events in the earlier window only."""
    WARMED = "warmed"
    COOLED = "cooled"
    STEADY = "steady"
    """Events in both, and about as friendly, or without a tone to tell."""


@dataclass(frozen=True, slots=True)
class Change:
    """Two actors in two windows of time.

    Attributes:
        one, other: Their ids, in order.
        events_before, events_after: Events in either direction in each window.
        tone_before, tone_after: Their mean tones, -10 (conflict) to 10 (cooperation), or ``None``.
    """

    one: str
    other: str
    kind: ChangeKind
    events_before: int
    events_after: int
    tone_before: float | None
    tone_after: float | None


def changes(
    store: GraphStore,
    before: tuple[date, date],
    after: tuple[date, date],
    query: EventQuery | None = None,
    *,
    least_events: int = 1,
    margin: float = MARGIN,
    by_country: bool = False,
) -> list[Change]:
    """Return what became of each tie, those with most events in both windows together first.

    An event whose days reach into both windows counts in both; one without a day in none.

    Args:
        store: Where to look.
        before, after: First and last day of each window, inclusive.
        query: Narrows the events; it may set no days of its own.
        least_events: Leave out pairs with fewer events in both windows together.
        margin: Smallest difference of mean tones that makes a tie warmer or cooler.
        by_country: Count bodies and people as their country.

    Raises:
        InvalidInput: If a window ends before it begins, or the query sets days.
    """
    query = query or EventQuery()
    if query.first_day is not None or query.last_day is not None:
        raise InvalidInput("two windows are compared: leave out the first and last day of the selection")
    earlier, later = store.at_one_moment(
        lambda: [_ties(store, query, window, by_country) for window in (before, after)]
    )
    found = [_change(pair, earlier.get(pair), later.get(pair), margin) for pair in {*earlier, *later}]
    found = [one for one in found if one.events_before + one.events_after >= least_events]
    return sorted(found, key=lambda one: (-(one.events_before + one.events_after), one.one, one.other))


def _ties(
    store: GraphStore, query: EventQuery, window: tuple[date, date], by_country: bool
) -> dict[tuple[str, str], Tie]:
    found = relations(store, replace(query, first_day=window[0], last_day=window[1]), limit=None)
    if by_country:
        found = folded(found, countries(store, found))
    return {(tie.one, tie.other): tie for tie in ties(found)}


def _change(pair: tuple[str, str], before: Tie | None, after: Tie | None, margin: float) -> Change:
    tone_before, tone_after = before.tone if before else None, after.tone if after else None
    kind = ChangeKind.STEADY
    if before is None or after is None:
        kind = ChangeKind.ENDED if after is None else ChangeKind.NEW
    elif tone_before is not None and tone_after is not None and abs(tone_after - tone_before) >= margin:
        kind = ChangeKind.WARMED if tone_after > tone_before else ChangeKind.COOLED
    return Change(
        pair[0],
        pair[1],
        kind,
        before.events if before else 0,
        after.events if after else 0,
        tone_before,
        tone_after,
    )
