"""What the colours mean."""

from app import words
from app.components.node import Node, node

ROLES = (
    ("who", "who", "Who acted"),
    ("did", "what", "What was done"),
    ("whom", "to whom", "Towards whom"),
    ("where", "where", "Where"),
    ("when", "when", "When"),
)
"""Class of a highlight, the tag it carries in a quote, and what it marks."""


def quads() -> Node:
    """Return the legend of conflict and cooperation."""
    return node(
        "div",
        [
            node("span", node("i", cls=f"swatch q{index}"), words.QUAD_LABELS[quad])
            for index, quad in enumerate(words.QUADS)
        ],
        cls="legend",
    )


def roles() -> Node:
    """Return the legend of highlights."""
    return node(
        "div", [node("span", node("i", cls=f"swatch {cls}"), label) for cls, _, label in ROLES], cls="legend"
    )
