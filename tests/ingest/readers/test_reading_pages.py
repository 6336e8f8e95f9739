"""Web pages: the story without its surroundings, and what a page says of itself."""

from datetime import UTC, datetime

import pytest

from ingest.readers import RawItem, ReadOptions, read_item
from tests.ingest.readers.reading import article, rejection

LEAD = "Envoys of the two neighbours ended a second day of talks in Lusaka on Tuesday without a word on the closed bridge."
NEXT = "The talks were the first since the shooting at the border post, in which four soldiers of both sides were killed."
LAST = "Neither delegation said whether it would come back, although the hosts have kept their rooms until Friday."
STORY = f"{LEAD}\n\n{NEXT}\n\n{LAST}"


def page(
    head: str = "", above: str = "", body: str = f"<p>{LEAD}</p><p>{NEXT}</p><p>{LAST}</p>", below: str = ""
) -> str:
    return (
        f"<!DOCTYPE html><html lang='en'><head><meta charset='utf-8'><title>Bridge talks end | Harbour Wire</title>{head}</head>"
        f"<body><nav><a href='/'>Home</a> <a href='/world'>World</a></nav><main><article><h1>Bridge talks end</h1>{above}"
        f"<div class='content'>{body}</div></article>{below}</main><footer><p>© 2023 Harbour Wire. All rights reserved.</p></footer></body></html>"
    )


def published(head: str = "", above: str = "", **rest: str) -> str | None:
    moment = article(page(head, above, **rest), "p.html").published
    return moment.isoformat() if moment else None


def test_a_page_is_its_title_and_its_story() -> None:
    read = article(page(), "in/p.html")
    assert (read.title, read.text, read.published, read.language, read.file) == (
        "Bridge talks end",
        STORY,
        None,
        "en",
        "in/p.html",
    )


CLUTTER = [
    "<figure><img src='a.jpg' alt='x'><figcaption>A lorry waits at the closed bridge over the river, March 2, 2022.</figcaption></figure>",
    "<p class='c-media__caption'>A lorry waits at the closed bridge over the river, March 2, 2022.</p>",
    "<p>A lorry waits at the closed bridge over the river, March 2, 2022.</p><p>A lorry waits at the closed bridge over the river, March 2, 2022.</p>",
    "<p>A lorry waits at the closed bridge over the river. (AP Photo/Jane Doe)</p>",
    "<p>FILE - A lorry waits at the closed bridge over the river, March 2, 2022.</p>",
    "<p>16x9 Image</p>",
    "<ul><li>XS</li><li>SM</li><li>MD</li><li>LG</li></ul>",
    "<div class='share-bar'><a href='#'>Share on Facebook</a> <a href='#'>Print</a></div>",
    "<p>Share</p><p>Print</p><p>Embed</p>",
    "<p>Read more: <a href='/2'>Ten bridges to see before you die</a></p>",
    "<aside><h3>Most read</h3><p>Ten bridges that you should see before they are closed for good this year.</p></aside>",
    "<h3>Related</h3><ul><li><a href='/2'>Ten bridges to see</a></li><li><a href='/3'>A toll too far</a></li></ul>",
    "<div class='newsletter-signup'><p>Sign up for our morning newsletter and never miss a story from the river.</p></div>",
    "<p>Sign up for our morning newsletter and never miss a story from the river.</p>",
    "<p>Advertisement</p>",
    "<div id='cookie-consent'><p>We use cookies to make this site better, and our partners may store information on your device.</p></div>",
    "<script>var story = 'The envoys were never there at all, the script said on Tuesday.';</script>",
]
AT_THE_END = [
    "<p>Some information for this report was provided by The Associated Press and Reuters.</p>",
    "<p>Jane Doe in Lusaka contributed to this report.</p>",
    "<p>Reporting by Jane Doe and John Roe; Editing by Ann Poe</p>",
    "<p>Jane Doe is a correspondent based in Lusaka for Harbour Wire.</p>",
    "<p>Harbour Wire is an independent news agency founded in 1931 that covers the river and its ports.</p>",
    "<p>Follow Jane Doe on Twitter: @janedoe</p>",
    "<p>© 2022 Harbour Wire. All rights reserved. This material may not be published without permission.</p>",
    "<div class='author-bio'><p>Jane Doe writes about bridges and those who cross them on foot every morning.</p></div>",
    "<section id='comments'><p>What nonsense, the bridge was never open in the first place, everybody knows.</p></section>",
    "<div class='related-stories'><h3>More from Harbour Wire</h3><p>Ten bridges that you should see before they are closed.</p></div>",
]


@pytest.mark.parametrize("clutter", CLUTTER)
def test_clutter_in_the_story_is_taken_out(clutter: str) -> None:
    for body in (
        f"{clutter}<p>{LEAD}</p><p>{NEXT}</p><p>{LAST}</p>",
        f"<p>{LEAD}</p>{clutter}<p>{NEXT}</p><p>{LAST}</p>",
    ):
        assert (
            article(page("<meta property='og:site_name' content='Harbour Wire'>", body=body), "p.html").text
            == STORY
        )


@pytest.mark.parametrize("clutter", CLUTTER + AT_THE_END)
def test_clutter_after_the_story_is_taken_out(clutter: str) -> None:
    body = f"<p>{LEAD}</p><p>{NEXT}</p><p>{LAST}</p>{clutter}"
    assert (
        article(page("<meta property='og:site_name' content='Harbour Wire'>", body=body), "p.html").text
        == STORY
    )


@pytest.mark.parametrize(
    "body",
    [
        f"{LEAD}<br><br>{NEXT}<br/><br/>{LAST}",
        f"<div>{LEAD}</div><div>{NEXT}</div><div>{LAST}</div>",
        f"<p>{LEAD}</p><blockquote><p>{NEXT}</p></blockquote><p>{LAST}</p>",
        f"<table><tr><td><p>{LEAD}</p><p>{NEXT}</p><p>{LAST}</p></td></tr></table>",
        f"<section><p>{LEAD}</p></section><section><p>{NEXT}</p><p>{LAST}</p></section>",
        f"<div class='has-sidebar related-on'><p>{LEAD}</p><p>{NEXT}</p><p>{LAST}</p></div>",
        "<p>"
        + LEAD.replace("Lusaka", "<a href='/l'>Lusaka</a>").replace("bridge", "<b>bridge</b>")
        + f"</p><p>{NEXT}</p><p>{LAST}</p>",
    ],
)
def test_stories_in_other_markup(body: str) -> None:
    assert article(page(body=body), "p.html").text.split() == STORY.split()


def test_a_short_story_is_not_padded_with_its_surroundings() -> None:
    below = (
        "<section class='river'>"
        + "".join(f"<p><a href='/{n}'>Another headline about the river number {n}</a></p>" for n in range(20))
        + "</section>"
    )
    assert article(page(body=f"<p>{LEAD}</p>", below=below), "p.html").text == LEAD


DATE = "2022-03-08"


@pytest.mark.parametrize(
    ("head", "above", "expected"),
    [
        ('<script type="application/ld+json">{"@type":"NewsArticle","datePublished":"2022-03-08T18:00:00+02:00","dateModified":"2022-03-10"}</script>', "", "2022-03-08T18:00:00+02:00"),
        ('<script type="application/ld+json">{"@graph":[{"@type":"WebPage"},{"@type":["Article"],"datePublished":"2022-03-08"}]}</script>', "", "2022-03-08T00:00:00+00:00"),
        ("<meta property='article:published_time' content='2022-03-08T16:00:00Z'><meta property='article:modified_time' content='2022-03-10T16:00:00Z'>", "", "2022-03-08T16:00:00+00:00"),
        ("<meta name='pubdate' content='Tue, 08 Mar 2022 16:00:00 +0200'>", "", "2022-03-08T16:00:00+02:00"),
        ("<meta itemprop='datePublished' content='2022-03-08'>", "", "2022-03-08T00:00:00+00:00"),
        ("", "<time datetime='2022-03-08T16:00:00Z'>8 March</time>", "2022-03-08T16:00:00+00:00"),
        ("", "<p class='byline'>By Jane Doe</p><span class='published-date'>March 8, 2022</span>", "2022-03-08T00:00:00+00:00"),
        ("", "<div class='meta'>Published <time datetime='2022-03-08'>8 March</time>, updated <time datetime='2022-03-10'>10 March</time></div>", "2022-03-08T00:00:00+00:00"),
        ("<link rel='canonical' href='https://harbour.example/2022/03/08/bridge'>", "", "2022-03-08T00:00:00+00:00"),
        ("<link rel='canonical' href='https://harbour.example/world/bridge-20220308.html'>", "", "2022-03-08T00:00:00+00:00"),
    ],
)  # fmt: skip
def test_publication_times(head: str, above: str, expected: str) -> None:
    assert published(head, above) == expected


@pytest.mark.parametrize(
    ("head", "above", "below"),
    [
        ("", "", ""),
        ("<meta property='article:modified_time' content='2022-03-10T16:00:00Z'>", "", ""),
        ("", "<p class='updated'>Updated <time datetime='2022-03-10'>10 March</time></p>", ""),
        ("", "", "<aside><time datetime='2022-02-01'>1 Feb</time> Another story</aside>"),
        ("", "", "<ul class='latest'><li><time datetime='2022-02-01'>1 Feb</time> Another story</li></ul>"),
        (
            "",
            "<figure><figcaption class='date'>A lorry at the bridge, March 2, 2022.</figcaption></figure>",
            "",
        ),
        ("<meta name='date' content='03/08/2022'>", "", ""),
        ("<meta name='date' content='yesterday'>", "", ""),
        ("<link rel='canonical' href='https://harbour.example/2022/03/bridge-1234567890'>", "", ""),
    ],
)
def test_no_publication_time_is_guessed(head: str, above: str, below: str) -> None:
    body = f"<p>{LEAD} It was closed on January 4, 2019.</p><p>{NEXT}</p><p>{LAST}</p>"
    assert published(head, above, below=below, body=body) is None


@pytest.mark.parametrize(
    ("stated", "note"), [("2999-01-01T00:00:00Z", "date in the future"), ("1822-01-13", "date before 1900")]
)
def test_a_time_that_cannot_be_is_unknown_and_noted(stated: str, note: str) -> None:
    notes: list[tuple[str, str]] = []
    content = page(f"<meta property='article:published_time' content='{stated}'>")
    read = article(content, "p.html", note=lambda what, item, detail: notes.append((what, item)))
    assert read.published is None and notes == [(note, "p.html")]


@pytest.mark.parametrize(
    ("head", "publisher"),
    [
        ("<meta property='og:site_name' content='Harbour Wire'><script type='application/ld+json'>{\"@type\":\"NewsArticle\",\"publisher\":{\"name\":\"Other\"}}</script>", "Harbour Wire"),
        ("<script type='application/ld+json'>{\"@type\":\"NewsArticle\",\"publisher\":{\"name\":\"Harbour &amp; Wire\"}}</script>", "Harbour & Wire"),
        ("<link rel='canonical' href='https://www.harbour.example/1'>", "harbour.example"),
        ("", None),
    ],
)  # fmt: skip
def test_publishers(head: str, publisher: str | None) -> None:
    assert article(page(head), "p.html").publisher == publisher


@pytest.mark.parametrize(
    ("head", "title"),
    [
        ("<title>Bridge talks end - Harbour Wire</title><meta property='og:site_name' content='Harbour Wire'>", "Bridge talks end"),
        ("<title>Bridge talks end - without a word</title>", "Bridge talks end - without a word"),
        ("<meta property='og:title' content='Bridge &amp; toll talks end | Harbour Wire'>", "Bridge & toll talks end"),
        ("<script type='application/ld+json'>{\"@type\":\"NewsArticle\",\"headline\":\"Bridge talks end\"}</script><title>x</title>", "Bridge talks end"),
        ("", None),
    ],
)  # fmt: skip
def test_titles_without_a_heading(head: str, title: str | None) -> None:
    assert (
        article(f"<html><head>{head}</head><body><p>{LEAD}</p><p>{NEXT}</p></body></html>", "p.html").title
        == title
    )


def test_a_canonical_address_elsewhere_is_another_copy() -> None:
    for host, expected in [
        ("harbour.example", "https://harbour.example/1"),
        ("agency.example", "https://harbour.example/1?ref=x"),
    ]:
        data = page(f"<link rel='canonical' href='https://{host}/1'>").encode()
        (read,) = read_item(
            RawItem("p", data, "text/html", "https://harbour.example/1?ref=x"), options=ReadOptions()
        )
        assert getattr(read, "url", None) == expected


@pytest.mark.parametrize(
    "content",
    [
        "<html><body></body></html>",
        "<html><body><script>app.start()</script><noscript>Please enable JavaScript to read this page.</noscript></body></html>",
        "<html><body><nav>"
        + "".join(f"<a href='/{n}'>Headline {n}</a>" for n in range(50))
        + "</nav></body></html>",
        "<!doctype html>",
    ],
)
def test_pages_without_a_story(content: str) -> None:
    assert rejection(content, "p.html").reason == "no text"


def test_encodings_of_pages() -> None:
    body = "<p>" + LEAD.replace("Lusaka", "Łódź") + f"</p><p>{NEXT}</p>"
    text = page(body=body)
    assert "Łódź" in article(text.encode(), "p.html").text
    assert (
        "Łódź"
        in article(text.replace("utf-8", "iso-8859-2").replace("©", "").encode("iso-8859-2"), "p.html").text
    )
    assert "Łódź" in article(text.replace("utf-8", "iso-8859-1").encode("utf-8"), "p.html").text, (
        "a wrong declaration"
    )
    assert "Łódź" in article(text.encode("utf-16"), "p.html").text
    raw = RawItem(
        "p",
        text.replace("<meta charset='utf-8'>", "").replace("©", "").encode("iso-8859-2"),
        "text/html; charset=ISO-8859-2",
    )
    assert "Łódź" in getattr(next(read_item(raw)), "text", "")


def test_a_page_of_fifty_megabytes_is_too_large() -> None:
    assert rejection(page().encode() + b"<p>x</p>" * 6_250_000, "p.html").reason == "too large"


def test_a_date_only_is_midnight_utc() -> None:
    assert article(page("<meta name='date' content='2022-03-08'>"), "p.html").published == datetime(
        2022, 3, 8, tzinfo=UTC
    )
