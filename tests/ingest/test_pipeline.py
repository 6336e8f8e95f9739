"""From articles to coded articles: the whole way, on an article as a crawler leaves it."""

from datetime import UTC, datetime

import pytest

from graph.errors import ItemRejected
from graph.model import Article, CodedArticle, DayBasis
from ingest.pipeline import Pipeline
from ingest.report import RunReport

TEXT = (
    "Talks between Russia and the Organization for Security and Cooperation in Europe (OSCE) in Vienna ended "
    "Thursday without agreement.\n\n"
    "Earlier this week, Russian officials met U.S. diplomats in Geneva.\n\n"
    "Polish Foreign Minister Zbigniew Rau warned of a war. Rau urged Moscow to withdraw its troops."
)


@pytest.fixture(scope="module")
def coded() -> CodedArticle:
    article = Article.of(TEXT, title="No agreement in Vienna", published=datetime(2022, 1, 13, tzinfo=UTC))
    return Pipeline().code(article)


def test_the_talks(coded: CodedArticle) -> None:
    talks = next(m for m in coded.mentions if m.type == "CONSULT")
    assert {p.actor for p in (*talks.initiators, *talks.recipients)} == {"RUS", "IGO-OSCE"}
    assert talks.day is not None
    assert (str(talks.day.first), talks.day.basis) == ("2022-01-13", DayBasis.RELATIVE)
    assert talks.place == 2761369  # Vienna
    assert talks.evidence is not None
    assert talks.evidence.trigger.quote(TEXT) in ("Talks", "talks")


def test_every_span_quotes_the_text(coded: CodedArticle) -> None:
    for mention in coded.mentions:
        assert mention.evidence is not None
        assert mention.evidence.trigger in mention.evidence.sentence
        for side in (*mention.initiators, *mention.recipients):
            assert side.span is not None
            assert side.span.quote(TEXT) == side.text
    known = {actor.id for actor in coded.actors}
    assert all(p.actor in known for m in coded.mentions for p in (*m.initiators, *m.recipients))


def test_a_short_name_is_the_person_introduced_before(coded: CodedArticle) -> None:
    urged = next(m for m in coded.mentions if m.type == "REQUEST")
    assert [p.text for p in urged.initiators] == ["Rau"]
    rau = next(a for a in coded.actors if a.id == urged.initiators[0].actor)
    assert (rau.country, rau.sectors[0]) == ("POL", "GOV")


def test_no_date_stays_no_date() -> None:
    coded = Pipeline().code(Article.of("Police in Lyon arrested 20 protesters."))
    assert coded.mentions
    assert all(m.day is None for m in coded.mentions)


def test_a_rejection_is_counted_and_the_run_goes_on() -> None:
    report = RunReport()
    items = [ItemRejected("empty file", item="a.txt"), Article.of("NATO condemned the attack.")]
    assert len(list(Pipeline().run(items, report=report))) == 1
    assert report.rejected == {"empty file": 1}
    assert (report.read, report.coded) == (1, 1)


def test_an_article_that_cannot_be_coded_does_not_stop_the_others() -> None:
    class Broken:
        version = "broken"

        def annotate(self, articles: object) -> list[object]:
            raise IndexError("no such word")

    report = RunReport()
    pipeline = Pipeline(annotator=Broken())  # type: ignore[arg-type]
    assert list(pipeline.run([Article.of("One."), Article.of("Two.")], report=report)) == []
    assert report.rejected == {"could not be coded": 2}


@pytest.mark.parametrize(
    "text",
    [
        "Leeds attacked from the start and United's defence was under siege for an hour.",
        "Shares rallied on Tuesday as investors bombarded brokers with orders.",
        "She lost her battle against cancer on Monday.",
        "The ambassador enjoyed the weather.",
    ],
)
def test_words_of_war_without_war(text: str) -> None:
    assert [m.type for m in Pipeline().code(Article.of(text)).mentions] == []
