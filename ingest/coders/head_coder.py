"""The learned coder: what the event heads of the language model see, as raw mentions."""

from collections.abc import Collection, Sequence

from graph.model import Modality
from ingest.coders.blocking import blocked
from ingest.coders.candidate import Candidate
from ingest.coders.circumstances import places, times
from ingest.coders.quantities import quantities
from ingest.coders.raw_mention import RawMention, WordRange
from ingest.coders.reading import Reading
from ingest.language.annotation import AnnotatedArticle, Argument, Trigger

LOWEST_SCORE = 0.3
"""Mentions below it are not returned."""

KEPT = 0.4
"""Least probability of a participant named in the trigger's own sentence."""
KEPT_MUTUAL = 0.15
"""The same for those who meet: each of them is told on either side."""

LEAST_TIME = 0.8
"""Least probability of a time that hangs on the trigger: the dependencies give one too."""

LEAST_PLACE = 0.4
"""Least probability of a place."""

LEAST_KEPT = 0.05
"""Least probability of the best of all when none of those is likely enough."""

LEAST_KEPT_SPARSE = 0.2
"""The same for recipients of types that often have none."""

SPARSE = frozenset("MOBILIZE AGREE RETREAT".split())
"""Types that tell of no recipient often, and whose likeliest is then somebody else."""

BACKGROUND_WEIGHT = 2.0
"""What the probability of "historical" counts: whole articles tell more background than the written texts
that most of the training is."""

_LOOSE_BEFORE = frozenset("ADP CCONJ PUNCT SCONJ AUX".split())
_LOOSE_BEHIND = frozenset("ADP CCONJ PUNCT SCONJ AUX DET PART".split())
_DEFINITE = frozenset("the this that these those".split())
_SAID = frozenset({"ccomp", "parataxis"})
_BLAMING = frozenset(
    "accuse blame charge suspect convict condemn denounce fault indict deplore decry".split()
)
_BLAMED_FOR = frozenset("advcl obl obj ccomp xcomp acl".split())
_TELLING = frozenset(
    "say report tell add note state write recall explain announce quote cite describe".split()
)
_PERSONAL = frozenset(
    "he she they it him her them we us i me you who whom which that himself herself".split()
)


def code(annotated: AnnotatedArticle) -> list[RawMention]:
    """Return the acts that the event heads find in an article, sentence by sentence, in order."""
    heads = HeadCoder(Reading(annotated))
    return [
        heads.mention(trigger)
        for sentence in annotated.sentences
        for trigger in sentence.triggers
        if trigger.type_score >= LOWEST_SCORE and not heads.blocked(trigger)
    ]


class HeadCoder:
    """Turns the triggers of an article into mentions."""

    def __init__(self, reading: Reading) -> None:
        self._lexicon = reading.lexicon
        self._trees = reading.trees
        self._references = reading.references

    def mention(self, trigger: Trigger) -> RawMention:
        """Return the mention that a trigger tells."""
        tree = self._trees[trigger.sentence]
        words = self.trigger_words(trigger)
        mode, _ = trigger.modes[0] if trigger.modes else (None, 0.0)
        modality = _modality(trigger)
        mutual = trigger.type == "CONSULT" and mode != "visit"
        initiators, recipients = self._sides(trigger, mutual=mutual)
        if mutual and len(initiators) > 1 and not recipients:
            # "A and B held talks": by the sentence's order, one consults the others.
            initiators, recipients = initiators[:1], initiators[1:]
        candidate = self._candidate(trigger, words, mode)
        return RawMention(
            sentence=trigger.sentence,
            trigger=words,
            type=trigger.type,
            mode=mode,
            cameo=None,
            contexts=(),
            modality=modality,
            reciprocal=mutual and bool(initiators and recipients),
            initiators=initiators,
            recipients=recipients,
            places=_distinct(
                [
                    *self._ranges(trigger, "place"),
                    *self._ranges(trigger, "location"),
                    *places(tree, candidate),
                ]
            ),
            times=_distinct([*self._ranges(trigger, "time"), *times(tree, candidate)]),
            quantities=quantities(tree, candidate),
            score=trigger.type_score,
            rule=f"head {trigger.type} {trigger.type_score:.2f}",
        )

    def blocked(self, trigger: Trigger) -> bool:
        """Tell whether sport, markets, weather, illness or metaphor make the trigger no political act."""
        tree = self._trees[trigger.sentence]
        candidate = self._candidate(trigger, (trigger.word,), None)
        return bool(blocked(tree, candidate, self._lexicon))

    def points_back(self, trigger: Trigger) -> bool:
        """Tell whether the trigger only takes up what was told: "after the talks", "the attack" alone."""
        tree = self._trees[trigger.sentence]
        if tree.words[trigger.word].upos != "NOUN":
            return False
        definite = any(w.text.lower() in _DEFINITE for w in tree.children(trigger.word, "det"))
        told = tree.children(trigger.word, "nmod", "nmod:poss", "acl", "acl:relcl", "compound", "amod")
        return definite and not told

    def trigger_words(self, trigger: Trigger) -> tuple[int, ...]:
        """Return the trigger's word with its particle: "pulled out"."""
        tree = self._trees[trigger.sentence]
        particles = [w.index for w in tree.children(trigger.word, "compound:prt")]
        return tuple(sorted([trigger.word, *particles]))

    def _candidate(self, trigger: Trigger, words: tuple[int, ...], mode: str | None) -> Candidate:
        tree = self._trees[trigger.sentence]
        predicate = trigger.word
        word = tree.words[predicate]
        if word.upos == "NOUN" and word.deprel in ("obj", "nsubj:pass") and word.head >= 0:
            predicate = word.head
        return Candidate(
            word=trigger.word,
            predicate=predicate,
            trigger=words,
            type=trigger.type,
            mode=mode or "",
            cameo="",
            contexts=(),
            construction="verb" if word.upos == "VERB" else "noun",
            score=trigger.type_score,
            rule="head",
        )

    def _sides(
        self, trigger: Trigger, *, mutual: bool
    ) -> tuple[tuple[WordRange, ...], tuple[WordRange, ...]]:
        """Return initiators and recipients, each phrase on the side that it is likelier on."""
        best: dict[WordRange, tuple[float, str]] = {}
        for argument in trigger.arguments:
            phrase = self._phrase(argument) if argument.role in ("initiator", "recipient") else None
            if phrase is not None and argument.score > best.get(phrase, (0.0, ""))[0]:
                best[phrase] = argument.score, argument.role
        best = self._without_accuser(trigger, self._without_speaker(trigger, best))
        best = self._without_answerer(trigger, best)
        least = KEPT_MUTUAL if mutual else KEPT
        sides: list[tuple[WordRange, ...]] = []
        for role in ("initiator", "recipient"):
            own = {phrase: score for phrase, (score, side) in best.items() if side == role}
            here = [p for p, score in own.items() if p.sentence == trigger.sentence and score >= least]
            if not here and own and not (mutual and sides and len(sides[0]) > 1):
                # A name elsewhere stands for a pronoun, or for nobody named in this sentence.
                likeliest = max(own, key=lambda p: own[p])
                sparse = role == "recipient" and trigger.type in SPARSE
                here = [likeliest] if own[likeliest] >= (LEAST_KEPT_SPARSE if sparse else LEAST_KEPT) else []
            sides.append(tuple(sorted(here)))
        return sides[0], sides[1]

    def _without_speaker(
        self, trigger: Trigger, best: dict[WordRange, tuple[float, str]]
    ) -> dict[WordRange, tuple[float, str]]:
        """Leave out who only tells of the act, where somebody else is left to do it.

        "Al Jazeera reported that Widodo was planning to visit": the outlet visits nobody.
        """
        words = self._trees[trigger.sentence].words
        speakers = set()
        for word in words:
            if word.deprel != "nsubj" or word.head < 0 or words[word.head].lemma not in _TELLING:
                continue
            if word.head != trigger.word and self._below(trigger, word.head):
                speakers.add(word.index)
        kept = {
            phrase: said for phrase, said in best.items() if not _holds(phrase, trigger.sentence, speakers)
        }
        return kept if any(side == "initiator" for _, side in kept.values()) else best

    def _without_accuser(
        self, trigger: Trigger, best: dict[WordRange, tuple[float, str]]
    ) -> dict[WordRange, tuple[float, str]]:
        """Leave out who blames somebody for the act: "Russia accused Ukraine of *shelling* Belgorod"."""
        accusers = {
            word.index
            for word in self._trees[trigger.sentence].words
            if word.deprel in ("nsubj", "obl:agent")
            and word.head >= 0
            and self._trees[trigger.sentence].words[word.head].lemma in _BLAMING
            and self._below(trigger, word.head, _BLAMED_FOR)
        }
        return {
            phrase: said
            for phrase, said in best.items()
            if said[1] != "initiator" or not _holds(phrase, trigger.sentence, accusers)
        }

    def _without_answerer(
        self, trigger: Trigger, best: dict[WordRange, tuple[float, str]]
    ) -> dict[WordRange, tuple[float, str]]:
        """Leave out who does something about an act that is called another's: "NATO refused Ukraine's *plea*"."""
        tree = self._trees[trigger.sentence]
        word = tree.words[trigger.word]
        if word.upos != "NOUN" or word.deprel != "obj":
            return best
        owners = {w.index for w in tree.children(trigger.word, "nmod:poss") if w.upos != "PRON"}
        answerers = {w.index for w in tree.children(word.head, "nsubj")}
        doing = [phrase for phrase, (_, side) in best.items() if side == "initiator"]
        if not any(_holds(phrase, trigger.sentence, owners) for phrase in doing):
            return best
        dropped = {phrase for phrase in doing if _holds(phrase, trigger.sentence, answerers)}
        return {phrase: said for phrase, said in best.items() if phrase not in dropped}

    def _below(self, trigger: Trigger, verb: int, relations: frozenset[str] = _SAID) -> bool:
        """Tell whether a trigger stands in what a verb says, or in another complement of it, not beside it."""
        tree = self._trees[trigger.sentence]
        path = [trigger.word, *tree.governors(trigger.word)]
        if verb not in path[1:]:
            return False
        return tree.words[path[path.index(verb) - 1]].deprel in relations

    def _phrase(self, argument: Argument) -> WordRange | None:
        """Return an argument's words without loose ends and with the whole of any name they cut."""
        if argument.sentence < 0:
            return None
        words = self._trees[argument.sentence].words
        first, last = argument.first, min(argument.last, len(words) - 1)
        if first == last and words[first].text.lower() in _PERSONAL:
            return self._references.resolve(argument.sentence, first)
        for name in self._trees[argument.sentence].sentence.names:
            if name.first <= last and first <= name.last:
                first, last = min(first, name.first), max(last, name.last)
        while first < last and words[first].upos in _LOOSE_BEFORE:
            first += 1
        while first < last and words[last].upos in _LOOSE_BEHIND:
            last -= 1
        while first < last and words[last].upos == "VERB" and not first <= words[last].head <= last:
            last -= 1  # "forces opened"
        if words[last].upos in _LOOSE_BEHIND:
            return None
        return WordRange(argument.sentence, first, last)

    @staticmethod
    def _ranges(trigger: Trigger, role: str) -> list[WordRange]:
        return [
            WordRange(a.sentence, a.first, a.last)
            for a in trigger.arguments
            if a.role == role and a.score >= (LEAST_TIME if role == "time" else LEAST_PLACE)
        ]


def _holds(phrase: WordRange, sentence: int, words: Collection[int]) -> bool:
    """Tell whether one of these words of a sentence stands in a phrase."""
    return phrase.sentence == sentence and any(phrase.first <= index <= phrase.last for index in words)


def _modality(trigger: Trigger) -> Modality:
    weighed = {
        name: chance * (BACKGROUND_WEIGHT if name == Modality.HISTORICAL else 1.0)
        for name, chance in trigger.modalities
    }
    return Modality(max(weighed, key=lambda name: weighed[name]))


def _distinct(ranges: Sequence[WordRange]) -> tuple[WordRange, ...]:
    return tuple(dict.fromkeys(r for r in ranges if r.sentence >= 0))
