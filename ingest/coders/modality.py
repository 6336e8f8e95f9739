"""Whether an act is told as having happened: negated, planned, imagined, long over or plain."""

import re
from datetime import date

from graph.model.event import Modality
from ingest.coders.clauses import Tree
from ingest.coders.lexicon import fold

_NEGATIONS = frozenset({"not", "n't", "n’t", "never", "neither", "nor", "no_longer"})
_FUTURE_GOVERNORS = frozenset(
    "plan schedule expect prepare intend due set going ready about plans planned scheduled expected".split()
)
_HYPOTHETICAL_GOVERNORS = frozenset(
    "consider mull contemplate weigh want hope wish fear discuss debate envisage envision propose suggest "
    "wonder ponder urge able possible likely unlikely afraid want study".split()
)
_HYPOTHETICAL_MODALS = frozenset({"could", "would", "might", "may", "should", "must", "can", "'d", "ought"})
_CONDITIONS = frozenset({"if", "unless", "whether", "lest", "in_case", "provided", "supposing", "should"})
_NEGATIVE_GOVERNORS = frozenset("fail avoid refrain prevent deny stop refuse decline".split())
_HYPOTHETICAL_NOUNS = frozenset(
    "possibility risk chance likelihood prospect danger fear potential threat plan idea event case proposal "
    "question right hope eventuality".split()
)
_FUTURE_NOUNS = frozenset("plan schedule preparation intention date readiness".split())
_FUTURE_ADJECTIVES = frozenset(
    "plan planned upcoming forthcoming scheduled future next impending imminent proposed looming expected coming".split()
)
_HYPOTHETICAL_ADJECTIVES = frozenset(
    "possible potential likely hypothetical feared suspected would-be".split()
)
_LONG_UNITS = frozenset({"year", "decade", "century", "month"})
_MONTHS = {
    name[:length]: number
    for number, name in enumerate(
        "january february march april may june july august september october november december".split(), 1
    )
    for length in (3, 4, 20)
}
_YEAR = re.compile(r"^(?:1[5-9]\d\d|20\d\d)s?$")


class ModalityReader:
    """Reads the modality of the acts of one sentence.

    Args:
        tree: The sentence.
        published: Day on which the article was published, or ``None`` when unknown.
    """

    def __init__(self, tree: Tree, *, published: date | None) -> None:
        self._tree = tree
        self._published = published

    def of(self, predicate: int, trigger: int) -> Modality:
        """Return the modality of the act of verb (or noun) ``predicate``, told at word ``trigger``."""
        chain = self._chain(predicate)
        if (trigger != predicate and self._negated_noun(trigger)) or any(self._negated(i) for i in chain[:1]):
            return Modality.NEGATION
        if self._negating_governor(chain):
            return Modality.NEGATION
        if self._hypothetical(chain) or self._hypothetical_noun(trigger):
            return Modality.HYPOTHETICAL
        if self._future(chain) or self._future_noun(trigger):
            return Modality.FUTURE
        if self._historical(chain[0], trigger):
            return Modality.HISTORICAL
        return Modality.ASSERTED

    def negated(self, predicate: int) -> bool:
        """Tell whether a predicate itself is negated."""
        return self._negated(predicate)

    def _chain(self, index: int) -> list[int]:
        """Return the predicate and those that govern it as infinitive or coordinated verb, upward."""
        chain = [index]
        words = self._tree.words
        for _ in range(4):
            word = words[chain[-1]]
            if word.head < 0:
                break
            if word.deprel == "xcomp" or (word.deprel == "conj" and not self._own_auxiliary(word.index)):
                if words[word.head].upos in ("VERB", "ADJ", "AUX", "NOUN"):
                    chain.append(word.head)
                    continue
            break
        return chain

    def _own_auxiliary(self, index: int) -> bool:
        return bool(self._tree.children(index, "aux", "aux:pass", "nsubj", "nsubj:pass"))

    def _negated(self, index: int) -> bool:
        tree = self._tree
        for word in tree.children(index):
            if word.deprel in ("advmod", "neg", "cc:preconj") and word.lemma.lower() in _NEGATIONS:
                if word.index < index and not self._only(word.index):
                    return True
            if word.deprel in ("nsubj", "obj", "nsubj:pass") and self._negated_noun(word.index):
                return True
            if word.deprel in ("case", "mark") and word.lemma.lower() == "without":
                return True
        words = tree.words
        # "has yet to agree"
        if any(w.lemma.lower() == "yet" for w in tree.children(index, "advmod")) and index >= 2:
            if words[index - 1].text.lower() == "to":
                return True
        head = words[index].head
        if words[index].deprel == "xcomp" and head >= 0 and words[head].lemma.lower() in ("have", "be"):
            return any(w.lemma.lower() == "yet" for w in tree.children(head, "advmod"))
        return False

    def _only(self, index: int) -> bool:
        words = self._tree.words
        return index + 1 < len(words) and words[index + 1].text.lower() in ("only", "just")

    def _negated_noun(self, index: int) -> bool:
        return any(
            w.lemma.lower() in ("no", "neither") for w in self._tree.children(index, "det", "advmod", "case")
        )

    def _negating_governor(self, chain: list[int]) -> bool:
        words = self._tree.words
        if any(fold(words[i].lemma) in _NEGATIVE_GOVERNORS for i in chain[1:]):
            return True
        word = words[chain[-1]]
        if word.deprel in ("advcl", "obl", "xcomp", "ccomp") and word.xpos == "VBG" and word.head >= 0:
            if self._tree.preposition(word.index) in ("from", "without"):
                return True
        return any(self._negated(i) for i in chain[1:])

    def _auxiliaries(self, index: int) -> list[str]:
        return [w.text.lower() for w in self._tree.children(index, "aux", "aux:pass", "cop")]

    def _hypothetical(self, chain: list[int]) -> bool:
        words = self._tree.words
        for place, index in enumerate(chain):
            auxiliaries = self._auxiliaries(index)
            if _HYPOTHETICAL_MODALS.intersection(auxiliaries):
                return not self._reported_future(index, auxiliaries)
            if any(w.lemma.lower() in _CONDITIONS for w in self._tree.children(index, "mark")):
                return True
            if place and fold(words[index].lemma) in _HYPOTHETICAL_GOVERNORS:
                return True
        last = words[chain[-1]]
        if last.deprel in ("advcl", "ccomp") and last.head >= 0:
            if any(w.lemma.lower() in _CONDITIONS for w in self._tree.children(last.index, "mark")):
                return True
            above = words[last.head]
            if fold(above.lemma) in _HYPOTHETICAL_GOVERNORS and last.xpos in ("VBG", "VB"):
                return True
        if last.deprel == "acl" and last.head >= 0:
            return fold(words[last.head].lemma) in _HYPOTHETICAL_NOUNS
        return False

    def _reported_future(self, index: int, auxiliaries: list[str]) -> bool:
        """Tell whether "would" reports a "will": "said it would send troops"."""
        word = self._tree.words[index]
        if not {"would", "'d"}.intersection(auxiliaries) or word.deprel != "ccomp" or word.head < 0:
            return False
        above = self._tree.words[word.head]
        conditional = any(
            w.lemma.lower() in _CONDITIONS
            for clause in self._tree.children(index, "advcl")
            for w in self._tree.children(clause.index, "mark")
        )
        return above.xpos in ("VBD", "VBN", "VBZ", "VBP") and not conditional

    def _future(self, chain: list[int]) -> bool:
        words = self._tree.words
        for place, index in enumerate(chain):
            auxiliaries = self._auxiliaries(index)
            if {"will", "'ll", "’ll", "shall", "wo", "would"}.intersection(auxiliaries):
                return True
            if place and (
                fold(words[index].lemma) in _FUTURE_GOVERNORS
                or words[index].text.lower() in _FUTURE_GOVERNORS
            ):
                return True
            if place and words[index].lemma == "be" and words[chain[place - 1]].xpos == "VB":
                return True
            if words[index].xpos == "VB" and words[index].upos == "VERB" and self._be_to(index):
                return True
        last = words[chain[-1]]
        if last.deprel in ("acl", "advcl") and last.xpos == "VB" and last.head >= 0:
            above = words[last.head]
            if above.upos == "NOUN" and fold(above.lemma) in _FUTURE_NOUNS:
                return True
        return False

    def _be_to(self, index: int) -> bool:
        """Tell whether the verb stands in "is to meet", "was to meet"."""
        words = self._tree.words
        if index < 2 or words[index - 1].text.lower() != "to":
            return False
        before = words[index - 2]
        return before.lemma.lower() == "be" and before.upos in ("AUX", "VERB")

    def _hypothetical_noun(self, index: int) -> bool:
        tree = self._tree
        if any(w.lemma.lower() in _HYPOTHETICAL_ADJECTIVES for w in tree.children(index, "amod")):
            return True
        word = tree.words[index]
        if word.deprel == "nmod" and word.head >= 0 and tree.preposition(index) in ("of", "for"):
            return fold(tree.words[word.head].lemma) in _HYPOTHETICAL_NOUNS
        return False

    def _future_noun(self, index: int) -> bool:
        tree = self._tree
        if tree.words[index].upos != "NOUN":
            return False
        if any(
            w.lemma.lower() in _FUTURE_ADJECTIVES or w.text.lower() in _FUTURE_ADJECTIVES
            for w in tree.children(index, "amod")
        ):
            return True
        return tree.preposition(index) in ("ahead_of", "before", "prior_to")

    def _historical(self, predicate: int, trigger: int) -> bool:
        tree = self._tree
        words = tree.words
        if self._past_perfect(predicate):
            return True
        for anchor in self._time_anchors(predicate, trigger):
            for word in tree.children(anchor):
                if word.deprel.partition(":")[0] not in (
                    "obl",
                    "nmod",
                    "advmod",
                    "amod",
                    "nummod",
                    "compound",
                ):
                    continue
                if word.index not in (predicate, trigger) and self._past_time(word.index):
                    return True
        return words[trigger].deprel in ("nmod", "obl") and self._past_time(trigger)

    def _time_anchors(self, predicate: int, trigger: int) -> list[int]:
        """Return the words whose time is the act's: its own, and of what its clause is part of."""
        words = self._tree.words
        anchors = [trigger, predicate]
        word = words[predicate]
        for _ in range(3):
            if word.head < 0 or word.deprel not in ("xcomp", "advcl", "conj", "acl"):
                break
            word = words[word.head]
            anchors.append(word.index)
        if (
            words[trigger].deprel in ("obj", "nsubj", "nsubj:pass", "obl", "nmod")
            and words[trigger].head >= 0
        ):
            anchors.append(words[trigger].head)
        return list(dict.fromkeys(anchors))

    def _past_perfect(self, index: int) -> bool:
        """Tell whether an act stands before the story's past: "had alleged", "had been jailed"."""
        word = self._tree.words[index]
        auxiliaries = self._tree.children(index, "aux")
        if not any(w.text.lower() in ("had", "'d") and w.xpos == "VBD" for w in auxiliaries):
            return False
        return word.deprel != "ccomp"

    def _past_time(self, index: int) -> bool:
        """Tell whether a time expression lies well before the publication day."""
        tree = self._tree
        inside = [tree.words[i] for i in tree.subtree(index)]
        if len(inside) > 9:
            return False
        texts = [w.text.lower() for w in inside]
        years = [int(text.rstrip("s")) for text in texts if _YEAR.match(text)]
        if years and (self._published is None or max(years) < self._published.year):
            return not (self._published is not None and self._near(texts, max(years)))
        if "ago" in texts and any(fold(w.lemma) in _LONG_UNITS for w in inside):
            return True
        if "last" in texts and any(fold(w.lemma) in ("year", "decade", "century") for w in inside):
            return True
        if texts in (["previously"], ["formerly"], ["historically"], ["earlier"], ["once"]):
            return True
        return self._past_month(texts)

    def _past_month(self, texts: list[str]) -> bool:
        """Tell whether words name a day or month that lies more than ten days back."""
        if self._published is None or "next" in texts:
            return False
        months = [_MONTHS[text.rstrip(".")] for text in texts if text.rstrip(".") in _MONTHS]
        if len(months) != 1 or any(_YEAR.match(text) for text in texts):
            return False
        day = next((int(text) for text in texts if text.isdigit() and 0 < int(text) < 32), None)
        if day is None:
            return months[0] != self._published.month and (self._published.month - months[0]) % 12 < 11
        return 10 < self._days_back(months[0], day) < 330

    def _days_back(self, month: int, day: int) -> int:
        assert self._published is not None
        year = self._published.year - (month > self._published.month)
        try:
            return (self._published - date(year, month, day)).days
        except ValueError:
            return 0

    def _near(self, texts: list[str], year: int) -> bool:
        """Tell whether a full date of the year before lies less than ten days back."""
        assert self._published is not None
        if year != self._published.year - 1 or self._published.month != 1:
            return False
        months = [_MONTHS[text.rstrip(".")] for text in texts if text.rstrip(".") in _MONTHS]
        day = next((int(text) for text in texts if text.isdigit() and 0 < int(text) < 32), None)
        return bool(months) and day is not None and self._days_back(months[0], day) <= 10
