"""Whether a lexicon entry's conditions hold of a clause or a noun, and what fills their slots."""

from ingest.coders.clauses import Clause, Tree
from ingest.coders.lexicon import Condition, fold
from ingest.coders.participants import Participants


class Conditions:
    """Reads slots and tests conditions on one sentence."""

    def __init__(self, tree: Tree, participants: Participants) -> None:
        self._tree = tree
        self._participants = participants

    def opened(self, clause: Clause) -> Clause:
        """Return a clause whose two-word prepositions fill both slots: "out of" → of."""
        obliques = list(clause.obliques)
        for preposition, index in clause.obliques:
            if "_" in preposition:
                obliques.append((preposition.rsplit("_", 1)[1], index))
        return Clause(
            clause.head,
            clause.subjects,
            clause.objects,
            clause.indirect,
            tuple(obliques),
            clause.complements,
            clause.passive,
            clause.governor,
        )

    def particles(self, index: int, particle: tuple[str, ...]) -> tuple[int, ...] | None:
        """Return where a verb's particle stands, or ``None`` when it is not there."""
        tree = self._tree
        found: list[int] = []
        for wanted in particle:
            for word in tree.words[max(0, index - 3) : index + 8]:
                near = word.head == index or (
                    0 <= word.head < len(tree.words)
                    and tree.words[word.head].head == index
                    and word.deprel in ("case", "advmod", "fixed", "obj", "obl", "compound", "det", "nmod")
                )
                if word.index != index and near and wanted in (word.text.lower(), word.lemma.lower()):
                    if word.index < index and word.deprel not in ("advmod",):
                        continue
                    found.append(word.index)
                    break
            else:
                return None
        return tuple(found)

    def _to(self, index: int) -> bool:
        return any(w.text.lower() == "to" for w in self._tree.children(index, "mark", "aux"))

    def holds(self, condition: Condition, clause: Clause) -> bool:
        """Tell whether a condition holds of a clause."""
        heads = [i for slot in condition.slots for i in self._slot(slot, clause)]
        if condition.lemmas or condition.kinds:
            fits = any(self.fits(condition, i) for i in heads)
            return fits != condition.negated
        return bool(heads) != condition.negated

    def _slot(self, slot: str, clause: Clause) -> tuple[int, ...]:
        tree = self._tree
        if slot == "any":
            return tuple(i for i in tree.subtree(clause.head) if i != clause.head)
        if slot == "inf":
            return tuple(i for i in clause.complements if tree.words[i].xpos == "VB" and self._to(i))
        if slot in ("xcomp", "ccomp"):
            wanted = ("xcomp", "advcl", "acl", "conj") if slot == "xcomp" else ("ccomp", "conj", "parataxis")
            return tuple(i for i in clause.complements if tree.words[i].deprel in wanted)
        return self.opened(clause).slot(slot)

    def fits(self, condition: Condition, index: int) -> bool:
        """Tell whether a phrase's head is what a condition wants."""
        tree = self._tree
        content = tree.content(index)
        for place in dict.fromkeys((content, index)):
            word = tree.words[place]
            if tree.key(place) in condition.lemmas or fold(word.lemma) in condition.lemmas:
                return True
            if word.text.lower() in condition.lemmas:
                return True
        word = tree.words[content]
        kind = tree.name_kind(content)
        if "name" in condition.kinds and (word.upos == "PROPN" or kind or self._pronoun(index)):
            return True
        if "person" in condition.kinds:
            return kind == "person" or word.lemma.lower() in ("he", "she", "him", "her")
        if kind in condition.kinds:
            return True
        return "num" in condition.kinds and tree.words[index].upos == "NUM"

    def _pronoun(self, index: int) -> bool:
        word = self._tree.words[index]
        return word.upos == "PRON" and self._participants.names_someone(index)

    def noun_holds(self, condition: Condition, noun: int, clause: Clause) -> bool:
        """Tell whether a condition holds of a noun; ``clause`` is its light verb's, or its own empty one."""
        heads = [i for slot in condition.slots for i in self.noun_slot(slot, noun, clause)]
        if condition.lemmas or condition.kinds:
            return any(self.fits(condition, i) for i in heads) != condition.negated
        return bool(heads) != condition.negated

    def noun_slot(self, slot: str, noun: int, clause: Clause) -> tuple[int, ...]:
        """Return what fills slot ``slot`` of a noun, in its own phrase and then in its light verb's clause."""
        tree = self._tree
        if slot == "any":
            return tuple(i for i in tree.subtree(noun) if i != noun)
        if slot == "poss":
            return tuple(i for w in tree.children(noun, "nmod:poss") for i in tree.conjuncts(w.index))
        if slot == "adj":
            return self._participants.before(noun)
        if slot in ("comp", "amod"):
            return tuple(w.index for w in tree.children(noun, "amod", "compound", "nmod") if w.index < noun)
        if slot == "xcomp":
            return tuple(w.index for w in tree.children(noun, "acl", "xcomp", "ccomp"))
        if slot in ("subj", "obj", "iobj"):
            return clause.slot(slot) if clause.head != noun else ()
        own = [
            i
            for w in tree.children(noun, "nmod", "obl", "acl", "advcl")
            if self._preposition(w.index) == slot
            for i in tree.conjuncts(w.index)
        ]
        if clause.head != noun:
            own.extend(i for i in self.opened(clause).slot(slot) if i not in own and i != noun)
        return tuple(own)

    def _preposition(self, index: int) -> str:
        return self._tree.preposition(index).rsplit("_", 1)[-1]
