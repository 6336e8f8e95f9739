"""The learned coder: what the event heads of the language model see, as raw mentions."""

from collections.abc import Sequence

from graph.model import Modality
from ingest.coders.candidate import Candidate
from ingest.coders.circumstances import places, times
from ingest.coders.clauses import Tree
from ingest.coders.lexicon import Lexicon, default_lexicon
from ingest.coders.participants import Participants
from ingest.coders.quantities import quantities
from ingest.coders.reference import References
from ingest.coders.rule_mention import RuleMention, WordRange
from ingest.language.annotation import AnnotatedArticle, Argument, Trigger

LOWEST_SCORE = 0.3
"""Mentions below it are not returned."""

KEPT = 0.2
"""Least probability of a participant named in the trigger's own sentence."""
LEAST_KEPT = 0.05
"""Least probability of the best of all when none of those is likely enough."""

_PERSONAL = frozenset(
    "he she they it him her them we us i me you who whom which that himself herself".split()
)


def code(annotated: AnnotatedArticle) -> list[RuleMention]:
    """Return the acts that the event heads find in an article, sentence by sentence, in order."""
    reading = Reading(annotated, default_lexicon())
    return [
        reading.mention(trigger)
        for sentence in annotated.sentences
        for trigger in sentence.triggers
        if trigger.type_score >= LOWEST_SCORE
    ]


class Reading:
    """An article's trees and references, at hand while its triggers are turned into mentions."""

    def __init__(self, annotated: AnnotatedArticle, lexicon: Lexicon) -> None:
        self.trees = [Tree(sentence) for sentence in annotated.sentences]
        people = [Participants(tree, lexicon) for tree in self.trees]
        self._references = References(self.trees, people, lexicon)

    def mention(self, trigger: Trigger) -> RuleMention:
        """Return the mention that a trigger tells."""
        tree = self.trees[trigger.sentence]
        words = self.trigger_words(trigger)
        mode, _ = trigger.modes[0] if trigger.modes else (None, 0.0)
        modality = Modality(trigger.modalities[0][0])
        initiators = self._participants(trigger, "initiator")
        recipients = tuple(p for p in self._participants(trigger, "recipient") if p not in initiators)
        candidate = self._candidate(trigger, words, mode)
        return RuleMention(
            sentence=trigger.sentence,
            trigger=words,
            type=trigger.type,
            mode=mode,
            cameo=None,
            contexts=(),
            modality=modality,
            reciprocal=trigger.type == "CONSULT" and mode != "visit" and bool(initiators and recipients),
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

    def trigger_words(self, trigger: Trigger) -> tuple[int, ...]:
        """Return the trigger's word with its particle: "pulled out"."""
        tree = self.trees[trigger.sentence]
        particles = [w.index for w in tree.children(trigger.word, "compound:prt")]
        return tuple(sorted([trigger.word, *particles]))

    def _candidate(self, trigger: Trigger, words: tuple[int, ...], mode: str | None) -> Candidate:
        tree = self.trees[trigger.sentence]
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

    def _participants(self, trigger: Trigger, role: str) -> tuple[WordRange, ...]:
        other = "recipient" if role == "initiator" else "initiator"
        rivals = {(a.sentence, a.first): a.score for a in trigger.arguments if a.role == other}
        own = [
            a
            for a in trigger.arguments
            if a.role == role and a.score >= rivals.get((a.sentence, a.first), 0.0) and a.sentence >= 0
        ]
        here = [a for a in own if a.sentence == trigger.sentence]
        chosen = [a for a in here if a.score >= KEPT]
        if not chosen and own:
            # A name elsewhere stands for a pronoun or for nobody named here.
            best = max(own, key=lambda a: a.score)
            chosen = [best] if best.score >= LEAST_KEPT else []
        found = [self._phrase(argument) for argument in sorted(chosen, key=lambda a: a.first)]
        return _distinct([phrase for phrase in found if phrase is not None])

    def _phrase(self, argument: Argument) -> WordRange | None:
        if argument.sentence < 0:
            return None
        tree = self.trees[argument.sentence]
        words = tree.words[argument.first : argument.last + 1]
        if not words:
            return None
        if len(words) == 1 and words[0].text.lower() in _PERSONAL:
            return self._references.resolve(argument.sentence, argument.first)
        return WordRange(argument.sentence, argument.first, argument.last)

    @staticmethod
    def _ranges(trigger: Trigger, role: str) -> list[WordRange]:
        return [WordRange(a.sentence, a.first, a.last) for a in trigger.arguments if a.role == role]


def _distinct(ranges: Sequence[WordRange]) -> tuple[WordRange, ...]:
    return tuple(dict.fromkeys(r for r in ranges if r.sentence >= 0))
