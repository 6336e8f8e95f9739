"""Everything that leaves the graph: one row in ``EXPORTERS`` for each format.

    rdf*.py      turtle, trig, nquads, jsonld: named graphs, provenance, evidence; vocabulary.ttl, shapes.ttl
    jsonl.py     one event a line with its mentions, quotes and articles
    tables.py    csv, mentions-csv, parquet
    networks.py  graphml, gexf: actors and what they do to each other

A new format is one function ``(source, query, out, options) -> {kind: number}`` and one row here.
"""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import BinaryIO, cast

from graph.errors import InvalidInput
from graph.export.files import Counting, replacing
from graph.export.source import (
    DEFAULT_BASE,
    Exporter,
    ExportOptions,
    ExportReport,
    ExportSource,
    KnowsReplaced,
)
from graph.model import EventQuery


def _turtle() -> Exporter:
    from graph.export import rdf

    return rdf.write_turtle


def _trig() -> Exporter:
    from graph.export import rdf

    return rdf.write_trig


def _nquads() -> Exporter:
    from graph.export import rdf

    return rdf.write_nquads


def _jsonld() -> Exporter:
    from graph.export import rdf

    return rdf.write_jsonld


def _jsonl() -> Exporter:
    from graph.export import jsonl

    return jsonl.write


def _csv() -> Exporter:
    from graph.export import tables

    return tables.write_events_csv


def _mentions_csv() -> Exporter:
    from graph.export import tables

    return tables.write_mentions_csv


def _parquet() -> Exporter:
    from graph.export import tables

    return tables.write_parquet


def _graphml() -> Exporter:
    from graph.export import networks

    return networks.write_graphml


def _gexf() -> Exporter:
    from graph.export import networks

    return networks.write_gexf


EXPORTERS: Mapping[str, Callable[[], Exporter]] = {
    "turtle": _turtle,
    "trig": _trig,
    "nquads": _nquads,
    "jsonld": _jsonld,
    "jsonl": _jsonl,
    "csv": _csv,
    "mentions-csv": _mentions_csv,
    "parquet": _parquet,
    "graphml": _graphml,
    "gexf": _gexf,
}
"""Format → what writes it, imported on demand."""

SUFFIXES: Mapping[str, str] = {
    "turtle": ".ttl",
    "trig": ".trig",
    "nquads": ".nq",
    "jsonld": ".jsonld",
    "jsonl": ".jsonl",
    "csv": ".csv",
    "mentions-csv": ".mentions.csv",
    "parquet": ".parquet",
    "graphml": ".graphml",
    "gexf": ".gexf",
}
"""Format → the ending of its files."""


def export(
    source: ExportSource,
    query: EventQuery,
    *,
    format: str,
    out: BinaryIO | Path,
    options: ExportOptions | None = None,
) -> ExportReport:
    """Write the events selected in a format, and return how much was written.

    Equal stores give equal bytes. A file is written whole or not at all: until the end it stands beside
    its place under another name, and Ctrl-C leaves an older file as it was.

    Args:
        source: A store, or anything that reads like one.
        query: Which events.
        format: A key of ``EXPORTERS``.
        out: A path, or a binary stream, which is left open.
        options: How to write; ``None`` for the defaults.

    Raises:
        InvalidInput: If there is no such format, or its library is not installed, or the path cannot be.
        BackendUnavailable: If the file cannot be written.
    """
    if format not in EXPORTERS:
        raise InvalidInput(f"there is no format {format!r}; there are {', '.join(EXPORTERS)}")
    write = EXPORTERS[format]()
    if not isinstance(out, Path):
        return _write(write, source, query, out, options or ExportOptions())
    with replacing(out) as file:
        return _write(write, source, query, file, options or ExportOptions())


def _write(
    write: Exporter, source: ExportSource, query: EventQuery, out: BinaryIO, options: ExportOptions
) -> ExportReport:
    counting = Counting(out)
    written = write(source, query, cast("BinaryIO", counting), options)
    return ExportReport(dict(written), counting.bytes)


__all__ = [
    "DEFAULT_BASE",
    "EXPORTERS",
    "SUFFIXES",
    "ExportOptions",
    "ExportReport",
    "ExportSource",
    "KnowsReplaced",
    "export",
]
