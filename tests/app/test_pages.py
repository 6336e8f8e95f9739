"""Every page, drawn without a browser."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from app.components.node import texts
from graph.store import open_store
from tests.app import fixture

TIMEOUT = 300


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> str:
    return fixture.make(tmp_path_factory.mktemp("pages") / "small.db")


def _script(url: str, name: str, parameters: dict[str, str], sidebar: bool) -> None:
    import streamlit as st

    from app import selection, widgets
    from app.views import PAGES
    from app.workspace import Workspace

    for key, value in parameters.items():
        st.query_params[key] = value
    with Workspace.open(url) as workspace:
        query = widgets.sidebar(workspace) if sidebar else selection.default()
        PAGES[name].load()(workspace, query)


def show(url: str, name: str, *, sidebar: bool = False, **parameters: str) -> AppTest:
    """Return a page, drawn; fails if it raised."""
    page = AppTest.from_function(
        _script, args=(url, name, parameters, sidebar), default_timeout=TIMEOUT
    ).run()
    assert not page.exception
    return page


def components(page: AppTest, name: str) -> Iterator[dict[str, object]]:
    """Yield the data that components of a name were sent."""
    for element in page.main:
        if element.type == "bidi_component" and element.proto.component_name == f"diurna_{name}":
            yield json.loads(element.proto.json)


def said(page: AppTest) -> str:
    """Return all that the page's prose says."""
    return " ".join(" ".join(texts(data["content"])) for data in components(page, "prose"))


def test_overview(url: str) -> None:
    text = said(show(url, "overview"))
    assert "5 articles" in text
    assert "2 events" in text
    assert "told as having happened" in text
    assert "Envoys: 30 or 40" in text


def test_timeline(url: str) -> None:
    page = show(url, "timeline")
    (data,) = components(page, "timeline")
    assert "the day it happened" in str(data["note"])
    assert [lane["name"] for lane in data["lanes"]][0] == "Russia"  # type: ignore[attr-defined]


@pytest.mark.parametrize("by", ["publisher", "type"])
def test_timeline_in_other_lanes(url: str, by: str) -> None:
    page = show(url, "timeline")
    page.button_group[0].set_value(by).run()
    assert not page.exception
    (data,) = components(page, "timeline")
    names = [lane["name"] for lane in data["lanes"]]  # type: ignore[attr-defined]
    assert ("Daily One" in names) if by == "publisher" else ("Talks" in names)


def test_timeline_of_very_many_events_is_counted_by_the_store(
    url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.views.timeline.MOST_EVENTS", 1)
    (data,) = components(show(url, "timeline"), "timeline")
    assert "columns of one" in str(data["binned"])
    assert all(lane["bins"] for lane in data["lanes"])  # type: ignore[attr-defined]


def test_relations(url: str) -> None:
    page = show(url, "relations")
    (data,) = components(page, "network")
    assert {node["name"] for node in data["nodes"]} == {"Russia", "OSCE", fixture.EVIL.name}  # type: ignore[attr-defined]
    table = page.dataframe[0].value
    assert list(table["On whom"]) == ["OSCE", fixture.EVIL.name]


def test_events(url: str) -> None:
    text = said(show(url, "evidence"))
    assert "Russia" in text
    assert "held talks with" in text
    assert "2 origins · 3 outlets" in text


def test_event_folds_copies_and_shows_disagreement(url: str) -> None:
    with open_store(url, read_only=True) as store:
        event = next(event for event in store.events() if event.type == "CONSULT")
    text = said(show(url, "evidence", event=event.id))
    assert "1 origin, 2 outlets" in text
    assert "Where reports disagree" in text
    assert "40" in text
    assert "Vienna, AUT" in text
    assert "stated in the text" in text
    assert text.count("held talks what") == 1  # the copy's sentence is not shown again


def test_article_shows_its_text_and_copies(url: str) -> None:
    with open_store(url, read_only=True) as store:
        row = next(row for row in store.articles() if row.publisher == "Daily Two")
    text = said(show(url, "evidence", article=row.id))
    assert "A copy: the same text stood first in" in text
    assert "Nothing else happened that day." in text


def test_unknown_event_and_article(url: str) -> None:
    assert "not in the store" in said(show(url, "evidence", event="e0"))
    assert "not in the store" in said(show(url, "evidence", article="a0"))


def test_hostile_article_is_text(url: str) -> None:
    with open_store(url, read_only=True) as store:
        row = next(row for row in store.articles() if row.title == fixture.HOSTILE_TITLE)
    page = show(url, "evidence", article=row.id)
    (data,) = components(page, "prose")
    whole = "".join(texts(data["content"]))
    assert fixture.HOSTILE_TITLE in whole
    for paragraph in fixture.HOSTILE_TEXT.split("\n\n"):
        assert paragraph in whole
    assert '"href": "javascript' not in json.dumps(data)
    assert not page.markdown


def test_articles(url: str) -> None:
    page = show(url, "articles")
    assert "5 articles" in said(page)
    page.text_input(key="articles_text").set_value("Forty").run()
    assert "1 article" in said(page)
    assert "copy of another" not in said(page)


def test_removal_asks_first(tmp_path: Path) -> None:
    url = fixture.make(tmp_path / "removal.db")

    def script(url: str) -> None:
        from app.views.articles import confirm_removal
        from app.workspace import Workspace

        with Workspace.open(url) as workspace:
            rows = workspace.articles(text="Forty")
            confirm_removal(workspace, rows[0] if rows else None)

    page = AppTest.from_function(script, args=(url,), default_timeout=TIMEOUT).run()
    with open_store(url, read_only=True) as store:
        assert store.count_articles() == 5
    next(button for button in page.button if button.label == "Remove").click().run()
    assert not page.exception
    with open_store(url, read_only=True) as store:
        assert store.count_articles() == 4


def test_add_offers_all_ways(url: str) -> None:
    page = show(url, "add")
    page.button_group[0].set_value("text").run()
    assert not page.exception
    assert page.text_area[0].label == "Text"
    page.button_group[0].set_value("address").run()
    page.text_area[0].set_value("file:///etc/passwd")
    page.button[0].click().run()
    assert "begins with" in page.warning[0].value


@pytest.mark.parametrize("format", ["csv", "jsonl", "turtle", "gexf"])
def test_export_previews_and_writes(url: str, format: str) -> None:
    page = show(url, "export")
    page.radio[0].set_value(format).run()
    assert not page.exception
    assert page.code[0].value
    next(button for button in page.button if button.label.startswith("Write")).click().run()
    assert not page.exception
    assert "Written" in said(page)


@pytest.mark.parametrize(
    "name", ["overview", "timeline", "relations", "evidence", "articles", "add", "export"]
)
def test_empty_store(tmp_path: Path, name: str) -> None:
    url = f"sqlite:///{tmp_path / 'empty.db'}"
    with open_store(url):
        pass
    page = show(url, name)
    if name == "overview":
        assert "diurna demo" in said(page)


def test_filters_come_from_the_url_and_go_back(url: str) -> None:
    page = show(url, "evidence", sidebar=True, types="ACCUSE", modality="any")
    assert page.multiselect(key="filter_types").value == ["ACCUSE"]
    assert "1 event" in said(page)
    page = show(url, "evidence", sidebar=True)
    page.multiselect(key="filter_types").set_value(["CONSULT"]).run()
    assert page.query_params["types"] == "CONSULT"
    assert "1 event" in said(page)
    next(button for button in page.button if button.label == "Clear all filters").click().run()
    assert "types" not in page.query_params
    assert "2 events" in said(page)


def test_between_needs_two_actors(url: str) -> None:
    page = show(url, "evidence", sidebar=True)
    assert page.toggle(key="filter_between").disabled
    page.multiselect(key="filter_actors").set_value(["RUS", "IGO-OSCE"]).run()
    page.toggle(key="filter_between").set_value(True).run()
    assert "between Russia and OSCE" in said(page)
    assert "between" in page.query_params
    assert "1 event" in said(page)


def test_settings_name_the_store(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    from app.launch import SCRIPT
    from app.settings import settings

    monkeypatch.setenv("DIURNA_STORE", url)
    settings.cache_clear()
    try:
        page = AppTest.from_file(str(SCRIPT), default_timeout=TIMEOUT).run()
    finally:
        settings.cache_clear()
    assert not page.exception
    assert "5 articles" in said(page)
