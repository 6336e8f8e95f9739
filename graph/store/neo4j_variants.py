"""Actors and places as all articles together describe them, in Neo4j.

Each node keeps the different descriptions that articles give of it and how many give each; its readable
properties are what they say together, as in every store (``graph.linking.merge``).
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from graph.model import Place, Precision
from graph.store import cypher
from graph.store.neo4j_connection import Run
from graph.store.neo4j_rows import actor_properties, kept_descriptions, place_properties
from graph.store.rows import read_place


class Variants:
    """Counts the descriptions that one transaction brings and takes, then writes the difference."""

    def __init__(self, run: Run) -> None:
        self._run = run
        self._actors: Counter[tuple[str, str]] = Counter()
        self._places: Counter[tuple[int, str]] = Counter()
        self._unused_actors: list[str] = []
        self._countries: set[str] = set()
        self._statements: list[tuple[str, dict[str, Any]]] = []
        self.renamed: list[str] = []
        """Actors that were known before and go by another name now."""
        self.names: dict[str, str] = {}
        """The names that the actors counted here go by now."""
        self.places: dict[int, Place] = {}
        """The places counted here, as they are now."""

    def use(self, actors: Iterable[tuple[str, str]], places: Iterable[tuple[int, str]]) -> None:
        """Count the descriptions that an article gives: (id, JSON) pairs."""
        self._actors.update(actors)
        self._places.update(places)

    def release(self, actors: Iterable[tuple[str, str]], places: Iterable[tuple[int, str]]) -> None:
        """Count the descriptions of an article that goes."""
        self._actors.subtract(actors)
        self._places.subtract(places)

    def work_out(self) -> list[int]:
        """Find out which actors and places are described otherwise now.

        Returns:
            The places that were known before and are described otherwise now.
        """
        self._work_out_actors()
        return self._work_out_places()

    def write(self) -> None:
        """Write what was found out."""
        for statement, values in self._statements:
            self._run(statement, **values)
        self._statements.clear()

    def sweep(self) -> None:
        """Remove the actors that no article names any more, now without events; put places into places."""
        if self._unused_actors:
            self._run(cypher.DELETE_ACTORS, ids=self._unused_actors)
        if self._countries:
            self._nest()

    def _work_out_actors(self) -> None:
        differences = _by_id(self._actors)
        if not differences:
            return
        known = {
            id: (dict(zip(descriptions, uses, strict=True)), name)
            for id, descriptions, uses, name in self._run(
                cypher.READ_ACTOR_DESCRIPTIONS, ids=sorted(differences)
            )
        }
        written: list[dict[str, Any]] = []
        counted: list[dict[str, Any]] = []
        for id, difference in sorted(differences.items()):
            before, name = known.get(id, ({}, None))
            after = _added(before, difference)
            if not after:
                self._unused_actors.append(id)
            elif name is not None and set(after) == set(before):
                counted.append({"id": id, **kept_descriptions(after)})
                self.names[id] = name
            else:
                row = actor_properties(after)
                self.names[id] = row["name"]
                if name is not None and name != row["name"]:
                    self.renamed.append(id)
                written.append(row)
        if counted:
            self._statements.append((cypher.WRITE_ACTOR_USES, {"rows": counted}))
        if written:
            self._statements.append((cypher.WRITE_ACTORS, {"rows": written}))

    def _work_out_places(self) -> list[int]:
        differences = _by_id(self._places)
        if not differences:
            return []
        known = {
            id: (dict(zip(descriptions, uses, strict=True)), country)
            for id, descriptions, uses, country in self._run(
                cypher.READ_PLACE_DESCRIPTIONS, ids=sorted(differences)
            )
        }
        written: list[dict[str, Any]] = []
        counted: list[dict[str, Any]] = []
        changed: list[int] = []
        unused: list[int] = []
        for id, difference in sorted(differences.items()):
            before, country = known.get(id, ({}, None))
            after = _added(before, difference)
            if after:
                self.places[id] = _place(tuple(sorted(after)))
            if set(after) == set(before):
                counted.append({"id": id, **kept_descriptions(after)})
                continue
            self._countries.update([country] if country else [])
            if not after:
                unused.append(id)
                continue
            row = place_properties(after)
            self._countries.update([row["country"]] if row.get("country") else [])
            written.append(row)
            if before and self.places[id] != _place(tuple(sorted(before))):
                changed.append(id)
        if unused:
            self._statements.append((cypher.DELETE_PLACES, {"ids": unused}))
        if counted:
            self._statements.append((cypher.WRITE_PLACE_USES, {"rows": counted}))
        if written:
            self._statements.append((cypher.WRITE_PLACES, {"rows": written}))
        return changed

    def _nest(self) -> None:
        """Let each place of the countries that changed lie in its division, or else in its country."""
        rows = self._run(cypher.READ_PLACES_OF_COUNTRIES, countries=sorted(self._countries))
        wanted = outer_places(rows)
        moved = {row[0]: wanted.get(row[0]) for row in rows if row[5] != wanted.get(row[0])}
        if not moved:
            return
        self._run(cypher.LEAVE_PLACES, ids=sorted(moved))
        entering = [{"place": id, "outer": outer} for id, outer in sorted(moved.items()) if outer is not None]
        if entering:
            self._run(cypher.ENTER_PLACES, rows=entering)


@lru_cache(maxsize=8192)
def _place(descriptions: tuple[str, ...]) -> Place:
    return read_place(place_properties(dict.fromkeys(descriptions, 1)))


def outer_places(rows: Sequence[Sequence[Any]]) -> dict[int, int]:
    """Return the place that each place lies in: of (id, name, country, precision, division, …)."""
    countries: dict[str, int] = {}
    divisions: dict[tuple[str, str], int] = {}
    for id, name, country, precision, *_ in sorted(rows, key=lambda row: row[0]):
        if precision == Precision.COUNTRY:
            countries.setdefault(country, id)
        elif precision == Precision.ADMIN1:
            divisions.setdefault((country, name), id)
    outer: dict[int, int] = {}
    for id, _, country, precision, division, *_ in rows:
        if precision == Precision.COUNTRY:
            continue
        found = countries.get(country)
        if precision != Precision.ADMIN1:
            found = divisions.get((country, division), found)
        if found is not None:
            outer[id] = found
    return outer


def _by_id(differences: Mapping[tuple[Any, str], int]) -> dict[Any, dict[str, int]]:
    result: dict[Any, dict[str, int]] = {}
    for (id, description), difference in differences.items():
        if difference:
            result.setdefault(id, {})[description] = difference
    return result


def _added(before: Mapping[str, int], difference: Mapping[str, int]) -> dict[str, int]:
    after = dict(before)
    for description, number in difference.items():
        after[description] = after.get(description, 0) + number
    return {description: uses for description, uses in after.items() if uses > 0}
