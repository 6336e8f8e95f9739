"""The application's frame: pages, filters, and what to say when something cannot be done."""

from collections.abc import Callable
from functools import partial

import streamlit as st

from app import session, widgets
from app.views import PAGES
from graph.errors import DiurnaError

_STYLE = """
<style>
  .block-container { max-width: 1340px; padding-top: 4.6rem; padding-bottom: 4rem; }
  [data-testid="stSidebar"] { min-width: 288px; max-width: 288px; }
  [data-testid="stHeader"] a { font-size: .98rem; }
  h1, h2, h3 { letter-spacing: -.012em; }
  [data-testid="stSidebar"] label p { font-size: .86rem; }
  table, [data-testid="stDataFrame"] { font-variant-numeric: tabular-nums; }
</style>
"""


def main() -> None:
    """Show the page that the address names."""
    st.set_page_config(page_title="Diurna", page_icon=":material/timeline:", layout="wide")
    st.html(_STYLE)
    pages = {name: _page(name) for name in PAGES}
    chosen = st.navigation(list(pages.values()), position="top")
    session.remember_pages(pages)
    chosen.run()


def _page(name: str) -> st.Page:
    page = PAGES[name]
    run: Callable[[], None] = partial(_show, name)
    run.__name__ = name  # type: ignore[attr-defined]
    return st.Page(run, title=page.title, url_path=name, default=name == next(iter(PAGES)))


def _show(name: str) -> None:
    try:
        source = session.workspace()
        query = widgets.sidebar(source)
        PAGES[name].load()(source, query)
    except DiurnaError as error:
        st.error(str(error))


main()
