"""All that a store holds, as one comparable value: read through the protocol only."""

from typing import Any

from graph.model import Axis, EventQuery
from graph.store import GraphStore

AXES = tuple(Axis)


def content(store: GraphStore) -> dict[str, Any]:
    """Return everything that a store answers."""
    events = list(store.events(EventQuery()))
    articles = store.articles(limit=None)
    return {
        "articles": articles,
        "coded": [store.article(row.id) for row in articles],
        "origins": [store.origin_of(row.id) for row in articles],
        "events": events,
        "mentions": [store.mentions(event.id) for event in events],
        "links": [store.links(event.id) for event in events],
        "counts": [store.count_events(EventQuery(), (axis,)) for axis in AXES],
        "actors": store.actors(limit=None),
        "places": store.places(),
        "publishers": store.publishers(),
        "statistics": store.statistics(),
        "judgements": store.judgements(),
    }


def groups(store: GraphStore) -> set[frozenset[str]]:
    """Return the events as sets of mentions."""
    return {frozenset(event.mention_ids) for event in store.events(EventQuery())}
