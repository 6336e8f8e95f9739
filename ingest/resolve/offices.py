"""Who held which office on which day, and whom a surname means on a day."""

from collections.abc import Iterable, Sequence
from datetime import date
from functools import cache

from ingest.resolve.actor_tables import Person, Tenure, bodies, countries, people
from ingest.resolve.phrases import Token, table, tokenize

_FAMILY_NAME_FIRST = frozenset({"CHN", "TWN", "KOR", "PRK", "HKG", "SGP"})
_GIVEN_NAME_FIRST = frozenset({"ETH", "ERI", "IDN", "MYS", "IRQ", "MMR"})
_PARTICLES = frozenset(
    {"von", "van", "de", "der", "den", "del", "della", "la", "le", "zu", "dos", "da", "al", "el"}
)
_PUBLIC = frozenset({"GOV", "LEG", "MIL", "JUD", "SPY", "COP"})
_HIGHEST = ("president", "prime minister", "monarch", "supreme leader", "military ruler", "secretary-general")
_CHIEF = ("secretary-general", "president", "director general", "managing director", "high commissioner")
_REMEMBERED_DAYS = 365 * 20
"""How long after leaving office a surname alone still means its holder."""


def status(person: Person, day: date | None) -> tuple[Tenure, tuple[str, ...]]:
    """Return the office that tells most of a person on a day, and the person's sectors then.

    Without a day, it is their state at the end of the table. After a public office a person is ``ELI``;
    before the first one nothing is known.
    """
    if day is None:
        current = [tenure for tenure in person.tenures if tenure.last is None]
        if current:
            return current[-1], current[-1].sectors
        return person.tenures[-1], _afterwards(person.tenures[-1])
    held = [tenure for tenure in person.tenures if tenure.holds(day)]
    if held:
        best = max(
            held, key=lambda tenure: (tenure.office in _HIGHEST, "GOV" in tenure.sectors, tenure.first)
        )
        return best, best.sectors
    past = [tenure for tenure in person.tenures if tenure.last is not None and tenure.last < day]
    if past:
        last = max(past, key=lambda tenure: tenure.last or day)
        return last, _afterwards(last)
    return person.tenures[0], ()


def _afterwards(tenure: Tenure) -> tuple[str, ...]:
    return ("ELI",) if _PUBLIC.intersection(tenure.sectors) else tenure.sectors


def holder(offices: Iterable[str], holder_of: str, day: date) -> Person | None:
    """Return who held one of the offices of a country or organisation on a day, if just one did.

    On the day of a handover both did: it is the one who came.
    """
    wanted = set(offices)
    found = [
        (tenure.first, person)
        for person, tenure in _by_holder().get(holder_of, ())
        if tenure.office in wanted and tenure.holds(day)
    ]
    if not found:
        return None
    latest = max(first for first, _ in found)
    persons = {person.id: person for first, person in found if first == latest}
    return next(iter(persons.values())) if len(persons) == 1 else None


def offices_of(title: str, holder_of: str) -> tuple[str, ...]:
    """Return the offices that a title means in a country or organisation: "chief" heads the UN."""
    if title == "chief":
        return _CHIEF if holder_of not in countries() else ()
    if title == "chancellor":
        return ("prime minister",) if holder_of in ("DEU", "AUT") else ()
    if title == "secretary of state":
        return ("foreign minister",) if holder_of == "USA" else ()
    return (title,) if title and title != "state" else ()


@cache
def _by_holder() -> dict[str, list[tuple[Person, Tenure]]]:
    found: dict[str, list[tuple[Person, Tenure]]] = {}
    for person in people().values():
        for tenure in person.tenures:
            found.setdefault(tenure.holder_of, []).append((person, tenure))
    return found


@cache
def _common() -> frozenset[str]:
    return frozenset(row["surname"] for row in table("surnames"))


@cache
def _by_surname() -> dict[tuple[str, ...], list[Person]]:
    found: dict[tuple[str, ...], list[Person]] = {}
    known = people()
    names = {person.name: person for person in known.values()}
    for row in table("offices"):
        person = names[row["person"]]
        for name in [row["person"], *(row["other_names"].split("|") if row["other_names"] else [])]:
            for keys in _surnames([token.key for token in tokenize(name)], person.tenures[0].holder_of):
                same = found.setdefault(keys, [])
                if person not in same:
                    same.append(person)
    return found


def _surnames(keys: Sequence[str], holder_of: str) -> set[tuple[str, ...]]:
    if len(keys) < 2:
        return {tuple(keys)}
    if holder_of in _FAMILY_NAME_FIRST:
        return {(keys[0],)}
    found: set[tuple[str, ...]] = {(keys[-1],)}
    if keys[-1] in ("jr", "i", "ii", "iii", "iv", "vi", "xvi"):
        found = {(keys[-2],)}
    if holder_of in _GIVEN_NAME_FIRST:
        found.add((keys[0],))
    for index in range(1, len(keys) - 1):
        if keys[index] in _PARTICLES:
            found.add(tuple(keys[index:]))
            break
    if len(keys) > 2:
        found.add(tuple(keys[-2:]))
    return found


def by_surname(
    name: Sequence[Token],
    day: date | None,
    *,
    country: str | None = None,
    sectors: tuple[str, ...] = (),
    title: str = "",
    spoken_of: frozenset[str] = frozenset(),
    full_names: frozenset[str] = frozenset(),
) -> Person | None:
    """Return the person whom a surname alone means on a day, or ``None`` when that is not plain.

    Args:
        name: The words of the name.
        day: The day of the text, if known.
        country: The country that the phrase gives the person.
        sectors: What the phrase says the person is, if anything.
        title: The office that the phrase gives the person, if any.
        spoken_of: Countries that the text around names.
        full_names: Ids of known people whom the text around names in full.
    """
    keys = tuple(token.key for token in name)
    candidates = _by_surname().get(keys, [])
    named = [person for person in candidates if person.id in full_names]
    if len(named) == 1:
        return named[0]
    fitting = [
        person
        for person in candidates
        if _in_mind(person, day) and _fits(person, day, country, sectors, title)
    ]
    if len(fitting) > 1:
        near = [person for person in fitting if status(person, day)[0].holder_of in spoken_of]
        fitting = near or fitting
    if len(fitting) > 1:
        serving = [person for person in fitting if _serves(person, day)]
        fitting = serving or fitting
    if len(fitting) > 1:
        highest = [person for person in fitting if status(person, day)[0].office in _HIGHEST]
        fitting = highest if len(highest) == 1 else fitting
    if len(fitting) != 1:
        return None
    found = fitting[0]
    if title or country or keys[-1] not in _common() or len(keys) > 1:
        return found
    return found if status(found, day)[0].holder_of in spoken_of and _serves(found, day) else None


def _serves(person: Person, day: date | None) -> bool:
    tenure, _ = status(person, day)
    return tenure.last is None if day is None else tenure.holds(day)


def _in_mind(person: Person, day: date | None) -> bool:
    if day is None:
        return True
    if day < person.tenures[0].first:
        return False
    ends = [tenure.last for tenure in person.tenures]
    return None in ends or (day - max(end for end in ends if end)).days < _REMEMBERED_DAYS


def _fits(
    person: Person, day: date | None, country: str | None, sectors: tuple[str, ...], title: str
) -> bool:
    tenure, now = status(person, day)
    if country and tenure.holder_of != country:
        body = bodies().get(tenure.holder_of)
        if body is None or body.country != country:
            return False
    if title:
        offices = {held.office for held in person.tenures}
        if not offices.intersection(offices_of(title, tenure.holder_of)):
            return False
    return not sectors or bool(set(sectors).intersection(now)) or ("GOV" in sectors and "ELI" in now)
