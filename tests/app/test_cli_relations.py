"""The commands on relations and their three ways of printing, as a user types them."""

import csv
import io
import json
import re
import shlex
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from app import cli
from app.workspace import Workspace
from graph.analysis.network import Measure
from graph.errors import InvalidInput
from graph.model import Actor, ActorId, ActorKind
from graph.store import open_store
from tests.graph.made import KHARKIV, VIENNA, Told, coded, days

FORMULA = Actor(ActorId("NAM-sum"), "=SUM(A1:A9)", ActorKind.UNKNOWN)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> str:
    url = f"sqlite:///{tmp_path_factory.mktemp('relations') / 'made.db'}"
    war = Told("ASSAULT", "RUS-MIL", "UKR", day=days("2022-02-25"), place=KHARKIV)
    with open_store(url) as store:
        store.add(
            [
                coded(
                    "a",
                    Told("CONSULT", "RUS", "IGO-OSCE", day=days("2022-01-13"), place=VIENNA, reciprocal=True),
                    Told("CONSULT", "RUS", "UKR", day=days("2022-01-20"), mode="phone"),
                    war,
                    Told("AID", "USA", "UKR", day=days("2022-02-26")),
                    Told("ACCUSE", "USA", "RUS", day=days("2022-02-27")),
                    publisher="Herald",
                ),
                coded("b", war, Told("REJECT", "NAM-sum", "USA"), publisher="Gazette", actors=[FORMULA]),
            ]
        )
    return url


@pytest.fixture
def run(store: str) -> Callable[..., str]:
    """Give a function that runs a command on the store and returns what it prints."""

    def run(*args: str) -> str:
        result = CliRunner().invoke(
            cli.app, [*args, "--store", store], env={"COLUMNS": "200"}, catch_exceptions=False
        )
        assert result.exit_code == 0, result.output
        return result.stdout

    return run


def table(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def test_path(run: Callable[..., str]) -> None:
    told = json.loads(run("path", "OSCE", "United States", "--output", "json"))
    assert (told["start"], told["end"]["name"]) == ({"id": "IGO-OSCE", "name": "OSCE"}, "United States")
    assert [[actor["id"] for actor in path["actors"]] for path in told["paths"]] == [
        ["IGO-OSCE", "RUS", "USA"],
        ["IGO-OSCE", "RUS", "UKR", "USA"],
    ]
    step = told["paths"][0]["steps"][0]
    assert (step["one_name"], step["other_name"], step["events"], step["forth"], step["back"]) == (
        "OSCE", "Russia", 1, 0, 1,
    )  # fmt: skip
    (event,) = step["told"]
    assert (event["type"], event["first"], event["origins"]) == ("CONSULT", "2022-01-13", 1)
    assert event["quote"] == "a sentence 0 tells it."

    rows = table(run("path", "OSCE", "United States", "-o", "csv"))
    assert [(row["path"], row["step"], row["event_type"]) for row in rows] == [
        ("1", "1", "CONSULT"), ("1", "2", "ACCUSE"),
        ("2", "1", "CONSULT"), ("2", "2", "CONSULT"), ("2", "3", "AID"),
    ]  # fmt: skip
    shown = run("path", "OSCE", "United States", "--paths", "1")
    assert "OSCE – Russia – United States" in shown
    assert "Ukraine" not in shown
    assert event["id"] in shown
    assert "at most 1 steps" in run("path", "OSCE", "United States", "--steps", "1")
    assert "at most 4 steps" in run("path", "OSCE", "United States", "--type", "AID")


def test_neighbours(run: Callable[..., str]) -> None:
    rows = table(run("neighbours", "Ukraine", "--output", "csv"))
    assert [
        (row["actor"], row["events"], row["acted_on"], row["acting"], row["first_day"]) for row in rows
    ] == [
        ("RUS", "1", "0", "1", "2022-01-20"),
        ("RUS-MIL", "1", "0", "1", "2022-02-25"),
        ("USA", "1", "0", "1", "2022-02-26"),
    ]
    (army,) = json.loads(run("neighbours", "UKR", "--json", "--from", "2022-02", "--min-origins", "2"))
    assert (army["name"], army["mentions"], army["tone_acting"], army["tone_acted_on"]) == (
        "RUS-MIL",
        2,
        -9.0,
        None,
    )
    shown = run("neighbours", "Ukraine", "-n", "1")
    assert "Russia" in shown
    assert "United States" not in shown
    assert "→ Ukraine acts on them" in shown


def test_profile(run: Callable[..., str]) -> None:
    told = json.loads(run("profile", "Russia", "--json"))
    assert (told["actor"]["id"], told["events"], told["mentions"]) == ("RUS", 4, 5)
    assert [partner["name"] for partner in told["partners"]] == ["Ukraine", "OSCE", "United States"]
    assert told["partners"][0]["tone"] == pytest.approx((1.5 - 9.0) / 2)
    assert [place["name"] for place in told["places"]] == ["Vienna", "Kharkiv"]
    assert {kind["type"]: kind["events"] for kind in told["types"]} == {
        "CONSULT": 2,
        "ASSAULT": 1,
        "ACCUSE": 1,
    }
    assert [(month["key"], month["events"]) for month in told["months"]] == [("2022-01", 2), ("2022-02", 2)]
    rows = table(run("profile", "Russia", "-o", "csv"))
    assert [row["key"] for row in rows if row["section"] == "publisher"] == ["Herald", "Gazette"]
    assert rows[0] == {
        "section": "all",
        "key": "RUS",
        "name": "Russia",
        "events": "4",
        "mentions": "5",
        "tone": rows[0]["tone"],
    }
    shown = run("profile", "Russia")
    for words in ("4 events, 5 mentions", "Kharkiv", "Herald", "consult", "2022-02"):
        assert words in shown


def test_network(run: Callable[..., str]) -> None:
    told = json.loads(run("network", "--by-country", "--measure", "in", "-o", "json"))
    assert [actor["actor"] for actor in told["actors"]][:2] == ["UKR", "RUS"]
    assert (told["actor_count"], told["ties"], told["relations"]) == (5, 5, 5)
    assert (told["balance"]["balanced"], told["balance"]["degree"]) == (1, 1.0)
    assert {actor["id"] for one in told["communities"] for actor in one["actors"]} == {
        "RUS", "UKR", "USA", "IGO-OSCE", "NAM-sum",
    }  # fmt: skip
    rows = table(run("network", "--by-country", "-o", "csv", "--limit", "2"))
    assert [(row["actor"], row["degree"]) for row in rows] == [("RUS", "3"), ("USA", "3")]
    shown = run("network", "--by-country", "--measure", "pagerank")
    for words in ("5 of 5 actors", "communities (Louvain)", "1 triads, 100 % balanced"):
        assert words in shown
    assert "no two actors" in run("network", "--type", "PROTEST")


def test_network_compared(run: Callable[..., str]) -> None:
    args = ("network", "--by-country", "--compare", "2022-01", "2022-02-01/2022-02-28")
    told = json.loads(run(*args, "--json"))
    assert told["after"] == {"first": "2022-02-01", "last": "2022-02-28"}
    assert {(c["one"], c["other"]): c["kind"] for c in told["changes"]} == {
        ("RUS", "UKR"): "cooled",
        ("IGO-OSCE", "RUS"): "ended",
        ("RUS", "USA"): "new",
        ("UKR", "USA"): "new",
    }
    assert told["kinds"] == {"new": 2, "ended": 1, "warmed": 0, "cooled": 1, "steady": 0}
    assert table(run(*args, "-o", "csv", "-n", "1"))[0]["tone_after"] == "-9.0"
    assert "2 new, 1 ended, 0 warmed, 1 cooled, 0 steady" in run(*args)
    with pytest.raises(InvalidInput, match="two windows"):
        run(*args, "--from", "2022")
    for wrong in ("2022-02/2022-01", "spring", "/2022"):
        with pytest.raises(InvalidInput, match="is no"):
            run("network", "--compare", wrong, "2022")


def test_events_timeline_and_relations_are_printed_three_ways(run: Callable[..., str]) -> None:
    events = table(run("events", "--output", "csv", "--type", "ASSAULT"))
    assert [(row["type"], row["recipient_names"], row["origins"]) for row in events] == [
        ("ASSAULT", "Ukraine", "2")
    ]
    assert run("events", "-o", "json") == run("events", "--json")
    buckets = table(run("timeline", "-o", "csv", "--bucket", "month"))
    assert [(row["key"], row["last"], row["events"]) for row in buckets] == [
        ("2022-01", "2022-01-31", "2"), ("2022-02", "2022-02-28", "3"),
    ]  # fmt: skip
    assert json.loads(run("timeline", "-o", "json"))["undated"] == 1
    relations = table(run("relations", "-o", "csv"))
    assert {row["initiator_name"] for row in relations} == {
        "Russia",
        "RUS-MIL",
        "United States",
        "'=SUM(A1:A9)",
    }
    assert {row["initiator_name"] for row in json.loads(run("relations", "--json"))} >= {"=SUM(A1:A9)"}
    assert "=SUM(A1:A9)" in run("relations", "--output", "table")


@pytest.mark.parametrize(
    "command", [("path", "Ukrane", "OSCE"), ("profile", "Ukrane"), ("neighbours", "Ukrane")]
)
def test_an_unknown_name_is_answered_with_those_spelt_like_it(
    run: Callable[..., str], command: tuple[str]
) -> None:
    with pytest.raises(InvalidInput, match=r"'Ukrane'; did you mean Ukraine \(UKR\)\?"):
        run(*command)


def test_two_ways_of_printing_contradict_each_other(run: Callable[..., str]) -> None:
    with pytest.raises(InvalidInput, match="contradict"):
        run("relations", "--json", "--output", "csv")


def test_nobody_near_is_not_guessed(store: str) -> None:
    result: Any = CliRunner().invoke(cli.app, ["profile", "Xqzw", "--store", store])
    assert "no actor in the store is called 'Xqzw'" in str(result.exception)
    assert "did you mean" not in str(result.exception)


def test_the_python_object_says_the_same(store: str) -> None:
    with Workspace.open(store, read_only=True) as workspace:
        (best, *_) = workspace.paths("OSCE", "United States")
        assert best.actors == ("IGO-OSCE", "RUS", "USA")
        assert [partner.actor for partner in workspace.neighbours("Ukraine", limit=1)] == ["RUS"]
        assert workspace.network(least_events=2).standings == ()


def test_the_commands_of_the_page_on_relations_run(run: Callable[..., str]) -> None:
    page = (Path(__file__).parents[2] / "docs" / "relations.md").read_text(encoding="utf-8")
    commands = re.findall(r"^\$ diurna (.*)$", page, re.MULTILINE)
    assert {shlex.split(command)[0] for command in commands} == {"neighbours", "profile", "path", "network"}
    for command in commands:
        assert run(*shlex.split(command)).strip(), command
    for measure in Measure:
        assert f"`{measure}`" in page
