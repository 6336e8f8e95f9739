"""What an actor phrase says, before it is decided who that is: its head, what stands before and behind it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from ingest.resolve.actor_reading import Reading, appose, complement, head_body, is_people, join
from ingest.resolve.actor_tables import Body, Nation, Payload, Person, Role, Strength, Use
from ingest.resolve.phrases import Lexicon, Token, word_set

CityCountry = Callable[[str], str | None]
"""The country (ISO 3166-1 alpha-3) of a city or other place by its name, or ``None``."""

HONORIFICS = word_set("honorific")
_FORMER = word_set("former")
_BELONGING = word_set("belonging")
LOCATING = word_set("locating")
_BLOCKING = word_set("blocking")
_JOINING = word_set("joining")
_REACHING = word_set("reaching")
_MUTING = word_set("muting")
_SIDING = word_set("siding")
_DISTANT = word_set("distant")
_PARTICLES = word_set("particle")
_SURNAMES = word_set("surname")
_COMMON = word_set("common")
_PRONOUNS = word_set("pronoun")
LANDFORMS = word_set("landform")
COLLECTIVES = word_set("collective")
MUNITIONS = word_set("munition")


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that a phrase names: a table entry, a name or a word that is not known.

    ``muted`` items do not say whose somebody is: "Iranian" in "Iranian-backed".
    """

    payload: Payload | None
    tokens: Sequence[Token]
    name: bool = False
    muted: bool = False

    @property
    def known(self) -> bool:
        """Whether it is a table entry or a name."""
        return self.payload is not None or self.name


@dataclass(slots=True)
class Segment:
    """A stretch of a phrase between prepositions, commas and conjunctions.

    Attributes:
        intro: The word or mark that opens it, ``""`` for the first.
        reaching: Whether it can still tell of the head.
        former, distant, titled: Whether words of that sort stand in it.
    """

    intro: str
    reaching: bool = True
    items: list[Item] = field(default_factory=list)
    former: bool = False
    distant: bool = False
    titled: bool = False


def joined_text(tokens: Sequence[Token]) -> str:
    """Return the words of tokens as they stood, hyphens kept."""
    parts: list[str] = []
    for token in tokens:
        parts.append(token.text)
        parts.append("-" if token.joined else " ")
    return "".join(parts[:-1])


class PhraseReader:
    """Reads phrases with a lexicon and, if there is one, a gazetteer's look-up of cities."""

    def __init__(self, lexicon: Lexicon[Payload], city_country: CityCountry | None) -> None:
        self._lexicon = lexicon
        self._city_country = city_country

    def country_of_place(self, tokens: Sequence[Token]) -> str | None:
        """Return the country of a city named by these words, or ``None``."""
        return self._city_country(joined_text(tokens)) if self._city_country is not None else None

    def segments(self, tokens: Sequence[Token]) -> list[Segment]:
        """Split the words of a phrase into segments of items."""
        found = [Segment("")]
        index, count = 0, len(tokens)
        muted, reaching = False, True
        while index < count:
            token, here = tokens[index], found[-1]
            match = self._lexicon.longest(tokens, index)
            if match is not None and self._misleads(tokens, index, match, here):
                match = None
            tied = index > 0 and tokens[index - 1].joined
            if match is None and tied and _is_participle(token):
                index += 1
                continue
            if match is None and not tied and _opens(token, here):
                reaching = reaching and token.key not in _BLOCKING
                found.append(Segment(token.key, reaching))
                index += 1
                continue
            end, payload = match or (self._name_end(tokens, index), None)
            words = tokens[index:end]
            if token.key in _DISTANT and not token.joined:
                here.distant = True
            if match is None and token.key in _SIDING and token.joined:
                muted, index = True, end
                continue
            if match is None and token.key in _FORMER:
                here.former = True
            elif match is None and token.key in HONORIFICS:
                here.titled = True
            else:
                suffixed = words[-1].joined and end < count and tokens[end].key in _MUTING
                named = payload is None and _is_name(words, first=index == 0)
                if payload is None and not named and _is_participle(token) and _is_noun(here):
                    reaching = reaching and token.key in _REACHING
                    found.append(Segment("-", reaching))
                found[-1].items.append(Item(payload, words, named, muted or suffixed))
                end += suffixed
            last, muted, index = tokens[end - 1], False, end
            if last.after and index < count and any(mark in last.after for mark in ",(:;"):
                found.append(Segment(","))
                reaching = True
        return found

    def _misleads(
        self, tokens: Sequence[Token], index: int, match: tuple[int, Payload], here: Segment
    ) -> bool:
        """Tell whether a match misleads: a part of a name ("Michael Jordan"), a verb ("men accused of…")."""
        end, payload = match
        token = tokens[index]
        if is_only_alike(token, payload):
            return True
        if isinstance(payload, Role) and _is_participle(token) and _is_noun(here):
            return True
        if isinstance(payload, Person):
            return (
                end < len(tokens)
                and not tokens[end - 1].after
                and not tokens[end - 1].owner
                and (tokens[end].capital and self._lexicon.longest(tokens, end) is None)
            )
        if end - index > 1 or not token.capital or token.key not in _SURNAMES:
            return False
        before = here.items[-1] if here.items else None
        if before is not None and before.name and not before.tokens[-1].owner and not token.owner:
            return True
        if before is not None or end >= len(tokens):
            return False
        following = tokens[end]
        return (
            (end + 1 == len(tokens) or following.after.startswith(","))
            and _may_be_given(payload)
            and not (token.owner or token.joined or token.after)
            and following.capital
            and not following.capitals
            and following.key not in _COMMON
            and self._lexicon.longest(tokens, end) is None
        )

    def _name_end(self, tokens: Sequence[Token], start: int) -> int:
        """Return where the run of capitalised unknown words that starts here ends."""
        first = tokens[start]
        end = start + 1
        if not first.capital or first.key in HONORIFICS or first.key in _FORMER:
            return end
        if start == 0 and first.key in _COMMON:
            return end
        while end < len(tokens):
            before, token = tokens[end - 1], tokens[end]
            if before.after or before.owner:
                break
            if not token.capital:
                particle = token.key in _PARTICLES and end + 1 < len(tokens) and tokens[end + 1].capital
                if not particle and not before.joined:
                    break
            elif token.key not in _SURNAMES and self._lexicon.longest(tokens, end) is not None:
                break
            end += 1
        return end

    def read(self, tokens: Sequence[Token]) -> Reading:
        """Return what a phrase says; the first segment that names somebody leads."""
        lead: Reading | None = None
        stray = counted = False
        for segment in self.segments(tokens):
            if stray and segment.intro != "," and not counted:
                break
            if segment.intro in _BLOCKING or not segment.items:
                continue
            part = self._read_segment(segment)
            stray = False
            counted = segment.intro == "" and all(_is_count(item) for item in segment.items)
            if part.empty:
                stray = lead is None and part.stray
            elif lead is None:
                lead = part
            elif segment.intro == ",":
                appose(lead, part)
            elif segment.intro in _JOINING:
                join(lead, part)
            elif segment.reaching and (segment.intro in _BELONGING or segment.intro in LOCATING):
                if part.name and part.country is None:
                    part.country, part.region = self.country_of_place(part.name), True
                complement(lead, part, belonging=segment.intro in _BELONGING)
        return lead if lead is not None else Reading(stray=True)

    def _read_segment(self, segment: Segment) -> Reading:
        reading = Reading(former=segment.former, distant=segment.distant, titled=segment.titled)
        actors = [item for item in segment.items if item.known]
        if not actors:
            reading.stray = True
            return reading
        head = actors[-1]
        payload = head.payload
        before_name = head.name or isinstance(payload, Person)
        for item in actors[:-1]:
            self._modify(reading, item, before_name=before_name)
        reading.stray = segment.items[-1] is not head and not head.name
        if reading.stray:
            self._modify(reading, head, before_name=False)
        elif isinstance(payload, Role):
            reading.role = payload
            before = segment.items[-2] if len(segment.items) > 1 else None
            if before is not None and before.name and not before.tokens[-1].owner and head.tokens[0].capital:
                reading.proper = [*before.tokens, *head.tokens]
        elif isinstance(payload, Person):
            reading.person = payload
        elif isinstance(payload, Body):
            head_body(reading, payload)
        elif isinstance(payload, Nation):
            if reading.country is None:
                reading.country = payload.iso3
            reading.use = payload.use
        else:
            reading.name = head.tokens
        return reading

    def _modify(self, reading: Reading, item: Item, *, before_name: bool) -> None:
        """Take in what stands before the head."""
        payload = item.payload
        if item.muted:
            return
        if isinstance(payload, Nation):
            reading.country = reading.country or payload.iso3
        elif isinstance(payload, Role):
            if before_name and payload.strength is not Strength.MODIFIER:
                if reading.role is not None:
                    reading.shades.append(reading.role.sectors)
                reading.role = payload
                return
            shade = payload.modifier or payload
            if shade.sectors:
                reading.shades.append(shade.sectors)
            reading.country = reading.country or payload.country
        elif isinstance(payload, Person):
            reading.patron = payload
        elif isinstance(payload, Body):
            if is_people(payload):
                if reading.country is None:
                    reading.country, reading.region = payload.country, True
                if payload.sectors(None) == ("REL",):
                    reading.shades.append(("REL",))
            else:
                reading.body = reading.body or payload
        else:
            reading.patron_name = reading.patron_name or item.tokens
            if reading.country is None:
                reading.country, reading.region = self.country_of_place(item.tokens), True


def is_only_alike(token: Token, payload: Payload) -> bool:
    """Tell whether an accent makes a name of what looks like a country: Germán is not German."""
    return isinstance(payload, Nation) and token.key in _SURNAMES and not token.text.isascii()


def _may_be_given(payload: Payload) -> bool:
    """Tell whether somebody may bear this as a given name: Jordan, Karen."""
    if isinstance(payload, Nation):
        return payload.use in (Use.COUNTRY, Use.CAPITAL)
    return isinstance(payload, Body) and is_people(payload)


def may_describe(token: Token) -> bool:
    """Tell whether a word that names nothing itself can stand in a description: "former", "of"."""
    key = token.key
    return key in _BELONGING or key in _FORMER or key in _COMMON or key in HONORIFICS or token.joined


def _opens(token: Token, here: Segment) -> bool:
    if token.key in _JOINING:
        return True
    if token.key not in _BELONGING and token.key not in LOCATING and token.key not in _BLOCKING:
        return False
    return bool(here.items or here.intro)


def _is_count(item: Item) -> bool:
    """Tell whether a word only counts what comes behind it: "thirty" of the miners."""
    return not item.known and all(token.key in _COMMON or token.key.isdigit() for token in item.tokens)


def _is_noun(here: Segment) -> bool:
    """Tell whether the last item can be a head, so that a participle behind it begins a clause."""
    if not here.items:
        return False
    item = here.items[-1]
    payload = item.payload
    if item.tokens[-1].owner or item.tokens[-1].joined or not item.known:
        return False
    if isinstance(payload, Nation):
        return payload.use is not Use.ADJECTIVE
    return not (isinstance(payload, Role) and (payload.strength is Strength.MODIFIER or payload.modifier))


def _is_participle(token: Token) -> bool:
    return len(token.text) > 4 and token.key.endswith(("ed", "ing")) and not token.joined


def _is_name(words: Sequence[Token], *, first: bool) -> bool:
    token = words[0]
    if not token.capital or not token.text[0].isalpha():
        return False
    if len(words) == 1 and token.key in _PRONOUNS and not token.capitals:
        return False
    return not (first and len(words) == 1 and token.key in _COMMON)
