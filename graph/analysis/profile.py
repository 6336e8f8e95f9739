"""One actor at a glance: with whom, what, in which tone, where, and who says so."""

from dataclasses import dataclass, replace

from graph.analysis.neighbours import Partner, partners
from graph.analysis.timeline import Bucket, timeline
from graph.model import Actor, Axis, Count, EventQuery
from graph.store.base import GraphStore


@dataclass(frozen=True, slots=True)
class Profile:
    """What the events selected say of one actor.

    Attributes:
        actor: The actor, or ``None`` when the store does not know it.
        total: All its events, with their mean tone.
        partners: Those with most events first.
        types, places, publishers: Counts by type, by place (its GeoNames id as text) and by outlet, each with
            its tone.
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
        partners=tuple(partners(store, actor_id, own, limit=limit)),
        types=tuple(store.count_events(own, (Axis.TYPE,))),
        places=tuple(c for c in store.count_events(own, (Axis.PLACE,), limit + 1) if c.key[0])[:limit],
        publishers=tuple(c for c in store.count_events(own, (Axis.PUBLISHER,), limit + 1) if c.key[0])[
            :limit
        ],
        months=timeline(store, own, bucket=Axis.MONTH).buckets,
    )
