"""Which words name a participant: phrase extents, coordination, and who stands behind a thing."""

from collections.abc import Iterable

from ingest.coders.clauses import Clause, Tree
from ingest.coders.lexicon import Lexicon, fold
from ingest.coders.raw_mention import WordRange

_LEFT_OUT = frozenset(
    "acl:relcl acl advcl advcl:relcl parataxis cc punct case mark discourse ccomp xcomp nsubj cop aux csubj "
    "obl:tmod obl:unmarked nmod:tmod nmod:unmarked dep orphan reparandum advmod obl nsubj:pass expl".split()
)
"""Relations that end a participant's phrase; ``conj`` and ``appos`` are handled apart."""

_JOINING = frozenset({"nmod", "amod", "compound", "flat", "nummod"})
"""Relations whose words may be coordinated inside a phrase."""

_KEPT_PREPOSITIONS = frozenset({"of", "for", "from", "in", "at", "to", "with"})
_PERSONAL = frozenset(
    "he she it they we i you him her them us me who himself herself itself themselves ourselves one".split()
)
_LIGHT_HEADS = frozenset(
    "number dozen score hundred thousand million majority member group some many several most all others other "
    "more people any none handful both two three four five six seven eight nine ten half those".split()
)
_AGENTIVE = ("ist", "man", "men", "woman", "women", "ian", "crat", "eer")
DEMONYM_ENDINGS = ("an", "ese", "ish", "ch", "i", "sh", "ic", "ean", "ine", "ss")
_NOT_NATIONAL = frozenset(
    "american christmas christian muslim jewish roman catholic sunni shiite shia kurdish".split()
) - {"american", "kurdish"}


class Participants:
    """Finds the participants of a sentence's clauses."""

    def __init__(self, tree: Tree, lexicon: Lexicon) -> None:
        self._tree = tree
        self._people = lexicon.classes["person"] | lexicon.classes["group"] | lexicon.classes["force"]

    def names_someone(self, index: int) -> bool:
        """Tell whether a phrase's head can act or be acted on: a name, a person, a group, a pronoun."""
        word = self._tree.words[index]
        if word.upos == "PROPN" or self._tree.name_kind(index):
            return not is_time_name(word.text)
        if word.upos == "PRON":
            return word.lemma.lower() in _PERSONAL or word.lemma.lower() in (
                "those",
                "others",
                "someone",
                "everyone",
            )
        lemma = fold(word.lemma)
        if lemma.isdigit() and len(lemma) == 4:
            return False  # a year
        if lemma in self._people or self._tree.key(index) in self._people:
            return True
        if lemma in _LIGHT_HEADS or word.upos == "NUM":
            content = self._tree.content(index)
            return content == index or self.names_someone(content)
        if word.upos == "NOUN" and lemma.endswith(_AGENTIVE):
            return True
        if word.upos == "ADJ":
            return any(w.lemma == "the" for w in self._tree.children(index, "det"))
        return False

    def extent(self, index: int) -> tuple[int, int]:
        """Return first and last word of the phrase of ``index``, clauses and coordination left out."""
        tree = self._tree
        inside = {index}
        stack = [index]
        while stack:
            top = stack.pop()
            for word in tree.children(top):
                counted = (
                    tree.words[top].upos == "NUM" or tree.words[top].deprel == "nummod" or self._counts(top)
                )
                if word.deprel in _LEFT_OUT and not (
                    counted and word.deprel in ("advmod", "obl", "cc", "case")
                ):
                    continue
                if word.deprel == "conj" and (top == index or tree.words[top].deprel not in _JOINING):
                    continue
                if word.deprel == "appos" and not self._keeps_apposition(top, word.index):
                    continue
                if word.deprel == "nmod":
                    preposition = tree.preposition(word.index)
                    if preposition not in _KEPT_PREPOSITIONS or not self._keeps_nmod(preposition, word.index):
                        continue
                inside.update(self._with_marks(word.index))
                stack.append(word.index)
        first = last = index
        while first - 1 in inside or self._bridge(first - 1, inside, -1):
            first -= 1
        while last + 1 in inside or self._bridge(last + 1, inside, 1):
            last += 1
        while (
            first < index and tree.words[first].upos in ("PUNCT", "CCONJ", "ADP") and not self._counts(first)
        ):
            first += 1
        while last > index and tree.words[last].upos in ("PUNCT", "CCONJ", "ADP"):
            last -= 1
        return first, last

    def _counts(self, index: int) -> bool:
        """Tell whether a word belongs to a number: "at least 12", "between 10 and 20"."""
        word = self._tree.words[index]
        for _ in range(3):
            if word.head < 0:
                return False
            word = self._tree.words[word.head]
            if word.upos == "NUM":
                return True
        return False

    def _with_marks(self, index: int) -> set[int]:
        return {index} | {w.index for w in self._tree.children(index, "case", "punct")}

    def _bridge(self, index: int, inside: set[int], step: int) -> bool:
        """Tell whether punctuation or a quantity's words at ``index`` lie between words inside."""
        if not 0 <= index < len(self._tree.words):
            return False
        word = self._tree.words[index]
        if word.text in ("-", ",", "'s", "’s", '"', "“", "”", "'", "’", ".", "&", "/"):
            return index + step in inside
        if word.upos in ("CCONJ", "ADV", "ADP"):
            return index + step in inside and self._tree.words[index].head in inside
        return False

    def _keeps_apposition(self, head: int, index: int) -> bool:
        return self.names_someone(index) and abs(index - head) < 12

    def _keeps_nmod(self, preposition: str, index: int) -> bool:
        if preposition == "of":
            return True
        if preposition in ("to", "with"):
            return self._tree.words[index].upos == "PROPN"
        return self._tree.words[index].upos in ("PROPN", "NOUN") and not is_time_name(
            self._tree.words[index].text
        )

    def range(self, index: int) -> WordRange:
        """Return the phrase of ``index`` as a word range."""
        first, last = self.extent(index)
        return WordRange(self._tree.sentence.index, first, last)

    def behind(self, index: int, *, depth: int = 3) -> tuple[int, ...]:
        """Return who stands behind a thing: "Russia's decision" → Russia, "a bill by Labour" → Labour."""
        tree = self._tree
        if depth == 0:
            return ()
        if self.names_someone(index):
            return (index,)
        for relation in ("nmod:poss", "compound", "amod"):
            for word in tree.children(index, relation):
                if relation == "nmod:poss" or self.national(word.index):
                    found = [
                        i for i in tree.conjuncts(word.index) if self.names_someone(i) or self.national(i)
                    ]
                    if found:
                        return tuple(found)
        for preposition in ("by", "of", "against", "on", "from", "in", "between", "with", "to"):
            for word in tree.children(index, "nmod"):
                if tree.preposition(word.index) == preposition:
                    inner = [j for i in tree.conjuncts(word.index) for j in self.behind(i, depth=depth - 1)]
                    if inner:
                        return tuple(inner)
        return ()

    def national(self, index: int) -> bool:
        """Tell whether a modifier names a nation or an actor: Russian, Kremlin, police, rebel."""
        word = self._tree.words[index]
        if word.deprel == "compound" and fold(word.lemma) in self._people:
            return True
        if self._tree.name_kind(index) in ("place", "organization"):
            return True
        if word.text[:1].isupper() and word.upos in ("ADJ", "PROPN") and not is_time_name(word.text):
            lower = word.text.lower()
            return (word.upos == "PROPN" or lower.endswith(DEMONYM_ENDINGS)) and lower not in _NOT_NATIONAL
        return False

    def before(self, index: int) -> tuple[int, ...]:
        """Return the nations or actors before a noun: "Israeli-Palestinian talks", "US-led invasion"."""
        tree = self._tree
        found: list[int] = []
        for word in tree.children(index, "amod", "compound", "nmod", "nmod:unmarked"):
            if word.index > index:
                continue
            inner = [word.index, *(w.index for w in tree.children(word.index) if w.deprel != "punct")]
            if word.lemma.lower() in ("lead", "led", "back", "backed", "make", "sponsor", "broker"):
                inner = [i for i in inner[1:] if word.lemma.lower() in ("lead", "led", "sponsor", "broker")]
            found.extend(i for i in inner if self.national(i) and i not in found)
        return tuple(sorted(found))

    def filled(self, clause: Clause, slots: Iterable[str]) -> tuple[int, ...]:
        """Return the heads of the first of ``slots`` that names someone, else who stands behind one."""
        wanted = list(slots)
        for slot in wanted:
            found = tuple(i for i in clause.slot(slot) if self.names_someone(self._tree.content(i)))
            if found:
                return found
        for slot in wanted:
            for index in clause.slot(slot):
                found = self.behind(index)
                if found:
                    return found
        return ()


_TIMES = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august "
    "september october november december today yesterday tomorrow morning evening christmas easter ramadan".split()
)


def is_time_name(text: str) -> bool:
    """Tell whether a capitalised word is a weekday, a month or a feast rather than a name."""
    return text.lower().rstrip(".") in _TIMES
