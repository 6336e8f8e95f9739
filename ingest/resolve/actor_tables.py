"""What is known of actors: countries, bodies, nouns of roles and office holders, from the tables."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cache

from graph.model import ActorKind, International
from ingest.resolve.phrases import Lexicon, fold, listed, table


class Use(StrEnum):
    """How a name of a country or body is used."""

    COUNTRY = "country"
    """The country's own name."""
    ADJECTIVE = "adjective"
    """"French"."""
    PEOPLE = "people"
    """"Frenchmen"."""
    CAPITAL = "capital"
    """"Paris"."""


class Strength(StrEnum):
    """What a role noun does with what stands beside it."""

    HEAD = "head"
    """Keeps its own sectors: "NATO soldiers" are soldiers."""
    TITLE = "title"
    """Takes the sectors of the body that it speaks for: "army spokesman", "members of parliament"."""
    APART = "apart"
    """Belongs to somebody without being them: "Trump supporters", "the minister's wife"."""
    MODIFIER = "modifier"
    """Never a head: "military", "opposition"."""


@dataclass(frozen=True, slots=True)
class Nation:
    """A name of a country, and how it names it."""

    iso3: str
    use: Use


@dataclass(frozen=True, slots=True)
class Period:
    """Sectors that hold from one day to another, both inclusive; ``None`` is without end."""

    sectors: tuple[str, ...]
    first: date | None = None
    last: date | None = None

    def holds(self, day: date) -> bool:
        """Tell whether the day lies in the period."""
        return (self.first is None or self.first <= day) and (self.last is None or day <= self.last)


@dataclass(frozen=True, slots=True)
class Body:
    """An organisation, party, armed group, seat of government, people or region."""

    id: str
    name: str
    kind: ActorKind
    country: str | None
    international: International | None
    periods: tuple[Period, ...]
    place: bool = False
    """Whether it is a region, whose name can say where its people belong."""
    generic: bool = False
    """Whether the name found could be any country's ("Security Council")."""

    def sectors(self, day: date | None) -> tuple[str, ...]:
        """Return its sectors on a day, or its latest ones."""
        if day is not None:
            for period in self.periods:
                if period.holds(day):
                    return period.sectors
        return self.periods[-1].sectors


@dataclass(frozen=True, slots=True)
class Role:
    """A common noun or adjective that tells what somebody is."""

    noun: str
    sectors: tuple[str, ...]
    strength: Strength
    office: str = ""
    country: str | None = None
    plural: bool = False
    modifier: "Role | None" = None
    """What the word says as an adjective, where that differs."""


@dataclass(frozen=True, slots=True)
class Tenure:
    """One office that one person held, first and last day inclusive."""

    office: str
    holder_of: str
    sectors: tuple[str, ...]
    first: date
    last: date | None

    def holds(self, day: date) -> bool:
        """Tell whether the office was held on a day."""
        return self.first <= day and (self.last is None or day <= self.last)


@dataclass(frozen=True, slots=True)
class Person:
    """A known person and the offices they held, the earliest first."""

    id: str
    name: str
    tenures: tuple[Tenure, ...]


Payload = Nation | Body | Role | Person


@dataclass(frozen=True, slots=True)
class Country:
    """A country or territory of ISO 3166-1."""

    iso3: str
    name: str
    adjective: str


def sectors_of(cell: str) -> tuple[str, ...]:
    """Return the sectors listed in a cell."""
    return tuple(listed(cell))


def slug(name: str) -> str:
    """Return a name as it stands in an id: ``"Thaçi, Hashim"`` is ``"thaci-hashim"``."""
    letters = "".join(letter if letter.isalnum() else " " for letter in fold(name.replace("'", "")))
    return "-".join(letters.split())


def day_of(cell: str, *, end: bool) -> date | None:
    """Return the first (or, with ``end``, the last) day that ``2004``, ``2004-03`` or ``2004-03-09`` covers."""
    if not cell:
        return None
    parts = [int(part) for part in cell.split("-")]
    if len(parts) == 3:
        return date(*parts)
    if not end:
        return date(parts[0], parts[1] if len(parts) == 2 else 1, 1)
    if len(parts) == 2 and parts[1] < 12:
        return date(parts[0], parts[1] + 1, 1) - timedelta(days=1)
    return date(parts[0], 12, 31)


@cache
def countries() -> dict[str, Country]:
    """Return every country by its ISO 3166-1 alpha-3 code."""
    return {
        row["iso3"]: Country(row["iso3"], row["name"], (listed(row["adjectives"]) or [row["name"]])[0])
        for row in table("countries")
    }


@cache
def bodies() -> dict[str, Body]:
    """Return every organisation, group and party by its id."""
    found: dict[str, Body] = {}
    for row in table("organisations"):
        found[row["id"]] = _body(row, ActorKind.ORGANISATION, (Period(sectors_of(row["sectors"])),))
    periods: dict[str, list[Period]] = {}
    for row in table("groups"):
        first, last = day_of(row["first"], end=False), day_of(row["last"], end=True)
        periods.setdefault(row["id"], []).append(Period(sectors_of(row["sectors"]), first, last))
        found[row["id"]] = _body(row, ActorKind.GROUP, tuple(periods[row["id"]]))
    for row in table("parties"):
        found[row["id"]] = _body(row, ActorKind.ORGANISATION, (Period(sectors_of(row["sectors"])),))
    return found


def _body(row: dict[str, str], kind: ActorKind, periods: tuple[Period, ...]) -> Body:
    international = row.get("international", "")
    return Body(
        row["id"],
        row["name"],
        kind,
        row["country"] or None,
        International(international) if international else None,
        periods,
    )


@cache
def people() -> dict[str, Person]:
    """Return every known person by id."""
    tenures: dict[str, list[Tenure]] = {}
    for row in table("offices"):
        first = day_of(row["first"], end=False)
        if first is None:
            raise ValueError(f"{row['person']}: an office needs a first day")
        tenures.setdefault(row["person"], []).append(
            Tenure(
                row["office"],
                row["holder_of"],
                sectors_of(row["sectors"]),
                first,
                day_of(row["last"], end=True),
            )
        )
    return {
        (key := f"PER-{slug(name)}"): Person(key, name, tuple(sorted(held, key=lambda t: t.first)))
        for name, held in tenures.items()
    }


@cache
def lexicon() -> Lexicon[Payload]:
    """Return every name and noun of the tables."""
    words: Lexicon[Payload] = Lexicon()
    _add_people(words)
    _add_bodies(words)
    _add_seats_and_peoples(words)
    _add_countries(words)
    _add_roles(words)
    return words


def _add_people(words: Lexicon[Payload]) -> None:
    known = people()
    for row in table("offices"):
        person = known[f"PER-{slug(row['person'])}"]
        for name in dict.fromkeys([row["person"], *listed(row["other_names"])]):
            if " " in name or "-" in name or row["other_names"]:
                words.add(name, person)


def _add_bodies(words: Lexicon[Payload]) -> None:
    known = bodies()
    done: set[str] = set()
    for name in ("organisations", "groups", "parties"):
        for row in table(name):
            if row["id"] in done:
                continue
            done.add(row["id"])
            body = known[row["id"]]
            for alias in dict.fromkeys([row["name"], *listed(row["other_names"])]):
                words.add(alias, body)
            for alias in listed(row.get("generic", "")):
                words.add(alias, _as_generic(body))


def _as_generic(body: Body) -> Body:
    return Body(
        body.id, body.name, body.kind, body.country, body.international, body.periods, body.place, True
    )


def _add_seats_and_peoples(words: Lexicon[Payload]) -> None:
    for row in table("seats"):
        if not row["id"]:
            continue
        named = bodies().get(row["id"])
        seat = named or Body(
            row["id"],
            row["name"],
            ActorKind.COUNTRY if "-" not in row["id"] else ActorKind.ROLE,
            row["iso3"],
            None,
            (Period(sectors_of(row["sectors"])),),
        )
        for alias in [row["name"], *listed(row["other_names"])]:
            words.add(alias, seat)
    for row in table("peoples"):
        for alias in [row["name"], *listed(row["other_names"])]:
            label = f"{row['country'] or 'ETH'}-{slug(alias).upper()}"
            period = Period(sectors_of(row["sectors"]))
            region = row["kind"] == "region"
            words.add(
                alias,
                Body(label, alias, ActorKind.GROUP, row["country"] or None, None, (period,), region),
            )


def _add_countries(words: Lexicon[Payload]) -> None:
    for row in table("countries"):
        code = row["iso3"]
        for name in [row["name"], *listed(row["other_names"])]:
            words.add(name, Nation(code, Use.COUNTRY))
        for name in listed(row["capital"]):
            words.add(name, Nation(code, Use.CAPITAL))
        for name in listed(row["adjectives"]):
            words.add(name, Nation(code, Use.ADJECTIVE))
        for name in listed(row["people"]):
            words.add(name, Nation(code, Use.PEOPLE))
            if name.endswith("s") and not name.endswith("ese"):
                words.add(name[:-1], Nation(code, Use.PEOPLE))


def _add_roles(words: Lexicon[Payload]) -> None:
    nouns: dict[str, dict[str, str]] = {}
    modifiers: dict[str, Role] = {}
    for row in table("roles"):
        if row["kind"] == Strength.MODIFIER:
            modifiers[row["noun"]] = Role(row["noun"], sectors_of(row["sectors"]), Strength.MODIFIER)
        else:
            nouns[row["noun"]] = row
    for noun, modifier in modifiers.items():
        if noun not in nouns:
            words.add(noun, modifier)
    for noun, row in nouns.items():
        strength = Strength(row["kind"])
        sectors = sectors_of(row["sectors"])
        one = Role(noun, sectors, strength, row["office"], row["country"] or None, False, modifiers.get(noun))
        words.add(noun, one)
        plural = row["plural"] or plural_of(noun)
        if plural not in ("-", noun):
            many = Role(noun, sectors, strength, row["office"], row["country"] or None, True)
            words.add(plural, many)


def plural_of(noun: str) -> str:
    """Return the plural of a regular noun: party, parties; coach, coaches; soldier, soldiers."""
    if noun.endswith("y") and noun[-2:-1] not in "aeiou":
        return f"{noun[:-1]}ies"
    if noun.endswith(("s", "x", "ch", "sh")):
        return f"{noun}es"
    return f"{noun}s"
