"""Every case of ``cases/``: a sentence's tree and the mentions that the rules must find."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from ingest.coders.raw_mention import RawMention, WordRange
from ingest.coders.rule_coder import code
from ingest.language.annotation import AnnotatedArticle
from tests.ingest.coders.conllu import annotate

FLOOR = 0.1
CASES = [
    pytest.param(case, id=f"{path.stem}: {case['sentence']}")
    for path in sorted(Path(__file__).with_name("cases").glob("*.yaml"))
    for case in yaml.safe_load(path.read_text(encoding="utf-8"))
]


def quote(article: AnnotatedArticle, words: WordRange) -> str:
    sentence = article.sentences[words.sentence]
    span = (sentence.words[words.first].span.start, sentence.words[words.last].span.end)
    return article.article.text[span[0] : span[1]]


def told(article: AnnotatedArticle, mention: RawMention, wanted: dict[str, Any]) -> dict[str, Any]:
    """Return what a mention says in the words of a case; optional fields only where the case names them."""
    said: dict[str, Any] = {"type": mention.type}
    said["modality"] = str(mention.modality)
    said["initiators"] = [quote(article, words) for words in mention.initiators]
    said["recipients"] = [quote(article, words) for words in mention.recipients]
    if "mode" in wanted:
        said["mode"] = mention.mode
    if "reciprocal" in wanted:
        said["reciprocal"] = mention.reciprocal
    if "trigger" in wanted:
        words = article.sentences[mention.sentence].words
        said["trigger"] = " ".join(words[index].text for index in mention.trigger)
    if "places" in wanted:
        said["places"] = [quote(article, words) for words in mention.places]
    if "times" in wanted:
        said["times"] = [quote(article, words) for words in mention.times]
    if "quantities" in wanted:
        said["quantities"] = [[q.what, q.low, q.high] for q in mention.quantities]
    return said


@pytest.mark.parametrize("case", CASES)
def test_case(case: dict[str, Any]) -> None:
    article = annotate(case["tree"], published=case.get("published"))
    found = [mention for mention in code(article) if mention.score >= FLOOR]
    defaults = {"modality": "asserted", "initiators": [], "recipients": []}
    wanted = [defaults | mention for mention in case["mentions"]]
    shown = wanted + [{}] * max(0, len(found) - len(wanted))
    assert [told(article, m, w) for m, w in zip(found, shown, strict=False)] == wanted


def test_spans_of_a_mention_lie_in_its_article() -> None:
    for parameters in CASES:
        case = parameters.values[0]
        article = annotate(case["tree"], published=case.get("published"))
        for mention in code(article):
            ranges = [*mention.initiators, *mention.recipients, *mention.places, *mention.times]
            for words in ranges + [q.words for q in mention.quantities]:
                assert 0 <= words.first <= words.last < len(article.sentences[words.sentence].words)
            assert 0 <= mention.score <= 1
