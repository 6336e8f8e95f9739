"""Who stands on the other side of an actor's events."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from graph.analysis.ties import mean_tone
from graph.model import Axis, Count, EventQuery
from graph.store.base import GraphStore


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
    shown = store.canonical_actor(actor_id)
    counts = store.count_events(own, (Axis.INITIATOR, Axis.RECIPIENT, Axis.DAY))
    ids = sorted({id for count in counts for id in count.key[:2] if id is not None})
    mine = {shown, *(actor.id for actor in store.actors(ids) if actor.country == shown)}
    forth: dict[str, list[Count]] = defaultdict(list)
    back: dict[str, list[Count]] = defaultdict(list)
    for count in counts:
        initiator, recipient = count.key[:2]
        if initiator is None or recipient is None or (initiator in mine) == (recipient in mine):
            continue
        if initiator in mine:
            forth[recipient].append(count)
        else:
            back[initiator].append(count)
    found = [_partner(id, forth[id], back[id]) for id in {*forth, *back}]
    found.sort(key=lambda partner: (-partner.events, partner.actor))
    return found if limit is None else found[:limit]


def _partner(id: str, forth: Sequence[Count], back: Sequence[Count]) -> Partner:
    both = (*forth, *back)
    days = [day for count in both if (day := count.key[2]) is not None]
    return Partner(
        actor=id,
        acted_on=sum(count.events for count in forth),
        acting=sum(count.events for count in back),
        mentions=sum(count.mentions for count in both),
        tone=_tone(both),
        tone_acted_on=_tone(forth),
        tone_acting=_tone(back),
        first_day=date.fromisoformat(min(days)) if days else None,
        last_day=date.fromisoformat(max(days)) if days else None,
    )


def _tone(counts: Sequence[Count]) -> float | None:
    return mean_tone((count.tone, count.events) for count in counts)
