"""The same text printed twice: reprints of one wire story are one origin, not several voices.

A text is compared by its 5-word shingles, hashed. Two texts are copies when ``CONTAINMENT`` of the
shorter one's shingles stand in the longer one, which survives a changed headline, a cut last
paragraph, an edited sentence or an added credit line, and when the longer one is at most
``LENGTH_RATIO`` times as long, so that a digest of many stories does not make them one.

To find candidates without comparing all with all, a store keeps a ``sketch``: the shingles whose hash
is divisible by ``SAMPLING``; two copies share some of them. Which texts are copies depends on the two
texts alone, never on what else is stored.
"""

import math
import re
import zlib
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache

SHINGLE_WORDS = 5

SMALLEST_TEXT = 60
"""Words: shorter texts are copies only when all their words are the same (see ``shingles``)."""

CONTAINMENT = 0.5
"""Measured on 25 whole news articles of NewsWCL50, five outlets on each story. Independent reports of
one story share at most 0.11 of their shingles, in 50 pairs, and so do all 300 pairs of them. Prints made of them stay above: one sentence reworded, a third cut and a credit line added at once 0.57 or more,
three sentences reworded 0.57, a new lead and a new tail 0.81, one word in twenty changed 0.74, one in ten
0.55; with one word in seven changed it is a rewrite (0.34 to 0.5)."""

LENGTH_RATIO = 3.0
"""A print cut to a third is still found; a digest of four stories is none of them."""

SAMPLING = 8
"""One shingle in eight is kept: all 25 times 11 prints of the measurement above shared some, and a text
of 60 words of which half is kept shares none in about 4 cases of 100 ((7/8) to the 24th)."""

DEVIATIONS = 2.33
"""Two copies share at least as many sampled shingles as those that have just ``CONTAINMENT`` in common do on
average, less so many standard deviations: one in a hundred of such pairs is missed, and none of 840 prints made
of the articles above. Of texts with 50 sampled shingles (some 2500 characters) 17, more than a stock phrase
or a line about a newsletter gives to two that have nothing to do with each other."""

_WORD = re.compile(r"\w+")


def shingles(text: str) -> frozenset[int]:
    """Return the hashes of a text's 5-word shingles; of a text below 60 words, one hash of all words."""
    words = _WORD.findall(text.casefold())
    if len(words) < SMALLEST_TEXT:
        # A hash that is divisible by SAMPLING, so that it is always in the sketch.
        return frozenset(
            {zlib.crc32(" ".join(words).encode("utf-8", "surrogatepass")) // SAMPLING * SAMPLING}
        )
    encoded = [word.encode("utf-8", "surrogatepass") for word in words]
    return frozenset(
        zlib.crc32(b" ".join(encoded[start : start + SHINGLE_WORDS]))
        for start in range(len(encoded) - SHINGLE_WORDS + 1)
    )


def sketch(text_shingles: Iterable[int]) -> list[int]:
    """Return the sample of a text's shingles by which candidates are found, in order."""
    return sorted(shingle for shingle in text_shingles if shingle % SAMPLING == 0)


@lru_cache(maxsize=4096)
def fewest_shared(sampled: int) -> int:
    """Return how many sampled shingles a text that has so many shares at least with a copy as long.

    A store asks this of every two texts that share any, before it reads them: else each stock phrase ("told
    reporters on Tuesday that") would have all articles that use it compared with each other. It never falls as
    ``sampled`` grows, so of two texts the smaller number is what they must share.
    """
    spread = math.sqrt(CONTAINMENT * (1 - CONTAINMENT) * sampled)
    # Half a shingle more: the number is whole, the normal distribution is not.
    return max(1, math.floor(CONTAINMENT * sampled - DEVIATIONS * spread + 0.5))


def containment(left: frozenset[int], right: frozenset[int]) -> float:
    """Return the share of the smaller set that stands in the larger one, in [0, 1]."""
    smaller = min(len(left), len(right))
    return len(left & right) / smaller if smaller else 0.0


def is_copy(left: frozenset[int], right: frozenset[int]) -> bool:
    """Tell whether two texts, given by their shingles, are prints of one text."""
    small, large = sorted((len(left), len(right)))
    return large <= LENGTH_RATIO * small and containment(left, right) >= CONTAINMENT


def origins(ranks: Mapping[str, str], copies: Callable[[str], Iterable[str]]) -> dict[str, str]:
    """Return, for each article of a group, the article that it is a copy of, or itself.

    In order of publication each article joins the first one that founds an origin and of which it is
    itself a copy; so a text is never joined to another through a third.

    Args:
        ranks: The articles, each with what sorts it by publication (``publication_rank``).
        copies: The copies of an article, in both directions; all of them in the group.
    """
    found: dict[str, str] = {}
    order = sorted(ranks, key=lambda article: ranks[article])
    for article in order:
        founders = [other for other in copies(article) if found.get(other) == other]
        found[article] = min(founders, key=lambda other: ranks[other]) if founders else article
    return found
