"""How heads and rules are weighed, on hand-written trees with hand-written triggers and weights."""

import math
from dataclasses import replace

import pytest

from ingest.coders import confidence, joined
from ingest.coders.confidence import logit
from ingest.language.annotation import Antecedent, Argument, Trigger
from tests.ingest.coders.conllu import annotate

ACCUSED = """
Russia _ NNP 2 nsubj place
accused accuse VBD 0 root
Ukraine _ NNP 2 obj place
. _ . 2 punct
"""
RALLIED = """
Shares share NNS 2 nsubj
rallied rally VBD 0 root
on _ IN 4 case
Tuesday _ NNP 2 obl
. _ . 2 punct
"""
WEIGHTS = {
    "bias": -0.5,
    "head": 1.0,
    "rule": 1.0,
    "rule agrees": 1.0,
    "rule alone": -1.0,
    "better of its type": -3.0,
}


@pytest.fixture(autouse=True)
def weights(monkeypatch):
    monkeypatch.setattr(confidence, "weights", lambda: WEIGHTS)


def trigger(word, kind, score, *, arguments=(), sentence=0):
    return Trigger(
        sentence=sentence,
        word=word,
        type=kind,
        type_score=score,
        event_score=min(1.0, score + 0.05),
        modes=((None, 1.0),),
        modalities=(("asserted", 1.0),),
        reciprocal=0.0,
        arguments=arguments,
    )


def with_triggers(article, *triggers, antecedents=()):
    first = replace(article.sentences[0], triggers=triggers)
    rest = [
        replace(s, antecedents=tuple(a for n, a in antecedents if n == s.index))
        for s in article.sentences[1:]
    ]
    return replace(article, sentences=(first, *rest))


def test_head_and_rule_that_agree_make_one_mention_with_both_named():
    article = with_triggers(annotate(ACCUSED), trigger(1, "ACCUSE", 0.5))
    (mention,) = joined.code(article)
    assert mention.type == "ACCUSE"
    assert mention.rule.startswith("head ACCUSE 0.50; verb:accuse")
    assert mention.initiators
    assert mention.recipients
    assert mention.score == pytest.approx(1 / (1 + math.exp(-0.5)))


def test_agreement_is_surer_than_the_head_alone():
    both = joined.code(with_triggers(annotate(ACCUSED), trigger(1, "ACCUSE", 0.7)))[0]
    other = joined.proposals(with_triggers(annotate(ACCUSED), trigger(1, "REJECT", 0.7)))
    head = next(p for p in other if p.mention.type == "REJECT")
    assert head.features["rule differs"] == 1.0
    assert both.score > confidence.probability(head.features)


def test_an_unsure_head_alone_is_silent():
    article = with_triggers(annotate(ACCUSED.replace("accuse", "greet")), trigger(1, "SUPPORT", 0.3))
    assert [p.mention.type for p in joined.proposals(article)] == ["SUPPORT"]
    assert joined.code(article) == []


def test_a_rule_stands_without_a_head():
    (proposal,) = joined.proposals(annotate(ACCUSED))
    assert proposal.features["rule alone"] == 1.0
    assert "head" not in proposal.features


def test_markets_are_never_acts_however_sure_the_head_is():
    assert joined.proposals(with_triggers(annotate(RALLIED), trigger(1, "PROTEST", 0.99))) == []


def test_an_act_told_twice_in_a_sentence_counts_once():
    article = with_triggers(
        annotate(ACCUSED.replace("accuse", "greet")), trigger(1, "SUPPORT", 0.9), trigger(2, "SUPPORT", 0.6)
    )
    first, second = joined.proposals(article)
    assert (first.features["better of its type"], second.features["better of its type"]) == (0.0, 1.0)
    assert len(joined.code(article)) == 1


@pytest.mark.parametrize(
    ("pronoun", "at", "meant"),
    [("They", 0, 0), ("They", 2, 2), ("He", 2, 0)],
    ids=["head: Lavrov", "head: Blinken", "the rule stands before the head"],
)
def test_a_pronoun_stands_for_what_rule_or_coreference_head_say(pronoun, at, meant):
    trees = """
Lavrov _ NNP 2 nsubj person
met meet VBD 0 root
Blinken _ NNP 2 obj person

He _ PRP 2 nsubj
accused accuse VBD 0 root
Kyiv _ NNP 2 obj place
"""
    plain = annotate(trees.replace("He _", f"{pronoun} _"))
    told = Argument("initiator", 1, 0, 0, (), 0.9)
    accused = trigger(1, "ACCUSE", 0.9, arguments=(told,), sentence=1)

    article = replace(
        plain,
        sentences=(
            plain.sentences[0],
            replace(plain.sentences[1], triggers=(accused,), antecedents=(Antecedent(0, 0, at, 0.9),)),
        ),
    )
    mention = next(m for m in joined.code(article) if m.type == "ACCUSE")
    assert (mention.initiators[0].sentence, mention.initiators[0].first) == (0, meant)


@pytest.mark.parametrize("value", [0.0, 1e-9, 0.5, 1 - 1e-9, 1.0])
def test_log_odds_are_bounded(value):
    assert -6 <= logit(value) <= 6


def test_the_shipped_weights_know_every_feature(monkeypatch):
    monkeypatch.undo()
    known = set(confidence.weights())
    article = with_triggers(annotate(ACCUSED), trigger(1, "ACCUSE", 0.5), trigger(2, "REJECT", 0.5))
    seen = {name for p in joined.proposals(article) for name in p.features}
    assert seen <= known
    assert confidence.BIAS in known


SHELLING = """
Russia _ NNP 2 nsubj place
accused accuse VBD 0 root
Ukraine _ NNP 2 obj place
of _ IN 5 mark
shelling shell VBG 2 advcl
Belgorod _ NNP 5 obj place
. _ . 2 punct
"""


@pytest.mark.parametrize(("verb", "left"), [("accuse", [2]), ("join", [0, 2])])
def test_who_accuses_somebody_of_an_act_did_not_do_it(verb, left):
    sides = [Argument("initiator", 0, at, at, sectors=(), score=score) for at, score in ((0, 0.7), (2, 0.8))]
    tree = SHELLING.replace("accuse", verb, 2).replace(f"{verb}d", "accused")
    article = with_triggers(annotate(tree), trigger(4, "ASSAULT", 0.9, arguments=tuple(sides)))
    shelled = next(p.mention for p in joined.proposals(article) if p.mention.trigger == (4,))
    assert [phrase.first for phrase in shelled.initiators] == left


PLEA = """
NATO _ NNP 2 nsubj organization
refused refuse VBD 0 root
Ukraine _ NNP 5 nmod:poss place
's _ POS 3 case
plea plea NN 2 obj
. _ . 2 punct
"""


def test_who_answers_anothers_act_did_not_do_it():
    sides = tuple(Argument("initiator", 0, at, at, sectors=(), score=0.8) for at in (0, 2))
    article = with_triggers(annotate(PLEA), trigger(4, "REQUEST", 0.9, arguments=sides))
    plea = next(p.mention for p in joined.proposals(article) if p.mention.trigger == (4,))
    assert [phrase.first for phrase in plea.initiators] == [2]


OPENED = """
Rebel _ JJ 2 amod
forces force NNS 3 nsubj
opened open VBD 0 root
fire fire NN 3 obj
. _ . 3 punct
"""


def test_a_verb_behind_a_participant_is_cut_off():
    who = Argument("initiator", 0, 0, 2, sectors=(), score=0.9)
    article = with_triggers(annotate(OPENED), trigger(3, "ASSAULT", 0.9, arguments=(who,)))
    fire = next(p.mention for p in joined.proposals(article) if p.mention.trigger == (3,))
    assert [(phrase.first, phrase.last) for phrase in fire.initiators] == [(0, 1)]
