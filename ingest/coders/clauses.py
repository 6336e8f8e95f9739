"""A sentence as a tree, and its clauses: who is whose subject, object and complement.

What Universal Dependencies leave implicit is filled in here: the subject that coordinated verbs
share, the one that an infinitive or a participle takes from its governor, the antecedent of a
relative clause, and the object that a passive makes its subject.
"""

from dataclasses import dataclass, field

from ingest.coders.lexicon import fold
from ingest.language.annotation import Sentence, Word

_RELATIVE = frozenset({"who", "whom", "which", "that", "whose"})
_QUANTIFIERS = frozenset(
    "dozen score hundred thousand million number majority handful group couple series round wave spate string "
    "most some many all both half part rest member set kind sort type list total ton lot percent each one any "
    "several none few tens pair bunch act form outbreak threat".split()
)
_SUBJECT_CONTROL = frozenset(
    "promise vow threaten pledge agree refuse offer decline plan try attempt seek want fail continue begin start "
    "manage swear undertake decide need have".split()
)


@dataclass(frozen=True, slots=True)
class Clause:
    """The arguments of one predicate, as positions of their head words.

    Attributes:
        head: The verb, adjective or noun that predicates.
        subjects: Who does it; of a passive, its agent.
        objects: To whom or what; of a passive, its subject.
        indirect: Indirect objects.
        obliques: (preposition, head), such as ``("with", 7)``; also what hangs on the object.
        complements: Heads of infinitives and of clauses that complete it.
        passive: It stands in the passive.
        governor: The predicate that this one took its subject from, or -1.
    """

    head: int
    subjects: tuple[int, ...] = ()
    objects: tuple[int, ...] = ()
    indirect: tuple[int, ...] = ()
    obliques: tuple[tuple[str, int], ...] = ()
    complements: tuple[int, ...] = ()
    passive: bool = False
    governor: int = -1

    def slot(self, name: str) -> tuple[int, ...]:
        """Return the heads that fill slot ``name``: subj, obj, iobj or a preposition."""
        if name == "subj":
            return self.subjects
        if name == "obj":
            return self.objects
        if name == "iobj":
            return self.indirect
        return tuple(head for preposition, head in self.obliques if preposition == name)


@dataclass(slots=True)
class Tree:
    """A sentence with its dependencies at hand."""

    sentence: Sentence
    words: tuple[Word, ...] = ()
    _children: list[list[Word]] = field(default_factory=list)
    _clauses: dict[int, Clause] = field(default_factory=dict)
    _names: dict[int, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.words = self.sentence.words
        self._children = [[] for _ in self.words]
        for word in self.words:
            if 0 <= word.head < len(self.words) and word.head != word.index:
                self._children[word.head].append(word)
        for name in self.sentence.names:
            for index in range(name.first, name.last + 1):
                self._names[index] = name.kind

    def children(self, index: int, *relations: str) -> list[Word]:
        """Return the dependents of a word, of the relations named (all if none is), in order."""
        if not relations:
            return self._children[index]
        return [w for w in self._children[index] if w.deprel in relations]

    def governors(self, index: int) -> list[int]:
        """Return the words that a word hangs on, the nearest first."""
        above: list[int] = []
        head = self.words[index].head
        while head >= 0 and head not in above:
            above.append(head)
            head = self.words[head].head
        return above

    def name_kind(self, index: int) -> str | None:
        """Return the kind of the name that the word is part of, or ``None``."""
        return self._names.get(index)

    def key(self, index: int) -> str:
        """Return the lexicon key of a word: its lemma, joined with what a hyphen ties to it."""
        words = self.words
        key = words[index].lemma
        if index >= 2 and words[index - 1].text == "-" and self._joined(index - 2, index):
            return fold(words[index - 2].text + key)
        if index + 2 < len(words) and words[index + 1].text == "-" and self._joined(index, index + 2):
            if len(words[index + 2].text) <= 4:
                return fold(key + words[index + 2].text)
        return fold(key)

    def _joined(self, first: int, last: int) -> bool:
        return self.words[last].span.start - self.words[first].span.end == 1

    def conjuncts(self, index: int) -> tuple[int, ...]:
        """Return a word and what is coordinated with it, in order."""
        found = [index]
        for word in self._children[index]:
            if word.deprel == "conj" and _kin(self.words[index], word):
                found.extend(self.conjuncts(word.index))
        return tuple(found)

    def preposition(self, index: int) -> str:
        """Return the preposition of a nominal, such as ``with`` or ``out_of``; ``""`` for none."""
        parts = []
        for word in self._children[index]:
            if (
                word.deprel in ("case", "mark")
                and word.index < index
                and word.text not in ("'s", "’s", "'", "’")
            ):
                parts.append(word.text.lower())
                parts.extend(w.text.lower() for w in self.children(word.index, "fixed"))
        return "_".join(parts)

    def content(self, index: int) -> int:
        """Return the word that tells what a phrase is about: "dozens of people" → people."""
        for _ in range(2):
            word = self.words[index]
            if fold(word.lemma) not in _QUANTIFIERS and word.upos != "NUM":
                return index
            below = [w.index for w in self.children(index, "nmod") if self.preposition(w.index) == "of"]
            if not below:
                return index
            index = below[0]
        return index

    def subtree(self, index: int) -> list[int]:
        """Return a word and all that hangs on it, in order."""
        found, stack = [], [index]
        while stack:
            top = stack.pop()
            found.append(top)
            stack.extend(w.index for w in self._children[top])
        return sorted(found)

    def clause(self, index: int) -> Clause:
        """Return the clause of a predicate."""
        if index not in self._clauses:
            self._clauses[index] = Clause(index)  # ends circles
            self._clauses[index] = self._build(index)
        return self._clauses[index]

    def _build(self, index: int) -> Clause:
        word = self.words[index]
        subjects = [w.index for w in self.children(index, "nsubj", "csubj", "nsubj:outer")]
        objects = [w.index for w in self.children(index, "obj")]
        indirect = [w.index for w in self.children(index, "iobj")]
        passive_subjects = [w.index for w in self.children(index, "nsubj:pass", "csubj:pass")]
        passive = bool(passive_subjects or self.children(index, "aux:pass"))
        obliques = self._obliques(index)
        governor = -1
        head = self.words[word.head] if word.head >= 0 else None
        inherits = not subjects and not passive_subjects and head is not None
        if inherits and head is not None:
            passive = passive or self._silent_passive(word, head, bool(objects))
        agents = [i for p, i in obliques if p == "by" and self._agent(i)] if passive else []
        if passive:
            obliques = [(p, i) for p, i in obliques if i not in agents]
        if passive_subjects:
            if objects and not indirect:
                indirect = passive_subjects
            else:
                objects = passive_subjects + objects
        if inherits and head is not None:
            taken, governor = self._borrowed(word, head)
            if passive:
                objects = objects or list(taken)
            else:
                subjects = list(taken)
        if passive:
            subjects = agents
        subjects = self._antecedents(word, subjects)
        objects = self._antecedents(word, objects)
        if word.deprel == "acl:relcl" and subjects and not objects and word.head not in subjects:
            if self._gap(word):
                objects = [word.head]
        objects = objects or self._shared_object(word)
        for item in list(objects):
            obliques.extend(
                (p, i) for p, i in self._obliques(item) if p and i not in {j for _, j in obliques}
            )
        return Clause(
            head=index,
            subjects=self._spread(subjects),
            objects=self._spread(objects),
            indirect=self._spread(indirect),
            obliques=tuple((p, j) for p, i in obliques for j in self.conjuncts(i)),
            complements=self._complements(index),
            passive=passive,
            governor=governor,
        )

    def _spread(self, heads: list[int]) -> tuple[int, ...]:
        spread: list[int] = []
        for head in heads:
            spread.extend(i for i in self.conjuncts(head) if i not in spread)
        return tuple(spread)

    def _obliques(self, index: int) -> list[tuple[str, int]]:
        found = []
        for word in self._children[index]:
            relation = word.deprel.partition(":")[0]
            if (relation in ("obl", "nmod") and word.deprel != "nmod:poss") or relation in ("advcl", "acl"):
                preposition = self.preposition(word.index)
                if relation in ("advcl", "acl") and (word.xpos != "VBG" or not preposition):
                    continue
                if word.deprel == "obl:agent":
                    preposition = "by"
                found.append((preposition, word.index))
        return found

    def _agent(self, index: int) -> bool:
        return self.words[index].upos in ("NOUN", "PROPN", "PRON", "NUM", "ADJ", "DET", "X")

    def _silent_passive(self, word: Word, head: Word, has_object: bool) -> bool:
        if word.xpos != "VBN" or self.children(word.index, "aux"):
            return False
        if word.deprel == "acl":
            return True
        if word.deprel == "advcl":
            return not has_object
        return word.deprel == "conj" and self.clause(head.index).passive and not has_object

    def _borrowed(self, word: Word, head: Word) -> tuple[tuple[int, ...], int]:
        """Return the understood subject of a verb without one, and the predicate it comes from."""
        if word.deprel == "conj" and head.upos in ("VERB", "ADJ", "AUX", "NOUN"):
            above = self.clause(head.index)
            same = above.passive and word.xpos == "VBN" and not self.children(word.index, "aux")
            if above.passive and not same and not above.subjects:
                return above.objects, head.index
            return (above.objects if above.passive else above.subjects), head.index
        if word.deprel == "acl" and word.xpos in ("VBG", "VBN"):
            return (head.index,), head.index
        if word.deprel == "acl":
            owners = [w.index for w in self.children(head.index, "nmod:poss")]
            if owners:
                return tuple(owners), head.index
            if head.deprel in ("obj", "obl", "nsubj:pass") and head.head >= 0:
                return self.clause(head.head).subjects, head.head
            return (), head.index
        if word.deprel in ("xcomp", "advcl", "ccomp"):
            return self._controller(word, head), head.index
        return (), -1

    def _controller(self, word: Word, head: Word) -> tuple[int, ...]:
        above = self.clause(head.index)
        if word.deprel == "ccomp" and word.xpos not in ("VB", "VBG"):
            return ()
        if word.xpos == "VBG" and self.preposition(word.index) in ("of", "for", "from") and above.objects:
            return above.objects  # "accused them of shelling"
        infinitive = any(w.text.lower() == "to" for w in self.children(word.index, "mark"))
        if word.deprel == "xcomp" or infinitive:
            key = fold(head.lemma)
            if key not in _SUBJECT_CONTROL or above.passive:
                if above.indirect:
                    return above.indirect
                if above.objects:
                    return above.objects
            for preposition, index in above.obliques:
                if preposition in ("on", "upon", "for", "with", "to") and index < word.index:
                    if self._agent(index) and key in ("call", "appeal", "plead", "wait", "lean", "prevail"):
                        return (index,)
        if above.passive:
            return above.objects
        return above.subjects

    def _antecedents(self, word: Word, heads: list[int]) -> list[int]:
        relative = word
        for _ in range(3):
            if relative.deprel in ("acl:relcl", "advcl:relcl") or relative.head < 0:
                break
            relative = self.words[relative.head]
        if relative.deprel != "acl:relcl":
            return heads
        out = []
        for index in heads:
            item = self.words[index]
            if item.lemma.lower() in _RELATIVE and item.upos in ("PRON", "DET", "SCONJ"):
                out.append(relative.head)
            else:
                out.append(index)
        return out

    def _gap(self, word: Word) -> bool:
        """Tell whether a relative clause's antecedent is its object ("the man police arrested")."""
        for child in self._children[word.index]:
            if child.lemma.lower() in _RELATIVE and child.deprel.partition(":")[0] in (
                "obl",
                "advmod",
                "nsubj",
            ):
                return False
            if child.lemma.lower() in ("where", "when", "why"):
                return False
        return not self.children(word.index, "xcomp", "ccomp") and word.xpos != "VBG"

    def _shared_object(self, word: Word) -> list[int]:
        """Return the object that a bare coordinated verb shares with its neighbour."""
        if word.upos != "VERB" or self.children(word.index, "obl", "xcomp", "ccomp", "obl:agent"):
            return []
        if word.deprel == "conj" and word.head >= 0 and self.words[word.head].upos == "VERB":
            later = [w.index for w in self.children(word.head, "obj") if w.index > word.index]
            if later:
                return later
        for other in self.children(word.index, "conj"):
            between = self.words[word.index + 1 : other.index]
            if other.upos == "VERB" and all(w.upos in ("CCONJ", "ADV", "PUNCT") for w in between):
                if not self.children(other.index, "nsubj", "nsubj:pass"):
                    return [w.index for w in self.children(other.index, "obj")]
        return []

    def _complements(self, index: int) -> tuple[int, ...]:
        found = [w.index for w in self.children(index, "xcomp", "ccomp")]
        if not found:
            for word in self.children(index, "advcl", "acl", "parataxis"):
                if word.index > index and any(
                    w.text.lower() == "to" for w in self.children(word.index, "mark")
                ):
                    found.append(word.index)
        spread: list[int] = []
        for head in found:
            spread.extend(self.conjuncts(head))
        return tuple(spread)


def _kin(first: Word, second: Word) -> bool:
    """Tell whether two coordinated words can share a role."""
    nominal = ("NOUN", "PROPN", "PRON", "NUM", "DET", "ADJ", "X", "SYM")
    return (first.upos in nominal) == (second.upos in nominal)
