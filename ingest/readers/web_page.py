"""A web page: one article."""

from collections.abc import Iterator

from graph.errors import ItemRejected
from graph.model import Article
from ingest.readers.article import article_or_rejection
from ingest.readers.decoding import declared_charset, decode
from ingest.readers.page_body import parse_page, story_paragraphs
from ingest.readers.page_metadata import page_metadata
from ingest.readers.raw import RawItem, ReadOptions


def read(raw: RawItem, options: ReadOptions) -> Iterator[Article | ItemRejected]:
    """Yield the page's story; its text has one blank line between paragraphs and no title in it.

    Raises:
        ItemRejected: "too large", "wrong encoding", or "no text" where a page has no story: a list of
            links, a consent wall, a page that is drawn by a script.
    """
    data = raw.whole(options.max_bytes)
    declared = declared_charset(raw.media_type, data)
    tree = parse_page(decode(data, encoding=options.encoding, declared=declared, item=raw.name))
    if tree is None:
        raise ItemRejected("no text", item=raw.name, detail="no element in the page")
    metadata = page_metadata(tree, fetched_from=raw.url)
    paragraphs = story_paragraphs(tree, title=metadata.title, publisher=metadata.publisher)
    if not paragraphs:
        raise ItemRejected("no text", item=raw.name, detail="no story found in the page")
    yield article_or_rejection(
        "\n\n".join(paragraphs),
        item=raw.name,
        options=options,
        title=metadata.title,
        publisher=metadata.publisher,
        url=metadata.url,
        published=metadata.published,
    )
