"""Export: a format, the selection, the first lines, the file."""

import io
from dataclasses import replace
from typing import NamedTuple

import streamlit as st

from app import selection, session, words
from app.components.node import node
from app.components.prose import prose
from app.workspace import Workspace
from graph.export import EXPORTERS, SUFFIXES, ExportOptions
from graph.model import EventQuery

PREVIEW_EVENTS = 3
PREVIEW_LINES = 40
_READY = "export_ready"


class FormatRow(NamedTuple):
    """How a format is offered."""

    name: str
    about: str
    text: bool = True
    language: str | None = None


FORMATS = {
    "csv": FormatRow("CSV, events", "One line an event: for spreadsheets and statistics."),
    "mentions-csv": FormatRow(
        "CSV, statements", "One line a statement with its sentence, outlet and offsets."
    ),
    "jsonl": FormatRow(
        "JSON lines", "One event a line with its statements, quotes and articles.", language="json"
    ),
    "parquet": FormatRow("Parquet", "Columns with types, for pandas, R and DuckDB.", text=False),
    "turtle": FormatRow("RDF, Turtle", "Linked data with vocabulary and evidence, easy to read."),
    "trig": FormatRow("RDF, TriG", "Linked data in named graphs, one an article: who says what."),
    "nquads": FormatRow("RDF, N-Quads", "The same, one statement a line: for loading into triple stores."),
    "jsonld": FormatRow("JSON-LD", "Linked data as JSON.", language="json"),
    "graphml": FormatRow("GraphML", "Actors and relations: for Gephi, yEd, networkx.", language="xml"),
    "gexf": FormatRow("GEXF", "Actors and relations with dates: for Gephi's timeline.", language="xml"),
}
"""Format → how it is offered; formats of ``EXPORTERS`` without a row go by their name."""


def render(workspace: Workspace, query: EventQuery) -> None:
    """Show the page."""
    st.title("Export")
    total = workspace.count(query)[0].events
    known = session.actors_by_id(workspace, [*query.actors, *(query.between or ())])
    said = selection.in_words(
        query, {id: actor.name for id, actor in known.items()}, session.countries(workspace, [query.country])
    )
    prose(
        node(
            "p",
            node("b", words.count(total, "event")),
            f" {', '.join(said)}. The filters on the left choose what is written.",
            cls="soft",
        ),
        key="said",
    )
    if not total:
        return
    offered = [
        name for name in (*FORMATS, *(name for name in EXPORTERS if name not in FORMATS)) if name in EXPORTERS
    ]
    left, right = st.columns([1, 1.5], gap="large")
    with left:
        format = st.radio(
            "Format",
            offered,
            format_func=lambda name: FORMATS[name].name if name in FORMATS else name,
            captions=[FORMATS[name].about if name in FORMATS else "" for name in offered],
        )
        quotes = st.segmented_control(
            "Quotes", ["whole", "short", "none"], default="whole", required=True,
            format_func={"whole": "Whole sentences", "short": "200 characters", "none": "None"}.__getitem__,
            help="Sentences are their outlets' texts: choose none before you publish what you export.",
        )  # fmt: skip
    options = ExportOptions(quote_length={"whole": None, "short": 200, "none": 0}[str(quotes)])
    with right:
        _preview(workspace, query, str(format), options)
        _download(workspace, query, str(format), options, total)


def _preview(workspace: Workspace, query: EventQuery, format: str, options: ExportOptions) -> None:
    row = FORMATS.get(format, FormatRow(format, ""))
    if not row.text:
        prose(
            node("p", "A binary format: nothing to show before it is downloaded.", cls="empty"), key="binary"
        )
        return
    out = io.BytesIO()
    first = replace(query, limit=PREVIEW_EVENTS)
    workspace.export(out, format=format, query=first, options=replace(options, vocabulary=False))
    lines = out.getvalue().decode("utf-8").splitlines()
    st.caption(f"The first lines, of {PREVIEW_EVENTS} events")
    st.code("\n".join(lines[:PREVIEW_LINES]), language=row.language, height=420)


def _download(
    workspace: Workspace, query: EventQuery, format: str, options: ExportOptions, total: int
) -> None:
    wanted = (query, format, options)
    ready = st.session_state.get(_READY)
    if not ready or ready[0] != wanted:
        if not st.button(f"Write {words.count(total, 'event')}", type="primary"):
            return
        with st.spinner("Writing …"):
            out = io.BytesIO()
            report = workspace.export(out, format=format, query=query, options=options)
        ready = (wanted, out.getvalue(), report)
        st.session_state[_READY] = ready
    _, data, report = ready
    written = ", ".join(f"{words.number(n)} {kind}" for kind, n in report.written.items())
    st.download_button(
        f"Download ({_size(len(data))})",
        data,
        f"diurna{SUFFIXES.get(format, '.' + format)}",
        icon=":material/download:",
        type="primary",
    )
    prose(node("p", f"Written: {written}.", cls="soft small"), key="written")


def _size(size: int) -> str:
    return f"{size / 1e6:.1f} MB" if size >= 1e6 else f"{max(1, round(size / 1e3))} kB"
