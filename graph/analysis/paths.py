"""How two actors hang together: through whom, and by which events."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from heapq import nsmallest
from itertools import pairwise

import networkx as nx

from graph.analysis.relations import relations
from graph.analysis.ties import Tie, countries, folded, ties
from graph.errors import InvalidInput
from graph.model import Event, EventQuery
from graph.store.base import GraphStore

LONGEST = 12
"""Most steps of a path: two actors are hardly ever further apart, and what is says nothing."""

_STEP = 10**9
_SHARE = 10**6
"""A step costs ``_STEP`` and, the fewer its events, up to ``_SHARE`` more: never as much as another step.

The costs are whole numbers, so that equal ones are equal."""

_MANY = 100
_FLOORS = (64, 16, 4)
"""Numbers of origins to ask for first where a pair has many events, so that only the best told are read."""


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a path: two actors that act on each other.

    Attributes:
        one, other: The actors, in the direction of the path.
        forth: Events in which ``one`` acts on ``other``.
        back: Events in which ``other`` acts on ``one``.
        tone: Mean tone of all of them, -10 (conflict) to 10 (cooperation), or ``None``.
        told: Some of the events: those of most origins, then of most mentions, first.
    """

    one: str
    other: str
    forth: int
    back: int
    tone: float | None
    told: tuple[Event, ...]

    @property
    def events(self) -> int:
        """Events in either direction; one of several actors counts once for each pair of them."""
        return self.forth + self.back


@dataclass(frozen=True, slots=True)
class Path:
    """A way from one actor to another on which no actor stands twice."""

    steps: tuple[Step, ...]

    @property
    def actors(self) -> tuple[str, ...]:
        """The actors on the way, both ends included."""
        return (self.steps[0].one, *(step.other for step in self.steps))


def paths(
    store: GraphStore,
    start: str,
    end: str,
    query: EventQuery | None = None,
    *,
    most_paths: int = 5,
    most_steps: int = 4,
    most_events: int = 3,
) -> list[Path]:
    """Return the shortest paths between two actors over the events selected; none when they have no tie.

    A step joins two actors that stand on opposite sides of an event, in either direction. Paths of
    fewer steps come first; of equally long ones that with more evidence, which is the one whose steps
    have the smaller sum of 1/events, so that a single weak step weighs more than a strong one; then that
    through actors with more events. At both ends a country stands for its bodies and people too.

    Args:
        store: Where to look.
        start, end: Ids of the actors; one judged the same as another stands for both.
        query: Which events; its limit and offset do not count.
        most_paths: Longest list.
        most_steps: Longest path, 1 to ``LONGEST``.
        most_events: Most events shown of a step.

    Raises:
        InvalidInput: If both ends are one actor, or a number makes no sense.
    """
    if not 1 <= most_steps <= LONGEST:
        raise InvalidInput(f"a path has 1 to {LONGEST} steps, not {most_steps}")
    if most_paths < 1 or most_events < 0:
        raise InvalidInput("at least one path and no less than 0 events of a step can be asked for")
    query = replace(query or EventQuery(), limit=None, offset=0)
    return store.at_one_moment(lambda: _paths(store, start, end, query, most_paths, most_steps, most_events))


def _paths(
    store: GraphStore,
    start: str,
    end: str,
    query: EventQuery,
    most_paths: int,
    most_steps: int,
    most_events: int,
) -> list[Path]:
    one, other = store.canonical_actor(start), store.canonical_actor(end)
    if one == other:
        raise InvalidInput(f"a path leads from one actor to another, and both ends are {one}")
    found = relations(store, query, limit=None)
    ends = (one, other)
    stands_for = {
        id: country for id, country in countries(store, found).items() if country in ends and id not in ends
    }
    between = {(tie.one, tie.other): tie for tie in ties(folded(found, stands_for))}
    members: dict[str, frozenset[str]] = {
        id: frozenset({id, *(o for o, own in stands_for.items() if own == id)}) for id in ends
    }
    reader = _StepReader(store, query, between, members, most_events)
    ways = _ways(list(between.values()), one, other, most_paths, most_steps)
    return [Path(tuple(reader.step(left, right) for left, right in pairwise(way))) for way in ways]


def _ways(
    found: Sequence[Tie], start: str, end: str, most_paths: int, most_steps: int
) -> list[tuple[str, ...]]:
    """Return the actors on each path, the best path first."""
    whole: nx.Graph[str] = nx.Graph((tie.one, tie.other) for tie in found)
    if start not in whole or end not in whole:
        return []
    near = nx.single_source_shortest_path_length(whole, start, cutoff=most_steps)
    far = nx.single_source_shortest_path_length(whole, end, cutoff=most_steps)
    if end not in near:
        return []
    kept = {id for id, steps in near.items() if steps + far.get(id, most_steps + 1) <= most_steps}
    graph = _weighted([tie for tie in found if tie.one in kept and tie.other in kept], _ranks(found))
    ways: list[tuple[str, ...]] = []
    for way in nx.shortest_simple_paths(graph, start, end, weight="cost"):
        if len(way) - 1 > most_steps:
            break
        ways.append(tuple(way))
        if len(ways) == most_paths:
            break
    return ways


def _ranks(found: Sequence[Tie]) -> dict[str, int]:
    """Return the place of each actor among all, that with most events first."""
    events: Counter[str] = Counter()
    for tie in found:
        events.update({tie.one: tie.events, tie.other: tie.events})
    return {id: place for place, id in enumerate(sorted(events, key=lambda id: (-events[id], id)))}


def _weighted(found: Sequence[Tie], rank: Mapping[str, int]) -> "nx.Graph[str]":
    room = 2 * LONGEST * len(rank)
    graph: nx.Graph[str] = nx.Graph()
    for tie in found:
        evidence = _STEP + round(_SHARE / tie.events)
        graph.add_edge(tie.one, tie.other, cost=evidence * room + rank[tie.one] + rank[tie.other])
    return graph


class _StepReader:
    """Reads the events of steps, each pair once.

    Args:
        between: The ties, by their two actors in the order of the ids.
        members: Those whom an actor stands for, itself included; others stand for themselves.
        most_events: Most events of a step.
    """

    def __init__(
        self,
        store: GraphStore,
        query: EventQuery,
        between: Mapping[tuple[str, str], Tie],
        members: Mapping[str, frozenset[str]],
        most_events: int,
    ) -> None:
        self._store, self._query, self._most = store, query, most_events
        self._ties, self._members = between, members
        self._told: dict[tuple[str, str], tuple[Event, ...]] = {}

    def step(self, one: str, other: str) -> Step:
        left, right = sorted((one, other))
        if (left, right) not in self._told:
            self._told[left, right] = tuple(self._best(left, right))
        tie = self._ties[left, right]
        forth, back = (tie.forth, tie.back) if one == left else (tie.back, tie.forth)
        return Step(one, other, forth, back, tie.tone, self._told[left, right])

    def _best(self, one: str, other: str) -> list[Event]:
        if not self._most:
            return []
        query = self._query
        if query.between is None:
            query = replace(query, between=(one, other))
        left, right = (self._members.get(id, frozenset((id,))) for id in (one, other))

        def joins(event: Event) -> bool:
            # The store takes a country for its bodies and people everywhere, a path only at its ends.
            initiators, recipients = event.initiators, event.recipients
            return bool(
                (left.intersection(initiators) and right.intersection(recipients))
                or (right.intersection(initiators) and left.intersection(recipients))
            )

        least = query.min_origins
        many = self._ties[one, other].events > _MANY
        best: list[Event] = []
        for floor in (*(floor for floor in _FLOORS if many and floor > least), least):
            events = self._store.events(replace(query, min_origins=floor))
            best = nsmallest(self._most, (event for event in events if joins(event)), key=_how_badly_told)
            if len(best) == self._most:
                break
        return best


def _how_badly_told(event: Event) -> tuple[int, int, float, date, str]:
    day = event.day.first if event.day else date.max
    return (-event.origin_count, -event.mention_count, -event.score, day, event.id)
