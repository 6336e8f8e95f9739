"""When two units can tell of one happening, whatever their days, and in which words to say so.

Both sides must agree, by actor or by party: "Russia", "the Kremlin" and "Russian troops" are one
party; a country as such that is acted upon stands for any of its people. An act of both sides to
each other agrees in either direction; two of them agree when two of their parties are the same. When
one of the two does not tell a side, the other side must agree and both must tell places that agree.
Two different cities contradict each other; a city and its province or country do not.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from graph.linking.units import Party, Site, Unit
from graph.model import Precision

NEAR_KILOMETRES = 10.0
"""An exact site this near to a city is taken to lie in it: an airport, a suburb, a crossing."""


@dataclass(frozen=True, slots=True)
class Agreement:
    """What two units agree in.

    Attributes:
        actors: The participants told by both, as ``RUS`` or ``RUS-MIL as RUS``.
        exact: How many of them have the same actor id in both.
        place: Name of the finer place when both tell one, else ``None``.
        place_score: 2 for the same place, or no place in both; 1 for one within the other; 0 when
            only one tells.
    """

    actors: tuple[str, ...]
    exact: int
    place: str | None
    place_score: int

    @property
    def strength(self) -> tuple[int, int]:
        """Sorts agreements, the stronger the greater."""
        return self.exact, self.place_score


def agreement(left: Unit, right: Unit) -> Agreement | None:
    """Return what two units of one block agree in, or ``None`` when they cannot be one happening.

    Two records of one dataset never are: the dataset holds them apart.
    """
    if left.record is not None and left.record == right.record:
        return None
    sites = _site_agreement(left.site, right.site)
    if sites is None:
        return None
    place, place_score, both_told = sites
    shared = _sides(left, right)
    if shared is None:
        return None
    complete = is_complete(left) and is_complete(right)
    if not complete and not _may_lack_a_side(left, right, both_told):
        return None
    actors = tuple(dict.fromkeys(label for label, _ in shared))
    return Agreement(actors, sum(exact for _, exact in shared), place, place_score)


def is_complete(unit: Unit) -> bool:
    """Tell whether both sides of the act are told."""
    if unit.reciprocal:
        return len({party.base for party in (*unit.initiators, *unit.recipients)}) > 1 or (
            bool(unit.initiators) and bool(unit.recipients)
        )
    return bool(unit.initiators) and bool(unit.recipients)


def _may_lack_a_side(left: Unit, right: Unit, both_told: bool) -> bool:
    if both_told:
        nobody = not (left.initiators or left.recipients)
        return not nobody or (left.site is not None and left.site.fine)
    same_gap = bool(left.initiators) == bool(right.initiators) and bool(left.recipients) == bool(
        right.recipients
    )
    somebody = bool(left.initiators or left.recipients)
    return same_gap and somebody and left.site is None and right.site is None


def _sides(left: Unit, right: Unit) -> list[tuple[str, bool]] | None:
    if left.reciprocal and right.reciprocal:
        together = _shared(
            (*left.initiators, *left.recipients), (*right.initiators, *right.recipients), loose=True
        )
        if not (is_complete(left) and is_complete(right)):
            return together or None
        return together if len(together) > 1 else None
    direct = _directed(left.initiators, left.recipients, right.initiators, right.recipients)
    if direct is None and (left.reciprocal or right.reciprocal):
        return _directed(left.recipients, left.initiators, right.initiators, right.recipients)
    return direct


def _directed(
    left_initiators: Sequence[Party],
    left_recipients: Sequence[Party],
    right_initiators: Sequence[Party],
    right_recipients: Sequence[Party],
) -> list[tuple[str, bool]] | None:
    shared: list[tuple[str, bool]] = []
    told = False
    for one, other, loose in (
        (left_initiators, right_initiators, False),
        (left_recipients, right_recipients, True),
    ):
        if one and other:
            told = True
            matches = _shared(one, other, loose=loose)
            if not matches:
                return None
            shared.extend(matches)
    nobody = not (left_initiators or left_recipients or right_initiators or right_recipients)
    return shared if told or nobody else None


def _shared(one: Sequence[Party], other: Sequence[Party], *, loose: bool) -> list[tuple[str, bool]]:
    matches: list[tuple[str, bool]] = []
    taken: set[str] = set()
    by_actor = {party.actor for party in other}
    for party in one:
        if party.actor in by_actor:
            matches.append((party.actor, True))
            taken.add(party.actor)
    for party in one:
        if party.actor in by_actor:
            continue
        for candidate in other:
            if candidate.actor in taken:
                continue
            same = party.group == candidate.group
            stands = loose and party.base == candidate.base
            if same or (stands and (party.whole_country or candidate.whole_country)):
                low, high = sorted((party.actor, candidate.actor), key=lambda actor: (-len(actor), actor))
                matches.append((f"{low} as {high}", False))
                taken.add(candidate.actor)
                break
    return matches


def _site_agreement(left: Site | None, right: Site | None) -> tuple[str | None, int, bool] | None:
    """Return the place to name, how well the two agree, and whether both tell; ``None``: contradiction."""
    if left is None or right is None:
        return None, 2 if left is right else 0, False
    if left.id == right.id:
        return left.name, 2, True
    order = list(Precision)
    finer, coarser = sorted((left, right), key=lambda s: (order.index(Precision(s.precision)), s.id))
    if finer.country != coarser.country:
        return None
    if coarser.precision == Precision.COUNTRY:
        return finer.name, 1, True
    if coarser.precision == Precision.ADMIN1 and finer.fine:
        inside = finer.admin1 in (coarser.name, coarser.admin1)
        return (finer.name, 1, True) if inside else None
    if finer.precision == Precision.EXACT and coarser.fine and _kilometres(finer, coarser) <= NEAR_KILOMETRES:
        return finer.name, 1, True
    if finer.precision == Precision.UNKNOWN or coarser.precision == Precision.UNKNOWN:
        return None, 0, False
    return None


def _kilometres(left: Site, right: Site) -> float:
    """Great-circle distance on a sphere of 6,371 km; infinite without coordinates."""
    if left.latitude is None or left.longitude is None or right.latitude is None or right.longitude is None:
        return math.inf
    one, other = math.radians(left.latitude), math.radians(right.latitude)
    east = math.radians(right.longitude - left.longitude)
    chord = math.sin((other - one) / 2) ** 2 + math.cos(one) * math.cos(other) * math.sin(east / 2) ** 2
    return 2 * 6371.0 * math.asin(min(1.0, math.sqrt(chord)))
