"""Speed, as ratios within one run: the whole pipeline beside the language model alone, the store beside sqlite3.

    python -m bench.speed [--articles N]

Figures in articles or rows a second say something about this machine today; the ratios say something
about the program.
"""

import argparse
import json
import sqlite3
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from bench.gold import HERE, article_of, read_gold
from graph.model import Article, CodedArticle
from graph.store import open_store
from ingest.language.model import default_model
from ingest.pipeline import Pipeline


def seconds(run: Callable[[], object]) -> float:
    """Return how long a call takes, by the processor time of this one process."""
    begun = time.process_time()
    run()
    return time.process_time() - begun


def corpus(number: int) -> list[Article]:
    """Return so many articles: the bundled corpus, again and again, each time as another outlet's."""
    records = read_gold([HERE / "gold" / "corpus.jsonl"]).records
    return [
        article_of({**records[n % len(records)], "id": f"{records[n % len(records)]['id']}-{n}"})
        for n in range(number)
    ]


def ingest_beside_language(articles: list[Article]) -> list[CodedArticle]:
    """Compare coding with annotating alone; return what was coded."""
    model, pipeline = default_model(), Pipeline()
    pipeline.code(articles[0])  # tables are loaded on first use
    coded: list[CodedArticle] = []
    alone = seconds(lambda: [model.annotate([article]) for article in articles])
    whole = seconds(lambda: coded.extend(pipeline.code(article) for article in articles))
    words = sum(len(article.text.split()) for article in articles)
    print(f"language model alone   {len(articles) / alone:8.1f} articles/s  {words / alone:9.0f} words/s")
    print(f"whole pipeline         {len(articles) / whole:8.1f} articles/s  {words / whole:9.0f} words/s")
    print(f"  the pipeline runs at {100 * alone / whole:.0f} % of the model's speed")
    return coded


def store_beside_sqlite3(coded: list[CodedArticle]) -> None:
    """Compare adding to the store with plain inserts of rows of the same content."""
    with tempfile.TemporaryDirectory() as folder:
        with open_store(f"sqlite:///{folder}/store.db") as store:
            added = seconds(lambda: store.add(coded))
        plain = seconds(lambda: _plain(Path(folder) / "plain.db", coded))
    mentions = sum(len(c.mentions) for c in coded)
    print(f"store.add              {len(coded) / added:8.1f} articles/s  {mentions / added:9.0f} mentions/s")
    print(f"plain executemany      {len(coded) / plain:8.1f} articles/s  {mentions / plain:9.0f} mentions/s")
    print(f"  adding, with linking, takes {added / plain:.1f} times as long as the bare inserts")


def _plain(path: Path, coded: list[CodedArticle]) -> None:
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.executescript(
        "CREATE TABLE article (id TEXT PRIMARY KEY, title TEXT, publisher TEXT, published TEXT, text TEXT);"
        "CREATE TABLE mention (id TEXT PRIMARY KEY, article TEXT, type TEXT, first TEXT, last TEXT, body TEXT);"
        "CREATE TABLE participant (mention TEXT, side TEXT, actor TEXT, start INTEGER, stop INTEGER);"
        "CREATE TABLE span (article TEXT, kind TEXT, start INTEGER, stop INTEGER, body TEXT);"
    )
    with connection:
        connection.executemany(
            "INSERT INTO article VALUES (?, ?, ?, ?, ?)",
            [
                (c.article.id, c.article.title, c.article.publisher, str(c.article.published), c.article.text)
                for c in coded
            ],
        )
        connection.executemany(
            "INSERT INTO mention VALUES (?, ?, ?, ?, ?, ?)",
            [
                (
                    m.id,
                    m.article_id,
                    m.type,
                    str(m.day and m.day.first),
                    str(m.day and m.day.last),
                    json.dumps(str(m)),
                )
                for c in coded
                for m in c.mentions
            ],
        )
        connection.executemany(
            "INSERT INTO participant VALUES (?, ?, ?, ?, ?)",
            [
                (m.id, side, p.actor, p.span and p.span.start, p.span and p.span.end)
                for c in coded
                for m in c.mentions
                for side, people in (("initiator", m.initiators), ("recipient", m.recipients))
                for p in people
            ],
        )
        connection.executemany(
            "INSERT INTO span VALUES (?, ?, ?, ?, ?)",
            [(c.article.id, "sentence", s.start, s.end, "") for c in coded for s in c.sentences]
            + [(c.article.id, "name", n.span.start, n.span.end, n.text) for c in coded for n in c.names]
            + [
                (c.article.id, "place", p.span.start, p.span.end, p.text)
                for c in coded
                for p in c.place_spans
            ]
            + [(c.article.id, "time", t.span.start, t.span.end, t.value) for c in coded for t in c.times],
        )
    connection.close()


def main() -> None:
    """Run both comparisons."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--articles", type=int, default=200)
    args = parser.parse_args()
    store_beside_sqlite3(ingest_beside_language(corpus(args.articles)))


if __name__ == "__main__":
    main()
