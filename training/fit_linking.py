"""Fit the weights of ``graph/linking/likeness.py`` on stories told by several outlets.

    python -m training.fit_linking [--stories FILE…] [--out FILE]

The stories are coded by this program, with its mistakes, and each two mentions of one type in different
origins and at most three days apart are an example. Mentions of different stories are examples too, moved
to days near each other: in a large store many stories are told on one day. Prints precision and recall at some thresholds, by ten-fold
cross-validation over stories, and on the gold that is never fitted on.
"""

import argparse
import random
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from pathlib import Path

import numpy as np
from rich.progress import track

from bench.gold import article_of as corpus_article
from bench.stories import OWN_STORIES, Json, article_of, labelled, origin_of, read_stories
from graph.linking.happenings import dyads, rare_words, singles
from graph.linking.likeness import BIAS, features
from graph.linking.units import Unit, block_of, rank_of, unit_of
from graph.model import Actor, Article, CodedArticle
from ingest.pipeline import Pipeline
from training.regression import Floats, chances, fit, matrix, write_weights

HERE = Path(__file__).parent
STORIES = HERE / "stories" / "stories.jsonl"
CORPUS = HERE.parent / "bench" / "gold" / "corpus.jsonl"
OUT = HERE.parent / "graph" / "linking" / "likeness.csv"

FURTHEST = 3
"""Days between two mentions of an example."""

STRENGTH = 1.0
"""How much weights are drawn to 0."""

FOLDS = 10

GAPS = (0, 0, 0, 1, 1, 2, 3)
"""Days between two mentions of different stories: as those of one story lie."""

SEED = 20
THRESHOLDS = (0.4, 0.5, 0.6, 0.65, 0.7, 0.8)


@dataclass(frozen=True, slots=True)
class Told:
    """A mention that stands for a label, ready for linking."""

    story: str
    origin: str
    event: str
    block: str
    unit: Unit


def told(records: Sequence[Json], coded: Sequence[CodedArticle]) -> list[Told]:
    """Return the mentions that stand for labels."""
    found = []
    for record, one in zip(records, coded, strict=True):
        events = labelled(record, one)
        actors: dict[str, Actor] = {a.id: a for a in one.actors}
        places = {int(p.id): p for p in one.places}
        for mention in one.mentions:
            if mention.id in events:
                rank = rank_of(mention, one.article.published)
                unit = unit_of(mention, rank=rank, actors=actors, places=places, text=one.article.text)
                story = record.get("story", "corpus")
                found.append(Told(story, origin_of(record), events[mention.id], block_of(mention), unit))
    return found


def examples(mentions: Sequence[Told]) -> Iterator[tuple[Told, Told]]:
    """Yield the pairs that may be linked."""
    blocks: dict[str, list[Told]] = defaultdict(list)
    for one in mentions:
        blocks[one.block].append(one)
    for members in blocks.values():
        for one, other in combinations(members, 2):
            left, right = one.unit, other.unit
            if one.origin == other.origin or None in (left.first, left.last, right.first, right.last):
                continue
            assert left.first is not None and left.last is not None
            assert right.first is not None and right.last is not None
            if max(left.first - right.last, right.first - left.last) <= FURTHEST:
                yield one, other


def strangers(mentions: Sequence[Told], number: int) -> list[tuple[Told, Told]]:
    """Return pairs of different stories that share a word or a participant, as if told within days."""
    drawn = random.Random(SEED)
    blocks: dict[str, list[Told]] = defaultdict(list)
    for one in mentions:
        if one.unit.one_day:
            blocks[one.block].append(one)
    pairs = [
        (one, other)
        for members in blocks.values()
        for one, other in combinations(members, 2)
        if one.story != other.story and _keys(one.unit) & _keys(other.unit)
    ]
    drawn.shuffle(pairs)
    return [(one, _moved(other, one.unit, drawn.choice(GAPS))) for one, other in pairs[:number]]


def _keys(unit: Unit) -> set[str]:
    return dyads(unit) | singles(unit) | rare_words(unit)


def _moved(told: Told, near: Unit, days: int) -> Told:
    assert near.first is not None
    day = near.first + days
    return replace(told, unit=replace(told.unit, first=day, last=day))


def fitted(table: Floats, right: Floats) -> Floats:
    """Return the weights."""
    return fit(table, right, np.full(table.shape[1], STRENGTH))


def report(likely: Floats, right: Floats) -> str:
    """Return precision and recall at the thresholds."""
    parts = []
    for threshold in THRESHOLDS:
        kept = likely >= threshold
        hits = right[kept].sum()
        parts.append(
            f"{threshold:g}: {100 * hits / max(1, kept.sum()):.0f}/{100 * hits / max(1, right.sum()):.0f}"
        )
    return f"{len(right)} pairs, {int(right.sum())} the same; P/R from {', '.join(parts)}"


def _coded(articles: Sequence[Article], what: str) -> list[CodedArticle]:
    pipeline = Pipeline()
    return [pipeline.code(article) for article in track(articles, what)]


def main() -> int:
    """Fit, print and write."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--stories", type=Path, nargs="+", default=[STORIES])
    parser.add_argument("--out", type=Path, default=OUT)
    options = parser.parse_args()
    records = [record for path in options.stories for record in read_stories(path)]
    mentions = told(records, _coded([article_of(r) for r in records], "stories"))
    pairs = list(examples(mentions))
    within = len(pairs)
    pairs += strangers(mentions, 2 * within)
    rows = [features(one.unit, other.unit) for one, other in pairs]
    names = [BIAS, *sorted({name for row in rows for name in row})]
    table = matrix(rows, names)
    right = np.array([float(one.event == other.event) for one, other in pairs])

    stories = sorted({one.story for one, _ in pairs})
    held_out = np.zeros(len(right))
    for fold in range(FOLDS):
        held = set(stories[fold::FOLDS])
        out = np.array([one.story in held or other.story in held for one, other in pairs])
        if out.any():
            held_out[out] = chances(table[out], fitted(table[~out], right[~out]))
    print("cross-validated:", report(held_out[:within], right[:within]))
    print("of different stories:", report(held_out[within:], right[within:]))
    weights = fitted(table, right)
    for path, make in ((OWN_STORIES, article_of), (CORPUS, corpus_article)):
        gold = read_stories(path)
        held_pairs = list(examples(told(gold, _coded([make(r) for r in gold], path.stem))))
        held_table = matrix([features(one.unit, other.unit) for one, other in held_pairs], names)
        same = np.array([float(one.event == other.event) for one, other in held_pairs])
        print(f"{path.name}:", report(chances(held_table, weights), same))
    write_weights(options.out, names, weights, digits=3)
    return 0


if __name__ == "__main__":
    sys.exit(main())
