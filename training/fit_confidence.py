"""Fit the weights of ``ingest/coders/confidence.py`` on gold that the model was not trained on.

    python -m training.fit_confidence [--gold FILE…] [--articles FILE] [--out FILE]

Prints, for each gold file and by five-fold
cross-validation over articles, precision, recall, F1 and calibration at some thresholds.
"""

import argparse
import sys
from pathlib import Path
from typing import Any

import numpy as np
from rich.progress import track

from bench.gold import OWN, article_of, read_gold
from bench.scoring import f1, reliability
from ingest.coders import joined
from ingest.coders.confidence import BIAS
from ingest.language.annotation import AnnotatedArticle
from ingest.language.model import default_model
from training.claims import claim, right_ones
from training.regression import Floats, chances, fit, matrix, write_weights

Json = dict[str, Any]

OUT = Path(__file__).parent.parent / "ingest" / "language" / "model" / "confidence.csv"


class Judged:
    """The proposals for some gold articles, and which of them are right."""

    def __init__(self, records: list[Json], annotated: list[AnnotatedArticle]) -> None:
        self.records = records
        self.features: list[dict[str, float]] = []
        self.right: list[bool] = []
        self.article: list[int] = []
        for number, (record, article) in enumerate(zip(records, annotated, strict=True)):
            proposals = joined.proposals(article)
            proposals.sort(key=lambda p: -p.mention.score)
            told = [p.mention for p in proposals]
            claims = [claim(article.sentences[m.sentence], m.type, m.trigger) for m in told]
            right = right_ones(record, claims)
            self.features += [p.features for p in proposals]
            self.right += [j in right for j in range(len(proposals))]
            self.article += [number] * len(proposals)

    def matrix(self, names: list[str]) -> Floats:
        """Return (proposals, features) with a first column of ones."""
        return matrix(self.features, names)

    def report(self, chances: Floats, threshold: float) -> str:
        """Return a line of figures at a threshold."""
        kept = chances >= threshold
        right = np.array(self.right)
        gold = sum(len(record["mentions"]) for record in self.records)
        precision, recall, both = f1(float(right[kept].sum()), float(kept.sum()), gold)
        silent = [n for n, record in enumerate(self.records) if not record["mentions"]]
        loud = {n for n, keep in zip(self.article, kept.tolist(), strict=True) if keep}
        error, _ = reliability(list(zip(chances[kept].tolist(), right[kept].tolist(), strict=True)))
        return (
            f"{threshold:.2f}: P {precision:.1f} R {recall:.1f} F1 {both:.1f}, "
            f"silent kept {sum(n not in loud for n in silent)}/{len(silent)}, calibration error {error:.3f}"
        )


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--gold", type=Path, nargs="+", default=list(OWN))
    parser.add_argument("--articles", type=Path)
    parser.add_argument("--out", type=Path, default=OUT)
    parser.add_argument("--penalty", type=float, default=5.0)
    args = parser.parse_args()
    model = default_model()
    parts = {}
    for path in args.gold:
        records = read_gold([path], articles=args.articles).records
        shown = track(records, description=path.name, disable=not sys.stderr.isatty())
        parts[path.name] = Judged(records, [model.annotate([article_of(r)])[0] for r in shown])
    names = [BIAS, *sorted({name for part in parts.values() for f in part.features for name in f})]
    costs = np.array([0.01, *[args.penalty] * (len(names) - 1)])
    matrices = {name: part.matrix(names) for name, part in parts.items()}
    right = {name: np.array(part.right, dtype=np.float64) for name, part in parts.items()}

    def fitted_on(train: list[tuple[Floats, Floats]], test: Floats) -> Floats:
        weights = fit(np.vstack([x for x, _ in train]), np.concatenate([y for _, y in train]), costs)
        return chances(test, weights)

    for name, part in parts.items():
        folds = np.array(part.article) % 5
        crossed = np.zeros(len(folds))
        rest = [(matrices[other], right[other]) for other in parts if other != name]
        for fold in range(5):
            inside = folds == fold
            own = (matrices[name][~inside], right[name][~inside])
            crossed[inside] = fitted_on([*rest, own], matrices[name][inside])
        for threshold in (0.3, 0.35, 0.4, 0.45, 0.5, 0.55):
            print(f"{name}, cross-validated, {part.report(crossed, threshold)}")
    weights = fit(np.vstack(list(matrices.values())), np.concatenate(list(right.values())), costs)
    write_weights(args.out, names, weights, digits=4)
    print(f"{len(names)} weights in {args.out}")


if __name__ == "__main__":
    main()
