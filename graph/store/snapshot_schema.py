"""The tables of the snapshot that answers Cypher on an SQLite store: the graph of ``docs/data-model.md``.

Labels, relationship types and names of properties are those of the Neo4j store, so that a query runs on
either. What Neo4j keeps beside them for linking and reading back is left out, and so is
``Place.location``: the snapshot's engine has no points.
"""

from collections.abc import Mapping

SNAPSHOT_VERSION = 1
"""Part of a snapshot's name; raised whenever the tables change, so that older ones are built again."""

Kinds = Mapping[str, str]
"""Property → string, strings, integer, number, boolean, day or moment."""

_DAYS: Kinds = {"first_day": "day", "last_day": "day", "day_basis": "string", "day_cue": "string"}

NODES: Mapping[str, Kinds] = {
    "Article": {
        "id": "string",
        "title": "string",
        "publisher": "string",
        "url": "string",
        "published": "moment",
        "language": "string",
        "file": "string",
        "text": "string",
        "characters": "integer",
        "mention_count": "integer",
        "origin": "string",
    },
    "EventMention": {
        "id": "string",
        "name": "string",
        "type": "string",
        "mode": "string",
        "contexts": "strings",
        "cameo": "string",
        "modality": "string",
        "reciprocal": "boolean",
        **_DAYS,
        "place": "integer",
        "quantities": "strings",
        "quote": "string",
        "score": "number",
        "coder": "string",
        "rule": "string",
        "position": "integer",
    },
    "Event": {
        "id": "string",
        "name": "string",
        "type": "string",
        "mode": "string",
        "modality": "string",
        "reciprocal": "boolean",
        **_DAYS,
        "week": "string",
        "place": "integer",
        "mention_count": "integer",
        "article_count": "integer",
        "publisher_count": "integer",
        "origin_count": "integer",
        "score": "number",
        "tone": "number",
        "quote": "string",
        "first_reported": "moment",
        "initiators": "strings",
        "recipients": "strings",
        "publishers": "strings",
        "mentions": "strings",
    },
    "Actor": {
        "id": "string",
        "name": "string",
        "kind": "string",
        "country": "string",
        "international": "string",
        "sectors": "strings",
        "aliases": "strings",
        "same_as": "strings",
    },
    "Place": {
        # As text: the engine crashes on a path whose nodes have keys of different types.
        "id": "string",
        "name": "string",
        "country": "string",
        "admin1": "string",
        "precision": "string",
        "latitude": "number",
        "longitude": "number",
    },
    "Publisher": {"name": "string"},
    "Judgement": {
        "key": "string",
        "left": "string",
        "right": "string",
        "verdict": "string",
        "judge": "string",
        "at": "moment",
    },
}
"""Label → its properties; the first is the table's key."""

_NAMED: Kinds = {"position": "integer", "text": "string", "start": "integer", "end": "integer"}

RELATIONSHIPS: Mapping[str, tuple[str, str, Kinds]] = {
    "PUBLISHED_BY": ("Article", "Publisher", {}),
    "REPORTS": ("Article", "EventMention", {}),
    "OF": ("EventMention", "Event", {"reason": "string"}),
    "NAMES_INITIATOR": ("EventMention", "Actor", _NAMED),
    "NAMES_RECIPIENT": ("EventMention", "Actor", _NAMED),
    "NAMES_PLACE": ("EventMention", "Place", {}),
    "INITIATED_BY": ("Event", "Actor", {"position": "integer"}),
    "DIRECTED_AT": ("Event", "Actor", {"position": "integer"}),
    "AT": ("Event", "Place", {}),
    "IN": ("Place", "Place", {}),
    "COPY_OF": ("Article", "Article", {}),
    "SAME_TEXT": ("Article", "Article", {}),
}
"""Type → label it starts from, label it leads to, properties."""

HIDDEN: Mapping[str, frozenset[str]] = {"Judgement": frozenset({"key"})}
"""What a label needs as a table and nobody should see."""

ENGINE_TYPES: Mapping[str, str] = {
    "string": "STRING",
    "strings": "STRING[]",
    "integer": "INT64",
    "number": "DOUBLE",
    "boolean": "BOOL",
    "day": "DATE",
    "moment": "TIMESTAMP_TZ",
}

MACROS = (
    "CREATE MACRO type(relationship) AS label(relationship)",
    "CREATE MACRO toString(value) AS CAST(value AS STRING)",
    "CREATE MACRO toInteger(value) AS CAST(value AS INT64)",
    "CREATE MACRO toFloat(value) AS CAST(value AS DOUBLE)",
    "CREATE MACRO datetime(value) AS CAST(value AS TIMESTAMP_TZ)",
)
"""Functions that Neo4j has and the engine lacks."""


def table_statements() -> list[str]:
    """Return what makes the empty tables."""

    def columns(kinds: Kinds) -> str:
        return ", ".join(f"`{name}` {ENGINE_TYPES[kind]}" for name, kind in kinds.items())

    nodes = [
        f"CREATE NODE TABLE `{label}` ({columns(kinds)}, PRIMARY KEY (`{next(iter(kinds))}`))"
        for label, kinds in NODES.items()
    ]
    relationships = [
        f"CREATE REL TABLE `{type}` (FROM `{start}` TO `{end}`{', ' if kinds else ''}{columns(kinds)})"
        for type, (start, end, kinds) in RELATIONSHIPS.items()
    ]
    return [*nodes, *relationships, *MACROS]


def shown(labels: list[str], properties: Mapping[str, object]) -> dict[str, object]:
    """Return the properties of a node that an answer shows: those of its labels that have a value."""
    known = [NODES[label] for label in labels if label in NODES]
    hidden = {name for label in labels for name in HIDDEN.get(label, ())}
    return {
        name: value
        for name, value in properties.items()
        if value is not None and name not in hidden and (not known or any(name in kinds for kinds in known))
    }
