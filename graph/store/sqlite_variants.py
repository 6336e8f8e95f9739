"""Actors and places as all articles together describe them.

Each different description is kept once, with the number of articles that give it. The merged row
depends on the set of descriptions only, so that it is the same in any order and after taking back.
"""

import json
import sqlite3
from collections import Counter
from collections.abc import Iterable, Sequence

from graph.linking.merge import merged_actor, merged_place
from graph.store.rows import actor_row, dump, place_row, read_actor, read_place


class Variants:
    """Counts the descriptions that one transaction brings and takes, then writes the difference."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._actors: Counter[tuple[str, str]] = Counter()
        self._places: Counter[tuple[int, str]] = Counter()
        self._unused: set[str] = set()

    def use(self, actors: Iterable[tuple[str, str]], places: Iterable[tuple[int, str]]) -> None:
        """Count the descriptions that an article gives: (id, JSON) pairs."""
        self._actors.update(actors)
        self._places.update(places)

    def release(self, actors: Iterable[tuple[str, str]], places: Iterable[tuple[int, str]]) -> None:
        """Count the descriptions of an article that goes."""
        self._actors.subtract(actors)
        self._places.subtract(places)

    def settle(self) -> list[int]:
        """Write the counts; describe again the actors and places that are described otherwise now.

        Returns:
            The places that were known before and are described otherwise now.
        """
        for actor in self._count("actor_variant", sorted(self._actors.items())):
            self._describe_actor(str(actor))
        changed = []
        for place in self._count("place_variant", sorted(self._places.items())):
            if self._describe_place(int(place)):
                changed.append(int(place))
        return changed

    def sweep(self) -> None:
        """Remove the actors that no article names any more; their events are gone by now."""
        self._connection.executemany("DELETE FROM actor WHERE id = ?", ((id,) for id in sorted(self._unused)))

    def _count(self, table: str, counts: Sequence[tuple[tuple[str | int, str], int]]) -> list[str | int]:
        """Add to the counts in a table; return the ids of which a description came or went."""
        changed: dict[str | int, None] = {}
        for (id, variant), difference in counts:
            if difference == 0:
                continue
            row = self._connection.execute(
                f"SELECT uses FROM {table} WHERE id = ? AND variant = ?", (id, variant)
            ).fetchone()
            uses = (row[0] if row else 0) + difference
            if row is None or uses == 0:
                changed[id] = None
            if uses == 0:
                self._connection.execute(f"DELETE FROM {table} WHERE id = ? AND variant = ?", (id, variant))
            else:
                self._connection.execute(
                    f"INSERT INTO {table} (id, variant, uses) VALUES (?, ?, ?)"
                    " ON CONFLICT (id, variant) DO UPDATE SET uses = excluded.uses",
                    (id, variant, uses),
                )
        return list(changed)

    def _variants(self, table: str, id: str | int) -> list[dict[str, object]]:
        return [
            json.loads(variant)
            for (variant,) in self._connection.execute(
                f"SELECT variant FROM {table} WHERE id = ? ORDER BY variant", (id,)
            )
        ]

    def _describe_actor(self, id: str) -> None:
        variants = [read_actor(row) for row in self._variants("actor_variant", id)]
        if not variants:
            self._unused.add(id)
            return
        actor = merged_actor(variants)
        words = "\n".join((actor.id, actor.name, *actor.aliases)).casefold()
        self._connection.execute(
            "INSERT INTO actor (id, country, merged, words) VALUES (?, ?, ?, ?)"
            " ON CONFLICT (id) DO UPDATE SET country = excluded.country, merged = excluded.merged,"
            " words = excluded.words",
            (actor.id, actor.country, dump(actor_row(actor)), words),
        )

    def _describe_place(self, id: int) -> bool:
        """Write a place's row; tell whether it was there before and reads otherwise now."""
        variants = [read_place(row) for row in self._variants("place_variant", id)]
        before = self._connection.execute("SELECT merged FROM place WHERE number = ?", (id,)).fetchone()
        if not variants:
            self._connection.execute("DELETE FROM place WHERE number = ?", (id,))
            return False
        place = merged_place(variants)
        merged = dump(place_row(place))
        self._connection.execute(
            "INSERT INTO place (number, name, country, merged) VALUES (?, ?, ?, ?)"
            " ON CONFLICT (number) DO UPDATE SET name = excluded.name, country = excluded.country,"
            " merged = excluded.merged",
            (place.id, place.name, place.country, merged),
        )
        return before is not None and before[0] != merged
