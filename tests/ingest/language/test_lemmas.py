"""Dictionary forms."""

import pytest

from ingest.language.lemmas import lemma_of


@pytest.mark.parametrize(
    ("word", "upos", "xpos", "lemma"),
    [
        ("arrested", "VERB", "VBD", "arrest"),
        ("withdrew", "VERB", "VBD", "withdraw"),
        ("escaped", "VERB", "VBD", "escape"),
        ("banned", "VERB", "VBN", "ban"),
        ("controlling", "VERB", "VBG", "control"),
        ("dying", "VERB", "VBG", "die"),
        ("denies", "VERB", "VBZ", "deny"),
        ("imposing", "VERB", "VBG", "impose"),
        ("hoped", "VERB", "VBD", "hope"),
        ("hopped", "VERB", "VBD", "hop"),
        ("fled", "VERB", "VBD", "flee"),
        ("is", "AUX", "VBZ", "be"),
        ("talks", "NOUN", "NNS", "talk"),
        ("enemies", "NOUN", "NNS", "enemy"),
        ("soldiers", "NOUN", "NNS", "soldier"),
        ("policemen", "NOUN", "NNS", "policeman"),
        ("crises", "NOUN", "NNS", "crisis"),
        ("United", "PROPN", "NNP", "United"),
        ("n't", "PART", "RB", "not"),
        ("worse", "ADJ", "JJR", "bad"),
    ],
)
def test_lemma(word: str, upos: str, xpos: str, lemma: str) -> None:
    assert lemma_of(word, upos, xpos) == lemma
