"""Mentions as linking sees them, read from the ``mention`` table."""

import json
import sqlite3
from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache
from typing import Any

from graph.linking.units import LONGEST_VAGUE_RANGE, Party, Site, Unit
from graph.model import MentionId
from graph.store.rows import dump

_COLUMNS = "m.id, m.rank, m.block, m.first, m.last, m.unit"
_TELLERS = f"SELECT {_COLUMNS} FROM mention m WHERE m.told_by = m.id AND m.block = ?"


def unit_json(unit: Unit) -> str:
    """Return what of a unit the ``unit`` column keeps: all that has no column of its own."""
    place = unit.site
    return dump(
        [
            unit.firm,
            unit.reciprocal,
            [[p.actor, p.base, p.group] for p in unit.initiators],
            [[p.actor, p.base, p.group] for p in unit.recipients],
            None
            if place is None
            else [
                place.id,
                place.name,
                place.country,
                place.admin1,
                place.precision,
                place.latitude,
                place.longitude,
            ],
            unit.record,
            unit.mode,
            unit.sentence,
            " ".join(unit.words),
        ]
    )


@lru_cache(maxsize=16384)
def parts(kept: str) -> Unit:
    """Return what ``unit_json`` wrote, or wrote before it kept mode, sentence and words: a unit without the
    fields that have columns of their own.
    """
    firm, reciprocal, initiators, recipients, place, record, *later = json.loads(kept)
    mode, sentence, words = later or (None, None, "")
    return Unit(
        mention=MentionId(""),
        rank="",
        type="",
        first=None,
        last=None,
        firm=firm,
        reciprocal=reciprocal,
        initiators=tuple(Party(*party) for party in initiators),
        recipients=tuple(Party(*party) for party in recipients),
        site=None if place is None else Site(*place),
        record=record,
        mode=mode,
        sentence=sentence,
        words=tuple(words.split()),
    )


def read_unit(row: tuple[Any, ...]) -> Unit:
    """Return the unit of a row of ``_COLUMNS``."""
    return _whole(*row)


@lru_cache(maxsize=2**15)
def _whole(mention: str, rank: str, block: str, first: int | None, last: int | None, kept: str) -> Unit:
    """Return a unit, the same object when it is read again: what lies near a day is read with every batch
    of articles that tells of that day, and is told apart by identity sooner than by all its fields.
    """
    return replace(
        parts(kept),
        mention=MentionId(mention),
        rank=rank,
        type=block.split("|", 1)[0],
        first=first,
        last=last,
    )


def unit_of_mention(connection: sqlite3.Connection, mention_id: str) -> tuple[str, Unit]:
    """Return a mention's block and unit."""
    row = connection.execute(f"SELECT {_COLUMNS} FROM mention m WHERE m.id = ?", (mention_id,)).fetchone()
    return row[2], read_unit(row)


class StoredUnits:
    """The units in the database: see ``graph.linking.relink.Neighbourhood``."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def _read(self, sql: str, *values: object) -> Iterable[Unit]:
        return [read_unit(row) for row in self._connection.execute(sql, values)]

    def one_day(self, block: str, first: int, last: int) -> Iterable[Unit]:
        return self._read(f"{_TELLERS} AND m.last = m.first AND m.first BETWEEN ? AND ?", block, first, last)

    def ranges_touching(self, block: str, first: int, last: int) -> Iterable[Unit]:
        return self._read(
            f"{_TELLERS} AND m.last > m.first AND m.first BETWEEN ? AND ? AND m.last >= ?"
            " AND m.last - m.first < ?",
            block,
            first - LONGEST_VAGUE_RANGE,
            last,
            first,
            LONGEST_VAGUE_RANGE,
        )

    def same_range(self, block: str, first: int, last: int) -> Iterable[Unit]:
        return self._read(
            f"{_TELLERS} AND m.last > m.first AND m.first = ? AND m.last = ?", block, first, last
        )

    def undated(self, block: str, origin: str) -> Iterable[Unit]:
        return self._read(
            f"SELECT {_COLUMNS} FROM article a JOIN mention m ON m.article = a.number"
            " WHERE a.origin = ? AND m.told_by = m.id AND m.block = ? AND m.first IS NULL",
            origin,
            block,
        )
