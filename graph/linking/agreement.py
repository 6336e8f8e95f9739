"""When two units can tell of one happening, whatever else is known, and in which words to say so.

Two reports of different articles, each with its sentence, are weighed: see ``likeness``. Where there are no
sentences (records of a dataset), and within one article, a rule decides. Both sides must agree, by actor
or by party: "Russia", "the Kremlin" and "Russian troops" are one party; a country as such that is acted
upon stands for any of its people. An act of both sides to each other agrees in either direction; two of
them agree when two of their parties are the same. When one of the two does not tell a side, the other
side must agree and both must tell places that agree. Two different cities contradict each other; a city
and its province or country do not. Two acts that one sentence tells are two: the coder saw them apart.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from graph.linking import likeness
from graph.linking.sites import site_agreement
from graph.linking.units import Party, Unit

BY_RULE = 0.9
"""Probability of what the rule takes to be one happening, where it meets what is weighed."""

POSSIBLE = 0.1
"""Two reports less likely than this to be one happening are never put together, whatever joins them."""


@dataclass(frozen=True, slots=True)
class Agreement:
    """What two units agree in.

    Attributes:
        actors: The participants told by both, as ``RUS`` or ``RUS-MIL as RUS``.
        exact: How many of them have the same actor id in both.
        place: Name of the finer place when both tell one and they agree, else ``None``.
        place_score: 2 for the same place, or no place in both; 1 for one within the other; 0 when
            only one tells, or the two do not agree.
        probability: How likely the two are one happening, in (0, 1).
        weighed: Whether that was weighed, and not decided by the rule.
    """

    actors: tuple[str, ...]
    exact: int
    place: str | None
    place_score: int
    probability: float = BY_RULE
    weighed: bool = False

    @property
    def strength(self) -> tuple[int, int]:
        """Sorts agreements that are equally likely, the stronger the greater."""
        return self.exact, self.place_score


@lru_cache(maxsize=2**17)
def log_odds(left: Unit, right: Unit) -> float | None:
    """Return the log-odds that two units of one block are one happening, or ``None`` when they cannot be.

    Answers are kept: what lies near a day is compared again with every batch of articles that tells of it.
    """
    if left.record is None and left.words and right.words and left.article != right.article:
        odds = likeness.log_odds(left, right)
        return odds if odds >= _POSSIBLE_ODDS else None
    found = agreement(left, right)
    return None if found is None else likeness.odds_of(found.probability)


@lru_cache(maxsize=2**14)
def agreement(left: Unit, right: Unit) -> Agreement | None:
    """Return what two units of one block agree in, or ``None`` when they cannot be one happening.

    Two records of one dataset never are: the dataset holds them apart.
    """
    if left.record is not None and left.record == right.record:
        return None
    if left.words and right.words:
        return None if left.article == right.article else _weighed(left, right)
    return _by_rule(left, right)


_POSSIBLE_ODDS = likeness.odds_of(POSSIBLE)


def _weighed(left: Unit, right: Unit) -> Agreement | None:
    odds = likeness.log_odds(left, right)
    if odds < _POSSIBLE_ODDS:
        return None
    shared = _sides(left, right) or _shared(
        (*left.initiators, *left.recipients), (*right.initiators, *right.recipients), loose=True
    )
    actors = tuple(dict.fromkeys(label for label, _ in shared))
    place, place_score, _ = site_agreement(left.site, right.site) or (None, 0, True)
    exact = sum(exact for _, exact in shared)
    return Agreement(actors, exact, place, place_score, likeness.probability_of(odds), weighed=True)


def _by_rule(left: Unit, right: Unit) -> Agreement | None:
    sites = site_agreement(left.site, right.site)
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
