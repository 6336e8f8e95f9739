"""What happened, as told: mentions, and the events that mentions tell of."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from graph.model.ids import ActorId, ArticleId, EventId, MentionId, PlaceId
from graph.model.text import Article, Span
from graph.model.world import Actor, Place


class Modality(StrEnum):
    """Whether the act is told as having happened (PLOVER's auxiliary modes)."""

    ASSERTED = "asserted"
    HISTORICAL = "historical"
    FUTURE = "future"
    HYPOTHETICAL = "hypothetical"
    NEGATION = "negation"


class DayBasis(StrEnum):
    """Where a date comes from."""

    STATED = "stated"
    """The text names it in full: "13 January 2022"."""
    RELATIVE = "relative"
    """The text names it against the publication day: "on Thursday", "last week"."""
    PUBLICATION = "publication"
    """The text does not tell: the day the article was published."""


@dataclass(frozen=True, slots=True)
class DateRange:
    """When: a range of days, both ends inclusive.

    Attributes:
        first: First day.
        last: Last day, never before the first.
        basis: Where the date comes from.
        cue: The words of the text that tell it, or ``None``.
    """

    first: date
    last: date
    basis: DayBasis = DayBasis.STATED
    cue: str | None = None

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise ValueError(f"a range ends before it begins: {self.first}/{self.last}")

    def overlaps(self, other: "DateRange") -> bool:
        """Tell whether the two ranges share a day."""
        return self.first <= other.last and other.first <= self.last

    @property
    def edtf(self) -> str:
        """The range in EDTF (ISO 8601-2) level 0: ``2022-01-13`` or ``2022-01-10/2022-01-13``."""
        if self.first == self.last:
            return self.first.isoformat()
        return f"{self.first.isoformat()}/{self.last.isoformat()}"


@dataclass(frozen=True, slots=True)
class Participant:
    """One side of an act, as the text names it.

    Attributes:
        actor: Who it is.
        span: Where the text names it (for a pronoun, the nearest full name), or ``None`` for a
            record that came without a text.
        text: The words there.
    """

    actor: ActorId
    span: Span | None
    text: str


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number that the clause tells: ``what`` is killed, injured, arrested, troops, money…

    ``low`` and ``high`` are inclusive; they are equal for an exact number.
    """

    what: str
    low: float
    high: float
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where in the article each part of a mention stands.

    Attributes:
        sentence: The sentence that tells it.
        trigger: The shortest words that carry the act.
        day: The time expression, or ``None`` when the day is the publication day.
        place: The place name, or ``None``.
    """

    sentence: Span
    trigger: Span
    day: Span | None = None
    place: Span | None = None


@dataclass(frozen=True, slots=True)
class EventMention:
    """One statement of one article: who did what to whom, when and where, says this sentence.

    Attributes:
        id: See ``graph.model.ids.mention_id``.
        article_id: The article that says so.
        type: PLOVER event type, such as ``CONSULT``.
        mode: PLOVER mode of that type, or ``None``.
        contexts: PLOVER contexts, such as ``("diplomatic",)``.
        cameo: CAMEO code, two to four digits, or ``None``.
        modality: Whether it is told as having happened.
        reciprocal: Both sides do it to each other: talks, agreements, clashes.
        initiators: Who acts, in the sentence's order.
        recipients: At whom it is directed, in the sentence's order.
        day: When, or ``None`` when neither the text nor the publication day tells.
        place: Where, or ``None`` when not told.
        quantities: Numbers told of the act.
        evidence: Where the parts stand; ``None`` only for a dataset's record that has no text.
        score: Calibrated probability in [0, 1] that type and participants are right.
        coder: Program and version that made it: ``"rules 0.1"``.
        rule: Which rule, roleset or head made it, for ``--explain``.
    """

    id: MentionId
    article_id: ArticleId
    type: str
    modality: Modality
    initiators: tuple[Participant, ...]
    recipients: tuple[Participant, ...]
    evidence: Evidence | None
    score: float
    coder: str
    mode: str | None = None
    contexts: tuple[str, ...] = ()
    cameo: str | None = None
    reciprocal: bool = False
    day: DateRange | None = None
    place: PlaceId | None = None
    quantities: tuple[Quantity, ...] = ()
    rule: str = ""

    def __post_init__(self) -> None:
        if not 0.0 <= self.score <= 1.0:
            raise ValueError(f"a score lies in [0, 1], not {self.score}")


@dataclass(frozen=True, slots=True)
class NameSpan:
    """A name in an article: ``kind`` is person, organization, place or other."""

    span: Span
    text: str
    kind: str


@dataclass(frozen=True, slots=True)
class PlaceSpan:
    """A place name in an article and the place it stands for."""

    span: Span
    text: str
    place: Place


@dataclass(frozen=True, slots=True)
class TimeSpan:
    """A time expression in an article.

    Attributes:
        kind: TIMEX3 class in lower case: date, time, duration, set.
        value: TIMEX3 value: ``2022-01-13``, ``2022-W02``, ``P3D``, ``PRESENT_REF``…
        day: The days it covers, or ``None`` for durations, sets and vague references.
    """

    span: Span
    text: str
    kind: str
    value: str
    day: DateRange | None


@dataclass(frozen=True, slots=True)
class CodedArticle:
    """An article with all that was read out of it: stored whole or not at all.

    Attributes:
        actors: Every actor that a mention names.
        places: Every place that a mention names.
        sentences, names, place_spans, times: What ``diurna code`` prints beside the mentions.
    """

    article: Article
    mentions: tuple[EventMention, ...] = ()
    actors: tuple[Actor, ...] = ()
    places: tuple[Place, ...] = ()
    sentences: tuple[Span, ...] = ()
    names: tuple[NameSpan, ...] = ()
    place_spans: tuple[PlaceSpan, ...] = ()
    times: tuple[TimeSpan, ...] = ()


@dataclass(frozen=True, slots=True)
class Event:
    """What happened, as its mentions tell it.

    The consensus fields are what most origins say; the mentions keep what each of them says.

    Attributes:
        id: Minted with the first mention; it survives the arrival of others.
        type, mode, modality, reciprocal: As most origins tell it.
        initiators, recipients: Actors told by most origins, the most told first.
        day: The narrowest range that most origins agree on, or ``None``.
        place: The finest place that most origins agree on, or ``None``.
        mention_count: Number of mentions.
        article_count: Number of articles that mention it.
        publisher_count: Number of outlets that mention it.
        origin_count: Number of independent origins, copies of one text folded.
        score: Highest score of its mentions.
        tone: PLOVER's score of type and mode, −10 (conflict) to 10 (cooperation), or ``None``.
        summary: One line to show: "Russia – CONSULT → OSCE".
        quote: The sentence of the best mention, or ``""``.
        first_reported: Publication time of the first article that mentions it, or ``None``.
        mention_ids: The mentions, the best first.
    """

    id: EventId
    type: str
    mode: str | None
    modality: Modality
    reciprocal: bool
    initiators: tuple[ActorId, ...]
    recipients: tuple[ActorId, ...]
    day: DateRange | None
    place: PlaceId | None
    mention_count: int
    article_count: int
    publisher_count: int
    origin_count: int
    score: float
    tone: float | None
    summary: str
    quote: str
    first_reported: datetime | None
    mention_ids: tuple[MentionId, ...] = ()
