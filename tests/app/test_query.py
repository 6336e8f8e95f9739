"""Cypher from the command line and on its page."""

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from app import cli
from app.charts import query_result
from app.query_examples import EXAMPLES
from app.query_text import flat, parameters_of
from graph.errors import InvalidInput
from graph.model import QueryResult
from graph.store import open_store
from tests.app import fixture
from tests.app.test_pages import components, said, show

pytest.importorskip("ladybug", reason='needs Ladybug: pip install "diurna[cypher]"')

PAIRS = """MATCH (one:Actor)<-[:INITIATED_BY]-(e:Event)-[:DIRECTED_AT]->(other:Actor)
RETURN one.name AS initiator, other.name AS recipient, count(e) AS events, avg(e.tone) AS tone
ORDER BY initiator, recipient"""
DAYS = (
    "MATCH (e:Event) RETURN e.first_day AS day, e.type AS type, e.name AS event, e.id AS id ORDER BY day, id"
)


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> str:
    return fixture.make(tmp_path_factory.mktemp("query") / "small.db")


def run(*args: str, stdin: str | None = None) -> str:
    result = CliRunner().invoke(cli.app, ["query", *args], input=stdin)
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    assert result.exit_code == 0, result.output
    return result.stdout


def test_a_table_for_people(url: str) -> None:
    text = run(PAIRS, "--store", url)
    assert "initiator" in text
    assert "OSCE" in text
    assert "3 rows" in text


def test_json_and_csv_for_programs(url: str, tmp_path: Path) -> None:
    (tmp_path / "q.cypher").write_text(PAIRS, encoding="utf-8")
    told = json.loads(run("--file", str(tmp_path / "q.cypher"), "--store", url, "--json"))
    assert told["columns"] == ["initiator", "recipient", "events", "tone"]
    assert told["truncated"] is False
    assert ["Russia", "Ukraine"] in [row[:2] for row in told["rows"]]
    lines = run("-", "--store", url, "--output", "csv", stdin=DAYS).splitlines()
    assert lines[0] == "day,type,event,id"
    assert lines[1].startswith("2022-01-13,CONSULT,")


def test_parameters_and_the_limit(url: str) -> None:
    query = "MATCH (a:Actor) WHERE a.id IN $ids OR a.name = $name RETURN a ORDER BY a.id"
    told = json.loads(
        run(query, "-p", 'ids=["RUS", "UKR"]', "--param", "name=OSCE", "-n", "2", "--store", url, "--json")
    )
    assert [row[0]["properties"]["id"] for row in told["rows"]] == ["IGO-OSCE", "RUS"]
    assert told["truncated"] is True


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["CREATE (:Actor {id: 'X'})"], "queries only read"),
        ([], "give the query as one argument"),
        (["RETURN 1", "--file", "q.cypher"], "give the query as one argument"),
        (["--file", "nowhere.cypher"], "cannot be read"),
        (["RETURN $x", "--param", "y"], "write name=value"),
        (["RETURN 1", "--timeout", "0"], "the time-out is above 0"),
        (["RETURN 1", "--limit", "0"], "the limit is 1 row or more"),
    ],
)
def test_mistakes_are_the_callers(url: str, args: list[str], said: str) -> None:
    with pytest.raises(InvalidInput, match=said):
        run(*args, "--store", url)


def test_parameters_as_people_write_them() -> None:
    told = parameters_of(["who=RUS", "$n = 5", 'list=["a", 1]', 'text="5"', "equation=a=b", "", "empty="])
    assert told == {"who": "RUS", "n": 5, "list": ["a", 1], "text": "5", "equation": "a=b", "empty": ""}
    assert parameters_of(["x=NaN"]) == {"x": "NaN"}
    for wrong in (["x"], ["=1"], ["a b=1"], ["x=1", "x=2"]):
        with pytest.raises(InvalidInput):
            parameters_of(wrong)


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.title)
def test_every_example_runs_and_can_be_shown_as_it_says(example: Any, gold_url: str) -> None:
    with open_store(gold_url, read_only=True) as store:
        found = store.cypher.run(
            example.query, parameters_of(example.parameters.splitlines()), timeout=120, limit=1000
        )
    assert found.rows
    if example.shown == "network":
        assert query_result.graph(found, {}) is not None
    if example.shown == "timeline":
        assert query_result.timeline(found) is not None


@pytest.fixture(scope="module")
def gold_url(tmp_path_factory: pytest.TempPathFactory) -> str:
    from tests.app.gold_store import gold_articles

    url = f"sqlite:///{tmp_path_factory.mktemp('gold') / 'gold.db'}"
    with open_store(url) as store:
        store.add(gold_articles())
    return url


def ask(page: Any, text: str, parameters: str = "") -> Any:
    page.text_area(key="query_text").set_value(text)
    page.text_area(key="query_parameters").set_value(parameters)
    next(button for button in page.button if button.label == "Run").click().run()
    assert not page.exception
    return page


def test_the_page_starts_with_an_example_and_runs_it(url: str) -> None:
    page = show(url, "query")
    assert page.text_area(key="query_text").value == EXAMPLES[0].query
    page.selectbox(key="query_example").set_value(1).run()
    assert page.text_area(key="query_text").value == EXAMPLES[1].query
    assert EXAMPLES[1].about in [caption.value for caption in page.caption]
    ask(page, DAYS)
    assert list(page.button_group(key="query_shown").options) == [
        "Table",
        "Timeline",
    ]
    (drawn,) = components(page, "timeline")
    assert "3 rows with a day" in str(drawn["note"])
    assert page.query_params["cypher"] in (DAYS, [DAYS])


def test_two_columns_of_actors_make_a_network(url: str) -> None:
    page = ask(show(url, "query"), PAIRS)
    assert list(page.dataframe[-1].value["recipient"]) == [fixture.EVIL.name, "OSCE", "Ukraine"]
    page.button_group(key="query_shown").set_value("network").run()
    assert not page.exception
    (drawn,) = components(page, "network")
    assert {node["name"] for node in drawn["nodes"]} == {"Russia", "OSCE", "Ukraine", fixture.EVIL.name}  # type: ignore[attr-defined]


def test_nodes_and_relationships_make_a_network(url: str) -> None:
    page = ask(
        show(url, "query"), "MATCH p = (:Article)-[:REPORTS]->(:EventMention)-[:OF]->(:Event) RETURN p"
    )
    page.button_group(key="query_shown").set_value("network").run()
    assert not page.exception
    (drawn,) = components(page, "network")
    assert {node["about"] for node in drawn["nodes"]} == {"Article", "EventMention", "Event"}  # type: ignore[attr-defined]
    assert {edge["about"] for edge in drawn["edges"]} == {"REPORTS", "OF"}  # type: ignore[attr-defined]


def test_mistakes_are_told_in_place_and_the_text_stays(url: str) -> None:
    page = ask(show(url, "query"), "MATCH (a:Actor) DETACH DELETE a")
    assert "queries only read" in page.error[0].value
    assert page.text_area(key="query_text").value == "MATCH (a:Actor) DETACH DELETE a"
    assert "is no parameter" in ask(page, "RETURN 1", "x").error[0].value
    assert "found nothing" in said(ask(page, "MATCH (a:Actor {id: $who}) RETURN a", "who=XXX"))


def test_a_query_in_the_address_is_in_the_editor_and_not_run(url: str) -> None:
    page = show(url, "query", cypher="RETURN 7 AS seven")
    assert page.text_area(key="query_text").value == "RETURN 7 AS seven"
    assert len(page.dataframe) == 2  # the two of what can be asked for


ACTOR = {"id": "1", "labels": ["Actor"], "properties": {"id": "RUS", "name": "Russia"}}
EVENT = {"id": "2", "labels": ["Event"], "properties": {"id": "e0", "tone": -5.0}}
LINE = {"id": "9", "type": "INITIATED_BY", "start": "2", "end": "1", "properties": {}}


def test_values_as_text() -> None:
    assert flat(ACTOR) == "Russia"
    assert flat(EVENT) == "e0"
    assert flat(LINE) == "INITIATED_BY"
    assert flat({"nodes": [EVENT, ACTOR], "relationships": [LINE]}) == "e0 –INITIATED_BY– Russia"
    assert flat(["a", None, 1]) == "a; ; 1"
    assert flat({"a": 1}) == '{"a": 1}'
    assert flat(1.5) == 1.5


def test_no_text_becomes_a_formula_and_no_column_mixes_types() -> None:
    told = QueryResult(("a", "b", "c"), (("=1+1", 1, None), ("x", "y", True)), False)
    assert query_result.table(told) == {"a": ["'=1+1", "x"], "b": ["1", "y"], "c": [None, True]}
    assert query_result.csv_bytes(told).decode().splitlines()[1] == "'=1+1,1,"


def test_the_network_of_an_answer() -> None:
    found = query_result.graph(QueryResult(("r", "n"), ((LINE, [ACTOR, EVENT]),), False), {})
    assert found is not None
    (line,) = found.relations
    assert (line.initiator, line.recipient, line.tone) == ("2", "1", -5.0)
    assert found.pages == {"2": ("event", "e0")}
    assert query_result.graph(QueryResult(("r",), ((LINE,),), False), {}) is None
    assert query_result.graph(QueryResult(("a",), (("RUS",),), False), {"RUS": "RUS"}) is None
