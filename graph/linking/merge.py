"""One actor or place out of the descriptions that many articles give of it.

The result depends on the set of descriptions only, neither on their order nor on how often each is
given.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from statistics import mean
from typing import TypeVar

from graph.model import Actor, ActorId, ActorKind, Place, Precision

Value = TypeVar("Value")
Thing = TypeVar("Thing")


def merged_actor(variants: Sequence[Actor]) -> Actor:
    """Return the actor that the descriptions, at least one and all of one id, describe together.

    Each field is what most descriptions that tell it say; aliases are those of all, by alphabet, with
    the names that were not chosen.
    """
    name = _most(variants, lambda actor: actor.name if actor.name != actor.id else None) or variants[0].name
    lines: dict[str, list[int]] = {}
    for actor in variants:
        for position, sector in enumerate(actor.sectors):
            lines.setdefault(sector, []).append(position)
    names = {alias for actor in variants for alias in (actor.name, *actor.aliases)}
    return Actor(
        id=variants[0].id,
        name=name,
        kind=_most(variants, lambda actor: actor.kind if actor.kind is not ActorKind.UNKNOWN else None)
        or ActorKind.UNKNOWN,
        country=_most(variants, lambda actor: actor.country),
        international=_most(variants, lambda actor: actor.international),
        sectors=tuple(
            sorted(lines, key=lambda sector: (-lines[sector].count(0), mean(lines[sector]), sector))
        ),
        aliases=tuple(sorted(names - {name, variants[0].id})),
        same_as=tuple(sorted({iri for actor in variants for iri in actor.same_as})),
    )


def judged_same(id: str, judged: Sequence[Actor]) -> Actor:
    """Return the actor that several, at least one, are shown as when they are judged the same.

    Args:
        id: The id that they are shown under.
        judged: The actors, first the one that stands for all. Its own name, kind, country, body and sectors go
            before those of the others, whose names become its aliases.
    """
    own, *others = judged
    if not others:
        return own
    together = merged_actor(judged)
    names = {name for actor in judged for name in (actor.name, *actor.aliases)} - {own.name}
    return Actor(
        id=ActorId(id),
        name=own.name,
        kind=own.kind,
        country=own.country or together.country,
        international=own.international or together.international,
        sectors=own.sectors or together.sectors,
        aliases=tuple(sorted(names)),
        same_as=together.same_as,
    )


def merged_place(variants: Sequence[Place]) -> Place:
    """Return the place that the descriptions, at least one and all of one id, describe together."""
    return min(variants, key=_place_order)


def _place_order(place: Place) -> tuple[int, str, str, str, float, float]:
    level = list(Precision).index(place.precision)
    return (
        level,
        place.name,
        place.country or "~",
        place.admin1 or "~",
        place.latitude or 0.0,
        place.longitude or 0.0,
    )


def _most(things: Iterable[Thing], field: Callable[[Thing], Value | None]) -> Value | None:
    """Return the value that most things have; of equals the least by its text."""
    votes = Counter(value for thing in things if (value := field(thing)) is not None)
    return min(votes, key=lambda value: (-votes[value], str(value)), default=None)
