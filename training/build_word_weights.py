"""Count in how many news articles each word stands: the weights of ``graph/linking/key_words.py``.

    python -m training.build_word_weights FILE.jsonl… [--out FILE]

Each line of a file is an article with a ``text`` and perhaps a ``title``. The table holds counts of single
words, cut to stems, and nothing of the texts.
"""

import argparse
import csv
import json
import math
import sys
from collections import Counter
from pathlib import Path

from graph.linking.key_words import RAREST, WORD, stem

OUT = Path(__file__).parent.parent / "graph" / "linking" / "word_weights.csv"

LEAST_ARTICLES = 4
"""Rarer words are left out: they weigh as much as words that never came up, or nearly."""

COMMON = 0.25
"""Words that stand in a larger share of the articles say nothing."""


def main() -> int:
    """Write the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("files", type=Path, nargs="+")
    parser.add_argument("--out", type=Path, default=OUT)
    options = parser.parse_args()
    articles = 0
    counts: Counter[str] = Counter()
    for path in options.files:
        for line in path.read_text(encoding="utf-8").splitlines():
            article = json.loads(line)
            articles += 1
            counts.update({stem(w) for w in WORD.findall(f"{article.get('title') or ''} {article['text']}")})
    rows = []
    for word, number in sorted(counts.items()):
        if len(word) > 1 and number >= LEAST_ARTICLES:
            common = number > COMMON * articles
            rows.append((word, 0.0 if common else min(math.log((articles + 1) / (number + 0.5)), RAREST)))
    with options.out.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(["stem", "weight"])
        writer.writerows((word, f"{weight:.2f}") for word, weight in rows)
    print(f"{articles} articles, {len(rows)} words of {len(counts)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
