"""The articles: find, open, remove."""

import streamlit as st

from app import session, words
from app.components.node import Node, link, node
from app.components.prose import prose
from app.workspace import Workspace
from graph.model import EventQuery
from graph.store.base import ArticleRow

PAGE_SIZE = 30
_REMOVED = "articles_removed"


def render(workspace: Workspace, query: EventQuery) -> None:
    """Show the page."""
    st.title("Articles")
    if removed := st.session_state.pop(_REMOVED, None):
        st.toast(f"Removed: {words.plain(removed, 80)}")
    outlets = workspace.publishers()
    if not outlets and not workspace.store.count_articles():
        action = prose(
            node(
                "p",
                "No article yet. ",
                node("a", "Add some", cls="link", href="add", open="page:add"),
                ".",
                cls="empty",
            ),
            key="none",
        )
        if action == "page:add":
            session.go("add", query)
        return
    left, right = st.columns([2, 1])
    text = left.text_input("Find", placeholder="words in title or text", key="articles_text") or None
    outlet = right.selectbox(
        "Outlet",
        [name for name, _ in outlets],
        index=None,
        placeholder="any",
        format_func=lambda name: f"{name} ({dict(outlets).get(name, 0)})",
        key="articles_outlet",
    )
    total = workspace.store.count_articles(text=text, publisher=outlet)
    pages = max(1, -(-total // PAGE_SIZE))
    page = min(int(st.session_state.get("articles_page", 1)), pages)
    rows = workspace.articles(limit=PAGE_SIZE, offset=(page - 1) * PAGE_SIZE, text=text, publisher=outlet)
    removable = not workspace.store.read_only
    action = prose(
        node(
            "div",
            node(
                "p",
                f"{words.count(total, 'article')}, the latest published first. The filters on the left are for events.",
                cls="soft small",
            ),
            node(
                "ul",
                [node("li", _row(row, query, removable)) for row in rows],
                cls="events articles spaced-little",
            ),
        ),
        key="articles",
    )
    if pages > 1:
        st.number_input(f"Page, of {words.number(pages)}", 1, pages, key="articles_page", width=160)
    kind, _, value = (action or "").partition(":")
    if kind == "remove":
        confirm_removal(workspace, next((row for row in rows if row.id == value), None))
    session.follow(action, query)


def _row(row: ArticleRow, query: EventQuery, removable: bool) -> Node:
    found = words.count(row.mentions, "statement") if row.mentions else "no act found"
    return node(
        "div",
        node("span", words.moment(row.published), cls="date"),
        node(
            "a",
            node("span", row.title or "Untitled", cls="title"),
            node(
                "div",
                row.publisher or "Outlet not known",
                node("span", "copy of another outlet's text", cls="sep") if row.origin != row.id else None,
                cls="soft small",
            ),
            href=link("evidence", [*session.parameters(query), ("article", row.id)]),
            open=f"article:{row.id}",
        ),
        node("span", found, cls="meta"),
        node(
            "button",
            "Remove",
            cls="remove",
            open=f"remove:{row.id}",
            aria_label=f"Remove {row.title or 'untitled article'}",
        )
        if removable
        else node("span"),
        cls="event",
    )


@st.dialog("Remove this article?")
def confirm_removal(workspace: Workspace, row: ArticleRow | None) -> None:
    """Ask before an article is taken back with all that came from it."""
    if row is None:
        st.write("It is not in the store any more.")
        return
    prose(
        node(
            "div",
            node("p", node("b", row.title or "Untitled"), cls="serif"),
            node(
                "p", f"{row.publisher or 'Outlet not known'}, {words.moment(row.published)}", cls="soft small"
            ),
            node(
                "p",
                f"Everything that came from it goes too: {words.count(row.mentions, 'statement')}, and the events that no "
                "other article tells.",
                cls="spaced-little",
            ),
        ),
        key="removal",
    )
    left, right = st.columns(2)
    if left.button("Remove", type="primary", width="stretch"):
        workspace.remove_article(row.id)
        st.session_state[_REMOVED] = row.title or "Untitled"
        st.rerun()
    if right.button("Keep", width="stretch"):
        st.rerun()
