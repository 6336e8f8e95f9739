"""What is drawn, without a browser."""

import ast
from base64 import b64decode
from datetime import date
from pathlib import Path

import pytest

from app.charts.activity import activity, bucket_for
from app.charts.highlight import Mark, marked, paragraphs
from app.charts.network_payload import network_payload, strongest
from app.charts.timeline_payload import Lane, timeline_payload
from app.components.node import link, node, texts
from graph.analysis.relations import Relation
from graph.analysis.timeline import Bucket
from graph.model import Axis, Span
from graph.store import open_store
from tests.app import fixture

APP = Path(__file__).parents[2] / "app"


@pytest.mark.parametrize("path", sorted((APP / "charts").glob("*.py")), ids=lambda p: p.stem)
def test_charts_know_neither_streamlit_nor_stores(path: Path) -> None:
    imported = set()
    for statement in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(statement, ast.Import):
            imported |= {alias.name for alias in statement.names}
        elif isinstance(statement, ast.ImportFrom):
            imported.add(statement.module or "")
    assert not any(
        name.startswith(("streamlit", "graph.store", "app.workspace", "app.session")) for name in imported
    )


def test_no_address_in_our_scripts_and_styles() -> None:
    for path in [*APP.rglob("*.js"), *APP.rglob("*.css")]:
        text = path.read_text(encoding="utf-8")
        assert "http:" not in text
        assert "https:" not in text.replace("https?:", "")
        assert "innerHTML" not in text


def test_marks_keep_the_text() -> None:
    text = "Russia held talks with the OSCE in Vienna."
    marks = [
        Mark(Span(0, 6), "who"),
        Mark(Span(7, 17), "did"),
        Mark(Span(12, 30), "whom"),
        Mark(Span(35, 41), "where"),
        Mark(Span(35, 60), "when"),
    ]
    shown = marked(text, Span(0, len(text)), marks, tags=False)
    assert "".join(t for part in shown for t in texts(part)) == text
    assert [part[1]["class"] for part in shown if isinstance(part, list)] == ["who", "did", "where"]  # type: ignore[index]


def test_paragraphs_cover_the_text() -> None:
    text = "One.\n\nTwo\nlines.\n\n\n\nThree."
    assert [span.quote(text) for span in paragraphs(text)] == ["One.", "Two\nlines.", "Three."]


def test_nodes_leave_out_nothing_but_nothing() -> None:
    made = node("p", None, "", "a", [node("b", "c"), "d", None], node("i", "e"), cls="x", title=None)
    assert made == ["p", {"class": "x"}, "a", ["b", {}, "c"], "d", ["i", {}, "e"]]
    assert link("evidence", [("text", "a & b")]) == "evidence?text=a+%26+b"


def test_buckets_grow_with_the_period() -> None:
    assert bucket_for(date(2022, 1, 1), date(2022, 3, 1)) is Axis.DAY
    assert bucket_for(date(2020, 1, 1), date(2022, 1, 1)) is Axis.WEEK
    assert bucket_for(date(2014, 1, 1), date(2022, 1, 1)) is Axis.MONTH
    assert bucket_for(date(1900, 1, 1), date(2022, 1, 1)) is Axis.YEAR


def test_activity_says_what_a_column_holds() -> None:
    day = date(2022, 1, 13)
    chart = activity(
        [
            Bucket("2022-01-13", day, day, "ASSAULT", 2, 2, -9.0),
            Bucket("2022-01-13", day, day, "AID", 1, 1, 9.0),
        ]
    )
    assert "13 Jan 2022: 2 conflict, 1 cooperation" in repr(chart)
    assert "days:2022-01-13/2022-01-13" in repr(chart)


def test_timeline_payload_packs_days(tmp_path: Path) -> None:
    with open_store(fixture.make(tmp_path / "small.db")) as store:
        events = [event for event in store.events() if event.day]
        payload = timeline_payload(events, [Lane("Russia", "RUS", range(len(events)))], {}, reported=False)
    packed = payload["events"]
    assert isinstance(packed, dict)
    first = b64decode(packed["first"])
    days = [int.from_bytes(first[i : i + 4], "little", signed=True) for i in range(0, len(first), 4)]
    assert days == [(event.day.first - date(1970, 1, 1)).days for event in events if event.day]
    assert packed["ids"].split(",") == [event.id for event in events]
    assert "the day it happened" in str(payload["note"])
    assert "publication" in str(payload["note"])


def test_network_keeps_the_strongest_and_no_circles_cover_each_other() -> None:
    relations = [Relation(f"A{i}", f"A{(i * 7 + 1) % 20}", 1 + i % 5, 1, -2.0) for i in range(40)]
    kept = strongest([*relations, Relation("A1", "A1", 99, 1, None)], 10)
    ids = {id for r in kept for id in (r.initiator, r.recipient)}
    assert len(ids) <= 10
    assert all(r.initiator != r.recipient for r in kept)
    payload = network_payload(kept, {id: (0.0, float(n)) for n, id in enumerate(sorted(ids))}, {}, total=20)
    nodes = payload["nodes"]
    assert isinstance(nodes, list)
    for one in nodes:
        for other in nodes:
            if one is not other:
                far = ((one["x"] - other["x"]) ** 2 + (one["y"] - other["y"]) ** 2) ** 0.5
                assert far > one["radius"] + other["radius"]
