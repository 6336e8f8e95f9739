"""Tables: CSV with one row an event or a mention, and Parquet with one row an event.

CSV is UTF-8 without a byte order mark, lines end in a line feed, each row is one line: line breaks in a
cell become spaces. A cell with several values separates them by ``|``. An empty cell is a value not known.

Spreadsheets run a cell that begins with ``=``, ``+``, ``-`` or ``@`` as a formula, and a headline can be
written to begin so. Text cells that do, also in full width or behind a tab or line break, therefore get a
leading apostrophe, unless ``ExportOptions.guard_formulas`` is off; numbers and dates are never changed.
Programs that read the file back take one leading apostrophe off a cell whose second character is one of these.
"""

import csv
import io
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from itertools import islice
from typing import Any, BinaryIO

from graph.errors import InvalidInput
from graph.export.records import EventRecord, MentionRecord, goldstein, records, sound
from graph.export.source import ExportOptions, ExportSource
from graph.model import EventQuery

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
SEPARATOR = "|"
ROWS_AT_ONCE = 5000
"""Rows of a Parquet row group: memory stays below about 20 MB."""

type_of_row = dict[str, Any]


def write_events_csv(
    source: ExportSource, query: EventQuery, out: BinaryIO, options: ExportOptions
) -> Mapping[str, int]:
    """Write one row an event."""
    rows = (event_row(record) for record in records(source, query, options))
    return {"events": _write_csv(rows, list(EVENT_COLUMNS), out, options)}


def write_mentions_csv(
    source: ExportSource, query: EventQuery, out: BinaryIO, options: ExportOptions
) -> Mapping[str, int]:
    """Write one row a mention, with the event that it tells of."""
    rows = (
        mention_row(record, mention)
        for record in records(source, query, options)
        for mention in record.mentions
    )
    return {"mentions": _write_csv(rows, MENTION_COLUMNS, out, options)}


def write_parquet(
    source: ExportSource, query: EventQuery, out: BinaryIO, options: ExportOptions
) -> Mapping[str, int]:
    """Write one row an event, with lists where an event has several actors or addresses.

    Raises:
        InvalidInput: If pyarrow is not installed.
    """
    try:
        import pyarrow  # type: ignore[import-untyped]
        import pyarrow.parquet  # type: ignore[import-untyped]
    except ImportError as error:
        raise InvalidInput("Parquet needs pyarrow: pip install 'diurna[parquet]'") from error
    kinds: dict[str, Any] = {
        "text": pyarrow.string(),
        "texts": pyarrow.list_(pyarrow.string()),
        "number": pyarrow.float64(),
        "integer": pyarrow.int64(),
        "day": pyarrow.date32(),
        "moment": pyarrow.timestamp("us", tz="UTC"),
        "truth": pyarrow.bool_(),
    }
    shape = pyarrow.schema([(name, kinds[kind]) for name, kind in EVENT_COLUMNS.items()])
    rows = (event_row(record) for record in records(source, query, options))
    written = 0
    with pyarrow.parquet.ParquetWriter(out, shape, compression="zstd") as writer:
        while batch := list(islice(rows, ROWS_AT_ONCE)):
            sound_rows = [{name: _sound(value) for name, value in row.items()} for row in batch]
            writer.write_table(pyarrow.Table.from_pylist(sound_rows, schema=shape))
            written += len(batch)
    return {"events": written}


EVENT_COLUMNS = {
    "id": "text",
    "first": "day",
    "last": "day",
    "basis": "text",
    "type": "text",
    "mode": "text",
    "modality": "text",
    "reciprocal": "truth",
    "initiators": "texts",
    "initiator_names": "texts",
    "recipients": "texts",
    "recipient_names": "texts",
    "country": "text",
    "place": "text",
    "place_id": "integer",
    "lat": "number",
    "lon": "number",
    "precision": "text",
    "mentions": "integer",
    "articles": "integer",
    "origins": "integer",
    "publishers": "integer",
    "score": "number",
    "tone": "number",
    "first_reported": "moment",
    "summary": "text",
    "quote": "text",
    "urls": "texts",
}
"""The columns of an event, in order, and what they hold."""


def event_row(record: EventRecord) -> type_of_row:
    """Return the cells of an event; ``None`` for what is not known."""
    event, place = record.event, record.place
    return {
        "id": event.id,
        "first": event.day.first if event.day else None,
        "last": event.day.last if event.day else None,
        "basis": event.day.basis.value if event.day else None,
        "type": event.type,
        "mode": event.mode,
        "modality": event.modality.value,
        "reciprocal": event.reciprocal,
        "initiators": list(event.initiators),
        "initiator_names": [actor.name for actor in record.initiators],
        "recipients": list(event.recipients),
        "recipient_names": [actor.name for actor in record.recipients],
        "country": place.country if place else None,
        "place": place.name if place else None,
        "place_id": event.place,
        "lat": place.latitude if place else None,
        "lon": place.longitude if place else None,
        "precision": place.precision.value if place else None,
        "mentions": event.mention_count,
        "articles": event.article_count,
        "origins": event.origin_count,
        "publishers": event.publisher_count,
        "score": event.score,
        "tone": event.tone,
        "first_reported": event.first_reported,
        "summary": event.summary,
        "quote": record.quote,
        "urls": record.urls,
    }


MENTION_COLUMNS = [
    "id",
    "event",
    "first",
    "last",
    "basis",
    "cue",
    "type",
    "mode",
    "contexts",
    "modality",
    "initiators",
    "initiator_names",
    "recipients",
    "recipient_names",
    "country",
    "place",
    "lat",
    "lon",
    "precision",
    "cameo",
    "goldstein",
    "score",
    "coder",
    "quote",
    "start",
    "end",
    "trigger",
    "url",
    "publisher",
    "published",
    "title",
    "article",
    "origin",
]
"""The columns of a mention, in order. ``start`` and ``end`` count Unicode characters of the article's text."""


def mention_row(record: EventRecord, told: MentionRecord) -> type_of_row:
    """Return the cells of a mention; ``None`` for what is not known."""
    mention, article, place = told.mention, told.article, told.place
    sentence = mention.evidence.sentence if mention.evidence else None
    return {
        "id": mention.id,
        "event": record.event.id,
        "first": mention.day.first if mention.day else None,
        "last": mention.day.last if mention.day else None,
        "basis": mention.day.basis.value if mention.day else None,
        "cue": mention.day.cue if mention.day else None,
        "type": mention.type,
        "mode": mention.mode,
        "contexts": list(mention.contexts),
        "modality": mention.modality.value,
        "initiators": [participant.actor for participant in mention.initiators],
        "initiator_names": [actor.name for actor in told.initiators],
        "recipients": [participant.actor for participant in mention.recipients],
        "recipient_names": [actor.name for actor in told.recipients],
        "country": place.country if place else None,
        "place": place.name if place else None,
        "lat": place.latitude if place else None,
        "lon": place.longitude if place else None,
        "precision": place.precision.value if place else None,
        "cameo": mention.cameo,
        "goldstein": goldstein(mention.cameo),
        "score": mention.score,
        "coder": mention.coder,
        "quote": told.quote,
        "start": sentence.start if sentence else None,
        "end": sentence.end if sentence else None,
        "trigger": told.trigger,
        "url": article.url if article else None,
        "publisher": article.publisher if article else None,
        "published": article.published if article else None,
        "title": article.title if article else None,
        "article": mention.article_id,
        "origin": told.origin,
    }


def _write_csv(rows: Iterable[type_of_row], columns: list[str], out: BinaryIO, options: ExportOptions) -> int:
    guard = guarded if options.guard_formulas else str
    text = io.TextIOWrapper(out, encoding="utf-8", newline="", write_through=False)
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    written = 0
    for row in rows:
        writer.writerow([_cell(row[column], guard) for column in columns])
        written += 1
    text.flush()
    text.detach()
    return written


def guarded(text: str) -> str:
    """Return the text with a leading apostrophe if a spreadsheet could take it for a formula."""
    return f"'{text}" if text.lstrip(" ").startswith(FORMULA_STARTS) else text


def _cell(value: object, guard: Callable[[str], str]) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case str():
            return guard(_one_line(value))
        case list():
            return guard(SEPARATOR.join(_one_line(item).replace(SEPARATOR, "/") for item in value))
        case datetime() | date():
            return value.isoformat()
        case _:
            return str(value)


def _one_line(text: str) -> str:
    return " ".join(sound(text).replace("\x00", "").split())


def _sound(value: object) -> object:
    if isinstance(value, str):
        return sound(value)
    return [_sound(item) for item in value] if isinstance(value, list) else value
