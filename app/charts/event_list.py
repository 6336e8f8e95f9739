"""Events as a list: when, who did what to whom, in whose words, told by how many."""

from collections.abc import Mapping, Sequence

from app import words
from app.components.node import Node, link, node
from graph.model import Actor, DayBasis, Event, Modality


def event_list(
    events: Sequence[Event],
    actors: Mapping[str, Actor],
    *,
    parameters: Sequence[tuple[str, str]] = (),
    quotes: bool = True,
    compact: bool = False,
    notes: Mapping[str, str] | None = None,
) -> Node:
    """Return a list of events; a click reports ``event:e…``.

    Args:
        parameters: What the links carry besides the event.
        notes: Text to show in place of the quote, by event id.
    """
    rows = [_row(event, actors, parameters, quotes, (notes or {}).get(event.id)) for event in events]
    return node("ul", [node("li", row) for row in rows], cls="events compact" if compact else "events")


def title(told: words.Headline) -> Node:
    """Return a headline with the actors in bold."""
    return node(
        "span",
        node("b", told.initiators),
        f" {told.verb}" + (" " if told.recipients else ""),
        node("b", told.recipients) if told.recipients else None,
        cls="title verb",
    )


def code(actor_id: str) -> Node | None:
    """Return an actor's id in small, or ``None`` where it only repeats the name."""
    if actor_id.startswith(("PER-", "NAM-", "ROLE-")):
        return None
    return node("span", f" {actor_id}", cls="code")


def modality_chip(modality: Modality) -> Node | None:
    """Return a chip for what did not simply happen, or ``None``."""
    if modality is Modality.ASSERTED:
        return None
    label, meaning = words.MODALITIES[modality]
    return node("span", label, cls="chip", title=meaning)


def told_by(event: Event) -> str:
    """Return "3 origins · 5 outlets", or the one outlet's count."""
    origins = words.count(event.origin_count, "origin")
    if event.publisher_count > event.origin_count:
        return f"{origins} · {words.count(event.publisher_count, 'outlet')}"
    return origins


def _row(
    event: Event,
    actors: Mapping[str, Actor],
    parameters: Sequence[tuple[str, str]],
    quotes: bool,
    note: str | None,
) -> Node:
    said = note or (event.quote if quotes else "")
    about = event.day.basis is DayBasis.PUBLICATION if event.day else False
    when = words.when(event.day)
    chip = modality_chip(event.modality)
    return node(
        "a",
        node(
            "span",
            f"reported {when}" if about else when,
            cls="date",
            title="The text tells no day: this is the day it was published" if about else None,
        ),
        node(
            "span",
            node(
                "i",
                cls=f"swatch q{words.quad(event.type)}",
                title=words.QUAD_LABELS[words.QUADS[words.quad(event.type)]],
            ),
            " ",
            title(words.headline(event, actors)),
            " " if chip else None,
            chip,
            node("div", said, cls="said") if said else None,
        ),
        node("span", told_by(event), cls="meta"),
        cls="event",
        open=f"event:{event.id}",
        href=link("evidence", [*parameters, ("event", event.id)]),
    )
