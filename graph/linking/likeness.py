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
from functools import cache
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
    table = weights()
    score = table[BIAS] + sum(table.get(name, 0.0) * value for name, value in features(left, right).items())
    return 1 / (1 + math.exp(-score))


@cache
def weights() -> Mapping[str, float]:
    """Return the shipped weights by feature."""
    table = resources.files("graph.linking") / "likeness.csv"
    with table.open(encoding="utf-8") as lines:
        return {row["feature"]: float(row["weight"]) for row in csv.DictReader(lines)}


def features(left: Unit, right: Unit) -> Features:
    """Return what speaks for and against two units being one happening."""
    here, there = key_words.total(left.words), key_words.total(right.words)
    # In the order of the words, which is the same in every process: sums of floats depend on it.
    shared = key_words.total(tuple(word for word in left.words if word in right.words))
    smaller, union = min(here, there), here + there - shared
    initiators, recipients = _sides(left, right)
    return {
        "words: share of the fewer": shared / smaller if smaller else 0.0,
        "words: share of all": shared / union if union else 0.0,
        "words: weight": min(shared, _MOST_WORDS) / 10,
        f"initiators: {initiators}": 1.0,
        f"recipients: {recipients}": 1.0,
        "actors in both": _overlap(_actors(left), _actors(right)),
        "countries in both": _overlap(_bases(left), _bases(right)),
        f"places: {_places(left, right)}": 1.0,
        f"days: {_days(left, right)}": 1.0,
        "days: both told": float(left.firm and right.firm),
        f"modes: {_modes(left, right)}": 1.0,
    }


def _sides(left: Unit, right: Unit) -> tuple[str, str]:
    straight = _agree(left.initiators, right.initiators), _agree(left.recipients, right.recipients)
    if not (left.reciprocal or right.reciprocal):
        return straight
    turned = _agree(left.initiators, right.recipients), _agree(left.recipients, right.initiators)
    level = _LEVELS.index
    return min(straight, turned, key=lambda pair: level(pair[0]) + level(pair[1]))


def _agree(one: Sequence[Party], other: Sequence[Party]) -> str:
    if not one or not other:
        return "one side" if one or other else "nobody"
    if {party.actor for party in one} & {party.actor for party in other}:
        return "actor"
    if {party.group for party in one} & {party.group for party in other}:
        return "group"
    if {party.base for party in one} & {party.base for party in other}:
        return "base"
    return "nothing"


def _actors(unit: Unit) -> set[str]:
    return {party.actor for party in (*unit.initiators, *unit.recipients)}


def _bases(unit: Unit) -> set[str]:
    return {party.base for party in (*unit.initiators, *unit.recipients)}


def _overlap(one: set[str], other: set[str]) -> float:
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
