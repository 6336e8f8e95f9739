"""Lexicon entries against clauses: which words of a sentence tell which acts."""

from collections.abc import Iterator

from graph.model.event import Modality
from ingest.coders.candidate import Candidate
from ingest.coders.clauses import Clause, Tree
from ingest.coders.conditions import Conditions
from ingest.coders.lexicon import Entry, Frame, Lexicon, fold
from ingest.coders.participants import Participants, is_time_name

_NOUN_TAGS = frozenset({"NOUN", "PROPN"})
OCCURRENCE = frozenset(
    "occur happen erupt continue begin start resume follow ensue escalate intensify spread last proceed kill leave "
    "wound injure claim break take go come hit target rage flare persist end be fail collapse open grow unfold "
    "destroy damage force bring prompt spark trigger cause draw conclude mark turn hold stall".split()
)
_DIRECTED = ("against", "toward", "towards", "on", "to", "at", "with")
_ADJECTIVES = frozenset({"ready", "willing", "prepared", "due"})
_AFTER_PLACES = frozenset(
    "attack bombing blast shooting explosion massacre killing murder stabbing bomb riot protest rally march".split()
)
_BODILY = frozenset({"ASSAULT"})
_AFTERWARDS = frozenset(
    "after following during amid since in over despite for because_of due_to by as with".split()
)
_THINGS = frozenset(
    "series round wave spate string number dozen hundred couple campaign day week hour month".split()
)


class Patterns:
    """Matches the words of one sentence against the lexicon."""

    def __init__(self, tree: Tree, lexicon: Lexicon, participants: Participants) -> None:
        self._tree = tree
        self._lexicon = lexicon
        self._participants = participants
        self._conditions = Conditions(tree, participants)

    def candidates(self) -> list[Candidate]:
        """Return the acts that words may tell, in the sentence's order; framed verbs left out."""
        found: list[Candidate] = []
        framed: dict[int, Candidate | None] = {}
        taken: set[int] = set()
        for word in self._tree.words:
            if word.upos in ("VERB", "AUX"):
                for noun, frame in self._frames(word.index):
                    candidate = self._framed(word.index, noun, frame)
                    taken.add(noun)
                    if frame.effect == "none":
                        taken.update(w.index for w in self._tree.children(noun, "nmod"))
                    if candidate is not None:
                        found.append(candidate)
                    framed[word.index] = candidate
        for word in self._tree.words:
            predicative = word.upos == "VERB" or (word.upos == "ADJ" and word.lemma.lower() in _ADJECTIVES)
            if predicative and word.index not in framed:
                candidate = self._verb(word.index)
                if candidate is not None:
                    found.append(candidate)
            elif word.upos in _NOUN_TAGS and word.index not in taken and word.deprel != "compound":
                candidate = self._noun(word.index)
                if candidate is not None:
                    found.append(candidate)
        return sorted(found, key=lambda candidate: candidate.word)

    # Verbs

    def _verb(self, index: int) -> Candidate | None:
        clause = self._tree.clause(index)
        entry = self._best(index, self._lexicon.verbs.get(self._tree.key(index), ()), clause)
        if entry is None or not entry.type:
            return None
        particles = self._conditions.particles(index, entry.particle) or ()
        initiators = self._participants.filled(self._conditions.opened(clause), entry.initiators)
        recipients = self._participants.filled(self._conditions.opened(clause), entry.recipients)
        if "xobj" in entry.recipients and not recipients:
            recipients = self._inner(clause)
        if not recipients and entry.recipients:
            recipients = self._participants.filled(self._conditions.opened(clause), _DIRECTED)
        if not recipients and entry.type in _BODILY:
            recipients = self._things(clause, entry.recipients)
        candidate = Candidate(
            word=index,
            predicate=index,
            trigger=tuple(sorted({index, *particles})),
            type=entry.type,
            mode=entry.mode,
            cameo=entry.cameo,
            contexts=entry.contexts,
            construction="verb",
            score=entry.score,
            rule=entry.name,
            initiators=initiators,
            recipients=tuple(i for i in recipients if i not in initiators),
            reciprocal=entry.reciprocal,
            operator=entry.operator,
            modality=Modality(entry.modality) if entry.modality else None,
            rank=entry.weight,
            anchors={index},
        )
        return self._both_sides(candidate)

    def _things(self, clause: Clause, slots: tuple[str, ...]) -> tuple[int, ...]:
        """Return what was hit where no one is named: "attacked the base", "a raid on the village"."""
        hit = self._lexicon.classes["building"] | self._lexicon.classes["placeword"]
        for slot in slots:
            found = tuple(i for i in clause.slot(slot) if self._tree.key(self._tree.content(i)) in hit)
            if found:
                return found
        return ()

    def _inner(self, clause: Clause) -> tuple[int, ...]:
        """Return the subject of the complement: "let inspectors in", "allow troops to leave"."""
        for head in clause.complements:
            inner = self._tree.clause(head)
            found = [
                i for i in inner.subjects if i not in clause.subjects and self._participants.names_someone(i)
            ]
            if found:
                return tuple(found)
        return ()

    def _best(self, index: int, entries: tuple[Entry, ...], clause: Clause) -> Entry | None:
        for entry in entries:  # the most specific first
            if entry.particle and self._conditions.particles(index, entry.particle) is None:
                continue
            if all(self._conditions.holds(condition, clause) for condition in entry.conditions):
                return entry
        return None

    # Light verbs with a noun

    def _frames(self, verb: int) -> Iterator[tuple[int, Frame]]:
        """Yield the nouns that a verb frames."""
        tree = self._tree
        clause = tree.clause(verb)
        key = tree.key(verb)
        heads = list(clause.objects)
        if key in ("come", "be", "go", "remain"):
            heads = [i for p, i in clause.obliques if p in ("under",)]
        for head in heads:
            noun = tree.content(head)
            if tree.words[noun].upos not in _NOUN_TAGS:
                continue
            for candidate in dict.fromkeys((noun, *self._through(noun))):
                for frame in self._lexicon.frames.get((key, tree.key(candidate)), ()):
                    if not frame.particle or self._conditions.particles(verb, (frame.particle,)) is not None:
                        yield candidate, frame
                        break
                else:
                    continue
                break

    def _through(self, noun: int) -> list[int]:
        """Return what a measure of acts measures: "a series of attacks", "state of emergency"."""
        tree = self._tree
        if fold(tree.words[noun].lemma) not in _THINGS:
            return []
        return [w.index for w in tree.children(noun, "nmod") if tree.preposition(w.index) == "of"]

    def _framed(self, verb: int, noun: int, frame: Frame) -> Candidate | None:
        tree = self._tree
        clause = tree.clause(verb)
        if frame.effect == "none":
            return None
        entry = self._noun_entry(noun, clause)
        if frame.effect == "type":
            return self._typed_frame(verb, noun, frame, entry)
        if entry is None or not entry.type:
            return None
        candidate = self._noun_candidate(noun, entry, clause, framed=True)
        candidate.predicate = verb
        candidate.rule = f"{frame.name}+{entry.name}"
        candidate.score = frame.score * 0.4 + entry.score * 0.6
        candidate.anchors = {verb, noun}
        candidate.position = "frame"
        candidate.construction = "frame"
        if frame.effect == "inverse":
            candidate.construction = "inverse"
            candidate.recipients = self._participants.filled(clause, ("subj",))
            candidate.initiators = self._participants.filled(clause, ("from", "by", "of"))
            if not candidate.initiators:
                candidate.initiators = self._noun_filled(noun, Clause(noun), ("by", "from", "poss", "adj"))
        return self._both_sides(candidate)

    def _typed_frame(self, verb: int, noun: int, frame: Frame, entry: Entry | None) -> Candidate:
        clause = self._tree.clause(verb)
        recipients = self._frame_recipients(noun, clause, entry)
        initiators = self._participants.filled(clause, ("subj",))
        light = frame.verb in (
            "reach",
            "strike",
            "clinch",
            "seal",
            "conclude",
            "host",
            "offer",
            "pledge",
            "promise",
        )
        own = self._best(verb, self._lexicon.verbs.get(self._tree.key(verb), ()), clause)
        candidate = Candidate(
            word=noun if light else verb,
            predicate=verb,
            trigger=(noun,) if light else (verb,),
            type=frame.type,
            mode=frame.mode,
            cameo=frame.cameo,
            contexts=entry.contexts if entry is not None else (),
            construction="frame",
            score=frame.score,
            rule=frame.name,
            position="frame",
            initiators=initiators,
            recipients=tuple(i for i in recipients if i not in initiators),
            reciprocal=frame.cameo in ("057", "030", "046")
            and frame.verb not in ("pledge", "promise", "offer", "accept"),
            operator="frame" if own is not None and own.operator else "",
            rank=5,
            anchors={verb, noun},
        )
        return self._both_sides(candidate)

    def _frame_recipients(self, noun: int, clause: Clause, entry: Entry | None) -> tuple[int, ...]:
        slots = (
            entry.recipients
            if entry is not None and entry.recipients
            else ("to", "with", "on", "against", "from")
        )
        found = self._participants.filled(clause, ("iobj",)) or self._noun_filled(noun, clause, slots)
        if not found:
            found = self._noun_filled(
                noun, Clause(noun), ("poss", "by", "adj", "from", "with", "to", "against", "on", "for")
            )
        return found

    # Nouns

    def _noun_entry(self, noun: int, clause: Clause) -> Entry | None:
        tree = self._tree
        entries = self._lexicon.nouns.get(tree.key(noun), ())
        for entry in entries:
            if all(self._conditions.noun_holds(condition, noun, clause) for condition in entry.conditions):
                return entry
        return None

    def _noun_filled(self, noun: int, clause: Clause, slots: tuple[str, ...]) -> tuple[int, ...]:
        tree = self._tree
        wanted = [slot for slot in slots if slot != "obj"]
        places_named = tree.key(noun) in _AFTER_PLACES
        for slot in wanted:
            heads = self._conditions.noun_slot(slot, noun, clause)
            if slot == "adj" and places_named:
                heads = tuple(i for i in heads if not self._named_place(i))
            found = tuple(
                i for i in heads if self._participants.names_someone(tree.content(i)) or slot == "adj"
            )
            if found:
                return found
        for slot in wanted:
            for index in self._conditions.noun_slot(slot, noun, clause):
                found = self._participants.behind(index)
                if found:
                    return found
        return ()

    def _named_place(self, index: int) -> bool:
        """Tell whether a modifier names where it was and not who did it: "the Kabul bombing"."""
        word = self._tree.words[index]
        return (
            word.deprel == "compound"
            and self._tree.name_kind(index) == "place"
            and not word.text.isupper()
            and "." not in word.text
        )

    def _noun(self, noun: int) -> Candidate | None:
        entry = self._noun_entry(noun, Clause(noun))
        if entry is None or not entry.type or is_time_name(self._tree.words[noun].text):
            return None
        candidate = self._noun_candidate(noun, entry, Clause(noun), framed=False)
        candidate.position, candidate.predicate = self._position(noun)
        return self._both_sides(candidate)

    def _noun_candidate(self, noun: int, entry: Entry, clause: Clause, *, framed: bool) -> Candidate:
        initiators = self._noun_filled(noun, clause, entry.initiators)
        recipients = self._noun_filled(noun, clause, entry.recipients)
        if framed and not recipients:
            recipients = self._participants.filled(clause, ("iobj",))
        if not recipients and entry.type in _BODILY:
            slots = [(slot, self._conditions.noun_slot(slot, noun, clause)) for slot in entry.recipients]
            places = Clause(noun, obliques=tuple((slot, i) for slot, heads in slots for i in heads))
            recipients = self._things(places, ("on", "against", "of"))
        before = [w.index for w in self._tree.children(noun, "compound", "amod") if w.index == noun - 1]
        compounds = [i for i in before if self._tree.words[i].upos == "NOUN"] if entry.conditions else []
        return Candidate(
            word=noun,
            predicate=noun,
            trigger=tuple(sorted({noun, *compounds})),
            type=entry.type,
            mode=entry.mode,
            cameo=entry.cameo,
            contexts=entry.contexts,
            construction="noun",
            score=entry.score,
            rule=entry.name,
            initiators=initiators,
            recipients=tuple(i for i in recipients if i not in initiators),
            reciprocal=entry.reciprocal,
            operator=entry.operator,
            modality=Modality(entry.modality) if entry.modality else None,
            rank=entry.weight,
            anchors={noun},
        )

    def _position(self, noun: int) -> tuple[str, int]:
        """Return where a noun stands, and the predicate that gives it its tense."""
        tree = self._tree
        word = tree.words[noun]
        if word.head < 0:
            return "root", noun
        head = tree.words[word.head]
        relation = word.deprel
        if relation == "conj":
            place, predicate = self._position(word.head)
            return place, predicate
        if relation in ("nsubj", "nsubj:pass") and head.upos in ("VERB", "AUX"):
            return ("occurs" if fold(head.lemma) in OCCURRENCE else "subject"), head.index
        if relation in ("obj", "xcomp", "ccomp"):
            return "object", noun
        if relation.startswith("obl"):
            return ("after" if tree.preposition(noun) in _AFTERWARDS else "oblique"), noun
        if relation in ("nmod", "nmod:poss", "appos"):
            return "nmod", noun
        return "other", noun

    def _both_sides(self, candidate: Candidate) -> Candidate:
        """Split the sides of a reciprocal act that stand in one phrase: "A and B met"."""
        if candidate.reciprocal and not candidate.recipients and len(candidate.initiators) > 1:
            candidate.recipients = candidate.initiators[1:]
            candidate.initiators = candidate.initiators[:1]
        elif candidate.reciprocal and not candidate.initiators and len(candidate.recipients) > 1:
            candidate.initiators = candidate.recipients[:1]
            candidate.recipients = candidate.recipients[1:]
        return candidate
