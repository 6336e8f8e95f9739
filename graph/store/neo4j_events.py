"""What follows from the mentions: which event each belongs to, and what each event's mentions agree on."""

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

from graph.linking.consensus import Consensus, Told, consensus
from graph.model import Article, EventId, MentionId, Place
from graph.store import cypher
from graph.store.base import AddReport
from graph.store.neo4j_connection import Run
from graph.store.neo4j_rows import MentionNode, Properties, event_properties, sent
from graph.store.rows import read_instant, read_mention, read_place
from graph.store.sqlite_events import summary
from graph.store.sqlite_units import parts

AT_ONCE = 2000
"""Events worked out together: what is told of them is in memory at one time."""


CREATED_AT_ONCE = 500
"""New events that are worked out and sent at one time."""


class EventWriter:
    """Keeps the events true to their mentions; for one transaction."""

    def __init__(self, run: Run) -> None:
        self._run = run
        self._new: set[str] = set()
        self._finished: set[str] = set()
        self._mentions: dict[str, tuple[Article, MentionNode]] = {}
        self._origins: dict[str, str] = {}
        self._places: dict[int, Place | None] = {}
        self._names: dict[str, str] = {}

    def remember(self, article: Article, mentions: Iterable[MentionNode]) -> None:
        """Keep mentions that are written now, so that they need not be read back."""
        self._mentions.update((one.mention.id, (article, one)) for one in mentions)

    def know(self, names: Mapping[str, str], places: Mapping[int, Place]) -> None:
        """Take note of names of actors, and of places, so that they need not be read."""
        self._names.update(names)
        self._places.update(places)

    def move(self, article: str, origin: str) -> None:
        """Take note that an article is part of another origin now."""
        self._origins[article] = origin

    def assign(self, found: Mapping[MentionId, tuple[EventId, str]], retold: Iterable[str]) -> set[str]:
        """Write to which event mentions belong; return the events that gained or lost one.

        Args:
            found: For mentions that stand for a statement: their event and the reason.
            retold: Mentions whose copies of the same statement may have changed.
        """
        retold = set(retold)
        asked = sorted({*found, *retold})
        if not asked:
            return set()
        # What this transaction wrote belongs to no event yet.
        before: dict[str, tuple[str | None, str | None]] = dict.fromkeys(self._mentions, (None, None))
        known = [id for id in asked if id not in self._mentions]
        if known:
            rows = self._run(cypher.READ_ASSIGNED, ids=known)
            before.update((id, (event, reason)) for id, event, reason in rows)
        after: dict[str, tuple[str, str]] = {id: told for id, told in found.items() if id in before}
        # A mention that is new and was not told again stands for none but itself.
        moved = {id for id, (event, _) in after.items() if before[id][0] != event} - set(self._mentions)
        tellers = moved | (retold & set(before))
        if tellers:
            for id, teller, event, reason in self._run(cypher.READ_FOLLOWERS, tellers=sorted(tellers)):
                before[id] = (event, reason)
                home = after[teller][0] if teller in after else before[teller][0]
                assert home is not None, f"{teller} stands for {id} and belongs to no event"
                after[id] = (home, f"the same sentence in a copy: {teller}")
        return self._write(before, after)

    def _write(
        self, before: Mapping[str, tuple[str | None, str | None]], after: Mapping[str, tuple[str, str]]
    ) -> set[str]:
        changed = {id: told for id, told in sorted(after.items()) if before[id] != told}
        if not changed:
            return set()
        wanted = {event for event, _ in changed.values()}
        known = {id for (id,) in self._run(cypher.READ_KNOWN_EVENTS, ids=sorted(wanted))}
        self._new |= wanted - known
        self._create(wanted - known, changed)
        assigned = [id for id in changed if before[id][0] is not None]
        if assigned:
            self._run(cypher.UNASSIGN, ids=assigned)
        self._run(
            cypher.ASSIGN,
            rows=[
                {"mention": id, "event": event, "reason": reason} for id, (event, reason) in changed.items()
            ],
        )
        touched: set[str] = set()
        for id, (event, _) in changed.items():
            previous = before[id][0]
            if previous != event:
                touched.add(event)
                if previous is not None:
                    touched.add(previous)
        return touched

    def _create(self, new: Collection[str], members: Mapping[str, tuple[str, str]]) -> None:
        """Create events; those of which every mention is written now need no second look.

        Args:
            new: Ids of events.
            members: All their mentions, and perhaps others, with the event and the reason.
        """
        told: dict[str, list[Told]] = {}
        incomplete: set[str] = set()
        for id, (event, _) in members.items():
            if event not in new:
                continue
            if id in self._mentions:
                told.setdefault(event, []).append(self._told_now(*self._mentions[id]))
            else:
                incomplete.add(event)
        whole = {event: _ranked(some) for event, some in sorted(told.items()) if event not in incomplete}
        self._finished |= set(whole)
        for some in _some(list(whole)):
            # The server writes some down while the next are worked out.
            rows = self._rows({event: whole[event] for event in some})
            self._run(cypher.CREATE_EVENTS, rows=rows)
            self._relate(rows)
        if incomplete:
            self._run(cypher.CREATE_EVENT_IDS, ids=sorted(incomplete))

    def _told_now(self, article: Article, made: MentionNode) -> Told:
        return Told(
            mention=made.mention,
            origin=self._origins.get(article.id, article.id),
            publisher=article.publisher,
            published=article.published,
            rank=made.unit.rank,
            quote=made.properties["quote"],
            bases={p.actor: p.base for p in (*made.unit.initiators, *made.unit.recipients)},
        )

    def settle(self, touched: Iterable[str], *, renamed: Sequence[str]) -> AddReport:
        """Work out again the events that gained, lost or changed a mention.

        Args:
            touched: Ids of events.
            renamed: Actors whose names changed: the names of their events follow.

        Returns:
            What became of the events.
        """
        ids = sorted(set(touched) - self._finished)
        report = AddReport(events_new=len(self._finished))
        for start in range(0, len(ids), AT_ONCE):
            report += self._settle_some(ids[start : start + AT_ONCE])
        if renamed:
            self._rename(renamed)
        return report

    def _settle_some(self, ids: Sequence[str]) -> AddReport:
        told = self._told(ids)
        gone = [id for id in ids if id not in told]
        if gone:
            self._run(cypher.DELETE_EVENTS, ids=gone)
        before = dict(self._run(cypher.READ_FINGERPRINTS, ids=sorted(told)))
        rows = [row for row in self._rows(told) if row["fingerprint"] != before.get(row["id"])]
        self._write_rows(rows)
        new = sum(row["id"] in self._new for row in rows)
        known = sum(id not in self._new for id in gone)
        return AddReport(events_new=new, events_touched=len(rows) - new + known, events_gone=known)

    def _rows(self, told: Mapping[str, Sequence[Told]]) -> list[Properties]:
        """Return what events are, given all their mentions."""
        self._look_up_places(told)
        agreed = {id: consensus(some, self._known_places(some)) for id, some in told.items()}
        self._look_up_names(agreed.values())
        return [self._row(id, agreed[id], some) for id, some in told.items()]

    def _told(self, ids: Sequence[str]) -> dict[str, list[Told]]:
        told: dict[str, list[Told]] = {}
        for event, id, payload, article, origin, publisher, published, rank, quote, unit in self._run(
            cypher.READ_TOLD, ids=ids
        ):
            if id in self._mentions:
                told.setdefault(event, []).append(self._told_now(*self._mentions[id]))
                continue
            kept = parts(unit)
            told.setdefault(event, []).append(
                Told(
                    mention=read_mention(json.loads(payload), article),
                    origin=origin,
                    publisher=publisher,
                    published=read_instant(published),
                    rank=rank,
                    quote=quote,
                    bases={p.actor: p.base for p in (*kept.initiators, *kept.recipients)},
                )
            )
        return {event: _ranked(some) for event, some in sorted(told.items())}

    def _look_up_places(self, told: Mapping[str, Sequence[Told]]) -> None:
        wanted = {one.mention.place for some in told.values() for one in some} - {None} - set(self._places)
        if not wanted:
            return
        self._places.update((int(id), None) for id in wanted if id is not None)
        for row in self._run(cypher.READ_PLACES, ids=sorted(id for id in wanted if id is not None)):
            self._places[row[0]] = read_place_columns(row)

    def _known_places(self, told: Iterable[Told]) -> dict[int, Place]:
        places: dict[int, Place] = {}
        for one in told:
            id = one.mention.place
            place = None if id is None else self._places.get(id)
            if place is not None:
                places[place.id] = place
        return places

    def _look_up_names(self, agreed: Iterable[Consensus]) -> None:
        wanted = {actor for one in agreed for actor in (*one.initiators, *one.recipients)} - set(self._names)
        if wanted:
            self._names.update(dict(self._run(cypher.READ_NAMES, ids=sorted(wanted))))

    def _name(self, type: str, reciprocal: bool, sides: Iterable[Iterable[str]]) -> str:
        return summary(type, reciprocal, *[[self._names.get(a, a) for a in side] for side in sides])

    def _row(self, id: str, told: Consensus, members: Sequence[Told]) -> Properties:
        name = self._name(told.type, told.reciprocal, (told.initiators, told.recipients))
        return sent(event_properties(id, told, (one.publisher for one in members), name))

    def _write_rows(self, rows: Sequence[Mapping[str, Any]]) -> None:
        if not rows:
            return
        known = [row["id"] for row in rows if row["id"] not in self._new]
        if known:
            self._run(cypher.UNRELATE_EVENTS, ids=known)
        self._run(cypher.WRITE_EVENTS, rows=rows)
        self._relate(rows)

    def _relate(self, rows: Sequence[Mapping[str, Any]]) -> None:
        for query, side in (
            (cypher.RELATE_INITIATORS, "initiators"),
            (cypher.RELATE_RECIPIENTS, "recipients"),
        ):
            related = [
                {"event": row["id"], "actor": actor, "position": position}
                for row in rows
                for position, actor in enumerate(row[side])
            ]
            if related:
                self._run(query, rows=related)
        places = [{"event": row["id"], "place": row["place"]} for row in rows if row["place"] is not None]
        if places:
            self._run(cypher.RELATE_PLACES, rows=places)

    def _rename(self, actors: Sequence[str]) -> None:
        rows = self._run(cypher.READ_EVENTS_OF_ACTORS, ids=actors)
        wanted = {actor for *_, initiators, recipients in rows for actor in (*initiators, *recipients)}
        if not wanted:
            return
        self._names.update(dict(self._run(cypher.READ_NAMES, ids=sorted(wanted))))
        self._run(
            cypher.NAME_EVENTS,
            rows=[
                {"id": id, "name": self._name(type, reciprocal, sides)}
                for id, type, reciprocal, *sides in rows
            ],
        )


def _ranked(told: Iterable[Told]) -> list[Told]:
    return sorted(told, key=lambda one: one.rank)


def _some(events: Sequence[str]) -> Iterator[Sequence[str]]:
    for start in range(0, len(events), CREATED_AT_ONCE):
        yield events[start : start + CREATED_AT_ONCE]


def read_place_columns(row: Sequence[Any]) -> Place:
    """Return the place of a row of id, name, country, latitude, longitude, precision, division."""
    keys = ("id", "name", "country", "latitude", "longitude", "precision", "admin1")
    return read_place(dict(zip(keys, row, strict=True)))
