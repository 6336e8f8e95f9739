"""Plain texts: crawler dumps, saved stories, header blocks, encodings."""

from datetime import UTC, date, datetime

import pytest

from tests.ingest.readers.reading import article, rejection

LEAD = "Envoys of the two neighbours ended a second day of talks in Lusaka on Tuesday without a word on the closed bridge."
NEXT = "The talks were the first since the shooting at the border post, in which four soldiers of both sides were killed."
LAST = "Neither delegation said whether it would come back, although the hosts have kept their rooms until Friday."

DUMP = f"""Accessibility links

Breaking News

Bridge Talks End Without Agreement


Deputy Foreign Minister Ada Mwale speaks to reporters in Lusaka, Zambia, March 8, 2022.
Deputy Foreign Minister Ada Mwale speaks to reporters in Lusaka, Zambia, March 8, 2022.

{LEAD}

{NEXT}

A lorry waits at the closed bridge over the river, March 2, 2022.
A lorry waits at the closed bridge over the river, March 2, 2022.

{LAST}

Some information for this report was provided by Agence France-Presse and Reuters.

  • 16x9 Image

    Harbour News

    The Voice of the Harbour provides news and information in 12 languages to an estimated weekly audience of four million people. Stories with the Harbour News byline are the work of several journalists.

XS
SM
MD
LG
"""
STORY = f"{LEAD}\n\n{NEXT}\n\n{LAST}"


def test_a_crawlers_dump_is_its_title_and_its_story() -> None:
    read = article(DUMP)
    assert read.title == "Bridge Talks End Without Agreement"
    assert read.text == STORY
    assert read.published is None, "a caption's date is not the publication's"
    assert (read.publisher, read.url, read.language, read.file) == (None, None, "en", "story.txt")


def test_a_publication_time_can_be_handed_in() -> None:
    day = datetime(2022, 3, 8, 12, tzinfo=UTC)
    assert article(DUMP, published=day).published == day
    assert article(DUMP, name="in/2022-03-08-bridge.txt").published is None
    for name in ("in/2022-03-08-bridge.txt", "bridge_20220308.txt"):
        assert article(DUMP, name=name, date_from_name=True).published == datetime(2022, 3, 8, tzinfo=UTC)


@pytest.mark.parametrize(
    ("head", "day", "publisher"),
    [
        ("VIENNA, Jan. 13, 2022 (Meridian Wire) — ", date(2022, 1, 13), "Meridian Wire"),
        ("NEW YORK, January 13, 2022 (Meridian Wire) -- ", date(2022, 1, 13), "Meridian Wire"),
        ("KYIV, Ukraine, 13 January 2022 – ", date(2022, 1, 13), None),
        ("GENEVA (Meridian Wire) - ", None, "Meridian Wire"),
        ("MOSCOW, January 13 (Meridian Wire) -- ", None, "Meridian Wire"),
        ("LONDON — ", None, None),
        ("", None, None),
    ],
)
def test_datelines(head: str, day: date | None, publisher: str | None) -> None:
    read = article(f"Bridge talks end\n\n{head}{LEAD}\n\n{NEXT}")
    assert read.text == f"{head}{LEAD}\n\n{NEXT}", "a dateline stays: it says where"
    assert (read.published.date() if read.published else None) == day
    assert read.publisher == publisher
    assert read.title == "Bridge talks end"


@pytest.mark.parametrize(
    "line",
    [
        "Friday, January 4, 2019",
        "January 4, 2019",
        "4 January 2019",
        "Published: Jan. 4, 2019 at 10:12 a.m. EST",
        "Posted on 2019-01-04 10:12",
        "Fri, 4 January 2019, 10:12 GMT",
    ],
)
def test_a_date_alone_on_a_line_is_the_publications(line: str) -> None:
    for text in (
        f"{line}\n\n{LEAD}\n\n{NEXT}",
        f"Bridge talks end\n{line}\nBy Ada Lungu\n\n{LEAD}\n\n{NEXT}",
        f"{LEAD}\n\n{NEXT}\n\n{line}",
    ):
        read = article(text)
        assert read.published == datetime(2019, 1, 4, tzinfo=UTC)
        assert read.text == f"{LEAD}\n\n{NEXT}"


def test_a_closing_credit_gives_day_and_publisher() -> None:
    read = article(f"{LEAD}\n\n{NEXT}\n\nMeridian Wire, 13 January 2022")
    assert (read.published, read.publisher) == (datetime(2022, 1, 13, tzinfo=UTC), "Meridian Wire")
    assert read.text == f"{LEAD}\n\n{NEXT}"


def test_dates_in_the_story_are_the_storys() -> None:
    read = article(
        f"{LEAD} The bridge was closed on January 4, 2019.\n\nIt opened on 3 May 1974, the year of the treaty between the two states."
    )
    assert read.published is None and "January 4, 2019" in read.text


def test_a_header_block() -> None:
    read = article(
        f"Title: Bridge talks end\nDate: 2022-03-08T18:00:00+02:00\nPublisher: Harbour Wire\nURL: https://harbour.example/1\n\n{LEAD}\n\n{NEXT}"
    )
    assert (read.title, read.publisher, read.url) == (
        "Bridge talks end",
        "Harbour Wire",
        "https://harbour.example/1",
    )
    assert read.published is not None and read.published.isoformat() == "2022-03-08T18:00:00+02:00"
    assert read.text == f"{LEAD}\n\n{NEXT}"


def test_a_headline_with_a_colon_is_no_header_block() -> None:
    read = article(f"Source: minister to resign over the bridge\n\n{LEAD}\n\n{NEXT}")
    assert read.title == "Source: minister to resign over the bridge" and read.publisher is None


def test_a_bare_sentence_is_an_article() -> None:
    read = article("Russian troops shelled the port of Mariupol on Friday.")
    assert (read.title, read.text) == (None, "Russian troops shelled the port of Mariupol on Friday.")


@pytest.mark.parametrize(
    ("first", "title"),
    [
        ("Russia Holds Talks With the U.S.", True),
        ("Will the bridge open?", True),
        ("The envoys met in Lusaka on Tuesday.", False),
        ("“We will not sign this,” the minister said.", False),
    ],
)
def test_what_is_a_title(first: str, title: bool) -> None:
    read = article(f"{first}\n\n{LEAD}\n\n{NEXT}")
    assert (read.title == first) is title
    assert (first in read.text) is not title


def test_hard_wrapped_lines_are_joined_and_lists_are_not() -> None:
    wrapped = "Bridge talks end\n\nEnvoys of the two neighbours ended a second day of\ntalks in Lusaka on Tuesday without a word on the\nclosed bridge.\n\nThe hosts spoke of a start. They have kept rooms\nfor both.\n"
    assert article(wrapped).text.split("\n\n") == [
        "Envoys of the two neighbours ended a second day of talks in Lusaka on Tuesday without a word on the closed bridge.",
        "The hosts spoke of a start. They have kept rooms for both.",
    ]
    assert article(f"{LEAD}\n{NEXT}\n{LAST}").text == STORY, "one line a paragraph, without blank lines"


@pytest.mark.parametrize(
    "codec", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"]
)
def test_encodings(codec: str) -> None:
    text = "Café talks end\n\nThe envoy’s “visit” to Côte d’Ivoire ended – without a word on the 40 € toll at the border post."
    read = article(text.encode(codec))
    assert f"{read.title}\n\n{read.text}" == text


def test_an_encoding_can_be_insisted_on() -> None:
    text = "Envoys met in Łódź\n\nThe envoys of the two neighbours met in Łódź on Tuesday and said that they would meet again."
    assert article(text.encode("cp1250"), encoding="cp1250").title == "Envoys met in Łódź"
    assert rejection(text.encode("cp1250"), encoding="utf-8").reason == "wrong encoding"


def test_a_few_broken_bytes_do_not_spoil_utf_8() -> None:
    text = "The envoy’s “visit” to Côte d’Ivoire ended – without a word on the closed bridge – on Tuesday."
    assert "Côte d’Ivoire" in article(text.encode() + b" \xe2\x80").text


def test_texts_that_hold_no_story() -> None:
    assert rejection("Accessibility links\n\nShare\n\nXS\nSM\n").reason == "no text"
    assert rejection("1234 5678\n\n-- 90\n").reason == "no text"
    assert rejection("word " * 60_000 + ".").reason == "too long"


@pytest.mark.parametrize(
    "text",
    [
        "Die Unterhändler der beiden Nachbarn haben am Dienstag in Wien die zweite Runde der Gespräche beendet, und sie wollen sich nicht mehr treffen.",
        "Les négociateurs des deux pays ont terminé mardi à Vienne la deuxième journée de pourparlers sans un mot sur le pont qui est fermé.",
        "Los negociadores de los dos países terminaron el martes en Viena la segunda ronda de las conversaciones, según el ministro, pero no hablaron del puente.",
        "Переговорщики двух соседей завершили во вторник в Вене второй день переговоров, не сказав ни слова о закрытом мосте.",
        "两国谈判代表星期二在维也纳结束了第二天的会谈，没有提到关闭的桥梁。双方都没有说是否会再次会面。",
    ],
)
def test_other_languages_are_rejected_unless_asked_for(text: str) -> None:
    assert rejection(text).reason == "not English"
    assert article(text, english_only=False).language != "en"


def test_english_with_foreign_names_is_english() -> None:
    text = "The party Die Linke and the movement La France Insoumise met in Saint-Étienne on Friday, and leaders of Los Verdes were there too."
    assert article(text).language == "en"
