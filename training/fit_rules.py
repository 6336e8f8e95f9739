"""Fit the weights of the rules' scores (``ingest/coders/lexicon/weights.csv``).

    python -m training.fit_rules --gold FILE… [--articles FILE] [--written FILE] [--out FILE]

The parse was not trained on these texts' events, so the texts that trained the event heads serve here too.
``--gold`` are real articles (here records with ``split`` train are what is used), ``--written`` written
ones, which count for less. Weights are drawn towards what the lexicon says by itself.
"""

import argparse
import json
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np
from rich.progress import track

from bench.gold import article_of
from ingest.coders import rule_coder
from ingest.coders.reading import Reading
from ingest.language.model import default_model
from training.claims import claim, right_ones
from training.data import open_text
from training.regression import Floats, fit, write_weights

Json = dict[str, Any]
Row = tuple[dict[str, float], float]

OUT = Path(__file__).parent.parent / "ingest" / "coders" / "lexicon" / "weights.csv"
FEWEST = 15
"""Candidates with a feature from which it gets a weight."""

WRITTEN_SHARE = 0.3
PRIORS = {"prior": 1.0, "sport": -4.0, "sport hint": -0.7}
"""The lexicon's own score counts in full; sport is no politics whatever the data says."""

FIRM = {"sport": 40.0, "sport hint": 40.0, "bias": 0.01}
LEFT_OUT = frozenset({"bare sentence"})


def rows(records: list[Json], name: str) -> list[Row]:
    """Return features and whether it is right, of every candidate of some articles."""
    model = default_model()
    found: list[Row] = []
    for record in track(records, description=name, disable=not sys.stderr.isatty()):
        candidates = list(rule_coder.candidates(Reading(model.annotate([article_of(record)])[0])))
        claims = [claim(c.tree.sentence, c.candidate.type, c.candidate.trigger) for c in candidates]
        right = right_ones(record, claims)
        found += [(one.features, float(number in right)) for number, one in enumerate(candidates)]
    return found


def read(paths: list[Path], articles: Path | None) -> list[Json]:
    """Return the records of some files that are for training, with their texts."""
    texts = {}
    if articles:
        texts = {record["id"]: record for record in map(json.loads, open_text(articles))}
    records = [json.loads(line) for path in paths for line in open_text(path)]
    return [{**texts.get(r["id"], {}), **r} for r in records if r.get("split") in (None, "train")]


def matrix(found: list[Row], names: list[str]) -> tuple[Floats, Floats]:
    """Return (candidates, features) and what is right."""
    values = np.array([[features.get(name, 0.0) for name in names] for features, _ in found])
    return values.reshape(len(found), len(names)), np.array([right for _, right in found])


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--gold", type=Path, nargs="+", required=True)
    parser.add_argument("--articles", type=Path)
    parser.add_argument("--written", type=Path, nargs="*", default=[])
    parser.add_argument("--written-every", type=int, default=4, help="take each n-th written text")
    parser.add_argument("--out", type=Path, default=OUT)
    args = parser.parse_args()
    real = rows(read(args.gold, args.articles), "real articles")
    written = rows(read(args.written, None)[:: args.written_every], "written texts")
    counted = Counter(name for features, _ in real + written for name in features)
    names = sorted(name for name, count in counted.items() if count >= FEWEST and name not in LEFT_OUT)
    values, right = matrix(real + written, names)
    weights = fit(
        values,
        right,
        np.array([FIRM.get(name, 2.0) for name in names]),
        prior=np.array([PRIORS.get(name, 0.0) for name in names]),
        share=np.array([1.0] * len(real) + [WRITTEN_SHARE] * len(written)),
    )
    write_weights(args.out, names, weights, digits=2)
    print(f"{len(real)} candidates of real articles, {len(written)} of written ones, {len(names)} weights")


if __name__ == "__main__":
    main()
