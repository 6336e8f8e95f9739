"""Units of one block, gathered into happenings: the same result whatever the order they came in.

1.  **A day.** The units that tell one and the same day are taken in a fixed order (the most
    specific first, then by publication) and each joins the happening with which it agrees best,
    provided that it agrees with every unit already in it and is likely, on average, to be the same
    as they; a tie between two leaves it apart. No chain can therefore join two acts that contradict
    each other.
2.  **The day after.** Reports that state no day carry their publication day, which is often the day
    after, and a night belongs to two days. A happening joins its counterpart of the day before when
    the two stand alone: no counterpart two days before, none the day after. Where a rule decides
    (``agreement``), the later one must be known only by publication day. Daily shelling stays
    daily. Nothing moves more than one day, so a change reaches two days and no further.
3.  **A range** of up to a month ("earlier this week") joins the one happening inside it with which
    it agrees; if there are two, it stays apart, with the units that tell the very same range.
4.  **No day**: only statements of one text (an article and its copies) are gathered.

A happening is named by its founder, the first published of its dated units.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from graph.linking.agreement import agreement, is_complete, log_odds
from graph.linking.key_words import RARE, shown, weight
from graph.linking.likeness import SURE, odds_of
from graph.linking.units import LONGEST_VAGUE_RANGE, Unit
from graph.model import MentionId

REACH = 2
"""Days around a changed one-day unit whose happenings can change with it (rule 2)."""

MARGIN = 4
"""Days around it that must be known to tell (REACH, and two more for what stands alone)."""


@dataclass(frozen=True, slots=True)
class Membership:
    """The happening that a unit belongs to, named by its founder, and why."""

    founder: MentionId
    reason: str


MOST_COMPARED = 12
"""Units of a happening that another one is compared with: the first in the fixed order."""

MOST_WORDS_SHOWN = 3
"""Words that a reason names, the rarest first."""

_SURE_ODDS = odds_of(SURE)

Strength = tuple[float, int, int]
"""Mean log-odds of being the same, and the strength of the best agreement."""


@dataclass(slots=True)
class _Cluster:
    """Units that agree with each other; ``kinds`` are those that others are compared with."""

    kinds: list[Unit] = field(default_factory=list)
    units: list[Unit] = field(default_factory=list)

    @property
    def soft(self) -> bool:
        return not any(unit.firm for unit in self.units)

    def add(self, unit: Unit) -> None:
        self.units.append(unit)
        if len(self.kinds) < MOST_COMPARED:
            self.kinds.append(unit)

    def admits(self, unit: Unit) -> Strength | None:
        """Return how well the unit agrees when it agrees with all of it."""
        return _together([unit], self.kinds)


def _together(some: Sequence[Unit], others: Sequence[Unit]) -> Strength | None:
    """Return how well units agree with others when all of them do and are likely enough the same."""
    odds = 0.0
    for one in some:
        for other in others:
            found = log_odds(one, other)
            if found is None:
                return None
            odds += found
    mean = odds / (len(some) * len(others))
    if mean < _SURE_ODDS:
        return None
    met = [agreement(one, other) for one in some for other in others]
    best = max(both.strength for both in met if both is not None)
    return (round(mean, 6), *best)


@lru_cache(maxsize=2**15)
def dyads(unit: Unit) -> frozenset[str]:
    """Return keys that two complete units which agree have in common."""
    if not is_complete(unit):
        return frozenset()
    if unit.reciprocal:
        bases = {party.base for party in (*unit.initiators, *unit.recipients)}
        pairs = frozenset({f"{one}>{other}" for one in bases for other in bases if one != other})
        return pairs or frozenset({f"{base}>{base}" for base in bases})
    return frozenset({f"{one.base}>{other.base}" for one in unit.initiators for other in unit.recipients})


def rare_words(unit: Unit) -> frozenset[str]:
    """Return keys that two units which are weighed have in common, or else a pair or a participant."""
    return _rare(unit.words)


@lru_cache(maxsize=16384)
def _rare(words: tuple[str, ...]) -> frozenset[str]:
    return frozenset(f"word {word}" for word in words if weight(word) >= RARE)


def singles(unit: Unit) -> set[str]:
    """Return keys that an incomplete unit has in common with whatever agrees with it."""
    bases = {party.base for party in (*unit.initiators, *unit.recipients)}
    if not bases:
        return {"nobody"}
    return bases


def happenings(
    units: Iterable[Unit], *, undated_origin: Mapping[MentionId, str] | None = None
) -> dict[MentionId, Membership]:
    """Return each unit's happening.

    Args:
        units: Units of one block.
        undated_origin: The origin of each unit without a day; only those of one origin are gathered.
    """
    days: dict[int, list[Unit]] = defaultdict(list)
    ranges: dict[tuple[int, int], list[Unit]] = defaultdict(list)
    undated: dict[str, list[Unit]] = defaultdict(list)
    for unit in units:
        if unit.first is None or unit.last is None:
            undated[(undated_origin or {}).get(unit.mention, unit.mention)].append(unit)
        elif unit.one_day:
            days[unit.first].append(unit)
        else:
            ranges[unit.first, unit.last].append(unit)
    result: dict[MentionId, Membership] = {}
    cores = _cores(days)
    by_key = _by_key([core for per_day in cores.values() for core in per_day])
    for core in {id(core): core for per_day in cores.values() for core in per_day}.values():
        _enter(result, core.units)
    for (first, last), members in sorted(ranges.items()):
        alone: list[Unit] = []
        for unit in members:
            inside = _only_core(unit, by_key) if last - first < LONGEST_VAGUE_RANGE else None
            if inside is None:
                alone.append(unit)
            else:
                founder = min(inside.units, key=lambda u: u.rank)
                result[unit.mention] = Membership(founder.mention, explain(unit, founder))
        for cluster in _gather(alone):
            _enter(result, cluster.units)
    for _, members in sorted(undated.items()):
        for cluster in _gather(members):
            _enter(result, cluster.units)
    return result


def explain(unit: Unit, founder: Unit) -> str:
    """Say why a unit belongs to the happening that the founder names."""
    if unit.mention == founder.mention:
        return f"first to tell it: {unit.type}, {_told_day(unit)}"
    found = agreement(unit, founder)
    parts = [f"same type {unit.type}"]
    if found is not None and found.actors:
        *head, tail = found.actors
        parts.append(f"both {', '.join(head)} and {tail}" if head else f"both {tail}")
    parts.append(_agreed_day(unit, founder))
    if found is not None and found.place is not None:
        parts.append(f"place {found.place}")
    if found is not None and found.weighed:
        words = sorted(set(unit.words) & set(founder.words), key=lambda word: (-weight(word), word))
        if words:
            parts.append(f"words in both: {', '.join(map(shown, words[:MOST_WORDS_SHOWN]))}")
        parts.append(f"{100 * found.probability:.0f} % likely the same")
    return "; ".join(parts)


def _enter(result: dict[MentionId, Membership], units: Sequence[Unit]) -> None:
    founder = min(units, key=lambda unit: unit.rank)
    for unit in units:
        result[unit.mention] = Membership(founder.mention, explain(unit, founder))


def _day(ordinal: int | None) -> str:
    return "no day" if ordinal is None else date.fromordinal(ordinal).isoformat()


def _told_day(unit: Unit) -> str:
    if unit.first is None:
        return "no day told"
    if not unit.one_day:
        return f"{_day(unit.first)} to {_day(unit.last)}"
    return f"day {_day(unit.first)}" + ("" if unit.firm else " (publication)")


def _agreed_day(unit: Unit, founder: Unit) -> str:
    if unit.first is None:
        return "same text, no day told"
    if unit.first == founder.first and unit.last == founder.last:
        return _told_day(founder if unit.firm else unit)
    if not unit.one_day:
        return f"{_told_day(founder)} within {_day(unit.first)} to {_day(unit.last)}"
    early, late = sorted((unit, founder), key=lambda u: u.first or 0)
    return f"{_told_day(early)}, reported {_day(late.first)}"


def _specificity(unit: Unit) -> tuple[bool, int, bool, str]:
    site = unit.site
    return (
        not is_complete(unit),
        2 if site is None else 0 if site.fine else 1,
        not unit.firm,
        unit.rank,
    )


def _gather(units: Sequence[Unit]) -> list[_Cluster]:
    """Cluster units of one day or range (rule 1)."""
    clusters: list[_Cluster] = []
    index: dict[str, list[int]] = defaultdict(list)
    twins: dict[object, int] = {}
    for unit in sorted(units, key=_specificity):
        kind = (unit.initiators, unit.recipients, unit.reciprocal, unit.site)
        alike = unit.record is None and not unit.words
        if alike and kind in twins:
            clusters[twins[kind]].units.append(unit)
            continue
        complete = is_complete(unit)
        own = (dyads(unit) if complete else singles(unit)) | rare_words(unit)
        candidates = sorted({number for key in own for number in index[key]})
        chosen = _best(unit, clusters, candidates)
        if chosen is None:
            chosen = len(clusters)
            clusters.append(_Cluster())
        clusters[chosen].add(unit)
        for key in own | singles(unit) if complete else own:
            if chosen not in index[key]:
                index[key].append(chosen)
        if alike and agreement(unit, unit) is not None:
            twins[kind] = chosen
    return clusters


def _best(unit: Unit, clusters: Sequence[_Cluster], candidates: Iterable[int]) -> int | None:
    best: int | None = None
    strength: Strength | None = None
    tie = False
    for number in candidates:
        found = clusters[number].admits(unit)
        if found is None:
            continue
        if strength is None or found > strength:
            best, strength, tie = number, found, False
        elif found == strength:
            tie = True
    return None if tie else best


def _cores(days: Mapping[int, Sequence[Unit]]) -> dict[int, list[_Cluster]]:
    """Cluster each day, then join lone neighbours (rules 1 and 2)."""
    clustered = {day: _gather(units) for day, units in sorted(days.items())}
    after: dict[int, list[_Cluster]] = defaultdict(list)
    before: dict[int, list[_Cluster]] = defaultdict(list)
    for day, clusters in clustered.items():
        for early, late in _counterparts(clusters, clustered.get(day + 1, [])):
            after[id(early)].append(late)
            before[id(late)].append(early)
    joined: dict[int, _Cluster] = {}
    for clusters in clustered.values():
        for early in clusters:
            lates = after[id(early)]
            if len(lates) != 1 or before[id(early)]:
                continue
            late = lates[0]
            if len(before[id(late)]) == 1 and not after[id(late)]:
                kinds = [*early.kinds, *late.kinds]
                both = _Cluster(kinds[:MOST_COMPARED], [*early.units, *late.units])
                joined[id(early)] = joined[id(late)] = both
    return {day: [joined.get(id(c), c) for c in clusters] for day, clusters in clustered.items()}


def _counterparts(early: Sequence[_Cluster], late: Sequence[_Cluster]) -> Iterator[tuple[_Cluster, _Cluster]]:
    """Yield the pairs of clusters all of whose units agree with each other.

    Where the rule decides, all must tell both sides, and the later cluster no day of its own.
    """
    index = _by_key(early)
    for cluster in late:
        for candidate in _sharing(cluster.kinds, index):
            kinds = (*candidate.kinds, *cluster.kinds)
            weighed = all(kind.words for kind in kinds)
            if not weighed and not (cluster.soft and all(is_complete(kind) for kind in kinds)):
                continue
            if _together(candidate.kinds, cluster.kinds) is not None:
                yield candidate, cluster


def _by_key(clusters: Iterable[_Cluster]) -> dict[str, dict[int, _Cluster]]:
    index: dict[str, dict[int, _Cluster]] = defaultdict(dict)
    for cluster in clusters:
        for kind in cluster.kinds:
            for key in dyads(kind) | rare_words(kind):
                index[key][id(cluster)] = cluster
    return index


def _sharing(kinds: Iterable[Unit], index: Mapping[str, Mapping[int, _Cluster]]) -> list[_Cluster]:
    found: dict[int, _Cluster] = {}
    for kind in kinds:
        for key in sorted(dyads(kind) | rare_words(kind)):
            found.update(index.get(key, {}))
    return list(found.values())


def _only_core(unit: Unit, index: Mapping[str, Mapping[int, _Cluster]]) -> _Cluster | None:
    """Return the one happening within a unit's range that it agrees with (rule 3)."""
    if unit.first is None or unit.last is None or not (unit.words or is_complete(unit)):
        return None
    inside = [
        core
        for core in _sharing([unit], index)
        if any(u.first is not None and unit.first <= u.first <= unit.last for u in core.units)
        and core.admits(unit) is not None
    ]
    return inside[0] if len(inside) == 1 else None
