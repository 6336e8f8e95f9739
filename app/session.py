"""What a browser session holds: the workspace it looks at, and how it goes from page to page."""

from collections.abc import Iterable, Mapping
from typing import NoReturn

import streamlit as st
from streamlit.navigation.page import Page

from app.settings import settings
from app.workspace import Workspace
from graph.model import Actor, EventQuery

_PAGES = "_pages"


@st.cache_resource(show_spinner=False)
def _open(url: str) -> Workspace:
    return Workspace.open(url)


def workspace() -> Workspace:
    """Return the workspace of the store in the settings, opened once for all sessions."""
    return _open(settings().store)


def remember_pages(pages: Mapping[str, Page]) -> None:
    """Keep the pages by name so that views can go to each other."""
    st.session_state[_PAGES] = dict(pages)


def parameters(query: EventQuery, **more: str) -> list[tuple[str, str]]:
    """Return the URL parameters of a selection, with more of them."""
    from app.selection import to_parameters

    return [*to_parameters(query), *more.items()]


def go(page: str, query: EventQuery, **more: str) -> NoReturn:
    """Open a page with the selection kept; ``more`` are further URL parameters, such as ``event``."""
    wanted = parameters(query, **more)
    pages = st.session_state.get(_PAGES, {})
    if page in pages:
        st.switch_page(pages[page], query_params=wanted)
    st.query_params.from_dict(wanted)
    st.rerun()


def follow(action: str | None, query: EventQuery) -> None:
    """Do what a click asks for: ``event:e…``, ``article:a…``; anything else is left to the page."""
    kind, _, value = (action or "").partition(":")
    if kind in ("event", "article") and value:
        go("evidence", query, **{kind: value})


def actors_by_id(source: Workspace, ids: Iterable[str]) -> dict[str, Actor]:
    """Return the actors with these ids; unknown ones are left out."""
    wanted = sorted(set(ids))
    return {actor.id: actor for actor in source.actors(wanted, limit=None)} if wanted else {}


def countries(source: Workspace, codes: Iterable[str | None]) -> dict[str, str]:
    """Return names of countries, as far as the store's actors know them."""
    return {id: actor.name for id, actor in actors_by_id(source, (c for c in codes if c)).items()}
