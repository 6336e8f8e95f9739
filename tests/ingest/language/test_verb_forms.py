"""What a verb's form tells of its tag, and that the shipped model heeds it."""

import pytest

from graph.model import Article
from ingest.language.model import default_model
from ingest.language.verb_forms import verb_tags

BASE, PAST = {"VB", "VBP"}, {"VBD", "VBN"}


@pytest.mark.parametrize(
    ("word", "tags"),
    [
        ("accused", PAST),
        ("criticised", PAST),
        ("Mobilising", {"VBG"}),
        ("honours", {"VBZ"}),
        ("analysed", PAST),
        ("need", BASE),
        ("bring", BASE),
        ("read", BASE | PAST),
        ("goes", {"VBZ"}),
        ("focuses", {"VBZ"}),
        ("overthrown", PAST),
        ("withdrawal", set()),
        ("resignation", set()),
    ],
)
def test_a_form_allows_some_tags(word, tags):
    assert verb_tags(word) == tags


@pytest.mark.parametrize("word", ["was", "having", "put", "won't", "Orbán", "F-16s"])
def test_a_form_that_tells_nothing(word):
    assert verb_tags(word) is None


@pytest.mark.parametrize(
    ("text", "lemma"),
    [
        ("Russia accused Ukraine of shelling the border town of Belgorod on Monday.", "accuse"),
        ("The ambassador condemned the raid and offered talks.", "condemn"),
        ("France invaded the island, and its allies threatened to leave.", "invade"),
    ],
)
def test_the_words_that_tell_of_acts_keep_their_lemma(text, lemma):
    (annotated,) = default_model().annotate([Article.of(text)])
    assert lemma in [word.lemma for sentence in annotated.sentences for word in sentence.words]
