"""Everything that leaves the graph: one row in ``EXPORTERS`` for each format.

    rdf*.py      turtle, trig, nquads, jsonld: named graphs, provenance, evidence; vocabulary.ttl, shapes.ttl
    jsonl.py     one event a line with its mentions, quotes and articles
    tables.py    csv, mentions-csv, parquet
    networks.py  graphml, gexf: actors and what they do to each other
    neo4j_*.py   neo4j-import: a folder that ``neo4j-admin database import`` makes a whole store of

A new format is one function ``(source, query, out, options) -> {kind: number}`` and one row here; one
that needs a folder has a row in ``FOLDER_EXPORTERS``.
"""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import BinaryIO, cast

from graph.errors import InvalidInput
from graph.export.files import Counting, filling, replacing
from graph.export.source import (
    DEFAULT_BASE,
    Exporter,
    ExportOptions,
    ExportReport,
    ExportSource,
    FolderExporter,
    KnowsReplaced,
    Progress,
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


def _neo4j_import() -> FolderExporter:
    from graph.export import neo4j_import

    return neo4j_import.write


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

FOLDER_EXPORTERS: Mapping[str, Callable[[], FolderExporter]] = {
    "neo4j-import": _neo4j_import,
}
"""The same for formats that are several files: they fill a folder."""

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
    progress: Progress | None = None,
) -> ExportReport:
    """Write the events selected in a format, and return how much was written.

    Equal stores give equal bytes. A file or folder is written whole or not at all: until the end it
    stands beside its place under another name, and Ctrl-C leaves an older file as it was. A folder that
    has something in it is never written over.

    Args:
        source: A store, or anything that reads like one.
        query: Which events.
        format: A key of ``EXPORTERS`` or ``FOLDER_EXPORTERS``.
        out: A path, or, for a format of one file, a binary stream, which is left open.
        options: How to write; ``None`` for the defaults.
        progress: Called with the number of steps done and of all, by formats that take long.

    Raises:
        InvalidInput: If there is no such format, or its library is not installed, or the path cannot be.
        BackendUnavailable: If the file cannot be written.
    """
    if format in FOLDER_EXPORTERS:
        return _fill(FOLDER_EXPORTERS[format](), source, query, format, out, options, progress)
    if format not in EXPORTERS:
        known = ", ".join((*EXPORTERS, *FOLDER_EXPORTERS))
        raise InvalidInput(f"there is no format {format!r}; there are {known}")
    write = EXPORTERS[format]()
    if not isinstance(out, Path):
        return _write(write, source, query, out, options or ExportOptions())
    with replacing(out) as file:
        return _write(write, source, query, file, options or ExportOptions())


def _fill(
    write: FolderExporter,
    source: ExportSource,
    query: EventQuery,
    format: str,
    out: BinaryIO | Path,
    options: ExportOptions | None,
    progress: Progress | None,
) -> ExportReport:
    if not isinstance(out, Path):
        raise InvalidInput(f"{format} is a folder of files: give the name of a folder to make")
    with filling(out) as folder:
        written, next_steps = write(
            source, query, folder, options or ExportOptions(), progress or (lambda done, total: None)
        )
        size = sum(file.stat().st_size for file in folder.iterdir())
    return ExportReport(dict(written), size, next_steps)


def _write(
    write: Exporter, source: ExportSource, query: EventQuery, out: BinaryIO, options: ExportOptions
) -> ExportReport:
    counting = Counting(out)
    written = write(source, query, cast("BinaryIO", counting), options)
    return ExportReport(dict(written), counting.bytes)


__all__ = [
    "DEFAULT_BASE",
    "EXPORTERS",
    "FOLDER_EXPORTERS",
    "SUFFIXES",
    "ExportOptions",
    "ExportReport",
    "ExportSource",
    "KnowsReplaced",
    "export",
]
