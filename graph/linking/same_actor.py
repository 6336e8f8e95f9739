"""Judgements that two actors are the same: kept beside the actors, applied on reading, undoable."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

from graph.errors import InvalidInput
from graph.model import Actor, ActorId


class Verdict(StrEnum):
    """What somebody says of two actors."""

    SAME = "same"
    DIFFERENT = "different"
    UNSURE = "unsure"


@dataclass(frozen=True, slots=True)
class Judgement:
    """Somebody's word on two actors.

    Attributes:
        left, right: The two actors, the lesser id first.
        verdict: What is said of them.
        judge: Who says so; a person's name or a program's, or ``""``.
        at: When, an aware datetime.
    """

    left: ActorId
    right: ActorId
    verdict: Verdict
    judge: str
    at: datetime

    @classmethod
    def of(
        cls, left: str, right: str, verdict: Verdict, *, judge: str = "", at: datetime | None = None
    ) -> "Judgement":
        """Return a judgement on two actors given in either order, made now unless told when.

        Raises:
            InvalidInput: If the two are one, or the time has no zone.
        """
        if left == right:
            raise InvalidInput(f"a judgement needs two actors, not {left} twice")
        if at is not None and at.tzinfo is None:
            raise InvalidInput("a judgement's time needs a time zone")
        one, other = sorted((left, right))
        return cls(ActorId(one), ActorId(other), Verdict(verdict), judge, at or datetime.now(UTC))


def _readability(actor: str) -> tuple[int, int, str]:
    """Order ids by how well they serve as the one shown: known before named, short before long."""
    kinds = {"NAM": 2, "PER": 1}
    return kinds.get(actor.split("-", 1)[0], 0), len(actor), actor


def canonical_ids(judgements: Iterable[Judgement]) -> dict[ActorId, ActorId]:
    """Return, for each actor judged the same as another, the id that stands for all of them.

    Actors joined by positive judgements, directly or through others, share one id: the most
    readable (a code before ``PER-…`` before ``NAM-…``, then the shortest, then by alphabet).
    Actors without a positive judgement are not in the result.
    """
    parent: dict[ActorId, ActorId] = {}

    def root(actor: ActorId) -> ActorId:
        parent.setdefault(actor, actor)
        while parent[actor] != actor:
            parent[actor] = parent[parent[actor]]
            actor = parent[actor]
        return actor

    for judgement in judgements:
        if judgement.verdict is Verdict.SAME:
            left, right = sorted((root(judgement.left), root(judgement.right)), key=_readability)
            parent[right] = left
    return {actor: root(actor) for actor in list(parent)}


def contradiction(judgements: Iterable[Judgement]) -> Judgement | None:
    """Return a judgement of DIFFERENT whose two actors others join into one, or ``None``."""
    known = list(judgements)
    canonical = canonical_ids(known)
    for judgement in known:
        left, right = canonical.get(judgement.left), canonical.get(judgement.right)
        if judgement.verdict is Verdict.DIFFERENT and left is not None and left == right:
            return judgement
    return None


def countries_shown(
    own: Mapping[str, str], ids: Iterable[str], shown: Mapping[str, str], together: Iterable[Actor]
) -> dict[str, str]:
    """Return the countries of actors, those judged the same having one.

    Args:
        own: The country of each of the actors that belongs to one.
        ids: The actors.
        shown: The id under which an actor is shown, for those judged the same as another.
        together: What those judged the same are together, by the ids they are shown under.
    """
    known = {actor.id: actor.country for actor in together}
    found = {id: country for id, country in own.items() if id not in shown}
    for id in ids:
        country = known.get(ActorId(shown[id])) if id in shown else None
        if country is not None:
            found[id] = country
    return found
