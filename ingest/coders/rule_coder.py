"""The rule coder: annotated article → mentions of acts, by the lexicon and the dependencies."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from graph.model.event import Modality
from ingest.coders.blocking import blocked
from ingest.coders.candidate import Candidate
from ingest.coders.circumstances import places, times
from ingest.coders.clauses import Tree
from ingest.coders.complements import Complements
from ingest.coders.lexicon import Lexicon
from ingest.coders.modality import ModalityReader
from ingest.coders.participants import Participants
from ingest.coders.patterns import Patterns
from ingest.coders.quantities import quantities
from ingest.coders.raw_mention import RawMention, WordRange
from ingest.coders.reading import Reading
from ingest.coders.reference import References
from ingest.coders.scoring import features, probability, setting
from ingest.language.annotation import AnnotatedArticle

LOWEST_SCORE = 0.2
"""Mentions below it are not returned: fewer than one in eight of them is right."""


def code(annotated: AnnotatedArticle, *, lexicon: Lexicon | None = None) -> list[RawMention]:
    """Return the acts that an article tells, sentence by sentence, in order.

    Scores say how likely a mention's type is right; the caller chooses where to cut.
    """
    return code_reading(Reading(annotated, lexicon))


def code_reading(reading: Reading) -> list[RawMention]:
    """The same for an article that has been read already."""
    return [
        _mention(found.candidate, found.tree, found.participants, reading.references)
        for found in candidates(reading)
        if found.candidate.probability >= LOWEST_SCORE
    ]


@dataclass(frozen=True, slots=True)
class Found:
    """A candidate with its sentence and what speaks for and against it."""

    candidate: Candidate
    tree: Tree
    participants: Participants
    features: dict[str, float]


def candidates(reading: Reading) -> Iterator[Found]:
    """Yield what the rules find, with its probability, one of those that tell the same act."""
    table = reading.lexicon
    about = setting(reading.trees, table)
    published = reading.annotated.article.published
    for tree, participants in zip(reading.trees, reading.people, strict=True):
        reader = ModalityReader(tree, published=published.date() if published else None)
        found = Patterns(tree, table, participants).candidates()
        found = [candidate for candidate in found if not blocked(tree, candidate, table)]
        found = Complements(tree, table, participants, reader).join(found)
        seen = {}
        for candidate in found:
            if candidate.modality is None:
                candidate.modality = reader.of(candidate.predicate, candidate.word)
            seen[id(candidate)] = features(candidate, tree, participants, about, table)
            candidate.probability = probability(seen[id(candidate)], table.weights)
        for candidate in _once(found):
            yield Found(candidate, tree, participants, seen[id(candidate)])


def _once(candidates: Sequence[Candidate]) -> list[Candidate]:
    """Keep one of the candidates of a sentence that tell the same act: the surest."""
    kept: list[Candidate] = []
    echoes = _echoes(candidates)
    candidates = [candidate for candidate in candidates if candidate.word not in echoes]
    for candidate in sorted(candidates, key=lambda c: (-c.probability, c.word)):
        same = next((other for other in kept if _same_act(candidate, other)), None)
        if same is None:
            kept.append(candidate)
            continue
        _merge(same, candidate)
        if not same.mode and candidate.mode:
            same.mode, same.cameo = candidate.mode, candidate.cameo
    return sorted(kept, key=lambda candidate: candidate.word)


def _echoes(candidates: Sequence[Candidate]) -> set[int]:
    """Return the words that tell an act again: "attacked the base; the attack killed four"."""
    found: set[int] = set()
    for noun in candidates:
        if noun.construction != "noun" or noun.initiators or noun.recipients or noun.predicate == noun.word:
            continue
        told = [c for c in candidates if c.word < noun.word and c.type == noun.type and c.initiators]
        if told:
            found |= {noun.word} | {
                c.word for c in candidates if _subject_of(noun, c) and c.type == noun.type
            }
    return found


def _same_act(first: Candidate, second: Candidate) -> bool:
    if first.anchors & second.anchors:
        return True
    if first.type != second.type:
        return False
    if _subject_of(first, second) or _subject_of(second, first) or _one_toll(first, second):
        return True
    for a, b in ((first.initiators, second.initiators), (first.recipients, second.recipients)):
        if a and b and not set(a) & set(b):
            return False
    if first.modality != second.modality and {first.construction, second.construction} == {"verb"}:
        return False
    verbs = first.construction == second.construction == "verb"
    return not (verbs and first.recipients != second.recipients and first.recipients and second.recipients)


def _subject_of(noun: Candidate, verb: Candidate) -> bool:
    """Tell whether a noun is the subject of the verb that tells the same act: "the attack killed four"."""
    return noun.construction == "noun" and noun.predicate == verb.word and noun.word != verb.word


def _one_toll(first: Candidate, second: Candidate) -> bool:
    """Tell whether two verbs give one act's toll: "killed 12 people and wounded 30"."""
    return first.cameo == second.cameo == "180" and first.initiators == second.initiators


def _merge(kept: Candidate, other: Candidate) -> None:
    """Add to a candidate what another one tells of the same act."""
    if not kept.initiators:
        kept.initiators = tuple(i for i in other.initiators if i not in kept.recipients)
    if _one_toll(kept, other) or not kept.recipients:
        more = tuple(i for i in other.recipients if i not in kept.initiators + kept.recipients)
        kept.recipients = tuple(sorted(kept.recipients + more))
    elif _subject_of(kept, other) and other.recipients:
        kept.recipients = tuple(i for i in other.recipients if i not in kept.initiators)


def _mention(
    candidate: Candidate,
    tree: Tree,
    participants: Participants,
    references: References,
) -> RawMention:
    def phrases(heads: Sequence[int]) -> tuple[WordRange, ...]:
        found = []
        for head in heads:
            reference = None
            if tree.words[head].upos == "PRON":
                reference = references.resolve(tree.sentence.index, head)
            found.append(reference or participants.range(head))
        return tuple(dict.fromkeys(found))

    initiators = phrases(candidate.initiators)
    recipients = tuple(phrase for phrase in phrases(candidate.recipients) if phrase not in initiators)
    plural = any(tree.words[i].xpos in ("NNS", "NNPS") for i in candidate.initiators)
    return RawMention(
        sentence=tree.sentence.index,
        trigger=candidate.trigger,
        type=candidate.type,
        mode=candidate.mode or None,
        cameo=candidate.cameo or None,
        contexts=candidate.contexts,
        modality=candidate.modality or Modality.ASSERTED,
        reciprocal=candidate.reciprocal and bool(recipients or plural),
        initiators=initiators,
        recipients=recipients,
        places=places(tree, candidate),
        times=times(tree, candidate),
        quantities=quantities(tree, candidate),
        score=candidate.probability,
        rule=candidate.rule,
    )
