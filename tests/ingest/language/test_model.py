"""The shipped model: what it must always hold, whatever it has learned."""

import pytest

from graph.errors import BackendUnavailable
from graph.model import Article
from ingest.language.annotation import AnnotatedArticle
from ingest.language.model import Model, default_model
from ingest.language.windows import LONGEST_SENTENCE

TEXT = (
    "Envoys of Russia and the United States held talks in Geneva on Monday. They ended without a deal.\n\n"
    "Police in Lyon arrested twelve protesters after clashes near the town hall.\n\n"
    "“We will not withdraw,” the foreign minister, Anna Kowalska, told reporters in Warsaw."
)


@pytest.fixture(scope="module")
def annotated() -> AnnotatedArticle:
    article = Article.of(TEXT, title="Talks in Geneva end without a deal")
    return default_model().annotate([article])[0]


def test_words_quote_their_text(annotated: AnnotatedArticle) -> None:
    for sentence in annotated.sentences:
        for word in sentence.words:
            assert word.span.quote(TEXT) == word.text
            assert word.span in sentence.span
        for name in sentence.names:
            assert sentence.words[name.first].span.start == name.span.start
            assert sentence.words[name.last].span.end == name.span.end


def test_each_sentence_is_a_tree(annotated: AnnotatedArticle) -> None:
    for sentence in annotated.sentences:
        roots = [word for word in sentence.words if word.head < 0]
        assert len(roots) == 1
        assert roots[0].deprel == "root"
        assert sentence.subtree(roots[0].index) == [word.index for word in sentence.words]


def test_it_reads_plain_sentences() -> None:
    text = "Rebels killed three soldiers near Lyon. The minister, Anna Kowalska, resigned."
    annotated = default_model().annotate([Article.of(text)])[0]
    killed = next(w for s in annotated.sentences for w in s.words if w.text == "killed")
    assert (killed.lemma, killed.upos) == ("kill", "VERB")
    sentence = next(s for s in annotated.sentences if killed in s.words)
    relations = {word.text: word.deprel for word in sentence.children(killed.index)}
    assert relations["Rebels"] == "nsubj"
    assert relations["soldiers"] == "obj"
    names = {name.span.quote(text): name.kind for s in annotated.sentences for name in s.names}
    assert names["Lyon"] == "place"
    assert names["Anna Kowalska"] == "person"


def test_the_event_heads_see_an_arrest(annotated: AnnotatedArticle) -> None:
    triggers = [t for s in annotated.sentences for t in s.triggers if t.type_score > 0.5]
    words = {annotated.sentences[t.sentence].words[t.word].text: t for t in triggers}
    arrest = words["arrested"]
    assert arrest.type == "COERCE"
    assert arrest.modes[0][0] == "arrest"
    assert arrest.modalities[0][0] == "asserted"


def test_overlong_sentences_are_cut_and_nothing_is_lost() -> None:
    text = "word " * (3 * LONGEST_SENTENCE) + "end."
    annotated = default_model().annotate([Article.of(text)])[0]
    assert sum(len(sentence.words) for sentence in annotated.sentences) == 3 * LONGEST_SENTENCE + 2
    assert max(len(sentence.words) for sentence in annotated.sentences) <= LONGEST_SENTENCE


def test_strange_text_is_read_too() -> None:
    for text in ("…", "\u200b.", "A" * 5000, "漢字かな交じり文。", "🙂 🙂 🙂"):
        annotated = default_model().annotate([Article.of(text)])[0]
        assert annotated.article.text == text


def test_a_missing_model_says_what_to_do(tmp_path: object) -> None:
    from pathlib import Path

    with pytest.raises(BackendUnavailable, match="reinstall"):
        Model(Path(str(tmp_path)))
