"""The default coder: what the learned heads and the rules propose, weighed together.

Each trigger of the heads and each rule that fired is a proposal. What speaks for and against it (how sure
head and rule are, whether they agree, whom it names, what stands beside it, how eventful the article is)
is put together into one calibrated probability by ``confidence``; a mention is kept from ``THRESHOLD`` on,
one that stands inside another from ``THRESHOLD_INSIDE`` on.
Where both see an act in the same word, the heads' type, mode and modality stand; a rule's CAMEO code,
contexts and quantities are taken over where the type agrees, its participants where the heads found none.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from ingest.coders import confidence, head_coder, rule_coder
from ingest.coders.confidence import Features, logit
from ingest.coders.raw_mention import RawMention
from ingest.coders.reading import Reading
from ingest.language.annotation import AnnotatedArticle, Trigger

THRESHOLD = 0.33
"""Least probability of a mention that is kept (chosen on development gold; figures in docs/accuracy.md)."""

THRESHOLD_INSIDE = 0.5
"""The same of an act that hangs on another of its sentence ("rejected a *request*"): it is often only named."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A mention that may be one, and what speaks for and against it."""

    mention: RawMention
    features: Features


def code(annotated: AnnotatedArticle) -> list[RawMention]:
    """Return the acts that an article tells, sentence by sentence, in order."""
    found = []
    for proposal in proposals(annotated):
        chance = confidence.probability(proposal.features)
        if chance >= (THRESHOLD_INSIDE if proposal.features["inside"] else THRESHOLD):
            found.append(replace(proposal.mention, score=chance))
    return found


def proposals(annotated: AnnotatedArticle) -> list[Proposal]:
    """Return all that heads and rules propose, sentence by sentence, in order."""
    reading = Reading(annotated)
    heads = head_coder.HeadCoder(reading)
    ruled = rule_coder.code_reading(reading)
    about = confidence.article_features(annotated)
    found: list[Proposal] = []
    for sentence in annotated.sentences:
        own = [rule for rule in ruled if rule.sentence == sentence.index]
        made = _in_sentence(heads, sentence.triggers, own)
        found.extend(
            Proposal(
                p.mention,
                p.features | about | confidence.beside(reading, p.mention, [q.mention for q in made]),
            )
            for p in made
        )
    return found


def _in_sentence(
    heads: head_coder.HeadCoder,
    triggers: Sequence[Trigger],
    ruled: Sequence[RawMention],
) -> list[Proposal]:
    made: list[Proposal] = []
    used: set[int] = set()
    for trigger in triggers:
        if heads.blocked(trigger):
            continue  # sport, markets, weather: no score can outweigh what the words are about
        words = set(heads.trigger_words(trigger))
        touching = [n for n, rule in enumerate(ruled) if words & set(rule.trigger)]
        same = next((n for n in touching if ruled[n].type == trigger.type), None)
        mention = heads.mention(trigger)
        features: Features = {
            "head": logit(trigger.type_score),
            "event": logit(trigger.event_score),
            "points back": float(heads.points_back(trigger)),
        }
        if same is not None:
            features |= {"rule agrees": 1.0, "agreeing rule": logit(ruled[same].score)}
            mention = _filled(mention, ruled[same])
        elif touching:
            features |= {"rule differs": 1.0, "differing rule": logit(ruled[touching[0]].score)}
        used.update(touching)
        if same is None and touching and ruled[touching[0]].score > trigger.type_score:
            rule = ruled[touching[0]]
            alone = {"rule alone": 1.0, "rule": logit(rule.score), "rule's event": logit(trigger.event_score)}
            made.append(_proposal(rule, alone | {"head differs": 1.0}))
        made.append(_proposal(mention, features))
    for number, rule in enumerate(ruled):
        if number not in used:
            made.append(_proposal(rule, {"rule alone": 1.0, "rule": logit(rule.score)}))
    return sorted(made, key=lambda p: (p.mention.trigger, p.mention.type))


def _proposal(mention: RawMention, features: Features) -> Proposal:
    return Proposal(mention, features | confidence.mention_features(mention))


def _filled(mention: RawMention, rule: RawMention) -> RawMention:
    taken = {*mention.initiators, *mention.recipients}
    return replace(
        mention,
        mode=mention.mode or rule.mode,
        cameo=rule.cameo if rule.mode == mention.mode else None,
        contexts=rule.contexts,
        initiators=mention.initiators or tuple(p for p in rule.initiators if p not in taken),
        recipients=mention.recipients or tuple(p for p in rule.recipients if p not in taken),
        reciprocal=mention.reciprocal or rule.reciprocal,
        quantities=rule.quantities or mention.quantities,
        rule=f"{mention.rule}; {rule.rule}",
    )
