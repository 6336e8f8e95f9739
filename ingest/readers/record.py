"""An article out of the fields of one row or one JSON object."""

import re
from collections.abc import Mapping
from typing import Any

from graph.errors import ItemRejected
from graph.model import Article
from ingest.readers.article import article_or_rejection
from ingest.readers.columns import NAMES, field_of, plain_name
from ingest.readers.page_body import fragment_paragraphs
from ingest.readers.publication import parse_published
from ingest.readers.raw import ReadOptions

_MARKUP = re.compile(r"</(?:p|div|span|a|em|strong|b|i|li)\s*>|<br\s*/?>", re.IGNORECASE)


def article_from_fields(
    record: Mapping[str, Any], *, item: str, options: ReadOptions
) -> Article | ItemRejected:
    """Return the article of one row or object.

    The text is taken as it stands, character for character, so that offsets into the article are
    offsets into what was handed in; only where it holds HTML are its paragraphs taken out and cleaned.
    """
    fields: dict[str, Any] = {}
    ranks: dict[str, int] = {}
    for key, value in record.items():
        field = field_of(key)
        if field is None or value is None or value == "":
            continue
        rank = NAMES[field].index(plain_name(key))
        if rank < ranks.get(field, len(NAMES[field])):
            fields[field], ranks[field] = value, rank
    text = fields.get("text")
    if not isinstance(text, str):
        return ItemRejected("no text", item=item, detail="" if text is None else "the text is no string")
    if _MARKUP.search(text):
        text = "\n\n".join(fragment_paragraphs(text))
    return article_or_rejection(
        text,
        item=item,
        options=options,
        id=_string(fields.get("id")),
        title=_string(fields.get("title")),
        publisher=_string(fields.get("publisher")),
        url=_string(fields.get("url")),
        published=parse_published(fields.get("published")),
    )


def _string(value: object) -> str | None:
    """Return a scalar as a string; of an object its ``name`` (news APIs give sources so)."""
    if isinstance(value, dict):
        value = value.get("name")
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    return str(value)
