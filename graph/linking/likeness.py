"""How likely two reports, each with its sentence, tell of one happening: a logistic regression.

What coders say of participants, places and days is often incomplete or a little wrong, and a rule that asks
for all of it finds few of the reports that belong together. So each agreement and contradiction counts
for what it is worth, together with the rare words that the two sentences share. The weights
(``likeness.csv``) are fitted by ``training/fit_linking.py`` on stories told by several outlets, as this
program codes them.
"""

import csv
import math
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from functools import cache, lru_cache
from importlib import resources

from graph.linking import key_words
from graph.linking.sites import site_agreement
from graph.linking.units import Party, Unit

Features = dict[str, float]
"""Name → value; what is not named is 0."""

BIAS = "bias"

SURE = 0.5
"""Probability from which two reports are taken to be one happening: likelier than not. Measured on stories and
articles that the weights were not fitted on: ``docs/accuracy.md``."""

_MOST_WORDS = 30.0
_LEVELS = ("actor", "group", "base", "nobody", "one side", "nothing")
"""How a side of two reports agrees, from best to worst."""


def probability(left: Unit, right: Unit) -> float:
    """Return how likely two units of one block tell of one happening, in (0, 1); the order does not matter."""
    return probability_of(log_odds(left, right))


def probability_of(log_odds: float) -> float:
    """Return the probability of log-odds."""
    return 1 / (1 + math.exp(-log_odds))


def odds_of(probability: float) -> float:
    """Return the log-odds of a probability in (0, 1)."""
    return math.log(probability / (1 - probability))


def log_odds(left: Unit, right: Unit) -> float:
    """Return the logarithm of the odds of that probability."""
    table = weights()
    numbers, names = _compared(left, right)
    odds = table[BIAS]
    for name, value in zip(_NUMBERS, numbers, strict=True):
        odds += table.get(name, 0.0) * value
    for name in names:
        odds += table.get(name, 0.0)
    return odds


@cache
def weights() -> Mapping[str, float]:
    """Return the shipped weights by feature."""
    table = resources.files("graph.linking") / "likeness.csv"
    with table.open(encoding="utf-8") as lines:
        return {row["feature"]: float(row["weight"]) for row in csv.DictReader(lines)}


def features(left: Unit, right: Unit) -> Features:
    """Return what speaks for and against two units being one happening."""
    numbers, names = _compared(left, right)
    return {**dict(zip(_NUMBERS, numbers, strict=True)), **dict.fromkeys(names, 1.0)}


_NUMBERS = (
    "words: share of the fewer",
    "words: share of all",
    "words: weight",
    "actors in both",
    "countries in both",
    "days: both told",
)
"""Features that have a value; of the others one of each kind holds."""


class _Side:
    """One side of a unit, as sets."""

    __slots__ = ("actors", "bases", "groups")

    def __init__(self, parties: Sequence[Party]) -> None:
        self.actors = frozenset([party.actor for party in parties])
        self.groups = frozenset([party.group for party in parties])
        self.bases = frozenset([party.base for party in parties])


class _Seen:
    """What is compared of a unit, made ready once: in a busy week each is compared with hundreds."""

    __slots__ = ("both", "initiators", "recipients", "weight", "words")

    def __init__(self, unit: Unit) -> None:
        self.words = frozenset(unit.words)
        self.weight = key_words.total(unit.words)
        self.initiators = _Side(unit.initiators)
        self.recipients = _Side(unit.recipients)
        self.both = _Side((*unit.initiators, *unit.recipients))


_seen = lru_cache(maxsize=2**15)(_Seen)


def _compared(left: Unit, right: Unit) -> tuple[tuple[float, ...], tuple[str, ...]]:
    """Return the values of ``_NUMBERS``, and the features that hold."""
    one, other = _seen(left), _seen(right)
    shared = 0.0
    if not one.words.isdisjoint(other.words):
        # In the order of the words, which is the same in every process: sums of floats depend on it.
        shared = sum(key_words.weight(word) for word in left.words if word in other.words)
    smaller, union = min(one.weight, other.weight), one.weight + other.weight - shared
    initiators, recipients = _sides(left, right, one, other)
    numbers = (
        shared / smaller if smaller else 0.0,
        shared / union if union else 0.0,
        min(shared, _MOST_WORDS) / 10,
        _overlap(one.both.actors, other.both.actors),
        _overlap(one.both.bases, other.both.bases),
        float(left.firm and right.firm),
    )
    names = (
        f"initiators: {initiators}",
        f"recipients: {recipients}",
        f"places: {_places(left, right)}",
        f"days: {_days(left, right)}",
        f"modes: {_modes(left, right)}",
    )
    return numbers, names


def _sides(left: Unit, right: Unit, one: _Seen, other: _Seen) -> tuple[str, str]:
    straight = _agree(one.initiators, other.initiators), _agree(one.recipients, other.recipients)
    if not (left.reciprocal or right.reciprocal):
        return straight
    turned = _agree(one.initiators, other.recipients), _agree(one.recipients, other.initiators)
    level = _LEVELS.index
    return min(straight, turned, key=lambda pair: level(pair[0]) + level(pair[1]))


def _agree(one: _Side, other: _Side) -> str:
    if not one.actors or not other.actors:
        return "one side" if one.actors or other.actors else "nobody"
    if not one.actors.isdisjoint(other.actors):
        return "actor"
    if not one.groups.isdisjoint(other.groups):
        return "group"
    return "nothing" if one.bases.isdisjoint(other.bases) else "base"


def _overlap(one: AbstractSet[str], other: AbstractSet[str]) -> float:
    return len(one & other) / max(1, min(len(one), len(other)))


def _places(left: Unit, right: Unit) -> str:
    one, other = left.site, right.site
    if one is None or other is None:
        return "none" if one is other else "one told"
    if one.id == other.id:
        return "same"
    if site_agreement(one, other) is not None:
        return "one in the other"
    return "two cities" if one.fine and other.fine else "apart"


def _days(left: Unit, right: Unit) -> str:
    if left.first is None or right.first is None or left.last is None or right.last is None:
        return "none"
    if (left.first, left.last) == (right.first, right.last):
        return "same"
    gap = max(left.first - right.last, right.first - left.last)
    if gap <= 0:
        return "one in the other"
    return str(gap) if gap <= 3 else "far"


def _modes(left: Unit, right: Unit) -> str:
    if left.mode is None or right.mode is None:
        return "not told"
    return "same" if left.mode == right.mode else "other"
