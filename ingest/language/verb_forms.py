"""Which Penn Treebank tags a word's form allows it as a verb.

The tagger knows a verb by its place in the sentence; that "accused" is no third person is told by its form.
"""

import re
from functools import cache

from ingest.language.lemmas import by_rule, table

VERB_TAGS = ("VB", "VBP", "VBZ", "VBG", "VBD", "VBN")

_BRITISH = ((re.compile(r"ys(?=(?:e|es|ed|ing)$)"), "yz"), (re.compile(r"is(?=(?:e|es|ed|ing)$)"), "iz"),
            (re.compile(r"our(?=(?:s|ed|ing)?$)"), "or"))  # fmt: skip
_SHORTEST = 4
"""Letters: shorter words are mostly auxiliaries with forms of their own."""

_AUXILIARIES = frozenset(
    "been being have having does done were will would shall should must might could".split()
)

_UNCHANGED = frozenset(
    "become beset broadcast burst cast come cost forecast hurt misread offset outbid overcome overrun quit "
    "read reset rerun shed shut split spread thrust typecast upset".split()
)
"""Verbs whose past, or participle, is the verb itself."""


@cache
def verb_tags(word: str) -> frozenset[str] | None:
    """Return the verb tags that a word's form allows.

    Returns:
        Some of ``VERB_TAGS``; none where the word is no form of a known verb; ``None`` where the form tells nothing:
        short words, auxiliaries, words with other signs than letters.
    """
    form = word.lower()
    if len(form) < _SHORTEST or not form.isascii() or not form.isalpha() or form in _AUXILIARIES:
        return None
    found = _tags(form)
    for pattern, other in _BRITISH:
        found |= _tags(pattern.sub(other, form))
    return frozenset(found)


def _tags(form: str) -> set[str]:
    verbs, irregular = table().verbs, table().irregular
    found = set()
    if form in verbs:
        found |= {"VB", "VBP"}
    if form in irregular or form in _UNCHANGED or form == "born":
        found |= {"VBD", "VBN"}
    if form.endswith("ed") and by_rule(form, "VBD") in verbs:
        found |= {"VBD", "VBN"}
    if form.endswith("ing") and by_rule(form, "VBG") in verbs:
        found.add("VBG")
    if (
        form.endswith("s")
        and form != by_rule(form, "VBZ")
        and {by_rule(form, "VBZ"), form[:-1], form[:-2]} & verbs
    ):
        found.add("VBZ")
    return found
