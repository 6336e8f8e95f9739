"""What the network component is sent: actors with their places, and the lines between them."""

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence

from app import words
from graph.analysis.relations import Relation
from graph.model import Actor
from graph.model.ids import digest

_APART = 1.35
"""Circles are pushed apart until their centres are this many times their radii away."""

_WIDE = 1000.0
_HIGH = 600.0
"""The plane that radii are measured in; the component scales it to the canvas."""


def strongest(relations: Sequence[Relation], actors: int) -> list[Relation]:
    """Return the relations among the actors with most events, acts of an actor upon itself left out."""
    weight: dict[str, int] = defaultdict(int)
    for relation in relations:
        weight[relation.initiator] += relation.events
        weight[relation.recipient] += relation.events
    kept = set(sorted(weight, key=lambda id: (-weight[id], id))[:actors])
    return [r for r in relations if r.initiator != r.recipient and {r.initiator, r.recipient} <= kept]


def network_payload(
    relations: Sequence[Relation],
    places: Mapping[str, tuple[float, float]],
    actors: Mapping[str, Actor],
    *,
    chosen: Sequence[str] = (),
    total: int = 0,
) -> dict[str, object]:
    """Return the data of the network component.

    Args:
        places: Where each actor stands, in any plane.
        chosen: One actor or one pair whose events are listed.
        total: Number of actors in the selection, shown or not.
    """
    acts: dict[str, int] = defaultdict(int)
    acted: dict[str, int] = defaultdict(int)
    tones: dict[str, list[tuple[float, int]]] = defaultdict(list)
    for relation in relations:
        acts[relation.initiator] += relation.events
        acted[relation.recipient] += relation.events
        if relation.tone is not None:
            for id in (relation.initiator, relation.recipient):
                tones[id].append((relation.tone, relation.events))
    ids = sorted({*acts, *acted}, key=lambda id: (-(acts[id] + acted[id]), id))
    most = max((acts[id] + acted[id] for id in ids), default=1)
    radius = {id: 6 + 20 * math.sqrt((acts[id] + acted[id]) / most) for id in ids}
    spread = _spread({id: places[id] for id in ids}, radius)
    note = f"{words.count(len(ids), 'actor')}, {words.count(len(relations), 'line')}"
    if total > len(ids):
        note += f" of {words.count(total, 'actor')} in this selection: those with most events"
    content: dict[str, object] = {
        "note": note,
        "label": f"Network of {note}.",
        "nodes": [
            {
                "id": id,
                "name": actors[id].name if id in actors else id,
                "x": round(spread[id][0], 2),
                "y": round(spread[id][1], 2),
                "radius": round(radius[id], 1),
                "acts": acts[id],
                "acted": acted[id],
                "tone": _mean(tones[id]),
            }
            for id in ids
        ],
        "edges": [
            {
                "from": r.initiator,
                "to": r.recipient,
                "events": r.events,
                "tone": None if r.tone is None else round(r.tone, 2),
            }
            for r in relations
        ],
    }
    content["token"] = digest(repr(content))
    content["chosen"] = list(chosen)
    return content


def _mean(told: Sequence[tuple[float, int]]) -> float | None:
    weight = sum(events for _, events in told)
    return round(sum(tone * events for tone, events in told) / weight, 2) if weight else None


def _spread(
    places: Mapping[str, tuple[float, float]], radius: Mapping[str, float]
) -> dict[str, tuple[float, float]]:
    """Return places scaled to the plane, circles that would cover each other pushed apart.

    Ranks and distances are averaged, so that a crowd in the middle gets the room that it needs.
    """
    if not places:
        return {}
    ids = list(places)
    at: dict[str, list[float]] = {}
    for axis, size in ((0, _WIDE), (1, _HIGH)):
        values = [places[id][axis] for id in ids]
        low, high = min(values), max(values)
        rank = {id: k for k, id in enumerate(sorted(ids, key=lambda i: (places[i][axis], i)))}
        for id in ids:
            straight = (places[id][axis] - low) / (high - low) if high > low else 0.5
            even = rank[id] / (len(ids) - 1) if len(ids) > 1 else 0.5
            at.setdefault(id, [0.0, 0.0])[axis] = size * (straight + even) / 2
    for _ in range(60):
        moved = False
        for k, one in enumerate(ids):
            for other in ids[k + 1 :]:
                dx, dy = at[other][0] - at[one][0], at[other][1] - at[one][1]
                wanted = _APART * (radius[one] + radius[other]) + 18
                far = math.hypot(dx, dy)
                if far >= wanted:
                    continue
                if far < 1e-6:
                    dx, dy, far = 1.0, 0.0, 1.0
                push = (wanted - far) / 2 / far
                at[one][0] -= dx * push
                at[one][1] -= dy * push
                at[other][0] += dx * push
                at[other][1] += dy * push
                moved = True
        if not moved or len(ids) > 400:
            break
    return {id: (x, y) for id, (x, y) in at.items()}
