"""What a web page says of itself: title, publisher, address and publication time.

The time is looked for where publishers state it, in this order, and the first full date found counts:
JSON-LD ``datePublished``; ``meta`` elements; ``itemprop="datePublished"``; a ``time`` element or a
dated label of the article's head; the page's address (``/2022/01/13/``). Neither "modified" nor "updated"
times, nor dates in the running text, in captions or in links to other stories are taken.
"""

import html
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urljoin, urlsplit

from ingest.readers.publication import day_in_address, find_full_date, midnight, parse_published

_ARTICLE_TYPES = re.compile(r"(?:Article|BlogPosting|Report|LiveBlogPosting|NewsStory)$")
_META_NAMES = """
article:published_time article:published og:article:published_time og:published_time og:pubdate pubdate
publishdate publish-date publish_date published datepublished date_published publication_date publication-date
parsely-pub-date sailthru.date cxenseparse:recs:publishtime citation_publication_date citation_date
dc.date.issued dcterms.issued dcterms.date dc.date dcterms.created article.published originalpublicationdate
displaydate timestamp date
"""
_META_DATES = tuple(_META_NAMES.split())
_DATED_LABEL = re.compile(
    r"(?:^|[^a-z])(?:date|dateline|published|publish|pubdate|timestamp|time|byline|posted|meta)(?:$|[^a-z])",
    re.IGNORECASE,
)
_NOT_PUBLISHED = re.compile(
    r"updat|modif|expire|event|copyright|related|recommend|caption|comment|trending", re.IGNORECASE
)
_ELSEWHERE = {"aside", "nav", "footer", "figure", "figcaption", "li", "table", "blockquote", "form"}
_LABEL_LENGTH = 160


@dataclass(frozen=True, slots=True)
class PageMetadata:
    """What a page states of itself; ``None`` where it states nothing."""

    title: str | None
    publisher: str | None
    url: str | None
    published: datetime | None


def page_metadata(tree: Any, *, fetched_from: str | None = None) -> PageMetadata:
    """Return a page's metadata.

    Args:
        tree: The page as lxml parsed it, not yet pruned.
        fetched_from: Its address if it was fetched; a canonical address on another host is then no
            address of this copy and is not taken.
    """
    linked = list(_linked_data(tree))
    story = next((one for one in linked if one.get("datePublished")), linked[0] if linked else {})
    meta = _meta(tree)
    url = _address(tree, meta, fetched_from)
    publisher = (
        meta.get("og:site_name")
        or _name(story.get("publisher"))
        or meta.get("application-name")
        or _host(url)
    )
    return PageMetadata(
        title=_title(tree, meta, story, publisher, url),
        publisher=_words(publisher),
        url=url,
        published=_published(tree, meta, story, url),
    )


def _linked_data(tree: Any) -> Iterator[dict[str, Any]]:
    for script in tree.xpath("//script[contains(@type, 'ld+json')]"):
        content = re.sub(
            r"^\s*(?:<!--|//\s*<!\[CDATA\[)|(?:-->|//\s*\]\]>)\s*;?\s*$", "", script.text or ""
        ).strip()
        try:
            parsed = json.loads(content, strict=False)
        except (ValueError, RecursionError):
            continue
        pending = [parsed]
        for _ in range(200):
            if not pending:
                break
            node = pending.pop(0)
            if isinstance(node, list):
                pending = [*node, *pending]
            elif isinstance(node, dict):
                kinds = node.get("@type")
                if any(
                    isinstance(kind, str) and _ARTICLE_TYPES.search(kind)
                    for kind in (kinds if isinstance(kinds, list) else [kinds])
                ):
                    yield node
                else:
                    pending += [
                        node[key]
                        for key in ("@graph", "mainEntity", "mainEntityOfPage")
                        if isinstance(node.get(key), dict | list)
                    ]


def _meta(tree: Any) -> dict[str, str]:
    """Return the first content of each ``meta``, by its property or name in lower case."""
    found: dict[str, str] = {}
    for element in tree.xpath("//meta[@content]"):
        name = (
            (element.get("property") or element.get("name") or element.get("itemprop") or "").strip().lower()
        )
        content = element.get("content").strip()
        if name and content:
            found.setdefault(name, content)
    return found


def _address(tree: Any, meta: dict[str, str], fetched_from: str | None) -> str | None:
    links = tree.xpath("//link[contains(concat(' ', @rel, ' '), ' canonical ')]/@href")
    for candidate in (*links, meta.get("og:url")):
        address = urljoin(fetched_from or "", str(candidate or "").strip())
        if urlsplit(address).scheme in ("http", "https") and (
            not fetched_from or _host(address) == _host(fetched_from)
        ):
            return address
    return fetched_from


def _host(url: str | None) -> str | None:
    try:
        return ((urlsplit(url).hostname or "").removeprefix("www.") or None) if url else None
    except ValueError:
        return None


def _name(publisher: object) -> str | None:
    if isinstance(publisher, list):
        publisher = publisher[0] if publisher else None
    if isinstance(publisher, dict):
        publisher = publisher.get("name")
    return publisher if isinstance(publisher, str) else None


def _words(value: str | None) -> str | None:
    return " ".join(html.unescape(value).split()) or None if value else None


def _title(
    tree: Any, meta: dict[str, str], story: dict[str, Any], publisher: str | None, url: str | None
) -> str | None:
    headline = story.get("headline")
    heading = next((text for element in tree.xpath("//h1") if (text := _words(element.text_content()))), None)
    stated = [
        headline if isinstance(headline, str) else None,
        meta.get("og:title"),
        meta.get("twitter:title"),
    ]
    shown = [heading, next(iter(tree.xpath("//head/title/text()")), None)]
    titles = [title for candidate in (*stated, *shown) if (title := _words(candidate))]
    if heading and any(title.startswith(heading) for title in titles):
        return heading
    return _without_site(titles[0], publisher, url) if titles else None


def _without_site(title: str, publisher: str | None, url: str | None) -> str:
    """Take off " | Publisher", " - publisher.example" and the like."""
    front, separator, last = ([*re.split(r"\s+([|–—·»-])\s+(?=[^|–—·»]+$)", title), "", ""])[:3]
    names = {re.sub(r"\W", "", name).casefold() for name in (publisher, _host(url)) if name}
    site = re.sub(r"\W", "", last).casefold()
    if separator and site and (separator == "|" or any(site in name or name in site for name in names)):
        return front
    return title


def _published(tree: Any, meta: dict[str, str], story: dict[str, Any], url: str | None) -> datetime | None:
    stated = [story.get("datePublished"), *(meta.get(name) for name in _META_DATES)]
    for element in tree.xpath("//*[contains(translate(@itemprop, 'PD', 'pd'), 'datepublished')]"):
        stated.append(element.get("content") or element.get("datetime") or element.text_content())
    for value in stated:
        if value and (moment := parse_published(value)):
            return moment
    moment = _shown_date(tree)
    day = None if moment else day_in_address(urlsplit(url).path) if url else None
    return moment or (midnight(day) if day else None)


def _shown_date(tree: Any) -> datetime | None:
    """Return the date that a ``time`` element or a short dated label of the article's head shows."""
    for element in tree.iter("time"):
        if _is_label_of_article(element) and (
            moment := parse_published(element.get("datetime") or element.text_content())
        ):
            return moment
    for element in tree.xpath("//*[@class or @id]"):
        label = f"{element.get('class', '')} {element.get('id', '')}"
        if not _DATED_LABEL.search(label.replace("_", "-")) or _NOT_PUBLISHED.search(label):
            continue
        text = " ".join(element.text_content().split())
        if len(text) <= _LABEL_LENGTH and _is_label_of_article(element) and (found := _first_date(text)):
            return found
    return None


def _first_date(text: str) -> datetime | None:
    found = find_full_date(text)
    if not found or re.search(r"updated|modified", text[: found[1]], re.IGNORECASE):
        return None
    return midnight(found[0])


def _is_label_of_article(element: Any) -> bool:
    """Tell whether an element dates the article: not another story, a caption, an event or an update."""
    for node in (element, *element.iterancestors()):
        if node.tag in ("body", "html", "main", "article"):
            break
        if node.tag in _ELSEWHERE or _NOT_PUBLISHED.search(
            f"{node.get('class', '')} {node.get('id', '')} {node.get('itemprop', '')}"
        ):
            return False
        if node.tag == "p" and len(node.text_content()) > _LABEL_LENGTH:
            return False
    parent = element.getparent()
    before = f"{element.text or ''} {(parent.text or '') if parent is not None else ''}"
    previous = element.getprevious()
    if previous is not None:
        before += (
            f" {previous.text_content() if isinstance(previous.tag, str) else ''} {previous.tail or ''}"[-80:]
        )
    return not re.search(r"updated|modified", before[-120:], re.IGNORECASE)
