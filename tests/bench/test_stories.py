"""Labelled stories: which mention stands for which label, and what is counted of links between outlets."""

import pytest

from bench.stories import (
    OWN_STORIES,
    Found,
    Json,
    across,
    article_of,
    found,
    labelled,
    labels,
    measure,
    read_stories,
)
from graph.model import CodedArticle
from ingest.pipeline import Pipeline
from tests.graph.made import Told, coded

_FIRST = "Rebels shelled the town on Monday and the army answered with rockets."
_SECOND = "Rebels were accused by Kyiv."
RECORD: Json = {
    "id": "S-1",
    "story": "S",
    "title": "A town under fire",
    "publisher": "Herald",
    "published": "2022-03-01",
    "copy_of": None,
    "text": f"{_FIRST} {_SECOND}",
    "mentions": [
        {"sentence": _FIRST, "trigger": "shelled", "type": "ASSAULT", "event": "e1"},
        {"sentence": _FIRST, "trigger": "answered", "type": "ASSAULT", "event": "e2"},
        {"sentence": _SECOND, "trigger": "accused", "type": "ACCUSE", "event": "e3"},
    ],
}


def test_labels_lie_where_the_words_are() -> None:
    text = RECORD["text"]
    assert [(text[slice(*one.trigger)], text[slice(*one.sentence)]) for one in labels(RECORD)] == [
        ("shelled", _FIRST),
        ("answered", _FIRST),
        ("accused", _SECOND),
    ]


def test_every_label_of_the_stories_can_be_found() -> None:
    records = read_stories(OWN_STORIES)
    assert len(records) == len({record["id"] for record in records}) == 45
    for record in records:
        for one in labels(record):
            assert one.sentence[0] <= one.trigger[0] < one.trigger[1] <= one.sentence[1], record["id"]
            assert one.event.startswith(record["story"]), record["id"]


def test_a_mention_stands_for_one_label_of_its_type_and_sentence() -> None:
    one = coded(
        "a", Told("ASSAULT", "RUS", "UKR", sentence=_FIRST), Told("ACCUSE", "UKR", "RUS", sentence=_SECOND)
    )
    record = {**RECORD, "text": one.article.text}
    chosen = labelled(record, one)
    assert set(chosen) == {mention.id for mention in one.mentions}
    assault, accuse = one.mentions
    assert chosen[assault.id] in ("e1", "e2")
    assert chosen[accuse.id] == "e3"


def test_pairs_between_origins_are_counted() -> None:
    mentions = [
        Found("A", "e1", "x"),
        Found("A", "e1", "x"),  # of the same origin: no pair
        Found("B", "e1", "x"),
        Found("C", "e1", "y"),
        Found("C", "e2", "x"),
    ]
    figures = across(mentions)
    assert figures["across outlets P"] == pytest.approx(100 * 2 / 5)
    assert figures["across outlets R"] == pytest.approx(100 * 2 / 5)
    assert across([]) == dict.fromkeys(figures, 0.0)


class _Coder(Pipeline):
    """Gives what was coded before."""

    def __init__(self, coded: list[CodedArticle]) -> None:
        self._coded = iter(coded)

    def code(self, article: object) -> CodedArticle:
        return next(self._coded)


def test_stories_are_measured_in_a_store() -> None:
    told = Told("ASSAULT", "RUS", "UKR", sentence=_FIRST)
    made = [coded(id, told, publisher=id) for id in ("a", "b")]
    records = [
        {**RECORD, "id": one.article.id, "text": one.article.text, "mentions": RECORD["mentions"][:1]}
        for one in made
    ]
    assert [f.event for f in found(records, made, {m.id: "x" for one in made for m in one.mentions})] == [
        "e1",
        "e1",
    ]
    assert article_of(RECORD).published is not None
    assert measure(records, _Coder(made)) == {
        "across outlets P": 100.0,
        "across outlets R": 100.0,
        "across outlets F1": 100.0,
    }
