"""Place names and the places they can stand for.

``tables/places.npz`` holds countries, their first- and second-order divisions and cities from GeoNames
(CC BY 4.0); ``tables/areas.csv`` holds continents, regions, seas and famous sites, written by hand. An
area that GeoNames was not consulted for has a negative id of our own.
"""

import csv
import functools
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from graph.errors import BackendUnavailable
from graph.model import Place, PlaceId, Precision, kilometres

TABLE = Path(str(resources.files("ingest.resolve") / "tables" / "places.npz"))
AREAS = Path(str(resources.files("ingest.resolve") / "tables" / "areas.csv"))

KINDS = ("country", "admin1", "admin2", "city", "capital")
"""Kinds of the rows in ``places.npz``; a row holds its kind's position here."""

_PRECISIONS = {
    "country": Precision.COUNTRY,
    "continent": Precision.COUNTRY,
    "region": Precision.COUNTRY,
    "admin1": Precision.ADMIN1,
    "province": Precision.ADMIN1,
    "sea": Precision.ADMIN1,
    "admin2": Precision.ADMIN2,
    "city": Precision.CITY,
    "capital": Precision.CITY,
    "site": Precision.EXACT,
}

_LETTERS = str.maketrans(
    {"ß": "ss", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i", "æ": "ae", "œ": "oe"}
    | dict.fromkeys("'’‘ʼʻ`´ʿʾʹ.\"“”()", "")
    | dict.fromkeys("-–—,/&_", " ")
)
_SHORT = {"saint": "st", "mount": "mt", "fort": "ft", "sainte": "ste"}
_FRONT = re.compile(r"^(?:the |city of |town of |village of |republic of (?=ireland$))")


def normalise(name: str) -> str:
    """Return the key a name is looked up by: no case, accents, points, hyphens, articles; Saint is St."""
    plain = unicodedata.normalize("NFKD", name.casefold()).translate(_LETTERS)
    plain = "".join(c for c in plain if not unicodedata.combining(c) and c.isprintable())
    words = [_SHORT.get(word, word) for word in plain.split()]
    return _FRONT.sub("", " ".join(words))


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place that a name can stand for.

    Attributes:
        population: Inhabitants, 0 when unknown; for a division, of its cities.
        kind: country, admin1, admin2, city, capital, or an area's: continent, region, province, sea, site.
        main: The name is the place's usual one, not an alternate.
        admin1: GeoNames id of the first-order division it lies in, or ``None``.
    """

    place: Place
    population: int
    kind: str
    main: bool = True
    admin1: PlaceId | None = None

    @property
    def weight(self) -> float:
        """How much the place is talked of, all else equal: a power of ten of the people it stands for.

        A country counts more than its capital and a first-order division about as much as a city of
        its size, a district far less than a town; an alternate name costs half a power of ten.
        """
        people = float(np.log10(self.population + 100))
        return people + _KIND_WEIGHT.get(self.kind, 0.0) - (0.0 if self.main else 0.7)


_KIND_WEIGHT = {"country": 2.5, "admin1": 0.2, "admin2": -0.8, "city": 0.0, "capital": 1.4}
_AREA_PEOPLE = {
    "continent": 10**9,
    "region": 10**8,
    "province": 10**7,
    "sea": 10**7,
    "site": 10**6,
    "city": 10**6,
}


class Gazetteer:
    """All known places by name. Reading it takes a few hundred milliseconds: share one.

    Raises:
        BackendUnavailable: If the table cannot be read.
    """

    def __init__(self, table: Path = TABLE, areas: Path = AREAS) -> None:
        try:
            with np.load(table) as arrays:
                self._columns: dict[str, NDArray[Any]] = {name: arrays[name] for name in arrays.files}
        except (OSError, ValueError) as error:
            raise BackendUnavailable(f"the table of places cannot be read: {table}: {error}") from error
        self._columns["id"] = np.cumsum(self._columns["id"], dtype="i4")
        self._names = self._columns["name"].tobytes()
        self._name_ends = np.flatnonzero(self._columns["name"] == 10)
        self._keys = self._columns["keys"].tobytes()
        self._key_ends = np.flatnonzero(self._columns["keys"] == 10)
        self._key_rows = np.concatenate(([0], np.cumsum(self._columns["key_count"].astype("i8"))))
        self._countries = self._columns["countries"].tobytes().decode().split("\n")[:-1]
        self._cached = functools.lru_cache(maxsize=50_000)(self._lookup)
        self._areas: dict[str, list[Candidate]] = {}
        for area, names in read_areas(areas):
            for name in names:
                found = self._areas.setdefault(normalise(name), [])
                found.append(Candidate(area.place, area.population, area.kind))

    def candidates(self, name: str) -> tuple[Candidate, ...]:
        """Return the places called so, the most talked of first; none when the name is unknown.

        Case, accents, hyphens, "the" and "City of" do not matter; "St." is Saint.
        """
        return self._cached(normalise(name))

    def row(self, number: int, *, main: bool = True) -> Candidate:
        """Return the place in a row of the table."""
        column = self._columns
        kind = KINDS[int(column["kind"][number])]
        country = self._countries[int(column["country"][number])]
        parent = int(column["admin1"][number])
        place = Place(
            id=PlaceId(int(column["id"][number])),
            name=self._name(number),
            country=country,
            latitude=int(column["latitude"][number]) / 100,
            longitude=int(column["longitude"][number]) / 100,
            precision=_PRECISIONS[kind],
            admin1=self._name(parent) if parent >= 0 else None,
        )
        admin1 = PlaceId(int(column["id"][parent])) if parent >= 0 else None
        return Candidate(place, int(column["population"][number]), kind, main, admin1)

    def largest(self, *, kind: str, population: int) -> Iterator[Candidate]:
        """Yield the places of a kind with at least so many inhabitants."""
        column = self._columns
        chosen = (column["kind"] == KINDS.index(kind)) & (column["population"] >= population)
        for number in np.flatnonzero(chosen):
            yield self.row(int(number))

    def areas(self) -> Iterator[str]:
        """Yield the keys of the hand-written areas."""
        yield from self._areas

    def country(self, iso3: str) -> Candidate | None:
        """Return the country of an ISO 3166-1 alpha-3 code."""
        return self._by_code().get(iso3)

    def _by_code(self) -> dict[str, Candidate]:
        if not hasattr(self, "_country_rows"):
            rows = [self.row(int(n)) for n in np.flatnonzero(self._columns["kind"] == 0)]
            self._country_rows = {row.place.country or "": row for row in rows}
        return self._country_rows

    def _name(self, number: int) -> str:
        start = int(self._name_ends[number - 1]) + 1 if number else 0
        return self._names[start : int(self._name_ends[number])].decode()

    def _key(self, number: int) -> bytes:
        start = int(self._key_ends[number - 1]) + 1 if number else 0
        return self._keys[start : int(self._key_ends[number])]

    def _lookup(self, key: str) -> tuple[Candidate, ...]:
        wanted = key.encode()
        low, high = 0, len(self._key_ends)
        while low < high:
            half = (low + high) // 2
            if self._key(half) < wanted:
                low = half + 1
            else:
                high = half
        found = list(self._areas.get(key, ()))
        if low < len(self._key_ends) and self._key(low) == wanted:
            for pair in range(int(self._key_rows[low]), int(self._key_rows[low + 1])):
                row = int(self._columns["key_row"][pair])
                found.append(self.row(row, main=int(self._columns["key_quality"][pair]) == 0))
        found.sort(key=lambda c: (-c.weight, c.place.id))
        return tuple(found)


def read_areas(path: Path) -> Iterator[tuple[Candidate, list[str]]]:
    """Yield the hand-written areas with their names, the usual one first."""
    with path.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            place = Place(
                id=PlaceId(int(row["id"])),
                name=row["name"],
                country=row["country"] or None,
                latitude=float(row["latitude"]),
                longitude=float(row["longitude"]),
                precision=_PRECISIONS[row["kind"]],
            )
            names = [row["name"], *filter(None, row["other_names"].split("|"))]
            yield Candidate(place, _AREA_PEOPLE[row["kind"]], row["kind"]), names


def contains(outer: Candidate, inner: Candidate) -> bool:
    """Tell whether one place lies in another, as far as the table tells."""
    if outer.place.id == inner.place.id:
        return False
    if outer.kind == "country":
        return inner.kind != "country" and inner.place.country == outer.place.country
    if outer.kind == "admin1":
        return inner.admin1 == outer.place.id
    if outer.kind == "admin2":
        return (
            inner.kind in ("city", "capital")
            and inner.admin1 == outer.admin1
            and kilometres(outer.place, inner.place) < 60
        )
    return False


@functools.cache
def default_gazetteer() -> Gazetteer:
    """Return the gazetteer that ships with Diurna, read at the first call."""
    return Gazetteer()
