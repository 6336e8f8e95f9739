"""The bench of the stores: equal articles each time, equal answers by hand, and a page of figures."""

from itertools import islice
from pathlib import Path

from bench.stores import _result
from bench.stores_load import load_sqlite
from bench.stores_made import made
from bench.stores_page import text
from bench.stores_queries import ask
from bench.stores_sql import Sql
from graph.store import open_store


def test_the_articles_are_the_same_each_time_and_do_not_wait_for_each_other() -> None:
    first = list(islice(made(10**9), 20))
    assert first == list(islice(made(10**9), 20))
    assert len({one.article.id for one in first}) == 20
    assert first[9].article.text == first[8].article.text
    assert all(len(one.mentions) == 3 for one in first)


def test_a_file_is_loaded_and_asked_and_its_figures_are_shown(tmp_path: Path) -> None:
    url, load = load_sqlite(tmp_path, 150)
    assert (load.events, load.articles) == (150, 55)
    assert 0 < load.floor < load.own
    with open_store(url, read_only=True) as store:
        times = ask(store, Sql(url.removeprefix("sqlite:///")))
    page = text([_result("sqlite", load, times)])
    assert "| SQLite | 150 | 55 |" in page
    assert all(f"| {one.name} | " in page for one in times)
