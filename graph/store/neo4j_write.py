"""Writing articles into Neo4j and settling what follows from them: origins, events, actors.

One ``Batch`` is one transaction. It first takes nodes out and puts nodes in, then settles: which texts
are copies, which mentions stand for which, which happening each belongs to, what each event's fields
are. Everything settled depends on what is there and never on the order it came in, as in every store.
Each step asks and writes for the whole batch at once: the number of queries does not grow with it.
"""

from collections.abc import Container, Iterable, Sequence
from typing import Any

from graph.errors import InvalidInput
from graph.linking import copies
from graph.linking.relink import Change, decide
from graph.linking.sketches import Sketch, Sketches
from graph.linking.units import Unit
from graph.model import event_id
from graph.store import cypher
from graph.store.base import AddReport
from graph.store.neo4j_connection import Run
from graph.store.neo4j_events import EventWriter
from graph.store.neo4j_rows import ArticleNode, Properties, sent, shingles
from graph.store.neo4j_units import gather_together, unit
from graph.store.neo4j_variants import Variants
from graph.store.rows import described_in, instant, read_instant

SKETCH_WORDS = 1000
"""Words in one full-text search; Lucene takes up to 1024."""


LONGEST_INDEXED = 8000
"""Bytes of a text that a range index of Neo4j holds for certain; it refuses those of a little more."""


def check_lengths(node: ArticleNode) -> None:
    """Refuse what could not be found again.

    Raises:
        InvalidInput: If an id or a name is longer than an index can hold.
    """
    coded = node.coded
    actors = (
        (what, text) for actor in coded.actors for what, text in (("id", actor.id), ("name", actor.name))
    )
    named: list[tuple[str, str]] = [
        ("its id", node.id),
        ("its publisher", coded.article.publisher or ""),
        *((f"an actor's {what}", text) for what, text in actors),
        *(("an actor's id", id) for id, _ in node.actors),
        *(("a place's name", place.name) for place in coded.places),
    ]
    for what, text in named:
        if 4 * len(text) > LONGEST_INDEXED < len(text.encode()):
            raise InvalidInput(
                f"article {node.id[:100]}: {what} is longer than the {LONGEST_INDEXED:,} bytes that Neo4j "
                f"can index: {text[:50]}…"
            )


def changed_articles(
    run: Run, nodes: Sequence[ArticleNode], *, stored: Container[str] | None = None
) -> tuple[list[ArticleNode], AddReport]:
    """Return the articles to write, the last of each id, and what came before they are written.

    Args:
        run: Inside the transaction.
        nodes: The articles.
        stored: The ids of all that are stored, where they are known: then only those are looked up.
    """
    ids = [node.id for node in nodes if stored is None or node.id in stored]
    digests = dict(run(cypher.READ_DIGESTS, ids=ids)) if ids else {}
    latest: dict[str, ArticleNode] = {}
    added = unchanged = replaced = mentions = 0
    for node in nodes:
        before = latest[node.id].digest if node.id in latest else digests.get(node.id)
        if before == node.digest:
            unchanged += 1
            continue
        added += before is None
        replaced += before is not None
        mentions += len(node.mentions)
        latest[node.id] = node
    changed = [node for node in latest.values() if digests.get(node.id) != node.digest]
    return changed, AddReport(added=added, unchanged=unchanged, replaced=replaced, mentions=mentions)


def create(run: Run, nodes: Sequence[ArticleNode]) -> None:
    """Create articles and their mentions, which depends on nothing that is stored."""
    run(cypher.CREATE_ARTICLES, rows=[sent(node.properties) for node in nodes])
    mentions = [sent(made.properties) | {"article": node.id} for node in nodes for made in node.mentions]
    if mentions:
        run(cypher.CREATE_MENTIONS, rows=mentions)


def read_sketches(rows: Iterable[Sequence[Any]]) -> list[Sketch]:
    """Return the sketches of rows of id and sample."""
    return [Sketch(id, [int(one) for one in sample.split()]) for id, sample in rows]


class Batch:
    """The changes of one transaction: ``find_copies``, then ``take_out``, ``put_in`` and ``settle``."""

    def __init__(self, run: Run) -> None:
        self._run = run
        self._variants = Variants(run)
        self._events = EventWriter(run)
        self._changes: list[Change] = []
        self._taken_out: set[str] = set()
        self._unsettled_articles: set[str] = set()
        self._unsettled_statements: set[tuple[str, str]] = set()
        self._touched: set[str] = set()
        self._publishers: set[str] = set()
        self._new: Sequence[ArticleNode] = ()
        self._created = False
        self._copies: list[tuple[str, str]] = []

    def find_copies(self, nodes: Sequence[ArticleNode], held: Sketches | None = None) -> None:
        """Find the copies of articles that are to be put in, with stored ones and each other.

        To be done before anything is written. A full-text search leaves out nodes whose number is that of a
        relationship that its transaction deleted (seen in Neo4j 5.26), and it indexes each time
        what the transaction holds.

        Args:
            nodes: The articles.
            held: The sketches of all stored articles; without them the server is asked.
        """
        asked = [node.sketch for node in nodes]
        order = {node.id: number for number, node in enumerate(nodes)}
        pairs = {(one, other) for one, other in Sketches(asked).near(asked) if order[one] < order[other]}
        stored = self._sharing(asked) if held is None else held
        # What one of them was before is no copy of the others.
        pairs.update(pair for pair in stored.near(asked) if pair[0] not in order)
        others = sorted({other for other, _ in pairs} - order.keys())
        texts = dict(self._run(cypher.READ_TEXTS, ids=others)) if others else {}
        texts.update((node.id, node.coded.article.text) for node in nodes)
        # What has no text was taken out by somebody's own query, which does not count as a write.
        pairs = {(one, other) for one, other in pairs if one in texts}
        known = {id: shingles(texts[id]) for id in {id for pair in pairs for id in pair}}
        self._copies = sorted(
            (one, other) for one, other in pairs if copies.is_copy(known[one], known[other])
        )

    def _sharing(self, asked: Iterable[Sketch]) -> Sketches:
        """Return the sketches of stored articles that share any shingle."""
        words = [str(shingle) for shingle in sorted({shingle for one in asked for shingle in one.sample})]
        searches = [
            " ".join(words[start : start + SKETCH_WORDS]) for start in range(0, len(words), SKETCH_WORDS)
        ]
        return Sketches(read_sketches(self._run(cypher.FIND_SKETCHES, searches=searches)) if searches else ())

    def take_out(self, ids: Sequence[str]) -> int:
        """Take articles out; return how many of them were there."""
        articles = self._run(cypher.READ_ARTICLES_TO_TAKE_OUT, ids=ids)
        if not articles:
            return 0
        named: dict[str, set[str]] = {}
        origins = {id: origin for id, origin, *_ in articles}
        rows = self._run(cypher.READ_MENTIONS_OF_ARTICLES, ids=ids)
        for article, *columns, told_by, statement, event in rows:
            gone = unit(columns)
            named.setdefault(article, set()).update(
                party.actor for party in (*gone.initiators, *gone.recipients)
            )
            if told_by == gone.mention:
                self._changes.append(Change(columns[2], gone, origins[article]))
            self._unsettled_statements.add((origins[article], statement))
            if event is not None:
                self._touched.add(event)
        for id, _, annotation, publisher, others in articles:
            self._unsettled_articles.update(others)
            if publisher is not None:
                self._publishers.add(publisher)
            actors, places = described_in(annotation, named.get(id, ()))
            self._variants.release(actors.items(), places.items())
        self._unsettled_articles -= set(origins)
        self._taken_out |= set(origins)
        self._run(cypher.DELETE_ARTICLES, ids=sorted(origins))
        return len(articles)

    def put_in(self, nodes: Sequence[ArticleNode], *, created: bool = False) -> None:
        """Put articles in that are not there.

        Args:
            nodes: The articles.
            created: They and their mentions were created at the beginning: see ``create``.
        """
        self._new = nodes
        self._created = created
        if not created:
            self._check_mentions()
        for node in nodes:
            self._variants.use(node.actors, node.places)

    def settle(self) -> AddReport:
        """Write what is new and bring everything that follows up to date; return what became of events."""
        # First what has to be asked, then what is only to be written: while the server writes that down,
        # the happenings are worked out.
        places = self._variants.work_out()
        self._events.know(self._variants.names, self._variants.places)
        if self._new:
            self._write_articles()
        self._settle_origins()
        retold = self._settle_statements()
        near = gather_together(self._run, self._changes)
        self._variants.write()
        self._relate()
        memberships = decide(near)
        self._touched |= self._events.assign(
            {mention: (event_id(found.founder), found.reason) for mention, found in memberships.items()},
            retold,
        )
        if places:
            self._touched.update(id for (id,) in self._run(cypher.READ_EVENTS_OF_PLACES, ids=places))
        report = self._events.settle(self._touched, renamed=self._variants.renamed)
        self._variants.sweep()
        if self._publishers:
            self._run(cypher.DELETE_UNUSED_PUBLISHERS, names=sorted(self._publishers))
        return report

    def _check_mentions(self) -> None:
        owners: dict[str, str] = {}
        for node in self._new:
            for mention in node.mentions:
                if owners.setdefault(mention.mention.id, node.id) != node.id:
                    raise _taken(node.id)
        for (id,) in self._run(cypher.READ_KNOWN_MENTIONS, ids=sorted(owners)):
            raise _taken(owners[id])

    def _write_articles(self) -> None:
        if not self._created:
            create(self._run, self._new)
        if self._copies:
            rows = [{"one": one, "other": other} for one, other in self._copies]
            self._run(cypher.CREATE_COPIES, rows=rows)
        self._unsettled_articles.update(id for pair in self._copies for id in pair)
        for node in self._new:
            for made in node.mentions:
                told = made.teller == made.mention.id
                if told:
                    self._changes.append(Change(made.block, made.unit, node.id))
                # Copies of an article that is put in again may have gone by its id all the time.
                if not told or node.id in self._taken_out:
                    self._unsettled_statements.add((node.id, made.statement))
            self._events.remember(node.coded.article, node.mentions)

    def _relate(self) -> None:
        """Relate new articles and mentions to publishers, actors and places."""
        made = [one for node in self._new for one in node.mentions]
        rows: dict[str, list[Properties]] = {
            cypher.CREATE_PUBLISHED: [
                {"article": node.id, "publisher": name}
                for node in self._new
                if (name := node.coded.article.publisher) is not None
            ],
            cypher.CREATE_INITIATORS: [row for one in made for row in one.initiators],
            cypher.CREATE_RECIPIENTS: [row for one in made for row in one.recipients],
            cypher.CREATE_MENTION_PLACES: [
                {"mention": one.mention.id, "place": one.mention.place}
                for one in made
                if one.mention.place is not None
            ],
        }
        for query, some in rows.items():
            if some:
                self._run(query, rows=some)

    def _settle_origins(self) -> None:
        copies_of: dict[str, list[str]] = {}
        ranks: dict[str, str] = {}
        before: dict[str, str] = {}
        pending = set(self._unsettled_articles)
        while pending:
            found: set[str] = set()
            for id, published, origin, others in self._run(cypher.READ_COPIES, ids=sorted(pending)):
                copies_of[id] = others
                ranks[id] = f"{instant(read_instant(published)) or '~'}|{id}"
                before[id] = origin
                found.update(others)
            pending = found - set(copies_of)
        if not copies_of:
            return
        after = copies.origins(ranks, copies_of.__getitem__)
        moved = {id: (before[id], after[id]) for id in sorted(before) if before[id] != after[id]}
        if moved:
            self._move(moved)

    def _move(self, moved: dict[str, tuple[str, str]]) -> None:
        """Make articles part of other origins: article → (before, after)."""
        rows = [{"article": id, "origin": after} for id, (_, after) in moved.items()]
        for id, (_, after) in moved.items():
            self._events.move(id, after)
        self._run(cypher.WRITE_ORIGINS, rows=rows)
        new = {node.id: node for node in self._new}
        for id in moved.keys() & new.keys():
            for made in new[id].mentions:
                told = made.teller == made.mention.id
                self._move_mention(moved[id], made.block, made.unit, made.statement, told=told)
        known = sorted(moved.keys() - new.keys())
        for id, *columns, told_by, statement, event in (
            self._run(cypher.READ_MENTIONS_OF_ARTICLES, ids=known) if known else ()
        ):
            one = unit(columns)
            self._move_mention(moved[id], columns[2], one, statement, told=told_by == one.mention)
            if event is not None:
                self._touched.add(event)

    def _move_mention(
        self, origins: Iterable[str], block: str, moved: Unit, statement: str, *, told: bool
    ) -> None:
        for origin in origins:
            if told:
                self._changes.append(Change(block, moved, origin))
            self._unsettled_statements.add((origin, statement))

    def _settle_statements(self) -> set[str]:
        """Choose again which print's mention stands for each statement; return the ones that do."""
        unsettled: dict[str, set[str]] = {}
        for origin, statement in self._unsettled_statements:
            unsettled.setdefault(origin, set()).add(statement)
        if not unsettled:
            return set()
        rows = [
            {"origin": origin, "statements": sorted(statements)}
            for origin, statements in sorted(unsettled.items())
        ]
        prints: dict[tuple[str, str], list[tuple[str, list[Any]]]] = {}
        for origin, statement, told_by, *columns in self._run(cypher.READ_STATEMENTS, rows=rows):
            prints.setdefault((origin, statement), []).append((told_by, columns))
        tellers: set[str] = set()
        written = []
        for (origin, _), members in sorted(prints.items()):
            members.sort(key=lambda member: member[1][1])
            teller = members[0][1][0]
            tellers.add(teller)
            for told_by, columns in members:
                if told_by == teller:
                    continue
                if columns[0] in (told_by, teller):
                    self._changes.append(Change(columns[2], unit(columns), origin))
                written.append({"mention": columns[0], "teller": teller})
        if written:
            self._run(cypher.WRITE_TELLERS, rows=written)
        return tellers


def _taken(article: str) -> InvalidInput:
    return InvalidInput(
        f"article {article}: one of its mentions has the id of a mention that is already stored"
    )
