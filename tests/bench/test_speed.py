from bench.speed import corpus


def test_the_corpus_is_repeated_as_other_articles():
    articles = corpus(52)
    assert len({article.id for article in articles}) == 52
    assert articles[0].text == articles[50].text
