"""The CSV files that ``neo4j-admin database import`` reads, and the command that names them.

One file for each label and each relationship type; the first line is the header. A string stands in
quotation marks, so that an empty one differs from none. Lists are joined by a character that stands in
none of their items; an empty list is written as nothing (``graph.store.cypher_schema.FINISH`` puts it back).
"""

import gzip
import shlex
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from types import TracebackType
from typing import Any, BinaryIO, Self, cast

from graph.errors import InvalidInput

DELIMITERS = ("\x1f", "\x1e", "\x1d", "\x1c", "\x1b", "\x11", "\x12", "\x13", "\x14")
"""What may stand between the items of a list, the first choice first: signs that texts do not use."""

READ_BUFFER = 4 * 1024 * 1024
"""The longest value, in bytes, that ``neo4j-admin`` reads unless it is told otherwise."""

MARGIN = 64 * 1024

_STRING, _LONG, _DOUBLE, _BOOLEAN = "string", "long", "double", "boolean"
_DATE, _DATETIME, _POINT = "date", "datetime", "point{crs:WGS-84}"
_STRINGS, _LONGS = "string[]", "long[]"


@dataclass(frozen=True, slots=True)
class Node:
    """The file of one label.

    Attributes:
        key: The property by which relationships name a node, or ``None`` when none does.
        columns: Property → type.
    """

    key: str | None
    columns: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Relationship:
    """The file of one relationship type, from one label to another."""

    start: str
    end: str
    columns: Mapping[str, str]


_NAMED = {"position": _LONG, "text": _STRING, "start": _LONG, "end": _LONG}
_DAYS = {"first_day": _DATE, "last_day": _DATE, "day_basis": _STRING, "day_cue": _STRING}

NODES: Mapping[str, Node] = {
    "DiurnaStore": Node(None, {"name": _STRING, "schema": _LONG, "writes": _LONG}),
    "Article": Node(
        "id",
        {
            **dict.fromkeys(("id", "title", "publisher", "url"), _STRING),
            "published": _DATETIME,
            **dict.fromkeys(("published_as_given", "language", "file", "text"), _STRING),
            "characters": _LONG,
            "mention_count": _LONG,
            **dict.fromkeys(("origin", "annotation", "digest", "sketch"), _STRING),
            **dict.fromkeys(("title_words", "text_words"), _STRING),
        },
    ),
    "EventMention": Node(
        "id",
        {
            **dict.fromkeys(("id", "name", "type", "mode"), _STRING),
            "contexts": _STRINGS,
            "cameo": _STRING,
            "modality": _STRING,
            "reciprocal": _BOOLEAN,
            **_DAYS,
            "place": _LONG,
            "quantities": _STRINGS,
            "quote": _STRING,
            "words": _STRING,
            "score": _DOUBLE,
            "coder": _STRING,
            "rule": _STRING,
            "position": _LONG,
            "told": _STRING,
            "block": _STRING,
            **dict.fromkeys(("link_first", "link_last", "link_day", "link_from"), _LONG),
            **dict.fromkeys(("unit", "rank", "statement", "told_by", "alias"), _STRING),
        },
    ),
    "Event": Node(
        "id",
        {
            **dict.fromkeys(("id", "name", "type", "mode", "modality"), _STRING),
            "reciprocal": _BOOLEAN,
            **_DAYS,
            "week": _STRING,
            "place": _LONG,
            **dict.fromkeys(("mention_count", "article_count", "publisher_count", "origin_count"), _LONG),
            "score": _DOUBLE,
            "tone": _DOUBLE,
            "quote": _STRING,
            "first_reported": _DATETIME,
            **dict.fromkeys(("initiators", "recipients", "publishers", "mentions"), _STRINGS),
            "fingerprint": _STRING,
        },
    ),
    "Actor": Node(
        "id",
        {
            **dict.fromkeys(("id", "name", "kind", "country", "international"), _STRING),
            **dict.fromkeys(("sectors", "aliases", "same_as"), _STRINGS),
            "words": _STRING,
            "descriptions": _STRINGS,
            "description_uses": _LONGS,
        },
    ),
    "Place": Node(
        "id",
        {
            "id": _LONG,
            **dict.fromkeys(("name", "country", "admin1", "precision"), _STRING),
            "latitude": _DOUBLE,
            "longitude": _DOUBLE,
            "location": _POINT,
            "descriptions": _STRINGS,
            "description_uses": _LONGS,
        },
    ),
    "Publisher": Node("name", {"name": _STRING}),
    "Judgement": Node(
        None,
        {
            **dict.fromkeys(("left", "right", "verdict", "judge"), _STRING),
            "at": _DATETIME,
            "at_as_given": _STRING,
        },
    ),
}
"""Label → its file. A property without a column is an error, so that none is left behind."""

RELATIONSHIPS: Mapping[str, Relationship] = {
    "PUBLISHED_BY": Relationship("Article", "Publisher", {}),
    "REPORTS": Relationship("Article", "EventMention", {}),
    "COPY_OF": Relationship("Article", "Article", {}),
    "SAME_TEXT": Relationship("Article", "Article", {}),
    "OF": Relationship("EventMention", "Event", {"reason": _STRING}),
    "NAMES_INITIATOR": Relationship("EventMention", "Actor", _NAMED),
    "NAMES_RECIPIENT": Relationship("EventMention", "Actor", _NAMED),
    "NAMES_PLACE": Relationship("EventMention", "Place", {}),
    "INITIATED_BY": Relationship("Event", "Actor", {"position": _LONG}),
    "DIRECTED_AT": Relationship("Event", "Actor", {"position": _LONG}),
    "AT": Relationship("Event", "Place", {}),
    "IN": Relationship("Place", "Place", {}),
}
"""Relationship type → its file."""


class DelimiterTaken(Exception):
    """An item of a list contains the sign that stands between items: another one is needed."""


class Files:
    """All files of a folder, open to be written; a context manager.

    Args:
        folder: An empty folder.
        delimiter: What stands between the items of a list.
        compress: Whether they are compressed.
    """

    def __init__(self, folder: Path, *, delimiter: str, compress: bool) -> None:
        self._ending = ".csv.gz" if compress else ".csv"
        self._delimiter = delimiter
        self._open = ExitStack()
        self._nodes = {label: self._node_file(folder, label, node) for label, node in NODES.items()}
        self._relationships = {
            type: self._relationship_file(folder, type, kind) for type, kind in RELATIONSHIPS.items()
        }

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._open.close()

    def node(self, label: str, properties: Mapping[str, Any]) -> None:
        """Write a node.

        Raises:
            DelimiterTaken: If an item of a list contains the delimiter.
            InvalidInput: If a value cannot be told in CSV.
        """
        key = NODES[label].key
        keys = () if key is None else (_key(label, properties[key]),)
        self._nodes[label].write(keys, properties)

    def relate(
        self, type: str, start: str | int, end: str | int, properties: Mapping[str, Any] | None = None
    ) -> None:
        """Write a relationship between the nodes that have these values of their labels' keys."""
        kind = RELATIONSHIPS[type]
        keys = (_key(kind.start, start), _key(kind.end, end))
        self._relationships[type].write(keys, properties or {})

    @property
    def written(self) -> Counter[str]:
        """How many nodes of each label were written, and how many relationships in all."""
        counts = Counter({label: file.rows for label, file in self._nodes.items()})
        counts["relationships"] = sum(file.rows for file in self._relationships.values())
        return counts

    def command(self, database: str = "neo4j") -> list[str]:
        """Return the command that imports the files, run in their folder."""
        named = [f"--nodes={label}=nodes-{label}{self._ending}" for label in NODES]
        named += [f"--relationships={type}=relationships-{type}{self._ending}" for type in RELATIONSHIPS]
        longest = max(file.longest for file in (*self._nodes.values(), *self._relationships.values()))
        return [
            *("neo4j-admin", "database", "import", "full", database),
            *named,
            f"--array-delimiter=U+{ord(self._delimiter):04X}",
            "--multiline-fields=true",
            "--bad-tolerance=0",
            *([f"--read-buffer-size={longest + MARGIN}"] if longest + MARGIN > READ_BUFFER else []),
        ]

    def _node_file(self, folder: Path, label: str, node: Node) -> "_File":
        head = [] if node.key is None else [f":ID({label})"]
        return self._file(folder / f"nodes-{label}{self._ending}", head, node.columns)

    def _relationship_file(self, folder: Path, type: str, kind: Relationship) -> "_File":
        head = [f":START_ID({kind.start})", f":END_ID({kind.end})"]
        return self._file(folder / f"relationships-{type}{self._ending}", head, kind.columns)

    def _file(self, path: Path, head: Sequence[str], columns: Mapping[str, str]) -> "_File":
        out = cast("BinaryIO", self._open.enter_context(path.open("wb")))
        if path.suffix == ".gz":
            # Neither name nor time: equal stores give equal bytes.
            packed = gzip.GzipFile("", "wb", compresslevel=6, fileobj=out, mtime=0)
            out = cast("BinaryIO", self._open.enter_context(packed))
        return _File(out, head, columns, self._delimiter)


class _File:
    """One CSV file: how many rows it has, and how long the longest value is, if any line is long."""

    def __init__(
        self, out: BinaryIO, head: Sequence[str], columns: Mapping[str, str], delimiter: str
    ) -> None:
        self._out = out
        self._encoders = [(name, _encoder(type, delimiter)) for name, type in columns.items()]
        self._names = columns.keys()
        self.rows = 0
        self.longest = 0
        names = [f"{name}:{type}" for name, type in columns.items()]
        out.write(",".join((*head, *names)).encode() + b"\n")

    def write(self, keys: Sequence[str], properties: Mapping[str, Any]) -> None:
        if not properties.keys() <= self._names:
            raise ValueError(f"no column for {sorted(properties.keys() - self._names)}")
        cells = [_string(key) for key in keys]
        for name, encode in self._encoders:
            value = properties.get(name)
            cells.append("" if value is None else encode(value))
        try:
            line = ",".join(cells).encode()
        except UnicodeEncodeError as error:
            raise InvalidInput(f"a text is not Unicode text: {error}") from error
        self._out.write(line + b"\n")
        self.rows += 1
        if len(line) + MARGIN > READ_BUFFER:
            self.longest = max(self.longest, *(len(cell.encode()) for cell in cells))


def _key(label: str, value: str | int) -> str:
    """Return what a node is named by: a publisher's name may be empty, and what is empty names nothing."""
    return f"={value}" if label == "Publisher" else str(value)


def _encoder(type: str, delimiter: str) -> Callable[[Any], str]:
    if type == _STRINGS:
        return lambda value: _strings(value, delimiter)
    if type == _LONGS:
        return lambda value: _string(delimiter.join(map(str, value))) if value else ""
    return _ENCODERS[type]


def _string(value: str) -> str:
    return '"' + value.replace('"', '""') + '"'


def _strings(value: Sequence[str], delimiter: str) -> str:
    if not value:
        return ""
    joined = delimiter.join(value)
    if joined.count(delimiter) >= len(value):
        raise DelimiterTaken
    if not joined:
        raise InvalidInput(
            "the store has a list with nothing but an empty text in it, which CSV cannot tell from an empty "
            "list: use diurna copy"
        )
    return _string(joined)


def _double(value: float) -> str:
    return {"inf": "Infinity", "-inf": "-Infinity", "nan": "NaN"}.get(told := repr(float(value)), told)


def _boolean(value: bool) -> str:
    return "true" if value else "false"


def _day(value: date | datetime) -> str:
    return value.isoformat()


def _point(value: tuple[float, float]) -> str:
    latitude, longitude = (f"{Decimal(repr(float(part))):f}" for part in value)
    return _string(f"{{latitude:{latitude}, longitude:{longitude}}}")


_ENCODERS: Mapping[str, Callable[[Any], str]] = {
    _STRING: _string,
    _LONG: str,
    _DOUBLE: _double,
    _BOOLEAN: _boolean,
    _DATE: _day,
    _DATETIME: _day,
    _POINT: _point,
}


def script(command: Sequence[str]) -> str:
    """Return a shell script that runs the command in its own folder, with more options if given."""
    return (
        "#!/bin/sh\n"
        "# Makes the database of the files in this folder. The Neo4j server must be stopped; run this as the\n"
        "# user that the server runs as. A database that exists is kept, and the import refused, unless\n"
        "# --overwrite-destination=true is added: all that is in it is then lost.\n"
        'cd "$(dirname "$0")" || exit 1\n'
        f'exec {shown(command)} \\\n  "$@"\n'
    )


def shown(command: Sequence[str]) -> str:
    """Return a command as it is typed, an option a line."""
    options = next(number for number, part in enumerate(command) if part.startswith("--"))
    lines = [" ".join(command[:options]), *command[options:]]
    return " \\\n  ".join([lines[0], *(shlex.quote(line) for line in lines[1:])])
