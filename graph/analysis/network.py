"""Measures of the network of actors: who is central, who belongs together, where it is under strain.

Everything goes through networkx's public functions on plain graphs, so that a faster backend takes over
where one is installed and chosen (``NETWORKX_BACKEND_PRIORITY``).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

import networkx as nx

from graph.analysis.balance import Balance, balance
from graph.analysis.relations import Relation, relations
from graph.analysis.ties import Tie, countries, folded, ties
from graph.model import EventQuery
from graph.store.base import GraphStore

SEED = 0
"""Of the pivots of betweenness and of the communities: the same network gives the same figures."""

VISITS = 10_000_000
"""Nodes and edges that betweenness may visit, ten to twenty seconds' worth; beyond, pivots are sampled."""

FEWEST_PIVOTS = 64

DAMPING = 0.85
TOLERANCE = 1e-9
MOST_ROUNDS = 1000


class Measure(StrEnum):
    """What actors can be ranked by."""

    DEGREE = "degree"
    OUT = "out"
    IN = "in"
    BETWEENNESS = "betweenness"
    PAGERANK = "pagerank"
    UNBALANCED = "unbalanced"


@dataclass(frozen=True, slots=True)
class Standing:
    """Where an actor stands in a network.

    Attributes:
        degree: Number of other actors it has a tie with.
        weighted_out: Events in which it acts on others, summed over its relations.
        weighted_in: Events in which others act on it, summed over its relations.
        betweenness: Share of the shortest paths between two others that lead through it, 0 to 1;
            direction and number of events do not count.
        pagerank: Chance that somebody who goes on and on from an actor to one it acts on, by the number
            of events, is here; all actors together have 1.
        community: Number of its community, from 1.
        balanced, unbalanced: Triads that it is in, see ``graph.analysis.balance``.
    """

    actor: str
    degree: int
    weighted_out: int
    weighted_in: int
    betweenness: float
    pagerank: float
    community: int
    balanced: int
    unbalanced: int


@dataclass(frozen=True, slots=True)
class Network:
    """A network of actors and its measures.

    Attributes:
        standings: Its actors, by id.
        relations: Number of directed pairs.
        ties: Number of pairs, both directions together.
        communities: Ids of the actors of each, those with most events first; the largest community first.
        modularity: Of the communities, -0.5 to 1, by number of events; ``None`` without ties.
        balance: Its signed triads.
        pivots: From how many actors betweenness was estimated, or ``None`` where it is exact.
    """

    standings: tuple[Standing, ...]
    relations: int
    ties: int
    communities: tuple[tuple[str, ...], ...]
    modularity: float | None
    balance: Balance
    pivots: int | None

    def ranked(self, measure: Measure = Measure.DEGREE) -> list[Standing]:
        """Return the actors with most of a measure first; equal ones by degree, events and id."""
        fields = {Measure.OUT: "weighted_out", Measure.IN: "weighted_in"}
        field = fields.get(measure, measure.value)
        return sorted(
            self.standings,
            key=lambda standing: (
                -getattr(standing, field),
                -standing.degree,
                -standing.weighted_out - standing.weighted_in,
                standing.actor,
            ),
        )


def network(
    store: GraphStore,
    query: EventQuery | None = None,
    *,
    least_events: int = 1,
    by_country: bool = False,
) -> Network:
    """Return the network of the events selected with its measures.

    Args:
        store: Where to look.
        query: Which events; its limit and offset do not count.
        least_events: Leave out pairs with fewer events in both directions together.
        by_country: Count bodies and people as their country; those of no country stay themselves.
    """

    def read() -> list[Relation]:
        found = relations(store, query, limit=None)
        return folded(found, countries(store, found)) if by_country else found

    found = store.at_one_moment(read)
    return measured(found, least_events=least_events)


def measured(found: Iterable[Relation], *, least_events: int = 1) -> Network:
    """Return the measures of relations; acts upon oneself are left out."""
    relations_kept = [one for one in found if one.initiator != one.recipient]
    kept = ties(relations_kept, least_events=least_events)
    pairs = {(tie.one, tie.other) for tie in kept}
    directed = sorted(
        (one.initiator, one.recipient, one.events)
        for one in relations_kept
        if (one.initiator, one.recipient) in pairs or (one.recipient, one.initiator) in pairs
    )
    ids = sorted({id for tie in kept for id in (tie.one, tie.other)})
    # Numbers in place of ids: networkx puts nodes into sets, and sets of texts come in another order
    # in every process.
    number = {id: place for place, id in enumerate(ids)}
    undirected = _undirected(kept, number)
    acts: nx.DiGraph[int] = nx.DiGraph()
    acts.add_nodes_from(range(len(ids)))
    acts.add_weighted_edges_from((number[one], number[other], events) for one, other, events in directed)
    betweenness, pivots = _betweenness(undirected)
    pagerank = _pagerank(acts)
    communities, modularity = _communities(undirected)
    community = {place: index for index, members in enumerate(communities, 1) for place in members}
    signed = balance(kept)
    standings = tuple(
        Standing(
            actor=id,
            degree=undirected.degree(place),
            weighted_out=int(acts.out_degree(place, weight="weight")),
            weighted_in=int(acts.in_degree(place, weight="weight")),
            betweenness=round(betweenness[place], 8),
            pagerank=round(pagerank[place], 8),
            community=community[place],
            balanced=signed.actors.get(id, (0, 0))[0],
            unbalanced=signed.actors.get(id, (0, 0))[1],
        )
        for id, place in number.items()
    )
    return Network(
        standings=standings,
        relations=len(directed),
        ties=len(kept),
        communities=tuple(tuple(ids[place] for place in members) for members in communities),
        modularity=modularity,
        balance=signed,
        pivots=pivots,
    )


def _undirected(kept: Sequence[Tie], number: dict[str, int]) -> "nx.Graph[int]":
    graph: nx.Graph[int] = nx.Graph()
    graph.add_nodes_from(number.values())
    graph.add_weighted_edges_from((number[tie.one], number[tie.other], tie.events) for tie in kept)
    return graph


def _betweenness(graph: "nx.Graph[int]") -> tuple[dict[int, float], int | None]:
    """Return Freeman's betweenness (1977), and from how many pivots it is estimated (Brandes and Pich 2007)."""
    actors = graph.number_of_nodes()
    if not actors:
        return {}, None
    pivots = max(FEWEST_PIVOTS, VISITS // (actors + graph.number_of_edges()))
    if pivots >= actors:
        return dict(nx.betweenness_centrality(graph)), None
    return dict(nx.betweenness_centrality(graph, k=pivots, seed=SEED)), pivots


def _pagerank(graph: "nx.DiGraph[int]") -> dict[int, float]:
    """Return PageRank (Brin and Page 1998) by the number of events."""
    if not graph:
        return {}
    return dict(nx.pagerank(graph, alpha=DAMPING, tol=TOLERANCE, max_iter=MOST_ROUNDS, weight="weight"))


def _communities(graph: "nx.Graph[int]") -> tuple[list[list[int]], float | None]:
    """Return communities by Louvain's method (Blondel and others 2008) and their modularity (Newman and Girvan 2004).

    A tie holds together by the number of its events, whatever their tone: who fights belongs together.
    """
    if not graph.number_of_edges():
        return [], None
    found = nx.community.louvain_communities(graph, weight="weight", seed=SEED)
    modularity = nx.community.modularity(graph, found, weight="weight")
    weight = dict(graph.degree(weight="weight"))
    ordered = [sorted(members, key=lambda place: (-weight[place], place)) for members in found]
    ordered.sort(key=lambda members: (-len(members), -weight[members[0]], members[0]))
    return ordered, round(float(modularity), 6)
