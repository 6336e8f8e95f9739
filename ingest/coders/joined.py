"""The default coder: the learned heads propose, the rules confirm, fill in and add.

How the two are joined was chosen by what measures best on development gold (figures in docs/accuracy.md):

- a trigger of the heads becomes a mention from ``HEAD_ALONE`` on, and from ``HEAD_CONFIRMED`` on where
  a rule reads the same word as the same type;
- the heads' type, mode and modality stand; a rule's CAMEO code, contexts and quantities are taken over
  where the type agrees, its participants where the heads found none;
- a noun that only takes up what was told ("after the talks") needs ``POINTS_BACK``;
- a rule stands alone from ``RULE_ALONE`` on, and from ``RULE_SUPPORTED`` on where the heads see an event in
  the same word but are not sure enough of its type.
"""

from collections.abc import Sequence
from dataclasses import replace

from ingest.coders import head_coder, rule_coder
from ingest.coders.raw_mention import RawMention
from ingest.coders.reading import Reading
from ingest.language.annotation import AnnotatedArticle, Trigger

HEAD_ALONE = 0.45
HEAD_CONFIRMED = 0.25
POINTS_BACK = 0.8
RULE_ALONE = 0.6
RULE_SUPPORTED = 0.4


def code(annotated: AnnotatedArticle) -> list[RawMention]:
    """Return the acts that an article tells, sentence by sentence, in order."""
    reading = Reading(annotated)
    heads = head_coder.HeadCoder(reading)
    ruled = rule_coder.code_reading(reading)
    found = []
    for sentence in annotated.sentences:
        own = [rule for rule in ruled if rule.sentence == sentence.index]
        found.extend(_join(heads, sentence.triggers, own))
    return found


def _join(
    heads: head_coder.HeadCoder, triggers: Sequence[Trigger], ruled: Sequence[RawMention]
) -> list[RawMention]:
    joined: list[RawMention] = []
    used: set[int] = set()
    supported: set[int] = set()
    for trigger in triggers:
        words = set(heads.trigger_words(trigger))
        touching = [n for n, rule in enumerate(ruled) if words & set(rule.trigger)]
        same = next((n for n in touching if ruled[n].type == trigger.type), None)
        sure = trigger.type_score >= (HEAD_CONFIRMED if same is not None else HEAD_ALONE)
        if heads.points_back(trigger):
            sure = trigger.type_score >= POINTS_BACK
        if not sure or heads.blocked(trigger):
            supported.update(touching)
            continue
        used.update(touching)
        mention = heads.mention(trigger)
        joined.append(_filled(mention, ruled[same]) if same is not None else mention)
    for number, rule in enumerate(ruled):
        if number not in used and rule.score >= (RULE_SUPPORTED if number in supported else RULE_ALONE):
            joined.append(rule)
    return sorted(joined, key=lambda mention: mention.trigger)


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
        score=min(0.99, mention.score + 0.1 * (1 - mention.score)),
        rule=f"{mention.rule}; {rule.rule}",
    )
