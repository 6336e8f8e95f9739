"""Events over time: one row a bucket and lane, with the empty buckets in between filled in."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

from graph.errors import InvalidInput
from graph.model import Axis, Count, EventQuery
from graph.store.base import GraphStore

BUCKETS = (Axis.DAY, Axis.WEEK, Axis.MONTH, Axis.YEAR)

MOST_BUCKETS = 20_000
"""More than that (54 years of days) is no picture any more; the caller is told to take longer buckets."""


class Bucket(NamedTuple):
    """What happened in one stretch of time in one lane.

    Attributes:
        key: ``2022-01-13``, ``2022-W02``, ``2022-01`` or ``2022``.
        first, last: Its days, inclusive.
        lane: Value on the second axis; ``None`` without one, or where events have none.
        tone: Mean tone, -10 to 10, or ``None`` when no event has one.
    """

    key: str
    first: date
    last: date
    lane: str | None
    events: int
    mentions: int
    tone: float | None


@dataclass(frozen=True, slots=True)
class Timeline:
    """Buckets in order of time, then lane; every lane has all buckets.

    Attributes:
        lanes: The lanes, those with most events first.
        undated: Number of events selected that have no day and so are in no bucket.
    """

    buckets: tuple[Bucket, ...]
    lanes: tuple[str | None, ...]
    undated: int


def timeline(
    store: GraphStore,
    query: EventQuery | None = None,
    *,
    bucket: Axis = Axis.MONTH,
    by: Axis | None = None,
    lanes: int | None = None,
) -> Timeline:
    """Return the events selected over time.

    The buckets reach from the query's first day to its last, and where it sets none from the first
    event's to the last event's. An event counts in the bucket of its first day.

    Args:
        store: Where to look.
        query: Which events; all by default.
        bucket: Day, week (ISO, from Monday), month or year.
        by: One lane for each value on this axis.
        lanes: Only the lanes with most events.

    Raises:
        InvalidInput: If ``bucket`` is no stretch of time, or there are too many buckets to show.
    """
    query = query or EventQuery()
    if bucket not in BUCKETS:
        raise InvalidInput(f"a timeline's buckets are {', '.join(BUCKETS)}, not {bucket}")
    axes = (bucket,) if by is None else (bucket, by)
    found = in_buckets(store.count_events(query, axes), query, bucket, by=by, lanes=lanes)
    if by is None or not found.undated:
        return found
    # An event counts once in each of its lanes.
    undated = sum(count.events for count in store.count_events(query, (bucket,)) if count.key[0] is None)
    return replace(found, undated=undated)


def in_buckets(
    counts: Iterable[Count],
    query: EventQuery,
    bucket: Axis,
    *,
    by: Axis | None = None,
    lanes: int | None = None,
) -> Timeline:
    """Return counts over time as buckets.

    Args:
        counts: Counted by ``bucket``, and by the axis of the lanes if there is one.
        query: What was counted; its days are the ends of the timeline.
        bucket: Day, week, month or year.
        by: The axis of the lanes.
        lanes: Only the lanes with most events.

    Raises:
        InvalidInput: If there are too many buckets to show.
    """
    undated = 0
    found: dict[tuple[str, str | None], tuple[int, int, float | None]] = {}
    weight: dict[str | None, int] = defaultdict(int)
    for axes, events, mentions, tone, _, _ in counts:
        key, lane = axes[0], axes[1] if by is not None else None
        if key is None:
            undated += events
            continue
        found[key, lane] = (events, mentions, tone)
        weight[lane] += events
    shown = sorted(weight, key=lambda lane: (-weight[lane], lane is None, lane or ""))[:lanes]
    if not shown and by is None:
        shown = [None]
    buckets = [
        Bucket(key, first, last, lane, *found.get((key, lane), _NOTHING))
        for key, first, last in _stretch(query, bucket, {key for key, _ in found})
        for lane in shown
    ]
    return Timeline(tuple(buckets), tuple(shown), undated)


_NOTHING = (0, 0, None)


@lru_cache(maxsize=8192)
def bucket_of(day: date, bucket: Axis) -> tuple[str, date, date]:
    """Return the key, first and last day of the bucket that a day lies in."""
    if bucket is Axis.DAY:
        return day.isoformat(), day, day
    if bucket is Axis.WEEK:
        year, week, weekday = day.isocalendar()
        monday = day - timedelta(days=weekday - 1)
        return f"{year:04d}-W{week:02d}", monday, monday + timedelta(days=6)
    if bucket is Axis.MONTH:
        first = day.replace(day=1)
        return day.isoformat()[:7], first, _next_month(first) - timedelta(days=1)
    if bucket is Axis.YEAR:
        return day.isoformat()[:4], date(day.year, 1, 1), date(day.year, 12, 31)
    raise InvalidInput(f"a timeline's buckets are {', '.join(BUCKETS)}, not {bucket}")


def _next_month(first: date) -> date:
    return date(first.year + first.month // 12, first.month % 12 + 1, 1)


@lru_cache(maxsize=8192)
def _first_day(key: str, bucket: Axis) -> date:
    if bucket is Axis.WEEK:
        return date.fromisocalendar(int(key[:4]), int(key[-2:]), 1)
    return date.fromisoformat({Axis.MONTH: f"{key}-01", Axis.YEAR: f"{key}-01-01"}.get(bucket, key))


def _stretch(query: EventQuery, bucket: Axis, keys: Collection[str]) -> Sequence[tuple[str, date, date]]:
    # Keys sort as the days do.
    known = [_first_day(min(keys), bucket), _first_day(max(keys), bucket)] if keys else []
    # A range that began before the query's first day is counted in its own first bucket.
    starts = [*known, *([query.first_day] if query.first_day else [])]
    ends = [*known, *([query.last_day] if query.last_day else [])]
    if not starts or not ends:
        return ()
    day, last_day = min(starts), max(ends)
    length = {Axis.DAY: 1, Axis.WEEK: 7, Axis.MONTH: 28, Axis.YEAR: 365}[bucket]
    if (last_day - day).days // length > MOST_BUCKETS:
        raise InvalidInput(f"{day} to {last_day} is too long for buckets of one {bucket}: take longer ones")
    return _buckets(day, last_day, bucket)


@lru_cache(maxsize=64)
def _buckets(day: date, last_day: date, bucket: Axis) -> tuple[tuple[str, date, date], ...]:
    """Return the keys, first and last days of the buckets that two days and all between them lie in."""
    found = []
    while day <= last_day:
        key, first, last = bucket_of(day, bucket)
        found.append((key, first, last))
        if last == date.max:
            break
        day = last + timedelta(days=1)
    return tuple(found)
