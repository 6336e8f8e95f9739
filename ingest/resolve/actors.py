"""Who an actor phrase means: a country, a body, a group, a known person, a role of a country, or a new name.

The head noun of a phrase tells the sectors, the words before and behind it the country: "Russian troops" are
``RUS-MIL``, "pro-Russian separatists in Donetsk" are ``UKR-REB``. The role of a known office on a known day is
its holder: "the French president" of May 2022 is Emmanuel Macron. Names that no table has stay actors of their
own (``NAM-…``).
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import cache, lru_cache

from graph.model import Actor, ActorId, ActorKind, International
from ingest.resolve.actor_context import Surroundings, description, look_around
from ingest.resolve.actor_phrases import (
    COLLECTIVES,
    LANDFORMS,
    MUNITIONS,
    CityCountry,
    PhraseReader,
    joined_text,
)
from ingest.resolve.actor_reading import Reading, is_people
from ingest.resolve.actor_tables import (
    Body,
    Person,
    Role,
    Strength,
    Use,
    bodies,
    countries,
    lexicon,
    slug,
)
from ingest.resolve.home_country import Home
from ingest.resolve.offices import by_surname, holder, offices_of, status
from ingest.resolve.phrases import Token, tokenize

_LABELS = {
    "GOV": "government",
    "MIL": "military",
    "COP": "police",
    "JUD": "judiciary",
    "LEG": "lawmakers",
    "PTY": "parties",
    "PRM": "paramilitaries",
    "REB": "rebels",
    "SPY": "intelligence services",
    "UAF": "unidentified armed men",
    "UNK": "unidentified people",
    "AGR": "farmers",
    "BUS": "business",
    "CRM": "criminals",
    "CVL": "civilians",
    "EDU": "educators and students",
    "ELI": "former officials",
    "JRN": "journalists",
    "LAB": "labour",
    "MED": "health workers",
    "REF": "refugees",
    "OPP": "opposition",
    "PRE": "breakaway authorities",
    "REL": "religious bodies",
    "SOC": "civil society",
}
_ARMED = frozenset({"REB", "UAF", "PRM", "MIL", "CRM", "UNK"})
_ONE_OF_MANY = frozenset({"country", "nation", "state", "power", "capital"})
_PUBLIC = frozenset({"GOV", "LEG", "JUD"})


class ActorResolver:
    """Finds the actor that a phrase means.

    Args:
        city_country: Gives the country (ISO 3166-1 alpha-3) of a city by its name, or ``None``. Without
            it, only capitals and the regions of the tables are known as places.
    """

    def __init__(self, city_country: CityCountry | None = None) -> None:
        self._lexicon = lexicon()
        cached = lru_cache(maxsize=65536)(city_country) if city_country is not None else None
        self._reader = PhraseReader(self._lexicon, cached)
        self._surroundings = lru_cache(maxsize=512)(self._look_around)

    def countries_named(self, text: str) -> Counter[str]:
        """Return how often a text names each country (ISO 3166-1 alpha-3): itself, its people, bodies, cities."""
        return self._surroundings(text).countries

    def tells_role(self, phrase: str) -> bool:
        """Tell whether a phrase says what somebody is: "US Ambassador to Germany Richard Grenell"."""
        return self._reader.read(tokenize(phrase)).role is not None

    def tells_states(self, phrase: str) -> bool:
        """Tell whether a phrase means states by their place among others: "the allies", "both sides"."""
        reading = self._reader.read(tokenize(phrase))
        return reading.role is not None and _is_collective(reading.role)

    def resolve(
        self, phrase: str, *, context: str = "", day: date | None = None, home: Home | None = None
    ) -> Actor | None:
        """Return whom a noun phrase means.

        Args:
            phrase: The words, as they stand in the text: ``"Poland's Foreign Minister Zbigniew Rau"``.
            context: The sentence or article around it. It tells the country where the phrase does not and
                the context is clearly about one, and who a surname is.
            day: When the text was published. It tells who held an office, and what a group was then.
            home: Where unnamed actors of the phrase's sentence belong; without it, the country that the
                context names most often.

        Returns:
            The actor; ``None`` for phrases that name nobody ("the weather", "she").
        """
        tokens = tokenize(phrase)
        if not tokens:
            return None
        reading = self._reader.read(tokens)
        around = self._surroundings(context) if context else None
        if around is not None and home is not None:
            around = replace(around, home=home)
        short = around.short.get(tokens[0].key) if around is not None and len(tokens) == 1 else None
        if short is not None and tokens[0].capital and not reading.body_is_head:
            return (
                _body(short, short.sectors(day)) if isinstance(short, Body) else _country(short.iso3, reading)
            )
        if reading.stray and reading.empty:
            return None
        if reading.person is not None:
            return _known_person(reading.person, reading, day)
        if reading.name:
            names_land = reading.name[-1].key in LANDFORMS and reading.role is None
            return None if names_land else self._named(reading, around, day)
        whose = reading.country or reading.body or reading.patron or reading.patron_name
        fired = reading.role.noun if reading.role is not None else tokens[-1].key.removesuffix("s")
        if fired in MUNITIONS and not whose:
            return None
        if reading.role is not None:
            meant = around.union(reading.role.noun) if around is not None and not whose else None
            if meant is not None:
                return _body(bodies()[meant], bodies()[meant].sectors(day))
            return self._role(reading, reading.role, around, day)
        if reading.body is not None:
            return _body_itself(reading, reading.body, around, day)
        if reading.shades:
            return self._role(reading, Role("", reading.shades.pop(), Strength.HEAD), around, day)
        if reading.country is not None:
            if (
                reading.country == "BEL"
                and reading.use is Use.CAPITAL
                and not (around is not None and around.belgian)
            ):
                union = bodies()["IGO-EU"]
                return _body(union, union.sectors(day))
            if phrase[:4].casefold() == "the " and reading.use is Use.PEOPLE:
                reading.use = None
            return _country(reading.country, reading)
        return _person_as_country(reading.patron, day) if reading.patron is not None else None

    def _look_around(self, context: str) -> Surroundings:
        return look_around(context, self._lexicon, self._reader)

    def _named(self, reading: Reading, around: Surroundings | None, day: date | None) -> Actor:
        """Return a person or thing whose name the tables do not have in full."""
        name = [token for token in reading.name if token.key]
        role = reading.role
        person = by_surname(
            name,
            day,
            country=reading.country,
            sectors=_sectors(reading, role, day) if role is not None else (),
            title=role.office if role is not None else "",
            spoken_of=frozenset(around.countries) if around is not None else frozenset(),
            full_names=around.people if around is not None else frozenset(),
        )
        if person is not None:
            return _known_person(person, reading, day)
        text = joined_text(name)
        described = role is not None or reading.body is not None
        if not described and reading.country is None:
            described_reading = description(name, around, self._reader) if around is not None else None
            if described_reading is not None:
                reading = described_reading
                described = True
        if not described and reading.country is None and not reading.titled:
            city = self._reader.country_of_place(name)
            if city is not None:
                return _place(text, city)
        sectors = _sectors(reading, reading.role, day) if described else ()
        country, international = reading.country, None
        if reading.body is not None and country is None:
            country, international = reading.body.country, reading.body.international
        is_person = reading.titled or reading.role is not None or len(name) in (2, 3, 4)
        # A person is mostly of the country that the text is about; what bears a single name ("VTB") is not.
        told_where = country is not None or international is not None or reading.distant
        if is_person and not told_where and around is not None:
            told = reading.role.country if reading.role is not None else None
            country = told if told and told in around.countries else around.country()
        return Actor(
            ActorId(f"NAM-{slug(text)}"),
            text,
            ActorKind.PERSON if is_person else ActorKind.UNKNOWN,
            country,
            international,
            sectors,
        )

    def _surname(self, name: Sequence[Token], around: Surroundings | None, day: date | None) -> Person | None:
        if not name:
            return None
        spoken_of = frozenset(around.countries) if around is not None else frozenset()
        full_names = around.people if around is not None else frozenset()
        return by_surname(name, day, spoken_of=spoken_of, full_names=full_names)

    def _role(self, reading: Reading, role: Role, around: Surroundings | None, day: date | None) -> Actor:
        """Return whom a common noun means: a body, an office's holder, or a sector of a country."""
        body = reading.body
        if body is not None and _is_that_body(reading, role, body, day):
            return _of_body(reading, role, body, day)
        country, international = reading.country, None
        if body is not None and country is None:
            country = body.country
            international = body.international if country is None else None
        sectors = _sectors(reading, role, day)
        if country is None and international is None:
            patron = reading.patron or self._surname(reading.patron_name, around, day)
            if patron is not None:
                country, international = _allegiance(patron, day)
        if country is None and international is None and not reading.distant:
            several = role.plural and sectors[:1] == ("GOV",)
            if around is not None and not _is_collective(role):
                country = around.country(clear=several)
            country = country or role.country
        if not (role.plural or reading.former or reading.region or reading.shades or day is None):
            person = holder(offices_of(role.office, country), country, day) if country else None
            if person is not None and body is None:
                return _known_person(person, reading, day)
        if reading.proper:
            text = joined_text(reading.proper)
            return Actor(
                ActorId(f"NAM-{slug(text)}"), text, ActorKind.ORGANISATION, country, international, sectors
            )
        if country is None:
            if international is not None and body is not None:
                return _of_body(reading, role, body, day)
            return Actor(
                ActorId("-".join(["ROLE", *(sectors or ("UNK",))])), _unnamed(sectors), ActorKind.ROLE,
                None, international, sectors,
            )  # fmt: skip
        if role.office == "state" and sectors == ("GOV",) and not reading.region:
            return _country(country, reading)
        return _sector_of(country, sectors)


def _is_collective(role: Role) -> bool:
    """Tell whether a noun means states among states; "the country" alone is the story's own."""
    return role.noun in COLLECTIVES or (role.plural and role.noun.split()[-1] in _ONE_OF_MANY)


def _sectors(reading: Reading, role: Role | None, day: date | None) -> tuple[str, ...]:
    """Return the sectors that a role noun and the words around it tell."""
    if role is None:
        return reading.body.sectors(day) if reading.body is not None else ()
    sectors = role.sectors
    shades = [shade for shade in reading.shades if shade]
    if role.strength is Strength.TITLE:
        if shades:
            sectors = shades[-1]
            shades = shades[:-1]
        elif reading.body is not None and reading.body.sectors(day):
            sectors = reading.body.sectors(day)
        elif reading.inner:
            sectors = reading.inner
    for shade in shades:
        if sectors in (("CVL",), ("UNK",)) and role.strength is Strength.HEAD:
            sectors = shade if shade != ("GOV",) else sectors
        elif shade == ("OPP",) and sectors[:1] not in (("OPP",), ("GOV",)):
            sectors = (*sectors, "OPP")
        elif shade == ("REB",) and sectors == ("MIL",):
            sectors = ("REB", "MIL")
    if reading.former and sectors and sectors[0] in _PUBLIC:
        sectors = ("ELI",)
    return tuple(dict.fromkeys(sectors))


def _is_that_body(reading: Reading, role: Role, body: Body, day: date | None) -> bool:
    """Tell whether a role's holder speaks or fights for the body beside it, and is counted as it."""
    if is_people(body) or role.strength is Strength.APART:
        return False
    if body.international is International.IGO and reading.country is not None:
        return False
    own = body.sectors(day)
    if role.strength is Strength.TITLE or (body.international is not None and body.country is None):
        return True
    if body.kind is ActorKind.GROUP:
        return bool(_ARMED.intersection(role.sectors)) or (role.sectors == ("GOV",) and "GOV" in own)
    return bool(own) and role.sectors[:1] == own[:1]


def _of_body(reading: Reading, role: Role, body: Body, day: date | None) -> Actor:
    if role.office and not role.plural and not reading.former and day is not None and not reading.shades:
        person = holder(offices_of(role.office, body.id), body.id, day)
        if person is not None:
            return _known_person(person, reading, day)
    own = body.sectors(day)
    sectors = own
    if body.international is not None and role.strength is Strength.HEAD and body.kind is not ActorKind.GROUP:
        sectors = _sectors(reading, role, day) or own
    if reading.former and sectors and sectors[0] in _PUBLIC:
        sectors = ("ELI",)
    if sectors == own or sectors == ("GOV",):
        return _body(body, sectors)
    return Actor(
        ActorId("-".join([body.id, *sectors])), f"{body.name} – {_label(None, sectors)}", ActorKind.ROLE,
        body.country, body.international, sectors,
    )  # fmt: skip


def _body_itself(reading: Reading, body: Body, around: Surroundings | None, day: date | None) -> Actor:
    sectors = body.sectors(day)
    if reading.shades and is_people(body):
        sectors = tuple(dict.fromkeys((*reading.shades[-1], *sectors)))
    if is_people(body) and body.country is None:
        country = reading.country or (around.country() if around is not None else None)
        if country is not None:
            return _sector_of(country, sectors)
    return _body(body, sectors)


def _body(body: Body, sectors: tuple[str, ...]) -> Actor:
    name = body.name
    kind = body.kind
    if body.id in countries():
        name = countries()[body.id].name
    elif kind is ActorKind.ROLE:
        name = _label(body.country, sectors)
    return Actor(ActorId(body.id), name, kind, body.country, body.international, sectors)


def _country(iso3: str, reading: Reading) -> Actor:
    if reading.use is Use.PEOPLE and not reading.stray:
        return _sector_of(iso3, ("CVL",))
    return Actor(ActorId(iso3), countries()[iso3].name, ActorKind.COUNTRY, iso3, None, ("GOV",))


def _place(name: str, country: str) -> Actor:
    return Actor(ActorId(f"{country}-{slug(name).upper()}"), name, ActorKind.GROUP, country, None, ("CVL",))


def _sector_of(country: str, sectors: tuple[str, ...]) -> Actor:
    shown = sectors or ("UNK",)
    return Actor(
        ActorId("-".join([country, *shown])), _label(country, shown), ActorKind.ROLE, country, None, sectors
    )


def _label(country: str | None, sectors: tuple[str, ...]) -> str:
    words = ", ".join(_LABELS.get(sector, sector) for sector in sectors or ("UNK",))
    return f"{countries()[country].adjective} {words}" if country else words


def _unnamed(sectors: tuple[str, ...]) -> str:
    """Name those of whom a text does not tell whose they are: "unnamed government"."""
    label = _label(None, sectors)
    return label if label.startswith("un") else f"unnamed {label}"


def _allegiance(person: Person, day: date | None) -> tuple[str | None, International | None]:
    place = status(person, day)[0].holder_of
    if place in countries():
        return place, None
    body = bodies().get(place)
    return (body.country, body.international) if body is not None else (None, None)


def _known_person(person: Person, reading: Reading, day: date | None) -> Actor:
    country, international = _allegiance(person, day)
    sectors = status(person, day)[1]
    role = reading.role
    if day is None and role is not None and not reading.former:
        meant = [held for held in person.tenures if held.office in offices_of(role.office, held.holder_of)]
        sectors = meant[-1].sectors if meant else sectors
    if day is None and reading.former and sectors and sectors[0] in _PUBLIC:
        sectors = ("ELI",)
    if not sectors and reading.role is not None:
        sectors = _sectors(reading, reading.role, day)
    return Actor(ActorId(person.id), person.name, ActorKind.PERSON, country, international, sectors)


def _person_as_country(person: Person, day: date | None) -> Actor | None:
    country, _ = _allegiance(person, day)
    return _country(country, Reading()) if country else None


@cache
def default_resolver() -> ActorResolver:
    """Return the resolver without a gazetteer, built once."""
    return ActorResolver()
