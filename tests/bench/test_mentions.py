"""The bench on a gold of two passages: what a coder that knows the answers gets, and one that knows nothing."""

from dataclasses import replace

import pytest

from bench import scoring
from bench.ablation import LAYERS
from bench.mentions import Bench
from graph.model import Modality
from ingest.coders.raw_mention import RawMention, WordRange
from ingest.language.annotation import AnnotatedArticle
from ingest.language.model import default_model

TEXT = "Russia accused Ukraine on Monday. The weather was mild."


def record(number, mentions):
    return {
        "id": f"p{number}",
        "text": TEXT,
        "title": None,
        "published": "2022-01-13",
        "sentences": [[0, 33], [34, 55]],
        "mentions": mentions,
    }


def who(text, country):
    start = TEXT.index(text)
    return {
        "text": text,
        "country": country,
        "international": None,
        "sectors": ["GOV"],
        "start": start,
        "end": start + len(text),
    }


MENTION = {
    "type": "ACCUSE",
    "mode": None,
    "modality": "asserted",
    "reciprocal": False,
    "sentence": {"start": 0, "end": 33},
    "trigger": {"start": 7, "end": 14, "text": "accused"},
    "day": "2022-01-10",
    "place": None,
    "place_country": None,
    "initiators": [who("Russia", "RUS")],
    "recipients": [who("Ukraine", "UKR")],
}


def perfect(annotated: AnnotatedArticle):
    return [
        RawMention(
            sentence=0,
            trigger=(1,),
            type="ACCUSE",
            mode=None,
            cameo=None,
            contexts=(),
            modality=Modality.ASSERTED,
            reciprocal=False,
            initiators=(WordRange(0, 0, 0),),
            recipients=(WordRange(0, 2, 2),),
            places=(),
            times=(),
            quantities=(),
            score=0.9,
            rule="test",
        )
    ]


@pytest.fixture(scope="module")
def bench():
    return Bench([record(1, [MENTION]), record(2, [])], default_model())


def test_one_who_says_the_same_everywhere_is_right_once(bench):
    result = bench.measure(perfect)
    figures = result.figures
    assert (figures["typed P"], figures["typed R"]) == (50, 100)
    assert (figures["whole P"], figures["whole R"], figures["day right"]) == (50, 100, 100)
    assert figures["silent kept"] == 0
    assert result.types["ACCUSE"] == pytest.approx(scoring.f1(1, 2, 1))
    assert result.calibration_error == pytest.approx(0.4)
    low, high = result.intervals["typed P"]
    assert low <= figures["typed P"] <= high


def test_a_wrong_side_spoils_the_whole_fact(bench):
    def turned(annotated):
        return [replace(m, initiators=m.recipients, recipients=m.initiators) for m in perfect(annotated)]

    figures = bench.measure(turned).figures
    assert figures["typed R"] == 100
    assert figures["whole R"] == 0


def test_silence_is_kept_by_saying_nothing(bench):
    result = bench.measure(lambda annotated: [])
    assert result.figures["silent kept"] == 100
    assert result.figures["typed F1"] == 0


def test_gold_phrases_are_resolved_by_themselves(bench):
    figures = bench.resolution()
    assert figures["actors: country right"] == 100


def test_nothing_is_linked_without_gold_events(bench):
    assert bench.linking(bench.measure(perfect).coded) == {}


def test_layers_take_away_what_they_name(bench):
    seen = {}

    def spy(annotated):
        seen["names"] = sum(len(s.names) for s in annotated.sentences)
        return []

    bench.measure(spy)
    assert seen["names"] > 0
    _, change = LAYERS["joined, without the name finder"]
    bench.measure(spy, change=change)
    assert seen["names"] == 0
