"""Which place each place name of an article stands for.

All names of an article are weighed at once. A candidate gains when the name beside it contains it
("Paris, Texas"), when the article speaks of its country or division, and when the article's other places
lie near; else the more people stand behind a place, the likelier it is meant. A name keeps one sense in
an article unless its neighbour says otherwise.
"""

import functools
import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from graph.model import Place, PlaceSpan, Span, kilometres
from ingest.resolve.gazetteer import Candidate, Gazetteer, contains, default_gazetteer, normalise
from ingest.resolve.place_names import demonyms, find_demonyms, find_missed

CONTAINED = 6.0
"""Gain of a candidate that lies in the place named right behind it."""
LOOSELY_CONTAINED = 2.0
"""Gain of one that lies in a place joined to it by "in", "of" or a genitive."""
LISTED = 1.5
"""Gain of one that is of the same sort as its neighbour in a list."""
COUNTRY_VOTE = 0.7
DIVISION_VOTE = 0.6
NEAR = 1.5
NEAR_KILOMETRES = 300.0
SAME_LETTERS = 0.5
"""Gain of a place whose usual name is written just so: "St. Louis" is not Saint-Louis."""
CITY_SHARE = 0.15
"""Least share of a division's people that a city of the same name must hold to be what is meant."""

FACILITY_CITY = 100_000
"""Inhabitants from which a city's name before "Airport" and the like is taken for that city."""

_STRONG_JOINT = re.compile(r"^\s?(?:,\s?|\(\s?)$")
_WEAK_JOINT = re.compile(
    r"^,?\s(?:(?:a|an|the)\s)?(?:[a-z-]+\s){0,4}(?:in|of)\s(?:(?:the|northern|southern|eastern|western|central|"
    r"north|south|east|west|northeastern|northwestern|southeastern|southwestern|neighbou?ring)\s)*$"
)
_COORDINATION = re.compile(r"^(?:,| and| or|, and|, or)\s$")
_GENITIVE = re.compile(
    r"^(?:['’]s?)?\s(?:(?!(?:in|at|near|to|with|for|from|on|against|over|by|and|or|into|about|of)\s)[a-z-]+\s){0,4}"
    r"(?:of\s)?$"
)
"""What stands between an owner and what it owns: "Ukraine's eastern city of …", not "U.S. envoys in …"."""
_POSTAL = re.compile(r"^,?\s([A-Z]{2})\b|^,\s((?:[A-Z][a-z]{1,4}\.|[A-Z]\.\s?[A-Z]\.))")
_STATE_WORDS = re.compile(
    r"^(?:the\s)?(?P<name>.+?)\s(?P<kind>province|state|region|oblast|governorate|prefecture|district|county)$",
    re.I,
)
_DIVISION_AFTER = re.compile(r"^\s(province|state|region|oblast|governorate|prefecture)\b")
_DIVISION_BEFORE = re.compile(r"\b(?:province|state|region|governorate|prefecture) of $")
_CITY_BEFORE = re.compile(r"\b(?:city|town|village|suburb|municipality|capital|port)(?: of)? $")
_MODIFIER = re.compile(
    r"^(?:downtown|central|northern|southern|eastern|western|north-?eastern|north-?western|south-?eastern|"
    r"south-?western|upstate|rural|mainland|greater|metro|metropolitan|inner|upper|lower|far)\s+",
    re.I,
)
_TAIL = re.compile(r"(?:['’]s?|\s+(?:city|town|area|metropolitan area))$", re.I)
_FACILITIES = frozenset(
    "airport airfield airbase base barracks bridge camp cathedral checkpoint church courthouse embassy harbour "
    "harbor hospital market mosque palace park port prison square stadium station street synagogue temple "
    "terminal tower university zoo".split()
)
"""What a city's name stands before in the name of a place inside it: "Baghdad International Airport"."""

_BEARINGS_TEXT = (
    "north south east west northern southern eastern western central centre center city county state capital "
    "valley island islands village town street arab asian african european congress republic islamic"
)
_BEARINGS = frozenset(_BEARINGS_TEXT.split())
"""Words that some place somewhere is called by, but that mean none."""
_CONTAINERS = ("country", "admin1", "admin2")


@dataclass(slots=True)
class _Mention:
    """One name on its way to a place."""

    span: Span
    text: str
    key: str
    candidates: tuple[Candidate, ...]
    gains: dict[int, float] = field(default_factory=dict)
    """What its own neighbours add, by place id."""

    def gain(self, candidate: Candidate, gain: float) -> None:
        """Let a candidate gain, once for all reasons of this strength."""
        self.gains[candidate.place.id] = max(self.gains.get(candidate.place.id, 0.0), gain)


class PlaceResolver:
    """Resolves all place names of an article at once."""

    def __init__(self, gazetteer: Gazetteer | None = None) -> None:
        self._given = gazetteer

    @property
    def gazetteer(self) -> Gazetteer:
        """The gazetteer in use; the one that ships with Diurna unless another was given."""
        return self._given or default_gazetteer()

    def resolve(
        self,
        names: Sequence[tuple[Span, str, str]],
        *,
        text: str,
        title: str = "",
        scan: bool = True,
        with_demonyms: bool = False,
    ) -> list[PlaceSpan]:
        """Return the places that an article names, in the text's order.

        Args:
            names: Where the name finder found a name, its words and its kind: a person is never a place,
                an organization only when it is called exactly as a large place.
            text: The article's text.
            title: Its headline: places named there count as what the article is about.
            scan: Also look for well-known places that the name finder did not find.
            with_demonyms: Also return "Russian" as Russia; such a word is no place of an event.
        """
        mentions = [m for name in names if (m := self._mention(*name)) is not None]
        if scan:
            taken = [span for span, _, _ in names]
            persons = frozenset(w for _, name, kind in names if kind == "person" for w in name.split())
            for span in find_missed(text, taken, persons=persons, gazetteer=self.gazetteer):
                if (mention := self._mention(span, span.quote(text), "place")) is not None:
                    mentions.append(mention)
        mentions.sort(key=lambda m: m.span)
        peoples = list(find_demonyms(text))
        self._hints(mentions, text)
        chosen = self._choose(mentions, self._spoken_of(text, title, peoples))
        found = [PlaceSpan(m.span, m.text, chosen[n].place) for n, m in enumerate(mentions)]
        if with_demonyms:
            taken = [m.span for m in mentions]
            for span, iso3 in peoples:
                country = self.gazetteer.country(iso3)
                if country and not any(span.overlaps(other) for other in taken):
                    found.append(PlaceSpan(span, span.quote(text), country.place))
        return sorted(found, key=lambda p: p.span)

    def _mention(self, span: Span, name: str, kind: str) -> _Mention | None:
        if kind in ("person", "other") or name.islower():
            return None
        found = self._candidates(name)
        if kind == "organization":
            found = tuple(c for c in found if c.main and _is_large(c))
        if not found:
            return None
        return _Mention(span, name, normalise(name), found)

    def _candidates(self, name: str) -> tuple[Candidate, ...]:
        """Return candidates for a name as it stands, or else for what is left without its trimmings."""
        if normalise(name) in _BEARINGS:
            return ()
        if name in demonyms() and (country := self.gazetteer.country(demonyms()[name])):
            return (country,)
        found = self.gazetteer.candidates(name)
        if found:
            return found
        head, comma, tail = name.partition(",")
        if comma and (containers := self._candidates(tail.strip())):
            inside = [c for c in self._candidates(head.strip()) if any(contains(o, c) for o in containers)]
            return tuple(inside) or self._candidates(head.strip())
        if match := _STATE_WORDS.match(name):
            found = self.gazetteer.candidates(match["name"])
            return tuple(c for c in found if c.kind in ("admin1", "admin2", "province", "region")) or found
        for pattern in (_MODIFIER, _TAIL):
            bare = pattern.sub("", name)
            if bare != name and bare:
                return self._candidates(bare)
        return self._city_of_facility(name)

    def _city_of_facility(self, name: str) -> tuple[Candidate, ...]:
        """Return the cities that the longest beginning of a facility's name may mean."""
        words = name.split()
        if len(words) < 2 or words[-1].lower() not in _FACILITIES:
            return ()
        for length in range(len(words) - 1, 0, -1):
            beginning = " ".join(words[:length])
            if normalise(beginning) in _BEARINGS:
                continue
            cities = [c for c in self.gazetteer.candidates(beginning) if c.kind in ("city", "capital")]
            if cities and max(c.population for c in cities) >= FACILITY_CITY:
                return tuple(cities)
        return ()

    def _hints(self, mentions: Sequence[_Mention], text: str) -> None:
        """Let neighbours that contain a place speak for it."""
        for number, mention in enumerate(mentions):
            after = text[mention.span.end : mention.span.end + 24]
            before = text[max(0, mention.span.start - 40) : mention.span.start]
            if match := _POSTAL.match(after):
                states = self.gazetteer.candidates(match[1] or match[2])
                self._gain(mention, [c for c in states if c.kind == "admin1"], CONTAINED)
            if _DIVISION_AFTER.match(after) or _DIVISION_BEFORE.search(before):
                _prefer(mention, ("admin1", "admin2", "province", "region"), 1.5)
            elif _CITY_BEFORE.search(before):
                _prefer(mention, ("city", "capital"), 1.5)
            for other in mentions[number + 1 : number + 3]:
                between = text[mention.span.end : other.span.start]
                if len(between) > 60 or "." in between:
                    break
                containers = [c for c in other.candidates if c.kind in _CONTAINERS]
                if _COORDINATION.match(between):
                    self._agree(mention, other)
                if _STRONG_JOINT.match(between):
                    self._gain(mention, containers, CONTAINED)
                    self._contain(other, mention.candidates, CONTAINED / 3)
                elif _WEAK_JOINT.match(between):
                    self._gain(mention, containers, LOOSELY_CONTAINED)
                if _GENITIVE.match(between):
                    outer = [c for c in mention.candidates if c.kind in _CONTAINERS]
                    self._gain(other, outer, LOOSELY_CONTAINED)

    @staticmethod
    def _agree(one: _Mention, other: _Mention) -> None:
        """Let names in a list be of one sort: "Oregon, Utah and Washington" are states."""
        for mention, beside in ((one, other), (other, one)):
            first = beside.candidates[0]
            if first.kind in ("country", "admin1"):
                for candidate in mention.candidates:
                    if candidate.kind == first.kind and (
                        first.kind == "country" or candidate.place.country == first.place.country
                    ):
                        mention.gain(candidate, LISTED)

    @staticmethod
    def _gain(mention: _Mention, containers: Iterable[Candidate], gain: float) -> None:
        """Add to the candidates that lie in the best container that holds any of them."""
        for container in containers:
            inside = [c for c in mention.candidates if contains(container, c)]
            for candidate in inside:
                mention.gain(candidate, gain)
            if inside:
                return

    @staticmethod
    def _contain(mention: _Mention, inner: Iterable[Candidate], gain: float) -> None:
        """Add to the containers that hold any of the inner candidates."""
        inside = list(inner)
        for candidate in mention.candidates:
            if candidate.kind in _CONTAINERS and any(contains(candidate, c) for c in inside):
                mention.gain(candidate, gain)

    def _spoken_of(self, text: str, title: str, peoples: Iterable[tuple[Span, str]]) -> Counter[str]:
        """Count the countries that peoples and the headline speak of."""
        votes: Counter[str] = Counter(iso3 for _, iso3 in peoples)
        if title:
            votes.update(iso3 for _, iso3 in find_demonyms(title))
            for span in find_missed(title, (), gazetteer=self.gazetteer):
                best = self.gazetteer.candidates(span.quote(title))
                if best and best[0].place.country:
                    votes[best[0].place.country] += 2
        return votes

    def _choose(self, mentions: Sequence[_Mention], spoken_of: Counter[str]) -> list[Candidate]:
        """Choose in three rounds: first by size and neighbours, then also by what was chosen before."""
        senses: dict[str, list[_Mention]] = defaultdict(list)
        for mention in mentions:
            senses[mention.key].append(mention)
        shared = {key: _strongest(m.gains for m in group) for key, group in senses.items()}
        chosen = [self._best(m, shared[m.key], spoken_of, Counter(), ()) for m in mentions]
        for _ in range(2):
            countries, divisions = Counter(spoken_of), Counter[int]()
            for candidate in chosen:
                if candidate.place.country:
                    countries[candidate.place.country] += 1
                division = candidate.place.id if candidate.kind == "admin1" else candidate.admin1
                if division:
                    divisions[division] += 1
            around = {c.place.id: c.place for c in chosen if c.kind not in ("country", "continent", "region")}
            chosen = [
                self._best(m, shared[m.key], _without(countries, c), divisions, tuple(around.values()), c)
                for m, c in zip(mentions, chosen, strict=True)
            ]
        return chosen

    @staticmethod
    def _best(
        mention: _Mention,
        shared: Mapping[int, float],
        countries: Counter[str],
        divisions: Counter[int],
        around: Sequence[Place],
        before: Candidate | None = None,
    ) -> Candidate:
        """Return the candidate with the highest sum."""
        if len(mention.candidates) == 1:
            return mention.candidates[0]

        def total(candidate: Candidate) -> float:
            place = candidate.place
            gains = mention.gains or shared
            score = candidate.weight + gains.get(place.id, 0.0)
            if place.name == mention.text:
                score += SAME_LETTERS
            if place.country:
                score += COUNTRY_VOTE * math.log2(1 + countries[place.country])
            own = before is not None and before.place.id == place.id
            division = place.id if candidate.kind == "admin1" else candidate.admin1
            if division:
                score += DIVISION_VOTE * math.log2(1 + max(0, divisions[division] - own))
            if around and candidate.kind not in ("country", "continent"):
                near = sum(
                    math.exp(-kilometres(place, other) / NEAR_KILOMETRES)
                    for other in around[:40]
                    if other.id != place.id and other.name != place.name
                )
                score += NEAR * math.log2(1 + near)
            return score

        return _city_for_division(max(mention.candidates, key=total), mention)


def _city_for_division(best: Candidate, mention: _Mention) -> Candidate:
    """Return the city where a division is called after the city that holds much of its people."""
    if best.kind not in ("admin1", "admin2") or mention.gains.get(best.place.id):
        return best
    for candidate in mention.candidates:
        if (
            candidate.kind in ("city", "capital")
            and candidate.place.country == best.place.country
            and (candidate.main or not best.main)
            and (candidate.population >= CITY_SHARE * best.population or not best.main)
            and kilometres(candidate.place, best.place) < 1000
        ):
            return candidate
    return best


def _is_large(candidate: Candidate) -> bool:
    return candidate.kind in ("country", "capital", "admin1") or candidate.population >= 100_000


def _prefer(mention: _Mention, kinds: Sequence[str], gain: float) -> None:
    for candidate in mention.candidates:
        if candidate.kind in kinds:
            mention.gain(candidate, gain)


def _strongest(gains: Iterable[Mapping[int, float]]) -> dict[int, float]:
    best: dict[int, float] = {}
    for each in gains:
        for id, gain in each.items():
            best[id] = max(best.get(id, 0.0), gain)
    return best


def _without(countries: Counter[str], candidate: Candidate) -> Counter[str]:
    """Return the votes less a candidate's own: a choice is no evidence for itself."""
    if not candidate.place.country:
        return countries
    rest = Counter(countries)
    rest[candidate.place.country] -= 1
    return rest


@functools.cache
def default_resolver() -> PlaceResolver:
    """Return the resolver over the gazetteer that ships with Diurna."""
    return PlaceResolver()
