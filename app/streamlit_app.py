"""The application's frame: pages, filters, and what to say when something cannot be done."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

import streamlit as st

from app import session, widgets, words
from app.views import PAGES
from app.workspace import Workspace
from graph.errors import DiurnaError
from graph.model import EventQuery

_ASSETS = Path(__file__).with_name("assets")

_STYLE = """
<style>
  .block-container { max-width: 1340px; padding-top: 4.6rem; padding-bottom: 4rem;
    padding-left: clamp(1.2rem, 4.5vw, 5rem); padding-right: clamp(1.2rem, 4.5vw, 5rem); }
  [data-testid="stSidebar"] label p { font-size: .86rem; }
  h1, h2, h3 { letter-spacing: -.012em; }
</style>
"""


class _Frame:
    """What the pages are shown with, known only once the filters have been drawn."""

    shown: tuple[Workspace, EventQuery]

    def show(self, name: str) -> None:
        """Show a page."""
        try:
            PAGES[name].load()(*self.shown)
        except DiurnaError as error:
            st.error(words.plain(str(error), 1000))


def main() -> None:
    """Show the page that the address names."""
    st.set_page_config(
        page_title="Diurna", page_icon=str(_ASSETS / "mark.svg"), layout="wide", initial_sidebar_state=316
    )
    st.html(_STYLE)
    st.logo(str(_ASSETS / "logo.svg"), size="large", icon_image=str(_ASSETS / "mark.svg"))
    frame = _Frame()
    pages = {name: _page(name, frame) for name in PAGES}
    chosen = st.navigation(list(pages.values()), position="top")
    session.remember_pages(pages)
    try:
        source = session.workspace()
        frame.shown = (source, widgets.sidebar(source))
    except DiurnaError as error:
        st.error(words.plain(str(error), 1000))
        return
    chosen.run()


def _page(name: str, frame: _Frame) -> st.Page:
    run: Callable[[], None] = partial(frame.show, name)
    return st.Page(run, title=PAGES[name].title, url_path=name, default=name == next(iter(PAGES)))


main()
