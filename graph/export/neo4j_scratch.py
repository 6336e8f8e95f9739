"""What an import for Neo4j must know of all articles at once, kept in a file so that memory does not grow.

Everything here was read out of the source's articles in the first pass: who describes which actor and
place how, what each mention tells, and which texts may be copies of each other.
"""

import json
import sqlite3
from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from graph.errors import BackendUnavailable
from graph.linking import copies
from graph.linking.consensus import Told
from graph.model import Place
from graph.store.neo4j_rows import ArticleNode, MentionNode, Properties, shingles
from graph.store.rows import instant, place_text, read_instant, read_mention, read_place
from graph.store.sqlite_units import parts
from graph.store.sqlite_write import NEAR

_TABLES = """
CREATE TABLE article (
    number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, origin TEXT NOT NULL, publisher TEXT,
    published TEXT, shingles BLOB NOT NULL
);
CREATE TABLE mention (
    id TEXT PRIMARY KEY, article INTEGER NOT NULL, rank TEXT NOT NULL, quote TEXT NOT NULL,
    unit TEXT NOT NULL, told TEXT NOT NULL
);
CREATE TABLE actor_described (
    id TEXT NOT NULL, description TEXT NOT NULL, uses INTEGER NOT NULL, PRIMARY KEY (id, description)
) WITHOUT ROWID;
CREATE TABLE place_described (
    id INTEGER NOT NULL, description TEXT NOT NULL, uses INTEGER NOT NULL, PRIMARY KEY (id, description)
) WITHOUT ROWID;
CREATE TABLE publisher (name TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE sketch (shingle INTEGER NOT NULL, article INTEGER NOT NULL);
CREATE TABLE sketched (article INTEGER PRIMARY KEY, fewest INTEGER NOT NULL, copied INTEGER NOT NULL);
CREATE TABLE actor (id TEXT PRIMARY KEY, name TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE place (id INTEGER PRIMARY KEY, name TEXT NOT NULL, country TEXT, precision TEXT NOT NULL,
    admin1 TEXT, merged TEXT NOT NULL);
CREATE TABLE unplaced (mention TEXT NOT NULL, place INTEGER NOT NULL);
"""

_NEAR = f"{NEAR} AND NOT (copied AND article <= ?) ORDER BY article"
"""The articles worth comparing with one that is a copy; what two copies share is asked of the first."""

AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class _Print:
    """An article as one print of a text."""

    id: str
    published: str | None
    shingles: frozenset[int]

    def order(self) -> tuple[bool, str]:
        return self.published is not None, self.published or ""

    def before(self, other: "_Print") -> bool:
        """Tell whether it goes first where a store is copied: undated ones, then the first published."""
        if self.order() == other.order():
            return self.id > other.id
        return self.order() < other.order()


class Scratch:
    """A context manager; the file goes at its end.

    Raises:
        BackendUnavailable: If the disk is full or does not let us write, or an article comes twice.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._connection = sqlite3.connect(path, isolation_level=None)
        for setting in (
            "journal_mode = OFF",
            "synchronous = OFF",
            "cache_size = -65536",
            "temp_store = FILE",
        ):
            self._connection.execute(f"PRAGMA {setting}")
        self._connection.executescript(_TABLES)
        self._connection.execute("BEGIN")
        self.print = lru_cache(1024)(self._print)
        self.actor_name = lru_cache(8192)(self._actor_name)
        self.place = lru_cache(8192)(self._place)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._connection.close()
        self._path.unlink(missing_ok=True)
        if isinstance(error, sqlite3.IntegrityError):
            raise changed() from error
        if isinstance(error, sqlite3.Error):
            raise BackendUnavailable(
                f"{self._path} cannot be written: {error}; free the disk or choose another place"
            ) from error

    # -- the first pass -----------------------------------------------------------------------

    def keep(self, node: ArticleNode, origin: str) -> None:
        """Keep what is needed of an article."""
        article = node.coded.article
        own = shingles(article.text)
        number = self._connection.execute(
            "INSERT INTO article (id, origin, publisher, published, shingles) VALUES (?, ?, ?, ?, ?)",
            (
                article.id,
                origin,
                article.publisher,
                instant(article.published),
                array("I", sorted(own)).tobytes(),
            ),
        ).lastrowid
        run = self._connection.executemany
        sample = node.sketch.sample
        run("INSERT INTO sketch VALUES (?, ?)", ((one, number) for one in sample))
        self._connection.execute(
            "INSERT INTO sketched VALUES (?, ?, ?)",
            (number, copies.fewest_shared(len(sample)), origin != article.id),
        )
        run("INSERT INTO mention VALUES (?, ?, ?, ?, ?, ?)", (_mention(number, m) for m in node.mentions))
        for table, described in (("actor_described", node.actors), ("place_described", node.places)):
            run(
                f"INSERT INTO {table} VALUES (?, ?, 1)"
                " ON CONFLICT (id, description) DO UPDATE SET uses = uses + 1",
                described,
            )
        if article.publisher is not None:
            run("INSERT OR IGNORE INTO publisher VALUES (?)", ((article.publisher,),))
        known = {id for id, _ in node.places}
        run(
            "INSERT INTO unplaced VALUES (?, ?)",
            (
                (m.mention.id, m.mention.place)
                for m in node.mentions
                if m.mention.place is not None and m.mention.place not in known
            ),
        )

    # -- what all articles say together -------------------------------------------------------

    def publishers(self) -> Iterator[str]:
        """Yield each outlet once."""
        return (name for (name,) in self._connection.execute("SELECT name FROM publisher ORDER BY name"))

    def actors(self) -> Iterator[dict[str, int]]:
        """Yield, for each actor, its descriptions and how many articles give each."""
        return self._described("actor_described")

    def places(self) -> Iterator[dict[str, int]]:
        """Yield, for each place, its descriptions and how many articles give each."""
        return self._described("place_described")

    def _described(self, table: str) -> Iterator[dict[str, int]]:
        rows = self._connection.execute(f"SELECT id, description, uses FROM {table} ORDER BY id, description")
        for _, group in groupby(rows, key=itemgetter(0)):
            yield {description: uses for _, description, uses in group}

    def name_actors(self, actors: Iterable[Properties]) -> None:
        """Keep the names of actors."""
        self._connection.executemany("INSERT INTO actor VALUES (:id, :name)", actors)

    def describe_places(self, places: Iterable[Place]) -> None:
        """Keep places as all descriptions together have them."""
        self._connection.executemany(
            "INSERT INTO place VALUES (?, ?, ?, ?, ?, ?)",
            ((p.id, p.name, p.country, p.precision.value, p.admin1, place_text(p)) for p in places),
        )

    def places_by_country(self) -> Iterator[list[tuple[Any, ...]]]:
        """Yield the places of each country: id, name, country, precision, division."""
        rows = self._connection.execute(
            "SELECT id, name, country, precision, admin1 FROM place WHERE country > '' ORDER BY country, id"
        )
        for _, group in groupby(rows, key=itemgetter(2)):
            yield list(group)

    def placed_elsewhere(self) -> Iterator[tuple[str, int]]:
        """Yield mention and place where not the mention's own article describes the place."""
        return iter(
            self._connection.execute(
                "SELECT mention, place FROM unplaced WHERE place IN (SELECT id FROM place) ORDER BY mention"
            )
        )

    def same_texts(self) -> Iterator[tuple[str, str]]:
        """Yield the ids of articles whose texts are copies, the one that is copied first in front.

        Of two copies at least one has another article as its origin (``graph.linking.copies.origins``).
        """
        self._connection.execute("CREATE INDEX sketch_shingle ON sketch (shingle, article)")
        for number, fewest in self._connection.execute(
            "SELECT article, fewest FROM sketched WHERE copied ORDER BY article"
        ):
            left = self.print(number)
            sample = json.dumps(copies.sketch(left.shingles))
            for (other,) in self._connection.execute(_NEAR, (sample, fewest, number)):
                right = self.print(other)
                if copies.is_copy(left.shingles, right.shingles):
                    yield (left.id, right.id) if left.before(right) else (right.id, left.id)

    def told(self, mentions: Sequence[str]) -> list[Told]:
        """Return what mentions tell, in the order of their ranks; those that are not there are left out."""
        found = []
        for start in range(0, len(mentions), AT_ONCE):
            some = mentions[start : start + AT_ONCE]
            found += self._connection.execute(
                "SELECT m.rank, m.quote, m.unit, m.told, a.id, a.origin, a.publisher, a.published"
                " FROM mention m JOIN article a ON a.number = m.article"
                f" WHERE m.id IN ({', '.join('?' * len(some))})",
                some,
            ).fetchall()
        return [_told(row) for row in sorted(found)]

    def _print(self, number: int) -> _Print:
        id, published, kept = self._connection.execute(
            "SELECT id, published, shingles FROM article WHERE number = ?", (number,)
        ).fetchone()
        numbers = array("I")
        numbers.frombytes(kept)
        return _Print(id, published, frozenset(numbers))

    def _actor_name(self, id: str) -> str:
        row = self._connection.execute("SELECT name FROM actor WHERE id = ?", (id,)).fetchone()
        return id if row is None else str(row[0])

    def _place(self, id: int) -> Place | None:
        row = self._connection.execute("SELECT merged FROM place WHERE id = ?", (id,)).fetchone()
        return None if row is None else read_place(json.loads(row[0]))


def changed() -> BackendUnavailable:
    """Return what to raise when the source is not what it was a moment ago."""
    return BackendUnavailable(
        "the store changed while it was read, so what was written is not one graph: export again when "
        "nothing is being ingested"
    )


def _mention(article: int | None, made: MentionNode) -> tuple[object, ...]:
    kept = made.properties
    return made.mention.id, article, made.unit.rank, kept["quote"], kept["unit"], kept["told"]


def _told(row: Sequence[Any]) -> Told:
    rank, quote, unit, payload, article, origin, publisher, published = row
    kept = parts(unit)
    return Told(
        mention=read_mention(json.loads(payload), article),
        origin=origin,
        publisher=publisher,
        published=read_instant(published),
        rank=rank,
        quote=quote,
        bases={party.actor: party.base for party in (*kept.initiators, *kept.recipients)},
    )
