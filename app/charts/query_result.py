"""A query's answer as a table, a network or a timeline: what the rows allow."""

import csv
import io
import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from app import words
from app.charts.network_payload import network_payload, strongest
from app.charts.timeline_payload import Lane, timeline_payload
from app.query_text import caption, flat
from graph.analysis.relations import Relation, layout, relation_graph
from graph.export.tables import guarded
from graph.model import Actor, ActorId, DateRange, DayBasis, Event, EventId, Modality, QueryResult
from graph.model.ids import digest
from graph.ontology import codebook

MOST_NODES = 300
"""More is a picture that nobody can read."""

MOST_LANES = 12

_NO_TYPE = "Rows"

_WEIGHTS = ("events", "mentions", "weight", "count", "n", "copies", "talks")


def table(result: QueryResult) -> dict[str, list[object]]:
    """Return the answer by columns, each of one type; no text can be taken for a formula."""
    return {
        name: _of_one_type([flat(row[number]) for row in result.rows])
        for number, name in enumerate(result.columns)
    }


def _of_one_type(values: Sequence[object]) -> list[object]:
    kinds = {type(value) for value in values if value is not None}
    if kinds <= {int, float} or (len(kinds) == 1 and str not in kinds):
        return list(values)
    return [None if value is None else guarded(str(value)) for value in values]


def csv_bytes(result: QueryResult) -> bytes:
    """Return the answer as CSV."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(guarded(name) for name in result.columns)
    writer.writerows(zip(*table(result).values(), strict=True))
    return out.getvalue().encode()


@dataclass(frozen=True, slots=True)
class Graph:
    """Things and the lines between them.

    Attributes:
        names: Node → what it is called.
        about: Node → a second line on it.
        relations: The lines; ``events`` is how often a line stands in the answer, or its number there.
        types: Pair of nodes → what the line between them says.
        pages: Node → page and id, ``("event", "e…")``, for nodes that have one.
    """

    names: Mapping[str, str]
    about: Mapping[str, str]
    relations: Sequence[Relation]
    types: Mapping[tuple[str, str], str]
    pages: Mapping[str, tuple[str, str]]


def graph(result: QueryResult, actors: Mapping[str, str]) -> Graph | None:
    """Return the network that the rows make: of relationships, or of two columns of actors.

    Args:
        result: The answer.
        actors: Names and ids that actors of the store go by → id.

    Returns:
        ``None`` when the rows make none.
    """
    parts = [part for row in result.rows for value in row for part in _parts(value)]
    return _of_relationships(parts) or _of_pairs(result, actors)


def _parts(value: object) -> Iterator[Mapping[str, Any]]:
    """Yield the nodes and relationships in a value, however deep."""
    if isinstance(value, Mapping):
        if "properties" in value and ("labels" in value or "type" in value):
            yield value
            return
        for one in value.values():
            yield from _parts(one)
    elif isinstance(value, (list, tuple)):
        for one in value:
            yield from _parts(one)


def _of_relationships(parts: Iterable[Mapping[str, Any]]) -> Graph | None:
    nodes: dict[str, Mapping[str, Any]] = {}
    lines: dict[tuple[str, str], dict[str, str]] = defaultdict(dict)
    for part in parts:
        if "labels" in part:
            nodes[part["id"]] = part
        else:
            lines[part["start"], part["end"]][part["id"]] = part["type"]
    # Of what stands at the end of a line and is not in the answer, nothing is known.
    known = {pair: types for pair, types in lines.items() if set(pair) <= set(nodes)}
    if not known:
        return None
    tones = {id: node["properties"].get("tone") for id, node in nodes.items()}
    return Graph(
        names={id: caption(node) for id, node in nodes.items()},
        about={id: ", ".join(node["labels"]) for id, node in nodes.items()},
        relations=[
            Relation(
                start, end, len(types), len(types), tones[start] if tones[start] is not None else tones[end]
            )
            for (start, end), types in known.items()
        ],
        types={pair: ", ".join(sorted(set(types.values()))) for pair, types in known.items()},
        pages={
            id: (label.lower(), str(node["properties"]["id"]))
            for id, node in nodes.items()
            for label in node["labels"]
            if label in ("Event", "Article") and node["properties"].get("id")
        },
    )


def _of_pairs(result: QueryResult, actors: Mapping[str, str]) -> Graph | None:
    found = [n for n in range(len(result.columns)) if _all_known([row[n] for row in result.rows], actors)]
    if len(found) < 2:
        return None
    one, other = found[:2]
    weight, tone = _number(result, _WEIGHTS), _number(result, ("tone",))
    relations: dict[tuple[str, str], tuple[int, float | None]] = {}
    names: dict[str, str] = {}
    for row in result.rows:
        start, end = row[one], row[other]
        if start is None or end is None:
            continue
        pair = (actors[str(start)], actors[str(end)])
        names[pair[0]], names[pair[1]] = str(start), str(end)
        before, _ = relations.get(pair, (0, None))
        number = 1 if weight is None else int(row[weight] or 0)  # type: ignore[call-overload]
        told = None if tone is None or row[tone] is None else float(row[tone])  # type: ignore[arg-type]
        relations[pair] = (before + number, told)
    return Graph(
        names=names,
        about={},
        relations=[Relation(a, b, n, n, told) for (a, b), (n, told) in relations.items() if a != b and n > 0],
        types={},
        pages={},
    )


def _all_known(values: Sequence[object], actors: Mapping[str, str]) -> bool:
    told = [value for value in values if value is not None]
    return bool(told) and all(isinstance(value, str) and value in actors for value in told)


def _number(result: QueryResult, names: Sequence[str]) -> int | None:
    """Return the first column of these names that holds numbers."""
    for name in names:
        if name in result.columns:
            position = result.columns.index(name)
            values = [row[position] for row in result.rows]
            if all(value is None or (_is_number(value) and math.isfinite(value)) for value in values):  # type: ignore[arg-type]
                return position
    return None


def _is_number(value: object) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def graph_payload(found: Graph) -> dict[str, object]:
    """Return what the network component is sent."""
    shown = strongest(found.relations, MOST_NODES)
    ids = {id for relation in shown for id in (relation.initiator, relation.recipient)}
    everybody = {id for relation in found.relations for id in (relation.initiator, relation.recipient)}
    places = layout(relation_graph([Relation(r.initiator, r.recipient, 1, 1, None) for r in shown]))
    called = {id: Actor(ActorId(id), found.names[id]) for id in ids}
    payload = network_payload(shown, places, called)
    if found.types:
        note = f"{words.count(len(ids), 'node')}, {words.count(len(shown), 'line')}"
        note += (
            f" of {words.count(len(everybody), 'node')}: those with most lines" if everybody != ids else ""
        )
        payload |= {"note": note, "label": f"Network of {note}."}
        nodes: Any = payload["nodes"]
        edges: Any = payload["edges"]
        payload["nodes"] = [{**node, "about": found.about.get(node["id"], "")} for node in nodes]
        payload["edges"] = [{**edge, "about": found.types[edge["from"], edge["to"]]} for edge in edges]
        payload["token"] = digest(repr(payload))
    return payload


def timeline(result: QueryResult) -> dict[str, object] | None:
    """Return what the timeline component is sent, or ``None`` when the rows have no days.

    A row's day is that of its first event or mention, or of the first column of days; a column whose name
    begins with ``last`` ends it.
    """
    events: list[Event] = []
    labels: list[str] = []
    lanes: dict[str, list[int]] = defaultdict(list)
    for row in result.rows:
        told = _told(result.columns, row)
        if told is None:
            continue
        lanes[words.TYPES[told.type].noun if told.type in words.TYPES else _NO_TYPE].append(len(events))
        events.append(told)
        labels.append(told.summary)
    if not events:
        return None
    shown = sorted(lanes, key=lambda name: (-len(lanes[name]), name))[:MOST_LANES]
    payload = timeline_payload(
        events,
        [Lane(name, words.count(len(lanes[name]), "row"), lanes[name]) for name in shown],
        {},
        reported=False,
    )
    note = f"{words.count(len(events), 'row')} with a day, of {words.number(len(result.rows))}"
    if _NO_TYPE in lanes:
        note += "; without a type the colour says nothing"
    drawn: Any = payload["events"]
    payload |= {"note": note, "label": f"Timeline of {note}.", "events": {**drawn, "labels": labels}}
    payload["token"] = digest(repr(payload))
    return payload


def _told(columns: Sequence[str], row: Sequence[object]) -> Event | None:
    """Return a row as an event to draw."""
    node = next((p["properties"] for v in row for p in _parts(v) if p["properties"].get("first_day")), None)
    told: Mapping[str, object] = node if node is not None else dict(zip(columns, row, strict=True))
    days = [(name, day) for name, value in told.items() if (day := _day(value)) is not None]
    if node is not None:
        days = [(name, day) for name, day in days if name in ("first_day", "last_day")]
    if not days:
        return None
    first = next((day for name, day in days if not name.startswith("last")), days[0][1])
    last = next((day for name, day in days if name.startswith("last")), first)
    type = str(told.get("type") or "")
    ids = [str(value) for value in told.values() if isinstance(value, str) and _is_event_id(value)]
    summary = " · ".join(str(flat(value)) for value in row if value is not None) if node is None else ""
    return Event(
        id=EventId(ids[0] if ids else ""),
        type=type if type in codebook.types() else "",
        mode=None,
        modality=Modality.ASSERTED,
        reciprocal=False,
        initiators=(),
        recipients=(),
        day=DateRange(min(first, last), max(first, last), DayBasis.STATED),
        place=None,
        mention_count=1,
        article_count=1,
        publisher_count=1,
        origin_count=1,
        score=1.0,
        tone=None,
        summary=(summary or str(told.get("name") or ""))[:300],
        quote="",
        first_reported=None,
    )


def _day(value: object) -> date | None:
    if isinstance(value, datetime):
        return value.date()
    return value if isinstance(value, date) else None


def _is_event_id(text: str) -> bool:
    return len(text) == 17 and text[0] == "e" and all(c in "0123456789abcdef" for c in text[1:])
