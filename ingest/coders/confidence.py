"""How likely a proposed mention is right: a logistic regression over what speaks for and against it.

The weights lie with the language model (``model/confidence.csv``): they fit its scores and no other's.
``training/fit_confidence.py`` fits them on gold that the model was not trained on, so that the score of a
mention is the share of such mentions that are right.
"""

import csv
import math
from collections.abc import Mapping, Sequence
from functools import cache
from importlib import resources

from ingest.coders.raw_mention import RawMention
from ingest.coders.reading import Reading
from ingest.language.annotation import AnnotatedArticle

Features = dict[str, float]
"""Name → value; what is not named is 0."""

BIAS = "bias"
_FURTHEST = 6.0


def logit(probability: float) -> float:
    """Return log-odds, cut at ±6."""
    inside = min(max(probability, 1e-6), 1 - 1e-6)
    return min(max(math.log(inside / (1 - inside)), -_FURTHEST), _FURTHEST)


def probability(features: Mapping[str, float]) -> float:
    """Return the probability in [0, 1] that a mention is right."""
    table = weights()
    score = table[BIAS] + sum(table.get(name, 0.0) * value for name, value in features.items())
    return 1 / (1 + math.exp(-score))


@cache
def weights() -> Mapping[str, float]:
    """Return the shipped weights by feature."""
    table = resources.files("ingest.language") / "model" / "confidence.csv"
    with table.open(encoding="utf-8") as lines:
        return {row["feature"]: float(row["weight"]) for row in csv.DictReader(lines)}


def article_features(annotated: AnnotatedArticle) -> Features:
    """Return what the whole article says: how many of its sentences tell an act for the heads."""
    best = [max((t.event_score for t in s.triggers), default=0.0) for s in annotated.sentences]
    share = sum(best) / len(best) if best else 0.0
    return {"eventful": logit(share)}


def mention_features(mention: RawMention) -> Features:
    """Return what a mention says by itself: its type, whom it names."""
    people = (*mention.initiators, *mention.recipients)
    return {
        f"type {mention.type}": 1.0,
        "initiators": float(bool(mention.initiators)),
        "recipients": float(bool(mention.recipients)),
        "named elsewhere": float(any(p.sentence != mention.sentence for p in people)),
    }


def beside(reading: Reading, mention: RawMention, others: Sequence[RawMention]) -> Features:
    """Return what the other proposals of its sentence say.

    An act told twice there is one, and one that stands inside another ("rejected a request") is often
    only named.
    """
    rivals = [other for other in others if other is not mention]
    same = [other for other in rivals if other.type == mention.type]
    above = reading.trees[mention.sentence].governors(mention.trigger[0])
    outer = any(o.trigger[0] in above and o.type != mention.type for o in rivals)
    return {
        "better of its type": float(any(_better(other, mention) for other in same)),
        "worse of its type": float(any(not _better(other, mention) for other in same)),
        "others": math.log1p(len(rivals)),
        "inside": float(outer),
    }


def _better(one: RawMention, other: RawMention) -> bool:
    return (one.score, -one.trigger[0]) > (other.score, -other.trigger[0])
