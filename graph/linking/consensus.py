"""The mentions of one event → its fields: what most origins tell, ties settled the same way always.

A wire story in fifty papers has one voice. Within an origin the best mention that tells a field
speaks for it.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeVar

from graph.model import (
    ActorId,
    DateRange,
    DayBasis,
    EventMention,
    MentionId,
    Modality,
    Participant,
    Place,
    PlaceId,
    Precision,
)

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Told:
    """A mention and who tells it.

    Attributes:
        rank: See ``units.rank_of``.
        quote: The sentence, or ``""``.
        bases: For each actor it names, its country or, without one, itself (``units.Party.base``).
    """

    mention: EventMention
    origin: str
    publisher: str | None
    published: datetime | None
    rank: str
    quote: str
    bases: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Consensus:
    """The fields of an event that its mentions decide; see ``graph.model.Event``."""

    type: str
    mode: str | None
    modality: Modality
    reciprocal: bool
    initiators: tuple[ActorId, ...]
    recipients: tuple[ActorId, ...]
    day: DateRange | None
    place: PlaceId | None
    article_count: int
    publisher_count: int
    origin_count: int
    score: float
    quote: str
    first_reported: datetime | None
    mention_ids: tuple[MentionId, ...]


def consensus(told: Sequence[Told], places: Mapping[int, Place]) -> Consensus:
    """Return what most origins tell.

    Args:
        told: The mentions of one event, at least one.
        places: The places they name.

    Raises:
        ValueError: If there is no mention.
    """
    if not told:
        raise ValueError("an event has at least one mention")
    return _of_one(told[0]) if len(told) == 1 else _of_several(told, places)


def _of_one(told: Told) -> Consensus:
    """Return what a single mention tells: most events have no more, and there is nothing to weigh."""
    mention = told.mention
    initiators, recipients = (
        tuple(dict.fromkeys(p.actor for p in side)) for side in (mention.initiators, mention.recipients)
    )
    if mention.reciprocal:
        both = {mention.id: (mention.initiators, mention.recipients)}
        initiators, recipients = _apart(initiators, recipients, [[told]], both)
    return Consensus(
        type=mention.type,
        mode=mention.mode,
        modality=mention.modality,
        reciprocal=mention.reciprocal,
        initiators=initiators,
        recipients=recipients,
        day=mention.day,
        place=mention.place,
        article_count=1,
        publisher_count=int(told.publisher is not None),
        origin_count=1,
        score=mention.score,
        quote=told.quote,
        first_reported=told.published,
        mention_ids=(mention.id,),
    )


def _of_several(told: Sequence[Told], places: Mapping[int, Place]) -> Consensus:
    best_first = sorted(told, key=lambda t: (-t.mention.score, t.rank))
    by_origin: dict[str, list[Told]] = defaultdict(list)
    for one in best_first:
        by_origin[one.origin].append(one)
    voices = [by_origin[origin] for origin in sorted(by_origin, key=lambda o: by_origin[o][0].rank)]
    best = best_first[0]
    sides = _oriented(best_first)
    reciprocal = bool(_most(voices, lambda m: m.reciprocal))
    initiators = _actors(voices, {key: pair[0] for key, pair in sides.items()})
    recipients = _actors(voices, {key: pair[1] for key, pair in sides.items()})
    if reciprocal:
        initiators, recipients = _apart(initiators, recipients, voices, sides)
    return Consensus(
        type=best.mention.type,
        mode=_most(voices, lambda m: m.mode),
        modality=_most(voices, lambda m: m.modality) or best.mention.modality,
        reciprocal=reciprocal,
        initiators=initiators,
        recipients=recipients,
        day=_day(voices),
        place=_place(voices, places),
        article_count=len({one.mention.article_id for one in told}),
        publisher_count=len({one.publisher for one in told if one.publisher is not None}),
        origin_count=len(by_origin),
        score=best.mention.score,
        quote=best.quote,
        first_reported=min((one.published for one in told if one.published is not None), default=None),
        mention_ids=tuple(one.mention.id for one in best_first),
    )


def _most(voices: Iterable[Sequence[Told]], read: Callable[[EventMention], Value | None]) -> Value | None:
    """Return the value that most origins tell; of equals, that of the best mention, then the first told."""
    votes: Counter[Value] = Counter()
    weight: dict[Value, tuple[float, str]] = {}
    for voice in voices:
        speaking = next((one for one in voice if read(one.mention) is not None), None)
        if speaking is None:
            continue
        value = read(speaking.mention)
        assert value is not None
        votes[value] += 1
        own = (-speaking.mention.score, speaking.rank)
        weight[value] = min(weight.get(value, own), own)
    return min(votes, key=lambda value: (-votes[value], weight[value]), default=None)


def _oriented(
    best_first: Sequence[Told],
) -> dict[MentionId, tuple[tuple[Participant, ...], tuple[Participant, ...]]]:
    """Return each mention's two sides; an act of both sides is turned to face as the best mention does."""

    def bases(one: Told, side: Sequence[Participant]) -> set[str]:
        return {one.bases.get(p.actor, p.actor) for p in side}

    reference = best_first[0].mention
    left = bases(best_first[0], reference.initiators)
    right = bases(best_first[0], reference.recipients)
    result = {}
    for one in best_first:
        mention = one.mention
        initiators, recipients = mention.initiators, mention.recipients
        if mention.reciprocal or reference.reciprocal:
            straight = len(bases(one, initiators) & left) + len(bases(one, recipients) & right)
            turned = len(bases(one, initiators) & right) + len(bases(one, recipients) & left)
            if turned > straight:
                initiators, recipients = recipients, initiators
        result[mention.id] = (initiators, recipients)
    return result


def _actors(
    voices: Sequence[Sequence[Told]], side: Mapping[MentionId, Sequence[Participant]]
) -> tuple[ActorId, ...]:
    """Return who stands on this side for more than half of the origins that tell it.

    "Russia", "the Kremlin" and "Russian troops" are one voice for Russia, which then goes by the name that
    most give it. Where no party has so many, the first of the actors with most origins speaks.
    """
    tellers = [
        teller
        for voice in voices
        if (teller := next((one for one in voice if side[one.mention.id]), None)) is not None
    ]
    votes: Counter[ActorId] = Counter()
    parties: Counter[str] = Counter()
    place_in_line: dict[ActorId, tuple[str, int]] = {}
    members: dict[str, set[ActorId]] = defaultdict(set)
    for teller in tellers:
        actors = tuple(dict.fromkeys(p.actor for p in side[teller.mention.id]))
        votes.update(actors)
        parties.update({teller.bases.get(actor, actor) for actor in actors})
        for position, actor in enumerate(actors):
            members[teller.bases.get(actor, actor)].add(actor)
            own = (teller.rank, position)
            place_in_line[actor] = min(place_in_line.get(actor, own), own)
    if not tellers:
        return ()
    chosen: list[ActorId] = []
    for party, number in parties.items():
        if number > len(tellers) / 2:
            most = max(votes[actor] for actor in members[party])
            told = [actor for actor in members[party] if votes[actor] == most]
            several = most > len(tellers) / 2
            chosen += told if several else [min(told, key=lambda actor: place_in_line[actor])]
    if not chosen:
        most = max(votes.values())
        first = min((actor for actor in votes if votes[actor] == most), key=lambda a: place_in_line[a])
        speaking = next(one for one in tellers if any(p.actor == first for p in side[one.mention.id]))
        chosen = [p.actor for p in side[speaking.mention.id] if votes[p.actor] == most]
    return tuple(sorted(set(chosen), key=lambda actor: (-votes[actor], place_in_line[actor])))


def _apart(
    initiators: tuple[ActorId, ...],
    recipients: tuple[ActorId, ...],
    voices: Sequence[Sequence[Told]],
    sides: Mapping[MentionId, tuple[Sequence[Participant], Sequence[Participant]]],
) -> tuple[tuple[ActorId, ...], tuple[ActorId, ...]]:
    """Return the two sides of an act of both so that no party stands on both, where anybody tells it so."""
    bases: dict[str, str] = {}
    for voice in voices:
        for one in voice:
            bases.update(one.bases)

    def without(actors: Iterable[ActorId], others: Iterable[ActorId]) -> tuple[ActorId, ...]:
        there = {bases.get(other, other) for other in others}
        return tuple(actor for actor in actors if bases.get(actor, actor) not in there)

    def told_besides(side: int, others: Iterable[ActorId]) -> tuple[ActorId, ...]:
        rest = {}
        for id, pair in sides.items():
            kept = without((p.actor for p in pair[side]), others)
            rest[id] = [p for p in pair[side] if p.actor in kept]
        return _actors(voices, rest)

    if fewer := without(recipients, initiators):
        return initiators, fewer
    if fewer := without(initiators, recipients):
        return fewer, recipients
    if found := told_besides(1, initiators):
        return initiators, found
    if found := told_besides(0, recipients):
        return found, recipients
    return initiators, recipients


def _day(voices: Sequence[Sequence[Told]]) -> DateRange | None:
    """Return the narrowest range that most origins agree on; a told day outdoes a publication day.

    An origin agrees with a range when one that it tells covers it.
    """
    told: list[tuple[Told, DateRange]] = []
    for voice in voices:
        dated = [(one, one.mention.day) for one in voice if one.mention.day is not None]
        stated = [(one, day) for one, day in dated if day.basis is not DayBasis.PUBLICATION]
        told.extend((stated or dated)[:1])
    if any(day.basis is not DayBasis.PUBLICATION for _, day in told):
        told = [(one, day) for one, day in told if day.basis is not DayBasis.PUBLICATION]
    if not told:
        return None

    def order(item: tuple[Told, DateRange]) -> tuple[int, int, int, bool, float, str]:
        one, day = item
        covered = sum(other.first <= day.first and day.last <= other.last for _, other in told)
        equal = sum((other.first, other.last) == (day.first, day.last) for _, other in told)
        stated = day.basis is DayBasis.STATED
        length = (day.last - day.first).days
        return (-covered, length, -equal, not stated, -one.mention.score, one.rank)

    return min(told, key=order)[1]


def _place(voices: Sequence[Sequence[Told]], places: Mapping[int, Place]) -> PlaceId | None:
    """Return the finest place that most origins agree on: a city's origins agree with its country's."""
    told: list[tuple[Told, PlaceId]] = []
    for voice in voices:
        one = next((one for one in voice if one.mention.place is not None), None)
        if one is not None and one.mention.place is not None:
            told.append((one, one.mention.place))
    if not told:
        return None
    fineness = {precision: number for number, precision in enumerate(Precision)}

    def order(item: tuple[Told, PlaceId]) -> tuple[int, int, int, float, str]:
        one, place = item
        known = places.get(place)
        support = sum(other == place or _covers(places.get(other), known) for _, other in told)
        equal = sum(other == place for _, other in told)
        level = fineness[known.precision] if known is not None else len(fineness)
        return (-support, level, -equal, -one.mention.score, one.rank)

    return min(told, key=order)[1]


def _covers(outer: Place | None, inner: Place | None) -> bool:
    """Tell whether a country or first-order division holds another place."""
    if outer is None or inner is None or outer.country is None or outer.country != inner.country:
        return False
    if outer.precision is Precision.COUNTRY:
        return inner.precision is not Precision.COUNTRY
    if outer.precision is Precision.ADMIN1:
        finer = inner.precision in (Precision.EXACT, Precision.CITY, Precision.ADMIN2)
        return finer and inner.admin1 in (outer.name, outer.admin1)
    return False
