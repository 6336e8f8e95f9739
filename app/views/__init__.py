"""The pages: one module each, ``render(workspace, query)``, and one row in ``PAGES``."""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from app.workspace import Workspace
from graph.model import EventQuery

Render = Callable[[Workspace, EventQuery], None]


def _overview() -> Render:
    from app.views.overview import render

    return render


def _timeline() -> Render:
    from app.views.timeline import render

    return render


def _relations() -> Render:
    from app.views.relations import render

    return render


def _evidence() -> Render:
    from app.views.evidence import render

    return render


def _articles() -> Render:
    from app.views.articles import render

    return render


def _query() -> Render:
    from app.views.query import render

    return render


def _add() -> Render:
    from app.views.add import render

    return render


def _export() -> Render:
    from app.views.export import render

    return render


class PageRow(NamedTuple):
    """How a page is listed: what the navigation calls it, and what shows it, loaded on demand."""

    title: str
    load: Callable[[], Render]


PAGES: Mapping[str, PageRow] = {
    "overview": PageRow("Overview", _overview),
    "timeline": PageRow("Timeline", _timeline),
    "relations": PageRow("Relations", _relations),
    "evidence": PageRow("Evidence", _evidence),
    "articles": PageRow("Articles", _articles),
    "query": PageRow("Query", _query),
    "add": PageRow("Add articles", _add),
    "export": PageRow("Export", _export),
}
"""Module in this folder, and address → its row; the order is that of the navigation, the first opens."""
