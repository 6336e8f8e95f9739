"""The last step of every reader: an article that can be used, or why it cannot."""

import re
from datetime import datetime

from graph.errors import ItemRejected
from graph.model import Article
from ingest.readers.english import language_of
from ingest.readers.publication import implausible
from ingest.readers.raw import ReadOptions

_UNSTORABLE = re.compile("[\ud800-\udfff\x00]")


def article_or_rejection(
    text: str,
    *,
    item: str,
    options: ReadOptions,
    title: str | None = None,
    publisher: str | None = None,
    url: str | None = None,
    published: datetime | None = None,
    id: str | None = None,
) -> Article | ItemRejected:
    """Return the article, or the rejection of a text that is blank, too long or not English.

    The text is kept character for character, but for lone surrogates and zero characters, which no
    store can keep: each becomes one U+FFFD, so that offsets stay. A publication time that cannot be
    right becomes ``None``, with a note. Where none is stated, ``options.published`` is used.
    """
    text = _UNSTORABLE.sub("\ufffd", text)
    if not any(character.isalpha() for character in text):
        return ItemRejected("no text", item=item)
    if len(text) > options.max_characters:
        return ItemRejected(
            "too long", item=item, detail=f"{len(text):,} characters; {options.max_characters:,} are read"
        )
    language, foreign = language_of(text)
    if foreign and options.english_only:
        return ItemRejected("not English", item=item, detail=f"looks like {language}" if language else "")
    why_not = implausible(published) if published else None
    if published and why_not:
        options.note(why_not, item, published.isoformat())
        published = None
    return Article.of(
        text,
        title=one_line(title),
        publisher=one_line(publisher),
        url=one_line(url),
        published=published or options.published,
        language=language,
        file=item,
        id=id if id and id.strip() else None,
    )


def one_line(value: str | None) -> str | None:
    """Return the value with its white space collapsed, or ``None`` if nothing is left."""
    return " ".join(_UNSTORABLE.sub("\ufffd", value).split()) or None if value else None
