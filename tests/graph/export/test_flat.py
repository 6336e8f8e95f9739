"""JSON lines, CSV and Parquet: one row an event or a mention, and back."""

import csv
import io
import json
import sys
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.errors import InvalidInput
from graph.export import ExportOptions, export
from graph.export.tables import EVENT_COLUMNS, FORMULA_STARTS, MENTION_COLUMNS, guarded
from graph.model import EventQuery
from tests.graph.export.conftest import COPY, FIRST, Shelf


def written(shelf: Shelf, format: str, options: ExportOptions | None = None) -> bytes:
    out = io.BytesIO()
    report = export(shelf, EventQuery(), format=format, out=out, options=options)
    assert report.bytes == len(out.getvalue())
    return out.getvalue()


def rows(shelf: Shelf, format: str, options: ExportOptions | None = None) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(written(shelf, format, options).decode(), newline="")))


def test_jsonl_has_one_event_a_line_with_quotes_that_stand_in_the_text(shelf: Shelf) -> None:
    lines = [json.loads(line) for line in written(shelf, "jsonl").decode().split("\n")[:-1]]
    assert [line["id"] for line in lines] == [event.id for event in shelf.told]
    texts = {coded.article.id: coded.article.text for coded in shelf.articles}
    mentions = [mention for line in lines for mention in line["mentions"]]
    assert len(mentions) == 4
    for mention in mentions:
        start, end = mention["evidence"]["sentence"]
        assert mention["quote"] == texts[mention["article"]["id"]][start:end]
    assert lines[0]["mentions"][0]["quantities"][0] == {
        "what": "killed",
        "low": 12,
        "high": None,
        "span": [130, 149],
    }
    assert [m["article"]["origin"] for m in lines[1]["mentions"]] == [FIRST.id, FIRST.id]
    assert [m["article"]["publisher"] for m in lines[1]["mentions"]] == ["The Daily | News", "Copy Post"]


def test_jsonl_cuts_quotes(shelf: Shelf) -> None:
    (_, line, _) = written(shelf, "jsonl", ExportOptions(quote_length=6)).decode().splitlines()
    told = json.loads(line)
    assert told["quote"] == "Russia"
    assert [mention["quote"] for mention in told["mentions"]] == ["Russia", "Russia"]


def test_csv_has_one_row_an_event(shelf: Shelf) -> None:
    table = rows(shelf, "csv")
    assert list(table[0]) == list(EVENT_COLUMNS)
    assault, consult, odd = table
    assert (assault["first"], assault["last"]) == ("2022-01-10", "2022-01-14")
    assert (assault["lat"], assault["precision"], assault["tone"]) == ("", "unknown", "-10.0")
    assert (consult["lat"], consult["lon"], consult["country"]) == ("48.20849", "16.37208", "AUT")
    assert (consult["initiators"], consult["recipients"]) == ("RUS", "IGO-OSCE")
    assert (consult["mentions"], consult["origins"], consult["publishers"]) == ("2", "1", "2")
    assert consult["urls"] == f"{FIRST.url}|{COPY.url}"
    assert (odd["first"], odd["place"], odd["recipients"]) == ("", "", "")
    assert odd["initiators"] == "NAM-Jiří <Novák>|UKR"


def test_mentions_csv_has_one_row_a_mention(shelf: Shelf) -> None:
    table = rows(shelf, "mentions-csv")
    assert list(table[0]) == list(MENTION_COLUMNS)
    assert len(table) == 4
    assert (table[1]["cameo"], table[1]["goldstein"], table[1]["trigger"]) == ("046", "7.0", "talks")
    assert FIRST.text[int(table[1]["start"]) : int(table[1]["end"])] == table[1]["quote"]
    assert (table[2]["article"], table[2]["origin"]) == (COPY.id, FIRST.id)
    assert table[2]["published"] == "2022-01-15T00:00:00+00:00"


def test_csv_guards_against_formulas_and_leaves_numbers_alone(shelf: Shelf) -> None:
    guarded_rows = rows(shelf, "csv")
    assert guarded_rows[0]["summary"] == "'-Russian troops ASSAULT"
    assert guarded_rows[0]["tone"] == "-10.0"
    assert guarded_rows[2]["initiator_names"].startswith("'=HYPERLINK")
    assert rows(shelf, "mentions-csv")[1]["title"].startswith("'=Talks")
    plain = rows(shelf, "csv", ExportOptions(guard_formulas=False))
    assert plain[0]["summary"] == "-Russian troops ASSAULT"


@given(st.text())
def test_nothing_guarded_begins_like_a_formula(text: str) -> None:
    assert not guarded(text).lstrip(" ").startswith(FORMULA_STARTS)
    assert guarded(text) in (text, f"'{text}")


def test_each_csv_row_is_one_line(shelf: Shelf) -> None:
    for format, count in (("csv", 4), ("mentions-csv", 5)):
        assert written(shelf, format).count(b"\n") == count


def test_parquet_has_types(shelf: Shelf) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    table = parquet.read_table(io.BytesIO(written(shelf, "parquet")))
    assert table.column_names == list(EVENT_COLUMNS)
    _, consult, odd = table.to_pylist()
    assert (consult["first"], consult["place_id"], consult["lat"]) == (date(2022, 1, 13), 2761369, 48.20849)
    assert (consult["initiators"], consult["reciprocal"]) == (["RUS"], True)
    assert consult["first_reported"] == datetime(2022, 1, 14, 6, 10, tzinfo=UTC)
    assert (odd["first"], odd["tone"], odd["recipients"]) == (None, None, [])


def test_parquet_says_what_to_install(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(InvalidInput, match=r"diurna\[parquet\]"):
        written(shelf, "parquet")


@pytest.mark.parametrize("format", ["jsonl", "csv", "mentions-csv", "parquet"])
def test_no_events_give_a_sound_file(format: str) -> None:
    out = io.BytesIO()
    report = export(Shelf(), EventQuery(), format=format, out=out)
    assert set(report.written.values()) == {0}
