"""neo4j-import: a whole store as the files that ``neo4j-admin database import full`` makes a database of.

The database is the one that ``diurna copy`` would have made, sooner. Articles are read once (one that has
copies, twice), and what concerns more than one of them goes through a file (``neo4j_scratch``): memory
does not grow with the store, but for the ids in a list of copies and the judgements.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Protocol, runtime_checkable

from graph.errors import InvalidInput
from graph.export.neo4j_csv import DELIMITERS, DelimiterTaken, Files, script, shown
from graph.export.neo4j_scratch import Scratch, changed
from graph.export.source import ExportOptions, ExportSource, Progress
from graph.linking.consensus import Told, consensus
from graph.linking.same_actor import Judgement
from graph.model import ArticleId, Event, EventQuery, Place
from graph.store import cypher_schema
from graph.store.base import ArticleRow, StoreStatistics
from graph.store.neo4j_rows import (
    ArticleNode,
    Properties,
    actor_properties,
    actors_named,
    article_node,
    event_properties,
    judgement_properties,
    place_properties,
)
from graph.store.neo4j_schema import SCHEMA_VERSION
from graph.store.neo4j_variants import outer_places
from graph.store.rows import read_place
from graph.store.sqlite_events import summary

PAGE = 20_000
"""Articles listed at once."""

SCRIPT = "import.sh"
FINISH = "finish.cypher"


@runtime_checkable
class WholeStore(ExportSource, Protocol):
    """What writing a whole store needs of it; every ``GraphStore`` has it."""

    def articles(self, *, limit: int | None, offset: int) -> Sequence[ArticleRow]:
        """List articles."""

    def copies(self, origin: str) -> Sequence[ArticleId]:
        """Return the articles of one origin."""

    def judgements(self) -> Sequence[Judgement]:
        """Return all judgements."""

    def statistics(self) -> StoreStatistics:
        """Count what the store holds."""


def write(
    source: ExportSource, query: EventQuery, folder: Path, options: ExportOptions, progress: Progress
) -> tuple[Mapping[str, int], str]:
    """Write the files, the command that imports them and what is to be run after it.

    Raises:
        InvalidInput: If only a part of the store is asked for, or the source is no store.
        BackendUnavailable: If the store changes meanwhile, or the disk is full.
    """
    if query != EventQuery():
        raise InvalidInput(
            "neo4j-import writes the whole store: events without their articles' other statements would not"
            " be a store. Leave the filters out; jsonl, csv and the RDF formats write a selection."
        )
    if options.quote_length is not None:
        raise InvalidInput(
            "neo4j-import writes whole texts, so quotes cannot be shortened: see the RDF formats"
        )
    if not isinstance(source, WholeStore):
        raise InvalidInput("neo4j-import needs a whole store to write")
    for delimiter in DELIMITERS:
        try:
            return _write(source, folder, delimiter, options, progress)
        except DelimiterTaken:
            continue
    raise InvalidInput(
        "the store's lists contain every sign that could stand between their items: use diurna copy"
    )


def _write(
    source: WholeStore, folder: Path, delimiter: str, options: ExportOptions, progress: Progress
) -> tuple[Mapping[str, int], str]:
    before = source.statistics()
    with Scratch(folder / "scratch.db") as scratch:
        with Files(folder, delimiter=delimiter, compress=options.compress) as files:
            writing = _Writing(source, files, scratch, progress, before.articles + before.events)
            writing.run()
        written = files.written
    if source.statistics() != before or written["EventMention"] != before.mentions:
        raise changed()
    command = files.command()
    (folder / SCRIPT).write_text(script(command), encoding="utf-8")
    (folder / SCRIPT).chmod(0o755)
    (folder / FINISH).write_text(";\n\n".join(cypher_schema.FINISH) + ";\n", encoding="utf-8")
    return _counts(written), (
        f"With the Neo4j server stopped, run {SCRIPT} in that folder, which is\n\n{shown(command)}\n\n"
        "Then start the server and open the store: constraints and indexes are made when Diurna first opens "
        f"it to write, or by cypher-shell --file {FINISH}."
    )


def _counts(written: Mapping[str, int]) -> dict[str, int]:
    names = {
        "Article": "articles",
        "EventMention": "mentions",
        "Event": "events",
        "Actor": "actors",
        "Place": "places",
        "Judgement": "judgements",
        "relationships": "relationships",
    }
    return {name: written[kind] for kind, name in names.items()}


class _Writing:
    """One pass over the articles, then one over the events."""

    def __init__(
        self, source: WholeStore, files: Files, scratch: Scratch, progress: Progress, steps: int
    ) -> None:
        self._source = source
        self._files = files
        self._scratch = scratch
        self._progress = progress
        self._steps = steps
        self._done = 0

    def run(self) -> None:
        store = {"name": "Diurna", "schema": SCHEMA_VERSION, "writes": 0}
        self._files.node("DiurnaStore", store)
        for origin in self._origins():
            self._write_prints(origin)
        self._write_publishers()
        self._scratch.name_actors(self._write_actors())
        self._scratch.describe_places(self._write_places())
        self._write_what_places_lie_in()
        for one, other in self._scratch.same_texts():
            self._files.relate("SAME_TEXT", one, other)
        for event in self._source.events(EventQuery()):
            self._write_event(event)
            self._step()
        for made in self._source.judgements():
            self._files.node("Judgement", judgement_properties(made))

    def _step(self) -> None:
        self._done += 1
        self._progress(self._done, self._steps)

    def _origins(self) -> Iterator[ArticleId]:
        offset = 0
        while rows := self._source.articles(limit=PAGE, offset=offset):
            yield from (row.id for row in rows if row.origin == row.id)
            offset += len(rows)

    def _write_prints(self, origin: ArticleId) -> None:
        """Write an article and its copies."""
        prints = self._source.copies(origin)
        tellers = self._tellers(prints) if len(prints) > 1 else {}
        for id in prints:
            self._write_article(self._read(id), origin, tellers)
            self._step()

    def _tellers(self, prints: Sequence[ArticleId]) -> dict[str, str]:
        """Return the mention that stands for each statement of an origin: the first in rank."""
        first: dict[str, tuple[str, str]] = {}
        for id in prints:
            for made in self._read(id).mentions:
                own = (made.unit.rank, made.mention.id)
                first[made.statement] = min(first.get(made.statement, own), own)
        return {statement: mention for statement, (_, mention) in first.items()}

    def _read(self, id: ArticleId) -> ArticleNode:
        coded = self._source.article(id)
        if coded is None:
            raise changed()
        return article_node(coded)

    def _write_article(self, node: ArticleNode, origin: ArticleId, tellers: Mapping[str, str]) -> None:
        files = self._files
        files.node("Article", {**node.properties, "origin": origin})
        publisher = node.coded.article.publisher
        if publisher is not None:
            files.relate("PUBLISHED_BY", node.id, publisher)
        if origin != node.id:
            files.relate("COPY_OF", node.id, origin)
        described = {id for id, _ in node.places}
        for made in node.mentions:
            mention = made.mention
            told_by = tellers.get(made.statement, made.teller)
            files.node("EventMention", {**made.properties, "told_by": told_by})
            files.relate("REPORTS", node.id, mention.id)
            for type, actor, properties in actors_named(mention):
                files.relate(type, mention.id, actor, properties)
            if mention.place in described:
                files.relate("NAMES_PLACE", mention.id, mention.place)
        self._scratch.keep(node, origin)

    def _write_publishers(self) -> None:
        for name in self._scratch.publishers():
            self._files.node("Publisher", {"name": name})

    def _write_actors(self) -> Iterator[Properties]:
        for uses in self._scratch.actors():
            actor = actor_properties(uses)
            self._files.node("Actor", actor)
            yield actor

    def _write_places(self) -> Iterator[Place]:
        for uses in self._scratch.places():
            row = place_properties(uses)
            self._files.node("Place", {**row, "location": _location(row)})
            yield read_place(row)

    def _write_what_places_lie_in(self) -> None:
        for rows in self._scratch.places_by_country():
            for place, outer in sorted(outer_places(rows).items()):
                self._files.relate("IN", place, outer)
        for mention, place in self._scratch.placed_elsewhere():
            self._files.relate("NAMES_PLACE", mention, place)

    def _write_event(self, event: Event) -> None:
        """Write an event as its mentions tell it: the source shows it as judgements on actors have it."""
        links = self._source.links(event.id)
        told = self._scratch.told([link.mention_id for link in links])
        if not told or len(told) != len(links):
            raise changed()
        agreed = consensus(told, self._places(told))
        sides = (agreed.initiators, agreed.recipients)
        name = summary(
            agreed.type, agreed.reciprocal, *[[self._scratch.actor_name(id) for id in side] for side in sides]
        )
        files = self._files
        files.node("Event", event_properties(event.id, agreed, (one.publisher for one in told), name))
        for type, side in zip(("INITIATED_BY", "DIRECTED_AT"), sides, strict=True):
            for position, actor in enumerate(side):
                files.relate(type, event.id, actor, {"position": position})
        if agreed.place is not None and self._scratch.place(agreed.place) is not None:
            files.relate("AT", event.id, agreed.place)
        for link in links:
            files.relate("OF", link.mention_id, event.id, {"reason": link.reason})

    def _places(self, told: Sequence[Told]) -> dict[int, Place]:
        look_up: Callable[[int], Place | None] = self._scratch.place
        ids = {one.mention.place for one in told if one.mention.place is not None}
        return {id: place for id in ids if (place := look_up(id)) is not None}


def _location(place: Properties) -> tuple[float, float] | None:
    """Return latitude and longitude if they are on Earth: the same places as in ``cypher.WRITE_PLACES``."""
    latitude, longitude = place.get("latitude"), place.get("longitude")
    if latitude is None or longitude is None:
        return None
    on_earth = -90.0 <= latitude <= 90.0 and -180.0 <= longitude <= 180.0
    return (latitude, longitude) if on_earth else None
