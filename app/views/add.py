"""Adding articles: files, a pasted text, or an address; and what came of it."""

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, time

import streamlit as st

from app import session, words
from app.charts.run_report import run_report
from app.components.node import node
from app.components.prose import prose
from app.workspace import Workspace
from graph.errors import DiurnaError
from graph.model import Article, EventQuery
from ingest.readers import READERS
from ingest.report import RunReport

_WAYS = {"files": "Upload files", "text": "Paste a text", "address": "Web address"}
_REPORT = "add_report"
_FILES = ["html", "htm", "xml", "rss", "atom", "txt", "md", "jsonl", "json", "csv", "tsv", "gz"]


def render(workspace: Workspace, query: EventQuery) -> None:
    """Show the page."""
    st.title("Add articles")
    if workspace.store.read_only:
        prose(node("p", "This store is open for reading only.", cls="empty"), key="closed")
        return
    prose(
        node(
            "p",
            "Articles are read, coded and kept on this machine. The first one takes longer: the language model is loaded.",
            cls="soft",
        ),
        key="about",
    )
    way = st.segmented_control(
        "How",
        list(_WAYS),
        default="files",
        format_func=_WAYS.__getitem__,
        required=True,
        label_visibility="collapsed",
    )
    {"files": _files, "text": _text, "address": _address}[str(way)](workspace)
    report = st.session_state.get(_REPORT)
    if report is not None:
        action = prose(run_report(report), key="report")
        if action == "page:evidence":
            session.go("evidence", query)


def _files(workspace: Workspace) -> None:
    chosen = st.file_uploader(
        "Files",
        type=_FILES,
        accept_multiple_files=True,
        help=f"Formats: {', '.join(sorted(READERS)).replace('_', ' ')}; each may be gzipped. The format is told from the content.",
    )
    if st.button("Add", type="primary", disabled=not chosen):
        _run([_of_file(workspace, file.name, file.getvalue()) for file in chosen])


def _of_file(
    workspace: Workspace, name: str, data: bytes
) -> tuple[str, Callable[[RunReport, str], RunReport]]:
    return name, lambda report, _: _merged(report, workspace.ingest_bytes(name, data))


def _text(workspace: Workspace) -> None:
    with st.form("paste", border=False):
        text = st.text_area("Text", height=260, placeholder="The article's body, without menus and captions")
        title = st.text_input("Title", placeholder="optional")
        left, right = st.columns(2)
        publisher = left.text_input("Outlet", placeholder="optional")
        day = right.date_input(
            "Published",
            None,
            format="DD/MM/YYYY",
            min_value=date(1800, 1, 1),
            help="From which “on Monday” is counted.",
        )
        sent = st.form_submit_button("Add", type="primary")
    if sent and text.strip():
        article = Article.of(
            text.strip(),
            title=title.strip() or None,
            publisher=publisher.strip() or None,
            published=datetime.combine(day, time(12), UTC) if isinstance(day, date) else None,
        )
        _run(
            [
                (
                    article.title or "pasted text",
                    lambda report, _: workspace.ingest_articles([article], report=report),
                )
            ]
        )
    elif sent:
        st.warning("There is no text yet.")


def _address(workspace: Workspace) -> None:
    with st.form("address", border=False):
        addresses = st.text_area(
            "Addresses of pages or feeds, one a line", height=120, placeholder="https://…",
            help="Fetched from this machine; a site's robots.txt is kept to. Addresses of private networks are refused.",
        )  # fmt: skip
        sent = st.form_submit_button("Fetch and add", type="primary")
    wanted = [line.strip() for line in addresses.splitlines() if line.strip()]
    if not sent:
        return
    if bad := [line for line in wanted if not line.lower().startswith(("http://", "https://"))]:
        st.warning(
            "An address begins with http:// or https://: " + " · ".join(f"`{line[:80]}`" for line in bad[:3])
        )
    elif wanted:
        _run([(line, lambda report, one: workspace.ingest([one], report=report)) for line in wanted])


def _run(items: Sequence[tuple[str, Callable[[RunReport, str], RunReport]]]) -> None:
    """Do the items one by one with a bar, and keep the report; what was stored before a failure stays."""
    st.session_state.pop(_REPORT, None)
    report = RunReport()
    bar = st.progress(0.0, text="Reading …")
    try:
        for number, (name, act) in enumerate(items):
            bar.progress(number / len(items), text=f"{number + 1} of {len(items)}: {words.plain(name, 80)}")
            report = act(report, name)
    except DiurnaError as error:
        st.error(words.plain(str(error), 500))
    bar.empty()
    st.session_state[_REPORT] = report
    if report.added or report.replaced:
        st.toast(f"{words.count(report.added + report.replaced, 'article')} added")


def _merged(one: RunReport, other: RunReport) -> RunReport:
    """Return the sum of two reports."""
    for name in ("read", "coded", "silent", "added", "unchanged", "replaced", "events_more", "seconds"):
        setattr(one, name, getattr(one, name) + getattr(other, name))
    one.mentions.update(other.mentions)
    one.rejected.update(other.rejected)
    one.notes.update(other.notes)
    for reason, examples in other.examples.items():
        one.examples.setdefault(reason, []).extend(examples)
    return one
