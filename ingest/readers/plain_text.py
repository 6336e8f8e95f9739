"""A plain text: one article, as someone saved it or a crawler dumped it.

A header block may stand at the top (``Title:``, ``Date:``, ``Publisher:``, ``URL:``, one a line, then a
blank line). Otherwise the first paragraph is the title if it does not end as a sentence does; a date
counts as the publication day only where it stands alone on a line at the top or the bottom or in a
dateline ("VIENNA, Jan. 13, 2022 (Meridian Wire) —"), and only with its year. Dates in captions and in
running text are the story's, not the paper's.
"""

import itertools
import re
from collections.abc import Iterator
from datetime import datetime

from graph.errors import ItemRejected
from graph.model import Article
from ingest.readers.article import article_or_rejection
from ingest.readers.boilerplate import clean, is_prose, is_sentence, tidy
from ingest.readers.decoding import declared_charset, decode
from ingest.readers.publication import day_in_address, find_full_date, midnight, parse_published
from ingest.readers.raw import RawItem, ReadOptions

_HEADER_KEYS = {
    "title": "title",
    "headline": "title",
    "date": "published",
    "published": "published",
    "publication date": "published",
    "publisher": "publisher",
    "source": "publisher",
    "outlet": "publisher",
    "url": "url",
    "link": "url",
    "author": "author",
    "byline": "author",
    "language": "language",
}
_HEADER = re.compile(rf"^({'|'.join(_HEADER_KEYS)})\s*:\s*(.*)$", re.IGNORECASE)
_DATELINE = re.compile(
    r"^(?P<place>[A-Z][A-Z .'’/-]{2,40}(?:,\s[A-Z][A-Za-z. ]{1,30})?)"
    r"(?:,\s*(?P<when>[^()–—]{0,40}?))?\s*(?:\((?P<agency>[^()]{2,40})\))?\s*(?:[–—]|--?|:)\s"
)
_CLOCK = r"\d{1,2}[:.]\d{2}(?::\d{2})?\s*(?:[ap]\.?m\.?)?\s*"
_WEEKDAY = r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|mon|tue|wed|thu|fri|sat|sun),?\s+"
_ZONE = r"(?:\(?[A-Z]{2,5}\)?(?:\s?[+-]\d{1,2}(?::\d{2})?)?)?"
_ONLY_DATE = re.compile(
    r"^(?:(?:first )?(?:published|posted|issued|date|dated)(?: on| at)?:?\s*)?(?:on\s+)?"
    rf"(?:{_WEEKDAY})?(?:{_CLOCK})?DATE(?:[,\s]*(?:at\s+)?{_CLOCK}{_ZONE})?\.?$",
    re.IGNORECASE,
)
_NAME_OR_LINK = r"(?:and|AND|&|[A-Z][\w.'’-]+|of|for|the|in|at)"
_BYLINE = re.compile(rf"^(?:[Bb]y|BY)\s+[A-Z][\w.'’-]+(?:[ ,|]+{_NAME_OR_LINK})*$")
_CREDIT_LINE = re.compile(r"^\(?(?P<agency>[A-Z][\w .&'’-]{1,40}?)[,.]?\s+(?:DATE)\)?\.?$")
_LONGEST_TITLE = 250
_TOP = 6
_WIDEST_WRAP = 110


def read(raw: RawItem, options: ReadOptions) -> Iterator[Article | ItemRejected]:
    """Yield the text's story, cleaned as web pages are, with one blank line between paragraphs.

    Raises:
        ItemRejected: "too large", "wrong encoding" or "no text".
    """
    data = raw.whole(options.max_bytes)
    text = decode(data, encoding=options.encoding, declared=declared_charset(raw.media_type), item=raw.name)
    header, rest = _split_header(text.splitlines())
    paragraphs = clean(_paragraphs(rest), publisher=header.get("publisher"))
    title = header.get("title")
    if title and paragraphs and paragraphs[0].casefold() == title.casefold():
        paragraphs = paragraphs[1:]
    elif not title and len(paragraphs) > 1 and _is_title(paragraphs[0], paragraphs[1:]):
        title, paragraphs = paragraphs[0], paragraphs[1:]
    day, agency, paragraphs = _take_labels(paragraphs)
    if not paragraphs:
        raise ItemRejected("no text", item=raw.name, detail="nothing is left without labels and captions")
    published = parse_published(header.get("published"))
    if not published:
        published = day or (_day_in_name(raw) if options.date_from_name else None)
    yield article_or_rejection(
        "\n\n".join(paragraphs),
        item=raw.name,
        options=options,
        title=title,
        publisher=header.get("publisher") or agency,
        url=header.get("url") or raw.url,
        published=published,
    )


def _split_header(lines: list[str]) -> tuple[dict[str, str], list[str]]:
    """Return the header's values and the lines under it; a single "Source: …" line is no header."""
    position = 0
    while position < len(lines) and lines[position].strip() in ("", "---"):
        position += 1
    values: dict[str, str] = {}
    start = position
    while position < len(lines) and (found := _HEADER.match(lines[position].strip())):
        value = found.group(2).strip().strip("\"'")
        if value:
            values.setdefault(_HEADER_KEYS[found.group(1).lower()], value)
        position += 1
    closes = position >= len(lines) or lines[position].strip() in ("", "---")
    if not closes or (position - start < 2 and not values.keys() & {"title", "url"}):
        return {}, lines
    return values, lines[position + (position < len(lines)) :]


def _paragraphs(lines: list[str]) -> Iterator[str]:
    """Yield paragraphs: blocks between blank lines where lines are hard-wrapped, else every line."""
    width = max((len(line.rstrip()) for line in lines), default=0)
    block: list[str] = []
    for line in [*lines, ""]:
        if line.strip():
            block.append(line.strip())
        elif block:
            yield from [" ".join(block)] if width <= _WIDEST_WRAP and _is_wrapped(block, width) else block
            block = []


def _is_wrapped(block: list[str], width: int) -> bool:
    """Tell whether each line is as full as it could be: the next line's first word had no room in it.

    A few characters of grace are given for lines that were indented or cut by hand.
    """
    if len(block) < 2 or (is_sentence(block[0]) and len(set(block)) == 1):
        return False
    return all(len(line) + 1 + len(after.split()[0]) > width - 8 for line, after in itertools.pairwise(block))


def _is_title(first: str, others: list[str]) -> bool:
    if len(first) > _LONGEST_TITLE or _DATELINE.match(first) or _day_alone(first):
        return False
    return not is_sentence(first) or (len(first) <= 120 and first[-1] in "?!" and any(map(is_prose, others)))


def _take_labels(paragraphs: list[str]) -> tuple[datetime | None, str | None, list[str]]:
    """Return the day and agency that the top or bottom states, and the story without such lines."""
    day: datetime | None = None
    agency: str | None = None
    top = next(
        (place for place, line in enumerate(paragraphs[:_TOP]) if is_prose(line)), min(_TOP, len(paragraphs))
    )
    kept = []
    for line in paragraphs[:top]:
        stated = _day_alone(line)
        day = day or stated
        if not stated and not _BYLINE.match(line):
            kept.append(line)
    story = [*kept, *paragraphs[top:]]
    if story and (found := _DATELINE.match(story[len(kept)] if len(kept) < len(story) else story[0])):
        agency = found.group("agency")
        stated_day = find_full_date(found.group("when") or "")
        day = day or (midnight(stated_day[0]) if stated_day else None)
        if agency and find_full_date(agency):
            agency = None
    while len(story) > 1 and (last := _day_alone(story[-1]) or _credited_day(story[-1])[0]):
        agency = agency or _credited_day(story[-1])[1]
        day = day or last
        story.pop()
    return day, agency, story


def _day_alone(line: str) -> datetime | None:
    """Return the day of a line that holds nothing else, such as "Friday, January 4, 2019"."""
    found = find_full_date(line)
    if not found:
        return None
    day, start, end = found
    return midnight(day) if _ONLY_DATE.match(f"{line[:start]}DATE{line[end:]}") else None


def _credited_day(line: str) -> tuple[datetime | None, str | None]:
    """Return the day and the agency of a closing line such as "Meridian Wire, 13 January 2022"."""
    found = find_full_date(line)
    if not found or len(line) > 80:
        return None, None
    day, start, end = found
    credit = _CREDIT_LINE.match(f"{line[:start]}DATE{line[end:]}")
    return (midnight(day), credit.group("agency")) if credit else (None, None)


def _day_in_name(raw: RawItem) -> datetime | None:
    day = day_in_address(tidy(raw.name.rsplit("/", 1)[-1]))
    return midnight(day) if day else None
