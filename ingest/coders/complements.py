"""Acts about acts: agreed to withdraw, threatened sanctions, said it would send troops."""

from collections.abc import Sequence

from graph.model.event import Modality
from ingest.coders.candidate import Candidate
from ingest.coders.clauses import Clause, Tree
from ingest.coders.lexicon import Lexicon, fold
from ingest.coders.modality import ModalityReader
from ingest.coders.participants import Participants

CONFLICT = frozenset({"ACCUSE", "REJECT", "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"})
_SPEECH = frozenset(
    "say announce tell add declare confirm state indicate insist pledge vow promise warn report stress reiterate "
    "reply respond hint signal decide assure note claim make believe think".split()
)
_SPEAKERS = frozenset({"it", "he", "she", "they", "we", "i"})
_POINTING = frozenset({"ACCUSE", "SUPPORT", "REJECT", "THREATEN", "CONSULT"})
_NOUN_SLOTS = ("of", "for", "to", "with", "on", "against", "from")


class Complements:
    """Joins the acts of one sentence that stand in another act's scope.

    Args:
        tree: The sentence.
        people: Tells who can take part.
        lexicon: Its ``operators`` say which act comes of an operator and the act in its scope.
        modality: Reads negation.
    """

    def __init__(self, tree: Tree, lexicon: Lexicon, people: Participants, modality: ModalityReader) -> None:
        self._tree = tree
        self._people = people
        self._lexicon = lexicon
        self._modality = modality

    def join(self, candidates: Sequence[Candidate]) -> list[Candidate]:
        """Return the acts with operators applied and what they swallow left out."""
        for candidate in reversed(candidates):  # the innermost stands to the right
            if candidate.operator and not candidate.dropped:
                self._apply(candidate, candidates)
        for candidate in candidates:
            if not candidate.dropped and not candidate.operator:
                self._spoken(candidate)
        for candidate in candidates:
            if not candidate.dropped:
                self._point(candidate, candidates)
        return [candidate for candidate in candidates if not candidate.dropped]

    def _scope(self, candidate: Candidate, candidates: Sequence[Candidate]) -> list[Candidate]:
        """Return the acts in a candidate's scope, the closest first."""
        tree = self._tree
        clause = tree.clause(candidate.predicate)
        heads: list[int] = []
        if candidate.construction == "verb":
            heads.extend(clause.complements)
            heads.extend(tree.content(i) for i in clause.objects)
            heads.extend(tree.content(i) for p, i in clause.obliques if p.rsplit("_", 1)[-1] in _NOUN_SLOTS)
        else:
            for word in tree.children(candidate.word, "acl", "xcomp", "ccomp", "nmod"):
                if word.deprel != "nmod" or tree.preposition(word.index) in ("of", "for", "to"):
                    heads.extend(tree.content(i) for i in tree.conjuncts(word.index))
        found: list[Candidate] = []
        for head in heads:
            for inner in (head, *self._within(head)):
                for other in candidates:
                    if other is candidate or other.dropped or other in found:
                        continue
                    if inner in other.anchors and not candidate.anchors & other.anchors:
                        found.append(other)
        return found

    def _within(self, head: int) -> list[int]:
        """Return what a complement's head leads to: "begin talks", "an end to the fighting"."""
        tree = self._tree
        inner = [w.index for w in tree.children(head, "xcomp")]
        if fold(tree.words[head].lemma) in (
            "end",
            "halt",
            "stop",
            "start",
            "resumption",
            "return",
            "cessation",
        ):
            inner += [w.index for w in tree.children(head, "nmod", "obl", "obj")]
        return inner

    def _apply(self, candidate: Candidate, candidates: Sequence[Candidate]) -> None:
        if candidate.operator == "frame":
            for other in candidates:
                if other is not candidate and other.word in candidate.anchors:
                    other.dropped = True
            return
        scope = self._scope(candidate, candidates)
        if candidate.operator == "claim":
            for inner in scope:
                inner.position = "claimed"
                if not inner.initiators and inner.type in CONFLICT:
                    inner.initiators = tuple(i for i in candidate.recipients if i not in inner.recipients)
            return
        if not scope:
            candidate.position = candidate.position or "empty"
            self._address(candidate)
            return
        inner = scope[0]
        negated = self._modality.negated(inner.predicate)
        self._become(candidate, inner, negated)
        if not candidate.recipients:
            others = inner.initiators if candidate.operator == "request" else ()
            others = tuple(i for i in others if i not in candidate.initiators)
            others = others or tuple(
                i for i in inner.recipients + inner.initiators if i not in candidate.initiators
            )
            candidate.recipients = others
        if not candidate.recipients:
            self._address(candidate)
        candidate.rule += f">{inner.rule}"
        for other in scope:
            other.dropped = True
            for further in self._scope(other, candidates):
                further.dropped = True

    def _address(self, candidate: Candidate) -> None:
        """Find at whom an operator is directed in what it governs: "demanded that Hamas renounce"."""
        if candidate.construction != "verb" or candidate.recipients:
            return
        tree = self._tree
        for head in tree.clause(candidate.predicate).complements:
            inner = tree.clause(head)
            slots = ("subj", "obj") if candidate.operator == "request" else ("obj",)
            for slot in (*slots, "with", "to", "against", "on", "from", "at", "for", "of"):
                heads = tuple(i for i in inner.slot(slot) if tree.content(i) not in candidate.initiators)
                found = self._people.filled(Clause(head, subjects=heads), ("subj",))
                found = tuple(i for i in found if i not in candidate.initiators)
                if found:
                    candidate.recipients = found
                    return

    def _become(self, candidate: Candidate, inner: Candidate, negated: bool) -> None:
        table = self._lexicon.operators
        operator = candidate.operator
        made = table.get((operator, f"{inner.type}/{inner.mode}")) or table.get((operator, inner.type))
        if negated and inner.type in CONFLICT:
            made = {
                "promise": ("CONCEDE", "", "080"),
                "request": ("REQUEST", "yield", "105"),
            }.get(operator, made)
        if negated and inner.type not in CONFLICT and operator == "promise":
            made = ("REJECT", "", "120")
        made = made or table[(operator, "*")]
        candidate.type, candidate.mode, candidate.cameo = made
        candidate.contexts = inner.contexts

    def _spoken(self, candidate: Candidate) -> None:
        """Read "said it would send troops" as the promise, threat or refusal that it is."""
        tree = self._tree
        word = tree.words[candidate.predicate]
        auxiliaries = {w.text.lower() for w in tree.children(word.index, "aux", "aux:pass")}
        if word.head < 0:
            return
        if auxiliaries & {"must", "should"} or self._has_to(word.index):
            self._required(candidate)
            return
        if not auxiliaries & {"would", "will", "'ll", "’ll", "wo", "'d"}:
            return
        subjects = tree.children(word.index, "nsubj")
        if word.deprel not in ("ccomp", "parataxis", "root") or not subjects:
            return
        speaker = self._speaker(word.index)
        if speaker is None or subjects[0].lemma.lower() not in _SPEAKERS:
            return
        if word.deprel != "ccomp" and subjects[0].lemma.lower() not in ("we", "i"):
            return
        if (
            any(
                w.lemma.lower() in ("if", "unless")
                for c in tree.children(word.index, "advcl")
                for w in tree.children(c.index)
            )
            and candidate.type not in CONFLICT
        ):
            return
        negated = self._modality.negated(word.index)
        table = self._lexicon.operators
        operator = "refuse" if negated else "promise"
        if negated and candidate.type in CONFLICT:
            made: tuple[str, str, str] = ("CONCEDE", "", "080")
        else:
            made = (
                table.get((operator, f"{candidate.type}/{candidate.mode}"))
                or table.get((operator, candidate.type))
                or table[(operator, "*")]
            )
        if not negated and candidate.type in ("AGREE", "REQUEST", "REJECT", "THREATEN", "SUPPORT"):
            return
        candidate.type, candidate.mode, candidate.cameo = made
        candidate.modality = Modality.ASSERTED
        candidate.construction = "control"
        candidate.rule = f"said:{operator}>{candidate.rule}"
        candidate.initiators = speaker

    def _has_to(self, index: int) -> bool:
        word = self._tree.words[index]
        return word.deprel == "xcomp" and self._tree.words[word.head].lemma.lower() in ("have", "need")

    def _required(self, candidate: Candidate) -> None:
        """Read "said that Sudan must return a helicopter" as the demand that it is."""
        tree = self._tree
        index = candidate.predicate
        if self._has_to(index):
            index = tree.words[index].head
        clause = tree.clause(index)
        speaker = self._speaker(index)
        if speaker is None or tree.words[index].deprel not in ("ccomp", "root"):
            return
        if any(tree.words[i].lemma.lower() in ("we", "i") for i in clause.subjects):
            return
        addressed = clause.objects if clause.passive else clause.subjects
        table = self._lexicon.operators
        kind = (candidate.type, candidate.mode)
        made = (
            table.get(("request", "/".join(kind)))
            or table.get(("request", kind[0]))
            or table[("request", "*")]
        )
        candidate.type, candidate.mode, candidate.cameo = made
        candidate.modality = Modality.ASSERTED
        candidate.construction = "control"
        candidate.rule = f"said:request>{candidate.rule}"
        candidate.initiators = speaker
        candidate.recipients = tuple(
            i for i in addressed if self._people.names_someone(i) and i not in speaker
        )

    def _speaker(self, index: int) -> tuple[int, ...] | None:
        """Return who says the clause of ``index``, or ``None`` when nobody is told to."""
        tree = self._tree
        word = tree.words[index]
        verbs = [w for w in tree.children(index, "parataxis") if fold(w.lemma) in _SPEECH]
        if word.head >= 0 and fold(tree.words[word.head].lemma) in _SPEECH:
            verbs.append(tree.words[word.head])
        for verb in verbs:
            clause = tree.clause(verb.index)
            if clause.subjects:
                return clause.subjects
        return None

    def _point(self, candidate: Candidate, candidates: Sequence[Candidate]) -> None:
        """Drop or weaken nouns that an act only points back to: "condemned the attack"."""
        if candidate.type not in _POINTING or candidate.construction not in ("verb", "frame", "inverse"):
            return
        clause = self._tree.clause(candidate.predicate)
        reach = {self._tree.content(i) for i in clause.objects}
        reach |= {
            self._tree.content(i)
            for p, i in clause.obliques
            if p in ("of", "for", "about", "over", "to", "against", "on")
        }
        for other in candidates:
            if other is candidate or other.dropped or other.construction != "noun" or other.word not in reach:
                continue
            if other.initiators and other.recipients:
                other.position = "pointed"
            else:
                other.dropped = True
                if not candidate.recipients and other.initiators:
                    candidate.recipients = tuple(i for i in other.initiators if i not in candidate.initiators)
