"""Who the people and bodies of an article are, told once and known later by less."""

from dataclasses import replace

import pytest

from ingest.coders.raw_mention import WordRange
from ingest.language.annotation import Antecedent
from ingest.resolve.actors import ActorResolver
from ingest.resolve.cast import Cast
from tests.ingest.coders.conllu import annotate

RESOLVER = ActorResolver()


def cast(trees, *, antecedents=()):
    article = annotate(trees, published="2019-03-17")
    sentences = tuple(
        replace(s, antecedents=tuple(link for number, link in antecedents if number == s.index))
        for s in article.sentences
    )
    return Cast(replace(article, sentences=sentences), RESOLVER, ())


def one_word(sentence, word):
    return WordRange(sentence, word, word)


AUSTRALIAN = """
An a DT 2 det
Australian _ NNP 6 nsubj
, _ , 2 punct
Anna _ NNP 2 appos person
Tarrow _ NNP 4 flat person
spoke speak VBD 0 root
. _ . 6 punct

Police _ NNS 2 nsubj
arrested arrest VBD 0 root
Tarrow _ NNP 2 obj person
in _ IN 5 case
Kenya _ NNP 2 obl place
. _ . 2 punct
"""


def test_the_head_of_an_apposition_tells_where_a_person_is_from():
    actor = cast(AUSTRALIAN).actor(one_word(1, 2))
    assert (actor.name, actor.country) == ("Anna Tarrow", "AUS")


AMBASSADOR = """
US _ NNP 2 compound place
Ambassador _ NNP 7 nsubj
to _ IN 4 case
Germany _ NNP 2 nmod place
Richard _ NNP 7 nsubj person
Grenfeld _ NNP 5 flat person
alleged allege VBD 0 root
that _ IN 9 mark
Berlin _ NNP 7 ccomp place
. _ . 7 punct
"""


def test_an_ambassador_to_a_country_is_not_of_it():
    actor = cast(AMBASSADOR).actor(WordRange(0, 4, 5))
    assert (actor.name, actor.country, actor.sectors) == ("Richard Grenfeld", "USA", ("GOV",))


COMMISSION = """
The the DT 5 det
National _ NNP 5 compound organization
Telephone _ NNP 5 compound organization
Licensing _ NNP 5 compound organization
Commission _ NNP 7 nsubj organization
in _ IN 7 case
Manila _ NNP 0 root place
. _ . 7 punct

Senators senator NNS 2 nsubj
condemned condemn VBD 0 root
NTLC _ NNP 2 obj organization
in _ IN 6 case
the _ DT 6 det
Philippines _ NNPS 2 obl place
. _ . 2 punct
"""


def test_initials_stand_for_the_body_named_in_full():
    actor = cast(COMMISSION).actor(one_word(1, 2))
    assert actor.country == "PHL"
    assert "Commission" in actor.name


AIRLINE = """
Iranian _ JJ 4 amod
airline _ NN 4 compound
Mahan _ NNP 4 compound organization
Air _ NNP 5 nsubj organization
flew fly VBD 0 root
to _ IN 7 case
Germany _ NNP 5 obl place
. _ . 5 punct

Germany _ NNP 2 nsubj place
banned ban VBD 0 root
Mahan _ NNP 4 compound organization
Air _ NNP 2 obj organization
. _ . 2 punct
"""


def test_whose_a_body_is_is_told_once():
    assert cast(AIRLINE).actor(WordRange(1, 2, 3)).country == "IRN"


@pytest.mark.parametrize(("score", "known"), [(0.9, True), (0.1, False)])
def test_a_noun_that_takes_up_a_person_means_that_person(score, known):
    trees = AUSTRALIAN.replace("Tarrow _ NNP 2 obj person", "suspect _ NN 2 obj")
    link = (1, Antecedent(word=2, sentence=0, at=4, score=score))
    actor = cast(trees, antecedents=[link]).actor(one_word(1, 2))
    assert (actor.name == "Anna Tarrow") is known


DATELINE = """
VIENNA _ NNP 7 dep place
( _ ( 4 punct
Pan _ NNP 4 compound organization
Wire _ NNP 1 appos organization
) _ ) 4 punct
— _ : 7 punct
Talks _ NNS 8 nsubj
ended end VBD 0 root
. _ . 8 punct
"""


def test_the_agency_of_a_dateline_did_nothing():
    of_article = cast(DATELINE)
    assert of_article.actor(WordRange(0, 2, 3)) is None
    assert of_article.actor(WordRange(0, 3, 3)) is not None


OFFERED = """
Envoys _ NNS 2 nsubj
offered offer VBD 0 root
the the DT 4 det
Russians _ NNPS 2 iobj
talks talk NNS 2 obj
. _ . 2 punct
"""


@pytest.mark.parametrize(("article", "actor"), [("the", "RUS"), ("some", "RUS-CVL")])
def test_a_people_with_its_article_is_its_country(article, actor):
    assert cast(OFFERED.replace("the the", f"{article} {article}")).actor(one_word(0, 3)).id == actor
