"""Who stands on the other side of an actor's events."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from graph.model import Axis, Count, EventQuery, Grouping, is_country_code
from graph.store.base import GraphStore

PAIRS = Grouping((Axis.INITIATOR, Axis.RECIPIENT), days=True)
"""How an actor's events are counted to tell its partners."""


@dataclass(frozen=True, slots=True)
class Partner:
    """An actor on the other side of somebody's events.

    Attributes:
        acted_on: Events in which the actor asked about acts on this one.
        acting: Events in which this one acts on the actor asked about.
        mentions: Mentions of both.
        tone: Mean tone of both, -10 (conflict) to 10 (cooperation), or ``None``.
        tone_acted_on, tone_acting: Mean tone of each direction, or ``None``.
        first_day, last_day: First days of the earliest and of the latest event; ``None`` when none is dated.
    """

    actor: str
    acted_on: int
    acting: int
    mentions: int
    tone: float | None
    tone_acted_on: float | None
    tone_acting: float | None
    first_day: date | None
    last_day: date | None

    @property
    def events(self) -> int:
        """Events in either direction."""
        return self.acted_on + self.acting


def partners(
    store: GraphStore, actor_id: str, query: EventQuery | None = None, *, limit: int | None = None
) -> list[Partner]:
    """Return an actor's partners, those with most events first; none for an unknown actor.

    A country id stands for its bodies and people too: what they do to each other is left out. An event
    of several initiators or recipients counts for each pair of them.

    Args:
        store: Where to look.
        actor_id: The actor; one judged the same as another stands for both.
        query: Narrows the events; its ``actors`` are replaced by this actor.
        limit: Longest list, or ``None`` for all.
    """
    own = replace(query or EventQuery(), actors=(actor_id,), limit=None, offset=0)
    return store.at_one_moment(
        lambda: partners_of(store, actor_id, store.count_groups(own, (PAIRS,))[0], limit=limit)
    )


def partners_of(
    store: GraphStore, actor_id: str, counts: Iterable[Count], *, limit: int | None = None
) -> list[Partner]:
    """Return what ``partners`` does, from an actor's events counted by ``PAIRS``."""
    shown = store.canonical_actor(actor_id)
    pairs = [count for count in counts if None not in count.key]
    mine: set[str] = {shown}
    if is_country_code(shown):
        ids = sorted({id for count in pairs for id in count.key if id is not None})
        mine |= {id for id, country in store.countries(ids).items() if country == shown}
    found: dict[str, _Sums] = {}
    for count in pairs:
        initiator, recipient = count.key
        if initiator is None or recipient is None or (initiator in mine) == (recipient in mine):
            continue
        forth = initiator in mine
        other = recipient if forth else initiator
        sums = found.get(other)
        if sums is None:
            sums = found[other] = _Sums()
        sums.add(count, 0 if forth else 1)
    busiest = sorted(found, key=lambda id: (-sum(found[id].events), id))[:limit]
    return [found[id].partner(id) for id in busiest]


class _Sums:
    """What is counted of one partner: the first of two numbers forth, the second back."""

    __slots__ = ("events", "first", "last", "mentions", "toned", "tones")

    def __init__(self) -> None:
        self.events = [0, 0]
        self.toned = [0, 0]
        self.tones = [0.0, 0.0]
        self.mentions = 0
        self.first: date | None = None
        self.last: date | None = None

    def add(self, count: Count, side: int) -> None:
        self.events[side] += count.events
        self.mentions += count.mentions
        if count.tone is not None:
            self.tones[side] += count.tone * count.events
            self.toned[side] += count.events
        first, last = count.first_day, count.last_day
        if first is not None and last is not None:
            self.first = first if self.first is None else min(first, self.first)
            self.last = last if self.last is None else max(last, self.last)

    def partner(self, id: str) -> Partner:
        return Partner(
            actor=id,
            acted_on=self.events[0],
            acting=self.events[1],
            mentions=self.mentions,
            tone=_mean(sum(self.tones), sum(self.toned)),
            tone_acted_on=_mean(self.tones[0], self.toned[0]),
            tone_acting=_mean(self.tones[1], self.toned[1]),
            first_day=self.first,
            last_day=self.last,
        )


def _mean(tones: float, events: int) -> float | None:
    return round(tones / events, 6) if events else None
