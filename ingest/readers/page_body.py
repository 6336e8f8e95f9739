"""The paragraphs of a web page's story, and of HTML fragments in feeds and tables.

What is surely around the story (pictures with their captions, share bars, related links, newsletter
prompts, author boxes) is taken out of the tree first; trafilatura then finds the story in a page;
``boilerplate`` cleans what comes out.
"""

import re
from typing import Any

import lxml.etree  # type: ignore[import-untyped]
import lxml.html  # type: ignore[import-untyped]
import trafilatura

from graph.errors import ItemRejected
from ingest.readers.boilerplate import clean, is_prose

_NO_TEXT = frozenset(
    {"script", "style", "noscript", "template", "iframe", "svg", "canvas", "picture", "video", "audio"}
)
_DROPPED = _NO_TEXT | {
    "form", "button", "input", "select", "textarea", "nav", "aside", "footer", "figure", "figcaption",
    "object", "dialog",
}  # fmt: skip
_NEVER_DROPPED = frozenset({"html", "head", "title", "body", "main", "article", "h1"})
_AROUND_NAMES = r"""
captions? credits? copyright disclaimer lightbox gallery carousel
shar(?:e|es|ing|ebar) social sharedaddy addtoany toolbar print-only no-?print
related recirc recommend(?:ed|ations?) trending most-?(?:read|popular|viewed) more-?(?:stories|news|on|from)
read-?(?:more|next|also) see-?also also-?(?:read|on) promos? sidebar
newsletters? sign-?up subscri(?:be|ption) paywall donat(?:e|ion) cookies? consent
adverts? advertisement ads? sponsor(?:ed)?
bio bylines? author-?(?:box|info|card|bio|about|description) about-?(?:the-?)?author
comments? disqus tags topics
breadcrumbs? footer navbar navigation menu pagination accessibility skip-?(?:link|nav|to)
visually-?hidden sr-only hidden
"""
_AROUND = re.compile(rf"(?:^|[^a-z])(?:{'|'.join(_AROUND_NAMES.split())})(?:$|[^a-z])", re.IGNORECASE)
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_BLOCK_NAMES = """
address article blockquote body br dd div dl dt fieldset h1 h2 h3 h4 h5 h6 header hr html li main ol p pre
section table tbody td tfoot th thead tr ul
"""
_BLOCKS = frozenset(_BLOCK_NAMES.split())
_LEAVES = ("p", "li", "div", "h2", "h3", "h4", "h5", "h6", "td", "dd")
_MOST_ELEMENTS = 40_000
_MOST_KEPT_ELEMENTS = 15_000
_MOST = 0.4
"""An element that holds more than this share of a page's paragraphs is the story, whatever its class says."""
_XML_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")


def parse_page(page: str) -> Any | None:
    """Return the page's tree, or ``None`` if there is no element in it."""
    try:
        return lxml.html.document_fromstring(_XML_DECLARATION.sub("", page).replace("\x00", ""))
    except (lxml.etree.ParserError, ValueError):
        return None


def story_paragraphs(tree: Any, *, title: str | None, publisher: str | None) -> list[str]:
    """Return the cleaned paragraphs of a page's story, without its title; ``[]`` if it holds no prose.

    The tree is changed.

    Raises:
        ItemRejected: "too large" for more elements than trafilatura gets through: it is quadratic in them.
    """
    _count(tree, _MOST_ELEMENTS)
    _prune(tree)
    _unfold_layout(tree)
    _prune_leaves(tree)
    _count(tree, _MOST_KEPT_ELEMENTS)
    for tables in (False, True) if tree.find(".//table") is not None else (False,):
        document = trafilatura.bare_extraction(
            tree, include_comments=False, include_tables=tables, with_metadata=False
        )
        text = getattr(document, "text", None) or ""
        paragraphs = _without_title(clean(text.split("\n"), publisher=publisher), title)
        if any(map(is_prose, paragraphs)):
            return paragraphs
    return []


def fragment_paragraphs(
    fragment: str, *, title: str | None = None, publisher: str | None = None
) -> list[str]:
    """Return the cleaned paragraphs of a piece of HTML that is all story, as in a feed's item."""
    if "<" not in fragment and "&" not in fragment:
        return clean(fragment.split("\n"), publisher=publisher)
    try:
        tree = lxml.html.fragment_fromstring(fragment.replace("\x00", ""), create_parent="div")
    except (lxml.etree.ParserError, lxml.etree.XMLSyntaxError, ValueError):
        return []
    _prune(tree)
    parts: list[str] = []
    _collect(tree, parts)
    return _without_title(clean("".join(parts).split("\x1e"), publisher=publisher), title)


def _count(tree: Any, most: int) -> None:
    if sum(1 for _ in tree.iter()) > most:
        raise ItemRejected("too large", detail=f"more than {most:,} elements in the page")


def _prune(tree: Any) -> None:
    total = sum(len(element.text_content()) for element in tree.iter("p")) or 1
    for element in list(tree.iter()):
        if element.getparent() is None or element.tag in _NEVER_DROPPED:
            continue
        if not isinstance(element.tag, str) or element.tag in _NO_TEXT:
            element.drop_tree()
            continue
        label = _CAMEL.sub("-", f"{element.get('class') or ''} {element.get('id') or ''}").replace("_", "-")
        around = element.tag in _DROPPED or element.get("aria-hidden") == "true" or _AROUND.search(label)
        if around and _story_length(element) <= _MOST * total:
            element.drop_tree()


def _unfold_layout(tree: Any) -> None:
    """Make divisions of tables that hold paragraphs: old pages are laid out in them."""
    for cell in list(tree.iter("td")):
        if cell.find(".//p") is not None:
            for part in (cell, *cell.iterancestors("tr", "tbody", "table")):
                part.tag = "div"


def _prune_leaves(tree: Any) -> None:
    """Take out the blocks that hold but a link, and those printed twice in a row (see ``boilerplate``).

    Before trafilatura sees the page: it keeps one of two, and takes lists of links for a short story's text.
    """
    before: Any = None
    for element in list(tree.iter(*_LEAVES)):
        if any(child.tag in _BLOCKS for child in element.iterdescendants() if isinstance(child.tag, str)):
            continue
        text = " ".join(element.text_content().split())
        if not text:
            continue
        linked = sum(len(" ".join(link.text_content().split())) for link in element.iter("a"))
        if linked >= 0.9 * len(text) and not is_prose(text):
            element.drop_tree()
            continue
        if before is not None and len(text) >= 20 and text == before[1]:
            for twin in (before[0], element):
                if twin.getparent() is not None:
                    twin.drop_tree()
        before = (element, text)


def _story_length(element: Any) -> int:
    """Return how many characters of paragraphs an element holds that are long enough for a story."""
    lengths = (len(paragraph.text_content()) for paragraph in element.iter("p"))
    return sum(length for length in lengths if length > 80)


def _collect(element: Any, parts: list[str]) -> None:
    """Write an element's text with a record separator at each edge of a block and at each line break."""
    edge = "\x1e" if element.tag in _BLOCKS else ""
    parts.append(edge + re.sub(r"\s+", " ", element.text or ""))
    for child in element:
        if isinstance(child.tag, str):
            _collect(child, parts)
        parts.append(re.sub(r"\s+", " ", child.tail or ""))
    parts.append(edge)


def _without_title(paragraphs: list[str], title: str | None) -> list[str]:
    if title and paragraphs and paragraphs[0].casefold().rstrip(".") == title.casefold().rstrip("."):
        return paragraphs[1:]
    return paragraphs
