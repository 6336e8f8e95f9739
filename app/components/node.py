"""A small tree of elements: text in it is text and nothing else, whatever it contains.

A node is a string or ``[tag, attributes, child, …]``. The browser builds it with ``createElement`` and
``createTextNode`` from a short list of tags and attributes (``prose.js``), so a title with ``<script>`` in it
shows its angle brackets.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import cast
from urllib.parse import urlencode

Node = str | list[object]
"""Text, or ``[tag, attributes, *children]``."""


def node(tag: str, *children: Node | Iterable[Node] | None, **attributes: object) -> Node:
    """Return an element.

    Args:
        children: Text, nodes, or lists of nodes' iterators; ``None`` and ``""`` are left out.
        attributes: ``cls`` is the class, ``open`` what a click reports, ``href`` a link (relative, http or
            https), ``width``, ``height`` and ``left`` percentages; ``None`` values are left out.
    """
    kept: list[Node] = []
    for child in children:
        if child is None or child == "":
            continue
        if isinstance(child, str) or _is_node(child):
            kept.append(child)  # type: ignore[arg-type]
        else:
            kept.extend(
                item for item in cast("Iterable[Node | None]", child) if item is not None and item != ""
            )
    named = {
        ("class" if key == "cls" else key.rstrip("_").replace("_", "-")): value
        for key, value in attributes.items()
    }
    return [tag, {key: value for key, value in named.items() if value is not None}, *kept]


def _is_node(value: object) -> bool:
    return (
        isinstance(value, list)
        and len(value) > 1
        and isinstance(value[0], str)
        and isinstance(value[1], dict)
    )


def texts(value: object) -> Iterator[str]:
    """Yield the texts of a node in order."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for child in value[2:]:
            yield from texts(child)


def link(page: str, parameters: Sequence[tuple[str, str]] = ()) -> str:
    """Return the relative address of a page of the application."""
    return f"{page}?{urlencode(list(parameters))}" if parameters else page
