"""Events over time as columns: conflict above the line, cooperation below."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from app import words
from app.charts.legend import quads
from app.components.node import Node, node
from graph.analysis.timeline import Bucket
from graph.model import Axis

MOST_COLUMNS = 130
"""More columns than this are thinner than a reader can point at on a page of 800 pixels."""


def bucket_for(first: date, last: date) -> Axis:
    """Return the shortest bucket that keeps the columns of a period readable."""
    days = (last - first).days + 1
    if days <= MOST_COLUMNS:
        return Axis.DAY
    if days <= 7 * MOST_COLUMNS:
        return Axis.WEEK
    return Axis.MONTH if days <= 30 * MOST_COLUMNS else Axis.YEAR


def activity(buckets: Sequence[Bucket]) -> Node:
    """Return columns of events by time; lanes are PLOVER types. A column's click reports its days.

    Reports ``days:2022-01-10/2022-01-16``.
    """
    counts: dict[tuple[date, date], list[int]] = defaultdict(lambda: [0, 0, 0, 0])
    for bucket in buckets:
        counts[bucket.first, bucket.last][words.quad(bucket.lane or "")] += bucket.events
    up = max((c[0] + c[1] for c in counts.values()), default=0)
    down = max((c[2] + c[3] for c in counts.values()), default=0)
    if not up + down:
        return node("p", "No dated events in this selection.", cls="empty")
    share = 100 * up / (up + down)
    columns = []
    for (first, last), told in counts.items():
        title = f"{words.days(first, last)}: {told[0] + told[1]} conflict, {told[2] + told[3]} cooperation"
        columns.append(
            node(
                "div",
                node("div", _stack(told, (1, 0), up), cls="up", height=share),
                node("div", cls="zero"),
                node("div", _stack(told, (3, 2), down), cls="down", height=100 - share),
                cls="column",
                open=f"days:{first.isoformat()}/{last.isoformat()}",
                title=title,
                aria_label=title,
            )
        )
    return node("figure", node("div", columns, cls="columns"), _ticks(list(counts)), quads())


def _stack(told: Sequence[int], order: Sequence[int], most: int) -> list[Node]:
    return [node("div", cls=f"q{i}", height=100 * told[i] / most) for i in order if told[i] and most]


def _ticks(periods: Sequence[tuple[date, date]]) -> Node:
    """Return dates under the columns: at each change of month or year, never more than eight."""
    changes = [
        (index, first)
        for index, (first, _) in enumerate(periods)
        if index == 0
        or (first.year, first.month) != (periods[index - 1][0].year, periods[index - 1][0].month)
    ]
    if len(changes) > 8:
        years = [change for change in changes if change[0] == 0 or change[1].month == 1]
        changes = (years if len(years) > 2 else changes)[
            :: max(1, -(-len(years if len(years) > 2 else changes) // 8))
        ]
    marks: list[Node] = []
    previous, taken = None, -100.0
    for index, first in changes:
        left = 100 * index / len(periods)
        if left - taken < 7 or left > 96:
            continue
        label = f"{first:%b}" if previous == first.year else f"{first:%b} {first.year}"
        marks.append(node("span", label, left=left))
        previous, taken = first.year, left
    return node("div", marks, cls="ticks", aria_hidden="true")
