"""Answers of a store and of queries written by hand, as values that are equal when the answers are."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from graph.analysis.neighbours import Partner
from graph.model import Count, Event
from graph.store.base import EventDetails
from graph.store.rows import instant, read_instant

Draw = dict[str, Any]
Rows = Iterable[Sequence[Any]]


def _tone(value: float | None) -> float | None:
    return None if value is None else round(value, 4)


def counts_said(counts: Iterable[Count]) -> list[Any]:
    return [(*c.key, c.events, c.mentions, _tone(c.tone)) for c in counts]


def rows_told(rows: Rows) -> list[Any]:
    return [(*row[:-2], row[-2] or 0, _tone(row[-1])) for row in rows]


def first_said(number: int) -> Callable[[Any], list[Any]]:
    return lambda counts: counts_said([c for c in counts if c.key[0] is not None][:number])


def buckets(shown: Any) -> set[Any]:
    return {(b.key, b.lane, b.events, b.mentions, _tone(b.tone)) for b in shown.buckets if b.events}


def months_told(rows: Rows) -> set[Any]:
    """Return rows of a month, or of a year and a month, perhaps a type, and sums, as those of buckets."""
    found = set()
    for row in rows:
        month, rest = (
            (row[0], row[1:]) if isinstance(row[0], str) else (f"{row[0]:04d}-{row[1]:02d}", row[2:])
        )
        lane = rest[0] if len(rest) == 4 else None
        found.add((month, lane, rest[-3], rest[-2], _tone(rest[-1])))
    return found


def events_said(events: Iterable[Event]) -> list[Any]:
    """Return events as the hand-written queries give them, names at the end left out."""
    return [
        (
            *(e.id, e.type, e.mode, e.modality.value, e.reciprocal),
            *((e.day.first.isoformat(), e.day.last.isoformat()) if e.day else (None, None)),
            *((e.day.basis.value, e.day.cue) if e.day else (None, None)),
            *(e.place, e.mention_count, e.article_count, e.publisher_count, e.origin_count, e.score, e.tone),
            instant(e.first_reported),
            *(list(e.initiators), list(e.recipients), list(e.mention_ids), e.quote),
        )
        for e in events
    ]


def event_rows(rows: Rows) -> list[Any]:
    return [
        (*row[:4], bool(row[4]), *row[5:16], instant(read_instant(row[16])), *row[17:21])
        for row in rows
        if len(row) > 20
    ]


def card_said(answer: EventDetails) -> Any:
    reasons = {link.mention_id: link.reason for link in answer.links}
    return (
        events_said([answer.event]),
        sorted((m.id, m.article_id, m.type, reasons[m.id]) for m in answer.mentions),
        int(answer.place is not None),
    )


def card_told(rows: Sequence[Sequence[Any]]) -> Any:
    told = [row for row in rows if len(row) == 4]
    places = len(rows) - len(told) - 1
    return event_rows(rows), sorted((row[3], row[1], row[0]["type"], row[2]) for row in told), places


def partners_said(found: Iterable[Partner]) -> Any:
    return [(p.actor, p.acted_on, p.acting, p.mentions, p.first_day, p.last_day) for p in found]


def partners_told(draw_rows: tuple[Draw, Rows], limit: int | None = None) -> Any:
    draw, rows = draw_rows
    asked = draw["actor"]
    found: dict[str, list[Any]] = {}
    for one, other, from_country, to_country, events, mentions, _, first, last in rows:
        mine = [id == asked or country == asked for id, country in ((one, from_country), (other, to_country))]
        if mine[0] == mine[1]:
            continue
        row = found.setdefault(other if mine[0] else one, [0, 0, 0, first, last])
        row[0 if mine[0] else 1] += events
        row[2] += mentions
        row[3], row[4] = min(row[3], first), max(row[4], last)
    ordered = sorted(found.items(), key=lambda item: (-item[1][0] - item[1][1], item[0]))
    return [
        (actor, *row[:3], date.fromisoformat(row[3]), date.fromisoformat(row[4]))
        for actor, row in ordered[:limit]
    ]


def profile_said(found: Any) -> Any:
    return (
        counts_said([found.total]),
        sorted(counts_said(found.types)),
        counts_said(found.places),
        counts_said(found.publishers),
        buckets(_Buckets(found.months)),
        partners_said(found.partners),
    )


@dataclass(frozen=True, slots=True)
class _Buckets:
    buckets: Sequence[Any]


def profile_told(draw_rows: tuple[Draw, Rows]) -> Any:
    draw, rows = draw_rows
    parts: dict[str, list[Any]] = {name: [] for name in ("total", "type", "place", "month", "publisher")}
    pairs = []
    for row in rows:
        if len(row) == 5:
            parts[row[0]].append(row[1:])
        else:
            pairs.append(row)
    places = [(str(row[0]), *row[1:]) for row in parts["place"]]
    return (
        rows_told([row[1:] for row in parts["total"]]),
        sorted(rows_told(parts["type"])),
        rows_told(places),
        rows_told(parts["publisher"]),
        months_told(parts["month"]),
        partners_told((draw, pairs), 20),
    )


def pairs_said(found: Iterable[Any]) -> list[Any]:
    return [(r.initiator, r.recipient, r.events, r.mentions, _tone(r.tone)) for r in found]


def held_said(found: Any) -> Any:
    days = [None if day is None else day.isoformat() for day in (found.first_day, found.last_day)]
    return (
        *(found.articles, found.mentions, found.events, found.actors, found.places, found.publishers),
        *(found.origins, *days),
    )
