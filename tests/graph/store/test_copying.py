"""Copying from one store into another: nothing lost, nothing twice, resumable."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest

from graph.errors import InvalidInput
from graph.model import Article, CodedArticle
from graph.store import GraphStore, Verdict, open_store
from graph.store.copying import copy_store
from tests.graph.made import KHARKIV, VIENNA, Told, coded, days
from tests.graph.store.content import content

WHEN = datetime(2022, 5, 1, 12, 30, tzinfo=timezone(timedelta(hours=3)))


def some() -> list[CodedArticle]:
    """Return articles with copies, replaced days, a zone of their own, and one without anything."""
    story = " ".join(f"Sentence {n} tells of matter{n} and of matter{n + 1}." for n in range(14))
    told = Told("ASSAULT", "RUS", "UKR", day=days("2022-03-01"), place=KHARKIV, sentence=story.split(". ")[0])
    here = Article.of("Moscow time.", published=datetime(2022, 3, 1, 1, tzinfo=timezone(timedelta(hours=3))))
    return [
        coded("a0", told, text=story, publisher="Agency", published="2022-03-01T06:00:00"),
        coded("a1", told, text=f"{story} By our staff.", publisher="Herald", published="2022-03-02T06:00:00"),
        coded(
            "a2", Told("CONSULT", "RUS", "IGO-OSCE", day=days("2022-01-13"), place=VIENNA, reciprocal=True)
        ),
        coded("a3", Told("THREATEN", "RUS-MIL", "UKR USA"), publisher=None, published=None),
        CodedArticle(here),
    ]


def judged(store: GraphStore) -> None:
    store.judge("RUS", "RUS-MIL", Verdict.SAME, judge="ana", at=WHEN)
    store.judge("NAM-a", "NAM-b", Verdict.DIFFERENT, judge="ben", at=WHEN)


@pytest.fixture
def source() -> Iterator[GraphStore]:
    with open_store("sqlite:///:memory:") as store:
        store.add(some())
        judged(store)
        yield store


def test_all_arrives_and_comes_back(source: GraphStore, store: GraphStore) -> None:
    steps: list[tuple[int, int]] = []
    report = copy_store(source, store, lambda done, total: steps.append((done, total)))
    assert (report.articles.added, report.articles.mentions, report.judgements) == (5, 4, 2)
    assert steps == [(n, 5) for n in range(1, 6)]
    assert content(store) == content(source)
    assert store.judgements()[0].at.utcoffset() == timedelta(hours=3)
    with open_store("sqlite:///:memory:") as back:
        copy_store(store, back)
        assert content(back) == content(source)


def test_a_stopped_copy_goes_on(source: GraphStore, store: GraphStore) -> None:
    def stop(done: int, total: int) -> None:
        if done == 3:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        copy_store(source, store, stop)
    before = store.statistics().articles
    assert 0 < before < 5
    report = copy_store(source, store)
    assert (report.articles.unchanged, report.articles.added) == (before, 5 - before)
    assert content(store) == content(source)
    again = copy_store(source, store)
    assert (again.articles.unchanged, again.articles.added, again.judgements) == (5, 0, 0)


def test_what_the_target_holds_stays(source: GraphStore, store: GraphStore) -> None:
    extra = coded("extra", Told("AID", "USA", "UKR", day=days("2022-04-01")))
    changed = replace(some()[2], mentions=())
    store.add([extra, changed])
    report = copy_store(source, store)
    assert (report.articles.added, report.articles.replaced) == (4, 1)
    assert store.article("extra") == extra
    assert store.article("a2") == source.article("a2")


def test_judgements_that_contradict_are_named(source: GraphStore, store: GraphStore) -> None:
    store.judge("RUS-MIL", "X", Verdict.SAME)
    store.judge("RUS", "X", Verdict.DIFFERENT, judge="zoe", at=datetime(2022, 1, 1, tzinfo=UTC))
    with pytest.raises(InvalidInput, match="zoe"):
        copy_store(source, store)
    assert store.statistics().articles == 5


def test_a_store_is_not_copied_into_itself(new_store: Callable[[], Any]) -> None:
    store = new_store()
    with pytest.raises(InvalidInput, match="into itself"):
        copy_store(store, store)
