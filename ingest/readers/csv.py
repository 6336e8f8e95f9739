"""A table with a header row: one article a row. Commas, semicolons, tabs or bars; fields of any length."""

import csv
from collections.abc import Iterator

from graph.errors import ItemRejected
from graph.model import Article
from ingest.readers.columns import delimiter_of, row_of
from ingest.readers.decoding import decode, mark_of
from ingest.readers.raw import RawItem, ReadOptions
from ingest.readers.record import article_from_fields


def read(raw: RawItem, options: ReadOptions) -> Iterator[Article | ItemRejected]:
    """Yield the article of each row; a broken row is rejected by its line's number and the others go on.

    Raises:
        ItemRejected: "unknown columns" if no column of the header holds a text.
    """
    lines = _lines(raw, options)
    _, header = next(lines, (0, ""))
    header = (header or "").lstrip("\ufeff")
    delimiter = delimiter_of(header)
    if delimiter is None:
        raise ItemRejected(
            "unknown columns",
            item=raw.name,
            detail="the first row names no column such as text, body or content",
        )
    columns = row_of(header, delimiter) or []
    csv.field_size_limit(max(csv.field_size_limit(), options.max_line_bytes))
    for number, row in _rows(lines, delimiter, len(columns), options.max_line_bytes):
        item = f"{raw.name}:{number}"
        if isinstance(row, str):
            yield ItemRejected(row, item=item)
        elif len(row) != len(columns):
            yield ItemRejected(
                "broken line", item=item, detail=f"{len(row)} fields for {len(columns)} columns"
            )
        else:
            yield article_from_fields(dict(zip(columns, row, strict=True)), item=item, options=options)


def _lines(raw: RawItem, options: ReadOptions) -> Iterator[tuple[int, str | None]]:
    if options.encoding or (mark_of(raw.head()) or "").startswith(("utf-16", "utf-32")):
        text = decode(raw.whole(options.max_array_bytes), encoding=options.encoding, item=raw.name)
        yield from enumerate(text.splitlines(keepends=True), 1)
        return
    for number, line in raw.lines(options.max_line_bytes):
        yield number, None if line is None else decode(line)


def _rows(
    lines: Iterator[tuple[int, str | None]], delimiter: str, width: int, limit: int
) -> Iterator[tuple[int, list[str] | str]]:
    """Yield each row's first line number and its fields, or the reason it is broken.

    A row goes on over line breaks while a quotation mark is open. If it stays open for more than
    ``limit`` characters or to the end, its first line is broken and the next line starts a row anew.
    """
    pending: list[tuple[int, str | None]] = []
    while True:
        number, line = pending.pop(0) if pending else next(lines, (0, ""))
        if line == "":
            return
        if line is None:
            yield number, "too large"
            continue
        if not line.strip():
            continue
        row = row_of(line, delimiter)
        if row is not None and (len(row) == width or line.count('"') % 2 == 0):
            yield number, row
            continue
        held, size, closed = [line], len(line), False
        quotes = line.count('"')
        taken: list[tuple[int, str | None]] = []
        while size <= limit and not closed:
            following = pending.pop(0) if pending else next(lines, (0, ""))
            if following[1] == "":
                break
            taken.append(following)
            if following[1] is None:
                break
            held.append(following[1])
            size += len(following[1])
            quotes += following[1].count('"')
            closed = quotes % 2 == 0
        row = row_of("".join(held), delimiter) if closed else None
        if row is not None and len(row) == width:
            yield number, row
        else:
            yield number, "broken line"
            pending = taken + pending
