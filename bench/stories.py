"""Reports of one happening by several outlets: which of them are linked, and which should be.

Counted are pairs of mentions of different origins, both found by the coder with the type of their label:
what it misses is counted elsewhere. Precision is the share of the linked pairs that tell of one happening,
recall the share of the pairs that tell of one happening that are linked.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import combinations
from pathlib import Path
from typing import Any

from graph.model import Article, CodedArticle
from graph.store import GraphStore, open_store
from ingest.pipeline import Pipeline

Json = dict[str, Any]

OWN_STORIES = Path(__file__).parent / "gold" / "stories.jsonl"


@dataclass(frozen=True, slots=True)
class Label:
    """One mention as a reader marked it: places are offsets in its article's text, ends excluded."""

    sentence: tuple[int, int]
    trigger: tuple[int, int]
    type: str
    event: str


@dataclass(frozen=True, slots=True)
class Found:
    """A mention that the coder found, with the label that it stands for.

    Attributes:
        event: What the label says it is of.
        linked: The event that the store put it into.
    """

    origin: str
    event: str
    linked: str


def read_stories(path: Path) -> list[Json]:
    """Return the articles of a file of stories."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def article_of(record: Json) -> Article:
    """Return a story's article."""
    return Article.of(
        record["text"],
        title=record["title"],
        publisher=record["publisher"],
        published=datetime.fromisoformat(record["published"]).replace(tzinfo=UTC),
    )


def origin_of(record: Json) -> str:
    """Return the id of the article that a record's text was first printed in."""
    return str(record.get("origin") or record.get("copy_of") or record["id"])


def labels(record: Json) -> list[Label]:
    """Return the labels of an article, of a story or of the corpus."""
    return [_label(record["text"], one) for one in record["mentions"] if one.get("event")]


def _label(text: str, marked: Json) -> Label:
    if isinstance(marked["sentence"], dict):
        sentence, trigger = ((marked[k]["start"], marked[k]["end"]) for k in ("sentence", "trigger"))
    else:
        start = text.index(marked["sentence"])
        act = start + marked["sentence"].index(marked["trigger"])
        sentence = (start, start + len(marked["sentence"]))
        trigger = (act, act + len(marked["trigger"]))
    return Label(sentence, trigger, marked["type"], marked["event"])


def labelled(record: Json, coded: CodedArticle) -> dict[str, str]:
    """Return the event of each mention that stands for a label: of its type, in its sentence, each once.

    Those whose triggers meet come first, then those that are nearest.
    """
    marked = labels(record)
    near: list[tuple[bool, int, str, int]] = []
    for mention in coded.mentions:
        if mention.evidence is None:
            continue
        start, end = mention.evidence.trigger.start, mention.evidence.trigger.end
        for number, label in enumerate(marked):
            if label.type == mention.type and label.sentence[0] <= start < label.sentence[1]:
                apart = not (start < label.trigger[1] and label.trigger[0] < end)
                near.append((apart, abs(start - label.trigger[0]), mention.id, number))
    chosen: dict[str, str] = {}
    taken: set[int] = set()
    for _, _, id, number in sorted(near):
        if id not in chosen and number not in taken:
            chosen[id] = marked[number].event
            taken.add(number)
    return chosen


def found(records: Sequence[Json], coded: Sequence[CodedArticle], event_of: Mapping[str, str]) -> list[Found]:
    """Return the mentions that stand for a label.

    Args:
        records: The labelled articles.
        coded: The same, coded.
        event_of: Mention's id → the event that the store put it into.
    """
    return [
        Found(origin_of(record), event, event_of[id])
        for record, article in zip(records, coded, strict=True)
        for id, event in labelled(record, article).items()
        if id in event_of
    ]


def measure(records: Sequence[Json], pipeline: Pipeline) -> dict[str, float]:
    """Code stories, put them into a store, and return what ``across`` does of its links."""
    coded = [pipeline.code(article_of(record)) for record in records]
    with open_store("sqlite:///:memory:") as store:
        store.add(coded)
        return across(found(records, coded, events_of(store, coded)))


def events_of(store: GraphStore, coded: Iterable[CodedArticle]) -> dict[str, str]:
    """Return the event that a store put each mention of some articles into, by the mention's id."""
    return {
        mention.id: event
        for one in coded
        for mention in one.mentions
        if (event := store.event_of_mention(mention.id)) is not None
    }


def across(mentions: Iterable[Found]) -> dict[str, float]:
    """Return precision, recall and F1 of the links between origins, in percent."""
    right = linked = same = 0
    for one, other in combinations(mentions, 2):
        if one.origin != other.origin:
            linked += one.linked == other.linked
            same += one.event == other.event
            right += one.linked == other.linked and one.event == other.event
    precision, recall = right / linked if linked else 0.0, right / same if same else 0.0
    both = 2 * precision * recall / (precision + recall) if right else 0.0
    return {
        "across outlets P": 100 * precision,
        "across outlets R": 100 * recall,
        "across outlets F1": 100 * both,
    }
