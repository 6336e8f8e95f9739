"""Columns and keys: what the fields of an article are called in other people's tables and JSON."""

import csv
import re

_NAMES = """
id: id article_id articleid doc_id docid document_id uid uuid guid
text: text body content article full_text fulltext article_text articlebody story maintext main_text
title: title headline heading
published: published date pubdate pub_date publication_date publish_date date_published datepublished
published: published_at publishedat date_publish published_date publication_time timestamp datetime
publisher: publisher source outlet domain site site_name sitename newspaper publication
publisher: source_name source_domain
url: url link href uri permalink source_url canonical_url web_url
"""
NAMES: dict[str, tuple[str, ...]] = {}
for _line in _NAMES.strip().splitlines():
    _field, _, _names = _line.partition(": ")
    NAMES[_field] = (*NAMES.get(_field, ()), *_names.split())
"""For each field of an article the names it goes by, lower case, the most telling first."""


DELIMITERS = ",;\t|"


def field_of(name: str) -> str | None:
    """Return the article's field that a column or key names, or ``None``."""
    plain = plain_name(name)
    return next((field for field, names in NAMES.items() if plain in names), None)


def plain_name(name: str) -> str:
    """Return a column's name in lower case, with underscores for spaces and hyphens."""
    return re.sub(r"[\s-]+", "_", name.strip().strip("\ufeff").lower())


def delimiter_of(header: str) -> str | None:
    """Return the delimiter that splits a header row into columns, one of them a text's; else ``None``."""
    split = {delimiter: row_of(header, delimiter) or [] for delimiter in DELIMITERS}
    known = {
        delimiter: sum(field_of(name) is not None for name in names) for delimiter, names in split.items()
    }
    best = max(DELIMITERS, key=lambda delimiter: known[delimiter])
    return best if any(field_of(name) == "text" for name in split[best]) else None


def row_of(text: str, delimiter: str) -> list[str] | None:
    """Return the fields of one row, or ``None`` if its quotation marks do not fit."""
    try:
        rows = list(csv.reader(text.splitlines(keepends=True), delimiter=delimiter, strict=True))
    except csv.Error:
        return None
    return rows[0] if len(rows) == 1 else None
