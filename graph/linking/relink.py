"""After a change: which units to look at again, and which happening each belongs to now.

A store tells what changed and answers four questions about its units; everything else is decided
here, so that every backend links alike. Work is bounded by what is near a change: the days around it
and, on those days, the units that share participants with it.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Protocol

from graph.linking.agreement import is_complete
from graph.linking.happenings import MARGIN, REACH, Membership, dyads, happenings, rare_words, singles
from graph.linking.units import LONGEST_VAGUE_RANGE, Unit
from graph.model import MentionId


@dataclass(frozen=True, slots=True)
class Change:
    """A unit that came, went, or changed (then both its old and its new state are changes)."""

    block: str
    unit: Unit
    origin: str


class Neighbourhood(Protocol):
    """What a store answers about the units of one block (see ``units.block_of``); any order."""

    def one_day(self, block: str, first: int, last: int) -> Iterable[Unit]:
        """Return the units that tell a single day in [first, last]."""

    def ranges_touching(self, block: str, first: int, last: int) -> Iterable[Unit]:
        """Return the units that tell 2 to ``LONGEST_VAGUE_RANGE`` days, any of them in [first, last]."""

    def same_range(self, block: str, first: int, last: int) -> Iterable[Unit]:
        """Return the units that tell exactly the days from first to last, first < last."""

    def undated(self, block: str, origin: str) -> Iterable[Unit]:
        """Return the units of one origin that tell no day."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """Units of one block near some changes: all that decides what these and their neighbours belong to.

    Attributes:
        units: The units.
        changed: Those that came, went or changed; empty for units without a day.
        touched: Spans of days on which happenings can have changed.
        origin: The origin of units without a day; ``None`` for units with one.
    """

    units: Sequence[Unit]
    changed: Sequence[Unit] = ()
    touched: Sequence[tuple[int, int]] = ()
    origin: str | None = None


def relink(changes: Iterable[Change], near: Neighbourhood) -> dict[MentionId, Membership]:
    """Return the happening of every unit whose happening can have changed, changed or not."""
    return decide(gather(changes, near))


def gather(changes: Iterable[Change], near: Neighbourhood) -> list[Surroundings]:
    """Ask for all that ``decide`` needs to know about some changes."""
    by_block: dict[str, list[Change]] = defaultdict(list)
    for change in changes:
        by_block[change.block].append(change)
    found: list[Surroundings] = []
    for block, members in sorted(by_block.items()):
        found.append(_gather_dated(block, [c for c in members if c.unit.first is not None], near))
        for origin in sorted({c.origin for c in members if c.unit.first is None}):
            found.append(Surroundings(list(near.undated(block, origin)), origin=origin))
    return found


def decide(gathered: Iterable[Surroundings]) -> dict[MentionId, Membership]:
    """Return the happening of every unit whose happening can have changed, changed or not."""
    result: dict[MentionId, Membership] = {}
    for some in gathered:
        if some.origin is not None:
            result.update(
                happenings(some.units, undated_origin={unit.mention: some.origin for unit in some.units})
            )
        else:
            result.update(_decide_dated(some))
    return result


def _gather_dated(block: str, changes: Sequence[Change], near: Neighbourhood) -> Surroundings:
    days: set[int] = set()
    ranges: set[tuple[int, int]] = set()
    for change in changes:
        first, last = change.unit.first, change.unit.last
        if first is None or last is None:
            continue
        if first == last:
            days.add(first)
        else:
            ranges.add((first, last))
    touched = _merge([(day - REACH, day + REACH) for day in days])
    loaded: dict[MentionId, Unit] = {}
    for first, last in touched:
        for unit in near.ranges_touching(block, first, last):
            if unit.first is not None and unit.last is not None:
                ranges.add((unit.first, unit.last))
    for first, last in sorted(ranges):
        loaded.update((unit.mention, unit) for unit in near.same_range(block, first, last))
    wanted = [(day - MARGIN, day + MARGIN) for day in days]
    wanted += [(f - MARGIN, t + MARGIN) for f, t in ranges if t - f < LONGEST_VAGUE_RANGE]
    for first, last in _merge(wanted):
        loaded.update((unit.mention, unit) for unit in near.one_day(block, first, last))
    return Surroundings(list(loaded.values()), [change.unit for change in changes], touched)


def _decide_dated(some: Surroundings) -> dict[MentionId, Membership]:
    connected = _connected(some.units, some.changed)
    memberships = happenings(connected)
    answer: dict[MentionId, Membership] = {}
    for unit in connected:
        if unit.first is None or unit.last is None:
            continue
        near_change = any(first <= unit.first <= last for first, last in some.touched)
        if not unit.one_day or near_change:
            answer[unit.mention] = memberships[unit.mention]
    return answer


def _merge(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the union of spans as disjoint spans in order."""
    merged: list[tuple[int, int]] = []
    for first, last in sorted(spans):
        if merged and first <= merged[-1][1] + 1:
            merged[-1] = (merged[-1][0], max(last, merged[-1][1]))
        else:
            merged.append((first, last))
    return merged


def _connected(units: Sequence[Unit], start: Sequence[Unit]) -> list[Unit]:
    """Return the units that share participants with the start, directly or through others.

    Complete units lead to each other by both sides together (``RUS>UKR``), to and from incomplete ones
    by a single participant; two complete units that share one participant only do not meet.
    """
    index: dict[str, list[int]] = defaultdict(list)
    for number, unit in enumerate(units):
        for key in _heard(unit):
            index[key].append(number)
    pending = {key for unit in start for key in _told(unit)}
    known = set(pending)
    seen: set[int] = set()
    while pending:
        for number in index.get(pending.pop(), ()):
            if number not in seen:
                seen.add(number)
                new = _told(units[number]) - known
                known |= new
                pending |= new
    return [units[number] for number in sorted(seen)]


def _told(unit: Unit) -> AbstractSet[str]:
    if is_complete(unit):
        return dyads(unit) | rare_words(unit) | {f"complete {key}" for key in singles(unit)}
    return rare_words(unit) | {f"incomplete {key}" for key in singles(unit)}


def _heard(unit: Unit) -> AbstractSet[str]:
    incomplete = {f"incomplete {key}" for key in singles(unit)}
    if is_complete(unit):
        return dyads(unit) | rare_words(unit) | incomplete
    return rare_words(unit) | incomplete | {f"complete {key}" for key in singles(unit)}
