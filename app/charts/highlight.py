"""Sentences and articles with the parts of what they tell marked."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from app.charts.legend import ROLES
from app.components.node import Node, node
from graph.model import EventMention, Span

_TAGS = {cls: tag for cls, tag, _ in ROLES}
_PRIORITY = ("did", "who", "whom", "when", "where")


class Mark(NamedTuple):
    """A stretch of text to mark.

    Attributes:
        role: A class of ``legend.ROLES``.
        open: What a click on it reports, or ``None``.
        hint: Shown when pointed at.
    """

    span: Span
    role: str
    open: str | None = None
    hint: str | None = None


def marks(mention: EventMention, names: Mapping[str, str]) -> list[Mark]:
    """Return what a mention marks in its article.

    Args:
        names: Actors' names by id.
    """
    if mention.evidence is None:
        return []
    found = [Mark(mention.evidence.trigger, "did")]
    for role, side in (("who", mention.initiators), ("whom", mention.recipients)):
        found.extend(Mark(p.span, role, None, names.get(p.actor, p.actor)) for p in side if p.span)
    if mention.evidence.day:
        found.append(Mark(mention.evidence.day, "when"))
    if mention.evidence.place:
        found.append(Mark(mention.evidence.place, "where"))
    return found


def elsewhere(mention: EventMention) -> list[tuple[str, str]]:
    """Return (role, words) of participants that are named outside the sentence."""
    if mention.evidence is None:
        return []
    sentence = mention.evidence.sentence
    return [
        (role, participant.text)
        for role, side in (("who", mention.initiators), ("whom", mention.recipients))
        for participant in side
        if participant.span is not None and participant.span not in sentence
    ]


def marked(text: str, within: Span, marks: Iterable[Mark], *, tags: bool) -> list[Node]:
    """Return the text of a span with its marks; of marks that overlap the weightier one is kept.

    Args:
        tags: Whether each mark says what it is in a small label, not by colour alone.
    """
    kept: list[Mark] = []
    for mark in sorted(marks, key=lambda m: (_PRIORITY.index(m.role), m.span.start, -m.span.end)):
        inside = mark.span.start >= within.start and mark.span.end <= within.end
        if inside and not any(mark.span.overlaps(other.span) for other in kept):
            kept.append(mark)
    nodes: list[Node] = []
    position = within.start
    for mark in sorted(kept, key=lambda m: m.span.start):
        nodes.append(text[position : mark.span.start])
        tag = node("span", _TAGS[mark.role], cls="tag") if tags else None
        nodes.append(node("mark", mark.span.quote(text), tag, cls=mark.role, title=mark.hint, open=mark.open))
        position = mark.span.end
    nodes.append(text[position : within.end])
    return [item for item in nodes if item != ""]


def paragraphs(text: str) -> list[Span]:
    """Return the paragraphs of a text: what stands between empty lines."""
    found: list[Span] = []
    start = 0
    for part in text.split("\n\n"):
        if part.strip():
            found.append(Span(start, start + len(part)))
        start += len(part) + 2
    return found


def in_span(mentions: Sequence[EventMention], within: Span) -> list[EventMention]:
    """Return the mentions whose trigger stands in a span, in the text's order."""
    found = [m for m in mentions if m.evidence is not None and m.evidence.trigger in within]
    return sorted(found, key=lambda m: (m.evidence.trigger.start if m.evidence else 0, m.type))
