"""The command line, as a user types it."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from app import cli
from graph.errors import DiurnaError

ARTICLE = """Envoys hold talks in Geneva

GENEVA, Jan. 10, 2022 (Example Wire) — Russia and the United States held talks in Geneva on Monday.

Police in Almaty arrested 20 protesters, the ministry said.
"""

runner = CliRunner()


def run(*args: str, stdin: str | None = None, status: int = 0) -> str:
    result = runner.invoke(cli.app, list(args), input=stdin)
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    assert result.exit_code == status, result.output
    return result.stdout


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("cli")
    (folder / "talks.txt").write_text(ARTICLE, encoding="utf-8")
    (folder / "empty.txt").write_bytes(b"")
    url = f"sqlite:///{folder}/test.db"
    report = json.loads(
        run("ingest", str(folder / "talks.txt"), str(folder / "empty.txt"), "--store", url, "--json")
    )
    assert report["articles"]["added"] == 1
    assert report["rejected"]["by_reason"] == {"empty file": 1}
    assert report["mentions"]["all"] >= 2
    return url


def test_ingesting_again_changes_nothing(store: str) -> None:
    path = Path(store.removeprefix("sqlite:///")).parent / "talks.txt"
    report = json.loads(run("ingest", str(path), "--store", store, "--json"))
    assert (report["articles"]["added"], report["articles"]["unchanged"]) == (0, 1)


def test_info(store: str) -> None:
    told = json.loads(run("info", "--store", store, "--json"))
    assert told["articles"] == 1
    assert told["events"] >= 2
    assert "1 articles" in run("info", "--store", store)


def test_events(store: str) -> None:
    table = run("events", "--store", store)
    assert "consult" in table
    assert "2022-01-10" in table
    lines = [
        json.loads(line)
        for line in run("events", "--store", store, "--type", "consult", "--json").splitlines()
    ]
    assert len(lines) == 1
    assert "held talks" in json.dumps(lines)


def test_events_between_two_actors_by_name(store: str) -> None:
    assert "1 events" in run("events", "--store", store, "--between", "Russia", "United States")


def test_an_unknown_actor_is_the_callers_mistake(store: str) -> None:
    with pytest.raises(DiurnaError, match="no actor in the store is called 'Atlantis'"):
        run("events", "--store", store, "--actor", "Atlantis")


def test_a_wrong_day_is_the_callers_mistake(store: str) -> None:
    with pytest.raises(DiurnaError, match="write 2022-01-13, 2022-01 or 2022"):
        run("events", "--store", store, "--from", "yesterday")


def test_timeline(store: str) -> None:
    told = json.loads(run("timeline", "--store", store, "--bucket", "day", "--json"))
    assert {b["key"] for b in told["buckets"] if b["events"]} == {"2022-01-10"}
    assert "2022-01" in run("timeline", "--store", store)


def test_relations(store: str) -> None:
    rows = json.loads(run("relations", "--store", store, "--json"))
    assert ("RUS", "USA") in {(row["initiator"], row["recipient"]) for row in rows}
    assert "Russia" in run("relations", "--store", store)


@pytest.mark.parametrize("format", ["nquads", "turtle", "jsonld", "jsonl", "csv", "graphml"])
def test_export(store: str, format: str, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert "Wrote" in run("export", "--store", store, "--format", format, str(out))
    assert out.stat().st_size > 100


def test_code_prints_the_contract() -> None:
    told = json.loads(
        run("code", "-", stdin=json.dumps({"id": "x", "text": ARTICLE, "published": "2022-01-10"}))
    )
    assert told["id"] == "x"
    for start, end in told["sentences"]:
        assert ARTICLE[start:end].strip()
    for kind in ("names", "places", "times"):
        for found in told[kind]:
            assert ARTICLE[found["start"] : found["end"]] == found["text"]
    body = ARTICLE.index("GENEVA")
    talks = next(m for m in told["mentions"] if m["type"] == "CONSULT" and m["trigger"]["start"] > body)
    assert {p["actor"] for p in talks["initiators"] + talks["recipients"]} == {"RUS", "USA"}
    assert talks["day"] == {"first": "2022-01-10", "last": "2022-01-10", "basis": "relative"} | {
        k: talks["day"][k] for k in ("start", "end")
    }
    assert ARTICLE[talks["day"]["start"] : talks["day"]["end"]] == "Monday"
    for mention in told["mentions"]:
        for side in ("initiators", "recipients"):
            for who in mention[side]:
                assert ARTICLE[who["start"] : who["end"]] == who["text"]
        trigger, sentence = mention["trigger"], mention["sentence"]
        assert sentence["start"] <= trigger["start"] < trigger["end"] <= sentence["end"]
        assert 0 <= mention["score"] <= 1


def test_a_bare_sentence_is_an_article() -> None:
    told = json.loads(run("code", "-", "--explain", stdin="Russia and NATO held talks in Brussels."))
    assert told["published"] is None
    assert all(m["rule"] for m in told["mentions"])


def test_actor_lines() -> None:
    lines = '{"id": "1", "text": "Russian troops"}\n{"id": "2", "text": "the weather"}\n'
    first, second = map(json.loads, run("actor", "-", stdin=lines).splitlines())
    assert first == {"id": "1", **first}
    assert (first["country"], first["sectors"]) == ("RUS", ["MIL"])
    assert second["country"] is None


def test_a_broken_actor_line_is_told_and_the_others_answered() -> None:
    out = run("actor", "-", stdin='{"id": "1"\n{"id": "2", "text": "NATO"}\n', status=1)
    assert json.loads(out)["actor"] == "IGO-NATO"


def test_an_article_can_be_taken_back(tmp_path: Path) -> None:
    (tmp_path / "talks.txt").write_text(ARTICLE, encoding="utf-8")
    url = f"sqlite:///{tmp_path}/back.db"
    run("ingest", str(tmp_path / "talks.txt"), "--store", url, "--json")
    event = json.loads(run("events", "--store", url, "--json").splitlines()[0])
    article = event["mentions"][0]["article"]
    run("remove", article if isinstance(article, str) else article["id"], "--store", url)
    told = json.loads(run("info", "--store", url, "--json"))
    assert (told["articles"], told["mentions"], told["events"], told["actors"]) == (0, 0, 0, 0)


def test_every_command_shows_an_example() -> None:
    for command in cli.app.registered_commands:
        name = command.name or (command.callback.__name__ if command.callback else "")
        text = run(name, "--help")
        assert f"diurna {name}" in text, f"{name} --help shows no example"


def test_a_folder_that_does_not_exist() -> None:
    with pytest.raises(DiurnaError, match="no such file or folder"):
        run("ingest", "nowhere/at/all", "--store", "sqlite:///:memory:")


def test_a_store_of_no_known_kind() -> None:
    with pytest.raises(DiurnaError, match="is not the URL of a store"):
        run("info", "--store", "mongodb://somewhere")
