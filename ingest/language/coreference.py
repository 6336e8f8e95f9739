"""The coreference head: which earlier word a pronoun or a noun takes up again."""

import numpy as np

from ingest.language.annotation import Antecedent
from ingest.language.decode import Floats, softmax
from ingest.language.windows import Window

LEAST_LINK = 0.5
"""Least probability that a word takes up something told before, for it to be reported."""


def antecedents(window: Window, scores: dict[str, Floats]) -> dict[tuple[int, int], Antecedent]:
    """Return the likeliest antecedent of the window's own words, by (sentence, word).

    Words of the title are no antecedents: it is no sentence of the text. The scores mean something only
    for words that head a mention: pronouns, nouns, names.
    """
    earlier = scores["antecedent_earlier"]
    first = next((start for sentence, start in (*window.context, *window.sentences) if sentence >= 0), 0)
    found = {}
    for word in range(max(window.own, first + 1), len(window.words)):
        row = earlier[first:word] @ scores["antecedent_word"][word] / 11
        chances = softmax(np.append(row, scores["antecedent_none"][word]))
        known = 1.0 - float(chances[-1])
        if known < LEAST_LINK:
            continue
        best = int(chances[:-1].argmax())
        sentence, position = window.locate(first + best)
        found[window.locate(word)] = Antecedent(
            window.locate(word)[1], sentence, position, float(chances[best]) / known
        )
    return found
