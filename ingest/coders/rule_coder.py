"""The rule coder: annotated article → mentions of acts, by the lexicon and the dependencies."""

import math
from collections.abc import Sequence

from graph.model.event import Modality
from ingest.coders.blocking import blocked, is_sport_article, sport_terms
from ingest.coders.candidate import Candidate
from ingest.coders.circumstances import places, times
from ingest.coders.clauses import Tree
from ingest.coders.complements import Complements
from ingest.coders.lexicon import Lexicon, default_lexicon
from ingest.coders.modality import ModalityReader
from ingest.coders.participants import Participants
from ingest.coders.patterns import Patterns
from ingest.coders.quantities import quantities
from ingest.coders.reference import References
from ingest.coders.rule_mention import RuleMention, WordRange
from ingest.language.annotation import AnnotatedArticle

LOWEST_SCORE = 0.05
"""Mentions below it are not returned: fewer than one in twenty of them is right."""

_CONSTRUCTIONS = {"verb": 0.0, "frame": 0.2, "inverse": 0.0, "noun": -0.4, "control": 0.0}
_POSITIONS = {
    "": 0.0,
    "frame": 0.0,
    "occurs": 0.3,
    "subject": -0.8,
    "object": -0.8,
    "after": -0.4,
    "oblique": -0.8,
    "nmod": -1.0,
    "root": -0.2,
    "other": -1.0,
    "claimed": -0.4,
    "pointed": -1.2,
    "empty": -0.6,
}


def code(annotated: AnnotatedArticle, *, lexicon: Lexicon | None = None) -> list[RuleMention]:
    """Return the acts that an article tells, sentence by sentence, in order.

    Scores say how likely a mention's type is right; the caller chooses where to cut.
    """
    table = lexicon or default_lexicon()
    trees = [Tree(sentence) for sentence in annotated.sentences]
    people = [Participants(tree, table) for tree in trees]
    references = References(trees, people, table)
    sport = is_sport_article(trees, table)
    published = annotated.article.published
    mentions: list[RuleMention] = []
    for tree, participants in zip(trees, people, strict=True):
        reader = ModalityReader(tree, year=published.year if published else None)
        found = Patterns(tree, table, participants).candidates()
        found = [candidate for candidate in found if not blocked(tree, candidate, table)]
        found = _once(Complements(tree, table, participants, reader).join(found), reader)
        terms = sport_terms(tree, table)
        for candidate in found:
            score = _score(candidate, sporting=sport or terms > 1, hinted=terms == 1)
            if score >= LOWEST_SCORE:
                mentions.append(_mention(candidate, tree, participants, references, reader, score))
    return mentions


def _score(candidate: Candidate, *, sporting: bool, hinted: bool) -> float:
    prior = min(max(candidate.score, 0.02), 0.98)
    logit = math.log(prior / (1 - prior))
    logit += _CONSTRUCTIONS[candidate.construction] + _POSITIONS[candidate.position]
    if not candidate.initiators and not candidate.recipients:
        logit -= 1.0
    elif not candidate.initiators:
        logit -= 0.3
    if sporting:
        logit -= 3.0
    elif hinted:
        logit -= 0.7
    return 1 / (1 + math.exp(-logit))


def _once(candidates: Sequence[Candidate], reader: ModalityReader) -> list[Candidate]:
    """Keep one of the candidates of a sentence that tell the same act: the surest."""
    for candidate in candidates:
        if candidate.modality is None:
            candidate.modality = reader.of(candidate.predicate, candidate.word)
    kept: list[Candidate] = []
    for candidate in sorted(candidates, key=lambda c: (-_score(c, sporting=False, hinted=False), c.word)):
        same = next((other for other in kept if _same_act(candidate, other)), None)
        if same is None:
            kept.append(candidate)
            continue
        same.initiators = same.initiators or tuple(
            i for i in candidate.initiators if i not in same.recipients
        )
        same.recipients = same.recipients or tuple(
            i for i in candidate.recipients if i not in same.initiators
        )
        if not same.mode and candidate.mode:
            same.mode, same.cameo = candidate.mode, candidate.cameo
    return sorted(kept, key=lambda candidate: candidate.word)


def _same_act(first: Candidate, second: Candidate) -> bool:
    if first.anchors & second.anchors:
        return True
    if first.type != second.type:
        return False
    for a, b in ((first.initiators, second.initiators), (first.recipients, second.recipients)):
        if a and b and not set(a) & set(b):
            return False
    if first.modality != second.modality and {first.construction, second.construction} == {"verb"}:
        return False
    verbs = first.construction == second.construction == "verb"
    return not (verbs and first.recipients != second.recipients and first.recipients and second.recipients)


def _mention(
    candidate: Candidate,
    tree: Tree,
    participants: Participants,
    references: References,
    reader: ModalityReader,
    score: float,
) -> RuleMention:
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
    return RuleMention(
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
        score=score,
        rule=candidate.rule,
    )
