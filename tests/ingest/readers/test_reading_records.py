"""JSON lines, JSON documents and tables."""

import csv as csv_module
import gzip
import io
import json

import pytest

from graph.model import Article
from tests.ingest.readers.reading import article, brief, outcomes, rejection

TEXT = "Envoys of the two neighbours ended a second day of talks in Lusaka on Tuesday."


def line(**fields: object) -> str:
    return json.dumps({"text": TEXT, **fields})


def test_a_line_is_an_article() -> None:
    fields = line(
        id="A-1",
        title="Bridge talks end",
        published="2022-01-13",
        publisher="Harbour Wire",
        url="https://harbour.example/1",
    )
    read = article(fields + "\n", "a.jsonl")
    assert (read.id, read.title, read.publisher, read.url) == (
        "A-1",
        "Bridge talks end",
        "Harbour Wire",
        "https://harbour.example/1",
    )
    assert read.published is not None and read.published.isoformat() == "2022-01-13T00:00:00+00:00"
    assert read.file == "a.jsonl:1"


def test_the_text_is_kept_character_for_character() -> None:
    text = (
        "  Share\n\nEnvoys met the minister\u00a0in Lusaka.\r\n\tShare  \n\nShare\u200b\n😀 The end of it. "
    )
    assert article(json.dumps({"text": text}), "a.jsonl").text == text
    assert (
        article(json.dumps({"text": "The minister\ud800 met\x00 the envoys."}), "a.jsonl").text
        == "The minister\ufffd met\ufffd the envoys."
    )


def test_other_peoples_names_for_the_fields() -> None:
    read = article(
        json.dumps(
            {
                "body": TEXT,
                "Headline": "Bridge",
                "pubDate": "2022-01-13T10:00:00Z",
                "outlet": "Harbour Wire",
                "link": "https://h.example/",
            }
        ),
        "a.jsonl",
    )
    assert (read.title, read.publisher, read.url) == ("Bridge", "Harbour Wire", "https://h.example/")
    assert read.published is not None
    read = article(
        json.dumps(
            {"source": {"id": 1, "name": "Harbour Wire"}, "content": TEXT, "publication_date": 1642032000}
        ),
        "a.jsonl",
    )
    assert (
        read.publisher == "Harbour Wire"
        and read.published is not None
        and read.published.date().isoformat() == "2022-01-13"
    )


def test_html_in_a_field_is_read_as_html() -> None:
    assert (
        article(
            json.dumps(
                {
                    "content": f"<p>{TEXT}</p><figure><figcaption>A lorry.</figcaption></figure><p>They &amp; we.</p>"
                }
            ),
            "a.jsonl",
        ).text
        == f"{TEXT}\n\nThey & we."
    )


def test_a_broken_line_does_not_stop_the_others() -> None:
    lines = [
        line(title="1"),
        '{"text": "cut',
        "",
        line(title="4"),
        "[1]",
        '"text"',
        "{}",
        line(text=""),
        line(text=5),
        line(title="10"),
        "[" * 100_000,
    ]
    found = outcomes("\n".join(lines), "a.jsonl")
    assert brief(found) == [
        "1",
        "broken line",
        "4",
        "broken line",
        "broken line",
        "no text",
        "no text",
        "no text",
        "10",
        "broken line",
    ]
    assert [one.item for one in found if not isinstance(one, Article)][:2] == ["a.jsonl:2", "a.jsonl:5"]


def test_a_broken_first_line_does_not_stop_the_others() -> None:
    assert brief(outcomes('{"text": "cut\n' + line(title="2") + "\n", "a.jsonl")) == ["broken line", "2"]


def test_a_line_in_another_encoding() -> None:
    data = (
        line(title="1").encode()
        + b"\n"
        + '{"text": "The envoys met in Córdoba on Tuesday and spoke of the bridge."}'.encode("cp1252")
    )
    assert "Córdoba" in brief(outcomes(data, "a.jsonl"))[1]
    assert brief(outcomes(("\ufeff" + line(title="1")).encode(), "a.jsonl")) == ["1"]
    assert brief(outcomes((line(title="1") + "\n" + line(title="2")).encode("utf-16"), "a.jsonl")) == [
        "1",
        "2",
    ]


def test_a_line_that_is_too_long_is_passed_over() -> None:
    data = "\n".join([line(title="1"), line(text="x" * 5000), line(title="3")])
    assert brief(outcomes(data, "a.jsonl", max_line_bytes=2000)) == ["1", "too large", "3"]


def test_json_documents() -> None:
    records = [{"title": "1", "text": TEXT}, {"title": "2"}, 3, {"title": "4", "text": TEXT}]
    expected = ["1", "no text", "broken item", "4"]
    for document in (records, {"status": "ok", "articles": records}):
        for indent in (None, 2):
            assert brief(outcomes(json.dumps(document, indent=indent), "a.json")) == expected
    assert brief(outcomes(json.dumps({"title": "1", "text": TEXT}, indent=2), "a.json")) == ["1"]
    assert brief(outcomes("[]", "a.json")) == []


def test_a_broken_array_gives_what_stands_before_the_break() -> None:
    assert brief(outcomes(f'[{line(title="1")},\n{line(title="2")},\n{{"text": "cut', "a.json")) == [
        "1",
        "2",
        "broken item",
    ]


def test_compressed_lines() -> None:
    data = gzip.compress("\n".join([line(title="1"), line(title="2")]).encode())
    assert brief(outcomes(data, "a.jsonl.gz")) == ["1", "2"]
    assert brief(outcomes(data[:-12], "a.jsonl.gz"))[-1] == "broken item"


def table(rows: list[list[str]], delimiter: str = ",") -> str:
    out = io.StringIO()
    csv_module.writer(out, delimiter=delimiter).writerows(rows)
    return out.getvalue()


ROWS = [
    ["ID", "Headline", "Date", "Source", "Text"],
    ["A-1", "One", "2022-01-13", "Harbour Wire", f'{TEXT}\n\nThey said, "no"; then left.'],
    ["", "Two", "", "", TEXT],
]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_a_row_is_an_article(delimiter: str) -> None:
    first, second = outcomes(table(ROWS, delimiter), "a.csv")
    assert isinstance(first, Article) and isinstance(second, Article)
    assert (first.id, first.title, first.publisher, first.file) == ("A-1", "One", "Harbour Wire", "a.csv:2")
    assert first.text == f'{TEXT}\n\nThey said, "no"; then left.'
    assert first.published is not None and second.published is None and second.publisher is None
    assert second.file == "a.csv:5" and second.id.startswith("a")


def test_a_table_is_known_by_its_header() -> None:
    assert brief(outcomes(table(ROWS), "articles")) == ["One", "Two"]
    assert rejection("a,b\n1,2\n", "a.csv").reason == "unknown columns"


def test_big_fields() -> None:
    long = " ".join([TEXT] * 2400)
    assert len(article(table([["title", "text"], ["One", long]]), "a.csv").text) == len(long)
    assert rejection(table([["title", "text"], ["One", long * 2]]), "a.csv").reason == "too long"


def test_broken_rows_do_not_stop_the_others() -> None:
    data = f'title,text\nOne,{TEXT}\nTwo,{TEXT},and,more\nThree,"{TEXT}\nFour,{TEXT}\nFive,"{TEXT}" said\n\nSix,"{TEXT}\nMore of it."\nSeven,\n'
    assert brief(outcomes(data, "a.csv")) == [
        "One",
        "broken line",
        "broken line",
        "Four",
        "broken line",
        "Six",
        "no text",
    ]


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_tables_in_other_encodings(codec: str) -> None:
    read = article(table([["title", "text"], ["Córdoba", TEXT]]).encode(codec), "a.csv")
    assert read.title == "Córdoba"
