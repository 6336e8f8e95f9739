"""An RSS or Atom feed: one article an item."""

import io
import itertools
import re
from collections.abc import Iterator
from typing import Any

import feedparser  # type: ignore[import-untyped]

from graph.errors import ItemRejected
from graph.model import Article
from ingest.readers.article import article_or_rejection
from ingest.readers.decoding import declared_charset, decode
from ingest.readers.page_body import fragment_paragraphs
from ingest.readers.publication import parse_published
from ingest.readers.raw import RawItem, ReadOptions

_ENTRY = re.compile(r"<(?:\w+:)?(?:item|entry)(?=[\s/>])", re.IGNORECASE)


def read(raw: RawItem, options: ReadOptions) -> Iterator[Article | ItemRejected]:
    """Yield the article of each item: its full content where the feed carries it, else its summary.

    An item names its place in the feed (``path:3`` is the third). Its publisher is its own ``source``
    if it has one, else the feed's publisher or title. Its time is the published one; a feed that only
    states when an item was updated (Atom may) is taken at that.

    Raises:
        ItemRejected: "too large", "wrong encoding", or "broken item" for a feed without any item that
            can be parsed.
    """
    data = raw.whole(options.max_bytes)
    text = decode(
        data, encoding=options.encoding, declared=declared_charset(raw.media_type, data), item=raw.name
    )
    parsed = _parse(text)
    if not parsed.entries and parsed.bozo:
        raise ItemRejected(
            "broken item", item=raw.name, detail=str(parsed.get("bozo_exception", "not a feed"))
        )
    outlet = _text(parsed.feed.get("publisher")) or _text(parsed.feed.get("title"))
    entries = _entries_apart(text) if parsed.bozo else parsed.entries
    for place, entry in enumerate(entries, 1):
        item = f"{raw.name}:{place}"
        if entry is None:
            yield ItemRejected("broken item", item=item)
            continue
        try:
            yield _article(entry, outlet, item, options)
        except (ValueError, TypeError, AttributeError, KeyError, RecursionError) as error:
            yield ItemRejected("broken item", item=item, detail=f"{type(error).__name__}: {error}")


def _parse(text: str) -> Any:
    return feedparser.parse(
        io.BytesIO(_as_utf8(text)),
        response_headers={"content-type": "application/xml; charset=utf-8"},
        sanitize_html=False,
        resolve_relative_uris=False,
    )


def _entries_apart(text: str) -> Iterator[Any]:
    """Yield the entries of a feed that is not well-formed, each parsed on its own; ``None`` for a lost one.

    Parsed as a whole, an element that is never closed would swallow the items after it.
    """
    starts = [found.start() for found in _ENTRY.finditer(text)]
    for start, end in itertools.pairwise([*starts, len(text)]):
        parsed = _parse(text[: starts[0]] + text[start:end])
        yield parsed.entries[0] if parsed.entries else None


def _article(entry: Any, outlet: str | None, item: str, options: ReadOptions) -> Article | ItemRejected:
    title = " ".join(fragment_paragraphs(entry.get("title") or "")) or None
    publisher = _text((entry.get("source") or {}).get("title")) or outlet
    contents = [part.get("value") or "" for part in entry.get("content") or ()]
    body = max([*contents, entry.get("summary") or ""], key=len)
    paragraphs = fragment_paragraphs(body, title=title, publisher=publisher)
    if not paragraphs:
        return ItemRejected("no text", item=item, detail=title or "")
    stated = (dict.get(entry, "published"), dict.get(entry, "updated"))  # past feedparser's own fallbacks
    published = next((moment for value in stated if (moment := parse_published(value))), None)
    link = entry.get("link") or (entry.get("id") if str(entry.get("id")).startswith("http") else None)
    return article_or_rejection(
        "\n\n".join(paragraphs),
        item=item,
        options=options,
        title=title,
        publisher=publisher,
        url=_text(link),
        published=published,
    )


def _as_utf8(text: str) -> bytes:
    start = text.lstrip("\ufeff \t\r\n")
    if start.startswith("<?xml"):
        start = start[start.find("?>") + 2 :]
    return b"<?xml version='1.0' encoding='utf-8'?>" + start.encode("utf-8", "replace")


def _text(value: object) -> str | None:
    return " ".join(value.split()) or None if isinstance(value, str) else None
