"""The network of actors for Gephi and other graph programs: GraphML and GEXF through networkx.

Nodes are actors. There is one edge for each initiator, recipient and type; it counts the events and sums
them up. Talks and clashes without a recipient join each two of their initiators, in the order of their ids.
An attribute without a value is left out: neither format has an empty value. GEXF is dynamic: an edge is
there on the days of its events (``spells``, both days inclusive), always if no event of it has a date.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import combinations, product
from typing import BinaryIO

import networkx
from networkx.readwrite.gexf import GEXFWriter

from graph.export.records import EventRecord, records
from graph.export.source import ExportOptions, ExportSource
from graph.model import Actor, DateRange, EventQuery, Modality

_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 cannot hold, not even escaped."""


@dataclass(slots=True)
class _Relation:
    """All events of one type from one actor to another."""

    events: int = 0
    asserted: int = 0
    reciprocal: int = 0
    mentions: int = 0
    tones: list[float] = field(default_factory=list)
    days: list[DateRange] = field(default_factory=list)


def write_graphml(
    source: ExportSource, query: EventQuery, out: BinaryIO, options: ExportOptions
) -> Mapping[str, int]:
    """Write GraphML."""
    network = actor_network(source, query, options)
    networkx.write_graphml_xml(network, out, named_key_ids=True)
    return {"actors": network.number_of_nodes(), "relations": network.number_of_edges()}


def write_gexf(
    source: ExportSource, query: EventQuery, out: BinaryIO, options: ExportOptions
) -> Mapping[str, int]:
    """Write dynamic GEXF 1.2."""
    network = actor_network(source, query, options, dynamic=True)
    writer = GEXFWriter(network, encoding="utf-8", version="1.2draft")
    meta = writer.xml.find("meta")
    meta.attrib.pop("lastmodifieddate", None)  # the day of writing: equal networks give equal bytes
    meta.find("creator").text = "Diurna"
    _drop_attribute(writer, "networkx_key")
    writer.write(out)
    return {"actors": network.number_of_nodes(), "relations": network.number_of_edges()}


def _drop_attribute(writer: GEXFWriter, title: str) -> None:
    """Take out a column that networkx writes beside the id, with the same content."""
    for declared in list(writer.xml.iter("attributes")):
        for attribute in list(declared):
            if attribute.get("title") == title:
                declared.remove(attribute)
                for values in writer.xml.iter("attvalues"):
                    for value in [v for v in values if v.get("for") == attribute.get("id")]:
                        values.remove(value)


def actor_network(
    source: ExportSource, query: EventQuery, options: ExportOptions, *, dynamic: bool = False
) -> "networkx.MultiDiGraph[str]":
    """Return the network; nodes and edges stand in the order of their ids.

    Node attributes: label, kind, country, international, sectors (separated by blanks), events.
    Edge attributes: label, event_type, weight and count (events), asserted (events told as having
    happened), reciprocal (events done by both), mentions, tone (mean, -10 … 10), first and last (days).

    Args:
        source: Where the events are.
        query: Which events.
        options: How to write; it says nothing of networks.
        dynamic: Whether edges have an id, and ``spells``: the ranges of days on which they are there.
    """
    actors: dict[str, Actor] = {}
    events: Counter[str] = Counter()
    relations: dict[tuple[str, str, str], _Relation] = {}
    for record in records(source, query, options):
        taking_part: dict[str, Actor] = {
            actor.id: actor for actor in (*record.initiators, *record.recipients)
        }
        actors |= taking_part
        events.update(list(taking_part))
        for initiator, recipient in _pairs(record):
            relation = relations.setdefault((initiator, recipient, record.event.type), _Relation())
            _add(relation, record)
    network: networkx.MultiDiGraph[str] = networkx.MultiDiGraph()
    for actor_id in sorted(actors):
        network.add_node(actor_id, **_node(actors[actor_id], events[actor_id]))
    for number, (key, relation) in enumerate(sorted(relations.items(), key=lambda item: item[0])):
        initiator, recipient, event_type = key
        edge = _edge(relation, event_type)
        if dynamic:
            edge["id"] = f"e{number}"
        if dynamic and relation.days:
            edge["spells"] = [(first.isoformat(), last.isoformat()) for first, last in _merged(relation.days)]
        network.add_edge(initiator, recipient, key=f"e{number}", **edge)
    return network


def _pairs(record: EventRecord) -> Iterator[tuple[str, str]]:
    event = record.event
    if event.recipients or not event.reciprocal:
        yield from dict.fromkeys(product(event.initiators, event.recipients))
    else:
        yield from combinations(sorted(set(event.initiators)), 2)


def _add(relation: _Relation, record: EventRecord) -> None:
    event = record.event
    relation.events += 1
    relation.asserted += event.modality in (Modality.ASSERTED, Modality.HISTORICAL)
    relation.reciprocal += event.reciprocal
    relation.mentions += event.mention_count
    if event.tone is not None:
        relation.tones.append(event.tone)
    if event.day is not None:
        relation.days.append(event.day)


def _node(actor: Actor, events: int) -> dict[str, str | int]:
    told = {
        "label": actor.name or actor.id,
        "kind": actor.kind.value,
        "country": actor.country,
        "international": actor.international.value if actor.international else None,
        "sectors": " ".join(actor.sectors),
    }
    return {name: _xml(value) for name, value in told.items() if value} | {"events": events}


def _edge(relation: _Relation, event_type: str) -> dict[str, object]:
    edge: dict[str, object] = {
        "label": _xml(event_type),
        "event_type": _xml(event_type),
        "weight": float(relation.events),
        "count": relation.events,
        "asserted": relation.asserted,
        "reciprocal": relation.reciprocal,
        "mentions": relation.mentions,
    }
    if relation.tones:
        edge["tone"] = round(sum(relation.tones) / len(relation.tones), 6)
    if relation.days:
        edge["first"] = min(day.first for day in relation.days).isoformat()
        edge["last"] = max(day.last for day in relation.days).isoformat()
    return edge


def _merged(days: list[DateRange]) -> list[tuple[date, date]]:
    """Join ranges that overlap or follow each other without a gap."""
    found: list[tuple[date, date]] = []
    for first, last in sorted((day.first, day.last) for day in days):
        if found and first <= found[-1][1] + timedelta(days=1):
            found[-1] = (found[-1][0], max(found[-1][1], last))
        else:
            found.append((first, last))
    return found


def _xml(text: str) -> str:
    return _NOT_XML.sub("\ufffd", text)
