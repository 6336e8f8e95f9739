"""The words around an act by which two reports of it can be told to be one.

A word is reduced to a stem that needs no dictionary (no ending -s, six letters), and weighs the more the
fewer news articles use it: the logarithm of the share of articles that do not. The table is made by
``training/build_word_weights.py``; a word that is not in it is rare.
"""

import csv
import re
from functools import cache, lru_cache
from importlib import resources

from graph.model import Span

REACH = 10
"""Words before and after the act that count: further ones are often about another act."""

RAREST = 6.0
"""Weight of a word that stands in no article of those counted."""

RARE = 3.5
"""From this weight on a word is in about one article of thirty, and two reports that share it may be one."""

WORD = re.compile(r"[^\W_]+")
_STEM = 6


def key_words(text: str, sentence: Span, act: Span) -> tuple[str, ...]:
    """Return the stems of the words around an act in its sentence, each once, in order.

    Args:
        text: The article's.
        sentence: Where the sentence is.
        act: Where the words are that tell the act.
    """
    found = [(match.start() + sentence.start, match.group()) for match in WORD.finditer(sentence.quote(text))]
    if not found:
        return ()
    middle = min(range(len(found)), key=lambda number: abs(found[number][0] - act.start))
    near = found[max(0, middle - REACH) : middle + REACH + 1]
    stems = (stem(word) for _, word in near)
    return tuple(sorted({one for one in stems if len(one) > 1 and weight(one) > 0.0}))


def stem(word: str) -> str:
    """Return what a word has in common with its other forms; numbers stay as they are."""
    word = word.casefold()
    if word.isdigit():
        return word
    if len(word) > _STEM:
        return word[:_STEM]
    return word[:-1] if len(word) > 3 and word.endswith("s") else word


def shown(stem: str) -> str:
    """Return a stem for people: one that may be cut ends in dots."""
    return stem if len(stem) < _STEM or stem.isdigit() else f"{stem}…"


def weight(stem: str) -> float:
    """Return how much a shared stem says: 0 for the commonest words, ``RAREST`` at most."""
    return _weights().get(stem, RAREST)


@lru_cache(maxsize=16384)
def total(stems: tuple[str, ...]) -> float:
    """Return the weight of several stems."""
    return sum(map(weight, stems))


@cache
def _weights() -> dict[str, float]:
    table = resources.files("graph.linking") / "word_weights.csv"
    with table.open(encoding="utf-8") as lines:
        return {row["stem"]: float(row["weight"]) for row in csv.DictReader(lines)}
