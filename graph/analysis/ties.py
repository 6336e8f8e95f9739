"""What two actors have to do with each other, in both directions together."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from graph.analysis.relations import Relation
from graph.store.base import GraphStore


@dataclass(frozen=True, slots=True)
class Tie:
    """All events between two actors, whoever of them acts.

    Attributes:
        one, other: Their ids, in order.
        forth: Events in which ``one`` acts on ``other``.
        back: Events in which ``other`` acts on ``one``.
        tone: Mean tone of all of them, -10 (conflict) to 10 (cooperation), or ``None``.
    """

    one: str
    other: str
    forth: int
    back: int
    mentions: int
    tone: float | None

    @property
    def events(self) -> int:
        """Events in either direction."""
        return self.forth + self.back


def mean_tone(parts: Iterable[tuple[float | None, int]]) -> float | None:
    """Return the mean of tones weighted by their events, to six digits; ``None`` when no part has one."""
    total = weight = 0.0
    for tone, events in parts:
        if tone is not None:
            total += tone * events
            weight += events
    return round(total / weight, 6) if weight else None


def folded(relations: Iterable[Relation], stands_for: Mapping[str, str]) -> list[Relation]:
    """Return relations with actors put together, those with most events first.

    What happens among actors that become one is left out. An event of several actors that become one
    counts once for each of them.

    Args:
        relations: The directed pairs.
        stands_for: The actor that an actor is counted as; others stay themselves.
    """
    parts: dict[tuple[str, str], list[Relation]] = defaultdict(list)
    for relation in relations:
        initiator = stands_for.get(relation.initiator, relation.initiator)
        recipient = stands_for.get(relation.recipient, relation.recipient)
        if initiator != recipient:
            parts[initiator, recipient].append(relation)
    found = [
        Relation(
            initiator,
            recipient,
            sum(part.events for part in told),
            sum(part.mentions for part in told),
            mean_tone((part.tone, part.events) for part in told),
        )
        for (initiator, recipient), told in parts.items()
    ]
    return sorted(found, key=lambda relation: (-relation.events, relation.initiator, relation.recipient))


def ties(relations: Iterable[Relation], *, least_events: int = 1) -> list[Tie]:
    """Return each two actors that act on each other, by their ids; acts upon oneself are left out.

    Args:
        relations: The directed pairs, each once.
        least_events: Leave out pairs with fewer events in both directions together.
    """
    pairs: dict[tuple[str, str], list[Relation]] = defaultdict(list)
    for relation in relations:
        if relation.initiator != relation.recipient:
            one, other = sorted((relation.initiator, relation.recipient))
            pairs[one, other].append(relation)
    found = (
        Tie(
            one,
            other,
            sum(part.events for part in told if part.initiator == one),
            sum(part.events for part in told if part.initiator == other),
            sum(part.mentions for part in told),
            mean_tone((part.tone, part.events) for part in told),
        )
        for (one, other), told in sorted(pairs.items())
    )
    return [tie for tie in found if tie.events >= least_events]


def countries(store: GraphStore, relations: Iterable[Relation]) -> dict[str, str]:
    """Return the country of each actor in the relations that belongs to one, to count it as that country."""
    ids = sorted({id for one in relations for id in (one.initiator, one.recipient)})
    return store.countries(ids)
