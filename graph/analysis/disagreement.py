"""Where the origins of one event tell it differently, and who says what. Nothing is arbitrated."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from graph.model import DateRange, DayBasis, EventMention, MentionId, Place, Precision, Quantity
from graph.store.base import GraphStore

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Version:
    """One of the ways in which a field is told.

    Attributes:
        value: For people: ``2022-01-13``, ``Kharkiv``, ``12``, ``10-15``, ``RUS, BLR``.
        origins: The independent texts that tell it so.
        publishers: The outlets that print it so, by name.
        mention_ids: The statements themselves.
    """

    value: str
    origins: tuple[str, ...]
    publishers: tuple[str, ...]
    mention_ids: tuple[MentionId, ...]


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A field of an event that its origins tell differently.

    Attributes:
        field: ``day``, ``place``, ``mode``, ``initiators``, ``recipients``, or the name of a quantity
            (``killed``).
        versions: At least two, those of most origins first.
    """

    field: str
    versions: tuple[Version, ...]


@dataclass(frozen=True, slots=True)
class Voice:
    """A mention with who tells it."""

    mention: EventMention
    origin: str
    publisher: str | None


def disagreements(store: GraphStore, event_id: str) -> list[Disagreement]:
    """Return the fields that the origins of an event tell differently; empty for an unknown event."""
    voices = []
    publishers: dict[str, str | None] = {}
    origins: dict[str, str] = {}
    for mention in store.mentions(event_id):
        article = mention.article_id
        if article not in origins:
            origins[article] = store.origin_of(article) or article
            coded = store.article(article)
            publishers[article] = None if coded is None else coded.article.publisher
        voices.append(Voice(mention, origins[article], publishers[article]))
    named = [voice.mention.place for voice in voices if voice.mention.place is not None]
    places: dict[int, Place] = {place.id: place for place in store.places(named)}
    return told_differently(voices, places)


def told_differently(voices: Sequence[Voice], places: Mapping[int, Place]) -> list[Disagreement]:
    """Return the fields that are told differently by at least two origins.

    Vaguer is not different: a range that holds the day, a country that holds the city, "dozens" that
    may be the number, some of the initiators without the others. Publication days tell no day.

    Args:
        voices: The mentions of one event, the best first.
        places: The places that they name.
    """
    sides = (("initiators", _initiators), ("recipients", _recipients))
    kinds = sorted({quantity.what for voice in voices for quantity in voice.mention.quantities})
    found = [
        _disagreement("day", voices, _told_day, lambda day: day.edtf, DateRange.overlaps),
        _disagreement(
            "place",
            voices,
            lambda mention: None if mention.place is None else places.get(mention.place),
            lambda place: place.name,
            _places_agree,
        ),
        _disagreement("mode", voices, lambda mention: mention.mode, str, lambda one, other: one == other),
        *(
            _disagreement(field, voices, side, lambda actors: ", ".join(sorted(actors)), _sides_agree)
            for field, side in sides
        ),
        *(_disagreement(what, voices, _quantity(what), _shown, _quantities_agree) for what in kinds),
    ]
    return [one for one in found if one is not None]


def _disagreement(
    field: str,
    voices: Iterable[Voice],
    read: Callable[[EventMention], Value | None],
    show: Callable[[Value], str],
    agree: Callable[[Value, Value], bool],
) -> Disagreement | None:
    """Return how a field is told when at least two origins contradict each other, else ``None``."""
    values: dict[str, Value] = {}
    tellers: dict[str, list[Voice]] = defaultdict(list)
    for voice in voices:
        value = read(voice.mention)
        if value is None:
            continue
        label = show(value)
        values.setdefault(label, value)
        tellers[label].append(voice)
    origins = {label: {voice.origin for voice in told} for label, told in tellers.items()}
    versions = [
        Version(
            value=label,
            origins=tuple(sorted(origins[label])),
            publishers=tuple(sorted({v.publisher for v in tellers[label] if v.publisher is not None})),
            mention_ids=tuple(v.mention.id for v in tellers[label]),
        )
        for label, value in values.items()
        if any(not agree(value, values[o]) and origins[label] != origins[o] for o in values if o != label)
    ]
    versions.sort(key=lambda version: (-len(version.origins), version.value))
    return Disagreement(field, tuple(versions)) if versions else None


def _told_day(mention: EventMention) -> DateRange | None:
    day = mention.day
    return None if day is None or day.basis is DayBasis.PUBLICATION else day


def _places_agree(one: Place, other: Place) -> bool:
    if one.id == other.id or Precision.UNKNOWN in (one.precision, other.precision):
        return True
    if one.country != other.country:
        return False
    if Precision.COUNTRY in (one.precision, other.precision):
        return True
    divisions = [place for place in (one, other) if place.precision is Precision.ADMIN1]
    if len(divisions) == 1:
        inner = other if divisions[0] is one else one
        return inner.admin1 in (divisions[0].name, divisions[0].admin1)
    return False


def _initiators(mention: EventMention) -> frozenset[str] | None:
    # An act of both sides to each other is compared as one set.
    told = (*mention.initiators, *mention.recipients) if mention.reciprocal else mention.initiators
    return frozenset(participant.actor for participant in told) or None


def _recipients(mention: EventMention) -> frozenset[str] | None:
    if mention.reciprocal:
        return None
    return frozenset(participant.actor for participant in mention.recipients) or None


def _sides_agree(one: frozenset[str], other: frozenset[str]) -> bool:
    return one <= other or other <= one


def _quantity(what: str) -> Callable[[EventMention], Quantity | None]:
    return lambda mention: next((q for q in mention.quantities if q.what == what), None)


def _quantities_agree(one: Quantity, other: Quantity) -> bool:
    return one.low <= other.high and other.low <= one.high


def _shown(quantity: Quantity) -> str:
    low, high = f"{quantity.low:.15g}", f"{quantity.high:.15g}"
    return low if low == high else f"{low}-{high}"
