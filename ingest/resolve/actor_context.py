"""What the text around a phrase tells of it: the country it is about, and what is said beside a name."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from graph.model import International
from ingest.resolve.actor_phrases import LOCATING, PhraseReader, is_only_alike, may_describe
from ingest.resolve.actor_reading import Reading
from ingest.resolve.actor_tables import Body, Nation, Payload, Person, countries
from ingest.resolve.home_country import Home
from ingest.resolve.phrases import Lexicon, Token, tokenize

_CLEAR = 2 / 3
"""Probability from which a country is clearly meant: twice that of all others."""

UNIONS = {
    "alliance": frozenset({"IGO-NATO", "IGO-CSTO", "IGO-AES"}),
    "bloc": frozenset(
        f"IGO-{name}"
        for name in "EU ASEAN ECOWAS GCC MERCOSUR BRICS SADC CIS EAEU CARICOM AU OAS NATO CSTO EAC IGAD".split()
    ),
}
"""Which bodies "the alliance" and "the bloc" may mean."""

_WORDS_ASIDE = 8
"""How many words beside a name in its context may describe it."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the text around a phrase says: its words, and how often it names which country and person."""

    tokens: tuple[Token, ...]
    known: tuple[bool, ...]
    countries: Counter[str]
    people: frozenset[str]
    short: dict[str, Body | Nation]
    """What "the Union", "the North" stand for, by their one word."""
    unions: Counter[str]
    """How often bodies of states are named, by id."""
    home: Home | None = None
    """Where unnamed actors of the phrase's own sentence belong, if the caller knows better."""

    def country(self, *, clear: bool = False) -> str | None:
        """Return the country that the text names most often, the first named of equals.

        On 6,800 participants of written articles it is right for 79 in 100. With ``clear`` it must be
        named twice as often as any other, or it is ``None``: then 87 in 100 are right, but a third has none.
        """
        if self.home is not None:
            return self.home.country if not clear or self.home.chance >= _CLEAR else None
        ranked = self.countries.most_common(2)
        if not ranked or (clear and len(ranked) == 2 and ranked[0][1] < 2 * ranked[1][1]):
            return None
        return ranked[0][0]

    def union(self, noun: str) -> str | None:
        """Return the id of the body that "the alliance" or "the bloc" stands for: the one named most often."""
        return next((id for id, _ in self.unions.most_common() if id in UNIONS.get(noun, ())), None)

    @property
    def belgian(self) -> bool:
        """Whether "Brussels" is Belgium's government here, not the European Union's seat."""
        return any(token.key in ("belgium", "belgian") for token in self.tokens)

    def describing(self, end: int, *, over_comma: bool = False) -> int:
        """Return where the words begin that stand before ``end`` and may describe what follows."""
        start = end
        while start > 0 and end - start < _WORDS_ASIDE:
            before = self.tokens[start - 1]
            if before.after and not (over_comma and start == end):
                break
            if not (self.known[start - 1] or before.capital or may_describe(before)):
                break
            start -= 1
        return start


def look_around(context: str, lexicon: Lexicon[Payload], reader: PhraseReader) -> Surroundings:
    """Return what a sentence or an article says around a phrase."""
    tokens = tokenize(context)
    named: Counter[str] = Counter()
    persons: set[str] = set()
    known = [False] * len(tokens)
    short: dict[str, Body | Nation] = {}
    unions: Counter[str] = Counter()
    index = 0
    while index < len(tokens):
        match = lexicon.longest(tokens, index)
        if match is None or is_only_alike(tokens[index], match[1]):
            index = _count_city(tokens, index, named, reader)
            continue
        end, payload = match
        known[index:end] = [True] * (end - index)
        if isinstance(payload, Nation):
            named[payload.iso3] += 1
            if tokens[index].key in ("north", "south") and end - index == 2:
                short[tokens[index].key] = payload
        elif isinstance(payload, Body):
            if payload.international is International.IGO:
                unions[payload.id] += 1
            if payload.country is not None and not payload.generic:
                named[payload.country] += 1
            if tokens[end - 1].capital and end - index > 1 and not payload.place:
                short.setdefault(tokens[end - 1].key, payload)
        elif isinstance(payload, Person):
            persons.add(payload.id)
            home = payload.tenures[-1].holder_of
            if home in countries():
                named[home] += 1
        index = end
    return Surroundings(tuple(tokens), tuple(known), named, frozenset(persons), short, unions)


def _count_city(tokens: Sequence[Token], index: int, named: Counter[str], reader: PhraseReader) -> int:
    """Count the country of a city named behind "in" or the like; return where to go on."""
    if index == 0 or tokens[index - 1].key not in LOCATING or not tokens[index].capital:
        return index + 1
    end = index + 1
    while end < len(tokens) and end - index < 4 and tokens[end].capital and not tokens[end - 1].after:
        end += 1
    country = reader.country_of_place(tokens[index:end])
    if country is not None:
        named[country] += 1
    return end


def description(name: Sequence[Token], around: Surroundings, reader: PhraseReader) -> Reading | None:
    """Return what the context says of a name beside one of its occurrences, or ``None``.

    "Immigration minister Graham Pulford", "the minister, Graham Pulford", "Graham Pulford, a minister".
    """
    words = around.tokens
    last = name[-1].key
    for index, token in enumerate(words):
        if token.key != last or token.capital != name[-1].capital:
            continue
        first = index
        while first > 0 and not around.known[first - 1] and _in_name(words[first - 1]):
            first -= 1
        reading = reader.read(words[around.describing(first) : index + 1])
        if reading.name and reading.role is not None:
            return reading
        if first > 0 and words[first - 1].after == ",":
            reading = reader.read(words[around.describing(first, over_comma=True) : first])
            if _describes(reading):
                return reading
        if token.after.startswith(","):
            begin = index + 1
            if begin + 1 < len(words) and words[begin].key.isdigit() and words[begin].after == ",":
                begin += 1
            end = begin
            while end < len(words) and not words[end].after and end - begin < _WORDS_ASIDE:
                end += 1
            reading = reader.read(words[begin : end + 1])
            if _describes(reading):
                return reading
    return None


def _in_name(token: Token) -> bool:
    return (token.capital or token.joined) and not token.after and not token.owner


def _describes(reading: Reading) -> bool:
    return reading.role is not None and not reading.name and reading.person is None and not reading.stray
