"""What the timeline component is sent: whole numbers, packed, so that 100 000 events fit in a megabyte."""

from array import array
from base64 import b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from sys import byteorder

from app import words
from graph.analysis.timeline import Bucket
from graph.model import Actor, DayBasis, Event
from graph.model.ids import digest

EPOCH = date(1970, 1, 1).toordinal()

MOST_LABELS = 20_000
"""More events go without their headlines: they would be most of what is sent."""


@dataclass(frozen=True, slots=True)
class Lane:
    """One lane.

    Attributes:
        about: Small text under the name.
        events: Positions in the list of events.
        buckets: In place of events when there are too many: by type.
    """

    name: str
    about: str
    events: Sequence[int] = ()
    buckets: Sequence[Bucket] = ()


def days_of(event: Event, *, reported: bool) -> tuple[date, date] | None:
    """Return the days at which an event is drawn, or ``None`` when it has none.

    Args:
        reported: By the day of the first report in place of the day it happened.
    """
    if reported:
        return (day := event.first_reported.date(), day) if event.first_reported else None
    return (event.day.first, event.day.last) if event.day else None


def timeline_payload(
    events: Sequence[Event],
    lanes: Sequence[Lane],
    actors: Mapping[str, Actor],
    *,
    reported: bool,
    undated: int = 0,
    binned: str = "",
) -> dict[str, object]:
    """Return the data of the timeline component.

    Args:
        events: Those that have days.
        undated: Number of events of the selection that have no day.
        binned: What one column is ("columns of one month") when lanes hold buckets in place of events.
    """
    spans = [span for event in events if (span := days_of(event, reported=reported))]
    buckets = [b for lane in lanes for b in lane.buckets if b.events]
    firsts = sorted([*(first for first, _ in spans), *(b.first for b in buckets)])
    lasts = [*(last for _, last in spans), *(b.last for b in buckets)]
    if not firsts:
        firsts, lasts = [date.today()], [date.today()]
    extent = [_day(firsts[0]), _day(max(lasts))]
    view = list(extent)
    if len(firsts) >= 100:
        view = [_day(firsts[len(firsts) // 100]), _day(firsts[-1 - len(firsts) // 100])]
    labelled = len(events) <= MOST_LABELS
    note = "Shown by the day of the first report" if reported else "Shown by the day it happened"
    if not reported:
        note += (
            "; pale: no text tells the day, it is that of publication"
            if any(_vague(e) for e in events)
            else ""
        )
    if undated:
        note += f"; {words.count(undated, 'undated event')} not shown"
    content: dict[str, object] = {
        "note": note,
        "label": f"Timeline of {len(events)} events in {len(lanes)} lanes. {note}.",
        "vague": "reported",
        "binned": binned,
        "quads": [words.QUAD_LABELS[quad] for quad in words.QUADS],
        "extent": extent,
        "view": view,
        "events": {
            "first": _packed("i", (_day(first) for first, _ in spans)),
            "last": _packed("i", (_day(last) for _, last in spans)),
            "quad": _packed("B", (words.quad(event.type) for event in events)),
            "weight": _packed("B", (min(255, event.origin_count) for event in events)),
            "vague": _packed("B", (not reported and _vague(event) for event in events)),
            "ids": ",".join(event.id for event in events),
            "labels": [words.headline(event, actors).text for event in events] if labelled else None,
        },
        "lanes": [
            {
                "name": lane.name,
                "about": lane.about,
                "events": _packed("i", lane.events),
                "bins": _bins(lane.buckets) if lane.buckets else None,
            }
            for lane in lanes
        ],
    }
    content["token"] = digest(repr(content))
    return content


def with_brush(payload: Mapping[str, object], brush: tuple[date, date] | None) -> dict[str, object]:
    """Return the payload with days marked as chosen; the view of the timeline stays where it is."""
    return {**payload, "brush": [_day(brush[0]), _day(brush[1])] if brush else None}


def _vague(event: Event) -> bool:
    return event.day is not None and event.day.basis is DayBasis.PUBLICATION


def _day(value: date) -> int:
    return value.toordinal() - EPOCH


def _packed(kind: str, values: object) -> str:
    numbers = array(kind, (int(value) for value in values))  # type: ignore[attr-defined]
    if byteorder == "big":
        numbers.byteswap()
    return b64encode(numbers.tobytes()).decode("ascii")


def _bins(buckets: Sequence[Bucket]) -> dict[str, str]:
    counts: dict[tuple[date, date], list[int]] = {}
    for bucket in buckets:
        if bucket.events:
            told = counts.setdefault((bucket.first, bucket.last), [0, 0, 0, 0])
            told[words.quad(bucket.lane or "")] += bucket.events
    return {
        "first": _packed("i", (_day(first) for first, _ in counts)),
        "last": _packed("i", (_day(last) for _, last in counts)),
        "counts": _packed("I", (value for told in counts.values() for value in told)),
    }
