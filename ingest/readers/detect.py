"""Which format an item is in: told by its content first, then by its name or media type."""

import re

from graph.errors import ItemRejected
from ingest.readers.columns import delimiter_of, field_of
from ingest.readers.decoding import decode, is_binary
from ingest.readers.raw import RawItem

_FEED = re.compile(r"<(?:rss|rdf:RDF|(?:\w+:)?feed)[\s>]", re.IGNORECASE)
_PAGE = re.compile(
    r"<(?:!doctype html|html|head|body|article|main|section|div|h1|p|meta|title)[\s/>]", re.IGNORECASE
)
_PROLOGUE = re.compile(r"^(?:\s|<\?.*?\?>|<!--.*?-->|<!doctype\s+(?!html)[^>]*>)+", re.DOTALL | re.IGNORECASE)
_JSON = re.compile(r"\{\s*(?:\"|\}|$)|\[\s*(?:[{\]\"]|$)")
_TABLES = {".csv", ".tsv", ".tab"}
_PAGES = {".htm", ".html", ".xhtml", ".shtml"}
_LINES = {".json", ".jsonl", ".ndjson"}
_OTHER_FILES = """
.py .js .ts .css .sh .bat .ps1 .c .h .cpp .java .go .rs .rb .pl .r .ipynb .yaml .yml .toml .ini .cfg .conf
.lock .log .sql .ttl .nt .nq .trig .rdf .owl .graphml .gexf .cypher .svg .tex .bib .ann .conll .conllu .diff
.patch .xsl .xsd
"""
_NO_ARTICLES = frozenset(_OTHER_FILES.split())
_KNOWN_BINARIES = {
    b"%PDF": "a PDF: save its text first",
    b"PK\x03\x04": "a zip archive or office document: unpack it or save its text first",
    b"\xd0\xcf\x11\xe0": "an office document: save its text first",
    b"SQLite format 3": "a database",
}


def detect(raw: RawItem) -> str:
    """Return the name of the item's format, a key of ``READERS``.

    Raises:
        ItemRejected: "empty file", "binary file" or "unknown format".
    """
    head = raw.head()
    if not head.strip(b" \t\r\n\x00\xef\xbb\xbf"):
        raise ItemRejected("empty file", item=raw.name)
    for magic, what in _KNOWN_BINARIES.items():
        if head.startswith(magic):
            raise ItemRejected("binary file", item=raw.name, detail=what)
    if is_binary(head):
        raise ItemRejected("binary file", item=raw.name)
    text = decode(head).lstrip("\ufeff \t\r\n")
    return _of_text(text, raw)


def _of_text(text: str, raw: RawItem) -> str:
    suffix, media_type = raw.suffix, (raw.media_type or "").lower()
    if text.startswith("<"):
        root = _PROLOGUE.sub("", text)
        if _FEED.match(root):
            return "feed"
        if _PAGE.match(root) or suffix in _PAGES or "html" in media_type:
            return "web_page"
        if root.startswith("<!--") or (suffix not in {".xml", ".rdf"} and _PAGE.search(root[:5000])):
            return "web_page"
        raise ItemRejected("unknown format", item=raw.name, detail="XML that is neither a feed nor a page")
    if _JSON.match(text) and suffix not in _NO_ARTICLES:
        return "jsonl"
    if suffix in _LINES or "json" in media_type:
        return "jsonl"
    first = text.split("\n", 1)[0]
    if (
        suffix in _TABLES
        or "csv" in media_type
        or ("\n" in text and len(first) < 2000 and _names_columns(first))
    ):
        return "csv"
    if suffix in _PAGES or "html" in media_type:
        return "web_page"
    if suffix in _NO_ARTICLES:
        raise ItemRejected("unknown format", item=raw.name, detail=f"{suffix} files hold no articles")
    return "plain_text"


def _names_columns(first: str) -> bool:
    """Tell whether a line is a header row: two columns or more that articles have, and no sentence."""
    delimiter = delimiter_of(first)
    names = first.split(delimiter) if delimiter else []
    return sum(
        field_of(name.strip(' "\r')) is not None for name in names
    ) >= 2 and not first.rstrip().endswith(".")
