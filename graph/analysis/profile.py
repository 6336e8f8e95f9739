"""One actor at a glance: with whom, what, in which tone, where, and who says so."""

from collections import defaultdict
from dataclasses import dataclass, replace

from graph.analysis.timeline import Bucket, timeline
from graph.model import Actor, Axis, Count, EventQuery
from graph.store.base import GraphStore


@dataclass(frozen=True, slots=True)
class Partner:
    """An actor on the other side of the profiled one's events.

    Attributes:
        acted_on: Events in which the profiled actor acts on it.
        acting: Events in which it acts on the profiled actor.
        tone: Mean tone of both, or ``None``.
    """

    actor: str
    acted_on: int
    acting: int
    tone: float | None

    @property
    def events(self) -> int:
        """Events in either direction."""
        return self.acted_on + self.acting


@dataclass(frozen=True, slots=True)
class Profile:
    """What the events selected say of one actor.

    Attributes:
        actor: The actor, or ``None`` when the store does not know it.
        total: All its events.
        partners: Those with most events first.
        types, places, publishers: Counts by type, by place (its GeoNames id as text) and by outlet.
        months: Its events by month with their tone, empty months included.
    """

    actor: Actor | None
    total: Count
    partners: tuple[Partner, ...]
    types: tuple[Count, ...]
    places: tuple[Count, ...]
    publishers: tuple[Count, ...]
    months: tuple[Bucket, ...]


def profile(store: GraphStore, actor_id: str, query: EventQuery | None = None, *, limit: int = 20) -> Profile:
    """Return an actor at a glance; a country id stands for its bodies and people too.

    Args:
        store: Where to look.
        actor_id: The actor; one judged the same as another shows that other.
        query: Narrows the events; its ``actors`` are replaced by this actor.
        limit: Longest list of partners, places and publishers.
    """
    own = replace(query or EventQuery(), actors=(actor_id,), limit=None, offset=0)
    shown = store.canonical_actor(actor_id)
    known = store.actors([shown])
    return Profile(
        actor=known[0] if known else None,
        total=store.count_events(own)[0],
        partners=tuple(_partners(store, shown, own)[:limit]),
        types=tuple(store.count_events(own, (Axis.TYPE,))),
        places=tuple(c for c in store.count_events(own, (Axis.PLACE,), limit + 1) if c.key[0])[:limit],
        publishers=tuple(c for c in store.count_events(own, (Axis.PUBLISHER,), limit + 1) if c.key[0])[
            :limit
        ],
        months=timeline(store, own, bucket=Axis.MONTH).buckets,
    )


def _partners(store: GraphStore, actor_id: str, query: EventQuery) -> list[Partner]:
    pairs = store.count_events(query, (Axis.INITIATOR, Axis.RECIPIENT))
    ids = sorted({id for pair in pairs for id in pair.key if id is not None})
    country: dict[str, str | None] = {actor.id: actor.country for actor in store.actors(ids)}

    def is_own(id: str) -> bool:
        return id == actor_id or country.get(id) == actor_id

    acted_on: dict[str, int] = defaultdict(int)
    acting: dict[str, int] = defaultdict(int)
    tones: dict[str, list[tuple[float, int]]] = defaultdict(list)
    for pair in pairs:
        initiator, recipient = pair.key
        if initiator is None or recipient is None:
            continue
        if is_own(initiator) and not is_own(recipient):
            partner = recipient
            acted_on[partner] += pair.events
        elif is_own(recipient) and not is_own(initiator):
            partner = initiator
            acting[partner] += pair.events
        else:
            continue
        if pair.tone is not None:
            tones[partner].append((pair.tone, pair.events))
    partners = []
    for id in {*acted_on, *acting}:
        told = tones[id]
        weight = sum(events for _, events in told)
        tone = sum(tone * events for tone, events in told) / weight if weight else None
        partners.append(Partner(id, acted_on[id], acting[id], tone))
    return sorted(partners, key=lambda partner: (-partner.events, partner.actor))
