"""Which country unnamed police, officials and crowds of a sentence belong to.

The countries that an article names compete: how often each is named in this sentence, before it, in the
title and the opening, and in all. The weights are a conditional logit fitted on 2,584 participants of the
training articles whose own words tell no country (95 in 100 right there; 83 on the 248 of the development
articles, where the country named most often is right for 79).
"""

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

OPENING = 3
"""Sentences that count as the article's opening."""

_FADE = 0.7
"""What a naming counts less with each sentence between."""

_WEIGHTS = {
    "same": 1.03,
    "previous": 0.09,
    "next": -0.21,
    "before": 0.48,
    "after": 0.13,
    "title": 0.16,
    "opening": 1.02,
    "total": 0.99,
    "share": 1.31,
    "first": 0.51,
    "earliest": 2.07,
}


@dataclass(frozen=True, slots=True)
class Home:
    """A country with the probability in [0, 1] that unnamed actors are of it."""

    country: str
    chance: float


class HomeCountries:
    """The countries of one article.

    Args:
        sentences: How often each sentence names which country.
        title: The same of the title.
    """

    def __init__(self, sentences: Sequence[Counter[str]], title: Counter[str]) -> None:
        self._sentences = sentences
        self._title = title
        self._total: Counter[str] = Counter(title)
        for named in sentences:
            self._total.update(named)
        self._known: dict[int, Home | None] = {}

    def of(self, sentence: int) -> Home | None:
        """Return the likeliest country for a sentence, or ``None`` where the article names none."""
        if sentence not in self._known:
            self._known[sentence] = self._likeliest(sentence)
        return self._known[sentence]

    def _likeliest(self, sentence: int) -> Home | None:
        scores = {country: self._score(sentence, country) for country in sorted(self._total)}
        if not scores:
            return None
        best = max(scores, key=lambda country: scores[country])
        among = sum(math.exp(score - scores[best]) for score in scores.values())
        return Home(best, 1 / among)

    def _score(self, sentence: int, country: str) -> float:
        counts = [named[country] for named in self._sentences]
        faded = [count * _FADE ** abs(sentence - at) for at, count in enumerate(counts)]
        first = next((at for at, count in enumerate(counts) if count), None)
        seen = {
            "same": math.log1p(counts[sentence]),
            "previous": math.log1p(counts[sentence - 1]) if sentence else 0.0,
            "next": math.log1p(counts[sentence + 1]) if sentence + 1 < len(counts) else 0.0,
            "before": math.log1p(sum(faded[: sentence + 1])),
            "after": math.log1p(sum(faded[sentence + 1 :])),
            "title": math.log1p(self._title[country]),
            "opening": math.log1p(sum(counts[:OPENING])),
            "total": math.log1p(self._total[country]),
            "share": self._total[country] / max(1, self._total.total()),
            "first": float(first == 0),
            "earliest": 1 / (1 + first) if first is not None else 0.0,
        }
        return sum(_WEIGHTS[name] * value for name, value in seen.items())
