"""Who acts on whom: actors as nodes, what they did to each other as weighted, directed edges."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import networkx as nx

from graph.model import Actor, Axis, EventQuery
from graph.store.base import GraphStore


@dataclass(frozen=True, slots=True)
class Relation:
    """All events that one actor began towards another.

    Attributes:
        tone: Mean tone, -10 (conflict) to 10 (cooperation), or ``None``.
    """

    initiator: str
    recipient: str
    events: int
    mentions: int
    tone: float | None


def relations(
    store: GraphStore, query: EventQuery | None = None, *, limit: int | None = 100
) -> list[Relation]:
    """Return the directed pairs of actors with most events, the most first.

    An event of several initiators or recipients counts for each pair of them; an event that lacks a
    side counts for none. What both sides do to each other counts once, in the direction told.
    """
    # Groups that lack a side are among those that the store gives: ask for more until there are enough.
    asked = None if limit is None else 2 * limit
    while True:
        counts = store.count_events(query or EventQuery(), (Axis.INITIATOR, Axis.RECIPIENT), asked)
        found = [
            Relation(count.key[0], count.key[1], count.events, count.mentions, count.tone)
            for count in counts
            if count.key[0] is not None and count.key[1] is not None
        ]
        if limit is None or asked is None or len(found) >= limit or len(counts) < asked:
            return found[:limit]
        asked = None


def relation_graph(relations: Iterable[Relation], actors: Iterable[Actor] = ()) -> "nx.DiGraph[str]":
    """Return relations as a graph.

    Nodes have ``name``, ``country``, ``kind`` and ``events`` (of their relations in the graph); edges
    have ``events``, ``mentions``, ``weight`` (the events) and ``tone``.

    Args:
        relations: The edges.
        actors: Those whose name and country are to be shown; others go by their id.
    """
    known: Mapping[str, Actor] = {actor.id: actor for actor in actors}
    graph: nx.DiGraph[str] = nx.DiGraph()
    for relation in relations:
        for id in (relation.initiator, relation.recipient):
            if id not in graph:
                actor = known.get(id)
                graph.add_node(
                    id,
                    name=actor.name if actor else id,
                    country=actor.country if actor else None,
                    kind=actor.kind.value if actor else "unknown",
                    events=0,
                )
            graph.nodes[id]["events"] += relation.events
        graph.add_edge(
            relation.initiator,
            relation.recipient,
            events=relation.events,
            mentions=relation.mentions,
            weight=relation.events,
            tone=relation.tone,
        )
    return graph


def actor_graph(
    store: GraphStore, query: EventQuery | None = None, *, limit: int | None = 100
) -> "nx.DiGraph[str]":
    """Return the strongest relations of the events selected as a graph with the actors' names."""
    found = relations(store, query, limit=limit)
    ids = sorted({id for one in found for id in (one.initiator, one.recipient)})
    return relation_graph(found, store.actors(ids))


def layout(
    graph: "nx.DiGraph[str]",
    *,
    seed: int = 0,
    fixed: Mapping[str, Sequence[float]] | None = None,
) -> dict[str, tuple[float, float]]:
    """Return a place in the plane for each node, the same whenever graph and seed are.

    Args:
        graph: What ``relation_graph`` returns.
        seed: Another seed, another layout.
        fixed: Nodes that keep their place, as when a filter changes; others settle around them.
    """
    ordered: nx.Graph[str] = nx.Graph()
    ordered.add_nodes_from(sorted(graph.nodes))
    for one, other in sorted(tuple(sorted(edge)) for edge in graph.edges):
        weight = sum(graph.edges[e]["weight"] for e in ((one, other), (other, one)) if e in graph.edges)
        ordered.add_edge(one, other, weight=weight**0.5)
    if not ordered:
        return {}
    kept = {id: tuple(place) for id, place in (fixed or {}).items() if id in ordered}
    if len(kept) == len(ordered):
        return {id: (float(x), float(y)) for id, (x, y) in kept.items()}
    placed = nx.spring_layout(
        ordered,
        seed=seed,
        weight="weight",
        iterations=100,
        pos=kept or None,
        fixed=sorted(kept) or None,
    )
    return {id: (float(place[0]), float(place[1])) for id, place in sorted(placed.items())}
