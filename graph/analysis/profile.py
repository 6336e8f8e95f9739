"""One actor at a glance: with whom, what, in which tone, where, and who says so."""

from dataclasses import dataclass, replace

from graph.analysis.neighbours import PAIRS, Partner, partners_of
from graph.analysis.timeline import Bucket, in_buckets
from graph.model import Actor, Axis, Count, EventQuery, Grouping
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
    return store.at_one_moment(lambda: _profile(store, actor_id, own, limit))


def _profile(store: GraphStore, actor_id: str, own: EventQuery, limit: int) -> Profile:
    known = store.actors([store.canonical_actor(actor_id)])
    # One more than is shown: events without a value make a group too.
    total, types, places, publishers, months, pairs = store.count_groups(
        own,
        (
            Grouping(),
            Grouping((Axis.TYPE,)),
            Grouping((Axis.PLACE,), limit + 1),
            Grouping((Axis.PUBLISHER,), limit + 1),
            Grouping((Axis.MONTH,)),
            PAIRS,
        ),
    )
    return Profile(
        actor=known[0] if known else None,
        total=total[0],
        partners=tuple(partners_of(store, actor_id, pairs, limit=limit)),
        types=tuple(types),
        places=tuple(count for count in places if count.key[0])[:limit],
        publishers=tuple(count for count in publishers if count.key[0])[:limit],
        months=in_buckets(months, own, Axis.MONTH).buckets,
    )
