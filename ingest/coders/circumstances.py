"""Where and when: place and time phrases that hang on an act's clause."""

import re

from ingest.coders.candidate import Candidate
from ingest.coders.clauses import Tree
from ingest.coders.lexicon import fold
from ingest.coders.raw_mention import WordRange

_PLACE_PREPOSITIONS = frozenset(
    "in at near inside outside across around on along into to from throughout off over between beside "
    "north south east west outside_of close_to".split()
)
_TIME_WORDS = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august "
    "september october november december jan feb mar apr jun jul aug sep sept oct nov dec today yesterday "
    "tomorrow tonight now recently day week month year decade century weekend morning afternoon evening night "
    "hour minute fortnight spring summer autumn winter noon midnight dawn dusk earlier ago later previously".split()
)
_YEAR = re.compile(r"^(?:1[5-9]\d\d|20\d\d)s?$")


def places(tree: Tree, candidate: Candidate) -> tuple[WordRange, ...]:
    """Return the place phrases of an act's clause, the closest to its words first."""
    found: list[tuple[int, WordRange]] = []
    taken = set(candidate.initiators) | set(candidate.recipients)
    for distance, anchor in enumerate(_anchors(tree, candidate)):
        for word in tree.children(anchor):
            if word.deprel.partition(":")[0] not in ("obl", "nmod", "appos") or word.index in taken:
                continue
            preposition = tree.preposition(word.index).split("_")[0]
            if preposition not in _PLACE_PREPOSITIONS or not _is_place(tree, word.index):
                continue
            weak = 10 if preposition in ("to", "from", "between", "over") else 0
            found.append((distance + weak, _phrase(tree, word.index)))
    return tuple(dict.fromkeys(phrase for _, phrase in sorted(found, key=lambda pair: pair[0])))


def times(tree: Tree, candidate: Candidate) -> tuple[WordRange, ...]:
    """Return the time expressions of an act's clause, the closest to its words first."""
    found: list[WordRange] = []
    for anchor in _anchors(tree, candidate):
        for word in tree.children(anchor):
            if word.deprel.partition(":")[0] not in ("obl", "nmod", "advmod", "nummod", "amod"):
                continue
            if is_time(tree, word.index):
                found.append(_phrase(tree, word.index))
    return tuple(dict.fromkeys(found))


def is_time(tree: Tree, index: int) -> bool:
    """Tell whether a phrase tells when."""
    word = tree.words[index]
    if _YEAR.match(word.text) or word.text.lower().rstrip(".") in _TIME_WORDS:
        return True
    return word.upos in ("NOUN", "PROPN", "ADV") and fold(word.lemma) in _TIME_WORDS


def _anchors(tree: Tree, candidate: Candidate) -> list[int]:
    anchors = [candidate.word, candidate.predicate]
    clause = tree.clause(candidate.predicate)
    anchors.extend(clause.objects)
    anchors.extend(i for i in clause.complements if tree.words[i].deprel == "xcomp")
    word = tree.words[candidate.predicate]
    for _ in range(2):
        if word.deprel in ("xcomp", "conj", "acl:relcl") and word.head >= 0 and word.deprel != "acl:relcl":
            anchors.append(word.head)
            word = tree.words[word.head]
    if (
        tree.words[candidate.word].deprel in ("obl", "nsubj", "nsubj:pass", "obj")
        and tree.words[candidate.word].head >= 0
    ):
        anchors.append(tree.words[candidate.word].head)
    return list(dict.fromkeys(anchors))


def _is_place(tree: Tree, index: int) -> bool:
    word = tree.words[index]
    if is_time(tree, index):
        return False
    inside = tree.subtree(index)
    if any(tree.name_kind(i) == "place" for i in inside if abs(i - index) < 8):
        return True
    return word.upos == "PROPN" and tree.name_kind(index) in (None, "place", "other")


def _phrase(tree: Tree, index: int) -> WordRange:
    inside = set()
    stack = [index]
    while stack:
        top = stack.pop()
        inside.add(top)
        for word in tree.children(top):
            if word.deprel in (
                "acl",
                "acl:relcl",
                "conj",
                "cc",
                "case",
                "advcl",
                "parataxis",
                "punct",
                "mark",
            ):
                continue
            stack.append(word.index)
    first = last = index
    while first - 1 in inside or (
        first - 2 in inside and tree.words[first - 1].text in (",", "-", "of", "'s")
    ):
        first -= 1
    while last + 1 in inside or (
        last + 2 in inside and tree.words[last + 1].text in (",", "-", "of", "'s", "in")
    ):
        last += 1
    return WordRange(tree.sentence.index, first, last)
