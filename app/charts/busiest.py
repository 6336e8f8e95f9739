"""The busiest actors as bars that show the mix of conflict and cooperation."""

from collections.abc import Mapping, Sequence

from app import words
from app.charts.event_list import code
from app.components.node import Node, node
from graph.model import Actor, Count


def busiest(counts: Sequence[Count], actors: Mapping[str, Actor], *, most: int = 10) -> Node:
    """Return one bar an actor, split by kind of act.

    Args:
        counts: Events by (actor, type).
    """
    told: dict[str, list[int]] = {}
    for count in counts:
        actor, type_ = count.key
        if actor is not None:
            told.setdefault(actor, [0, 0, 0, 0])[words.quad(type_ or "")] += count.events
    ordered = sorted(told, key=lambda id: (-sum(told[id]), id))[:most]
    longest = max((sum(told[id]) for id in ordered), default=1)
    return node("div", [_bar(id, told[id], longest, actors.get(id)) for id in ordered], cls="bars")


def _bar(id: str, told: Sequence[int], longest: int, actor: Actor | None) -> Node:
    name = actor.name if actor else id
    parts = ", ".join(
        f"{told[i]} {words.QUAD_LABELS[quad].lower()}" for i, quad in enumerate(words.QUADS) if told[i]
    )
    return node(
        "a",
        node(
            "div",
            node("span", node("span", name, cls="title"), code(id)),
            node("span", words.number(sum(told)), cls="value"),
            cls="label",
        ),
        node(
            "div",
            [node("div", cls=f"q{i}", width=100 * told[i] / longest) for i in range(4) if told[i]],
            cls="track",
        ),
        cls="bar-row",
        open=f"actor:{id}",
        href=f"timeline?actors={id}" if id.replace("-", "").replace("_", "").isalnum() else None,
        title=f"{name}: {parts}",
    )
