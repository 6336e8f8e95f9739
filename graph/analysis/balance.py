"""Structural balance: whether friends of friends are friends, and enemies of enemies.

Heider (1946); Cartwright and Harary (1956). A tie is positive when its mean tone is above 0, negative
when it is below; one of tone 0 or without a tone has no sign and is in no triad. Three actors each two
of whom have a signed tie are a triad. It is balanced when the product of its signs is positive: all
three on good terms, or two against a third.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from heapq import nsmallest

from graph.analysis.ties import Tie

KINDS = ("+++", "+--", "++-", "---")
"""The four kinds of triads by their signs, the balanced ones first."""


@dataclass(frozen=True, slots=True)
class Triad:
    """Three actors that all have signed ties to each other.

    Attributes:
        actors: Their ids, in order.
        tones: Mean tone of the first with the second, the first with the third, the second with the third.
        events: Events of the tie that has fewest.
    """

    actors: tuple[str, str, str]
    tones: tuple[float, float, float]
    events: int

    @property
    def kind(self) -> str:
        """Its signs: ``+++``, ``++-``, ``+--`` or ``---``."""
        negative = sum(tone < 0 for tone in self.tones)
        return "+" * (3 - negative) + "-" * negative

    @property
    def balanced(self) -> bool:
        """Whether the product of its signs is positive."""
        return self.kind in KINDS[:2]


@dataclass(frozen=True, slots=True)
class Balance:
    """How balanced a network is.

    Attributes:
        kinds: Number of triads of each of ``KINDS``.
        actors: For each actor in a triad, how many balanced and how many unbalanced ones it is in.
        strained: Some unbalanced triads, those whose weakest tie has most events first.
    """

    kinds: Mapping[str, int]
    actors: Mapping[str, tuple[int, int]]
    strained: tuple[Triad, ...]

    @property
    def balanced(self) -> int:
        """Number of balanced triads."""
        return sum(self.kinds[kind] for kind in KINDS[:2])

    @property
    def unbalanced(self) -> int:
        """Number of unbalanced triads."""
        return sum(self.kinds[kind] for kind in KINDS[2:])

    @property
    def degree(self) -> float | None:
        """Share of the triads that is balanced, 0 to 1; ``None`` without triads."""
        all_of_them = self.balanced + self.unbalanced
        return self.balanced / all_of_them if all_of_them else None


def balance(found: Iterable[Tie], *, most_strained: int = 10) -> Balance:
    """Return how balanced the ties are.

    Args:
        found: The ties, each pair once.
        most_strained: Most unbalanced triads to name.
    """
    kinds: Counter[str] = Counter()
    balanced: Counter[str] = Counter()
    unbalanced: Counter[str] = Counter()

    def strained() -> Iterator[Triad]:
        for triad in triads(found):
            kinds[triad.kind] += 1
            (balanced if triad.balanced else unbalanced).update(triad.actors)
            if not triad.balanced:
                yield triad

    named = nsmallest(most_strained, strained(), key=lambda triad: (-triad.events, triad.actors))
    return Balance(
        kinds={kind: kinds[kind] for kind in KINDS},
        actors={id: (balanced[id], unbalanced[id]) for id in sorted({*balanced, *unbalanced})},
        strained=tuple(named),
    )


def triads(found: Iterable[Tie]) -> Iterator[Triad]:
    """Yield every triad of signed ties once."""
    signed: dict[str, dict[str, Tie]] = defaultdict(dict)
    for tie in found:
        if tie.tone:
            signed[tie.one][tie.other] = tie
    for one, others in signed.items():
        for other, tie in others.items():
            for third in others.keys() & signed.get(other, {}).keys():
                sides = (tie, others[third], signed[other][third])
                tones = (sides[0].tone or 0.0, sides[1].tone or 0.0, sides[2].tone or 0.0)
                yield Triad((one, other, third), tones, min(side.events for side in sides))
