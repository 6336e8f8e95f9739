"""``make bench``: how right the coder is on the project's own gold, beside a floor.

    python -m bench.accuracy [--gold FILE] [--coder NAME] [--json FILE] [--floors]

Prints precision, recall and F1 with 95 % bootstrap intervals over articles, each type's figures, the
reliability of the score, and how well reports of one happening are linked. With ``--floors`` the run
fails when a figure lies below ``bench/floors.json``.
"""

import argparse
import json
import random
import sys
from collections import Counter
from pathlib import Path
from typing import Any

from app.coded_json import coded_article
from bench import scoring
from bench.naive import NaiveCoder
from graph.model import Article, CodedArticle
from graph.ontology import codebook
from graph.store import open_store
from ingest.coders import Coder
from ingest.coders import coder as coder_named
from ingest.pipeline import Pipeline
from ingest.readers.publication import parse_published

HERE = Path(__file__).parent
RESAMPLES = 1000


def read_gold(path: Path) -> list[dict[str, Any]]:
    """Return the records of a gold file that are for measuring (``split`` other than train)."""
    with path.open(encoding="utf-8") as lines:
        records = [json.loads(line) for line in lines if line.strip()]
    return [record for record in records if record.get("split") != "train"]


def article_of(record: dict[str, Any]) -> Article:
    """Return the article that a gold record annotates."""
    return Article.of(
        record["text"],
        title=record.get("title"),
        publisher=record.get("publisher"),
        url=record.get("url"),
        published=parse_published(record.get("published")),
        id=record["id"],
    )


def intervals(counts: list[Counter[str]], *, seed: int = 7) -> dict[str, tuple[float, float]]:
    """Return the 95 % bootstrap interval of each figure, articles drawn with replacement."""
    generator = random.Random(seed)
    drawn: dict[str, list[float]] = {}
    for _ in range(RESAMPLES):
        total: Counter[str] = Counter()
        for _ in counts:
            total.update(generator.choice(counts))
        for name, value in scoring.figures(total).items():
            drawn.setdefault(name, []).append(value)
    cut = {}
    for name, values in drawn.items():
        values.sort()
        cut[name] = (values[int(0.025 * RESAMPLES)], values[int(0.975 * RESAMPLES)])
    return cut


def linked(coded: list[CodedArticle]) -> dict[str, str]:
    """Return the event of each mention, as the store links them."""
    with open_store("sqlite:///:memory:") as store:
        store.add(coded)
        return {
            mention.id: event
            for article in coded
            for mention in article.mentions
            if (event := store.event_of_mention(mention.id)) is not None
        }


def origins(gold: list[dict[str, Any]], coded: list[CodedArticle]) -> tuple[float, float, float]:
    """Return precision, recall and F1 of pairs of articles that are copies of one text."""
    with open_store("sqlite:///:memory:") as store:
        store.add(coded)
        said = {c.article.id: store.origin_of(c.article.id) for c in coded}
    ids = [record["id"] for record in gold]
    want = {record["id"]: record.get("origin", record["id"]) for record in gold}
    pairs = [(a, b) for n, a in enumerate(ids) for b in ids[n + 1 :]]
    hit = sum(want[a] == want[b] and said[a] == said[b] for a, b in pairs)
    return scoring.f1(
        hit, sum(said[a] == said[b] for a, b in pairs), sum(want[a] == want[b] for a, b in pairs)
    )


def measure(gold: list[dict[str, Any]], coder: Coder) -> tuple[dict[str, Any], list[CodedArticle]]:
    """Return all figures of a coder on gold, and what it coded."""
    pipeline = Pipeline(coder=coder)
    coded = [pipeline.code(article_of(record)) for record in gold]
    said = {record["id"]: coded_article(c) for record, c in zip(gold, coded, strict=True)}
    counts = [scoring.count(record, said[record["id"]]) for record in gold]
    total: Counter[str] = Counter()
    for one in counts:
        total.update(one)
    pairs = []
    for record in gold:
        got = said[record["id"]]["mentions"]
        right = {
            j
            for i, j in scoring.align(record["mentions"], got)
            if record["mentions"][i]["type"] == got[j]["type"]
        }
        pairs.extend((mention["score"], j in right) for j, mention in enumerate(got))
    error, curve = scoring.reliability(pairs)
    return {
        "figures": scoring.figures(total),
        "intervals": intervals(counts),
        "types": scoring.by_type(total, codebook.types()),
        "gold by type": {t: total[f"gold {t}"] for t in codebook.types()},
        "calibration error": error,
        "reliability": curve,
        "mentions": {"gold": total["gold"], "said": total["said"]},
    }, coded


def show(name: str, result: dict[str, Any]) -> None:
    """Print a coder's figures."""
    print(f"\n{name}: {result['mentions']['said']} mentions said, {result['mentions']['gold']} in the gold")
    for figure, value in result["figures"].items():
        low, high = result["intervals"][figure]
        print(f"  {figure:<18}{value:6.1f}   [{low:5.1f}, {high:5.1f}]")


def main() -> int:
    """Run the bench."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--gold", type=Path, default=HERE / "gold" / "corpus.jsonl")
    parser.add_argument("--coder", default="joined", help="joined, rules or heads")
    parser.add_argument("--json", type=Path, help="also write all figures here")
    parser.add_argument("--floors", action="store_true", help="fail below bench/floors.json")
    args = parser.parse_args()
    gold = read_gold(args.gold)
    print(f"{args.gold}: {len(gold)} articles, {sum(len(r['mentions']) for r in gold)} mentions")
    floor, _ = measure(gold, Coder("naive 1", NaiveCoder().code))
    show("The floor: one word, one type, the nearest names", floor)
    result, coded = measure(gold, coder_named(args.coder))
    show(f"Diurna ({args.coder})", result)
    print("\n  type         P      R     F1   gold")
    for kind, (precision, recall, both) in result["types"].items():
        print(f"  {kind:<10}{precision:6.1f} {recall:6.1f} {both:6.1f} {result['gold by type'][kind]:6}")
    print(f"\n  calibration error {result['calibration error']:.3f}; mean score, share right, mentions:")
    for mean, share, number in result["reliability"]:
        print(f"    {mean:.2f}  {share:.2f}  {number}")
    if all("event" in m for r in gold for m in r["mentions"]):
        said = {r["id"]: coded_article(c) for r, c in zip(gold, coded, strict=True)}
        result["figures"] |= scoring.linking(gold, said, linked(coded))
        for name in ("linking P", "linking R", "linking F1"):
            print(
                f"  {name:<18}{result['figures'][name]:6.1f}   (B-cubed, mentions found with the right type)"
            )
        copies = origins(gold, coded)
        result["figures"] |= dict(zip(("copies P", "copies R", "copies F1"), copies, strict=True))
        print("  copies of one text, pairs: P {:.1f} R {:.1f} F1 {:.1f}".format(*copies))
    if args.json:
        args.json.write_text(json.dumps(result, indent=1), encoding="utf-8")
    return below_floors(result["figures"]) if args.floors else 0


def below_floors(figures: dict[str, float]) -> int:
    """Return 1 when a figure lies below its floor, and say which."""
    floors = json.loads((HERE / "floors.json").read_text(encoding="utf-8"))
    low = [
        f"{name}: {figures[name]:.1f} < {floor}" for name, floor in floors.items() if figures[name] < floor
    ]
    for line in low:
        print(f"BELOW ITS FLOOR  {line}", file=sys.stderr)
    return int(bool(low))


if __name__ == "__main__":
    sys.exit(main())
