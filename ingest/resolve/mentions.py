"""Raw mentions → event mentions: whom the phrases mean, which day, which place."""

from collections.abc import Collection, Sequence
from dataclasses import replace

from graph.model import (
    Actor,
    ActorKind,
    CodedArticle,
    DateRange,
    DayBasis,
    EventMention,
    Evidence,
    Modality,
    NameSpan,
    Participant,
    Place,
    PlaceSpan,
    Quantity,
    Span,
    TimeSpan,
    mention_id,
)
from graph.ontology import codebook
from ingest.coders.raw_mention import RawMention, WordRange
from ingest.language.annotation import AnnotatedArticle
from ingest.resolve.actors import ActorResolver
from ingest.resolve.cast import Cast
from ingest.resolve.dates import find_times
from ingest.resolve.places import PlaceResolver
from ingest.resolve.places import default_resolver as default_place_resolver
from ingest.resolve.story import NEWS_DAYS, with_the_story

_LOCATING = frozenset("in at near inside outside around across".split())
_OPENING_SENTENCES = 3
"""How far the dateline's place is taken as the place of what is told."""

BACKGROUND_DAYS = 60
"""Days after which what is told as done is background."""

LONGEST_DAY = 366
"""Longest expression, in days, that dates an act it hangs on: "this century" dates nothing."""

LONGEST_LOOSE_DAY = 31
"""The same for one that only stands in the same sentence, of what is no background."""

_FORCES = frozenset({"MIL", "COP", "PRM", "SPY"})
_TOLD_AS_DONE = (Modality.ASSERTED, Modality.NEGATION)
_CITY_PEOPLE = 20_000
"""Inhabitants from which a city's name tells an actor's country."""


class MentionResolver:
    """Resolves an article's raw mentions against the shipped tables.

    Args:
        actors: Who is who; one that knows the gazetteer's cities if ``None``.
        places: What is where; over the shipped gazetteer if ``None``.
    """

    def __init__(self, actors: ActorResolver | None = None, places: PlaceResolver | None = None) -> None:
        self.places = places or default_place_resolver()
        self.actors = actors or ActorResolver(self._country_of_city)

    def _country_of_city(self, name: str) -> str | None:
        candidates = self.places.gazetteer.candidates(name)
        if candidates and candidates[0].population >= _CITY_PEOPLE:
            return candidates[0].place.country
        return None

    def resolve(self, annotated: AnnotatedArticle, raw: Sequence[RawMention], *, coder: str) -> CodedArticle:
        """Return the article with its mentions, actors and places."""
        scene = _Scene(annotated, self.actors, self.places)
        mentions: dict[str, EventMention] = {}
        actors: dict[str, Actor] = {}
        places: dict[int, Place] = {}
        for item in raw:
            mention = scene.mention(item, coder, actors, places)
            known = mentions.get(mention.id)
            if known is None or known.score < mention.score:
                mentions[mention.id] = mention
        told = with_the_story(list(mentions.values()), published=scene.published, opening=scene.opening)
        used = {p.actor for m in told for p in (*m.initiators, *m.recipients)}
        return CodedArticle(
            article=annotated.article,
            mentions=tuple(told),
            actors=tuple(actors[i] for i in sorted(used)),
            places=tuple(places[i] for i in sorted(places)),
            sentences=tuple(sentence.span for sentence in annotated.sentences),
            names=scene.names,
            place_spans=scene.place_spans,
            times=scene.times,
        )


_AGAINST = frozenset("REQUEST ACCUSE REJECT THREATEN SANCTION MOBILIZE COERCE ASSAULT".split())
"""Types of acts that a government does not direct at its own country by name."""

_SAID_AGAINST = frozenset("REQUEST ACCUSE REJECT THREATEN".split())
"""Those of them that are said: who speaks for a country does not say them to it."""

_Side = list[tuple[WordRange, Actor]]
"""Phrases of one side, with whom they mean."""


class _Scene:
    """One article while its mentions are resolved."""

    def __init__(self, annotated: AnnotatedArticle, actors: ActorResolver, places: PlaceResolver) -> None:
        self._annotated = annotated
        article = annotated.article
        self._text = article.text
        self.published = article.published.date() if article.published else None
        named = [
            (name.span, name.span.quote(self._text), name.kind)
            for sentence in annotated.sentences
            for name in sentence.names
        ]
        self.names = tuple(NameSpan(span, text, kind) for span, text, kind in named)
        self.place_spans = tuple(places.resolve(named, text=self._text, title=article.title or ""))
        self.times = tuple(find_times(self._text, published=self.published))
        self.opening = max((s.span.end for s in annotated.sentences[: _OPENING_SENTENCES + 2]), default=0)
        self._cast = Cast(annotated, actors, self.place_spans)

    def mention(
        self, raw: RawMention, coder: str, actors: dict[str, Actor], places: dict[int, Place]
    ) -> EventMention:
        words = self._annotated.sentences[raw.sentence].words
        trigger = Span(words[raw.trigger[0]].span.start, words[raw.trigger[-1]].span.end)
        acting, acted_on = self._side(raw.initiators), self._side(raw.recipients)
        if raw.type in _AGAINST:
            acting = self._apart(acting, acted_on)
        initiators, recipients = self._participants(acting, actors), self._participants(acted_on, actors)
        if not raw.reciprocal:
            # Nobody but a crowd acts on itself: the phrases were two names of one actor.
            own = {p.actor for p in initiators if actors[p.actor].kind is not ActorKind.ROLE}
            recipients = tuple(p for p in recipients if p.actor not in own)
        if raw.type in _SAID_AGAINST:
            # Russia's envoy who denies that Moscow aims at civilians turns Russia down no more than itself.
            spoken_for = {a.country for p in initiators if (a := actors[p.actor]).sectors[:1] == ("GOV",)}
            recipients = tuple(p for p in recipients if not _is_country(actors[p.actor], spoken_for))
        if raw.type == "MOBILIZE":
            # "Britain mobilised reservists" is not directed at its own reservists.
            own_countries = {actors[p.actor].country for p in initiators}
            recipients = tuple(p for p in recipients if not _is_own_force(actors[p.actor], own_countries))
        day, day_span = self._day(raw, trigger)
        place = self._place(raw, trigger)
        if place is not None:
            places[place.place.id] = place.place
        return EventMention(
            id=mention_id(self._annotated.article.id, trigger.start, raw.type),
            article_id=self._annotated.article.id,
            type=raw.type,
            mode=raw.mode,
            contexts=raw.contexts,
            cameo=raw.cameo or codebook.cameo_of(raw.type, raw.mode, raw.contexts),
            modality=self._modality(raw.modality, day),
            reciprocal=raw.reciprocal,
            initiators=initiators,
            recipients=recipients,
            day=day,
            place=place.place.id if place else None,
            quantities=tuple(Quantity(q.what, q.low, q.high, self._span(q.words)) for q in raw.quantities),
            evidence=Evidence(
                sentence=self._annotated.sentences[raw.sentence].span,
                trigger=trigger,
                day=day_span,
                place=place.span if place else None,
            ),
            score=raw.score,
            coder=coder,
            rule=raw.rule,
        )

    def _span(self, words: WordRange) -> Span:
        sentence = self._annotated.sentences[words.sentence].words
        return Span(sentence[words.first].span.start, sentence[words.last].span.end)

    def _side(self, phrases: Sequence[WordRange]) -> _Side:
        return [(phrase, actor) for phrase in phrases if (actor := self._cast.actor(phrase)) is not None]

    def _apart(self, side: _Side, opposed: _Side) -> _Side:
        """Do not take who acts against a country for its government, where nothing says so.

        "The allies rejected Russia's demand": that the story is set in Russia does not make the allies Russian.
        """
        named = {actor.country for _, actor in opposed if actor.kind is ActorKind.COUNTRY}
        return [
            (phrase, (self._cast.by_its_words(phrase) or actor) if _may_rule(actor, named) else actor)
            for phrase, actor in side
        ]

    def _participants(self, side: _Side, actors: dict[str, Actor]) -> tuple[Participant, ...]:
        found: dict[str, Participant] = {}
        for phrase, actor in side:
            known = actors.get(actor.id)
            actors[actor.id] = _merged(known, actor) if known else actor
            span = self._span(phrase)
            found.setdefault(actor.id, Participant(actor.id, span, span.quote(self._text)))
        return tuple(found.values())

    def _day(self, raw: RawMention, trigger: Span) -> tuple[DateRange | None, Span | None]:
        sentence = self._annotated.sentences[raw.sentence].span
        attached = [
            time
            for words in raw.times
            for time in self.times
            if time.day is not None and _days(time) <= LONGEST_DAY and time.span.overlaps(self._span(words))
        ]
        longest = LONGEST_DAY if raw.modality is Modality.HISTORICAL else LONGEST_LOOSE_DAY
        near = sorted(
            (time for time in self.times if time.span in sentence and 0 < _days(time) <= longest),
            key=lambda time: _distance(time.span, trigger),
        )
        for time in (*attached, *near):
            if time.day is not None and self._plausible(raw.modality, time):
                return replace(time.day, cue=time.text), time.span
        if raw.modality in _TOLD_AS_DONE and self.published:
            return DateRange(self.published, self.published, DayBasis.PUBLICATION), None
        return None, None

    def _modality(self, told: Modality, day: DateRange | None) -> Modality:
        """Let the day decide what is background: long over, or of these days."""
        if self.published is None or day is None or day.basis is DayBasis.PUBLICATION:
            return told
        age = (self.published - day.last).days
        if told is Modality.ASSERTED and age > BACKGROUND_DAYS:
            return Modality.HISTORICAL
        return Modality.ASSERTED if told is Modality.HISTORICAL and age <= NEWS_DAYS else told

    def _plausible(self, modality: Modality, time: TimeSpan) -> bool:
        """Tell whether an act so told can have that day: what is done does not lie ahead, nor the reverse."""
        if self.published is None or time.day is None:
            return True
        if modality is Modality.FUTURE:
            return time.day.last >= self.published
        return modality is Modality.HYPOTHETICAL or time.day.first <= self.published

    def _place(self, raw: RawMention, trigger: Span) -> PlaceSpan | None:
        for words in raw.places:
            span = self._span(words)
            inside = [place for place in self.place_spans if place.span.overlaps(span)]
            if inside:
                return inside[0]
        sides = [self._span(words) for words in (*raw.initiators, *raw.recipients)]
        sentence = self._annotated.sentences[raw.sentence]
        located = [
            place
            for place in self.place_spans
            if place.span in sentence.span
            and not any(place.span.overlaps(side) for side in sides)
            and self._preposition(sentence.span, place.span) in _LOCATING
        ]
        if located:
            return min(located, key=lambda place: abs(place.span.start - trigger.start))
        if raw.sentence < _OPENING_SENTENCES and raw.modality is Modality.ASSERTED:
            return self._dateline()
        return None

    def _preposition(self, sentence: Span, place: Span) -> str:
        before = self._text[sentence.start : place.start].split()
        return before[-1].lower() if before else ""

    def _dateline(self) -> PlaceSpan | None:
        """Return the place of a dateline: "VIENNA, Jan. 13 (Agency) —"."""
        head = self._text[:80]
        dash = max(head.find("—"), head.find("–"), head.find(" - "), head.find("--"))
        first = self.place_spans[0] if self.place_spans else None
        if first is None or dash < 0 or first.span.start > 3 or first.span.end > dash:
            return None
        return first if first.text.isupper() else None


def _is_country(actor: Actor, countries: Collection[str | None]) -> bool:
    return actor.kind is ActorKind.COUNTRY and actor.country in countries


def _may_rule(actor: Actor, countries: Collection[str | None]) -> bool:
    """Tell whether an actor is a government of one of these countries, not named as such."""
    return actor.kind is ActorKind.ROLE and actor.country in countries and actor.sectors[:1] in ((), ("GOV",))


def _is_own_force(actor: Actor, countries: Collection[str | None]) -> bool:
    return actor.country in countries and bool(_FORCES.intersection(actor.sectors))


def _days(time: TimeSpan) -> int:
    """Return how many days an expression covers; 0 when it names none."""
    return (time.day.last - time.day.first).days + 1 if time.day is not None else 0


def _distance(one: Span, other: Span) -> int:
    return min(abs(one.start - other.end), abs(other.start - one.end))


def _merged(known: Actor, new: Actor) -> Actor:
    aliases = tuple(dict.fromkeys((*known.aliases, *new.aliases)))
    return replace(
        known if known.country or not new.country else new,
        aliases=aliases,
        sectors=known.sectors or new.sectors,
    )
