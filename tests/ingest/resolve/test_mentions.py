"""Who stands on the sides of a mention, on hand-written trees."""

import pytest

from graph.model import Modality
from ingest.coders.raw_mention import RawMention, WordRange
from ingest.resolve.mentions import MentionResolver
from tests.ingest.coders.conllu import annotate

REFUSED = """
Moscow _ NNP 2 nsubj place
spoke speak VBD 0 root
. _ . 2 punct

Russian _ JJ 2 amod
officials official NNS 3 nsubj
left leave VBD 0 root
Moscow _ NNP 3 obj place
. _ . 3 punct

Ministers minister NNS 2 nsubj
refused refuse VBD 0 root
Russia _ NNP 4 nmod:poss place
's _ POS 3 case
demand demand NN 2 obj
. _ . 2 punct
"""
RESOLVER = MentionResolver()


def resolved(kind, first, last):
    act = RawMention(
        sentence=2,
        trigger=(1,),
        type=kind,
        mode=None,
        cameo=None,
        contexts=(),
        modality=Modality.ASSERTED,
        reciprocal=False,
        initiators=(WordRange(first[0], first[1], last),),
        recipients=(WordRange(2, 2, 2),),
        places=(),
        times=(),
        quantities=(),
        score=0.9,
        rule="made up",
    )
    return RESOLVER.resolve(annotate(REFUSED, published="2022-01-13"), [act], coder="test").mentions[0]


def initiators(kind, first, last):
    return [party.actor for party in resolved(kind, first, last).initiators]


@pytest.mark.parametrize(("kind", "actor"), [("REJECT", "ROLE-GOV"), ("CONSULT", "RUS-GOV")])
def test_who_acts_against_a_country_is_not_taken_for_its_government(kind, actor):
    assert initiators(kind, (2, 0), 0) == [actor]


def test_who_is_said_to_be_of_a_country_stays_so():
    assert initiators("REJECT", (1, 0), 1) == ["RUS-GOV"]


@pytest.mark.parametrize(("kind", "recipients"), [("REJECT", []), ("SANCTION", ["RUS"])])
def test_who_speaks_for_a_country_does_not_turn_it_down(kind, recipients):
    assert [party.actor for party in resolved(kind, (1, 0), 1).recipients] == recipients
