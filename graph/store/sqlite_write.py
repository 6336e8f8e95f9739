"""Writing articles into SQLite and settling what follows from them: origins, events, actors.

One ``Batch`` is one transaction. It first takes rows out and puts rows in, then settles: which texts
are copies, which mentions stand for which, which happening each belongs to, what each event's fields
are. Everything settled depends on the rows that are there and never on the order they came in, so
taking an article out leaves what would be there without it.
"""

import json
import sqlite3
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import lru_cache

from graph.errors import InvalidInput
from graph.linking import copies
from graph.linking.relink import Change, relink
from graph.linking.units import block_of, rank_of, statement_keys, unit_of
from graph.model import Actor, CodedArticle, Place, event_id
from graph.store.base import AddReport
from graph.store.rows import (
    annotation_row,
    content_digest,
    described,
    described_in,
    dump,
    instant,
    mention_row,
)
from graph.store.sqlite_events import EventWriter
from graph.store.sqlite_units import StoredUnits, read_unit, unit_json, unit_of_mention
from graph.store.sqlite_variants import Variants

NEAR = """
SELECT article FROM
    (SELECT article, count(*) AS shared FROM sketch WHERE shingle IN (SELECT value FROM json_each(?))
     GROUP BY article)
JOIN sketched USING (article)
WHERE shared >= min(fewest, ?)
"""
"""The articles that share so many of some sampled shingles that they are worth comparing (``copies.fewest_shared``)."""


@lru_cache(maxsize=1024)
def _shingles(text: str) -> frozenset[int]:
    return copies.shingles(text)


class Batch:
    """The changes of one transaction.

    Args:
        connection: The writing connection, inside a transaction.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._variants = Variants(connection)
        self._events = EventWriter(connection)
        self._changes: list[Change] = []
        self._unsettled_articles: set[int] = set()
        self._unsettled_statements: set[tuple[str, str]] = set()
        self._touched: set[int] = set()
        self._added = self._unchanged = self._replaced = self._mentions = 0

    def add(self, coded: CodedArticle) -> None:
        """Put an article in, or in place of what is stored under its id; nothing when that is equal."""
        annotation = dump(annotation_row(coded))
        payloads = [dump(mention_row(mention)) for mention in coded.mentions]
        fingerprint = content_digest(coded, annotation, payloads)
        row = self._connection.execute(
            "SELECT number, digest FROM article WHERE id = ?", (coded.article.id,)
        ).fetchone()
        if row is not None and row[1] == fingerprint:
            self._unchanged += 1
            return
        if row is None:
            self._added += 1
        else:
            self._replaced += 1
            self._take_out(row[0])
        number = self._put_in(coded, annotation, payloads, fingerprint)
        if row is not None:
            # Its copies may have gone by its id all the time, so that no origin changes.
            self._unsettle_statements(number, coded.article.id)

    def remove(self, article_id: str) -> bool:
        """Take an article out; ``False`` when it is not there."""
        row = self._connection.execute("SELECT number FROM article WHERE id = ?", (article_id,)).fetchone()
        if row is None:
            return False
        self._take_out(row[0])
        return True

    def settle(self) -> AddReport:
        """Bring everything that follows from the changes up to date."""
        self._settle_origins()
        retold = self._settle_statements()
        self._link(retold)
        places = self._variants.settle()
        for place in places:
            self._touched.update(
                number
                for (number,) in self._connection.execute(
                    "SELECT DISTINCT event FROM mention WHERE place = ? AND event IS NOT NULL", (place,)
                )
            )
        events = self._events.settle(self._touched)
        self._variants.sweep()
        return events + AddReport(
            added=self._added, unchanged=self._unchanged, mentions=self._mentions, replaced=self._replaced
        )

    def _put_in(self, coded: CodedArticle, annotation: str, payloads: list[str], fingerprint: str) -> int:
        article = coded.article
        cursor = self._connection.execute(
            "INSERT INTO article (id, title, publisher, url, published, moment, language, file, text,"
            " characters, annotation, digest, origin, mentions) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
            (
                article.id,
                article.title,
                article.publisher,
                article.url,
                None if article.published is None else article.published.isoformat(),
                instant(article.published),
                article.language,
                article.file,
                article.text,
                len(article.text),
                annotation,
                fingerprint,
                article.id,
                len(coded.mentions),
            ),
        )
        number = cursor.lastrowid
        assert number is not None
        actors, places = described(coded)
        self._variants.use(list(actors.items()), list(places.items()))
        self._put_mentions(number, coded, payloads)
        self._find_copies(number, article.text)
        return number

    def _put_mentions(self, number: int, coded: CodedArticle, payloads: list[str]) -> None:
        actors: dict[str, Actor] = {actor.id: actor for actor in coded.actors}
        places: dict[int, Place] = {place.id: place for place in coded.places}
        article = coded.article
        statements = statement_keys(coded.mentions, article.text)
        units = [
            unit_of(
                mention,
                rank=rank_of(mention, article.published),
                actors=actors,
                places=places,
                text=article.text,
            )
            for mention in coded.mentions
        ]
        tellers: dict[str, str] = {}
        for unit, statement in sorted(zip(units, statements, strict=True), key=lambda pair: pair[0].rank):
            tellers.setdefault(statement, unit.mention)
        rows = []
        for position, (mention, unit, statement) in enumerate(
            zip(coded.mentions, units, statements, strict=True)
        ):
            quote = "" if mention.evidence is None else mention.evidence.sentence.quote(article.text)
            teller = tellers[statement]
            block = block_of(mention)
            rows.append(
                (
                    mention.id,
                    number,
                    position,
                    payloads[position],
                    quote,
                    mention.place,
                    block,
                    unit.first,
                    unit.last,
                    unit_json(unit),
                    unit.rank,
                    statement,
                    teller,
                    event_id(mention.id),
                )
            )
            if teller == mention.id:
                self._changes.append(Change(block, unit, article.id))
            else:
                self._unsettled_statements.add((article.id, statement))
        try:
            self._connection.executemany(
                "INSERT INTO mention (id, article, position, payload, quote, place, block, first, last, unit,"
                " rank, statement, told_by, alias) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
                rows,
            )
        except sqlite3.IntegrityError as error:
            raise InvalidInput(
                f"article {article.id}: one of its mentions has the id of a mention that is already stored"
            ) from error
        self._mentions += len(rows)
        self._events.remember(coded.mentions)

    def _find_copies(self, number: int, text: str) -> None:
        """Note the article's sketch, and which articles it is a copy of or a copy of it."""
        own = _shingles(text)
        sample = copies.sketch(own)
        fewest = copies.fewest_shared(len(sample))
        near = self._connection.execute(NEAR, (json.dumps(sample), fewest)).fetchall()
        self._connection.executemany(
            "INSERT INTO sketch (shingle, article) VALUES (?, ?)", ((shingle, number) for shingle in sample)
        )
        self._connection.execute("INSERT INTO sketched (article, fewest) VALUES (?, ?)", (number, fewest))
        for (other,) in near:
            (other_text,) = self._connection.execute(
                "SELECT text FROM article WHERE number = ?", (other,)
            ).fetchone()
            if copies.is_copy(own, _shingles(other_text)):
                self._connection.executemany(
                    "INSERT INTO copy (one, other) VALUES (?, ?)", ((number, other), (other, number))
                )
                self._unsettled_articles.update((number, other))

    def _take_out(self, number: int) -> None:
        text, origin, annotation = self._connection.execute(
            "SELECT text, origin, annotation FROM article WHERE number = ?", (number,)
        ).fetchone()
        named: set[str] = set()
        for row in self._connection.execute(
            "SELECT m.id, m.rank, m.block, m.first, m.last, m.unit, m.told_by, m.statement, m.event"
            " FROM mention m WHERE m.article = ?",
            (number,),
        ).fetchall():
            unit = read_unit(row[:6])
            named.update(party.actor for party in (*unit.initiators, *unit.recipients))
            if row[6] == row[0]:
                self._changes.append(Change(row[2], unit, origin))
            self._unsettled_statements.add((origin, row[7]))
            if row[8] is not None:
                self._touched.add(row[8])
        self._unsettled_articles.update(
            other for (other,) in self._connection.execute("SELECT other FROM copy WHERE one = ?", (number,))
        )
        self._unsettled_articles.discard(number)
        self._connection.executemany(
            "DELETE FROM sketch WHERE shingle = ? AND article = ?",
            ((shingle, number) for shingle in copies.sketch(_shingles(text))),
        )
        actors, places = described_in(annotation, named)
        self._variants.release(list(actors.items()), list(places.items()))
        self._connection.execute("DELETE FROM copy WHERE one = ? OR other = ?", (number, number))
        self._connection.execute("DELETE FROM mention WHERE article = ?", (number,))
        self._connection.execute("DELETE FROM article WHERE number = ?", (number,))

    def _settle_origins(self) -> None:
        pending = set(self._unsettled_articles)
        while pending:
            group = self._group({pending.pop()})
            pending -= group
            rows = {
                number: (article, moment or "~", origin)
                for number in group
                for article, moment, origin in self._connection.execute(
                    "SELECT id, moment, origin FROM article WHERE number = ?", (number,)
                )
            }
            ids = {number: row[0] for number, row in rows.items()}
            neighbours = {ids[number]: [ids[other] for other in self._copies(number)] for number in rows}
            ranks = {row[0]: f"{row[1]}|{row[0]}" for row in rows.values()}
            found = copies.origins(ranks, neighbours.__getitem__)
            for number, (article, _, before) in rows.items():
                if found[article] != before:
                    self._move(number, before, found[article])

    def _copies(self, number: int) -> list[int]:
        return [
            other for (other,) in self._connection.execute("SELECT other FROM copy WHERE one = ?", (number,))
        ]

    def _group(self, start: set[int]) -> set[int]:
        """Return all articles that are copies of the start, or of its copies, and so on."""
        group: set[int] = set()
        while start:
            number = start.pop()
            group.add(number)
            start.update(other for other in self._copies(number) if other not in group)
        return group

    def _move(self, number: int, before: str, after: str) -> None:
        """Make an article part of another origin."""
        self._connection.execute("UPDATE article SET origin = ? WHERE number = ?", (after, number))
        for row in self._connection.execute(
            "SELECT m.id, m.rank, m.block, m.first, m.last, m.unit, m.told_by, m.event"
            " FROM mention m WHERE m.article = ?",
            (number,),
        ).fetchall():
            if row[6] == row[0]:
                unit = read_unit(row[:6])
                self._changes += [Change(row[2], unit, before), Change(row[2], unit, after)]
            if row[7] is not None:
                self._touched.add(row[7])
        self._unsettle_statements(number, before)
        self._unsettle_statements(number, after)

    def _unsettle_statements(self, number: int, origin: str) -> None:
        self._unsettled_statements.update(
            (origin, statement)
            for (statement,) in self._connection.execute(
                "SELECT statement FROM mention WHERE article = ?", (number,)
            )
        )

    def _settle_statements(self) -> set[str]:
        """Choose again which print's mention stands for each statement; return the ones that do."""
        tellers: set[str] = set()
        unsettled: dict[str, set[str]] = {}
        for origin, statement in self._unsettled_statements:
            unsettled.setdefault(origin, set()).add(statement)
        for origin, members in self._prints(unsettled):
            teller = members[0][0]
            tellers.add(teller)
            for mention, told_by in members:
                if told_by == teller:
                    continue
                if mention in (told_by, teller):
                    self._changes.append(Change(*unit_of_mention(self._connection, mention), origin))
                self._connection.execute("UPDATE mention SET told_by = ? WHERE id = ?", (teller, mention))
        return tellers

    def _prints(self, wanted: Mapping[str, Collection[str]]) -> Iterator[tuple[str, list[tuple[str, str]]]]:
        """Yield an origin and the mentions (id, told by) that make one statement in it, in canonical order."""
        for origin, statements in sorted(wanted.items()):
            found: dict[str, list[tuple[str, str]]] = {}
            for mention, told_by, statement in self._connection.execute(
                "SELECT m.id, m.told_by, m.statement FROM article a JOIN mention m ON m.article = a.number"
                " WHERE a.origin = ? ORDER BY m.rank",
                (origin,),
            ).fetchall():
                if statement in statements:
                    found.setdefault(statement, []).append((mention, told_by))
            for members in found.values():
                yield origin, members

    def _link(self, retold: Iterable[str]) -> None:
        memberships = relink(self._changes, StoredUnits(self._connection))
        self._touched |= self._events.assign(
            {mention: (event_id(found.founder), found.reason) for mention, found in memberships.items()},
            retold,
        )


def check(coded: CodedArticle) -> None:
    """Refuse what could not be stored faithfully.

    Raises:
        InvalidInput: If a mention names another article, two mentions have one id, or the text holds
            half of a surrogate pair, which no UTF-8 file can keep.
    """
    article = coded.article
    seen: set[str] = set()
    for mention in coded.mentions:
        if mention.article_id != article.id:
            raise InvalidInput(f"article {article.id}: mention {mention.id} is of {mention.article_id}")
        if mention.id in seen:
            raise InvalidInput(f"article {article.id}: two mentions have the id {mention.id}")
        seen.add(mention.id)
        if mention.evidence is not None and mention.evidence.sentence.end > len(article.text):
            raise InvalidInput(f"article {article.id}: mention {mention.id} ends after the text")
    try:
        "".join((article.id, article.title or "", article.publisher or "", article.text)).encode()
    except UnicodeEncodeError as error:
        raise InvalidInput(f"article {article.id}: its text is not Unicode text: {error}") from error
