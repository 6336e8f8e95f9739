"""RSS and Atom feeds."""

from datetime import UTC, datetime

from graph.model import Article
from tests.ingest.readers.reading import article, brief, outcomes, rejection

TEXT = "Envoys of the two neighbours ended a second day of talks in Lusaka on Tuesday."


def rss(*items: str, channel: str = "<title>Harbour Wire</title>") -> str:
    return (
        '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" '
        f'xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>{channel}<link>https://harbour.example/</link>{"".join(items)}</channel></rss>'
    )


def item(title: str, body: str = TEXT, more: str = "") -> str:
    return f"<item><title>{title}</title><description>{body}</description>{more}</item>"


def test_an_item_is_an_article() -> None:
    read = article(
        rss(
            item(
                "Bridge &amp; toll",
                more="<link>https://harbour.example/1</link><pubDate>Thu, 13 Jan 2022 10:00:00 +0200</pubDate>",
            )
        ),
        "f.xml",
    )
    assert (read.title, read.publisher, read.url, read.text, read.file) == (
        "Bridge & toll",
        "Harbour Wire",
        "https://harbour.example/1",
        TEXT,
        "f.xml:1",
    )
    assert read.published is not None and read.published.isoformat() == "2022-01-13T10:00:00+02:00"


def test_full_content_is_preferred_and_cleaned() -> None:
    html = (
        f"<![CDATA[<figure><img src='x'/><figcaption>A lorry at the bridge, March 2, 2022.</figcaption></figure><p>{TEXT}</p><p>They left&nbsp;early &amp; said so.<br/>"
        "Nobody came.</p><p>Read more: <a href='/2'>Ten bridges</a></p><p>The post <a href='/'>Bridge</a> appeared first on <a href='/'>Harbour Wire</a>.</p>]]>"
    )
    read = article(rss(item("Bridge", "A teaser.", f"<content:encoded>{html}</content:encoded>")), "f.xml")
    assert read.text == f"{TEXT}\n\nThey left early & said so.\n\nNobody came."


def test_an_items_own_publisher() -> None:
    assert (
        article(
            rss(item("Bridge", more="<source url='https://other.example/feed'>Other Wire</source>")), "f.xml"
        ).publisher
        == "Other Wire"
    )


def test_an_item_without_text_or_date_does_not_stop_the_others() -> None:
    found = outcomes(
        rss(item("One"), item("Two", ""), "<item/>", item("Four", more="<pubDate>soon</pubDate>")), "f.xml"
    )
    assert brief(found) == ["One", "no text", "no text", "Four"]
    assert isinstance(found[3], Article) and found[3].published is None
    assert found[1].item == "f.xml:2" if not isinstance(found[1], Article) else False


def test_a_broken_item_does_not_stop_the_others() -> None:
    for broken in (
        item("Two", "Talks &nbsp; on <b>tolls & bridges <unclosed"),
        "<item><title>Two</title><description>x</item>",
        item("Two", f"{TEXT} \x01\x02"),
    ):
        found = brief(outcomes(rss(item("One"), broken, item("Three")), "f.xml"))
        assert found[0] == "One" and found[-1] == "Three", broken


def test_atom() -> None:
    entry = f"<entry><id>https://harbour.example/1</id><title type='html'>Bridge &lt;b&gt;talks&lt;/b&gt;</title><link href='https://harbour.example/1'/><published>2022-01-13T10:00:00Z</published><updated>2022-01-15T10:00:00Z</updated><content type='html'>&lt;p&gt;{TEXT}&lt;/p&gt;</content></entry>"
    feed = f"<feed xmlns='http://www.w3.org/2005/Atom'><title>Harbour Wire</title>{entry}</feed>"
    read = article(feed, "f.atom")
    assert (read.title, read.publisher, read.url, read.text) == (
        "Bridge talks",
        "Harbour Wire",
        "https://harbour.example/1",
        TEXT,
    )
    assert read.published == datetime(2022, 1, 13, 10, tzinfo=UTC)


def test_encodings_of_feeds() -> None:
    feed = rss(item("Café in Łódź", f"{TEXT} They met in a café in Łódź."))
    assert article(feed.encode(), "f.xml").title == "Café in Łódź"
    assert article(feed.replace("UTF-8", "ISO-8859-2").encode("iso-8859-2"), "f.xml").title == "Café in Łódź"
    assert article(feed.replace("UTF-8", "UTF-16").encode("utf-16"), "f.xml").title == "Café in Łódź"


def test_what_is_no_feed() -> None:
    assert outcomes(rss(), "f.xml") == []
    assert (
        rejection("<?xml version='1.0'?><catalogue><book/></catalogue>", "f.xml").reason == "unknown format"
    )
    assert rejection("<rss version='2.0'><channel><item><ti", "f.xml").reason in ("broken item", "no text")


def test_no_outside_entity_is_read() -> None:
    evil = '<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd"><!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
    found = outcomes(evil + rss(item("One", f"{TEXT} &x; &b;")).split("?>", 1)[1], "f.xml")
    assert "root:" not in "".join(brief(found)) and "root:" not in "".join(
        getattr(one, "text", "") for one in found
    )
