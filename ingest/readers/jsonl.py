"""JSON: one object a line, an array of objects, or a single object."""

import json
from collections.abc import Iterator
from typing import Any

from graph.errors import ItemRejected
from graph.model import Article
from ingest.readers.columns import field_of
from ingest.readers.decoding import decode, mark_of
from ingest.readers.raw import RawItem, ReadOptions
from ingest.readers.record import article_from_fields

_WRAPPERS = ("articles", "items", "results", "documents", "data", "entries")


def read(raw: RawItem, options: ReadOptions) -> Iterator[Article | ItemRejected]:
    """Yield the article of each object; a broken line is rejected by its number and the others go on.

    Lines are streamed: a file may be of any length. An array or a single object spread over lines is
    held in memory, up to ``options.max_array_bytes``.
    """
    head = raw.head()
    text_head = (
        decode(head, encoding=None).lstrip()
        if not options.encoding
        else head.decode(options.encoding, "replace").lstrip()
    )
    wide = (mark_of(head) or "").startswith(("utf-16", "utf-32"))
    if (
        text_head.startswith("[")
        or wide
        or (text_head.startswith("{") and not _is_object(text_head.split("\n", 1)[0]))
    ):
        document = _document(raw, options, must=text_head.startswith("["))
        if document is not None:
            yield from document
            return
    yield from _lines(raw, options)


def _lines(raw: RawItem, options: ReadOptions) -> Iterator[Article | ItemRejected]:
    for number, line in raw.lines(options.max_line_bytes):
        item = f"{raw.name}:{number}"
        if line is None:
            yield ItemRejected(
                "too large", item=item, detail=f"a line of more than {options.max_line_bytes:,} bytes"
            )
            continue
        try:
            text = decode(line, encoding=options.encoding, item=item).strip()
        except ItemRejected as rejection:
            yield rejection
            continue
        if text:
            yield from _of_line(text, item, options)


def _of_line(text: str, item: str, options: ReadOptions) -> Iterator[Article | ItemRejected]:
    try:
        record = json.loads(text)
    except (ValueError, RecursionError) as error:
        yield ItemRejected("broken line", item=item, detail=str(error))
        return
    wrapped = _wrapped(record)
    if wrapped is None:
        yield _of_record(record, item, options, "broken line")
        return
    for place, one in enumerate(wrapped, 1):
        yield _of_record(one, f"{item}:{place}", options, "broken item")


def _wrapped(document: Any) -> list[Any] | None:
    """Return the records in an object that is but their wrapper, as APIs answer; else ``None``."""
    if not isinstance(document, dict) or any(field_of(key) == "text" for key in document):
        return None
    return next((document[key] for key in _WRAPPERS if isinstance(document.get(key), list)), None)


def _of_record(record: Any, item: str, options: ReadOptions, reason: str) -> Article | ItemRejected:
    if not isinstance(record, dict):
        return ItemRejected(reason, item=item, detail="not a JSON object")
    return article_from_fields(record, item=item, options=options)


def _document(raw: RawItem, options: ReadOptions, *, must: bool) -> Iterator[Article | ItemRejected] | None:
    """Return the articles of a JSON document, or ``None`` if it is none and need not be one."""
    try:
        text = decode(raw.whole(options.max_array_bytes), encoding=options.encoding, item=raw.name).strip()
    except ItemRejected:
        if must:
            raise
        return None
    try:
        document = json.loads(text)
    except (ValueError, RecursionError):
        if must:
            return _broken_array(text, raw.name, options)
        return _text_lines(text, raw.name, options)
    wrapped = _wrapped(document)
    records = wrapped if wrapped is not None else document if isinstance(document, list) else [document]
    return (
        _of_record(record, f"{raw.name}:{place}", options, "broken item")
        for place, record in enumerate(records, 1)
    )


def _text_lines(text: str, name: str, options: ReadOptions) -> Iterator[Article | ItemRejected]:
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            yield from _of_line(line.strip(), f"{name}:{number}", options)


def _broken_array(text: str, name: str, options: ReadOptions) -> Iterator[Article | ItemRejected]:
    """Yield an array's elements up to the broken one, which is rejected with all that follows."""
    decoder = json.JSONDecoder()
    position, place = 1, 0
    while position < len(text):
        while position < len(text) and text[position] in " \t\r\n,":
            position += 1
        if text[position : position + 1] == "]":
            return
        place += 1
        item = f"{name}:{place}"
        try:
            record, position = decoder.raw_decode(text, position)
        except (ValueError, RecursionError) as error:
            yield ItemRejected("broken item", item=item, detail=f"{error}; the rest of the array is not read")
            return
        yield _of_record(record, item, options, "broken item")


def _is_object(line: str) -> bool:
    try:
        return isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        return False
