"""What of a mention counts for linking, and when two mentions can tell of one happening.

A ``Unit`` is one statement: a mention, together with the copies of the same sentence in other
prints of the same text, told with the day of the first print (a reprint three days later is no new
event, and its "Thursday" is the first print's Thursday).

Modality splits mentions into families that never mix: what is planned, feared or denied is not what
happened, so that a planned meeting and the meeting stay two events. ``asserted`` and ``historical``
are one family (``happened``): background that states its own day is the event of that day told
again. Background that states no day has no day here: the publication day says nothing of it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from graph.linking.key_words import key_words
from graph.model import (
    Actor,
    DateRange,
    DayBasis,
    EventMention,
    MentionId,
    Modality,
    Participant,
    Place,
    Precision,
    digest,
)

STATE_SECTORS = frozenset({"GOV", "MIL", "COP", "SPY", "LEG", "JUD"})
"""Sectors that act for the state: "Russia", "the Kremlin" and "Russian troops" are one party."""

LONGEST_VAGUE_RANGE = 31
"""Days: a range up to "last month" may tell of a dated happening in it; "last year" names none."""


@dataclass(frozen=True, slots=True)
class Party:
    """One participant for the purpose of linking.

    Attributes:
        actor: Its actor id.
        base: Its country's code, or its actor id when it belongs to no country.
        group: ``base`` for a state's organs, else country and first sector (``SYR-REB``).
    """

    actor: str
    base: str
    group: str

    @property
    def whole_country(self) -> bool:
        """Whether it is the country as such, which can stand for any of its people when acted upon."""
        return self.actor == self.base


@dataclass(frozen=True, slots=True)
class Site:
    """Where, for the purpose of linking: a place's fields that tell whether two places agree."""

    id: int
    name: str
    country: str | None
    admin1: str | None
    precision: str
    latitude: float | None
    longitude: float | None

    @property
    def fine(self) -> bool:
        """Whether it is a city or finer: two different ones contradict each other."""
        return self.precision in (Precision.EXACT, Precision.CITY, Precision.ADMIN2)


@dataclass(frozen=True, slots=True)
class Unit:
    """One statement, ready for linking.

    Attributes:
        mention: The mention that stands for it: that of the first print.
        rank: Sorts units by publication, then article id, then position: the canonical order.
        type: PLOVER type.
        first, last: Days as ordinals, or ``None`` when not told.
        firm: The text itself tells the day; else it is the publication day.
        reciprocal: Both sides do it to each other.
        record: The dataset it is a record of, or ``None`` for a statement of a text.
        mode: PLOVER mode, or ``None``.
        sentence: Where its sentence starts in its article, or ``None`` without one.
        words: Stems of the words around the act (``key_words``); none for a record, and for what was
            stored before words were kept.
    """

    mention: MentionId
    rank: str
    type: str
    first: int | None
    last: int | None
    firm: bool
    reciprocal: bool
    initiators: tuple[Party, ...]
    recipients: tuple[Party, ...]
    site: Site | None
    record: str | None
    mode: str | None = None
    sentence: int | None = None
    words: tuple[str, ...] = ()

    def __hash__(self) -> int:
        """Return the hash of what tells units apart: hashing all of one takes as long as comparing two."""
        return hash(self.rank)

    @property
    def article(self) -> str:
        """The id of its article."""
        return self.rank.split("|", 2)[1]

    @property
    def one_day(self) -> bool:
        """Whether it tells a single day."""
        return self.first is not None and self.first == self.last


def family(modality: Modality) -> str:
    """Return the family of modalities within which mentions are linked."""
    if modality in (Modality.ASSERTED, Modality.HISTORICAL):
        return "happened"
    return modality.value


def block_of(mention: EventMention) -> str:
    """Return the block: only mentions of one type and one family of modality are ever linked."""
    return f"{mention.type}|{family(mention.modality)}"


def link_day(mention: EventMention) -> DateRange | None:
    """Return the day that counts for linking: none when the publication day says nothing of it."""
    day = mention.day
    if day is not None and mention.modality is Modality.HISTORICAL and day.basis is DayBasis.PUBLICATION:
        return None
    return day


def party(actor_id: str, actor: Actor | None) -> Party:
    """Return a participant as a party."""
    country = actor.country if actor is not None else None
    if country is None:
        return Party(actor_id, actor_id, actor_id)
    sectors = actor.sectors if actor is not None else ()
    state = not sectors or sectors[0] in STATE_SECTORS
    return Party(actor_id, country, country if state else f"{country}-{sectors[0]}")


def parties(side: Sequence[Participant], actors: Mapping[str, Actor]) -> tuple[Party, ...]:
    """Return one side's parties, each actor once."""
    seen = {participant.actor: None for participant in side}
    return tuple(party(actor, actors.get(actor)) for actor in seen)


def site(place: Place | None) -> Site | None:
    """Return a place as a site; ``None`` when nothing is known of it."""
    if place is None:
        return None
    return Site(
        place.id,
        place.name,
        place.country,
        place.admin1,
        place.precision.value,
        place.latitude,
        place.longitude,
    )


def statement_keys(mentions: Sequence[EventMention], text: str) -> list[str]:
    """Return, for each mention of one article, a key equal to that of the same statement in a copy.

    It is a hash of the sentence's words, the act, and which act of that kind in the sentence it is:
    a copy may number its characters differently. A record without text has its own id as key.
    """
    keys: dict[MentionId, str] = {}
    told: dict[tuple[int, str], int] = {}
    for mention in sorted(mentions, key=_position):
        if mention.evidence is None:
            keys[mention.id] = mention.id
            continue
        sentence = mention.evidence.sentence
        words = " ".join(sentence.quote(text).casefold().split())
        block = block_of(mention)
        number = told.get((sentence.start, block), 0)
        told[sentence.start, block] = number + 1
        keys[mention.id] = digest(words, block, str(number))
    return [keys[mention.id] for mention in mentions]


def _position(mention: EventMention) -> tuple[int, str]:
    return (-1 if mention.evidence is None else mention.evidence.trigger.start, mention.id)


def rank_of(mention: EventMention, published: datetime | None) -> str:
    """Return a string that sorts mentions canonically: first published first, undated articles last."""
    moment = "~" if published is None else published.astimezone(UTC).isoformat(timespec="microseconds")
    start, key = _position(mention)
    return f"{moment}|{mention.article_id}|{start + 1:07d}|{key}"


def unit_of(
    mention: EventMention,
    *,
    rank: str,
    actors: Mapping[str, Actor],
    places: Mapping[int, Place],
    text: str = "",
) -> Unit:
    """Return a mention as a unit, its participants and place described by its own article.

    Args:
        mention: The mention.
        rank: See ``rank_of``.
        actors, places: As its article describes them.
        text: The article's, for the words around the act.
    """
    day = link_day(mention)
    evidence = mention.evidence
    return Unit(
        mention=mention.id,
        rank=rank,
        type=mention.type,
        first=None if day is None else day.first.toordinal(),
        last=None if day is None else day.last.toordinal(),
        firm=day is not None and day.basis is not DayBasis.PUBLICATION,
        reciprocal=mention.reciprocal,
        initiators=parties(mention.initiators, actors),
        recipients=parties(mention.recipients, actors),
        site=site(None if mention.place is None else places.get(mention.place)),
        record=mention.coder if evidence is None else None,
        mode=mention.mode,
        sentence=None if evidence is None else evidence.sentence.start,
        words=() if evidence is None else key_words(text, evidence.sentence, evidence.trigger),
    )
