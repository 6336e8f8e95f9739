import json

import pytest

from bench.accuracy import below_floors
from bench.gold import OWN, OWN_TIMES, article_of, read_gold
from graph.errors import InvalidInput
from graph.ontology import codebook


def write(path, *records):
    path.write_text("".join(json.dumps(record) + "\n" for record in records), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("task", "record"),
    [
        ("mentions", {"mentions": []}),
        ("events", {"events": []}),
        ("pairs", {"source": "A", "target": "B", "event15": "AID"}),
        ("actors", {"gold": {"country": "USA"}}),
        ("places", {"toponyms": []}),
        ("times", {"timex": [], "dct": "2022-01-13"}),
    ],
)
def test_the_task_is_told_from_the_record(tmp_path, task, record):
    gold = read_gold([write(tmp_path / "g.jsonl", {"id": "1", "text": "x", **record})])
    assert gold.task == task
    assert len(gold.records) == 1


def test_training_records_are_left_out(tmp_path):
    path = write(
        tmp_path / "g.jsonl",
        {"id": "1", "text": "x", "mentions": [], "split": "train"},
        {"id": "2", "text": "y", "mentions": [], "split": "dev"},
    )
    assert [record["id"] for record in read_gold([path]).records] == ["2"]


def test_texts_come_from_another_file(tmp_path):
    gold = write(tmp_path / "g.jsonl", {"id": "1", "mentions": [], "split": "dev"})
    with pytest.raises(InvalidInput, match="has no text; name the file of texts with --articles"):
        read_gold([gold])
    texts = write(tmp_path / "t.jsonl", {"id": "1", "text": "Talks.", "published": "2022-01-13"})
    record = read_gold([gold], articles=texts).records[0]
    assert article_of(record).text == "Talks."
    assert article_of(record).published.isoformat().startswith("2022-01-13")


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("", "no record"),
        ("{\n", "not JSON lines"),
        ("[1]\n", "not a JSON object"),
        ('{"id": "1", "text": ""}\n', "cannot tell"),
    ],
)
def test_a_broken_file_is_named(tmp_path, content, told):
    path = tmp_path / "broken.jsonl"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(InvalidInput, match=told) as error:
        read_gold([path])
    assert "broken.jsonl" in str(error.value)


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(InvalidInput, match="absent.jsonl"):
        read_gold([tmp_path / "absent.jsonl"])


@pytest.mark.parametrize("path", [path for path in OWN if path.exists()], ids=lambda path: path.stem)
def test_own_gold_quotes_its_text(path):
    types = codebook.types()
    sectors = codebook.sectors()
    ids = []
    for record in read_gold([path]).records:
        text = record["text"]
        ids.append(record["id"])
        assert article_of(record).published is not None
        sentences = [tuple(span) for span in record["sentences"]]
        for mention in record["mentions"]:
            assert mention["type"] in types
            assert mention["mode"] is None or mention["mode"] in types[mention["type"]].modes
            sentence, trigger = mention["sentence"], mention["trigger"]
            assert (sentence["start"], sentence["end"]) in sentences
            assert text[trigger["start"] : trigger["end"]] == trigger["text"]
            assert sentence["start"] <= trigger["start"] < trigger["end"] <= sentence["end"]
            assert mention["place"] is None or mention["place"] in text
            for who in (*mention["initiators"], *mention["recipients"]):
                assert text[who["start"] : who["end"]] == who["text"]
                assert set(who["sectors"]) <= set(sectors)
    assert len(ids) == len(set(ids))


def test_own_times_quote_their_text():
    for record in read_gold([OWN_TIMES]).records:
        for timex in record["timex"]:
            assert record["text"][timex["start"] : timex["end"]] == timex["text"]


def test_a_figure_below_its_floor_fails(capsys, monkeypatch, tmp_path):
    monkeypatch.setattr("bench.accuracy.HERE", tmp_path)
    (tmp_path / "floors.json").write_text('{"typed F1": 70, "calibration error": 5}')
    assert below_floors({"typed F1": 70.0, "calibration error": 4.0}) == 0
    assert below_floors({"typed F1": 69.9, "calibration error": 4.0}) == 1
    assert below_floors({"typed F1": 70.0, "calibration error": 6.0}) == 1
    assert "calibration error: 6.0, floor 5" in capsys.readouterr().err
